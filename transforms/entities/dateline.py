"""The dateline that opens a report: its place and the agency that sent it.

"KYIV, Ukraine (Borderland News) --", "LIMA, Feb 3 (AP) -", "Pyongyang, May 4 (KCNA) --".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from transforms.entities.candidate import Candidate, candidate
from transforms.entities.gazetteer import gazetteer
from transforms.entities.lexicon import Known, lexicon
from transforms.entities.names import fold
from transforms.entities.wording import month_names

if TYPE_CHECKING:
    from spacy.tokens import Doc


_LINE = re.compile(r"\n(?=[A-Z])")


@cache
def _dateline() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?P<place>[A-Z][\w.'’ -]{1,30}?)"
        r"(?:, ?(?P<area>[A-Z][A-Za-z.]+(?: [A-Z][A-Za-z.]+)?))??"
        rf"(?:,? (?:{'|'.join(month_names())})\.? \d{{1,2}})?"
        r"(?:(?: ?\((?P<agency>[A-Z][^()\n]{1,40})\))?,? ?(?:--|[-–—]) "
        r"| ?/ ?(?P<wire>[A-Z][^/\n]{1,40}?) ?/[. ])"
    )


def _datelines(text: str) -> Iterator[re.Match[str]]:
    """The line that opens the text, and those below a caption that name an agency we know."""
    first = _dateline().match(text)
    if first is not None:
        yield first
    for line in _LINE.finditer(text, first.end() if first is not None else 0):
        match = _dateline().match(text, line.end())
        if match is not None and match["agency"] and lexicon().get(match["agency"]):
            yield match


def of_dateline(
    doc: Doc, text: str, items: list[Candidate], publisher: str | None
) -> list[Candidate]:
    """The names with those of the dateline, which replace what was found in their place.

    The agency is the publisher where its name begins the publisher's.
    """
    found: list[Candidate | None] = []
    for match in _datelines(text):
        place = match["place"]
        if not (place.isupper() or gazetteer().known(place)):
            continue
        found.append(_candidate(doc, *match.span("place"), "GPE"))
        sender = "agency" if match["agency"] else "wire"
        if match[sender]:
            agency = _candidate(doc, *match.span(sender), "ORG")
            if agency is not None and publisher and is_short_for(match[sender], publisher):
                agency.known = (*agency.known, Known("ORG", publisher))
            found.append(agency)
    named = [item for item in found if item is not None]
    kept = [item for item in items if not any(item.overlaps(other) for other in named)]
    return sorted([*kept, *named], key=lambda item: item.start)


def is_short_for(name: str, publisher: str) -> bool:
    """Whether the name is how the publisher's begins: "Northfield" of "Northfield News Agency"."""
    return f"{fold(publisher)} ".startswith(f"{fold(name)} ")


def _candidate(doc: Doc, start: int, end: int, label: str) -> Candidate | None:
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or span.start_char != start:
        return None
    item = candidate(doc, span.start, span.end, label, "dateline")
    if item.end != end:
        return None
    known = lexicon().get(item.text) or lexicon().get(item.text.title())
    # an agency's acronym in a dateline is that agency's, however short
    item.known = tuple(
        entry.standing() for entry in known if (entry.kind == "ORG") == (label == "ORG")
    )
    return item
