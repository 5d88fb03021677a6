"""check, asked of a lake as a whole: ten faults are named, and nothing where there is none."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.pipeline import run_plainly
from flows.pool import Pool
from flows.settings import SourceSpec, load_settings
from tests.flows import whole_lake
from tests.flows.small_lake import ask
from tests.flows.whole_lake import AFTER, BEFORE, articles, execute, write

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("empty_folder")]


def run(lake: Path, source: Path, pool: Pool) -> None:
    report = run_plainly(load_settings(lake=lake), [SourceSpec(path=str(source))], pool=pool)
    assert report.status == "done", report.message


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("whole")


@pytest.fixture(scope="module")
def first(folder: Path, pool: Pool) -> Path:
    """A lake after its first run: what a second one can spoil."""
    run(folder / "first", write(folder / "in1", articles(0, BEFORE)), pool)
    return folder / "first"


@pytest.fixture(scope="module")
def sound(folder: Path, first: Path, pool: Pool) -> Path:
    """The lake after a second run that is as the first was."""
    lake = Path(shutil.copytree(first, folder / "sound"))
    run(lake, write(folder / "in2", articles(BEFORE, AFTER)), pool)
    return lake


def a_day_late(records: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """As if ridge had given nothing any more, and harbour's pages the day after publication."""
    for record in records:
        if record["source"] == "harbour":
            at = dt.datetime.fromisoformat(record["published_at"]) + dt.timedelta(days=1)
            yield {**record, "published_at": at.isoformat()}
        elif record["source"] != "ridge":
            yield record


@pytest.fixture(scope="module")
def spoilt(folder: Path, first: Path, pool: Pool) -> Path:
    """The lake after a second run of which one source was silent and another a day off."""
    lake = Path(shutil.copytree(first, folder / "spoilt"))
    run(lake, write(folder / "in3", a_day_late(articles(BEFORE, AFTER))), pool)
    return lake


def lines(printed: str, outcome: str) -> list[str]:
    return [line for line in printed.splitlines() if line.startswith(outcome)]


def test_a_sound_lake_passes_with_all_its_rows(sound: Path) -> None:
    result = ask(sound, "check", "--baseline", "last-good")
    assert result.exit_code == 0, result.output
    assert "270 articles, " in result.stdout
    assert lines(result.stdout, "failed") == lines(result.stdout, "warned") == []
    assert "As a whole, against run " in result.stdout
    assert "all passed" in result.stdout


def named(printed: str, outcome: str = "failed") -> set[str]:
    """The expectations that ended so."""
    return {line.split()[1] for line in lines(printed, outcome)}


@pytest.mark.parametrize(
    ("damage", "baseline", "failed", "line"),
    [
        (
            (whole_lake.doubled_batch,),
            False,
            {"keys_unique", "one_original"},
            "keys_unique  figures:",
        ),
        (
            (whole_lake.doubled_under_other_names,),
            False,
            {"one_original", "references", "stories_compared"},
            "one_original  articles.text_id:",
        ),
        (
            (whole_lake.orphans,),
            False,
            {"references"},
            "references  figures.article_id of articles:",
        ),
        (
            (whole_lake.fell_silent,),
            True,
            {"rows_an_article"},
            "rows_an_article  figures of harbour:",
        ),
        (
            (whole_lake.persons_as_places, whole_lake.in_the_future, whole_lake.denominators),
            False,
            {"persons_as_places", "published_by_fetch", "denominators"},
            "denominators  figures:",
        ),
        (
            (whole_lake.half_empty, whole_lake.drifted_mean),
            True,
            {"nulls", "mean_value"},
            "mean_value  figures.value of ridge/people:",
        ),
    ],
    ids=lambda value: value[0].__name__ if isinstance(value, tuple) else None,
)
def test_planted_faults_are_named_and_nothing_else(
    damage: tuple[Callable[[Path], None], ...],
    baseline: bool,
    failed: set[str],
    line: str,
    sound: Path,
    tmp_path: Path,
) -> None:
    lake = Path(shutil.copytree(sound, tmp_path / "lake"))
    for plant in damage:
        plant(lake)
    against = ["--baseline", "last-good"] if baseline else []
    result = ask(lake, "check", "--no-rows", *against)
    assert result.exit_code == 1, result.output
    assert named(result.stdout) == failed
    found = [one for one in lines(result.stdout, "failed") if line in one]
    assert found
    assert all((" -> " in one) is baseline for one in found)
    for expectation in failed:
        told = result.stdout.split(f"\n{expectation}: ")[1].splitlines()
        assert len(told[0]) > 40, "what to do"
        assert told[1].startswith("  "), "examples with their sentences"
        assert len(told[1]) > 60


def test_a_silent_source_and_a_clock_that_is_a_day_off_are_named(spoilt: Path) -> None:
    result = ask(spoilt, "check", "--no-rows", "--baseline", "last-good")
    assert result.exit_code == 1, result.output
    failed = lines(result.stdout, "failed")
    (silent,) = [line for line in failed if "silent  articles.published_date of ridge:" in line]
    assert "6 a day -> 0 articles in the 6 days up to 2025-03-18" in silent
    (clock,) = [line for line in failed if "clock  dates.surface of harbour:" in line]
    assert "publication looks a day later than it was" in clock
    assert not [line for line in failed if "valley" in line]


def test_a_missing_file_does_not_stop_the_check(sound: Path, tmp_path: Path) -> None:
    lake = Path(shutil.copytree(sound, tmp_path / "lake"))
    whole_lake.missing_file(lake)
    result = ask(lake, "check", "--report", "quality")
    assert result.exit_code == 1, result.output
    assert "there is no such file" in result.stdout
    assert "The rows were not asked one by one: not all files can be read." in result.stdout
    assert "there is no such file" in Path("quality/report.json").read_text("utf-8")


def test_a_column_that_is_missing_breaks_what_asks_for_it(sound: Path, tmp_path: Path) -> None:
    lake = Path(shutil.copytree(sound, tmp_path / "lake"))
    execute(lake, "ALTER TABLE figures DROP COLUMN place_entity_id")
    result = ask(lake, "check", "--report", "quality")
    assert result.exit_code == 2, result.output
    (line,) = [one for one in lines(result.stdout, "broke") if "references" in one]
    assert "place_entity_id" in line
    assert "This says nothing of the data" in result.stdout
    assert lines(result.stdout, "failed") == []
    assert "The rows were not asked one by one: the tables are not as they are" in result.stdout
    assert '"verdict": "broke"' in Path("quality/report.json").read_text("utf-8")
