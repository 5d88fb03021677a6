"""Where does each sentence of an article begin and end?

The lake knows the sentences that figures, dates, events and claims were read from. The rest of a
text is cut at its lines and behind full stops, but not behind what may be a title or an initial
(``Gen. Smith``, ``U.S. Army``): a sentence too long is found by all its words, half a one is not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

Span = tuple[int, int]

#: Behind a full stop before something that a sentence begins with, and at the end of a line.
_CUT = re.compile(r"""[.!?…]["”’')\]]*[ \t]+(?=["“‘'(\[]*[A-Z0-9])|\n+""")
#: A short word with a capital and its full stop, at the end of what stands before a cut.
_SHORTENED = re.compile(r"(?<!\w)(?:[A-Z][a-z]{0,2}|(?:[A-Za-z]\.)+[A-Za-z])\.[ \t]+$")


def sentences(text: str, known: Iterable[tuple[int, str]]) -> list[Span]:
    """The sentences of a text without the spaces around them, in its order.

    ``known`` are sentences as the lake has them, each with a place of the text that is in it; one
    that does not stand there, or that another one reaches into, is passed over.
    """
    spans = _apart(_placed(text, known))
    starts = [start for start, _ in spans]
    cuts = {0, len(text), *(edge for span in spans for edge in span)}
    for match in _CUT.finditer(text):
        at = match.end()
        over = bisect_left(starts, at) - 1
        if over >= 0 and at < spans[over][1]:
            continue
        if not _SHORTENED.search(text, max(match.start() - 12, 0), at):
            cuts.add(at)
    bounds = sorted(cuts)
    stripped = (_stripped(text, a, b) for a, b in pairwise(bounds))
    return [(a, b) for a, b in stripped if a < b]


def _placed(text: str, known: Iterable[tuple[int, str]]) -> list[Span]:
    """Where the sentences stand that are over a place of the text."""
    found = set()
    for at, sentence in known:
        start = text.rfind(sentence, max(at - len(sentence), 0), at + len(sentence))
        if sentence and 0 <= start <= at < start + len(sentence):
            found.add((start, start + len(sentence)))
    return sorted(found)


def _apart(spans: Sequence[Span]) -> list[Span]:
    """The spans that begin behind the end of those before them."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
