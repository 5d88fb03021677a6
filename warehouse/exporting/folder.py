"""A folder of plain files: one a table, and those that say what they are."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.exporting import csvw
from warehouse.exporting.datapackage import datapackage
from warehouse.exporting.described import Described
from warehouse.exporting.facts import Facts
from warehouse.exporting.files import Form, write_file
from warehouse.exporting.made import ExportedFile, ExportedTable, exported_file, told
from warehouse.exporting.page import page

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

log = logging.getLogger(__name__)

#: The file that says what the others are; the last one to appear.
MANIFEST = "export.json"
DICTIONARY = "dictionary.md"
PACKAGE = "datapackage.json"


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
    described = {table.name: table for table in tables}
    texts = _metadata(described, made, form, facts)
    beside = [_write(folder / name, text) for name, text in texts.items()]
    _write(folder / MANIFEST, _json(_manifest(form, facts, made, beside)))
    return tuple(made)


def _metadata(
    tables: Mapping[str, Described], made: Sequence[ExportedTable], form: Form, facts: Facts
) -> dict[str, str]:
    """The files that describe the tables, by name."""
    files = {
        DICTIONARY: page(tables, made, form, facts),
        PACKAGE: _json(datapackage(tables, made, form, facts)),
    }
    if form.name == "csv":
        for name, table in tables.items():
            files[f"{name}.csv{csvw.ENDING}"] = _json(csvw.table_metadata(table, form))
        files[csvw.GROUP] = _json(csvw.group_metadata(tables, form))
    return files


def _manifest(
    form: Form, facts: Facts, tables: Sequence[ExportedTable], beside: Sequence[ExportedFile]
) -> dict[str, object]:
    cells = {"csv_text": "safe" if form.safe else "raw"} if form.name == "csv" else {}
    return {
        **facts.told,
        "format": form.name,
        **cells,
        "tables": [{"table": t.table, "rows": t.rows, **vars(t.file)} for t in tables],
        "metadata": [vars(file) for file in beside],
    }


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _write(file: Path, text: str) -> ExportedFile:
    with told(file.name):
        file.write_text(text, encoding="utf-8")
        return exported_file(file)
