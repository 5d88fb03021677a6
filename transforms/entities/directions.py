"""Parts of a country that a direction names: "California's Central Coast", "the Southern District
of New York".

Such names stand on the map of many countries, so they mean one only where the text names it.
"Western Kenya" names its country itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from transforms.entities.areas import areas
from transforms.entities.gazetteer import Gazetteer, gazetteer
from transforms.entities.lexicon import lexicon
from transforms.entities.names import straight
from transforms.entities.place import REGION, Place
from transforms.entities.wording import shapes
from transforms.words import words

_NAME = r"(?:[A-Z][\w.-]*\w(?: [A-Z][\w.-]*\w){0,2}|[A-Z](?:\.[A-Z])+\.?)"
_OWNER = re.compile(rf"({_NAME})'s? $")
_OF = re.compile(rf" of (?:the (?=[A-Z][A-Z.]|\w+s\b))?({_NAME})")


def is_direction(name: str) -> bool:
    """Whether it is only directions and a common word for a part of a country."""
    *before, head = name.split()
    return (
        bool(before)
        and all(word.lower() in words("shared.compass") for word in before)
        and (
            shapes("last").get(head.capitalize()) in ("LOC", "GPE")
            or head.lower() in words("places.kind")
        )
    )


def is_any(name: str) -> bool:
    """Whether its last word is a common one for a part of any country: District, Area."""
    return name.split()[-1].lower() in words("places.kind")


@lru_cache(maxsize=8192)
def part_of(name: str) -> str:
    """The country or first-level region whose part the name is by its words, or "": "Kenya" of
    "Western Kenya". A region that is called so (*Western Australia*) is no such part."""
    direction, _, owner = name.partition(" ")
    if direction.lower() not in words("shared.compass") or not direction.istitle():
        return ""
    if is_direction(name):  # "Central Coast", though Coast is a region of Tanzania
        return ""
    codes, _ = areas(owner)
    own = lexicon().get(name) or is_region(name)
    return owner if (codes or is_region(owner)) and not own else ""


def is_region(name: str) -> bool:
    """Whether a first-level region has that name."""
    return any(place.level == REGION for place in gazetteer().find(name))


def owner_of(text: str, start: int, end: int) -> str:
    """The place whose part the name at these characters is by what is written beside it, or ""."""
    before = _OWNER.search(straight(text[max(0, start - 40) : start]))
    if before is not None:
        return _known_part(before[1], from_end=True)
    after = _OF.match(text, end, end + 44)
    return _known_part(after[1], from_end=False) if after is not None else ""


def _known_part(phrase: str, *, from_end: bool) -> str:
    """The most words of the phrase next to the name that are a place."""
    parts = phrase.split()
    for length in range(len(parts), 0, -1):
        name = " ".join(parts[-length:] if from_end else parts[:length])
        if any(areas(name)) or gazetteer().known(name):
            return name
    return ""


def holds(owner: str, place: Place) -> bool:
    """Whether the place lies in the country or region of that name; in a town lies none."""
    codes, regions = areas(owner)
    return place.country in codes or place.region in regions or place.county in regions


def owner_countries(owner: str, places: Gazetteer) -> frozenset[str]:
    """The countries in which a place of the owner's name lies."""
    codes, _ = areas(owner)
    return codes or frozenset(place.country for place in places.find(owner)[:3])


def country_of_part(owner: str, spoken: Mapping[str, float]) -> str | None:
    """The country (alpha-3) of a part of the country or region of that name: of several the one
    that the article names most, else the largest region's; None between a country and a region.

    ``spoken`` is how often the article names each country.
    """
    codes, _ = areas(owner)
    regions = [place for place in gazetteer().find(owner) if place.level == REGION]
    options = sorted(codes | {place.country for place in regions})
    named = max(options, key=lambda code: spoken.get(code, 0.0))
    if len(options) == 1 or spoken.get(named, 0.0):
        return named
    return None if codes else max(regions, key=lambda place: place.population).country
