"""check, asked of small lakes, sound and unsound."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from tests.flows.small_lake import ask, build, rows
from warehouse.lake import Lake
from warehouse.tables import Row

pytestmark = pytest.mark.usefixtures("empty_folder")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("lakes") / "lake", rows())


def test_a_sound_lake_passes_and_can_be_reported(lake: Path) -> None:
    result = ask(lake, "check", "--report", "quality")
    assert result.exit_code == 0, result.output
    assert "1 article, " in result.stdout
    assert "all passed" in result.stdout
    page = Path(result.stdout.split("report: ")[1].strip())
    assert page.is_file()


def test_a_row_that_is_wrong_fails_with_an_example(tmp_path: Path) -> None:
    made = rows()
    made["figures"][0]["surface"] = "Some 400"
    result = ask(build(tmp_path / "lake", made), "check")
    assert result.exit_code == 1
    assert "surface_is_the_text" in result.stdout
    assert "Some 400" in result.stdout


def test_a_row_that_is_doubted_changes_no_exit_code(tmp_path: Path) -> None:
    made = rows()
    day = made["figures"][0]["published_date"] + dt.timedelta(days=40)
    made["figures"][0].update(as_of_start=day, as_of_end=day, as_of_date_id=None, event_id=None)
    made["figures"][0]["modality"] = "actual"
    result = ask(build(tmp_path / "lake", made), "check")
    assert result.exit_code == 0, result.output
    assert "all passed, 1 with warnings" in result.stdout
    assert "actual_by_its_publication" in result.stdout


def test_a_row_without_its_article_fails(tmp_path: Path) -> None:
    made = rows()
    made["mentions"].append({**made["mentions"][0], "mention_id": "1" * 16, "article_id": "2" * 16})
    made["entities"].append({**made["entities"][0], "article_id": "2" * 16})
    result = ask(build(tmp_path / "lake", made), "check")
    assert result.exit_code == 1
    assert "mentions.article_id" in result.stdout


def test_a_check_that_breaks_is_2(lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import expectations.rules as written

    def broken(row: Row, batch: object) -> bool:
        raise ZeroDivisionError("a check that breaks")

    one = written.RULES[0]
    changed = dataclasses.replace(one, holds=broken)
    monkeypatch.setattr(written, "RULES", (changed, *written.RULES[1:]))
    result = ask(lake, "check")
    assert result.exit_code == 2
    assert "0 failed, 1 broke" in result.stdout
    assert "a check that breaks" in result.stdout


def test_an_empty_lake_has_nothing_to_check(tmp_path: Path) -> None:
    with Lake.open(tmp_path / "lake", create=True):
        pass
    result = ask(tmp_path / "lake", "check")
    assert result.exit_code == 0
    assert "nothing to check" in result.stdout


def test_the_size_of_a_batch_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = rows()
    for number in range(3):
        article_id = f"{number}" * 16
        made["articles"].append({**made["articles"][0], "article_id": article_id})
        mention_id = f"{number:016x}"
        entity, mention = made["entities"][0], made["mentions"][0]
        made["entities"].append({**entity, "article_id": article_id})
        made["mentions"].append({**mention, "article_id": article_id, "mention_id": mention_id})
    path = build(tmp_path / "lake", made)
    whole = ask(path, "check").stdout
    monkeypatch.setenv("DATELINE_BATCH_SIZE", "1")
    assert ask(path, "check").stdout == whole
    assert "4 articles" in whole
