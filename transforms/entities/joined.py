"""Names that go on over the words beside them: directions, countries of branches, brackets.

Each step takes the candidates in text order and returns them so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.entities.candidate import HYPHENS, Candidate, candidate, standing
from transforms.entities.directions import is_region, part_of
from transforms.entities.wording import shapes
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: What joins the words of a law's title.
_JOINTS = frozenset(("and", "of", "for"))


def directed(doc: Doc, items: list[Candidate]) -> list[Candidate]:
    """Parts of a country or region with the direction that names them: "in Western Kenya"; and
    regions cut behind their first word: "New | South Wales"."""
    kept: list[Candidate] = []
    for item in items:
        before = doc[item.first - 1] if item.first else None
        if (
            before is not None
            and before.text.istitle()
            and before.whitespace_ == " "
            and item.start == doc[item.first].idx
            and (not kept or kept[-1].end <= before.idx or kept[-1].first == item.first - 1)
            and (
                (
                    before.lower_ in words("shared.compass")
                    and not before.is_sent_start
                    and not _goes_on(doc, item)
                    and part_of(f"{before.text} {item.text}")
                )
                or (part_of(item.text) and is_region(f"{before.text} {item.text}"))
            )
        ):
            item = candidate(doc, item.first - 1, item.last, "LOC", "directed")
            if kept and kept[-1].overlaps(item):
                kept.pop()  # "Western" as a group of people
        kept.append(item)
    return kept


def branches(doc: Doc, items: list[Candidate]) -> list[Candidate]:
    """Bodies with the country of their branch: "Greenpeace | Germany", but not "told Reuters
    Ukraine would" nor "the BBC Ukraine service"."""
    kept: list[Candidate] = []
    for item in items:
        body = kept[-1] if kept else None
        if (
            body is not None
            and body.last == item.first
            and doc[body.last - 1].whitespace_ == " "
            and item.start == doc[item.first].idx
            and any(entry.country and entry.kind == "GPE" for entry in item.known)
            and (body.label == "ORG" if not body.known else body.known[0].kind == "ORG")
            and _belongs(doc, body, item)
        ):
            kept[-1] = candidate(doc, body.first, item.last, "ORG", "branch")
        else:
            kept.append(item)
    return kept


def _belongs(doc: Doc, body: Candidate, country: Candidate) -> bool:
    """Whether the two are one noun by the parse, and no noun follows that they describe."""
    after = doc[country.last] if country.last < len(doc) else None
    if after is not None and (after.pos_ in ("NOUN", "PROPN", "ADJ") or after.text in HYPHENS):
        return False
    before = doc[body.first - 1] if body.first else None
    if (
        after is not None
        and after.pos_ in ("VERB", "AUX")
        and before is not None
        and before.pos_ == "VERB"
    ):
        return False  # "told Reuters Ukraine would"
    one, other = doc[body.last - 1], doc[country.last - 1]
    return one.head.i == other.i or (other.head.i == one.i and other.dep_ != "nsubj")


def _goes_on(doc: Doc, item: Candidate) -> bool:
    """Whether more words belong to the direction's name: "New South Wales", "South China seas"."""
    further = doc[item.first - 2] if item.first > 1 else None
    after = doc[item.last].lower_ if item.last < len(doc) else ""
    return (further is not None and further.pos_ == "PROPN") or after in words("entities.sea")


def bracketed(doc: Doc, items: list[Candidate]) -> list[Candidate]:
    """Laws with a part of their title in brackets: "Public Order (Amendment) Act"."""
    found: list[Candidate] = []
    for opens in standing(doc, "("):
        closes = next(
            (i for i in range(opens + 2, min(opens + 7, len(doc))) if doc[i].text == ")"), 0
        )
        head = doc[closes + 1].text if 0 < closes < len(doc) - 1 else ""
        if shapes("last").get(head) != "LAW" or not doc[opens + 1].text[0].isupper():
            continue
        first = opens
        while first > 0 and (doc[first - 1].text[0].isupper() or doc[first - 1].lower_ in _JOINTS):
            first -= 1
        while first < opens and doc[first].lower_ in _JOINTS | {"the"}:
            first += 1
        if first < opens:
            found.append(candidate(doc, first, closes + 2, "LAW", "shape"))
    if not found:
        return items
    kept = [item for item in items if not any(item.overlaps(law) for law in found)]
    return sorted([*kept, *found], key=lambda item: item.start)
