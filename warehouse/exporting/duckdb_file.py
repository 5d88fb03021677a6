"""All tables in one DuckDB file, with the views over them and with comments.

The views are those of :mod:`warehouse.views`, with the file's own tables in place of the lake's.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from warehouse.catalog import LAKE, quoted
from warehouse.exporting.described import Described
from warehouse.exporting.facts import INFO, INFO_COLUMNS, Facts
from warehouse.exporting.files import questions
from warehouse.views import REFERENCE_VIEWS, VIEWS, View

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: What the file is written as: the oldest that every DuckDB from 1.0 on reads.
STORAGE = "v1.0.0"
_FILE = "exported"


class DuckDBFile:
    """A new DuckDB file that a connection to a lake writes into; complete when left."""

    def __init__(self, connection: DuckDBPyConnection, file: Path) -> None:
        self._connection = connection
        connection.execute(
            f"ATTACH {quoted(str(file))} AS {_FILE} (STORAGE_VERSION {quoted(STORAGE)})"
        )

    def write(self, table: Described) -> int:
        """Make a table and write all its rows in their order; says how many."""
        name = f'{_FILE}."{table.name}"'
        columns = ", ".join(
            f'"{field.name}" {field.sql}{" NOT NULL" if field.required else ""}'
            for field in table.fields
        )
        self._connection.execute(f"CREATE TABLE {name} ({columns})")
        self._comment(f"TABLE {name}", name, table.description, _meanings(table))
        rows = 0
        for question in questions(self._connection, table, "t.*"):
            written = self._connection.execute(f"INSERT INTO {name} {question}").fetchone()
            assert written is not None
            rows += int(written[0])
        return rows

    def write_facts(self, facts: Facts) -> None:
        """Make the table that says what the file is of: one row."""
        columns = ", ".join(f"{name} {kind}" for name, kind in INFO_COLUMNS.items())
        held = ", ".join("?" for _ in INFO_COLUMNS)
        self._connection.execute(f"CREATE TABLE {_FILE}.{INFO} ({columns})")
        self._connection.execute(f"INSERT INTO {_FILE}.{INFO} VALUES ({held})", facts.values)

    def make_views(self, names: Collection[str]) -> None:
        """Make those of the named views that the lake has and whose tables are in the file."""
        stored = self._connection.execute("SELECT view_name FROM duckdb_views() WHERE temporary")
        known = {name for (name,) in stored.fetchall()} & set(names)
        views = [view for view in (*VIEWS, *REFERENCE_VIEWS) if view.name in known]
        there = {
            name
            for (name,) in self._connection.execute(
                f"SELECT table_name FROM duckdb_tables() WHERE database_name = {quoted(_FILE)}"
            ).fetchall()
        }
        for view in (*VIEWS, *REFERENCE_VIEWS):
            self._connection.execute(f"DROP VIEW IF EXISTS temp.{view.name}")
        self._connection.execute(f"USE {_FILE}")
        for view in views:
            sql, asked = self._over_the_file(view)
            if asked <= there:
                self._connection.execute(f'CREATE VIEW "{view.name}" AS {sql}')
                self._comment(
                    f'VIEW "{view.name}"',
                    f'"{view.name}"',
                    f"{view.question} {view.description}".lstrip(),
                    view.columns.items(),
                )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let the file go, complete or not; the connection goes on with no lake in use."""
        self._connection.execute("USE memory")
        self._connection.execute(f"DETACH {_FILE}")

    def _over_the_file(self, view: View) -> tuple[str, set[str]]:
        """The view's SQL with plain names of tables, and the lake's tables that it asks.

        A plain name is looked for in the view's own file first, whatever the file is called or
        attached as; one with a schema would be ambiguous in a file of the schema's name.
        """
        tree = json.loads(self._one("SELECT json_serialize_sql(?)", [view.sql]))
        asked = set(_unqualified(tree))
        return self._one("SELECT json_deserialize_sql(?)", [json.dumps(tree)]), asked

    def _one(self, question: str, parameters: Sequence[Any]) -> str:
        row = self._connection.execute(question, list(parameters)).fetchone()
        assert row is not None
        return str(row[0])

    def _comment(
        self, what: str, name: str, about: str, meanings: Iterable[tuple[str, str]]
    ) -> None:
        self._connection.execute(f"COMMENT ON {what} IS {quoted(about)}")
        for column, meaning in meanings:
            self._connection.execute(f'COMMENT ON COLUMN {name}."{column}" IS {quoted(meaning)}')


def _meanings(table: Described) -> list[tuple[str, str]]:
    return [(field.name, field.meaning) for field in table.fields if field.meaning]


def _unqualified(tree: Any) -> Iterator[str]:
    """Take the lake's name from its tables in a parsed question, in place; gives these tables."""
    if isinstance(tree, dict):
        if tree.get("type") == "BASE_TABLE" and LAKE in (tree["schema_name"], tree["catalog_name"]):
            tree["schema_name"] = tree["catalog_name"] = ""
            yield tree["table_name"]
        for inner in tree.values():
            yield from _unqualified(inner)
    elif isinstance(tree, list):
        for inner in tree:
            yield from _unqualified(inner)
