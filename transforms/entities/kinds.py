"""The kind of each name: one through an article, from all the evidence of all its mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from transforms.entities import evidence, kin
from transforms.entities.areas import context_after
from transforms.entities.candidate import Candidate, standing
from transforms.entities.gazetteer import Gazetteer
from transforms.entities.name import Name
from transforms.entities.names import fold
from transforms.entities.scores import Scores
from transforms.entities.surroundings import is_quoted, stands_on, surroundings, told
from transforms.entities.wording import sport_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: The most that one mention adds, so that many mentions do not drown a clear one.
_CAP = 3.0
#: What speaks for a known surname or party where the article names its country, and else.
_SPOKEN, _SHORT = 4.5, 3.0


def decide(
    doc: Doc,
    text: str,
    items: list[Candidate],
    gazetteer: Gazetteer,
    given: Mapping[str, str],
    scores: type[Scores] = Scores,
) -> dict[str, Name]:
    """The names of the article by folded spelling, each with its kind; items get it too.

    ``given`` are kinds known from outside the text, by folded name; ``scores`` is how evidence
    is added up.
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
    alone = {
        entry.country
        for name in names.values()
        for item in name.items
        for entry in item.known
        if entry.alone
    }
    for name in names.values():
        name.scores = scores()
        for item in name.items:
            item.evidence = scores()
        _score(doc, text, name, gazetteer, sport)
        _short_forms(name, alone)
        if (
            not name.known
            and name.scores.get("GPE", 0.0) > 1.0
            and any(place.country in spoken for place in gazetteer.find(name.text)[:3])
        ):
            name.scores.add("GPE", 1.0, "country_spoken")
        if name.key in given:
            name.scores.add(given[name.key], 6.0, "given")
    kin.regions(doc, names, gazetteer, spoken)
    kin.acronyms(text, names)
    kin.surnames(doc, names)
    kin.people(names)
    kin.companies(doc, names)
    if sport:
        kin.clubs(doc, names)
    for name in names.values():
        name.kind = name.best
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
        scores = item.evidence
        evidence.tagger(item, scores)
        surroundings(doc, text, item, scores, sport)
        if item.rule == "dateline":
            scores.add(item.label, 4.0, "dateline")
        elif not item.titled:
            region = context_after(text, item.end)
            if region:
                scores.add("GPE", 2.0, "region_after", region)
        for kind, weight in scores.items():
            total[kind] += max(-_CAP, min(_CAP + 1, weight))
    count = len(name.items)
    # the mean, and a little more for each further mention that agrees
    damped = (1 + 0.35 * min(count - 1, 4)) / count
    for kind, weight in total.items():
        name.scores.add(kind, weight * damped, "mentions")
    person = any(item.label == "PERSON" for item in name.items)
    person = person and not all(stands_on(doc, item) for item in name.items)
    evidence.letters(name.text, name.scores, person)
    if " " in name.text and all(is_quoted(text, item) for item in name.items):
        name.scores.add("PERSON", -2.5, "quoted")
    evidence.places(name.text, gazetteer, name.scores)
    outright = {told(doc, text, item) for item in name.items} - {""}
    for kind in sorted(known | outright):
        name.scores.add(kind, 8.0, "reference" if kind in known else "told")


def _short_forms(name: Name, spoken: set[str | None]) -> None:
    """What speaks for the bearer of a short form: more where the article names the country."""
    for item in name.items:
        for entry in item.known:
            if not entry.alone:
                weight = _SPOKEN if entry.national and entry.country in spoken else _SHORT
                name.scores.add(entry.kind, weight / len(name.items), "short_form")
