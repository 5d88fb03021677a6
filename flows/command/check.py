"""``dateline check``: is what the lake holds still what it should be?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.command.group import BAD_DATA, BROKE, DONE, Globals, common_options

if TYPE_CHECKING:
    from rich.console import Console

    from expectations.whole.model import WholeFinding
    from flows.checking import Verdict


@click.command(short_help="Check what the lake holds.")
@click.option("--report", metavar="DIR", help="Write the quality report into this folder.")
@common_options
@click.pass_obj
def check(shared: Globals, report: str | None) -> int:
    """Ask every expectation of what the lake holds now; nothing is written to it.

    Prints one line for each table, and each check that did not pass, with examples; with -v, every
    check. The exit code is 1 if rows failed and 2 if a check broke; rows that a check only doubts
    (warned) do not change it. Corrections that the readers have made obsolete, or that have no row,
    are named (docs/corrections.md).

    \b
    Example:
      $ dateline check --report quality/
    """
    settings = shared.settings()

    from flows.checking import check_lake
    from flows.command.results import console
    from flows.corrected import told as corrections_told

    findings = check_lake(settings)
    verdicts = list(findings.verdicts.values())
    to = console()
    _print_tables(verdicts, to)
    shown = verdicts if shared.verbose else [v for v in verdicts if v.outcome != "passed"]
    _print_verdicts(shown, to)
    _print_whole(findings.whole, to)
    to.print(findings.told())
    for told in corrections_told(findings.corrections):
        to.print(told, soft_wrap=True)
    if report is not None:
        from flows.reporting import report_lake

        page = report_lake(settings, findings, Path(report))
        to.print(f"report: {page}")
    ends = {"passed": DONE, "warned": DONE, "failed": BAD_DATA, "broke": BROKE}
    return ends[findings.outcome()]


def _print_tables(verdicts: list[Verdict], to: Console) -> None:
    from flows.checking import OUTCOMES
    from flows.command.results import print_table

    by_table: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        by_table.setdefault(verdict.table, []).append(verdict)
    lines = [
        (
            table,
            max(verdict.checked for verdict in some),
            len(some),
            *(sum(v.outcome == outcome for v in some) for outcome in OUTCOMES),
        )
        for table, some in by_table.items()
    ]
    if lines:
        print_table(("table", "rows", "checks", *OUTCOMES), lines, to)


def _print_verdicts(verdicts: Iterable[Verdict], to: Console) -> None:
    from flows.command.results import print_table

    lines = [
        (
            f"{v.table}.{v.column}" if v.column else v.table,
            v.expectation,
            v.outcome,
            v.observed if v.kind == "aggregate" else v.failed,
            v.detail or "",
        )
        for v in verdicts
    ]
    if lines:
        to.print()
        print_table(("where", "expectation", "outcome", "failing", "detail"), lines, to)


def _print_whole(findings: Iterable[WholeFinding], to: Console) -> None:
    """One line each, the worst first: what is wrong with the lake as a whole."""
    for one in findings:
        if one.bad:
            to.print(
                f"{one.outcome} {one.name}: {one.where}: expected {one.expected}; "
                f"found {one.observed}",
                soft_wrap=True,
            )
