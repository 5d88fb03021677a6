"""One table as one file: Parquet, CSV or JSON lines.

Rows are sorted and written in stretches, in memory that does not grow with the table.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.catalog import quoted
from warehouse.chunks import ALL, chunks
from warehouse.exporting.described import Described
from warehouse.spreadsheets import safe_sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Form:
    """What the files of a folder are; ``raw`` CSV has its texts as they are, also those that a
    spreadsheet would execute."""

    name: str
    raw: bool = False

    @property
    def safe(self) -> bool:
        """Whether cells are made safe for spreadsheets."""
        return self.name == "csv" and not self.raw


def write_file(connection: DuckDBPyConnection, table: Described, file: Path, form: Form) -> int:
    """Write all rows in the table's order; says how many."""
    values = ", ".join(_value(field.name, field.sql, form) for field in table.fields)
    asked = questions(connection, table, values)
    if form.name == "parquet":
        return _write_parquet(connection, asked, file)
    return _write_text(connection, asked, file, form.name)


def questions(connection: DuckDBPyConnection, table: Described, values: str) -> Iterator[str]:
    """The questions that give the rows as ``values`` (SQL over ``t``), stretch by stretch."""
    order = list(table.order)
    stretches = chunks(connection, table.name, table.types, order) if table.even else [ALL]
    by = ", ".join(f't."{column}" ASC NULLS LAST' for column in order)
    for stretch in stretches:
        yield f'SELECT {values} FROM "{table.name}" AS t WHERE {stretch} ORDER BY {by}'


def _write_parquet(connection: DuckDBPyConnection, asked: Iterator[str], file: Path) -> int:
    import pyarrow.parquet as pq

    rows = 0
    with contextlib.ExitStack() as stack:
        writer: pq.ParquetWriter | None = None
        for question in asked:
            data = connection.execute(question).to_arrow_table()
            if writer is None:
                made = pq.ParquetWriter(file, data.schema, compression="zstd")
                writer = stack.enter_context(made)
            writer.write_table(data)
            rows += data.num_rows
    return rows


def _write_text(connection: DuckDBPyConnection, asked: Iterator[str], file: Path, form: str) -> int:
    rows = 0
    stretch = file.with_name(f".stretch{file.suffix}")
    with file.open("wb") as whole:
        for number, question in enumerate(asked):
            how = f"csv, HEADER {number == 0}" if form == "csv" else "json"
            copied = connection.execute(
                f"COPY ({question}) TO {quoted(str(stretch))} (FORMAT {how})"
            ).fetchone()
            assert copied is not None
            rows += int(copied[0])
            with stretch.open("rb") as piece:
                shutil.copyfileobj(piece, whole)
            stretch.unlink()
    return rows


def _value(column: str, kind: str, form: Form) -> str:
    value = f't."{column}"'
    if form.name == "parquet":
        return value
    if kind == "BLOB":
        value = f"to_base64({value})"
        kind = "VARCHAR"
    elif form.name == "csv" and kind.endswith("[]"):
        value = f"to_json({value})"
    elif form.name == "csv" and kind == "DOUBLE":
        value = (
            f"CASE WHEN isfinite({value}) THEN CAST({value} AS VARCHAR) "
            f"WHEN isnan({value}) THEN 'NaN' WHEN {value} > 0 THEN 'INF' "
            f"WHEN {value} < 0 THEN '-INF' END"
        )
    elif form.name == "jsonl" and kind == "DOUBLE":
        value = f"CASE WHEN isfinite({value}) THEN {value} END"
    elif form.name == "jsonl" and kind == "TIMESTAMP":
        value = f"replace(CAST({value} AS VARCHAR), ' ', 'T')"
    if form.safe and kind == "VARCHAR":
        value = safe_sql(value)
    return f'{value} AS "{column}"'
