"""The report says what a run's quality rows say, and needs nothing from outside."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from expectations.check import Checked
from expectations.report import write_report
from expectations.summary import Summary, summarise
from expectations.totals import Limits
from warehouse.tables import RUNS, Row

Story = dict[str, list[Row]]
RUN = "20260309T120000Z-ab12"


class Elements(HTMLParser):
    """Which elements a page has, which addresses it names, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.addresses: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.addresses += [v for k, v in attrs if k in ("href", "src", "action") and v]

    def handle_data(self, data: str) -> None:
        self.text += data


def run_row(run_id: str = RUN, **values: Any) -> Row:
    counts = {"new": 2, "revised": 0, "unchanged": 0, "duplicates": 0, "rejects": 1}
    row = {
        "command": "run",
        "status": "done",
        "started_at": dt.datetime(2026, 3, 9, 12),
        "ended_at": dt.datetime(2026, 3, 9, 13),
        "inputs": 3,
        **counts,
        "rows_made": 20,
        "rows_published": 18,
        "rows_quarantined": 2,
        "batches": 1,
        "versions": "{}",
        "parameters": "{}",
        **values,
    }
    return RUNS.row(run_id=run_id, **row)


@pytest.fixture
def checked(
    story: Callable[..., Story], joined: Callable[..., Story], check: Callable[..., Checked]
) -> Checked:
    rows = joined(story(0), story(1))
    rows["mentions"][1]["surface"] = "<b>Maja & Co"
    rows["figures"][1]["value"] = 1.0
    return check(rows, run_id=RUN)


def test_the_report_is_a_page_its_data_and_data_docs(checked: Checked, tmp_path: Path) -> None:
    page = write_report(checked.quality, checked.quarantine, tmp_path / "report")
    assert page == tmp_path / "report" / "index.html"
    names = {str(p.relative_to(page.parent)) for p in page.parent.rglob("*") if p.is_file()}
    tables = ("articles", "entities", "mentions", "dates", "claims", "events", "figures")
    assert names == {
        "index.html",
        "report.json",
        "summary.md",
        "junit.xml",
        "data_docs/index.html",
        *(f"data_docs/{table}.html" for table in tables),
    }


def test_no_page_names_an_address_or_runs_a_script(checked: Checked, tmp_path: Path) -> None:
    write_report(checked.quality, checked.quarantine, tmp_path, runs=[run_row()])
    for page in tmp_path.rglob("*.html"):
        source = page.read_text()
        elements = Elements(source)
        assert elements.names.isdisjoint({"script", "link", "img", "iframe"}), page
        assert not re.search(r"https?:|//[a-z]|url\(|@import", source), page
        for address in elements.addresses:
            target = page.parent / address
            assert target.is_file(), f"{page} links to {address}"


def test_the_page_shows_what_was_kept_back_with_its_sentence(
    checked: Checked, story: Callable[..., Story], tmp_path: Path
) -> None:
    article = story(0)["articles"][0]
    page = write_report(
        checked.quality,
        checked.quarantine,
        tmp_path,
        texts={article["article_id"]: article["text"]},
        data_docs=False,
    )
    source = page.read_text()
    assert "Passed, with rows in quarantine" in source
    assert "&lt;b&gt;Maja &amp; Co" in source
    assert "near Tolmin on Friday, <mark>Maja Kovač</mark> said." in source
    assert "Tolmin is to count <mark>between 20 and 30</mark> collapsed bridges" in source
    assert "prefers-color-scheme" in source
    assert 'name="viewport"' in source


def test_the_page_shows_both_sums_tables_and_history(checked: Checked, tmp_path: Path) -> None:
    runs = [run_row(f"202603{day:02}T120000Z-aaaa") for day in range(1, 9)] + [run_row()]
    page = write_report(
        checked.quality, checked.quarantine, tmp_path, runs=runs, tables={"figures": 1234}
    )
    text = re.sub(r"\s+", " ", Elements(page.read_text()).text)
    assert "3 inputs = 2 new + 0 revised + 0 unchanged + 0 duplicates + 1 rejects" in text
    assert "20 rows made = 18 published + 2 quarantined" in text
    assert "1,234" in text
    assert text.count("T120000Z-aaaa") == 8
    wrong = write_report(
        checked.quality, checked.quarantine, tmp_path, runs=[run_row(rows_published=1)]
    )
    assert "20 rows made ≠ 1 published" in re.sub(r"\s+", " ", Elements(wrong.read_text()).text)


def test_the_data_is_for_programs(checked: Checked, tmp_path: Path) -> None:
    write_report(checked.quality, checked.quarantine, tmp_path, runs=[run_row()], data_docs=False)
    data = json.loads((tmp_path / "report.json").read_text())
    assert data["run_id"] == RUN
    assert data["verdict"] == "quarantined"
    assert data["quarantined"] == {"figures": 1, "mentions": 1}
    assert data["expectations"]["broke"] == 0
    assert [one["holds"] for one in data["sums"]] == [True, True]
    assert data["history"][0]["started_at"] == "2026-03-09T12:00:00Z"
    (finding,) = (f for f in data["findings"] if f["expectation"] == "value_between_its_ends")
    assert finding["outcome"] == "failed"
    assert finding["description"].startswith("value_low <= value")


def verdict(checked: Checked) -> str:
    return summarise(checked.quality, checked.quarantine).verdict


def test_the_verdict_is_the_worst_outcome(
    story: Callable[..., Story], check: Callable[..., Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verdict(check(story())) == "passed"
    rows = story()
    rows["figures"][1]["value"] = 1.0
    assert verdict(check(rows)) == "quarantined"
    strict = Limits(from_articles=1)
    assert verdict(check(rows, limits=strict)) == "failed"
    monkeypatch.setattr("expectations.gx._definition", lambda name: None)
    assert verdict(check(rows, limits=strict)) == "broke"


def test_batches_are_told_as_one(
    story: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    first = story(0)
    first["figures"][1]["value"] = 1.0
    one = check(first)
    two = check(story(1), one.totals, batch_no=2)
    summary = summarise([*two.quality, *one.quality], one.quarantine)
    (finding,) = (f for f in summary.findings if f.expectation == "value_between_its_ends")
    assert (finding.outcome, finding.checked, finding.failed) == ("failed", 4, 1)
    assert len(summary.findings) == len(one.quality)
    (share,) = (f for f in summary.findings if (f.table, f.expectation) == ("figures", "rows_pass"))
    assert share.observed == "0.25"


def test_only_the_latest_run_is_told(checked: Checked) -> None:
    older = [{**row, "run_id": "20200101T000000Z-0000"} for row in checked.quality]
    summary: Summary = summarise([*checked.quality, *older], checked.quarantine)
    assert summary.run_id == RUN
    assert len(summary.findings) == len(checked.quality)


def test_the_report_does_not_grow(checked: Checked, tmp_path: Path) -> None:
    (row, *_) = checked.quarantine
    many = [{**row, "row_id": f"{n:016x}"} for n in range(5000)]
    page = write_report(
        checked.quality, many, tmp_path, runs=[run_row(f"{n:06}") for n in range(900)]
    )
    assert page.stat().st_size < 300_000
    assert "5,000 rows in quarantine" in page.read_text()
    again = {p.name: p.stat().st_size for p in tmp_path.rglob("*.html")}
    write_report(checked.quality, checked.quarantine, tmp_path)
    assert {p.name for p in tmp_path.rglob("*.html")} == set(again)


def test_nothing_checked_is_still_a_page(tmp_path: Path) -> None:
    page = write_report([], [], tmp_path)
    assert "0 expectations" in page.read_text()
