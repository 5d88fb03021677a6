"""The kind of each name: one through an article, from all the evidence of all its mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transforms.entities import evidence
from transforms.entities.gazetteer import REGION, Gazetteer
from transforms.entities.lexicon import sport_words
from transforms.entities.locating import context_after
from transforms.entities.names import fold, is_acronym, is_mixed, spells_out, word_set
from transforms.entities.spans import PLACES, Candidate, standing

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: The most that one mention adds, so that many mentions do not drown a clear one.
_CAP = 3.0
_LONE = 1.0
_PLACE_KINDS = ("GPE", "LOC", "FAC")
#: Words of names that English does not use without "the".
_WITH_ARTICLE = word_set("river rivers nile sea ocean gulf delta")


@dataclass(slots=True)
class Name:
    """One spelling of a name in an article, with its mentions and what speaks for its kinds."""

    key: str
    text: str
    items: list[Candidate] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)
    kind: str = ""
    longer: Name | None = None

    @property
    def known(self) -> bool:
        """Whether the reference tables know any of its mentions."""
        return any(item.known for item in self.items)

    @property
    def sure(self) -> bool:
        """Whether the kind is well supported, so that the name may be sought elsewhere."""
        return self.scores.get(self.kind, 0.0) >= 2.5


def decide(
    doc: Doc, text: str, items: list[Candidate], gazetteer: Gazetteer, given: Mapping[str, str]
) -> dict[str, Name]:
    """The names of the article by folded spelling, each with its kind; items get it too.

    ``given`` are kinds known from outside the text, by folded name.
    """
    names: dict[str, Name] = {}
    for item in items:
        key = fold(item.text)
        name = names.setdefault(key, Name(key, item.text))
        name.items.append(item)
    sport = _is_sport(doc)
    spoken = {
        entry.country for name in names.values() for item in name.items for entry in item.known
    }
    for name in names.values():
        _score(doc, text, name, gazetteer, sport)
        if (
            not name.known
            and name.scores.get("GPE", 0.0) > 1.0
            and any(place.country in spoken for place in gazetteer.find(name.text)[:3])
        ):
            name.scores["GPE"] += 1.0
        if name.key in given:
            name.scores[given[name.key]] = name.scores.get(given[name.key], 0.0) + 6.0
    _regions(doc, names, gazetteer, spoken)
    _acronyms(text, names)
    _people(names)
    _companies(doc, names)
    if sport:
        _clubs(doc, names)
    for name in names.values():
        if not name.kind:
            name.kind = _best(name.scores)
        for item in name.items:
            item.kind = name.kind
    return names


def _is_sport(doc: Doc) -> bool:
    """Whether the article is a sports report: more than one word in forty is of sports."""
    return len(standing(doc, sport_words(), "LOWER")) * 40 > len(doc)


def _score(doc: Doc, text: str, name: Name, gazetteer: Gazetteer, sport: bool) -> None:
    known = {entry.kind for item in name.items for entry in item.known if entry.alone}
    total: dict[str, float] = defaultdict(float)
    for item in name.items:
        scores: dict[str, float] = {}
        evidence.tagger(item, scores)
        evidence.surroundings(doc, text, item, scores, sport)
        if item.rule == "dateline":
            scores[item.label] = scores.get(item.label, 0.0) + 4.0
        elif context_after(text, item.end) and not item.titled:
            scores["GPE"] = scores.get("GPE", 0.0) + 2.0
        item.evidence = scores
        for kind, weight in scores.items():
            total[kind] += max(-_CAP, min(_CAP + 1, weight))
    count = len(name.items)
    # the mean, and a little more for each further mention that agrees
    damped = (1 + 0.35 * min(count - 1, 4)) / count
    name.scores = {kind: weight * damped for kind, weight in total.items()}
    person = any(i.label == "PERSON" for i in name.items)
    person = person and not all(evidence.stands_on(doc, item) for item in name.items)
    evidence.letters(name.text, name.scores, person)
    evidence.places(name.text, gazetteer, name.scores)
    known |= {evidence.told(doc, text, item) for item in name.items} - {""}
    for kind in sorted(known):
        name.scores[kind] = name.scores.get(kind, 0.0) + 8.0
    for item in name.items:
        for entry in item.known:
            if not entry.alone:
                name.scores[entry.kind] = name.scores.get(entry.kind, 0.0) + 2.0 / count


def _regions(
    doc: Doc, names: dict[str, Name], gazetteer: Gazetteer, spoken: set[str | None]
) -> None:
    """A water's name that never has its article is the region called after it: "the River Nile",
    but "Gedaref and River Nile" in a report from Sudan."""
    for name in names.values():
        if (
            not _WITH_ARTICLE.isdisjoint(name.key.split())
            and _best(name.scores) == "LOC"
            and not any(evidence.has_article(doc, item) for item in name.items)
            and any(p.level == REGION and p.country in spoken for p in gazetteer.find(name.text))
        ):
            name.scores["GPE"] = name.scores["LOC"] + 1.0
            for item in name.items:
                item.known = ()


def _best(scores: dict[str, float]) -> str:
    merged = dict(scores)
    place = max(_PLACE_KINDS, key=lambda kind: merged.get(kind, 0.0))
    # the kinds of places support each other against the rest
    merged[place] = merged.get(place, 0.0) + 0.6 * sum(
        max(0.0, merged.get(kind, 0.0)) for kind in _PLACE_KINDS if kind != place
    )
    return max(sorted(merged), key=lambda kind: merged[kind]) if merged else ""


def _acronyms(text: str, names: dict[str, Name]) -> None:
    """Acronyms in brackets after the name that they shorten: one kind for both."""
    for name in names.values():
        if " " in name.text:
            continue
        told = any(item.rule == "acronym" for item in name.items)
        if not (told or is_acronym(name.text) or is_mixed(name.text)):
            continue
        for item in name.items:
            if (
                item.start > 2
                and text[item.start - 1] in "(["
                and text[item.end : item.end + 1] in ")]"
            ):
                full = _ending_at(names, text, item.start - 1)
                if full is not None and (told or spells_out(full.text, name.text)):
                    name.longer = full
                    kind = _best(full.scores)
                    if kind in ("PERSON", "GPE", "NORP"):
                        kind = "ORG"
                    for one in (name, full):
                        one.scores[kind] = one.scores.get(kind, 0.0) + 3.0
                    break


def _ending_at(names: dict[str, Name], text: str, position: int) -> Name | None:
    end = len(text[:position].rstrip(" \"'”’"))
    for name in names.values():
        for item in name.items:
            if item.end == end:
                return name
    return None


def _companies(doc: Doc, names: dict[str, Name]) -> None:
    """The beginning of a company's full name is the company: "Echo Bay" of "Echo Bay Mines Ltd"."""
    full = [n for n in names.values() if n.key.split()[-1] in evidence.LEGAL_FORMS]
    for owner in full:
        parts = owner.key.split()
        for length in range(1, len(parts)):
            name = names.get(" ".join(parts[:length]))
            if (
                name is not None
                and not name.known
                and _best(name.scores) in ("LOC", "FAC", "LAW", "PRODUCT", "WORK_OF_ART", "EVENT")
                and not any(evidence.placed(doc, item) for item in name.items)
            ):
                name.scores["ORG"] = name.scores.get("ORG", 0.0) + 6.0
                name.longer = owner


def _clubs(doc: Doc, names: dict[str, Name]) -> None:
    """A word of a club's name that no place explains is the club: "Rovers", "Tyne" had the ball."""
    parts: dict[str, list[Name]] = defaultdict(list)
    for name in names.values():
        if " " in name.key and _best(name.scores) == "ORG":
            for part in {name.key.split()[0], name.key.split()[-1]}:
                parts[part].append(name)
    for name in names.values():
        owners = parts.get(name.key, [])
        place = max(name.scores.get("GPE", 0.0), name.scores.get("LOC", 0.0))
        if any(evidence.placed(doc, item) for item in name.items):
            continue
        if len(owners) == 1 and not name.known and place < 4 and _best(name.scores) != "PERSON":
            name.scores["ORG"] = name.scores.get("ORG", 0.0) + 4.0
            name.longer = owners[0]


def _people(names: dict[str, Name]) -> None:
    """Short forms of people's names take the kind of the full name."""
    full: dict[str, list[Name]] = defaultdict(list)
    for name in names.values():
        if " " in name.key and _best(name.scores) == "PERSON":
            parts = name.key.split()
            for part in {parts[-1], parts[0], " ".join(parts[-2:]), " ".join(parts[1:])}:
                if part != name.key:
                    full[part].append(name)
    for name in names.values():
        owners = full.get(name.key)
        if not owners:
            if " " not in name.text and not any(item.titled for item in name.items):
                # a person is hardly ever named by one word alone throughout an article
                name.scores["PERSON"] = name.scores.get("PERSON", 0.0) - _LONE
            continue
        place = max((name.scores.get(kind, 0.0) for kind in PLACES), default=0.0)
        known = any(entry.alone and entry.kind != "PERSON" for i in name.items for entry in i.known)
        last = any(owner.key.split()[-1] == name.key or " " in name.key for owner in owners)
        weight = 3.0 if last else 1.5
        if known or (place > 4.0 and name.scores.get("PERSON", 0.0) < 1.0):
            weight = 0.5
        name.scores["PERSON"] = name.scores.get("PERSON", 0.0) + weight
        for owner in owners:
            if name.scores.get("PERSON", 0.0) > 4:
                owner.scores["PERSON"] = owner.scores.get("PERSON", 0.0) + 1.0
