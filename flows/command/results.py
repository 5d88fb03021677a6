"""Rows on their way out: as a table for a terminal, as CSV, JSON or Parquet for programs."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

import click

from flows.command.values import to_cell, to_csv, to_json, to_safe_csv

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import Console

FORMATS = ("table", "csv", "json", "parquet")
#: What ``--raw-csv`` is for; see :func:`write`.
RAW_CSV = (
    "For programs: leave texts in CSV as they are, also those that a spreadsheet would execute."
)
raw_csv_option = click.option("--raw-csv", is_flag=True, help=RAW_CSV)
#: How many rows a table shows, and how many characters of a value.
SHOWN_ROWS = 100
SHOWN_CHARACTERS = 500
#: A table whose columns would be narrower than this is shown row by row instead.
_NARROW = 12
_NUMBERS = (int, float, Decimal)
_UNBOUNDED = 1_000_000
_BATCH_ROWS = 10_000
_SUFFIXES = {".csv": "csv", ".json": "json", ".parquet": "parquet"}


def form_of(form: str | None, out: str | None) -> str:
    """The format that was chosen, else the one that the file's name ends with, else a table."""
    return form or _SUFFIXES.get(Path(out or "").suffix.lower(), "table")


def write(
    answer: pa.Table, form: str, out: str | None = None, *, head: str = "", raw_csv: bool = False
) -> None:
    """Write all rows in one of ``FORMATS``, to a file or to standard output.

    A file appears only when it is complete. Parquet does not go to a terminal. ``head`` is text
    above a table. In CSV a text that a spreadsheet would execute has an apostrophe before it,
    unless ``raw_csv``.
    """
    if raw_csv and form != "csv":
        raise click.UsageError("--raw-csv is for --format csv")
    if form == "parquet" and out is None and sys.stdout.isatty():
        raise click.UsageError("Parquet is not for a terminal: name a file with --out FILE")
    with opened(out) as stream:
        if form == "parquet":
            _write_parquet(answer, stream)
            return
        text = Utf8(stream)
        if form == "csv":
            _write_csv(answer, text, raw_csv)
        elif form == "json":
            _write_json(answer, text)
        else:
            to = console(text if out else None)
            if head:
                to.print(head, markup=False, end="", soft_wrap=True)
            write_table(answer.column_names, _rows(answer), to)
        text.flush()


class Utf8:
    """UTF-8 over a binary stream, whatever the locale; lets the stream live on."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(text.encode("utf-8", "backslashreplace"))
        return len(text)

    def flush(self) -> None:
        self._stream.flush()


@contextmanager
def opened(out: str | None) -> Iterator[BinaryIO]:
    if out is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        return
    path = Path(out)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    except FileNotFoundError:
        raise click.UsageError(f"{out}: the folder {path.parent} does not exist") from None
    except IsADirectoryError:
        raise click.UsageError(f"{out}: is a folder; name a file") from None
    finally:
        part.unlink(missing_ok=True)


def _rows(answer: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in answer.to_batches(_BATCH_ROWS):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _write_csv(answer: pa.Table, stream: Utf8, raw: bool) -> None:
    import csv

    class Lines:
        """Rows end with a line feed, and yet cells with either half of a line break are quoted,
        which Python 3.12 does for those of the line's own end alone."""

        def write(self, row: str) -> int:
            return stream.write(row.removesuffix("\r\n") + "\n")

    cell = to_csv if raw else to_safe_csv
    writer = csv.writer(Lines(), lineterminator="\r\n")
    for row in itertools.chain([answer.column_names], _rows(answer)):
        writer.writerow([cell(value) for value in row])


def _write_json(answer: pa.Table, stream: Utf8) -> None:
    names = _unique(answer.column_names)
    before = "["
    for row in _rows(answer):
        stream.write(f"{before}\n{to_json(dict(zip(names, row, strict=True)))}")
        before = ","
    stream.write("[]\n" if before == "[" else "\n]\n")


def _write_parquet(answer: pa.Table, stream: BinaryIO) -> None:
    import pyarrow.parquet as pq

    pq.write_table(answer.rename_columns(_unique(answer.column_names)), stream, compression="zstd")


def _unique(names: Sequence[str]) -> list[str]:
    """The names, a repeated one with a number behind it, as DuckDB names them in a subquery."""
    unique: list[str] = []
    for name in names:
        number, candidate = 0, name
        while candidate in unique:
            number += 1
            candidate = f"{name}_{number}"
        unique.append(candidate)
    return unique


def console(stream: TextIO | Utf8 | None = None) -> Console:
    """A console as wide as the terminal; without one, lines are as long as they need be."""
    from rich.console import Console

    class Quiet(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    file: Any = sys.stdout if stream is None else stream
    width = None
    if stream is not None or (not sys.stdout.isatty() and not os.environ.get("COLUMNS")):
        width = _UNBOUNDED
    return Quiet(file=file, width=width, highlight=False, emoji=False, soft_wrap=False)


def write_table(names: Sequence[str], rows: Iterator[tuple[Any, ...]], to: Console) -> None:
    """A table that fits the console, or, with too many columns for it, a block a row.

    Shows ``SHOWN_ROWS`` rows and says how many there are.
    """
    shown: list[tuple[Any, ...]] = []
    count = 0
    for row in rows:
        count += 1
        if count <= SHOWN_ROWS:
            shown.append(row)
    print_table(names, shown, to)
    to.print(_counted(count, len(shown)), style="dim")


def print_table(names: Sequence[str], rows: Sequence[tuple[Any, ...]], to: Console) -> None:
    """All the rows, as a table that fits the console or as blocks; numbers to the right."""
    from rich.cells import cell_len

    cells = [[to_cell(value, SHOWN_CHARACTERS) for value in row] for row in rows]
    numeric = [
        any(isinstance(row[at], _NUMBERS) for row in rows)
        and all(row[at] is None or isinstance(row[at], _NUMBERS) for row in rows)
        for at in range(len(names))
    ]
    widths = [
        max([cell_len(name), *(cell_len(row[at]) for row in cells)])
        for at, name in enumerate(names)
    ]
    if sum(min(width, _NARROW) + 2 for width in widths) > to.width:
        _print_blocks(names, cells, to)
    else:
        _print_table(names, cells, numeric, to)


def _print_table(
    names: Sequence[str], cells: list[list[str]], numeric: list[bool], to: Console
) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, right in zip(names, numeric, strict=True):
        table.add_column(Text(name), justify="right" if right else "left", overflow="fold")
    for row in cells:
        table.add_row(*(Text(cell, style="dim" if cell == "null" else "") for cell in row))
    to.print(table)


def _print_blocks(names: Sequence[str], cells: list[list[str]], to: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    for number, row in enumerate(cells, 1):
        to.print(Text(f"row {number}", style="bold"))
        block = Table.grid(padding=(0, 2))
        block.add_column(no_wrap=True, style="cyan")
        block.add_column(overflow="fold")
        for name, cell in zip(names, row, strict=True):
            block.add_row(Text(name), Text(cell, style="dim" if cell == "null" else ""))
        to.print(block)


def _counted(count: int, shown: int) -> str:
    rows = "1 row" if count == 1 else f"{count:,} rows"
    return rows if shown == count else f"{shown} of {rows}; --format csv or json gives all"
