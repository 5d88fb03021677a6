"""Where names stand: the tagger's spans, and the names that the reference tables know."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from transforms.closed import CLOSED
from transforms.entities.candidate import NAMES, Candidate
from transforms.entities.lexicon import Lexicon
from transforms.entities.names import straight
from transforms.entities.surroundings import HYPHENED
from transforms.entities.tagged import repaired
from transforms.entities.trace import Trace
from transforms.entities.wording import contexts

if TYPE_CHECKING:
    from spacy.tokens import Doc

_HYPHENED = re.compile(r"-[a-z]+")


def candidates(
    doc: Doc, text: str, lexicon: Lexicon, trace: Trace | None = None
) -> list[Candidate]:
    """The spans of the tagger, repaired, and of the lexicon, where they do not overlap."""
    found: list[Candidate] = []
    for entity in doc.ents:
        if entity.label_ in NAMES:
            found += repaired(doc, entity.start, entity.end, entity.label_, trace)
    glued = list(_glued(doc, text, lexicon))
    tagged = found
    for item in glued:
        tagged = [other for other in tagged if not other.overlaps(item)]
    known = [*glued, *_known(doc, text, lexicon, trace)]
    known.sort(key=lambda item: (item.start, -item.end))
    tagged = [
        item for item in tagged if item.last - item.first < 3 or not _is_two(text, item, known)
    ]
    merged = _merged(text, tagged, known)
    if trace is not None:
        trace.replaced([*found, *known], merged)
    return merged


def _known(doc: Doc, text: str, lexicon: Lexicon, trace: Trace | None) -> Iterator[Candidate]:
    """The names of the reference tables, at token limits or at hyphens within tokens."""
    for match in lexicon.matches(text):
        span = doc.char_span(match.start, match.end, alignment_mode="expand")
        if span is None:
            continue
        item = Candidate(
            match.start,
            match.end,
            span.start,
            span.end,
            text[match.start : match.end],
            "",
            "reference",
            match.known,
        )
        if (match.start > span.start_char and text[match.start - 1] not in "-–/’'(") or (
            match.end < span.end_char and text[match.end] not in "-–/.’'"
        ):
            if trace is not None:
                trace.leave(item, "within_token", span.text)
            continue
        if contexts("hyphen").get(_after_hyphen(text, item.end)) == "PERSON":
            # a time is called after one whom all know: "Trump-era"
            item.known = tuple(
                entry.standing() if entry.kind == "PERSON" else entry for entry in item.known
            )
        body = all(entry.kind == "ORG" for entry in item.known)
        if body and item.text.lower() in CLOSED and is_capital_line(text, item.start, item.end):
            if trace is not None:
                trace.leave(item, "word_in_capitals")
            continue
        yield item


def is_capital_line(text: str, start: int, end: int) -> bool:
    """Whether the line around these characters is in capitals throughout, with words beside
    them: "MAN WHO FLED IS HELD" has no health body in it."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end : text.find("\n", end) if "\n" in text[end:] else len(text)]
    rest = before + after
    return rest.isupper() and any(len(word) > 1 for word in rest.split())


def _after_hyphen(text: str, end: int) -> str:
    """The word that a hyphen joins to a name: "era" of "Trump-era"."""
    joined = HYPHENED.match(text, end)
    return joined[1] if joined is not None else ""


def _glued(doc: Doc, text: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """People's names with a word run into them, at characters within tokens."""
    for match in lexicon.glued(text):
        span = doc.char_span(match.start, match.end, alignment_mode="expand")
        if span is not None:
            yield Candidate(
                match.start,
                match.end,
                span.start,
                span.end,
                text[match.start : match.end],
                "PERSON",
                "reference",
                match.known,
            )


def _joined(text: str, other: Candidate, name: Candidate) -> bool:
    """Whether the longer span is the name and what a hyphen joins to it: "U.S.-led"."""
    return other.start == name.start and _HYPHENED.fullmatch(text, name.end, other.end) is not None


def _owned(text: str, other: Candidate, name: Candidate) -> bool:
    """Whether the longer span only adds whose or what it is: "Brando's Academy Award",
    "Bookmaker William Hill" as a person."""
    if other.label == "PERSON" and name.end == other.end and " " in name.text:
        return all(entry.kind == "ORG" for entry in name.known)
    before = straight(text[other.start : name.start]).rstrip()
    works = ("WORK_OF_ART", "EVENT", "PRODUCT", "LAW")
    return (
        before.endswith("'s")
        and name.end == other.end
        and all(entry.kind in works for entry in name.known)
    )


def _is_two(text: str, span: Candidate, known: Sequence[Candidate]) -> bool:
    """Whether the tagger's span is two known names with a word between: "Nato for America"."""
    first = bisect_left(known, span.start, key=lambda item: item.start)
    if first + 1 >= len(known) or known[first].start != span.start:
        return False
    one, other = known[first : first + 2]
    between = text[one.end : other.start].strip() if other.end == span.end else ""
    return between in ("and", "for", "to", "in")


def _merged(text: str, tagged: list[Candidate], known: Iterable[Candidate]) -> list[Candidate]:
    """Both kinds of spans without overlaps, in order.

    A known name replaces spans within it and is left out within a longer span; where the two
    cross, the known name wins unless it is only a short form.
    """
    tagged.sort(key=lambda c: (c.start, -c.end))
    result: list[Candidate] = []
    position = 0
    for name in known:
        while position < len(tagged) and tagged[position].end <= name.start:
            result.append(tagged[position])
            position += 1
        inside = False
        crossing = position
        while crossing < len(tagged) and tagged[crossing].start < name.end:
            other = tagged[crossing]
            if (
                other.start <= name.start
                and name.end <= other.end
                and not _joined(text, other, name)
                and (other.start, other.end) != (name.start, name.end)
                and not _owned(text, other, name)
            ):
                inside = True
                break
            crossing += 1
        if inside:
            continue
        for other in tagged[position:crossing]:
            if (other.start, other.end) == (name.start, name.end) or not name.label:
                name.label = other.label
            name.titled = name.titled or other.titled
        result.append(name)
        position = crossing
    result += tagged[position:]
    result.sort(key=lambda c: (c.start, -c.end))
    kept: list[Candidate] = []
    for item in result:
        if kept and item.start < kept[-1].end:
            continue
        kept.append(item)
    return kept
