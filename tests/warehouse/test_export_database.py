"""Exports in one file: what DuckDB and SQLite themselves find in them."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

import warehouse
from tests.warehouse.stories import batch_of, raw_rows
from warehouse.errors import LakeError, TargetError
from warehouse.export import FILES, export
from warehouse.lake import Lake, Publication
from warehouse.release import VERSION
from warehouse.tables import FIGURES, TABLES, TABLES_BY_NAME
from warehouse.views import REFERENCE_VIEWS, VIEWS

Python = Callable[..., subprocess.Popen[str]]

INNER = ("raw_articles", "fingerprints", "bands")
ZONES = ("abbreviation", "usual", "in_text", "offset")


@pytest.fixture(scope="module")
def told(empty_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(empty_lake, tmp_path_factory.mktemp("told") / "lake"))
    with Lake.open(folder) as lake:
        lake.publish_reference([("zones", ZONES, [("CET", "yes", "yes", "+01:00")])])
        lake.add_raws(raw_rows(range(12)), "run-1")
        batch = batch_of(range(12))
        figures = batch["figures"].to_pylist()
        for figure in figures:
            figure.update(category="troops", modality="actual", place=f"Place {figure['value']}")
        lake.publish(Publication(insert={**batch, "figures": FIGURES.arrow(figures)}), "run-1")
    return folder


@pytest.fixture(scope="module")
def file(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of the lake, under the name that is hardest: that of the lake's own catalog."""
    return export(told, tmp_path_factory.mktemp("out") / "lake.duckdb", form="duckdb").path


@pytest.fixture
def opened(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(file, read_only=True) as connection:
        yield connection


def rows(connection: duckdb.DuckDBPyConnection, question: str) -> list[tuple[Any, ...]]:
    return sorted(connection.execute(question).fetchall(), key=repr)


def test_plain_duckdb_finds_every_table_and_view(
    told: Path, opened: duckdb.DuckDBPyConnection
) -> None:
    tables = [t for t in TABLES if t.name not in INNER]
    with warehouse.connect(told) as lake:
        for name in (*(t.name for t in tables), *(v.name for v in VIEWS), REFERENCE_VIEWS[0].name):
            question = f"FROM {name}"
            assert rows(opened, question) == rows(lake, question), name
        assert rows(opened, "FROM latest_troop_counts")
    found = opened.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    assert {name for (name,) in found} == {*(v.name for v in VIEWS), REFERENCE_VIEWS[0].name}
    found = opened.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    assert {name for (name,) in found} == {*(t.name for t in tables), "ref_zones", "export_info"}
    for table in tables:
        [order] = {", ".join((*table.order, *table.key))}
        plain = opened.execute(f"FROM {table.name}").fetchall()
        assert plain == opened.execute(f"FROM {table.name} ORDER BY {order}").fetchall()


def test_views_ask_the_tables_of_their_own_file(file: Path, tmp_path: Path) -> None:
    for name in ("main", "figures"):
        shutil.copy(file, tmp_path / f"{name}.duckdb")
        with duckdb.connect() as other:
            other.execute("CREATE TABLE figures (nothing INTEGER)")
            other.execute(f"ATTACH '{tmp_path / name}.duckdb' AS lake (READ_ONLY)")
            for view in VIEWS:
                assert [
                    c[0] for c in other.execute(f"FROM lake.{view.name}").description or ()
                ] == [*view.columns]
        with duckdb.connect(tmp_path / f"{name}.duckdb", read_only=True) as alone:
            assert alone.execute("FROM figure_details").fetchone()


def test_tables_views_and_columns_are_explained(opened: duckdb.DuckDBPyConnection) -> None:
    said = {
        (table, column): comment
        for table, column, comment in opened.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
    }
    for table in TABLES:
        for column in table.columns:
            assert table.name in INNER or said[table.name, column.name] == column.description
    for view in VIEWS:
        assert [said[view.name, column] for column in view.columns] == [*view.columns.values()]
    about = dict(
        opened.execute(
            "SELECT table_name, comment FROM duckdb_tables() UNION ALL "
            "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"
        ).fetchall()
    )
    assert about["figures"] == FIGURES.description
    assert all(about[view.name].endswith(view.description) for view in VIEWS)


@pytest.mark.parametrize("form", FILES)
def test_the_file_says_what_it_is_of(told: Path, tmp_path: Path, form: str) -> None:
    done = export(told, tmp_path / "out", names=["runs"], form=form, at="run-1")
    question = "SELECT snapshot, run, schema_version, exported_by FROM export_info"
    if form == "duckdb":
        with duckdb.connect(tmp_path / "out") as opened:
            found = opened.execute(question).fetchall()
            [(at,)] = opened.execute("SELECT committed_at FROM export_info").fetchall()
    else:
        with sqlite3.connect(tmp_path / "out") as opened_too:
            found = opened_too.execute(question).fetchall()
            [(text,)] = opened_too.execute("SELECT committed_at FROM export_info").fetchall()
            at = dt.datetime.fromisoformat(text)
    with Lake.open(told) as lake:
        version = int(lake.facts["schema_version"])
    assert found == [(done.snapshot.number, "run-1", version, f"dateline {VERSION}")]
    assert at == done.snapshot.committed_at
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("form", FILES)
def test_a_named_view_comes_without_the_tables_behind_it(
    told: Path, tmp_path: Path, form: str
) -> None:
    done = export(told, tmp_path / "out", names=["figure_details"], form=form)
    assert [(t.table, t.rows) for t in done.tables] == [("figure_details", 12)]
    made = (
        duckdb.connect(tmp_path / "out") if form == "duckdb" else sqlite3.connect(tmp_path / "out")
    )
    assert made.execute("SELECT count(*) FROM figure_details").fetchall() == [(12,)]
    with pytest.raises((duckdb.Error, sqlite3.Error)):
        made.execute("SELECT * FROM articles")
    made.close()


def test_an_old_snapshot_has_the_views_that_it_can_have(told: Path, tmp_path: Path) -> None:
    with Lake.open(told) as lake:
        first = min(s.number for s in lake.history(100) if s.run == "run-1")
    done = export(told, tmp_path / "old.duckdb", form="duckdb", at=first)
    assert {t.rows for t in done.tables if t.table == "articles"} == {0}
    with duckdb.connect(done.path) as opened:
        for view in VIEWS:
            opened.execute(f"FROM {view.name}")


def test_sqlite_holds_the_rows_with_keys_and_references(told: Path, tmp_path: Path) -> None:
    done = export(told, tmp_path / "a.sqlite", form="sqlite", views=True)
    names = [t.table for t in done.tables]
    assert {view.name for view in VIEWS} < set(names)
    with sqlite3.connect(done.path) as opened:
        opened.row_factory = sqlite3.Row
        for table in done.tables:
            [(count,)] = opened.execute(f'SELECT count(*) FROM "{table.table}"').fetchall()
            assert count == table.rows
        stored = warehouse.query(
            "FROM articles ORDER BY published_date, article_id", path=told
        ).to_pylist()
        for made, kept in zip(opened.execute("SELECT * FROM articles"), stored, strict=True):
            assert json.loads(made["authors"]) == kept["authors"]
            assert made["published_date"] == kept["published_date"].isoformat()
            assert dt.datetime.fromisoformat(made["published_at"]) == kept["published_at"]
            assert made["text"] == kept["text"]
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        of_figures = {
            (row["from"], row["table"], row["to"])
            for row in opened.execute("PRAGMA foreign_key_list(figures)")
        }
        assert ("article_id", "articles", "article_id") in of_figures
        keys = [r["name"] for r in opened.execute("PRAGMA table_info(entities)") if r["pk"]]
        assert set(keys) == set(TABLES_BY_NAME["entities"].key)
        meanings = opened.execute(
            "SELECT column_name, meaning FROM export_columns WHERE table_name = 'figures'"
        ).fetchall()
        assert dict(meanings) == {column.name: column.description for column in FIGURES.columns}
        opened.execute("SELECT date(published_at, '+1 day') FROM articles").fetchall()
    again = export(told, tmp_path / "b.sqlite", form="sqlite", views=True)
    assert again.path.read_bytes() == done.path.read_bytes()


def test_two_rows_of_one_key_are_told(empty_lake: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(empty_lake, tmp_path / "lake"))
    with Lake.open(folder) as lake:
        for run in ("run-1", "run-2"):
            lake.publish(Publication(insert=batch_of(range(1))), run)
    with pytest.raises(LakeError, match=r"inputs could not be exported.*UNIQUE"):
        export(folder, tmp_path / "out.sqlite", form="sqlite")
    assert [entry.name for entry in tmp_path.iterdir()] == ["lake"]


#: Stops before the file appears.
EXPORTER = """
import sys
from warehouse.export import export
from warehouse.exporting import made
def wait(*_):
    print("nearly", flush=True)
    sys.stdin.readline()
made.settled = wait
export(sys.argv[1], sys.argv[2], names=["dates"], form=sys.argv[3])
"""

#: Finds the disk full after so many bytes.
CRAMPED = """
import resource, sys
from warehouse.errors import LakeError
from warehouse.export import export
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    export(sys.argv[1], sys.argv[2], form=sys.argv[3])
except LakeError as error:
    print(error)
"""


@pytest.mark.parametrize("form", FILES)
def test_what_a_killed_export_left_is_replaced(
    told: Path, tmp_path: Path, python: Python, form: str
) -> None:
    target = tmp_path / "new" / "out"
    other = python(EXPORTER, told, target, form)
    assert other.stdout is not None
    assert other.stdout.readline() == "nearly\n"
    with pytest.raises(TargetError, match="another export is writing"):
        export(told, target, form=form)
    other.kill()
    other.wait()
    assert not target.exists()
    export(told, target, names=["dates"], form=form)
    assert [path.name for path in target.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("form", FILES)
def test_a_full_disk_is_said_and_nothing_is_left(
    told: Path, tmp_path: Path, python: Python, form: str
) -> None:
    said, errors = python(CRAMPED, told, tmp_path / "out", form).communicate()
    assert "could not be exported, and nothing of the export was kept" in said, errors
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", FILES)
def test_an_interrupted_export_leaves_nothing(
    told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("warehouse.exporting.duckdb_file.DuckDBFile.write_facts", interrupt)
    monkeypatch.setattr("warehouse.exporting.sqlite_file.SQLiteFile.write_facts", interrupt)
    with pytest.raises(KeyboardInterrupt):
        export(told, tmp_path / "out", names=["dates"], form=form)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", FILES)
def test_only_a_new_file_is_written(told: Path, tmp_path: Path, form: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine")
    for target, message in (
        (tmp_path / "folder", "is a folder: name a file"),
        (tmp_path / "file", "exists: name another file, or remove this one"),
        (tmp_path / "file" / "below", "cannot be written"),
        (told / "out", "the lake's own folder"),
    ):
        with pytest.raises(TargetError, match=message):
            export(told, target, form=form)
    assert (tmp_path / "file").read_text() == "mine"
    assert {path.name for path in tmp_path.rglob("*")} == {"folder", "file"}
