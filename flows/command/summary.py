"""What a terminal shows at the end of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from flows.command.values import to_cell
from flows.corrected import told as corrections_told
from flows.report import NAMED, RunReport, inputs_sum, rows_sum
from flows.run_state import REBUILD
from warehouse.tables import ARTICLE_TABLES, REBUILD_CHANGES, RUNS

if TYPE_CHECKING:
    from rich.console import Console

Pairs = Iterable[tuple[str, str]]

_LONGEST = 400


def print_report(report: RunReport, console: Console) -> None:
    """Show what the run made: both sums, the checks, what was turned away, counts, an answer."""
    from rich.text import Text

    head = Text(f"Run {report.run_id} ")
    head.append(report.status, style="bold green" if report.status == "done" else "bold red")
    head.append(f" after {report.seconds:.1f} s")
    console.print(head)
    _print_pairs(_facts(report), console)
    if report.tables:
        console.print(_counts(report))
    if report.changes:
        console.print(_changes(report))
    if report.command == REBUILD:
        return
    if report.answer is not None:
        asked = f'dateline sql --lake {report.lake} "{report.answer.sql}"'
        found = [(name, to_cell(value, _LONGEST)) for name, value in report.answer.row.items()]
        console.print(Text(report.answer.question, style="bold"))
        console.print(Text(asked, "dim"), soft_wrap=True)
        _print_pairs(found, console)


def _facts(report: RunReport) -> Iterator[tuple[str, str]]:
    if report.message:
        yield "why", report.message
    row = report.row()
    yield "inputs", inputs_sum(row)
    yield "rows", rows_sum(row)
    if report.nothing_new and report.status == "done":
        yield "news", _nothing_new(report)
    if report.out_of_date and not report.changes:
        yield "older", f"{_out_of_date(report)}: `dateline rebuild` reads them again"
    for told in corrections_told(report.corrections):
        yield "corrections", told
    if report.quality:
        failed = report.quality["failed"] + report.quality["broke"]
        passed = report.quality["passed"] + report.quality["warned"]
        yield "quality", f"{passed} checks passed, {failed} did not"
    for result in report.not_passed:
        place = ".".join(filter(None, (result["table_name"], result["column_name"])))
        told = f"{place} {result['expectation']}"
        if result["outcome"] == "broke" or result["kind"] == "aggregate":
            found = filter(None, (result["observed"], result["detail"]))
            yield result["outcome"], f"{told}: {', '.join(found)}"
        else:
            yield result["outcome"], f"{told}: {result['failed']} of {result['checked']} rows"
    for reject in report.rejects:
        yield "reject", f"{reject.source}/{reject.source_uri} ({reject.reason}): {reject.detail}"
    yield from _more(report.counts["rejects"], len(report.rejects), "rejects")
    if waiting := report.sources.waiting:
        some = "1 address" if len(waiting) == 1 else f"{len(waiting):,} addresses"
        told = f"{some} gave nothing this time, the next run asks again"
        yield "waiting", f"{told}: {waiting[0].address}: {waiting[0].trouble}"
    for source in report.unwell:
        yield "source", told_health(source)
    for kept in report.quarantined:
        yield "quarantine", f"{kept.place} ({kept.table} {kept.expectation}): {kept.detail}"
    yield from _more(report.rows_quarantined, len(report.quarantined), "quarantine")
    if report.rows_doubted:
        rows = "1 row is" if report.rows_doubted == 1 else f"{report.rows_doubted:,} rows are"
        ask = f'dateline sql --lake {report.lake} "FROM warnings"'
        yield "warnings", f"{rows} published but doubted: {ask}"
    if report.page is not None:
        yield "report", str(report.page)
    if report.site is not None:
        yield "site", str(report.site)
    if report.log is not None and report.status != "done":
        yield "log", str(report.log)


def told_health(source: Mapping[str, Any]) -> str:
    """A row of ``source_health`` of a source that is not well, for a person."""
    name = source["source"]
    if source["state"] == "failing":
        since = source["last_success"]
        last = f"since {since:%Y-%m-%d %H:%M}" if since else "at all"
        return f"{name} could not be read {last}: {source['trouble']}"
    since = source["last_new"]
    last = f"since {since:%Y-%m-%d %H:%M}" if since else "yet"
    return f"{name} gave nothing new {last} ({source['path']})"


def _nothing_new(report: RunReport) -> str:
    if report.command == REBUILD and report.batches:
        return "nothing changed: what was read again is as it was"
    if report.command == REBUILD:
        return "nothing to rebuild: all of it was read by today's extractor"
    return "nothing new: the lake holds all of it already, nothing was published"


def _out_of_date(report: RunReport) -> str:
    inputs = "1 input was" if report.out_of_date == 1 else f"{report.out_of_date:,} inputs were"
    return (
        f"{inputs} read by another extractor, or with other settings or corrections, than today's"
    )


def _changes(report: RunReport) -> Any:
    """What a rebuild changed."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE)
    for name in ("table", "column", "change"):
        table.add_column(name)
    table.add_column("rows", justify="right")
    table.add_column("first seen in article")
    for row in report.changes:
        column = row["column_name"] or "(whole rows)"
        table.add_row(
            row["table_name"], column, row["change"], f"{row['rows']:,}", row["example"] or ""
        )
    return table


def _more(all_of_them: int, named: int, table: str) -> Iterator[tuple[str, str]]:
    if named >= NAMED and all_of_them > named:
        yield "", f"and more: dateline {table if table == 'quarantine' else 'runs last'}"


def _print_pairs(pairs: Pairs, console: Console) -> None:
    """Names and values; on a terminal long values are folded under themselves."""
    from rich.table import Table
    from rich.text import Text

    listed = list(pairs)
    width = max((len(name) for name, _ in listed), default=0) + 2
    if not console.is_terminal:
        for name, value in listed:
            console.print(Text(f"  {name:<{width}}{value}"), soft_wrap=True)
        return
    grid = Table.grid()
    grid.add_column(width=width + 2, style="bold")
    grid.add_column(overflow="fold")
    for name, value in listed:
        grid.add_row(f"  {name}", Text(value))
    console.print(grid)


def _counts(report: RunReport) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE)
    table.add_column("table")
    table.add_column("this run", justify="right")
    table.add_column("in the lake", justify="right")
    made = {one.name for one in ARTICLE_TABLES}
    for name, rows in report.tables.items():
        if name not in (RUNS.name, REBUILD_CHANGES.name):
            here = f"{report.published[name]:,}" if name in made else ""
            table.add_row(name, here, f"{rows:,}")
    return table
