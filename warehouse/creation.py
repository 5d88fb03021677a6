"""A new lake: its folder, its catalog with every declared table, what it says of itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import closing
from typing import TYPE_CHECKING

from warehouse import catalog
from warehouse.catalog import LAKE
from warehouse.columns import Table
from warehouse.errors import LakeError
from warehouse.extensions import connection
from warehouse.layout import ROW_GROUP, Layout, row_group, storage_statements
from warehouse.tables import TABLES
from warehouse.transaction import Message, commit, registered
from warehouse.version import LAKE_INFO, facts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def create(layout: Layout) -> None:
    """Make an empty lake where there is none; the caller holds the write lock.

    The catalog is made aside and renamed when it is whole: a crash leaves no half lake, and the
    next call starts anew. Raises ``LakeError`` if there are files of a lake whose catalog is lost.
    """
    shutil.rmtree(layout.creating, ignore_errors=True)
    shutil.rmtree(layout.data / "main" / LAKE_INFO.name, ignore_errors=True)
    if any(layout.data.rglob("*.parquet")):
        raise LakeError(
            f"{layout.data} holds the files of a lake whose catalog {layout.catalog.name} is "
            "missing: restore the catalog from a backup, or move the folder away"
        )
    layout.creating.mkdir(parents=True)
    layout.data.mkdir(exist_ok=True)
    aside = Layout(layout.creating)
    with closing(connection(layout.creating / "spill")) as made:
        catalog.attach(made, aside, data=layout.data, create=True)
        # persisted here, once: the next writer does not remember attach options
        made.execute(f"CALL {LAKE}.set_option('data_inlining_row_limit', 0)")
        made.execute(f"CALL {LAKE}.set_option('parquet_compression', 'zstd')")
        made.execute(f"CALL {LAKE}.set_option('parquet_row_group_size', {ROW_GROUP})")

        def tables() -> None:
            for table in (*TABLES, LAKE_INFO):
                for statement in (*table.ddl(LAKE), *storage_statements(table, LAKE)):
                    made.execute(statement)
            rows = LAKE_INFO.arrow({"name": n, "value": v} for n, v in facts().items())
            with registered(made, "facts", rows):
                made.execute(f"INSERT INTO {LAKE}.{LAKE_INFO.name} SELECT * FROM facts")

        commit(made, tables, Message("create the lake"))
        set_row_groups(made, TABLES)
    catalog.settle(aside)
    aside.catalog.replace(layout.catalog)
    shutil.rmtree(layout.creating)


def set_row_groups(connection: DuckDBPyConnection, tables: Iterable[Table]) -> None:
    """Store the sizes of row groups of those tables that have their own."""
    for table in tables:
        if row_group(table) != ROW_GROUP:
            connection.execute(
                f"CALL {LAKE}.set_option('parquet_row_group_size', {row_group(table)}, "
                f"table_name => '{table.name}')"
            )
