"""A place of the world."""

from __future__ import annotations

from dataclasses import dataclass

#: The levels of places: subdivisions of the first level, of the second, towns.
COUNTRY, REGION, COUNTY, CITY = range(4)
#: The same by name, as place_words and place_aliases have them.
LEVELS = ("country", "region", "county", "city")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    ``level`` is one of COUNTRY, REGION (first-level subdivision), COUNTY (second-level), CITY.
    ``region`` and ``county`` are the GeoNames ids of the subdivisions that it lies in (0: none or
    itself).
    ``population`` of a subdivision or country is that of its known towns. Coordinates (WGS 84)
    of those are their towns' centre, weighted by population; 0, 0 if it has none.
    """

    geonames_id: int
    name: str
    level: int
    country: str
    region: int
    county: int
    population: int
    latitude: float
    longitude: float
