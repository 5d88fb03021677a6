"""A new lake: its folder, its catalog with every declared table, what it says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from warehouse.catalog import LAKE, Catalog
from warehouse.columns import Table
from warehouse.errors import LakeError
from warehouse.layout import ROW_GROUP, row_group, storage_statements
from warehouse.tables import TABLES
from warehouse.transaction import Message, commit, registered
from warehouse.version import LAKE_INFO, facts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def create(
    catalog: Catalog, then: Callable[[DuckDBPyConnection], None] = lambda connection: None
) -> None:
    """Make an empty lake where there is none, or one with what ``then`` puts into it; the caller
    holds the write lock.

    The catalog is made whole or not at all: a crash leaves no half lake, and the next call starts
    anew. Raises ``LakeError`` if there are files of a lake whose catalog is lost.
    """
    catalog.tidy()
    files = catalog.files
    files.remove(check_empty(catalog))
    files.prepare()

    def fill(connection: DuckDBPyConnection) -> None:
        _fill(catalog, connection)
        then(connection)

    catalog.create(fill)


def check_empty(catalog: Catalog) -> list[str]:
    """Raise ``LakeError`` if there are files of a lake where one is to be made; gives the files of
    a creation that was killed, which may go."""
    own = f"main/{LAKE_INFO.name}/"  # all that one may have written
    found = [file.path for file in catalog.files.parquet()]
    if not all(path.startswith(own) for path in found):
        raise LakeError(
            f"{catalog.files.place} holds the files of a lake whose catalog {catalog.place} is "
            "missing: restore the catalog from a backup, or move the folder away"
        )
    return found


def _fill(catalog: Catalog, connection: DuckDBPyConnection) -> None:
    """Put the declared tables into a lake that has none."""
    # persisted here, once: the next writer does not remember attach options
    connection.execute(f"CALL {LAKE}.set_option('data_inlining_row_limit', 0)")
    connection.execute(f"CALL {LAKE}.set_option('parquet_compression', 'zstd')")
    connection.execute(f"CALL {LAKE}.set_option('parquet_row_group_size', {ROW_GROUP})")

    def tables() -> None:
        for table in (*TABLES, LAKE_INFO):
            for statement in (*table.ddl(LAKE), *storage_statements(table, LAKE)):
                connection.execute(statement)
        rows = LAKE_INFO.arrow({"name": n, "value": v} for n, v in facts().items())
        with registered(connection, "facts", rows):
            connection.execute(f"INSERT INTO {LAKE}.{LAKE_INFO.name} SELECT * FROM facts")

    commit(catalog, connection, tables, Message("create the lake"))
    set_row_groups(connection, TABLES)


def set_row_groups(connection: DuckDBPyConnection, tables: Iterable[Table]) -> None:
    """Store the sizes of row groups of those tables that have their own."""
    for table in tables:
        if row_group(table) != ROW_GROUP:
            connection.execute(
                f"CALL {LAKE}.set_option('parquet_row_group_size', {row_group(table)}, "
                f"table_name => '{table.name}')"
            )
