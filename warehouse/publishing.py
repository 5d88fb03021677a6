"""Writing: a batch of checked tables goes into the lake whole, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.catalog import LAKE
from warehouse.columns import Table
from warehouse.lookup import InputKey, matching_keys
from warehouse.tables import INPUTS, TABLES_BY_NAME
from warehouse.transaction import registered

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Publication:
    """What one transaction changes.

    ``replace`` names, for each table, the article_ids, and ``forget`` the inputs, whose rows are
    taken out before ``insert`` puts its rows in. ``batch`` is the batch's number in its run, for
    the snapshot's message.
    """

    replace: Mapping[str, Collection[str]] = field(default_factory=dict)
    insert: Mapping[str, pa.Table] = field(default_factory=dict)
    batch: int | None = None
    forget: Mapping[str, Collection[InputKey]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not (
            any(self.replace.values())
            or any(self.forget.values())
            or any(data.num_rows for data in self.insert.values())
        )

    def check(self) -> None:
        """Raise ``ValueError`` for a table or column that is not declared, or is left out."""
        for name in (*self.replace, *self.forget, *self.insert):
            if name not in TABLES_BY_NAME:
                raise ValueError(f"no table is called {name!r}: see docs/tables.md")
        for name in self.replace:
            if "article_id" not in TABLES_BY_NAME[name].column_names:
                raise ValueError(f"table {name} has no article_id to replace rows by")
        for name in self.forget:
            if TABLES_BY_NAME[name].key != INPUTS.key:
                raise ValueError(f"table {name} is not known by input")
        for name, data in self.insert.items():
            declared = TABLES_BY_NAME[name].column_names
            if sorted(data.column_names) != sorted(declared):
                odd = sorted(set(data.column_names) ^ set(declared))
                raise ValueError(f"rows for table {name} lack or add columns: {', '.join(odd)}")


def write(connection: DuckDBPyConnection, publication: Publication) -> None:
    """Do what the publication says, inside the transaction that is open."""
    for name, article_ids in publication.replace.items():
        if article_ids:
            _delete(connection, TABLES_BY_NAME[name], article_ids)
    for name, keys in publication.forget.items():
        if keys:
            with matching_keys(connection, keys) as match:
                connection.execute(f"DELETE FROM {LAKE}.{name} AS t USING keys k WHERE {match}")
    for name, data in publication.insert.items():
        if data.num_rows:
            insert(connection, TABLES_BY_NAME[name], data)


def insert(connection: DuckDBPyConnection, table: Table, data: pa.Table) -> None:
    """Append the rows; DuckLake writes them in the order that the table is sorted by."""
    columns = ", ".join(f'"{name}"' for name in table.column_names)
    with registered(connection, "incoming", data):
        connection.execute(
            f"INSERT INTO {LAKE}.{table.name} ({columns}) SELECT {columns} FROM incoming"
        )


def _delete(connection: DuckDBPyConnection, table: Table, article_ids: Collection[str]) -> None:
    gone = pa.table({"article_id": pa.array(sorted(set(article_ids)), pa.string())})
    with registered(connection, "outgoing", gone):
        connection.execute(
            f"DELETE FROM {LAKE}.{table.name} WHERE article_id IN (SELECT article_id FROM outgoing)"
        )
