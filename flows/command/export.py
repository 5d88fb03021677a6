"""``dateline export``: tables as plain files."""

from __future__ import annotations

from collections.abc import Sequence

import click

from flows.command.group import Globals, common_options


@click.command(short_help="Write tables as Parquet, CSV or JSON lines.")
@click.argument("folder", metavar="DIR")
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="NAME",
    help="A table or view; may be given again.  [default: every table but raw_articles, "
    "fingerprints and bands]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["parquet", "csv", "jsonl"]),
    default="parquet",
    show_default=True,
    help="What the files are.",
)
@click.option(
    "--at",
    metavar="SNAPSHOT|TIME|RUN",
    help="Export the lake as it was: a snapshot's number, a time (UTC) or a run.",
)
@common_options
@click.pass_obj
def export(shared: Globals, folder: str, tables: Sequence[str], form: str, at: str | None) -> None:
    """Write the lake's tables into a folder of plain files (DIR/TABLE.parquet and so on) that
    others can read without dateline.

    All files show the same snapshot, also while a run is writing. DIR must not exist, or be
    empty; it appears when everything is complete. Its export.json names the snapshot, and each
    file with its number of rows and its SHA-256. Two exports of one snapshot are equal to the
    byte.

    In CSV a null is empty (an empty text is ""), lists are JSON; bytes are base64 there and in
    JSON lines. Times are UTC. docs/tables.md says what every table, view and column holds.

    \b
    Examples:
      $ dateline export tables/
      $ dateline export for-excel --format csv --table figure_details --table dates
      $ dateline export as-of-may --at 2025-05-01 --lake /data/lake
    """
    settings = shared.settings()

    from flows.command.results import console, print_table
    from flows.errors import UsageError
    from warehouse.errors import TargetError
    from warehouse.export import export as write

    try:
        done = write(settings.lake, folder, names=tables, form=form, at=at)
    except TargetError as error:
        raise UsageError(str(error)) from error
    to = console()
    lines = [(t.file, t.rows, f"{t.bytes / 1e3:,.1f} kB") for t in done.tables]
    print_table(("file", "rows", "size"), lines, to)
    to.print(
        f"snapshot {done.snapshot.number} of {done.snapshot.committed_at:%Y-%m-%d %H:%M:%S} UTC, "
        f"in {done.folder}",
        soft_wrap=True,
    )
