"""Digests of tables: equal if and only if the tables hold the same rows, in whatever order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from warehouse.catalog import LAKE
from warehouse.tables import (
    FORGETTINGS,
    QUALITY,
    REBUILD_CHANGES,
    RUNS,
    SOURCE_READS,
    TABLES,
    TABLES_BY_NAME,
    VISITS,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: The tables that tell of runs and not of articles: two runs over the same input differ in them.
OF_RUNS = tuple(
    table.name for table in (QUALITY, RUNS, REBUILD_CHANGES, FORGETTINGS, VISITS, SOURCE_READS)
)


def digest(connection: DuckDBPyConnection, name: str) -> str:
    """16 hexadecimal digits over the rows of a table, its volatile columns left out.

    The sum of the MD5 of each row, in two halves: independent of order, counting repeated rows,
    in constant memory.
    """
    table = TABLES_BY_NAME[name]
    parts = ", ".join(
        f"""coalesce('v' || CAST("{column}" AS VARCHAR), 'n')"""
        for column in table.column_names
        if column not in table.volatile
    )
    row = connection.execute(
        "SELECT count(*), coalesce(sum(md5_number_lower(r)), 0), "
        "coalesce(sum(md5_number_upper(r)), 0) "
        f"FROM (SELECT concat_ws(chr(31), {parts}) AS r FROM {LAKE}.main.{name})"
    ).fetchone()
    return hashlib.sha256(repr(row).encode()).hexdigest()[:16]


def digests(connection: DuckDBPyConnection, names: Iterable[str] | None = None) -> dict[str, str]:
    """The digest of each table; by default of all but those of :data:`OF_RUNS`."""
    chosen = [t.name for t in TABLES if t.name not in OF_RUNS] if names is None else list(names)
    return {name: digest(connection, name) for name in chosen}
