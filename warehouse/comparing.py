"""In which rows do two states of a table differ? The questions in SQL, and what they answer.

Rows are joined by the table's key. Of texts, bytes and lists only a digest goes into the join; the
values themselves are read for the samples alone. A table without a key, as the reference tables
are, is a set of rows: they come and go.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from warehouse import ducklake
from warehouse.catalog import LAKE, quoted
from warehouse.columns import Row, Table
from warehouse.ducklake import TableAt

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Sample:
    """A row that changed in a column: its key, the column's values before and after, and the row
    as it is after."""

    key: Row
    old: Any
    new: Any
    row: Row


@dataclass(frozen=True)
class ColumnChange:
    """In how many rows that stayed a column changed, with the first of them by key."""

    column: str
    rows: int
    samples: list[Sample]


@dataclass
class TableChange:
    """What became of a table; ``came`` and ``went`` are the first such rows by its key.

    ``only_in`` is before or after for a table that only one state has, of which no rows are
    shown. ``new_columns`` and ``gone_columns`` are columns that only one state has; they are null
    in the other.
    """

    table: str
    rows_before: int
    rows_after: int
    key: tuple[str, ...] = ()
    added: int = 0
    removed: int = 0
    changed: int = 0
    came: list[Row] = field(default_factory=list)
    went: list[Row] = field(default_factory=list)
    columns: list[ColumnChange] = field(default_factory=list)
    new_columns: tuple[str, ...] = ()
    gone_columns: tuple[str, ...] = ()
    only_in: str | None = None

    @property
    def differs(self) -> bool:
        return bool(
            self.only_in
            or self.added
            or self.removed
            or self.changed
            or self.new_columns
            or self.gone_columns
        )


@dataclass(frozen=True)
class State:
    """A table in a snapshot. A table that there is not has no columns and no files."""

    table: str
    snapshot: int
    made: TableAt

    @property
    def source(self) -> str:
        """What stands behind FROM."""
        return f"{LAKE}.{_id(self.table)} AT (VERSION => {self.snapshot})"


def compare(
    connection: DuckDBPyConnection,
    table: Table | None,
    old: State,
    new: State,
    *,
    where: str | None,
    samples: int,
) -> TableChange:
    """What became of a table, of the rows that meet a condition if there is one.

    ``table`` is its declaration, if it has one; ``samples`` is how many rows of a kind are shown.
    """
    counts = [_count(connection, state, where) for state in (old, new)]
    made = TableChange(old.table, counts[0], counts[1], table.key if table else ())
    before, after = old.made.columns, new.made.columns
    if not before or not after:
        made.only_in = "before" if before else "after"
        made.removed, made.added = counts  # of the state without it there are none
        return made
    if before != after:
        made.new_columns = tuple(name for name in after if name not in before)
        made.gone_columns = tuple(name for name in before if name not in after)
    if old.made.files != new.made.files and any(counts):
        same = {name for name, _, _ in old.made.files & new.made.files}
        pair = _Pair(
            connection,
            table,
            _Side.of(connection, old, same, where),
            _Side.of(connection, new, same, where),
        )
        if pair.key:
            pair.compare_by_key(made, samples)
        else:
            pair.compare_as_sets(made, samples)
    return made


def _count(connection: DuckDBPyConnection, state: State, where: str | None) -> int:
    if where is None or not state.made.files:
        return state.made.rows
    row = connection.execute(f"SELECT count(*) FROM {state.source} WHERE {where}").fetchone()
    assert row is not None
    count: int = row[0]
    return count


@dataclass(frozen=True)
class _Side:
    """The rows of a state that the other may not have: their columns with types, and FROM what."""

    kinds: dict[str, str]
    rows: str

    @classmethod
    def of(
        cls, connection: DuckDBPyConnection, state: State, same: set[str], where: str | None
    ) -> Self:
        """``same`` are the names of the files whose rows both have."""
        there = {name for name, _, _ in state.made.files} - same
        if not there:
            return cls({}, "FROM (SELECT 1) WHERE false")
        asked = connection.execute(f"FROM {state.source} LIMIT 0")
        kinds = {column[0]: str(column[1]) for column in asked.description or ()}
        paths = ducklake.paths_at(connection, state.table, state.snapshot)
        listed = ", ".join(quoted(paths[name]) for name in sorted(there))
        rows = f"FROM (SELECT *, filename FROM {state.source}) WHERE filename IN ({listed})"
        return cls(kinds, f"{rows} AND {where}" if where else rows)


class _Pair:
    def __init__(
        self, connection: DuckDBPyConnection, table: Table | None, old: _Side, new: _Side
    ) -> None:
        self._connection = connection
        self._old, self._new = old, new
        self._kinds = {**old.kinds, **new.kinds}
        self.key = tuple(table.key) if table else ()
        self._left_out = set(table.volatile if table else ()) - set(self.key)

    def compare_by_key(self, made: TableChange, samples: int) -> None:
        columns = [name for name in self._kinds if name not in (*self.key, *self._left_out)]
        wanted = max(samples, 1)
        differ = [f"d{at}" for at in range(len(columns))]
        asked = [
            "count(*) FILTER (WHERE here_a IS NULL) AS added",
            "count(*) FILTER (WHERE here_b IS NULL) AS removed",
            f"count(*) FILTER (WHERE {' OR '.join(differ) or 'false'}) AS changed",
            f"min(key, {wanted}) FILTER (WHERE here_a IS NULL) AS came",
            f"min(key, {wanted}) FILTER (WHERE here_b IS NULL) AS went",
        ]
        for one in differ:
            asked.append(f"count(*) FILTER (WHERE {one}) AS n_{one}")
            asked.append(f"min(key, {wanted}) FILTER (WHERE {one}) AS k_{one}")
        [found] = self._all(f"SELECT {', '.join(asked)} FROM ({self._joined(columns)})")
        made.added, made.removed, made.changed = (
            found[name] for name in ("added", "removed", "changed")
        )
        if samples:
            made.came = self._rows(self._new, found["came"] or ())
            made.went = self._rows(self._old, found["went"] or ())
        keys: dict[str, list[Row]] = {
            name: (found[f"k_d{at}"] or []) if samples else [] for at, name in enumerate(columns)
        }
        every = {_hashable(key): key for some in keys.values() for key in some}
        before = self._by_key(self._old, every.values())
        after = self._by_key(self._new, every.values())
        for at, name in enumerate(columns):
            if found[f"n_d{at}"]:
                told = [
                    Sample(key, was.get(name), now.get(name), now)
                    for key in keys[name]
                    for was, now in [(before[_hashable(key)], after[_hashable(key)])]
                ]
                made.columns.append(ColumnChange(name, found[f"n_d{at}"], told))

    def _joined(self, columns: Sequence[str]) -> str:
        """One row a key: where it is, and in which columns it differs."""
        on = " AND ".join(f"a.k{at} IS NOT DISTINCT FROM b.k{at}" for at in range(len(self.key)))
        packed = ", ".join(
            f"{_id(name)} := coalesce(a.k{at}, b.k{at})" for at, name in enumerate(self.key)
        )
        differ = "".join(
            f", a.here AND b.here AND a.c{at} IS DISTINCT FROM b.c{at} AS d{at}"
            for at in range(len(columns))
        )
        sides = (self._side(state, columns) for state in (self._old, self._new))
        a, b = sides
        return (
            f"SELECT a.here AS here_a, b.here AS here_b, struct_pack({packed}) AS key{differ} "
            f"FROM ({a}) AS a FULL JOIN ({b}) AS b ON {on}"
        )

    def _side(self, state: _Side, columns: Sequence[str]) -> str:
        keys = [f"{self._value(state, name)} AS k{at}" for at, name in enumerate(self.key)]
        told = [f"{self._digest(state, name)} AS c{at}" for at, name in enumerate(columns)]
        return f"SELECT true AS here, {', '.join([*keys, *told])} {state.rows}"

    def _value(self, state: _Side, name: str) -> str:
        if name not in state.kinds:
            return f"CAST(NULL AS {self._kinds[name]})"
        if state.kinds[name] != self._kinds[name]:
            return f"CAST({_id(name)} AS {self._kinds[name]})"
        return _id(name)

    def _digest(self, state: _Side, name: str) -> str:
        """What a value is compared by: of eight bytes."""
        value = self._value(state, name)
        if not _long(self._kinds[name]):
            return value
        return f"CASE WHEN {value} IS NOT NULL THEN hash({value}) END"

    def _shown(self, state: _Side, name: str) -> str:
        value = self._value(state, name)
        if self._kinds[name] != "BLOB":
            return f"{value} AS {_id(name)}"
        told = f"concat(octet_length({value}), ' bytes, MD5 ', md5({value}))"
        return f"CASE WHEN {value} IS NOT NULL THEN {told} END AS {_id(name)}"

    def _rows(self, state: _Side, keys: Collection[Row]) -> list[Row]:
        """The rows of some keys, in the order of the key, without the columns that are left out."""
        if not keys or not state.kinds:
            return []
        columns = [name for name in state.kinds if name not in self._left_out]
        told = ", ".join(self._shown(state, name) for name in columns)
        met = " OR ".join(f"({self._is(state, key)})" for key in keys)
        by = ", ".join(map(_id, self.key))
        return self._all(f"SELECT {told} {state.rows} AND ({met}) ORDER BY {by}")

    def _is(self, state: _Side, key: Row) -> str:
        parts = []
        for name, value in key.items():
            known = "NULL" if value is None else quoted(str(value))
            parts.append(
                f"{self._value(state, name)} IS NOT DISTINCT FROM "
                f"CAST({known} AS {self._kinds[name]})"
            )
        return " AND ".join(parts)

    def _by_key(self, state: _Side, keys: Collection[Row]) -> dict[tuple[Any, ...], Row]:
        rows = self._rows(state, keys)
        return {tuple(row[name] for name in self.key): row for row in rows}

    def compare_as_sets(self, made: TableChange, samples: int) -> None:
        a, b = (self._set(state) for state in (self._old, self._new))
        for name, some, others in (("came", b, a), ("went", a, b)):
            rest = f"({some} EXCEPT ALL {others})"
            [row] = self._all(f"SELECT count(*) AS n FROM {rest}")
            shown = self._all(f"FROM {rest} ORDER BY ALL LIMIT {samples}") if samples else []
            setattr(made, name, shown)
            setattr(made, {"came": "added", "went": "removed"}[name], row["n"])

    def _set(self, state: _Side) -> str:
        told = ", ".join(f"{self._value(state, name)} AS {_id(name)}" for name in self._kinds)
        return f"SELECT {told} {state.rows}"

    def _all(self, sql: str) -> list[Row]:
        asked = self._connection.execute(sql)
        names = [column[0] for column in asked.description or ()]
        return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]


def _long(kind: str) -> bool:
    return kind in ("VARCHAR", "BLOB") or kind.endswith("[]")


def _hashable(key: Row) -> tuple[Any, ...]:
    return tuple(key.values())


def _id(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
