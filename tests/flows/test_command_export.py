"""export, asked of a small lake."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.flows.small_lake import FIRST, ask, build, rows

pytestmark = pytest.mark.usefixtures("empty_folder")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("lakes") / "lake", rows())


def test_a_folder_of_parquet_is_the_default(lake: Path) -> None:
    done = ask(lake, "export", "out")
    assert done.exit_code == 0, done.output
    files = {file.name for file in Path("out").iterdir()}
    assert {"articles.parquet", "figures.parquet", "runs.parquet", "export.json"} <= files
    assert "raw_articles.parquet" not in files
    assert pq.read_table("out/figures.parquet").to_pylist() == rows()["figures"]
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["file", "rows", "size"]
    assert ["figures.parquet", "1"] in [line.split()[:2] for line in lines]
    assert lines[-1].endswith(f"UTC, in {Path('out').resolve()}")


def test_tables_form_and_moment_can_be_chosen(lake: Path) -> None:
    args = ("--table", "figure_details", "--table", "runs", "--format", "jsonl", "--at", FIRST)
    done = ask(lake, "export", "new/out", *args)
    assert done.exit_code == 0, done.output
    files = {file.name for file in Path("new/out").iterdir()}
    assert files == {
        *("figure_details.jsonl", "runs.jsonl"),
        *("export.json", "datapackage.json", "dictionary.md"),
    }
    figure = json.loads(Path("new/out/figure_details.jsonl").read_text(encoding="utf-8"))
    assert (figure["value"], figure["published_at"]) == (300.0, "2025-04-28T07:00:00")


def test_the_end_of_the_name_says_which_database(lake: Path) -> None:
    for name in ("news.duckdb", "news.sqlite"):
        done = ask(lake, "export", name, "--table", "figures", "--table", "latest_troop_counts")
        assert done.exit_code == 0, done.output
        lines = done.stdout.splitlines()
        assert [line.split() for line in lines if line.startswith(("figures", "latest"))] == [
            ["figures", "1"],
            ["latest_troop_counts", "1"],
        ]
        assert lines[-1].endswith(" kB")
    with duckdb.connect("news.duckdb") as opened:
        assert opened.execute("SELECT value FROM latest_troop_counts").fetchall() == [(300.0,)]
    with sqlite3.connect("news.sqlite") as opened_too:
        question = "SELECT value FROM latest_troop_counts"
        assert opened_too.execute(question).fetchall() == [(300.0,)]
    again = ask(lake, "export", "news.duckdb")
    assert again.exit_code == 64
    assert "exists: name another file, or remove this one" in again.stderr


def test_csv_is_safe_for_spreadsheets_unless_programs_ask(lake: Path) -> None:
    question = "SELECT '=1+1' AS \"@a\", -5 AS n, '-5' AS t, -5::DECIMAL(3, 1) AS d, ['=1'] AS l"
    safe = ask(lake, "sql", question, "--format", "csv")
    assert safe.stdout == """'@a,n,t,d,l\n'=1+1,-5,'-5,-5,"[""=1""]"\n"""
    broken = ask(lake, "sql", "SELECT 'a' || chr(13) || '=1+1', 2", "--format", "csv")
    assert broken.stdout_bytes.splitlines(keepends=True)[1:] == [b'"a\r', b'=1+1",2\n']
    raw = ask(lake, "sql", question, "--format", "csv", "--raw-csv")
    assert raw.stdout == """@a,n,t,d,l\n=1+1,-5,-5,-5,"[""=1""]"\n"""
    for args in (
        ("sql", question, "--raw-csv"),
        ("ask", "figure_details", "--raw-csv"),
        ("export", "out", "--raw-csv"),
    ):
        refused = ask(lake, *args)
        assert refused.exit_code == 64
        assert "--raw-csv is for --format csv" in refused.stderr


def test_what_cannot_be_is_refused_and_says_what_to_do(lake: Path) -> None:
    Path("full").mkdir()
    Path("full/mine.txt").touch()
    for args, message in (
        (("full",), "is not empty: name a folder that does not exist, or empty this one"),
        (("out", "--table", "figure"), "there is no table or view figure; there are raw_articles"),
        (("out", "--at", "20260101T000000Z-cccc"), "the latest runs are"),
        (("out", "--format", "xlsx"), "is not one of"),
        ((), "Missing argument 'DIR|FILE'"),
    ):
        refused = ask(lake, "export", *args)
        assert refused.exit_code == 64, refused.output
        assert message in refused.stderr
    assert ask(Path("none"), "export", "out").exit_code == 64
    assert not Path("out").exists()


def test_what_cannot_be_written_is_broken(lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("warehouse.exporting.made.settled", full)
    broken = ask(lake, "export", "out")
    assert broken.exit_code == 2
    assert broken.stderr.startswith("Error: inputs could not be exported")
    assert "No space left on device" in broken.stderr
    assert not list(Path().iterdir())


def test_ctrl_c_in_a_query_is_no_failure(lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr("warehouse.exporting.made.settled", stopped)
    assert ask(lake, "export", "out").exit_code == 130
    assert not list(Path().iterdir())
