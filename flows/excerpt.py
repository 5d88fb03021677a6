"""Which part of a text stands around a row, and how do the marks in it overlap?

The lake knows the sentence of each figure, event and claim. Between these a text is cut at its
lines and behind full stops: that is near enough to show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]

#: Behind a full stop before something that a sentence begins with, and at the end of a line.
_CUT = re.compile(r"""[.!?…]["”’')\]]*[ \t]+(?=["“‘'(\[]*[A-Z0-9])|\n+""")


@dataclass(frozen=True)
class Mark:
    """Characters that a row was read from: of what kind, which row, and whether it is asked for."""

    start: int
    end: int
    kind: str
    row_id: str
    asked: bool = False


@dataclass(frozen=True)
class Piece:
    """Characters that the same marks lie over: the longest mark first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def sentences(text: str, known: Sequence[tuple[int, str]]) -> list[Span]:
    """The sentences of a text, each with the spaces behind it.

    ``known`` are sentences as the lake has them, each with a place of the text that is in it.
    """
    spans = sorted({span for at, sentence in known if (span := _placed(text, at, sentence))})
    cuts = {match.end() for match in _CUT.finditer(text)}
    for start, end in spans:
        cuts = {cut for cut in cuts if not start < cut < end}
        cuts |= {start, _behind_spaces(text, end)}
    bounds = sorted({0, len(text), *cuts})
    return [(a, b) for a, b in pairwise(bounds) if a < b]


def around(spans: Sequence[Span], marked: Span, count: int) -> Span:
    """From the first to the last sentence that holds the mark, and ``count`` on each side."""
    start, end = marked
    holding = [n for n, (a, b) in enumerate(spans) if a < max(end, start + 1) and b > start]
    if not holding:
        return marked
    first, last = max(holding[0] - count, 0), min(holding[-1] + count, len(spans) - 1)
    return spans[first][0], spans[last][1]


def within(marks: Sequence[Mark], shown: Span) -> list[Mark]:
    """The marks of which something is shown, in the order of the text, the longer ones first."""
    start, end = shown
    some = [mark for mark in marks if mark.start < end and mark.end > start]
    return sorted(some, key=lambda mark: (mark.start, -mark.end, mark.kind, mark.row_id))


def pieces(marks: Sequence[Mark], shown: Span) -> Iterator[Piece]:
    """The stretch that is shown, cut wherever a mark begins or ends."""
    start, end = shown
    bounds = {start, end}
    for mark in marks:
        bounds |= {edge for edge in (mark.start, mark.end) if start < edge < end}
    listed = sorted(bounds)
    for a, b in pairwise(listed):
        over = [mark for mark in marks if mark.start < b and mark.end > a]
        over.sort(key=lambda mark: (mark.start - mark.end, mark.kind, mark.row_id))
        yield Piece(a, b, tuple(over))


def _placed(text: str, at: int, sentence: str) -> Span | None:
    """Where the sentence stands that is over a place of the text."""
    start = text.rfind(sentence, 0, at + len(sentence))
    return (start, start + len(sentence)) if sentence and 0 <= start <= at else None


def _behind_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
