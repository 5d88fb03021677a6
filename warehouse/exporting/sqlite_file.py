"""All tables in one SQLite file, for tools that know only SQLite (Datasette, for one).

Lists are JSON; days and times are text as SQLite's own functions write it; keys and references are
declared, and what refers to another table has an index.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from warehouse.exporting.described import Described, Field, references
from warehouse.exporting.facts import INFO, INFO_COLUMNS, Facts
from warehouse.exporting.files import questions

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: The table that says what each column holds.
COLUMNS = "export_columns"
#: What SQLite's types are called, so that those who read them (SQLAlchemy, for one) know a day.
_TYPES = {
    "BIGINT": "INTEGER",
    "INTEGER": "INTEGER",
    "HUGEINT": "INTEGER",
    "DOUBLE": "REAL",
    "BOOLEAN": "BOOLEAN",
    "DATE": "DATE",
    "TIMESTAMP": "DATETIME",
    "BLOB": "BLOB",
}
_BATCH = 10_000


class SQLiteFile:
    """A new SQLite file that the tables of a lake are written into; complete when left."""

    def __init__(self, connection: DuckDBPyConnection, file: Path, tables: Sequence[Described]):
        self._lake = connection
        self._tables = {table.name: table for table in tables}
        self._file = sqlite3.connect(file, isolation_level=None)
        # A part that is left behind is never read: it needs no journal, and is settled at the end.
        self._file.execute("PRAGMA journal_mode = OFF")
        self._file.execute("PRAGMA synchronous = OFF")
        self._file.execute("BEGIN")

    def write(self, table: Described) -> int:
        """Make a table and write all its rows in their order; says how many.

        Raises ``sqlite3.Error`` where two rows have one key.
        """
        columns = [
            f'"{field.name}" {_TYPES.get(field.sql, "TEXT")}{" NOT NULL" if field.required else ""}'
            for field in table.fields
        ]
        self._file.execute(
            f'CREATE TABLE "{table.name}" ({", ".join([*columns, *self._constraints(table)])})'
        )
        held = ", ".join(["?"] * len(columns))
        rows = 0
        for question in questions(self._lake, table, ", ".join(map(_value, table.fields))):
            for batch in self._lake.execute(question).to_arrow_reader(_BATCH):
                values = zip(*(_plain(c.to_pylist()) for c in batch.columns), strict=True)
                self._file.executemany(f'INSERT INTO "{table.name}" VALUES ({held})', values)
                rows += batch.num_rows
        for column, _, _ in references(table, self._tables):
            index = f"{table.name}_{column}"
            self._file.execute(f'CREATE INDEX "{index}" ON "{table.name}" ("{column}")')
        return rows

    def write_facts(self, facts: Facts) -> None:
        """Make the tables that say what the file is of, and what its columns hold."""
        columns = ", ".join(f"{name} {kind}" for name, kind in INFO_COLUMNS.items())
        held = ", ".join("?" for _ in INFO_COLUMNS)
        self._file.execute(f"CREATE TABLE {INFO} ({columns})")
        self._file.execute(f"INSERT INTO {INFO} VALUES ({held})", list(_plain(facts.values)))
        self._file.execute(
            f"CREATE TABLE {COLUMNS} (table_name TEXT, column_name TEXT, meaning TEXT, "
            "PRIMARY KEY (table_name, column_name))"
        )
        told = [(t.name, f.name, f.meaning) for t in self._tables.values() for f in t.fields]
        self._file.executemany(f"INSERT INTO {COLUMNS} VALUES (?, ?, ?)", told)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write what is held back, unless something was raised, and let the file go."""
        if kind is None:
            self._file.execute("COMMIT")
        self._file.close()

    def _constraints(self, table: Described) -> Iterator[str]:
        if table.key:
            kind = "PRIMARY KEY" if table.key_is_whole else "UNIQUE"
            yield f"{kind} ({', '.join(table.key)})"
        for column, other, its in references(table, self._tables):
            yield f'FOREIGN KEY ("{column}") REFERENCES "{other}" ("{its}")'


def _value(field: Field) -> str:
    value = f't."{field.name}"'
    if field.sql == "HUGEINT":
        return f'CAST({value} AS BIGINT) AS "{field.name}"'
    return value


def _plain(values: Iterable[Any]) -> Iterator[Any]:
    """The values as SQLite keeps them."""
    for value in values:
        if isinstance(value, dt.datetime):
            yield value.isoformat(sep=" ")
        elif isinstance(value, dt.date):
            yield value.isoformat()
        elif isinstance(value, list | dict):
            yield json.dumps(value, ensure_ascii=False)
        else:
            yield value
