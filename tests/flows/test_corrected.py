"""Corrections on a real lake: applied, kept, told of when they are no longer needed, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from flows.corrected import told
from flows.pipeline import run_plainly, walk
from flows.pool import Pool
from flows.report import RunReport
from flows.run_state import REBUILD, opened
from flows.settings import Settings, SourceSpec
from tests.flows.conftest import FERRY
from tests.flows.small_lake import ask
from warehouse.address import Address
from warehouse.lake import Lake, Publication
from warehouse.tables import CORRECTIONS, Row

pytestmark = pytest.mark.usefixtures("no_data_docs")

Go = Callable[..., RunReport]

#: Read with the day first where nothing is known of the source.
MARCH = FERRY.replace("2025/03/04 09:00", "03/04/2025 09:00").replace(", March 4", "")


@pytest.fixture
def corrections(tmp_path: Path) -> Path:
    return tmp_path / "corrections.csv"


@pytest.fixture
def go(news: Path, settings: Settings, pool: Pool, corrections: Path) -> Go:
    """A run over the folder of news, or a rebuild; ``source`` is what is known of it."""
    (news / "a.txt").write_text(MARCH, encoding="utf-8")

    def walked(
        command: str = "run", source: dict[str, Any] | None = None, **more: Any
    ) -> RunReport:
        spec = SourceSpec(path=str(news), **(source or {}))
        named = {"corrections": corrections} if corrections.exists() else {}
        chosen = settings.model_copy(update={"sources": (spec,), **named, **more})
        if command == "run":
            return run_plainly(chosen, [spec], pool=pool)
        with opened(chosen, (), command=command, pool=pool) as run:
            walk(run)
            return run.report

    return walked


def write(path: Path, *lines: Sequence[str]) -> None:
    rows = [",".join((*line, "it says so,kim,2025-04-30")) for line in lines]
    path.write_text("\n".join(("table,id,column,value,why,by,on", *rows, "")), encoding="utf-8")


def rows(settings: Settings, table: str, where: str = "true") -> list[Row]:
    with Lake.open(settings.lake) as lake:
        found: list[Row] = lake.query(f"FROM lake.{table} WHERE {where} ORDER BY ALL").to_pylist()
    return found


def digests(settings: Settings) -> dict[str, str]:
    with Lake.open(settings.lake) as lake:
        return lake.digests()


def drowned(settings: Settings) -> Row:
    (row,) = rows(settings, "figures", "surface = 'At least 14'")
    return row


def statuses(report: RunReport) -> dict[tuple[str, str], str]:
    return {(row["table_name"], row["column_name"]): row["status"] for row in report.corrections}


def test_a_correction_is_applied_kept_and_taken_back(
    go: Go, settings: Settings, corrections: Path, tmp_path: Path
) -> None:
    go()
    as_read, first = drowned(settings), digests(settings)
    write(corrections, ("figures", as_read["figure_id"], "place", "Lissa island"))
    waiting = go()
    assert waiting.nothing_new
    assert waiting.out_of_date == 1
    assert statuses(waiting) == {("figures", "place"): "waiting"}
    assert drowned(settings) == as_read

    applied = go(REBUILD)
    assert (applied.counts["revised"], applied.counts["unchanged"]) == (1, 2)
    changed = {(one["table_name"], one["column_name"]) for one in applied.changes}
    assert changed == {("figures", "place"), ("figures", "rule")}
    rule = as_read["rule"] + "+corrected_place"
    assert drowned(settings) == {**as_read, "place": "Lissa island", "rule": rule}
    (row,) = rows(settings, "corrections")
    assert (row["status"], row["value_read"], row["article_id"]) == (
        "applied", as_read["place"], as_read["article_id"],
    )  # fmt: skip
    assert applied.out_of_date == 0

    # every input is read again, and a lake that is made anew is the same
    zone = {"zone": "Europe/Oslo"}
    assert go(REBUILD, zone).counts["revised"] == 3
    kept = drowned(settings)
    assert kept["place"] == "Lissa island"
    go(source=zone, lake=tmp_path / "fresh", batch_size=1)
    assert digests(settings.model_copy(update={"lake": tmp_path / "fresh"})) == digests(settings)

    go(REBUILD)
    write(corrections)
    assert statuses(go()) == {("figures", "place"): "withdrawn"}
    assert go(REBUILD).counts["revised"] == 1
    assert digests(settings) == first


def test_a_correction_of_an_article_is_read_by_and_becomes_obsolete(
    go: Go, settings: Settings, corrections: Path
) -> None:
    go()
    article = drowned(settings)["article_id"]
    assert drowned(settings)["as_of_start"] == dt.date(2025, 3, 31)
    write(corrections, ("articles", article, "published_date", "2025-03-04"))
    applied = go(REBUILD)
    assert statuses(applied) == {("articles", "published_date"): "applied"}
    assert drowned(settings)["as_of_start"] == dt.date(2025, 3, 3)
    (row,) = rows(settings, "articles", f"article_id = '{article}'")
    assert row["published_at"] == dt.datetime(2025, 3, 4, 9)

    # the reader learns that this source writes the month first
    known = {"country": "USA"}
    obsolete = go(REBUILD, known)
    assert statuses(obsolete) == {("articles", "published_date"): "obsolete"}
    counted, named = told(obsolete.corrections)
    assert counted == "1 correction: 1 obsolete"
    assert named.startswith("1 correction is obsolete: the readers give the right value themselves")
    assert named.endswith(f": articles {article} published_date")
    before = digests(settings)
    write(corrections)
    taken_out = go(source=known)
    assert (taken_out.out_of_date, taken_out.corrections) == (0, [])
    assert go(REBUILD, known).nothing_new
    assert {**digests(settings), "corrections": ""} == {**before, "corrections": ""}


def test_a_row_that_breaks_a_check_when_corrected_is_quarantined(
    go: Go, settings: Settings, corrections: Path
) -> None:
    go()
    figure = drowned(settings)
    key = figure["figure_id"]
    write(corrections, ("figures", key, "value", "15"))
    report = go(REBUILD)
    assert report.rows_quarantined == 1
    assert statuses(report) == {("figures", "value"): "quarantined"}
    assert rows(settings, "figures", f"figure_id = '{key}'") == []
    kept = rows(settings, "quarantine")
    assert {row["row_id"] for row in kept} == {key}
    assert go(REBUILD).nothing_new

    write(corrections, ("figures", key, "value", "15"), ("figures", key, "value_low", "15"))
    assert set(statuses(go(REBUILD)).values()) == {"applied"}
    assert drowned(settings)["value"] == 15
    assert rows(settings, "quarantine") == []


def test_a_new_article_is_corrected_when_it_comes(
    go: Go, settings: Settings, corrections: Path, tmp_path: Path
) -> None:
    write(
        corrections,
        ("articles", "0" * 16, "title", "No such article"),
        ("figures", "1" * 16, "place", "Nowhere"),
    )
    elsewhere = settings.model_copy(update={"lake": tmp_path / "elsewhere"})
    report = go(lake=elsewhere.lake)
    assert set(statuses(report).values()) == {"unmatched"}
    assert report.out_of_date == 0
    figure = drowned(elsewhere)

    write(corrections, ("figures", figure["figure_id"], "place", "Lissa island"))
    assert set(statuses(go()).values()) == {"applied"}
    assert drowned(settings)["place"] == "Lissa island"


def test_without_a_file_the_lake_keeps_what_it_holds(
    go: Go, settings: Settings, corrections: Path
) -> None:
    go()
    figure = drowned(settings)
    write(
        corrections,
        ("figures", figure["figure_id"], "place", "Lissa island"),
        ("figures", "1" * 16, "place", "Nowhere"),
    )
    go(REBUILD)
    before = digests(settings)
    corrections.unlink()
    assert go().out_of_date == 0
    assert go(REBUILD, {"zone": "Europe/Oslo"}).counts["revised"] == 3
    assert drowned(settings)["place"] == "Lissa island"
    go(REBUILD)
    assert digests(settings) == before


def test_a_duplicate_keeps_what_is_corrected_of_it_alone(
    go: Go, settings: Settings, corrections: Path, news: Path
) -> None:
    """An earlier publication of the story comes, and goes behind when its date is corrected."""
    go()
    figure = drowned(settings)
    article = figure["article_id"]
    write(
        corrections,
        ("articles", article, "title", "Ferry sinks"),
        ("figures", figure["figure_id"], "place", "Lissa island"),
    )
    assert set(statuses(go(REBUILD)).values()) == {"applied"}
    (news / "copy.txt").write_text(MARCH.replace("03/04/2025", "2025/01/01"), encoding="utf-8")
    assert statuses(go()) == {("articles", "title"): "applied", ("figures", "place"): "unmatched"}
    (row,) = rows(settings, "articles", f"article_id = '{article}'")
    copy = row["duplicate_of"]
    assert row["title"] == "Ferry sinks"
    assert copy is not None

    write(
        corrections,
        ("articles", article, "title", "Ferry sinks"),
        ("articles", copy, "published_date", "2025-06-01"),
        ("figures", figure["figure_id"], "place", "Lissa island"),
    )
    assert set(statuses(go(REBUILD)).values()) == {"applied"}
    assert drowned(settings)["place"] == "Lissa island"
    before = digests(settings)
    fresh = settings.model_copy(update={"lake": Address(settings.lake.home.parent / "fresh")})
    go(lake=fresh.lake, batch_size=1)
    assert digests(fresh) == before


def test_a_changed_value_and_a_changed_reason(
    go: Go, settings: Settings, corrections: Path
) -> None:
    go()
    key = drowned(settings)["figure_id"]
    write(corrections, ("figures", key, "place", "Lissa island"))
    go(REBUILD)
    text = corrections.read_text(encoding="utf-8")
    corrections.write_text(text.replace("kim", "lee"), encoding="utf-8")
    report = go()
    assert report.out_of_date == 0
    assert rows(settings, "corrections")[0]["corrected_by"] == "lee"
    write(corrections, ("figures", key, "place", "Off Lissa"))
    changed = go()
    assert (changed.out_of_date, statuses(changed)) == (1, {("figures", "place"): "waiting"})
    go(REBUILD)
    assert drowned(settings)["place"] == "Off Lissa"


def held(status: str, **changes: Any) -> Row:
    made = {
        "table_name": "figures",
        "row_id": "f" * 16,
        "column_name": "place",
        "article_id": "a" * 16,
        "value": "Riga",
        "status": status,
        "why": "it says so",
        "corrected_by": "kim",
        "corrected_on": dt.date(2025, 4, 30),
    }
    return CORRECTIONS.row(**{**made, **changes})


def lake_with(folder: Path, *some: Row) -> Path:
    with Lake.open(folder, create=True) as lake:
        lake.publish(Publication(insert={"corrections": CORRECTIONS.arrow(some)}), "run")
    return folder


def test_check_names_those_that_somebody_has_to_look_at(tmp_path: Path) -> None:
    unmatched = [held("unmatched", row_id=f"{n:016x}", article_id=None) for n in range(25)]
    lake = lake_with(
        tmp_path / "lake", held("applied"), held("obsolete", column_name="per"), *unmatched
    )
    result = ask(lake, "check")
    assert result.exit_code == 0, result.output
    assert "27 corrections: 1 applied, 1 obsolete, 25 unmatched\n" in result.stdout
    assert "1 correction is obsolete: the readers give the right value themselves" in result.stdout
    assert f"figures {'f' * 16} per\n" in result.stdout
    assert "25 corrections are unmatched: there is no such row; take them out" in result.stdout
    assert result.stdout.rstrip().endswith("and 5 more")


def test_what_the_lake_holds_and_cannot_be_applied_is_refused(tmp_path: Path) -> None:
    lake = lake_with(tmp_path / "lake", held("applied", column_name="category", value="ferries"))
    result = ask(lake, "rebuild", "--dry-run")
    assert result.exit_code == 64
    assert "figures ffffffffffffffff category that cannot be applied any more" in result.output
