"""The walk without an engine, on a real lake with real workers and real checks."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import expectations.check
from expectations.totals import Limits
from flows import pipeline, worker
from flows.command.summary import told_health
from flows.errors import UsageError
from flows.pipeline import run_plainly, walk
from flows.pool import Pool
from flows.progress import Progress
from flows.report import RunReport
from flows.run_state import BadDataError, Interrupted, Run, RunError, now, opened
from flows.settings import Settings, SourceSpec
from tests.flows import work
from tests.flows.conftest import BUDGET, FERRY, STRIKE
from warehouse.lake import Lake

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("no_data_docs")]

Go = Callable[..., RunReport]


@pytest.fixture
def go(settings: Settings, pool: Pool) -> Go:
    """A run over some paths, in their order."""

    def run(*paths: Path, **changes: Any) -> RunReport:
        chosen = settings.model_copy(update=changes)
        report = run_plainly(chosen, [SourceSpec(path=str(path)) for path in paths], pool=pool)
        assert report.sums_hold
        return report

    return run


def digests(settings: Settings) -> dict[str, str]:
    with Lake.open(settings.lake) as lake:
        return lake.digests()


def rows(settings: Settings, table: str) -> list[dict[str, Any]]:
    with Lake.open(settings.lake) as lake:
        found: list[dict[str, Any]] = lake.query(f"FROM lake.{table}").to_pylist()
    return found


def counts(report: RunReport) -> dict[str, int]:
    return {part: count for part, count in report.counts.items() if count}


def test_articles_become_rows_that_point_at_their_text(
    go: Go, news: Path, settings: Settings
) -> None:
    report = go(news)
    assert (report.status, report.exit_code) == ("done", 0)
    assert counts(report) == {"new": 3}
    articles = {row["article_id"]: row for row in rows(settings, "articles")}
    assert {row["source_uri"] for row in articles.values()} == {"a.txt", "b.txt", "c.txt"}
    figures = rows(settings, "figures")
    assert {"At least 14", "63", "$48 billion"} <= {row["surface"] for row in figures}
    for table in ("mentions", "figures", "dates"):
        for row in rows(settings, table):
            text = articles[row["article_id"]]["text"]
            assert text[row["char_start"] : row["char_end"]] == row["surface"]
    assert report.tables["raw_articles"] == report.tables["inputs"] == 3
    assert report.page is not None
    assert report.page.is_file()


def test_a_run_says_what_it_did(go: Go, news: Path, settings: Settings) -> None:
    report = go(news)
    (row,) = rows(settings, "runs")
    assert row["run_id"] == report.run_id
    assert row["status"] == "done"
    assert row["inputs"] == row["new"] == 3
    assert row["rows_made"] == row["rows_published"] + row["rows_quarantined"] > 0
    assert row["first_snapshot"] < row["last_snapshot"]
    assert json.loads(row["versions"])["dateline"]
    assert json.loads(row["parameters"])["sources"] == [{"path": str(news)}]
    with Lake.open(settings.lake) as lake:
        messages = [snapshot.message for snapshot in lake.history() if snapshot.run]
    assert f"run {report.run_id}: batch 1" in messages


def test_again_adds_nothing_and_says_so(go: Go, news: Path, settings: Settings) -> None:
    go(news)
    before = digests(settings)
    report = go(news)
    assert counts(report) == {"unchanged": 3}
    assert report.nothing_new
    assert report.batches == report.rows_made == 0
    assert report.first_snapshot is None
    assert digests(settings) == before


def full_folder(folder: Path) -> None:
    """Every kind of input: copies, revisions, rejects, several formats."""
    (folder / "copy.txt").write_text(FERRY.replace("03/04", "03/05"), encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    lines = [
        {"id": "1", "text": "Some 40 soldiers of Ukraine left Kyiv.", "date": "2025-03-01"},
        {"id": "1", "text": "Some 45 soldiers of Ukraine left Kyiv.", "date": "2025-03-02"},
        {"id": "2", "text": "Some 45 soldiers of Ukraine left Kyiv.", "date": "2025-03-03"},
    ]
    text = "\n".join(json.dumps(line) for line in lines) + "\nno JSON\n"
    (folder / "wire.jsonl").write_text(text, encoding="utf-8")
    whole = gzip.compress(BUDGET.encode())
    (folder / "cut.txt.gz").write_bytes(whole[: len(whole) // 2])


def test_any_batch_size_and_order_give_the_same_lake(
    go: Go, news: Path, settings: Settings, tmp_path: Path
) -> None:
    full_folder(news)
    files = sorted(news.iterdir())
    ways = [(500, files), (1, files[::-1]), (3, files)]
    found = []
    for number, (size, order) in enumerate(ways):
        lake = tmp_path / f"lake{number}"
        report = go(*order, batch_size=size, lake=lake)
        assert counts(report) == {"new": 4, "revised": 1, "duplicates": 2, "rejects": 3}
        found.append(digests(settings.model_copy(update={"lake": lake})))
    assert all(one == found[0] for one in found)


def test_what_is_no_article_is_named_with_its_place(go: Go, news: Path, settings: Settings) -> None:
    full_folder(news)
    report = go(news)
    found = {reject.source_uri: reject.reason for reject in report.rejects}
    assert found == {"empty.txt": "empty", "wire.jsonl#L4": "malformed", "cut.txt.gz": "truncated"}
    assert report.exit_code == 0
    assert len(rows(settings, "rejects")) == 3
    again = go(news)
    assert counts(again) == {"unchanged": 10}
    assert len(rows(settings, "rejects")) == 3


def test_a_file_that_can_be_read_again_is_new(go: Go, tmp_path: Path) -> None:
    folder = tmp_path / "wire"
    folder.mkdir()
    whole = gzip.compress(BUDGET.encode())
    (folder / "b.txt.gz").write_bytes(whole[: len(whole) // 2])
    (folder / "a.txt").write_text(FERRY, encoding="utf-8")
    assert counts(go(folder)) == {"new": 1, "rejects": 1}
    (folder / "b.txt.gz").write_bytes(whole)
    assert counts(go(folder)) == {"new": 1, "unchanged": 1}


def test_nothing_but_rejects_is_bad_data(go: Go, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    report = go(tmp_path / "empty.txt")
    assert (report.status, report.exit_code) == ("failed", 1)
    assert report.message == "every input was rejected"


def test_a_revision_replaces_the_rows_of_its_article(
    go: Go, news: Path, settings: Settings
) -> None:
    go(news)
    changed = FERRY.replace("14 people", "19 people").replace("09:00", "18:00")
    (news / "a.txt").write_text(changed, encoding="utf-8")
    report = go(news)
    assert counts(report) == {"revised": 1, "unchanged": 2}
    surfaces = {row["surface"] for row in rows(settings, "figures")}
    assert "At least 19" in surfaces
    assert "At least 14" not in surfaces
    revisions = {row["source_uri"]: row["revision"] for row in rows(settings, "articles")}
    assert revisions == {"a.txt": 1, "b.txt": 0, "c.txt": 0}
    assert report.tables["raw_articles"] == 4


def test_an_earlier_publication_takes_over_the_story(
    go: Go, tmp_path: Path, settings: Settings
) -> None:
    late, early = tmp_path / "late", tmp_path / "early"
    for folder, day in ((late, "03/09"), (early, "03/04")):
        folder.mkdir()
        (folder / "x.txt").write_text(FERRY.replace("03/04", day), encoding="utf-8")
    go(late)
    first = {row["article_id"] for row in rows(settings, "figures")}
    report = go(early)
    assert counts(report) == {"duplicates": 1}
    articles = {row["source"]: row for row in rows(settings, "articles")}
    assert articles["late"]["duplicate_of"] == articles["early"]["article_id"]
    assert articles["late"]["sentence_count"] is None
    assert articles["early"]["duplicate_of"] is None
    second = {row["article_id"] for row in rows(settings, "figures")}
    assert first == {articles["late"]["article_id"]}
    assert second == {articles["early"]["article_id"]}


def test_a_duplicate_whose_original_changes_has_its_rows_made_from_the_stored_bytes(
    go: Go, tmp_path: Path, settings: Settings
) -> None:
    late, early = tmp_path / "late", tmp_path / "early"
    for folder, day in ((late, "03/09"), (early, "03/04")):
        folder.mkdir()
        (folder / "x.txt").write_text(FERRY.replace("03/04", day), encoding="utf-8")
    go(early, late)
    (late / "x.txt").unlink()
    (early / "x.txt").write_text(STRIKE.replace("03/07", "03/08"), encoding="utf-8")
    go(early)
    articles = {row["source"]: row for row in rows(settings, "articles")}
    assert articles["late"]["duplicate_of"] is None
    assert articles["late"]["sentence_count"] > 0
    with_figures = {row["article_id"] for row in rows(settings, "figures")}
    assert with_figures == {row["article_id"] for row in articles.values()}


# what goes wrong


def test_an_article_that_fails_costs_no_other(
    go: Go, news: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "rows", work.rows_but_of_budgets)
    report = go(news)
    assert counts(report) == {"new": 2, "rejects": 1}
    (reject,) = report.rejects
    assert (reject.source_uri, reject.reason) == ("b.txt", "failed")
    assert "ValueError: no budgets (work.py, line " in reject.detail
    assert counts(go(news)) == {"unchanged": 3}


def test_an_original_that_fails_leaves_its_story_to_the_next(
    go: Go, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "wire"
    folder.mkdir()
    for name, day in (("early", "03/06"), ("late", "03/09")):
        text = BUDGET.replace("03/06", day)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "other.txt").write_text(FERRY, encoding="utf-8")
    monkeypatch.setattr(worker, "rows", work.rows_but_of_the_sixth)
    report = go(folder)
    assert counts(report) == {"new": 2, "rejects": 1}
    articles = {row["source_uri"]: row for row in rows(settings, "articles")}
    assert set(articles) == {"late.txt", "other.txt"}
    assert articles["late.txt"]["duplicate_of"] is None


def test_a_worker_that_dies_costs_one_article(
    settings: Settings, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "rows", work.die_at_budgets)
    report = run_plainly(settings, [SourceSpec(path=str(news))])
    assert counts(report) == {"new": 2, "rejects": 1}
    assert "ended without an answer" in report.rejects[0].detail


def test_a_program_that_fails_on_most_is_not_booked_as_rejects(
    go: Go, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json.dumps({"id": n, "text": f"Budget number {n} was passed."}) for n in range(6)]
    (tmp_path / "wire.jsonl").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(worker, "rows", work.rows_but_of_budgets)
    report = go(tmp_path / "wire.jsonl")
    assert (report.status, report.exit_code) == ("broke", 2)
    assert report.message is not None
    assert "failed on 6 of 6 inputs" in report.message
    assert rows(settings, "inputs") == rows(settings, "rejects") == []
    monkeypatch.undo()
    assert counts(go(tmp_path / "wire.jsonl")) == {"new": 6}


@pytest.mark.parametrize("made", [work.rows_with_a_wrong_figure, work.rows_with_a_figure_in_words])
def test_a_row_that_is_wrong_goes_to_quarantine_alone(
    made: Callable[..., Any],
    go: Go,
    news: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "rows", made)
    report = go(news)
    assert report.exit_code == 0
    assert report.rows_quarantined == 1
    for kept in rows(settings, "quarantine"):
        assert kept["table_name"] == "figures"
        assert json.loads(kept["row"])["surface"] == "$48 billion"
    surfaces = {row["surface"] for row in rows(settings, "figures")}
    assert "$48 billion" not in surfaces
    assert "63" in surfaces


def test_a_row_that_is_doubted_is_published_and_named(
    go: Go, tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "ports.txt"
    ports = FERRY.replace("Izmir", "Savannah").split("\n\n")[0]
    told = "Crews from Norfolk, Virginia, from New York and from Rotterdam helped in Savannah."
    path.write_text(f"{ports}\n\n{told}\n", encoding="utf-8")
    report = go(path)
    assert (report.exit_code, report.rows_quarantined, report.rows_doubted) == (0, 0, 1)
    (warning,) = rows(settings, "warnings")
    entities = {row["entity_id"]: row["name"] for row in rows(settings, "entities")}
    assert entities[warning["row_id"].partition("/")[2]] == "Rotterdam"
    assert report.page is not None
    assert "Rotterdam" in report.page.read_text(encoding="utf-8")

    later = told.replace("Rotterdam", "Boston")
    ports = ports.replace("09:00", "18:00")
    path.write_text(f"{ports}\n\n{later}\n", encoding="utf-8")
    assert go(path).rows_doubted == 0
    assert rows(settings, "warnings") == []


def test_an_article_that_is_refused_costs_its_story_nothing(
    go: Go, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "wire"
    folder.mkdir()
    for name, day in (("early", "03/06"), ("late", "03/09")):
        text = BUDGET.replace("03/06", day)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(worker, "rows", work.rows_with_a_wrong_language)
    report = go(folder)
    assert counts(report) == {"new": 2}
    (article,) = rows(settings, "articles")
    assert article["source_uri"] == "late.txt"
    assert article["duplicate_of"] is None
    assert report.rows_quarantined > 1
    assert "articles" in {row["table_name"] for row in rows(settings, "quarantine")}


def test_a_check_that_breaks_publishes_nothing(
    go: Go, news: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = expectations.check.check_batch

    def breaking(*args: Any, **named: Any) -> Any:
        return replace(real(*args, **named), broke=["figures.value some_rule"])

    monkeypatch.setattr(expectations.check, "check_batch", breaking)
    report = go(news)
    assert (report.status, report.exit_code) == ("broke", 2)
    assert report.message == "batch 1 is not published: the check broke: figures.value some_rule"
    assert rows(settings, "articles") == rows(settings, "inputs") == []
    assert rows(settings, "quality")
    (row,) = rows(settings, "runs")
    assert (row["status"], row["inputs"], row["rows_made"]) == ("broke", 0, 0)
    monkeypatch.undo()
    assert counts(go(news)) == {"new": 3}


def test_a_batch_that_fails_as_a_whole_is_not_published(
    go: Go, news: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = partial(Limits, from_articles=1)
    monkeypatch.setattr("expectations.totals.Limits", limits)
    (news / "dull.txt").write_text("It rained. It was wet.\n", encoding="utf-8")
    report = go(news, max_no_entity_share=0.0)
    assert (report.status, report.exit_code) == ("failed", 1)
    assert report.message is not None
    assert "entities_found" in report.message
    assert rows(settings, "articles") == []


def test_inputs_that_nobody_accounts_for_fail_the_run(
    settings: Settings, news: Path, pool: Pool
) -> None:
    with opened(settings, [SourceSpec(path=str(news))], pool=pool) as run:
        with pytest.raises(RunError, match="the sums do not hold: 3 inputs were read, 0"):
            walk(run, building=lambda run: None)
        assert run.report.exit_code == 2


def test_what_breaks_is_noted_in_the_lake(settings: Settings, news: Path, pool: Pool) -> None:
    def broken(run: Run) -> None:
        raise ZeroDivisionError("what a pity")

    with (
        opened(settings, [SourceSpec(path=str(news))], pool=pool) as run,
        pytest.raises(ZeroDivisionError),
    ):
        walk(run, building=broken)
    (row,) = rows(settings, "runs")
    assert (row["status"], row["message"]) == ("broke", "ZeroDivisionError: what a pity")


def test_a_library_that_wraps_the_second_ctrl_c_does_not_make_it_a_fault(
    settings: Settings, news: Path, pool: Pool
) -> None:
    def wrapped(_: Run) -> None:
        raise RuntimeError("error calling a function: KeyboardInterrupt")

    with opened(settings, [SourceSpec(path=str(news))], pool=pool) as run:
        run.stop.set()
        run.at_once = True
        with pytest.raises(RuntimeError):
            walk(run, building=wrapped)
        assert (run.report.status, run.report.exit_code) == ("interrupted", 130)


class StopAfter(Progress):
    """Asks the run to end when a batch has been published."""

    run: Run

    def batch(self, text: str) -> None:
        self.run.stop.set()


def test_a_run_that_is_asked_to_end_keeps_what_it_published_and_goes_on_later(
    settings: Settings, news: Path, pool: Pool, go: Go, tmp_path: Path
) -> None:
    small = settings.model_copy(update={"batch_size": 1})
    listener = StopAfter()
    with opened(small, [SourceSpec(path=str(news))], pool=pool, progress=listener) as run:
        listener.run = run
        with pytest.raises(Interrupted, match="2 inputs left to build"):
            walk(run)
        assert (run.report.status, run.report.exit_code) == ("interrupted", 130)
        assert run.report.sums_hold
        assert run.report.inputs == 1
    assert counts(go(news)) == {"new": 2, "unchanged": 1}
    go(news, lake=tmp_path / "undisturbed")
    undisturbed = settings.model_copy(update={"lake": tmp_path / "undisturbed"})
    assert digests(settings) == digests(undisturbed)


def test_a_model_that_is_not_there_is_the_users_to_mend(settings: Settings, news: Path) -> None:
    chosen = settings.model_copy(update={"model": "no_such_model"})
    with (
        opened(chosen, [SourceSpec(path=str(news))]) as run,
        pytest.raises(UsageError, match="no_such_model"),
    ):
        walk(run)


def test_bad_data_is_told_from_a_program_that_broke() -> None:
    assert (BadDataError.status, RunError.status) == ("failed", "broke")


def test_a_source_that_has_been_silent_for_a_day_is_seen_though_nothing_is_new(
    go: Go, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = go(news)
    assert first.unwell == []
    two_days_on = now() + dt.timedelta(days=2)
    monkeypatch.setattr(pipeline, "now", lambda: two_days_on)
    second = go(news)
    assert counts(second) == {"unchanged": 3}
    [silent] = second.unwell
    assert (silent["state"], silent["source"]) == ("silent", "news")
    assert told_health(silent).startswith("news gave nothing new since ")
    assert second.page is not None
    page = second.page.read_text(encoding="utf-8")
    section = page.split("<h2>Sources</h2>")[1].split("</section>")[0]
    assert "silent" in section
