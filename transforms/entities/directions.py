"""Parts of a country that a direction names: "California's Central Coast", "the Southern District
of New York".

Such names stand on the map of many countries, so they mean one only where the text names it.
"""

from __future__ import annotations

import re

from transforms.entities.areas import areas
from transforms.entities.gazetteer import Gazetteer, gazetteer
from transforms.entities.names import straight
from transforms.entities.place import Place
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
