"""Which place a name means: its options, weighed by what the article says.

The regions and countries that the article names; the publisher's place; nearness to the article's
other places.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from transforms.entities.areas import areas
from transforms.entities.directions import is_any, is_direction
from transforms.entities.gazetteer import Gazetteer, gazetteer
from transforms.entities.place import CITY, COUNTRY, COUNTY, REGION, Place
from transforms.entities.toponyms import MOST, Resolution, Toponym, weigh

#: Kilometres within which two places count as neighbours.
_NEAR = 200.0
#: A link is ambiguous when the next best place is this close behind.
_CLEAR = 1.0
#: Inhabitants that make a city great, and that a small one has at most.
_GREAT, _SMALL = 300_000, 30_000
#: A name counts for a region of that name that is this close to its best place.
_NAMED = 0.2


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
        weigh(toponym, places, local)
    _drop_strange_hints(toponyms, countries, home)
    _drop_far_directions(toponyms, countries, home)
    spoken = _spoken(toponyms, countries, home)
    named = _named_regions(toponyms)
    for toponym in toponyms:
        options = []
        for score, place in toponym.options:
            agreement = _agreement(place, spoken, named)
            toponym.note(place, "spoken_of", agreement)
            options.append((score + agreement, place))
        toponym.options = options
        toponym.sort()
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


def _drop_far_directions(
    toponyms: Sequence[Toponym], countries: Mapping[str, float], home: str | None
) -> None:
    """A direction is a region of a country that the article speaks of by other names, or the only
    one that is called so: the Western Cape."""
    plain = [t for t in toponyms if t.owners or not is_direction(t.text)]
    if len(plain) == len(toponyms):
        return
    told = _spoken(plain, countries, home)
    for toponym in toponyms:
        if not toponym.owners and is_direction(toponym.text):
            regions = [pair for pair in toponym.options if pair[1].level == REGION]
            if len(toponym.options) > 1 or is_any(toponym.text):
                regions = [pair for pair in regions if pair[1].country in told]
            toponym.options = regions


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
        for score, place in toponym.options[:MOST]:
            near = 0.0
            if place.level != COUNTRY:
                for other, chosen in best:
                    if other is not toponym and chosen is not None:
                        weight = 2.5 if other.hint else min(other.count, 3) / 2
                        if place.geonames_id in (chosen.region, chosen.county):
                            near += weight
                        else:
                            near += math.exp(-kilometres(place, chosen) / _NEAR) * weight
            gain = 1.2 * min(near, 2.5)
            toponym.note(place, "near", gain)
            gains.append((score + gain, place))
        toponym.options = gains
        toponym.sort()


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
            lead = toponym.options[0][0] + _CLEAR + 0.1
            before = next(score for score, place in toponym.options if place is great)
            toponym.note(great, "great_city", lead - before)
            toponym.options = [
                (lead if place is great else score, place) for score, place in toponym.options
            ]
            toponym.sort()


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
