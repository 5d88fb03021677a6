"""The reference tables in the lake: each CSV of seeds/reference as ``ref_NAME``, all text.

A table's comment ends with a digest of what it holds, so that a run can tell what changed without
reading some thirty tables.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.catalog import LAKE, quoted
from warehouse.ducklake import comments
from warehouse.transaction import registered

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PREFIX = "ref_"


@dataclass(frozen=True)
class ReferenceTable:
    """A reference table as it should be; an empty value is null."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]

    @property
    def table(self) -> str:
        return PREFIX + self.name

    @cached_property
    def comment(self) -> str:
        """What the table says of itself: where it comes from, and a digest of its rows."""
        held = [self.columns, sorted(map(_sortable, self.rows))]
        digest = hashlib.sha256(json.dumps(held).encode()).hexdigest()[:16]
        return f"The reference table seeds/reference/{self.name}.csv, {digest}."

    @property
    def arrow(self) -> pa.Table:
        return pa.table(
            {
                column: pa.array([row[i] for row in self.rows], pa.string())
                for i, column in enumerate(self.columns)
            }
        )


def reference_table(
    name: str, columns: Sequence[str], rows: Sequence[Sequence[str | None]]
) -> ReferenceTable:
    """A reference table from its name, header and rows.

    Raises ``ValueError`` for a name that is no SQL identifier, a column named twice or a row of
    another length.
    """
    if not name.isidentifier() or name != name.lower():
        raise ValueError(
            f"reference table {name!r}: the name must be lower-case letters, digits, _"
        )
    if not columns or len({column.lower() for column in columns}) != len(columns):
        raise ValueError(f"reference table {name}: no columns, or one named twice")
    for number, row in enumerate(rows, 1):
        if len(row) != len(columns):
            raise ValueError(
                f"reference table {name}, row {number}: {len(row)} values, {len(columns)} columns"
            )
    values = tuple(tuple(value or None for value in row) for row in rows)
    return ReferenceTable(name, tuple(columns), values)


def changed(
    connection: DuckDBPyConnection, wanted: Sequence[ReferenceTable]
) -> tuple[list[ReferenceTable], list[str]]:
    """Those of the tables that the lake has otherwise, and its ``ref_`` tables that are no more."""
    stored = comments(connection, PREFIX)
    differ = [table for table in wanted if stored.get(table.table) != table.comment]
    return differ, sorted(stored.keys() - {table.table for table in wanted})


def stored(connection: DuckDBPyConnection) -> list[ReferenceTable]:
    """The reference tables of the lake, in the order of their names."""
    found = []
    for table, columns in sorted(_stored_columns(connection).items()):
        listed = ", ".join(f'"{column}"' for column in columns)
        rows = connection.execute(f"SELECT {listed} FROM {LAKE}.{table}").fetchall()
        found.append(reference_table(table.removeprefix(PREFIX), columns, rows))
    return found


def replace(
    connection: DuckDBPyConnection, tables: Sequence[ReferenceTable], gone: Sequence[str]
) -> None:
    """Make the lake's reference tables as given, inside the transaction that is open."""
    stored = _stored_columns(connection)
    for name in gone:
        connection.execute(f"DROP TABLE {LAKE}.{name}")
    for table in tables:
        name = f"{LAKE}.{table.table}"
        if stored.get(table.table) == table.columns:
            connection.execute(f"DELETE FROM {name}")
        else:
            columns = ", ".join(f'"{column}" VARCHAR' for column in table.columns)
            connection.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
        connection.execute(f"COMMENT ON TABLE {name} IS {quoted(table.comment)}")
        with registered(connection, "incoming", table.arrow):
            connection.execute(f"INSERT INTO {name} SELECT * FROM incoming")


def _stored_columns(connection: DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    found = connection.execute(
        "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
        "WHERE database_name = ? AND starts_with(table_name, ?) GROUP BY table_name",
        [LAKE, PREFIX],
    ).fetchall()
    return {name: tuple(columns) for name, columns in found}


def _sortable(row: Sequence[str | None]) -> list[str]:
    return [value or "" for value in row]
