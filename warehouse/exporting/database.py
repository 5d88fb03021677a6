"""All tables in one file of a database."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.exporting.described import Described
from warehouse.exporting.duckdb_file import DuckDBFile
from warehouse.exporting.facts import Facts
from warehouse.exporting.made import ExportedTable, exported_file, told
from warehouse.exporting.sqlite_file import SQLiteFile

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

log = logging.getLogger(__name__)


def write_database(
    connection: DuckDBPyConnection,
    tables: Sequence[Described],
    views: Collection[str],
    file: Path,
    form: str,
    facts: Facts,
) -> tuple[ExportedTable, ...]:
    """Write all tables into a new file, with the facts; a DuckDB file also has the ``views`` that
    can be made over its tables."""
    rows = {}
    with told(file.name):
        opened = (
            DuckDBFile(connection, file)
            if form == "duckdb"
            else SQLiteFile(connection, file, tables)
        )
        with opened:
            for table in tables:
                log.debug("exporting %s", table.name)
                with told(table.name):
                    rows[table.name] = opened.write(table)
            opened.write_facts(facts)
            if isinstance(opened, DuckDBFile):
                opened.make_views(views)
        made = exported_file(file)
    return tuple(ExportedTable(name, count, made) for name, count in rows.items())
