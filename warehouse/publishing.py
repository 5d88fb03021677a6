"""Writing: a batch of checked tables goes into the lake whole, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.catalog import LAKE, quoted
from warehouse.columns import Table
from warehouse.lookup import InputKey, matching_keys
from warehouse.tables import INPUTS, TABLES_BY_NAME, VISITS
from warehouse.transaction import registered

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Publication:
    """What one transaction changes.

    ``replace`` names, for each table, the article_ids, and ``forget`` the inputs, whose rows are
    taken out before ``insert`` puts its rows in; of the tables in ``renew`` all rows are. ``batch``
    is the batch's number in its run, for the snapshot's message.
    """

    replace: Mapping[str, Collection[str]] = field(default_factory=dict)
    insert: Mapping[str, pa.Table] = field(default_factory=dict)
    batch: int | None = None
    forget: Mapping[str, Collection[InputKey]] = field(default_factory=dict)
    renew: Collection[str] = ()

    @property
    def empty(self) -> bool:
        return not (
            self.renew
            or any(self.replace.values())
            or any(self.forget.values())
            or any(data.num_rows for data in self.insert.values())
        )

    def check(self) -> None:
        """Raise ``ValueError`` for a table or column that is not declared, or is left out."""
        for name in (*self.replace, *self.forget, *self.renew, *self.insert):
            if name not in TABLES_BY_NAME:
                raise ValueError(f"no table is called {name!r}: see docs/tables.md")
        for name in self.replace:
            if "article_id" not in TABLES_BY_NAME[name].column_names:
                raise ValueError(f"table {name} has no article_id to replace rows by")
        for name in self.forget:
            if TABLES_BY_NAME[name].key != INPUTS.key and name != VISITS.name:
                raise ValueError(f"table {name} is not known by input")
        for name, data in self.insert.items():
            declared = TABLES_BY_NAME[name].column_names
            if sorted(data.column_names) != sorted(declared):
                odd = sorted(set(data.column_names) ^ set(declared))
                raise ValueError(f"rows for table {name} lack or add columns: {', '.join(odd)}")


def write(connection: DuckDBPyConnection, publication: Publication) -> None:
    """Do what the publication says, inside the transaction that is open."""
    parts = (publication.replace, publication.forget, publication.renew, publication.insert)
    for name in dict.fromkeys(name for part in parts for name in part):
        table, data = TABLES_BY_NAME[name], publication.insert.get(name)
        article_ids = publication.replace.get(name, ())
        keys = publication.forget.get(name, ())
        with ExitStack() as stack:
            gone = ["true"] if name in publication.renew else []
            if article_ids:
                ids = pa.table({"article_id": pa.array(sorted(set(article_ids)), pa.string())})
                stack.enter_context(registered(connection, "outgoing", ids))
                gone.append("t.article_id IN (SELECT article_id FROM outgoing)")
            if keys:
                match = stack.enter_context(matching_keys(connection, table, keys))
                gone.append(f"EXISTS (SELECT 1 FROM keys k WHERE {match})")
            if gone and _replaced(connection, table, " OR ".join(gone), data):
                continue
        if data is not None and data.num_rows:
            insert(connection, table, data)


def insert(connection: DuckDBPyConnection, table: Table, data: pa.Table) -> None:
    """Append the rows; DuckLake writes them in the order that the table is sorted by."""
    columns = _columns(table)
    with registered(connection, "incoming", data):
        connection.execute(
            f"INSERT INTO {LAKE}.{table.name} ({columns}) SELECT {columns} FROM incoming"
        )


def _replaced(
    connection: DuckDBPyConnection, table: Table, gone: str, data: pa.Table | None
) -> bool:
    """Take rows ``t`` out by writing the files that hold them anew, with the new rows; False if
    there are none to take out.

    Rows that are only marked as deleted would come back to a reader whose transaction is open when
    the same file loses more rows: DuckLake then puts another mark in place of the first, which
    such a reader does not see (its catalog is read up to the greatest row number seen first). A
    file that ends as a whole is seen by all as it was.
    """
    name, columns = f"{LAKE}.{table.name}", _columns(table)
    found = connection.execute(
        f"SELECT DISTINCT filename FROM {name} AS t WHERE {gone} ORDER BY 1"
    ).fetchall()
    if not found:
        return False
    held = f"filename IN ({', '.join(quoted(path) for (path,) in found)})"
    connection.execute(
        f"CREATE TEMPORARY TABLE aside AS SELECT {columns} FROM {name} AS t "
        f"WHERE {held} AND ({gone}) IS NOT TRUE"  # a row without article_id stays
    )
    connection.execute(f"DELETE FROM {name} WHERE {held}")
    if data is not None:
        with registered(connection, "incoming", data):
            connection.execute(f"INSERT INTO temp.aside ({columns}) SELECT {columns} FROM incoming")
    connection.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM temp.aside")
    connection.execute("DROP TABLE temp.aside")
    return True


def _columns(table: Table) -> str:
    return ", ".join(f'"{name}"' for name in table.column_names)
