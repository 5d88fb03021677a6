"""The places that a name may mean, each with what the name itself says for it.

Population, the capital, the word for the sort of place, the region written after the name.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from transforms.entities.areas import abbreviations, areas
from transforms.entities.directions import holds
from transforms.entities.gazetteer import Gazetteer, place_aliases
from transforms.entities.lexicon import capitals
from transforms.entities.manual import MapEvidenceName
from transforms.entities.names import fold
from transforms.entities.place import CITY, COUNTRY, COUNTY, LEVELS, REGION, Place
from transforms.entities.place_words import bare_place, levels, short_forms, type_words
from transforms.words import words

#: Options kept for a name: beyond them lie hamlets that no evidence brings back.
MOST = 60
_CAPITAL = 0.8
_WORLD_CAPITAL = 1.8
#: What a tenfold population counts for, in reports of a known publisher's place and in others.
_LOCAL, _WORLD = 0.85, 1.2
_AREA = 0.75
#: Regions are named more often than towns, and counties less.
_LEVEL = {REGION: 0.6, COUNTY: -2.0}
#: What being curated says for a place, and what a longer name of its own says against it.
_ALIAS, _SHORTENED = 1.5, -2.5


@dataclass(slots=True)
class Toponym:
    """A place name of an article, to be resolved.

    ``contexts`` are the regions or countries written after it ("Paris, Texas"). ``country`` is
    set where the name may also mean that country ("Georgia"). ``hint`` marks a name that is not
    in the text (the publisher's town) and only lends its nearness. ``owners`` are the places
    whose part it is by the words beside it ("California's Central Coast"). ``told`` keeps the
    weights of the evidence (see ``manual.MAP_EVIDENCE``) by GeoNames id where it is asked for,
    else None.
    """

    text: str
    contexts: list[str] = field(default_factory=list)
    count: int = 1
    country: str | None = None
    hint: bool = False
    owners: list[str] = field(default_factory=list)
    options: list[tuple[float, Place]] = field(default_factory=list)
    told: dict[int, dict[MapEvidenceName, float]] | None = None

    @property
    def best(self) -> Place | None:
        return self.options[0][1] if self.options else None

    @property
    def clear(self) -> bool:
        """Whether the best option leads by far."""
        return len(self.options) == 1 or (
            len(self.options) > 1 and self.options[0][0] - self.options[1][0] > 1.2
        )

    def sort(self) -> None:
        """Puts the best option first."""
        self.options.sort(key=lambda pair: (-pair[0], pair[1].geonames_id))
        del self.options[MOST:]

    def note(self, place: Place, name: MapEvidenceName, weight: float) -> None:
        """Keeps a piece of evidence where it is asked for; what comes again is added to it."""
        if self.told is not None and weight:
            pieces = self.told.setdefault(place.geonames_id, {})
            pieces[name] = pieces.get(name, 0.0) + weight


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place meant and the next best one where it is not clear."""

    place: Place
    runner_up: Place | None


def weigh(toponym: Toponym, places: Gazetteer, local: bool) -> None:
    """Sets the options of a name; ``local`` says that the publisher's place is known."""
    typed = _type(toponym.text)
    options = []
    for bonus, place in _found(toponym.text, typed, places):
        if place.country == toponym.country and not typed:
            continue  # "Panama" is the country, not the province nor the city of that name
        if toponym.owners and not any(holds(owner, place) for owner in toponym.owners):
            continue
        size, level = _prominence(place, local), _LEVEL.get(place.level, 0.0)
        score = bonus + size + level
        capital = fit = 0.0
        if place.level == CITY and capitals().get(fold(place.name)) == place.country:
            capital = _CAPITAL if local else _WORLD_CAPITAL
            score += capital
        if typed:
            fit = 2.5 if place.level in typed else -1.5
            score += fit
        regions = [_within(place, context) for context in toponym.contexts[:3]]
        for region in regions:
            score += region
        if toponym.told is not None:
            toponym.note(place, "alias" if bonus > 0 else "shortened", bonus)
            toponym.note(place, "size", size)
            toponym.note(place, "level", level)
            toponym.note(place, "capital", capital)
            toponym.note(place, "type_word", fit)
            toponym.note(place, "region_after", sum(regions))
        options.append((score, place))
    country = places.country(toponym.country) if toponym.country is not None else None
    if country is not None:
        size = _prominence(country, local)
        toponym.note(country, "country", 2.0)
        toponym.note(country, "size", size)
        options.append((2.0 + size, country))
    toponym.options = options
    toponym.sort()


def _found(text: str, typed: tuple[int, ...], places: Gazetteer) -> list[tuple[float, Place]]:
    """The places of that name, or of the name without the word for the sort of place."""
    found: dict[int, tuple[float, Place]] = {}
    bare = bare_place(text)
    if fold(text) in words("shared.compass"):
        return []
    if fold(bare) in words("shared.compass"):
        bare = ""
    for name in (text, bare):
        if not name or (name == bare and any(p.level in typed for _, p in found.values())):
            continue
        for bonus, place in _named(name, places):
            known = found.get(place.geonames_id)
            if known is None or known[0] < bonus:
                found[place.geonames_id] = (bonus, place)
    return list(found.values())


def _prominence(place: Place, local: bool) -> float:
    """What its size says for a place: a region's towns together count less than one large town."""
    size = math.log10(place.population + 10)
    weight = _LOCAL if local else _WORLD
    return weight * size if place.level == CITY else _AREA * size + 5 * (weight - _AREA)


def _named(name: str, places: Gazetteer) -> Iterator[tuple[float, Place]]:
    """Places of that name with a bonus: for curated aliases, against shortened ones."""
    folded = fold(name)
    spellings = [folded]
    spellings += [to + folded[len(at) :] for at, to in short_forms() if folded.startswith(at)]
    for spelling in spellings:
        full = {f"{spelling} {word}" for word in type_words("town")}
        for place in places.find_folded(spelling):
            shortened = place.level == CITY and fold(place.name) in full
            yield (_SHORTENED if shortened else 0.0), place
    aliases: list[tuple[str, str | None, int]] = [*place_aliases().get(folded, ())]
    if name.endswith("."):
        aliases += [(real, code, REGION) for real, code in abbreviations().get(name, ())]
    for real, code, level in aliases:
        for place in places.find(real):
            if place.country == code and place.level == level:
                yield _ALIAS, place


def _type(name: str) -> tuple[int, ...]:
    """The levels that the name's own type word allows; empty if it has none."""
    parts = name.lower().split()
    if len(parts) < 2:
        return ()
    word = parts[0] if len(parts) > 2 and parts[1] == "of" else parts[-1]
    return tuple(LEVELS.index(level) for level in levels().get(word, ()))


def _within(place: Place, context: str) -> float:
    """How well the place lies in the region or country written after its name."""
    codes, regions = areas(context)
    if place.country in codes and place.level != COUNTRY:
        return 6.0
    if place.region in regions or place.county in regions:
        return 8.0
    if place.level == REGION and not codes:
        return 0.0  # "Arizona, Georgia, Nevada" is a list
    return -1.0 if codes or regions else 0.0
