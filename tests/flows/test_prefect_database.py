"""The ready-made database of a private server is what Prefect's own migrations make."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flows import prefect_database


@pytest.mark.long
def test_it_is_what_the_migrations_make(tmp_path: Path) -> None:
    made = prefect_database.migrated(tmp_path)
    assert prefect_database.shape(made) == prefect_database.shape(
        prefect_database.SCHEMA.read_text(encoding="utf-8")
    ), "the ready-made database is of another Prefect: `python -m flows.prefect_database`"


def test_it_is_put_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "prefect.part").write_bytes(b"what a killed command left")
    prefect_database.provide(tmp_path)
    with closing(sqlite3.connect(tmp_path / prefect_database.NAME)) as made:
        assert made.execute("SELECT count(*) FROM flow_run").fetchone() == (0,)
        made.execute("CREATE TABLE ours (x)")
    prefect_database.provide(tmp_path)
    with closing(sqlite3.connect(tmp_path / prefect_database.NAME)) as kept:
        assert kept.execute("SELECT count(*) FROM ours").fetchone() == (0,)
    assert [path.name for path in tmp_path.iterdir()] == [prefect_database.NAME]


def test_another_release_of_prefect_makes_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefect_database, "version", lambda name: "99.0")
    prefect_database.provide(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_one_prefect_makes_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefect_database, "SCHEMA", tmp_path / "none.sql")
    prefect_database.provide(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_one_that_lies_elsewhere_stays_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_DATABASE_CONNECTION_URL", "postgresql+asyncpg://db/prefect")
    prefect_database.provide(tmp_path)
    assert list(tmp_path.iterdir()) == []
