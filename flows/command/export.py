"""``dateline export``: tables as plain files, or in one database file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from flows.command.group import Globals, common_options
from flows.command.results import raw_csv_option

_SUFFIXES = {".duckdb": "duckdb", ".sqlite": "sqlite"}


@click.command(short_help="Write tables as Parquet, CSV, JSON lines, DuckDB or SQLite.")
@click.argument("target", metavar="DIR|FILE")
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="NAME",
    help="A table or view; may be given again.  [default: every table but raw_articles, "
    "fingerprints and bands]",
)
@click.option("--views", is_flag=True, help="Also every view, as a table of its rows.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["parquet", "csv", "jsonl", "duckdb", "sqlite"]),
    help="What is written: a folder of files, or one file of a database.  [default: by the end "
    "of the name, .duckdb or .sqlite, else parquet]",
)
@raw_csv_option
@click.option(
    "--at",
    metavar="SNAPSHOT|TIME|RUN",
    help="Export the lake as it was: a snapshot's number, a time (UTC) or a run.",
)
@common_options
@click.pass_obj
def export(
    shared: Globals,
    target: str,
    tables: Sequence[str],
    views: bool,
    form: str | None,
    raw_csv: bool,
    at: str | None,
) -> None:
    """Write the lake's tables into a folder of plain files (DIR/TABLE.parquet and so on), or into
    one DuckDB or SQLite file, that others can read without dateline.

    All that is written shows the same snapshot, also while a run is writing. DIR must not exist,
    or be empty, FILE must not exist; it appears when everything is complete. Two exports of one
    snapshot are equal to the byte (but for DuckDB files: DuckDB writes each otherwise).

    A folder's export.json names the snapshot, and each file with its number of rows and its
    SHA-256; dictionary.md says what tables and columns hold, datapackage.json (and for CSV
    csv-metadata.json) says it to programs. In CSV a null is empty (an empty text is ""), lists are
    JSON, and a text that a spreadsheet would execute has an apostrophe before it; bytes are base64
    there and in JSON lines. Times are UTC.

    A DuckDB file is read by DuckDB 1.0 and newer, of any later version. It has the comments of
    tables and columns, and the views as views, unless --table names what goes into it: then a view
    is a table of its rows. In a SQLite file lists are JSON, and keys and references are declared.
    In both, the table export_info names the snapshot.

    \b
    Examples:
      $ dateline export tables/
      $ dateline export news.duckdb
      $ dateline export news.sqlite --views
      $ dateline export for-excel --format csv --table figure_details --table dates
      $ dateline export as-of-may --at 2025-05-01 --lake /data/lake
    """
    chosen = form or _SUFFIXES.get(Path(target).suffix.lower(), "parquet")
    if raw_csv and chosen != "csv":
        raise click.UsageError("--raw-csv is for --format csv")
    settings = shared.settings()

    from flows.command.results import console, print_table
    from flows.errors import UsageError
    from warehouse.errors import TargetError
    from warehouse.export import export as write

    try:
        done = write(
            settings.lake, target, names=tables, form=chosen, at=at, views=views, raw_csv=raw_csv
        )
    except TargetError as error:
        raise UsageError(str(error)) from error
    to = console()
    if done.path.is_dir():
        lines = [(t.file.file, t.rows, _size(t.file.bytes)) for t in done.tables]
        print_table(("file", "rows", "size"), lines, to)
        whole = ""
    else:
        print_table(("table", "rows"), [(t.table, t.rows) for t in done.tables], to)
        whole = f", {_size(done.tables[0].file.bytes)}"
    to.print(
        f"snapshot {done.snapshot.number} of {done.snapshot.committed_at:%Y-%m-%d %H:%M:%S} UTC, "
        f"in {done.path}{whole}",
        soft_wrap=True,
    )


def _size(count: int) -> str:
    return f"{count / 1e3:,.1f} kB"
