"""The end of a run as a person reads it, and what a listener hears meanwhile."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from flows.command.summary import print_report
from flows.pipeline import run_plainly
from flows.pool import Pool
from flows.progress import Bar, Lines, Pace, Several
from flows.report import Kept, RunReport
from flows.settings import Settings, SourceSpec
from transforms.model import Reject


def shown(report: RunReport, *, terminal: bool = False, width: int = 300) -> str:
    stream = io.StringIO()
    print_report(report, Console(file=stream, force_terminal=terminal, width=width))
    return stream.getvalue()


def report(lake: Path, **changes: object) -> RunReport:
    start = dt.datetime(2026, 11, 23, 6, 55)
    made = RunReport("20261123T065500Z-abcd", "run", str(lake), start, "{}", "{}")
    made.ended_at = start + dt.timedelta(seconds=12.5)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


@pytest.mark.usefixtures("no_data_docs")
def test_a_run_ends_with_counts_sums_and_an_answer_with_its_evidence(
    settings: Settings, news: Path, pool: Pool
) -> None:
    (news / "empty.txt").write_bytes(b"")
    made = run_plainly(settings, [SourceSpec(path=str(news))], pool=pool)
    text = shown(made)
    assert f"Run {made.run_id} done" in text
    assert "4 inputs = 3 new + 0 revised + 0 unchanged + 0 duplicates + 1 rejects" in text
    assert f"{made.rows_made} made = {made.rows_published} published" in text
    assert "news/empty.txt (empty): " in text
    assert re.search(rf"report +{re.escape(str(made.page))}\n", text)
    assert f'dateline sql --lake {made.lake} "SELECT value, ' in text
    assert "LISSA, March 4 - At least 14 people drowned" in text
    assert "\x1b" not in text
    assert "\x1b" in shown(made, terminal=True, width=80)


def test_nothing_new_is_said(tmp_path: Path) -> None:
    made = report(tmp_path, inputs=3)
    made.counts["unchanged"] = 3
    assert "nothing new: the lake holds all of it already" in shown(made)


def test_rows_that_are_doubted_are_told_with_how_to_see_them(tmp_path: Path) -> None:
    text = shown(report(tmp_path, rows_doubted=1))
    assert f'1 row is published but doubted: dateline sql --lake {tmp_path} "FROM warnings"' in text
    assert "1,200 rows are published but doubted" in shown(report(tmp_path, rows_doubted=1200))
    assert "doubted" not in shown(report(tmp_path))


def test_what_was_turned_away_is_named_with_its_place_and_reason(tmp_path: Path) -> None:
    made = report(
        tmp_path,
        status="failed",
        message="batch 2 is not published: figures rows_pass failed",
        rejects=[Reject("wire", "b.jsonl#L7", "malformed", "b.jsonl, line 7: no JSON object")],
        quarantined=[Kept("wire/a.txt", "figures", "0f", "value_in_range", "found 12")],
        log=tmp_path / "run.log",
    )
    text = shown(made)
    assert "  why         batch 2 is not published" in text
    assert "  reject      wire/b.jsonl#L7 (malformed): b.jsonl, line 7: no JSON object" in text
    assert "quarantine  wire/a.txt (figures value_in_range): found 12" in text
    assert f"log         {tmp_path / 'run.log'}" in text


def test_a_log_gets_a_line_a_batch_and_one_now_and_then() -> None:
    heard: list[str] = []
    lines = Lines(heard.append, every=0)
    many = Several(lines)
    many.say("Waiting for run x to end")
    many.read(10, 4)
    many.build(1, 4)
    many.batch("batch 1: 4 new")
    assert heard == [
        "Waiting for run x to end",
        "read 10 inputs, 4 of them new",
        "built 1 of 4 inputs",
        "batch 1: 4 new",
    ]
    Lines(heard.append, every=60).build(2, 4)
    assert len(heard) == 4


def test_the_pace_is_that_of_now_and_says_how_long_the_rest_takes() -> None:
    now = 0.0
    pace = Pace(lambda: now, window=30)
    assert pace.told(0, 1000) == "0 of 1000 inputs"
    now = 20  # the model was loaded meanwhile
    assert pace.told(20, 1000) == "20 of 1000 inputs, 1.0 articles/s, 16 min 20 s left"
    now = 40
    assert pace.told(220, 1000) == "220 of 1000 inputs, 5.5 articles/s, 2 min 22 s left"
    now = 60
    assert pace.told(420, 1000) == "420 of 1000 inputs, 10.0 articles/s, 58 s left"
    assert pace.told(400, 1000) == "400 of 1000 inputs"
    now = 61
    assert pace.told(402, 90_000) == "402 of 90000 inputs, 2.0 articles/s, 12 h 26 min left"
    now = 62
    assert pace.told(404, 404) == "404 of 404 inputs, 2.0 articles/s"


@pytest.mark.parametrize("total", [1, 4])
def test_a_terminal_gets_a_bar_that_goes_away(total: int) -> None:
    stream = io.StringIO()
    with Bar(Console(file=stream, force_terminal=True, width=100)) as bar:
        bar.say("Waiting for run x to end")
        bar.read(10, total)
        bar.build(1, total)
        bar._bar.refresh()
    text = stream.getvalue()
    assert "Waiting for run x to end" in text
    assert f"1 of {total} inputs" in text
