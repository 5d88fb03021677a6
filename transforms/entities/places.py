"""Which place a name means: candidates of the gazetteer, weighed by what the article says.

Population; the regions and countries that the article names, and the region written after the
name ("Paris, Texas"); the publisher's country; nearness to the article's other places.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from transforms.entities.evidence import bare_place
from transforms.entities.gazetteer import (
    CITY,
    COUNTRY,
    COUNTY,
    REGION,
    Gazetteer,
    Place,
    place_aliases,
)
from transforms.entities.names import fold, word_set
from transforms.reference import reference

#: Kilometres within which two places count as neighbours.
_NEAR = 250.0
#: A link is ambiguous when the next best place is this close behind.
_CLEAR = 1.0
_MOST = 40


@dataclass(slots=True)
class Toponym:
    """A place name of an article, to be resolved.

    ``contexts`` are the names written right after it, after a comma, in the order found;
    ``country`` is set where the name itself is known to lie in one.
    """

    text: str
    kind: str
    contexts: list[str] = field(default_factory=list)
    count: int = 1
    options: list[tuple[float, Place]] = field(default_factory=list)

    @property
    def best(self) -> Place | None:
        return self.options[0][1] if self.options else None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place meant and the next best one where it is not clear."""

    place: Place
    runner_up: Place | None


def resolve(
    toponyms: Sequence[Toponym],
    countries: Mapping[str, float],
    home: str | None,
    gazetteer: Gazetteer,
) -> list[Resolution | None]:
    """The place that each name means, or None where the gazetteer has none.

    ``countries`` are the countries (alpha-3) that the article names, with how often; ``home``
    is the publisher's.
    """
    for toponym in toponyms:
        toponym.options = _options(toponym, countries, home, gazetteer)
    named = _named_regions(toponyms, gazetteer)
    for toponym in toponyms:
        _nest(toponym, named)
    for _ in range(2):
        _draw_together(toponyms)
    return [_resolution(toponym) for toponym in toponyms]


def _options(
    toponym: Toponym, countries: Mapping[str, float], home: str | None, gazetteer: Gazetteer
) -> list[tuple[float, Place]]:
    found: dict[int, Place] = {}
    typed = _type(toponym.text)
    bare = bare_place(toponym.text)
    for name in (toponym.text, bare):
        if not name:
            continue
        for place in gazetteer.find(name):
            found.setdefault(place.geonames_id, place)
        for real, country, level in place_aliases().get(fold(name), ()):
            for place in gazetteer.find(real):
                if place.country == country and place.level == level:
                    found.setdefault(place.geonames_id, place)
        if name == toponym.text and typed and any(_fits(p, typed) for p in found.values()):
            break
    total = sum(countries.values()) or 1.0
    scored = []
    for place in found.values():
        score = 0.75 * math.log10(place.population + 10)
        if place.level == REGION:
            score += 0.6
        elif place.level == COUNTY:
            score -= 2.5
        if typed:
            score += 2.5 if _fits(place, typed) else -1.5
        if place.country in countries:
            score += 1.2 + 1.5 * countries[place.country] / total
        if place.country == home:
            score += 1.0
        for context in toponym.contexts:
            score += _within(place, context)
        scored.append((score, place))
    scored.sort(key=lambda pair: (-pair[0], pair[1].geonames_id))
    return scored[:_MOST]


_TYPES = {
    REGION: word_set(
        "province oblast state region governorate prefecture republic krai territory wilaya "
        "emirate canton"
    ),
    COUNTY: word_set(
        "county parish district borough raion rayon municipality constituency township tehsil "
        "taluk upazila regency"
    ),
    CITY: word_set("city town village"),
}


def _type(name: str) -> tuple[int, ...]:
    """The levels that the name's own type word allows; empty if it has none."""
    parts = name.split()
    if len(parts) < 2:
        return ()
    word = parts[-1].lower()
    if len(parts) > 2 and parts[1] == "of":
        word = parts[0].lower()
    if word == "district":
        return (REGION, COUNTY)
    return tuple(level for level, typed in _TYPES.items() if word in typed)


def _fits(place: Place, levels: tuple[int, ...]) -> bool:
    return place.level in levels


def _within(place: Place, context: str) -> float:
    """How well the place lies in the region or country written after its name."""
    codes, regions = _areas(context)
    if place.country in codes and place.level != COUNTRY:
        return 6.0
    if place.region in regions or place.county in regions:
        return 8.0
    return -1.0 if codes or regions else 0.0


@cache
def _areas(context: str) -> tuple[frozenset[str], frozenset[int]]:
    from transforms.entities.gazetteer import gazetteer
    from transforms.entities.lexicon import lexicon

    codes = {entry.country for entry in lexicon().get(context) if entry.kind == "GPE"}
    regions = {
        place.geonames_id
        for name, country in _abbreviations().get(context, ((context, None),))
        for place in gazetteer().find(name)
        if place.level in (REGION, COUNTY) and country in (None, place.country)
    }
    return frozenset(code for code in codes if code), frozenset(regions)


@cache
def _abbreviations() -> dict[str, tuple[tuple[str, str | None], ...]]:
    rows: dict[str, list[tuple[str, str | None]]] = {}
    for row in reference("region_abbreviations"):
        rows.setdefault(row["abbreviation"], []).append((row["name"], row["country"]))
    return {name: tuple(found) for name, found in rows.items()}


def is_abbreviation(text: str) -> bool:
    """Whether the text is a short form of a region as written after a town: "La.", "TX"."""
    return text in _abbreviations()


def _named_regions(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> Counter[int]:
    """The subdivisions that the article names, by GeoNames id, with how often."""
    named: Counter[int] = Counter()
    for toponym in toponyms:
        for score, place in toponym.options:
            if place.level in (REGION, COUNTY) and score >= toponym.options[0][0] - 1.0:
                named[place.geonames_id] += toponym.count
        for context in toponym.contexts:
            for region in _areas(context)[1]:
                named[region] += 1
    return named


def _nest(toponym: Toponym, named: Counter[int]) -> None:
    """Places within a region that the article names gain."""
    if len(toponym.options) < 2 or not named:
        return
    rescored = []
    for score, place in toponym.options:
        times = max(named[place.region], named[place.county])
        if place.geonames_id not in named and times:
            score += 1.5 + 0.5 * math.log2(times)
        rescored.append((score, place))
    rescored.sort(key=lambda pair: (-pair[0], pair[1].geonames_id))
    toponym.options = rescored


def _draw_together(toponyms: Sequence[Toponym]) -> None:
    """Each name's options gain by lying near the other names' best places."""
    best = [(t, t.best) for t in toponyms if t.best is not None and t.best.level != COUNTRY]
    for toponym in toponyms:
        if len(toponym.options) < 2:
            continue
        gains = []
        for score, place in toponym.options[:_MOST]:
            near = 0.0
            for other, chosen in best:
                if other is not toponym and chosen is not None:
                    distance = kilometres(place, chosen)
                    near += math.exp(-distance / _NEAR) * min(other.count, 3) / 2
            gains.append((score + 1.2 * min(near, 2.0), place))
        gains.sort(key=lambda pair: (-pair[0], pair[1].geonames_id))
        toponym.options = gains


def _resolution(toponym: Toponym) -> Resolution | None:
    best = toponym.best
    if best is None:
        return None
    runner_up = None
    for score, place in toponym.options[1:]:
        if score < toponym.options[0][0] - _CLEAR:
            break
        if kilometres(place, best) > 50 and best.geonames_id not in (place.region, place.county):
            runner_up = place
            break
    return Resolution(best, runner_up)


def kilometres(one: Place, other: Place) -> float:
    """Great-circle distance."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, half)))
