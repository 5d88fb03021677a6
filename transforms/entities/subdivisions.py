"""Regions written short after a town that lies in them: "Portland, Me.", "LANCASTER, PA."."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from transforms.entities.areas import abbreviations, has_town, short_region_after
from transforms.entities.candidate import PLACES, Candidate, candidate

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Words that a town's name has at most here.
_LONGEST = 3


@cache
def _comma() -> re.Pattern[str]:
    """The comma before a region's short form."""
    forms = "|".join(
        re.escape(form) for form in sorted(abbreviations(), key=lambda s: (-len(s), s))
    )
    return re.compile(rf",(?=\s(?:{forms})(?!\w))")


def regions_after(doc: Doc, text: str, items: list[Candidate]) -> list[Candidate]:
    """The names with the short forms of regions behind their towns, whatever the tagger says of
    them: "Me" is a word, and "PA" a place in Africa, where no town of the state stands before."""
    ends = {item.end: item for item in items}
    found: list[Candidate] = []
    for comma in _comma().finditer(text):
        where = short_region_after(text, comma.start())
        if where is None:
            continue
        town = ends.get(comma.start()) or _town(doc, text, comma.start(), where)
        if town is None or not has_town(text[slice(*where)], town.text):
            continue
        region = _over(doc, text, *where)
        if region is None:
            continue
        if comma.start() not in ends:
            found.append(town)
        elif not town.known and town.label not in PLACES:
            town.label = "GPE"
        found.append(region)
    if not found:
        return items
    kept = [item for item in items if not any(item.overlaps(other) for other in found)]
    return sorted([*kept, *found], key=lambda item: item.start)


def _over(doc: Doc, text: str, start: int, end: int) -> Candidate | None:
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or span.start_char != start:
        return None
    short = text[start:end]
    return Candidate(start, end, span.start, span.end, short, "GPE", "region_after")


def _town(doc: Doc, text: str, end: int, where: tuple[int, int]) -> Candidate | None:
    """The capitalised words before the comma that are a town of the region."""
    span = doc.char_span(max(0, end - 1), end, alignment_mode="expand")
    if span is None or span.end_char != end:
        return None
    for length in range(_LONGEST, 0, -1):
        first = span.end - length
        if first < 0 or not all(token.text[:1].isupper() for token in doc[first : span.end]):
            continue
        item = candidate(doc, first, span.end, "GPE", "region_after")
        if has_town(text[slice(*where)], item.text):
            return item
    return None
