"""``dateline check``: is what the lake holds still what it should be?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.command.group import BAD_DATA, BROKE, DONE, Globals, common_options

if TYPE_CHECKING:
    from rich.console import Console

    from flows.checking import Verdict


@click.command(short_help="Check what the lake holds.")
@click.option("--report", metavar="DIR", help="Write the quality report into this folder.")
@click.option(
    "--baseline",
    metavar="STATE",
    help="Say what got worse since a run, a snapshot, a time or last-good.",
)
@click.option("--no-rows", is_flag=True, help="Leave out what is asked of each row by itself.")
@common_options
@click.pass_obj
def check(shared: Globals, report: str | None, baseline: str | None, no_rows: bool) -> int:
    """Ask every expectation of what the lake holds now; nothing is written to it.

    Prints one line for each table, and each check that did not pass, with examples; with -v, every
    check. The exit code is 1 if one failed and 2 if one broke; what is only doubted (warned) does
    not change it. Corrections that the readers have made obsolete, or that have no row, are named
    (docs/corrections.md).

    The lake as a whole is asked, too: files, keys and references, volumes, shares
    (docs/quality-whole.md). With --baseline what got worse since is said, the worst first, with
    before and now. STATE is a run, the number of a snapshot, a time, or last-good: as the last run
    that ended well before the newest one left it. Rows take minutes for a hundred thousand
    articles, the whole seconds: --no-rows leaves them out.

    \b
    Examples:
      $ dateline check --report quality/
      $ dateline check --baseline last-good
      $ dateline check --baseline 2025-04-28 --no-rows
    """
    settings = shared.settings()

    from flows.checking import check_lake
    from flows.command.results import console
    from flows.command.whole import print_whole
    from flows.corrected import told as corrections_told

    findings = check_lake(settings, baseline=baseline, rows=not no_rows)
    verdicts = list(findings.verdicts.values())
    to = console()
    _print_tables(verdicts, to)
    shown = verdicts if shared.verbose else [v for v in verdicts if v.outcome != "passed"]
    _print_verdicts(shown, to)
    print_whole(findings.whole, findings.baseline, to, every=shared.verbose)
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
