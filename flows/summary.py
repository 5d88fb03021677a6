"""What a terminal shows at the end of a run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flows.command.runs import inputs_sum, rows_sum
from flows.command.values import to_cell
from flows.report import NAMED, RunReport
from warehouse.tables import ARTICLE_TABLES, RUNS

if TYPE_CHECKING:
    from rich.console import Console

#: Questions that a lake of news may answer, best first: what is asked, and of which figures.
_QUESTIONS = (
    (
        "How many troops were reported, by whom, where and as of when?",
        "category = 'troops' AND attributed_to IS NOT NULL AND place IS NOT NULL",
    ),
    (
        "How many were killed, by whose account?",
        "category = 'killed' AND attributed_to IS NOT NULL",
    ),
    ("How much money, and for what?", "unit_type = 'money' AND subject IS NOT NULL"),
    ("What was counted, by whose account?", "counted IS NOT NULL AND attributed_to IS NOT NULL"),
    ("What was counted?", "counted IS NOT NULL"),
)
_COLUMNS = "value, qualifier, counted, attributed_to, place, as_of_start, as_of_end, sentence"
_MONEY = "value, qualifier, unit, subject, attributed_to, sentence"
_LONG = 400


def print_report(report: RunReport, console: Console) -> None:
    """Show what the run made: counts, both sums, the checks, what was turned away, an answer."""
    from rich.table import Table
    from rich.text import Text

    style = "green" if report.status == "done" else "red"
    head = Text(f"Run {report.run_id} ")
    head.append(report.status, style=f"bold {style}")
    head.append(f" after {report.seconds:.1f} s")
    console.print(head)
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="bold", no_wrap=True)
    facts.add_column(overflow="fold")
    for name, value in _facts(report):
        facts.add_row(name, Text(value))
    console.print(facts)
    if report.tables:
        console.print(_counts(report))
    answer = _answer(report)
    if answer:
        question, sql, row = answer
        console.print(Text(question, style="bold"))
        console.print(Text(f'  dateline sql --lake {report.lake} "{sql}"', style="dim"))
        cells = Table.grid(padding=(0, 2))
        cells.add_column(style="bold", no_wrap=True)
        cells.add_column(overflow="fold")
        for name, value in row.items():
            cells.add_row(f"  {name}", Text(to_cell(value, _LONG)))
        console.print(cells)


def _facts(report: RunReport) -> Iterator[tuple[str, str]]:
    if report.message:
        yield "why", report.message
    row = report.row()
    yield "inputs", inputs_sum(row)
    yield "rows", rows_sum(row)
    if report.nothing_new and report.status == "done":
        yield "news", "nothing new: the lake holds all of it already, nothing was published"
    if report.quality:
        failed = report.quality.total() - report.quality["passed"]
        yield "quality", f"{report.quality['passed']} checks passed, {failed} did not"
    for result in report.not_passed[:NAMED]:
        place = ".".join(filter(None, (result["table_name"], result["column_name"])))
        rows = f", {result['failed']} of {result['checked']} rows" if result["failed"] else ""
        yield result["outcome"], f"{place} {result['expectation']}{rows}: {result['detail']}"
    for reject in report.rejects[:NAMED]:
        yield "reject", f"{reject.source}/{reject.source_uri} ({reject.reason}): {reject.detail}"
    yield from _more(report.counts["rejects"], len(report.rejects), "rejects")
    for kept in report.quarantined[:NAMED]:
        where = f"{kept['table_name']} {kept['row_id']}"
        yield "quarantine", f"{where} ({kept['expectation']}): {kept['detail']}"
    yield from _more(report.rows_quarantined, len(report.quarantined), "quarantine")
    if report.page is not None:
        yield "report", str(report.page)
    if report.log is not None and report.status != "done":
        yield "log", str(report.log)


def _more(all_of_them: int, named: int, table: str) -> Iterator[tuple[str, str]]:
    if named >= NAMED and all_of_them > named:
        yield "", f'and {all_of_them - named} more: dateline sql "FROM {table}"'


def _counts(report: RunReport) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE)
    table.add_column("table")
    table.add_column("this run", justify="right")
    table.add_column("in the lake", justify="right")
    made = {one.name for one in ARTICLE_TABLES}
    for name, rows in report.tables.items():
        if name != RUNS.name:
            here = f"{report.published[name]:,}" if name in made else ""
            table.add_row(name, here, f"{rows:,}")
    return table


def _answer(report: RunReport) -> tuple[str, str, dict[str, Any]] | None:
    """The first question that the lake has an answer to, its SQL and the answer."""
    if not report.tables.get("figures"):
        return None
    from warehouse import query

    for question, where in _QUESTIONS:
        columns = _MONEY if "money" in where else _COLUMNS
        sql = (
            f"SELECT {columns} FROM figures WHERE {where} "
            "ORDER BY published_date DESC, figure_id LIMIT 1"
        )
        rows = query(sql, path=report.lake).to_pylist()
        if rows:
            return question, sql, rows[0]
    return None
