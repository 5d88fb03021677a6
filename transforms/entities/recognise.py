"""The names of a text with their kinds: spans found, repaired, decided, and found again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from transforms.entities.dateline import of_dateline
from transforms.entities.evidence import LEGAL_FORMS
from transforms.entities.filters import is_amount, keeps
from transforms.entities.gazetteer import CITY, REGION, gazetteer
from transforms.entities.kinds import Name, decide
from transforms.entities.lexicon import (
    Known,
    by_reference,
    country_names,
    lexicon,
    longest_title,
    not_names,
    split,
)
from transforms.entities.names import fold, is_acronym, is_mixed, spells_out
from transforms.entities.runs import missed, shaped, widened
from transforms.entities.spans import (
    HYPHENS,
    Candidate,
    after_title,
    candidate,
    candidates,
    capitalised,
    standing,
)
from transforms.entities.support import supported
from transforms.reference import reference

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SOUGHT = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC"))


def names_of(
    doc: Doc, text: str, authors: Sequence[str] = (), publisher: str | None = None
) -> dict[str, Name]:
    """The names in the text by folded spelling, each with its kind and its mentions.

    ``text`` is the document's, which spaCy joins anew whenever it is asked. ``authors`` and
    ``publisher`` are known from the article's page: a person and an organisation.
    """
    items = [item for item in candidates(doc, text, lexicon()) if not is_amount(doc, item)]
    items = _contextual(doc, items)
    _know_companies(items)
    items = _widen(doc, items)
    items = _typed(doc, items)
    capitals = capitalised(doc)
    items = _reshape(doc, items, capitals)
    items = of_dateline(doc, text, items, publisher)
    items = _acronyms(doc, text, items)
    items = _untagged(doc, items, capitals)
    given = {fold(author): "PERSON" for author in authors}
    if publisher:
        given.setdefault(fold(publisher), "ORG")
    names = decide(doc, text, items, gazetteer(), given)
    names = {
        key: name
        for key, name in names.items()
        if supported(doc, text, name, names.values()) and keeps(doc, name)
    }
    _find_missed(doc, names)
    return names


def mentions_of(names: Iterable[Name]) -> list[Candidate]:
    """The mentions of all names in text order."""
    return sorted((item for name in names for item in name.items), key=lambda item: item.start)


@dataclass(frozen=True, slots=True)
class _Contextual:
    """What "the" and a word mean where some countries are spoken of and others are not."""

    known: Known
    needs: frozenset[str]
    unless: frozenset[str]


@cache
def _contextual_names() -> dict[str, _Contextual]:
    return {
        row["text"]: _Contextual(
            by_reference()[row["meaning"]]
            if ":" in row["meaning"]
            else Known("GPE", country_names()[row["meaning"]], row["meaning"]),
            frozenset(split(row["needs"])),
            frozenset(split(row["unless"])),
        )
        for row in reference("contextual_names")
    }


def _contextual(doc: Doc, items: list[Candidate]) -> list[Candidate]:
    """ "The North" where North Korea is spoken of, "the Channel" where Britain is."""
    spoken = {entry.country for item in items for entry in item.known if entry.country}
    wanted = {
        text: name.known
        for text, name in _contextual_names().items()
        if name.needs <= spoken and not name.unless & spoken
    }
    if not wanted:
        return items
    found: list[Candidate] = []
    for index in standing(doc, wanted):
        token = doc[index]
        if index == 0 or doc[index - 1].lower_ != "the":
            continue
        following = doc[index + 1] if index + 1 < len(doc) else None
        if following is not None and (
            following.text[:1].isupper() or following.text in HYPHENS or following.lower_ == "of"
        ):
            continue
        known = wanted[token.text]
        first = index - 1 if known.kind == "GPE" else index
        item = candidate(doc, first, index + 1, known.kind, "contextual")
        item.known = (known,)
        found.append(item)
    kept = [
        item
        for item in items
        if not any(item.start < other.end and other.start < item.end for other in found)
    ]
    return sorted([*kept, *found], key=lambda item: item.start)


def _know_companies(items: list[Candidate]) -> None:
    """A company that the reference tables know, written with its legal form."""
    for item in items:
        bare, _, form = item.text.replace("\n", " ").rpartition(" ")
        if item.label == "ORG" and not item.known and fold(form) in LEGAL_FORMS:
            known = lexicon().get(bare.rstrip(" ,"))
            item.known = tuple(entry for entry in known if entry.kind == "ORG" and entry.alone)


#: Types of regions that belong to the name when written after it.
_TYPES = frozenset(("province", "prefecture", "governorate", "oblast", "county"))


def _typed(doc: Doc, items: list[Candidate]) -> list[Candidate]:
    """Regions with the word that tells them from the town of that name: "Kursk region"."""
    for number, item in enumerate(items):
        if item.label in ("", "PERSON") or item.last >= len(doc):
            continue
        if any(entry.country and not entry.reference_id for entry in item.known):
            continue
        word = doc[item.last].text
        if item.end != doc[item.last - 1].idx + len(doc[item.last - 1]):
            continue
        if word in _TYPES or (word == "region" and _is_region(item.text)):
            wide = candidate(doc, item.first, item.last + 1, "GPE", "typed")
            items[number] = wide
    return items


def _is_region(name: str) -> bool:
    places = gazetteer().find(name)
    return any(place.level == REGION for place in places) and any(
        place.level == CITY for place in places
    )


def _widen(doc: Doc, items: list[Candidate]) -> list[Candidate]:
    """People's names over all their words; what they then cover is left out."""
    kept: list[Candidate] = []
    for item in items:
        if kept and item.start < kept[-1].end:
            continue
        if item.rule == "reference" and (item.within_tokens(doc) or _is_body(item)):
            pass
        elif item.label == "PERSON" or item.titled:
            first, last = widened(doc, item)
            first = min(after_title(doc, first, last), item.first)
            if kept:
                while first < item.first and doc[first].idx < kept[-1].end:
                    if kept[-1].label == "PERSON" and not kept[-1].known and not kept[-1].titled:
                        first = min(first, kept[-1].first)
                        item.titled = item.titled or kept[-1].titled
                        kept.pop()
                        if not kept:
                            break
                    else:
                        first += 1
            if (first, last) != (item.first, item.last):
                wide = candidate(doc, first, last, "PERSON", "widened")
                wide.titled = item.titled
                if wide.text != item.text:
                    wide.known = lexicon().get(wide.text)
                    item = wide
        kept.append(item)
    return kept


def _is_body(item: Candidate) -> bool:
    """Whether it is known as an organisation of several words: "William Hill", the bookmaker."""
    return " " in item.text and {entry.kind for entry in item.known} == {"ORG"}


def _reshape(doc: Doc, items: list[Candidate], capitals: list[int]) -> list[Candidate]:
    """Runs of words that are one name replace the parts of them that were found."""
    runs = list(shaped(doc, capitals))
    if not runs:
        return items
    result: list[Candidate] = []
    position = 0
    for run in runs:
        while position < len(items) and items[position].end <= run.start:
            result.append(items[position])
            position += 1
        covered: list[Candidate] = []
        further = position
        while further < len(items) and items[further].start < run.end:
            covered.append(items[further])
            further += 1
        if any(item.start < run.start or item.end > run.end for item in covered):
            continue
        if any(item.rule == "reference" and item.within_tokens(doc) for item in covered):
            continue
        if covered and covered[-1].end == run.end and _is_body(covered[-1]) and run.label != "ORG":
            continue
        if len(covered) == 1 and (covered[0].start, covered[0].end) == (run.start, run.end):
            continue
        run.known = lexicon().get(run.text)
        result.append(run)
        position = further
    result += items[position:]
    result.sort(key=lambda item: item.start)
    return result


def _acronyms(doc: Doc, text: str, items: list[Candidate]) -> list[Candidate]:
    """Acronyms in brackets after a name that they shorten, where the tagger has none."""
    if "(" not in text:
        return items
    covered = {index: item for item in items for index in range(item.first, item.last)}
    ends = {item.last: item for item in items}
    found: list[Candidate] = []
    for bracket in standing(doc, "("):
        index = bracket + 1
        if bracket == 0 or index == len(doc):
            continue
        token = doc[index]
        full = ends.get(bracket)
        here = covered.get(index)
        if full is None:
            continue
        if full.label == "ORG" and _is_blend(doc, index, here):
            if here is None:
                found.append(candidate(doc, index, index + 1, "ORG", "acronym"))
            else:
                here.label, here.rule = "ORG", "acronym"
        elif (
            here is None
            and text[token.idx + len(token) : token.idx + len(token) + 1] == ")"
            and (is_acronym(token.text) or is_mixed(token.text) or token.text.istitle())
        ) and spells_out(full.text, token.text):
            found.append(candidate(doc, index, index + 1, full.label, "acronym"))
    return sorted([*items, *found], key=lambda item: item.start)


def _is_blend(doc: Doc, index: int, here: Candidate | None) -> bool:
    """Whether one word alone in brackets is a body's short name, made of parts of its words in
    whatever language: "Ministry of Tourism (Mitur)"."""
    token = doc[index]
    if index + 1 == len(doc) or doc[index + 1].text != ")":
        return False
    if here is not None and (here.known or here.titled or here.last - here.first > 1):
        return False
    return (
        token.text[0].isupper()
        and not token.is_upper
        and token.is_alpha
        and len(token) > 3
        and token.pos_ == "PROPN"
        and not lexicon().get(token.text)
        and token.text not in not_names()
        and not gazetteer().known(token.text)
    )


def _untagged(doc: Doc, items: list[Candidate], capitals: list[int]) -> list[Candidate]:
    """Capitalised words within sentences that the tagger passed over: kept if others speak."""
    covered = bytearray(len(doc))
    for item in items:
        for index in range(max(0, item.first - 1), min(len(doc), item.last + 1)):
            covered[index] = 1
    for entity in doc.ents:
        for index in range(entity.start, entity.end):
            covered[index] = 1
    proper = [
        index
        for index in capitals
        if not covered[index] and doc[index].pos_ == "PROPN" and doc[index].is_alpha
    ]
    found: list[Candidate] = []
    for _, group in groupby(enumerate(proper), lambda pair: pair[1] - pair[0]):
        run = [index for _, index in group]
        if not doc[run[0]].is_sent_start and not longest_title([doc[run[0]].text])[0]:
            found.append(candidate(doc, run[0], run[-1] + 1, "", "untagged"))
    return sorted([*items, *found], key=lambda item: item.start)


def _find_missed(doc: Doc, names: dict[str, Name]) -> None:
    """Mentions of established names that the tagger missed, surnames too."""
    wanted: dict[str, set[tuple[str, ...]]] = {}
    owner: dict[tuple[str, ...], tuple[str, str, tuple[Known, ...]]] = {}
    for name in names.values():
        if name.kind not in _SOUGHT or not name.sure:
            continue
        for item in name.items:
            tokens = tuple(doc[i].text for i in range(item.first, item.last))
            if len(item.text) > 1 and doc[item.first].idx == item.start:
                _want(tokens, name, item.known, wanted, owner)
            surname = tokens[-1]
            if name.kind == "PERSON" and len(tokens) > 1 and _is_surname(surname):
                _want(tokens[-1:], name, (), wanted, owner)
    ordered = {
        first: sorted(options, key=lambda tokens: (-len(tokens), tokens))
        for first, options in wanted.items()
    }
    items = mentions_of(names.values())
    for first, last in missed(doc, items, ordered):
        tokens = tuple(doc[i].text for i in range(first, last))
        kind, _, known = owner[tokens]
        item = candidate(doc, first, last, "", "repeated")
        item.kind, item.known = kind, known
        key = fold(item.text)
        if key not in names:
            names[key] = Name(key, item.text, kind=kind)
        if names[key].kind == kind:
            names[key].items.append(item)


def _is_surname(word: str) -> bool:
    return word[0].isupper() and len(word) > 2 and word.isalpha()


def _want(
    tokens: tuple[str, ...],
    name: Name,
    known: tuple[Known, ...],
    wanted: dict[str, set[tuple[str, ...]]],
    owner: dict[tuple[str, ...], tuple[str, str, tuple[Known, ...]]],
) -> None:
    wanted.setdefault(tokens[0], set()).add(tokens)
    owner.setdefault(tokens, (name.kind, name.key, known))
