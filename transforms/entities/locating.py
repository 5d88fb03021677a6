"""Which place a name means: candidates of the gazetteer, weighed by what the article says.

Population; the regions and countries that the article names, and the region written after the
name ("Paris, Texas"); the publisher's place; nearness to the article's other places.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from transforms.entities.evidence import bare_place
from transforms.entities.gazetteer import (
    CITY,
    COUNTRY,
    COUNTY,
    REGION,
    Gazetteer,
    Place,
    gazetteer,
    place_aliases,
)
from transforms.entities.lexicon import capitals, lexicon
from transforms.entities.names import fold, word_set
from transforms.reference import reference

#: Kilometres within which two places count as neighbours.
_NEAR = 200.0
#: A link is ambiguous when the next best place is this close behind.
_CLEAR = 1.0
#: Inhabitants that make a city great, and that a small one has at most.
_GREAT, _SMALL = 300_000, 30_000
#: Options kept for a name: beyond them lie hamlets that no evidence brings back.
_MOST = 60
_CAPITAL = 0.8
_WORLD_CAPITAL = 1.8
#: What a tenfold population counts for, in reports of a known publisher's place and in others.
_LOCAL, _WORLD = 0.85, 1.2
_AREA = 0.75
#: A name counts for a region of that name that is this close to its best place.
_NAMED = 0.2
#: Names of regions that are words for a direction anywhere.
_COMPASS = word_set(
    "north south east west northeast northwest southeast southwest northern southern eastern "
    "western central centre center"
)
_ABBREVIATED = (("st ", "saint "), ("mt ", "mount "), ("ft ", "fort "), ("saint ", "st "))


@dataclass(slots=True)
class Toponym:
    """A place name of an article, to be resolved.

    ``contexts`` are the regions or countries written after it ("Paris, Texas"). ``country`` is
    set where the name may also mean that country ("Georgia"). ``hint`` marks a name that is not
    in the text (the publisher's town) and only lends its nearness.
    """

    text: str
    contexts: list[str] = field(default_factory=list)
    count: int = 1
    country: str | None = None
    hint: bool = False
    options: list[tuple[float, Place]] = field(default_factory=list)

    @property
    def best(self) -> Place | None:
        return self.options[0][1] if self.options else None

    @property
    def clear(self) -> bool:
        """Whether the best option leads by far."""
        return len(self.options) == 1 or (
            len(self.options) > 1 and self.options[0][0] - self.options[1][0] > 1.2
        )


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place meant and the next best one where it is not clear."""

    place: Place
    runner_up: Place | None


def resolve(
    toponyms: Sequence[Toponym],
    countries: Mapping[str, float],
    home: str | None,
    places: Gazetteer,
) -> list[Resolution | None]:
    """The place that each name means, or None where the gazetteer has none.

    ``countries`` are the countries (alpha-3) that the article names, with how often; ``home``
    is the publisher's.
    """
    local = home is not None or any(toponym.hint for toponym in toponyms)
    for toponym in toponyms:
        toponym.options = list(_options(toponym, places, local))
        _sort(toponym)
    _drop_strange_hints(toponyms, countries, home)
    spoken = _spoken(toponyms, countries, home)
    named = _named_regions(toponyms)
    for toponym in toponyms:
        toponym.options = [
            (score + _agreement(place, spoken, named), place) for score, place in toponym.options
        ]
        _sort(toponym)
    for _ in range(2):
        _draw_together(toponyms)
    _prefer_metropolises(toponyms)
    return [_resolution(toponym) for toponym in toponyms]


def _drop_strange_hints(
    toponyms: Sequence[Toponym], countries: Mapping[str, float], home: str | None
) -> None:
    """A publisher's town counts only where the article speaks of its country, or of none.

    Otherwise the Savanna Herald of East Africa would be a paper of Savanna, Illinois.
    """
    told = _spoken([t for t in toponyms if not t.hint], countries, home)
    for toponym in toponyms:
        if toponym.hint and told:
            toponym.options = [pair for pair in toponym.options if pair[1].country in told]


def _options(toponym: Toponym, places: Gazetteer, local: bool) -> Iterator[tuple[float, Place]]:
    """The places of that name, each with what the name itself says for it."""
    found: dict[int, tuple[float, Place]] = {}
    levels = _type(toponym.text)
    bare = bare_place(toponym.text)
    if fold(toponym.text) in _COMPASS:
        return
    if fold(bare) in _COMPASS:
        bare = ""
    for name in (toponym.text, bare):
        if not name or (name == bare and any(p.level in levels for _, p in found.values())):
            continue
        for bonus, place in _named(name, places):
            known = found.get(place.geonames_id)
            if known is None or known[0] < bonus:
                found[place.geonames_id] = (bonus, place)
    for bonus, place in found.values():
        if place.country == toponym.country and not levels:
            continue  # "Panama" is the country, not the province nor the city of that name
        score = bonus + _prominence(place, local)
        score += {REGION: 0.6, COUNTY: -2.0}.get(place.level, 0.0)
        if place.level == CITY and capitals().get(fold(place.name)) == place.country:
            score += _CAPITAL if local else _WORLD_CAPITAL
        if levels:
            score += 2.5 if place.level in levels else -1.5
        for context in toponym.contexts[:3]:
            score += _within(place, context)
        yield score, place
    if toponym.country is not None:
        country = places.country(toponym.country)
        if country is not None:
            yield 2.0 + _prominence(country, local), country


def _prominence(place: Place, local: bool) -> float:
    """What its size says for a place: a region's towns together count less than one large town."""
    size = math.log10(place.population + 10)
    weight = _LOCAL if local else _WORLD
    return weight * size if place.level == CITY else _AREA * size + 5 * (weight - _AREA)


def _named(name: str, places: Gazetteer) -> Iterator[tuple[float, Place]]:
    """Places of that name with a bonus: for curated aliases, against shortened ones."""
    folded = fold(name)
    spellings = [folded]
    spellings += [long + folded[len(a) :] for a, long in _ABBREVIATED if folded.startswith(a)]
    for spelling in spellings:
        for place in places.find_folded(spelling):
            shortened = place.level == CITY and fold(place.name) == f"{spelling} city"
            yield (-2.5 if shortened else 0.0), place
    aliases: list[tuple[str, str | None, int]] = [*place_aliases().get(folded, ())]
    if name.endswith("."):
        aliases += [(real, code, REGION) for real, code in _abbreviations().get(name, ())]
    for real, code, level in aliases:
        for place in places.find(real):
            if place.country == code and place.level == level:
                yield 1.5, place


_TYPES = {
    REGION: word_set(
        "province oblast state region governorate prefecture republic krai territory wilaya "
        "emirate canton district"
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
    return tuple(level for level, typed in _TYPES.items() if word in typed)


def _within(place: Place, context: str) -> float:
    """How well the place lies in the region or country written after its name."""
    codes, regions = areas(context)
    if place.country in codes and place.level != COUNTRY:
        return 6.0
    if place.region in regions or place.county in regions:
        return 8.0
    return -1.0 if codes or regions else 0.0


@lru_cache(maxsize=8192)
def areas(context: str) -> tuple[frozenset[str], frozenset[int]]:
    """The countries (alpha-3) and subdivisions (GeoNames ids) of that name or short form."""
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


def context_after(text: str, end: int) -> str:
    """What is written after a comma right after the name: "Texas" in "Paris, Texas"."""
    if text[end : end + 2] != ", ":
        return ""
    rest = text[end + 2 : end + 40]
    words = rest.replace("\n", " ").split(" ")
    if words and is_abbreviation(words[0].rstrip(",;:)")):
        return words[0].rstrip(",;:)")
    for count in (3, 2, 1):
        phrase = (
            " ".join(words[:count]).rstrip(".,;:)’'s") if count > 1 else words[0].rstrip(".,;:)")
        )
        if (
            phrase
            and phrase[0].isupper()
            and all(w[:1].isupper() or w == "of" for w in words[:count])
        ):
            codes, regions = areas(phrase)
            if codes or regions:
                return phrase
    return ""


def _spoken(
    toponyms: Sequence[Toponym], countries: Mapping[str, float], home: str | None
) -> dict[str, float]:
    """How much the article speaks of each country, as a share of one."""
    weights: dict[str, float] = defaultdict(float)
    for code, count in countries.items():
        weights[code] += count
    for toponym in toponyms:
        best = toponym.best
        if best is not None and (toponym.clear or toponym.hint):
            weight = 1.0 if best.level == REGION or toponym.hint else 0.5
            weights[best.country] += toponym.count * weight
        for context in toponym.contexts:
            codes, regions = areas(context)
            for code in sorted(codes):
                weights[code] += 1.0
            for region in sorted(regions):
                place = gazetteer().by_id(region)
                if place is not None and place.level == REGION:
                    weights[place.country] += 1.0
    if home is not None:
        weights[home] += 2.0
    total = sum(weights.values()) or 1.0
    return {code: weight / total for code, weight in weights.items()}


def _named_regions(toponyms: Sequence[Toponym]) -> dict[int, float]:
    """The subdivisions that the article names, by GeoNames id, with how often."""
    named: dict[int, float] = defaultdict(float)
    for toponym in toponyms:
        for score, place in toponym.options:
            if place.level in (REGION, COUNTY) and score >= toponym.options[0][0] - _NAMED:
                named[place.geonames_id] += toponym.count
        for context in toponym.contexts:
            for region in sorted(areas(context)[1]):
                named[region] += 1
    return named


def _agreement(place: Place, spoken: Mapping[str, float], named: Mapping[int, float]) -> float:
    """What the countries and regions that the article speaks of say for the place."""
    score = 2.5 * spoken.get(place.country, 0.0)
    if place.country in spoken:
        score += 0.8
    times = max(named.get(place.region, 0.0), named.get(place.county, 0.0))
    if times and place.geonames_id not in named:
        score += 1.5 + 0.5 * math.log2(times)
    return score


def _draw_together(toponyms: Sequence[Toponym]) -> None:
    """Each name's options gain by lying near the other names' best places."""
    best = [(t, t.best) for t in toponyms if t.best is not None and t.best.level != COUNTRY]
    for toponym in toponyms:
        if len(toponym.options) < 2:
            continue
        gains = []
        for score, place in toponym.options[:_MOST]:
            near = 0.0
            if place.level != COUNTRY:
                for other, chosen in best:
                    if other is not toponym and chosen is not None:
                        weight = 2.5 if other.hint else min(other.count, 3) / 2
                        if place.geonames_id in (chosen.region, chosen.county):
                            near += weight
                        else:
                            near += math.exp(-kilometres(place, chosen) / _NEAR) * weight
            gains.append((score + 1.2 * min(near, 2.5), place))
        toponym.options = gains
        _sort(toponym)


def _prefer_metropolises(toponyms: Sequence[Toponym]) -> None:
    """A small namesake in the country spoken of needs more than that to be meant instead of a
    great city abroad: a place of the article near it, or a publisher's town.

    A box from Rotterdam to New York does not come from Rotterdam, New York.
    """
    if any(toponym.hint and toponym.options for toponym in toponyms):
        return
    towns = [t for t in toponyms if t.best is not None and t.best.level == CITY]
    for toponym in towns:
        small = toponym.options[0][1]
        great = max((p for _, p in toponym.options if p.level == CITY), key=lambda p: p.population)
        if (
            great.country != small.country
            and small.population <= _SMALL
            and great.population >= _GREAT
            and not toponym.contexts
            and not any(
                other is not toponym and kilometres(other.options[0][1], small) < _NEAR / 2
                for other in towns
            )
        ):
            best = toponym.options[0][0]
            toponym.options = [
                (best + _CLEAR + 0.1 if place is great else score, place)
                for score, place in toponym.options
            ]
            _sort(toponym)


def _sort(toponym: Toponym) -> None:
    toponym.options.sort(key=lambda pair: (-pair[0], pair[1].geonames_id))
    del toponym.options[_MOST:]


def _resolution(toponym: Toponym) -> Resolution | None:
    best = toponym.best
    if best is None:
        return None
    runner_up = None
    for score, place in toponym.options[1:]:
        if score < toponym.options[0][0] - _CLEAR:
            break
        nested = best.geonames_id in (place.region, place.county) or place.geonames_id in (
            best.region,
            best.county,
        )
        if kilometres(place, best) > 50 and not nested:
            runner_up = place
            break
    return Resolution(best, runner_up)


def kilometres(one: Place, other: Place) -> float:
    """Great-circle distance."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, half)))
