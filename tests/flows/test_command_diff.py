"""``dateline diff``: what runs, revisions, rebuilds and forgetting change, and upkeep does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows.command.diff import apart
from flows.forgetting import forget
from flows.pipeline import run_plainly, walk
from flows.pool import Pool
from flows.run_state import REBUILD, opened
from flows.settings import Settings, SourceSpec
from tests.flows.small_lake import FIRST, ask, build, rows
from warehouse.lake import Lake

pytestmark = pytest.mark.usefixtures("no_data_docs")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("lakes") / "lake", rows())


@pytest.fixture(scope="module")
def printed(small: Path) -> str:
    """What is printed of all that came into the small lake."""
    result = ask(small, "diff", "1")
    assert result.exit_code == 0, result.output
    return result.stdout


def told(lake: Path, *args: str) -> dict[str, Any]:
    result = ask(lake, "diff", *args, "--format", "json")
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def changes(lake: Path, *args: str) -> dict[str, tuple[int, int, int]]:
    return {
        one["table"]: (one["added"], one["removed"], one["changed"])
        for one in told(lake, *args)["tables"]
    }


@pytest.mark.long
def test_runs_revisions_rebuilds_and_forgetting(settings: Settings, news: Path, pool: Pool) -> None:
    lake, sources = settings.lake.home, [SourceSpec(path=str(news))]
    first = run_plainly(settings, sources, pool=pool)
    came = changes(lake, "--run", "last")
    assert came["articles"] == (3, 0, 0)
    assert came["figures"][0] > 5
    assert came["runs"] == (1, 0, 0)

    # a revision: its article changes, a figure goes and another comes
    text = (news / "a.txt").read_text("utf-8")
    (news / "a.txt").write_text(text.replace("63 passengers", "64 passengers"), "utf-8")
    second = run_plainly(settings, sources, pool=pool)
    of_run = told(lake, first.run_id, second.run_id)
    assert of_run["before"]["run"] == first.run_id
    by_table = {one["table"]: one for one in of_run["tables"]}
    assert by_table["articles"]["changed"] == 1
    columns = {one["column"]: one for one in by_table["articles"]["columns"]}
    assert {"text", "revision", "raw_id", "text_id"} <= set(columns)
    assert not {"run_id", "ingested_at"} & set(columns)
    assert (columns["revision"]["samples"][0]["old"], columns["revision"]["samples"][0]["new"]) == (
        0,
        1,
    )
    assert [row["surface"] for row in by_table["figures"]["came"]] == ["64"]
    assert [row["surface"] for row in by_table["figures"]["went"]] == ["63"]
    shown = ask(lake, "diff", first.run_id, "--table", "articles").stdout
    assert "Rescuers pulled 63 passengers" in shown
    assert "Rescuers pulled 64 passengers" in shown

    # the same again: only what tells of the run
    run_plainly(settings, sources, pool=pool)
    assert set(changes(lake, "--run", "last")) <= {"runs", "quality", "source_reads"}

    # the same bytes mean other times in another zone
    tokyo = settings.model_copy(update={"default_zone": "Asia/Tokyo"})
    with opened(tokyo, (), command=REBUILD, pool=pool) as run:
        walk(run)
    rebuilt = told(lake, "--run", "last", "--table", "articles")
    [articles] = rebuilt["tables"]
    assert articles["changed"] == 3
    zones = {one["column"]: one for one in articles["columns"]}["published_zone"]
    assert {(s["old"], s["new"]) for s in zones["samples"]} == {("UTC", "Asia/Tokyo")}

    before = told(lake, "1")["after"]["snapshot"]
    with Lake.open(lake) as writer:
        writer.maintain()
    assert told(lake, str(before))["tables"] == []

    with Lake.open(lake) as reader:
        [article] = reader.query(
            "SELECT article_id FROM lake.articles WHERE source_uri = 'c.txt'"
        ).to_pylist()
    forget(settings, [article["article_id"]], "asked", pool=pool)
    gone = changes(lake, "1")
    assert gone["articles"] == (2, 0, 0)
    assert gone["tombstones"][0] == 1
    # the states that showed it are no more
    wrong = ask(lake, "diff", str(before))
    assert wrong.exit_code == 64
    assert f"there is no snapshot {before}" in wrong.stderr


class TestCommand:
    def test_it_says_which_states_and_how_many_rows(self, printed: str) -> None:
        lines = printed.splitlines()
        assert lines[0].startswith("A  snapshot 1, ")
        assert lines[0].endswith(" UTC: create the lake")
        assert lines[1].endswith(f" UTC: run {FIRST}")
        assert lines[3].split("  ")[0] == "table"
        assert any(line.split() == ["figures", "0", "1", "1", "0", "0"] for line in lines)
        assert "  + " + "f" * 16 + "  surface Some 300, counted troops" in lines
        assert any("tables are the same" in line for line in lines)

    def test_the_exit_code_tells_if_it_is_asked_to(self, small: Path, printed: str) -> None:
        came = ask(small, "diff", "1", "--exit-code")
        assert (came.exit_code, came.stdout) == (1, printed)
        same = ask(small, "diff", FIRST, "--exit-code")
        assert same.exit_code == 0
        assert "tables are the same" in same.stdout

    def test_samples_and_files(self, small: Path, tmp_path: Path) -> None:
        none = ask(small, "diff", "1", "--samples", "0").stdout
        assert "  + " not in none
        out = tmp_path / "diff.json"
        assert ask(small, "diff", "1", "--out", str(out)).stdout == ""
        assert json.loads(out.read_text("utf-8")) == told(small, "1")

    @pytest.mark.parametrize(
        ("args", "message"),
        [
            ((), "name a state A"),
            (("1", "--run", "last"), "and not both"),
            (("99",), "there is no snapshot 99"),
            (("1", "soon"), "'soon' is not a snapshot"),
            (("1", "--table", "nothing"), "there is no table nothing"),
            (("--run", "1"), "is not the name of a run"),
        ],
    )
    def test_what_is_wrong_is_64(self, small: Path, args: tuple[str, ...], message: str) -> None:
        result = ask(small, "diff", *args)
        assert result.exit_code == 64
        assert message in result.stderr


def test_long_texts_are_shown_where_they_begin_to_differ() -> None:
    assert apart("a", "b") == ("a", "b")
    old, new = apart("x" * 500 + " 63 " + "y" * 500, "x" * 500 + " 64 " + "y" * 500)
    assert old == "…" + "x" * 18 + " 63 " + "y" * 38 + "…"
    assert new == "…" + "x" * 18 + " 64 " + "y" * 38 + "…"
    assert apart("null", "z" * 100) == ("null", "z" * 60 + "…")
    assert apart("z" * 100, "z" * 99) == ("…" + "z" * 21, "…" + "z" * 20)
