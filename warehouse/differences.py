"""What came, went and changed between two states of a lake, table by table.

Both states are read in one connection and joined by the tables' keys, in DuckDB, which spills to
disk what does not fit. What DuckLake notes of its own changes is not asked: a row that was only
written anew, by a rebuild or by ``maintain``, is no difference. A file that both states are made of
holds the same rows for both, and keys are unique, so only the others are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import ducklake
from warehouse.address import Address
from warehouse.catalog import LAKE, quoted
from warehouse.comparing import State, TableChange, compare
from warehouse.ducklake import TableAt
from warehouse.errors import SqlError
from warehouse.history import At, Snapshot, resolve, snapshots
from warehouse.tables import ARTICLES, TABLES
from warehouse.version import LAKE_INFO

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: What a comparison may hold in memory before it spills.
MEMORY = "1GB"


@dataclass(frozen=True)
class Only:
    """Which rows are compared: of one table, one source, one article."""

    table: str | None = None
    source: str | None = None
    article: str | None = None


@dataclass(frozen=True)
class Differences:
    """The two states, and what became of each table, also of those that are the same."""

    before: Snapshot
    after: Snapshot
    tables: list[TableChange]

    @property
    def differs(self) -> bool:
        return any(table.differs for table in self.tables)


def differences(
    lake: str | Path | Address,
    before: At,
    after: At | None = None,
    *,
    only: Only | None = None,
    samples: int = 3,
) -> Differences:
    """What became of the tables from one state to another, by default to the newest.

    Raises ``SqlError`` for a state or a table that there is not, and what
    :func:`warehouse.reader.connect` raises.
    """
    from warehouse.reader import connect

    with connect(lake) as connection:
        known = {one.number: one for one in snapshots(connection)}
        first = known[resolve(connection, before)]
        last = known[max(known) if after is None else resolve(connection, after)]
        return _between(connection, first, last, only or Only(), samples)


def of_run(
    lake: str | Path | Address, run: str, *, only: Only | None = None, samples: int = 3
) -> Differences:
    """What became of the tables in a run: from before its first snapshot to its last; ``last`` is
    the run that wrote last. Raises as :func:`differences` does."""
    from warehouse.reader import connect

    with connect(lake) as connection:
        known = snapshots(connection)
        if run == "last":
            run = next((one.run for one in known if one.run), run)
        last = resolve(connection, run)
        of = [one for one in known if one.run == run]
        earlier = [one for one in known if one.number < min((one.number for one in of), default=0)]
        if not of or not earlier:
            what = f"the state before {run} expired" if of else f"{run!r} is not the name of a run"
            raise SqlError(f"{what}: `dateline runs` lists the runs, `dateline diff A B` compares")
        [after] = [one for one in of if one.number == last]
        return _between(connection, earlier[0], after, only or Only(), samples)


def _between(
    connection: DuckDBPyConnection, first: Snapshot, last: Snapshot, only: Only, samples: int
) -> Differences:
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    compared = _Compared(connection, first.number, last.number, only, samples)
    return Differences(first, last, list(compared.tables()))


class _Compared:
    def __init__(
        self,
        connection: DuckDBPyConnection,
        before: int,
        after: int,
        only: Only,
        samples: int,
    ) -> None:
        self._connection = connection
        self._snapshots = (before, after)
        self._there = tuple(ducklake.tables_at(connection, number) for number in self._snapshots)
        self._only = only
        self._samples = samples

    def tables(self) -> Iterator[TableChange]:
        declared = {table.name: table for table in (*TABLES, LAKE_INFO)}
        old, new = self._there
        others = sorted((old.keys() | new.keys()) - declared.keys())
        names = [name for name in (*declared, *others) if name in old or name in new]
        if self._only.table is not None and self._only.table not in names:
            raise SqlError(
                f"there is no table {self._only.table} in either state: there are "
                f"{', '.join(names)}"
            )
        for name in names:
            if self._only.table in (None, name):
                states = [
                    State(name, number, there.get(name, TableAt(())))
                    for number, there in zip(self._snapshots, self._there, strict=True)
                ]
                where = self._where({*states[0].made.columns, *states[1].made.columns})
                if where != "false":
                    yield compare(
                        self._connection,
                        declared.get(name),
                        *states,
                        where=where,
                        samples=self._samples,
                    )

    def _where(self, columns: set[str]) -> str | None:
        """The condition of the rows that are asked for; false for a table that cannot have any."""
        parts = []
        if (article := self._only.article) is not None:
            if "article_id" not in columns:
                return "false"
            parts.append(f"article_id = {quoted(article)}")
        if (source := self._only.source) is not None:
            if "source" in columns:
                parts.append(f"source = {quoted(source)}")
            elif "article_id" in columns:
                parts.append(f"article_id IN ({self._of_source(source)})")
            else:
                return "false"
        return " AND ".join(parts) or None

    def _of_source(self, source: str) -> str:
        """The articles that are of the source in one of the states."""
        return " UNION ALL ".join(
            f"SELECT article_id FROM {LAKE}.{ARTICLES.name} AT (VERSION => {number}) "
            f"WHERE source = {quoted(source)}"
            for number, there in zip(self._snapshots, self._there, strict=True)
            if ARTICLES.name in there
        )
