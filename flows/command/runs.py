"""``dateline runs``: what has been run, and what came of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from flows.command.group import Globals, common_options

if TYPE_CHECKING:
    from rich.console import Console

_LIST = """
SELECT run_id, command, status, date_trunc('second', started_at) AS started_at,
       round(epoch(ended_at) - epoch(started_at), 1) AS seconds,
       inputs, new, revised, unchanged, duplicates, rejects, coalesce(forgotten, 0) AS forgotten,
       rows_published, rows_quarantined
FROM runs ORDER BY run_id DESC LIMIT ?
"""
_REJECTS = "SELECT reason, detail FROM rejects WHERE run_id = ? ORDER BY source, source_uri"
_NOT_PASSED = """
SELECT table_name, column_name, expectation, kind, outcome, sum(failed)::BIGINT AS failed
FROM quality WHERE run_id = ? AND outcome <> 'passed' GROUP BY ALL ORDER BY ALL
"""
_SHOWN_REJECTS = 20


@click.command(short_help="List the runs, or show one with its sums.")
@click.argument("run", required=False)
@click.option("--limit", default=20, show_default=True, help="How many runs are listed.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How they are written.",
)
@common_options
@click.pass_obj
def runs(shared: Globals, run: str | None, limit: int, form: str) -> None:
    """List the runs, newest first, or show one with its two sums, of inputs and of rows.

    RUN is a run's name, the beginning of one, or "last".

    \b
    Examples:
      $ dateline runs
      $ dateline runs last
      $ dateline runs --limit 1000 --format csv
    """
    from flows.command.lakes import ask, rows
    from flows.command.results import console, write
    from flows.command.values import to_json

    settings = shared.settings()
    if run is None:
        write(ask(settings, _LIST, [limit]), form)
        return
    if form == "csv":
        raise click.UsageError("one run is shown as a table or as json")
    row = _find(rows(settings, "SELECT * FROM runs ORDER BY run_id DESC"), run)
    rejects = rows(settings, _REJECTS, [row["run_id"]])
    failed = rows(settings, _NOT_PASSED, [row["run_id"]])
    if form == "json":
        click.echo(to_json({**row, "rejected": rejects, "not_passed": failed}))
    else:
        _show(row, rejects, failed, console())


def _find(known: list[dict[str, Any]], run: str) -> dict[str, Any]:
    found = known[:1] if run == "last" else [row for row in known if row["run_id"].startswith(run)]
    exact = [row for row in found if row["run_id"] == run]
    if len(exact or found) == 1:
        return (exact or found)[0]
    what = f"{len(found)} runs begin with" if found else "there is no run"
    raise click.UsageError(f"{what} {run!r}; `dateline runs` lists them")


def _show(
    row: dict[str, Any],
    rejects: list[dict[str, Any]],
    failed: list[dict[str, Any]],
    to: Console,
) -> None:
    from rich.table import Table
    from rich.text import Text

    from flows.report import inputs_sum, rows_sum

    seconds = (row["ended_at"] - row["started_at"]).total_seconds()
    facts = {
        "run": row["run_id"],
        "command": row["command"],
        "status": row["status"] + (f": {row['message']}" if row["message"] else ""),
        "started": f"{row['started_at']:%Y-%m-%d %H:%M:%S} UTC, took {seconds:.1f} s",
        "batches": str(row["batches"]),
        "snapshots": _snapshots(row),
        "inputs": inputs_sum(row),
        "rows": rows_sum(row),
        **{key: _listed(row[key]) for key in ("versions", "parameters")},
    }
    block = Table.grid(padding=(0, 2))
    block.add_column(style="bold", no_wrap=True)
    block.add_column(overflow="fold")
    for key, value in facts.items():
        block.add_row(key, Text(value))
    for reject in rejects[:_SHOWN_REJECTS]:
        block.add_row("reject", Text(f"{reject['reason']}: {reject['detail']}"))
    if len(rejects) > _SHOWN_REJECTS:
        block.add_row("", f"and {len(rejects) - _SHOWN_REJECTS} more in the table rejects")
    for result in failed:
        place = ".".join(filter(None, (result["table_name"], result["column_name"])))
        told = f"{place} {result['expectation']}: {result['outcome']}"
        count = result["failed"]
        held = f", {count} row{'s' * (count != 1)} in quarantine" if count else ""
        block.add_row(result["kind"] + " check", Text(told + held))
    to.print(block)


def _snapshots(row: dict[str, Any]) -> str:
    first, last = row["first_snapshot"], row["last_snapshot"]
    return "none" if first is None else f"{first} to {last}"


def _listed(text: str) -> str:
    try:
        values = json.loads(text)
    except ValueError:
        return text
    if not isinstance(values, dict):
        return text
    return ", ".join(f"{key} {_brief(value)}" for key, value in values.items())


def _brief(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
