"""``dateline quarantine``: the rows that failed a check, and which."""

from __future__ import annotations

import click

from flows.command.group import Globals, common_options

_FILTERS = {"table": "table_name", "expectation": "expectation", "run": "run_id"}


@click.command(short_help="Show the rows that failed a check.")
@click.option("--table", metavar="NAME", help="Only rows meant for this table.")
@click.option("--expectation", metavar="NAME", help="Only rows that failed this expectation.")
@click.option("--run", metavar="RUN", help="Only rows of this run, or of the last one: last.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How they are written; csv and json hold the whole row.",
)
@common_options
@click.pass_obj
def quarantine(
    shared: Globals, table: str | None, expectation: str | None, run: str | None, form: str
) -> None:
    """Show the rows that failed an expectation, with the words that they were read from.

    \b
    Examples:
      $ dateline quarantine
      $ dateline quarantine --table figures --run last
      $ dateline quarantine --expectation surface_in_text --format json
    """
    from flows.command.lakes import ask, rows
    from flows.command.results import write

    given = {"table": table, "expectation": expectation, "run": run}
    columns = "table_name, expectation, column_name, detail, " + (
        """coalesce(json_extract_string("row", '$.surface'), row_id) AS surface,
        json_extract_string("row", '$.sentence') AS sentence, run_id"""
        if form == "table"
        else 'row_id, article_id, "row", run_id'
    )
    settings = shared.settings()
    if run == "last":
        given["run"] = str(rows(settings, "SELECT max(run_id) AS last FROM runs")[0]["last"])
    wanted = {_FILTERS[name]: value for name, value in given.items() if value is not None}
    where = " AND ".join(f"{column} = ?" for column in wanted) or "true"
    question = (
        f"SELECT {columns} FROM quarantine WHERE {where} "
        "ORDER BY run_id DESC, table_name, expectation, row_id"
    )
    write(ask(settings, question, list(wanted.values())), form)
