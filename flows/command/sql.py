"""``dateline sql``: ask the lake."""

from __future__ import annotations

import sys

import click

from flows.command.group import Globals, common_options
from flows.command.results import FORMATS, raw_csv_option


@click.command(short_help="Ask the lake in SQL.")
@click.argument("query")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="How rows are written.  [default: by the end of --out's name, else table]",
)
@click.option(
    "--at",
    metavar="SNAPSHOT|TIME|RUN",
    help="Ask the lake as it was: a snapshot's number, a time (UTC) or a run.",
)
@click.option("--out", metavar="FILE", help="Write into this file.")
@raw_csv_option
@common_options
@click.pass_obj
def sql(
    shared: Globals, query: str, form: str | None, at: str | None, out: str | None, raw_csv: bool
) -> None:
    """Ask the lake in SQL (DuckDB's). A question cannot change the lake.

    QUERY may be - for standard input. A table shows 100 rows and says how many there are; CSV,
    JSON (a list, one row a line) and Parquet hold all. Bytes are written as base64. In CSV a text
    that a spreadsheet would execute has an apostrophe before it. docs/tables.md names every table,
    view and column.

    \b
    Examples:
      $ dateline sql "SELECT value, counted, sentence FROM figures WHERE category = 'troops'"
      $ dateline sql "SELECT * FROM articles" --at 2025-05-01 --out articles.parquet
      $ dateline sql - --format csv < question.sql
    """
    from flows.command.lakes import ask
    from flows.command.results import form_of, write

    question = sys.stdin.read() if query == "-" else query
    if not question.strip():
        raise click.UsageError("there is no SQL to run: give it, or - and SQL on standard input")
    answer = ask(shared.settings(), question, at=at)
    write(answer, form_of(form, out), out, raw_csv=raw_csv)
