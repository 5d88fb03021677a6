"""A folder of plain files: one a table, and those that say what they are."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.exporting.described import Described
from warehouse.exporting.facts import Facts
from warehouse.exporting.files import Form, write_file
from warehouse.exporting.made import ExportedFile, ExportedTable, exported_file, told

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

log = logging.getLogger(__name__)

#: The file that says what the others are; the last one to appear.
MANIFEST = "export.json"


def write_folder(
    connection: DuckDBPyConnection,
    tables: Sequence[Described],
    folder: Path,
    form: Form,
    facts: Facts,
) -> tuple[ExportedTable, ...]:
    """Write each table as ``TABLE.parquet`` (``form``) into the folder, and what describes them."""
    made = []
    for table in tables:
        log.debug("exporting %s", table.name)
        file = folder / f"{table.name}.{form.name}"
        with told(table.name):
            rows = write_file(connection, table, file, form)
            made.append(ExportedTable(table.name, rows, exported_file(file)))
    _write_manifest(folder / MANIFEST, form, facts, made)
    return tuple(made)


def _write_manifest(file: Path, form: Form, facts: Facts, tables: Sequence[ExportedTable]) -> None:
    cells = {"csv_text": "raw" if form.raw else "safe"} if form.name == "csv" else {}
    said = {
        **facts.told,
        "format": form.name,
        **cells,
        "tables": [{"table": t.table, "rows": t.rows, **vars(t.file)} for t in tables],
    }
    _write(file, json.dumps(said, indent=2) + "\n")


def _write(file: Path, text: str) -> ExportedFile:
    with told(file.name):
        file.write_text(text, encoding="utf-8")
        return exported_file(file)
