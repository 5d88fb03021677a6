"""The ready-made database of a private server is what Prefect's own migrations make."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flows import database


@pytest.mark.long
def test_it_is_what_the_migrations_make(tmp_path: Path) -> None:
    made = database.migrated(tmp_path)
    assert database.shape(made) == database.shape(database.SCHEMA.read_text(encoding="utf-8")), (
        "the ready-made database is of another Prefect: `python -m flows.database`"
    )


def test_it_is_put_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "prefect.part").write_bytes(b"what a killed command left")
    database.provide(tmp_path)
    with closing(sqlite3.connect(tmp_path / database.NAME)) as made:
        assert made.execute("SELECT count(*) FROM flow_run").fetchone() == (0,)
        made.execute("CREATE TABLE ours (x)")
    database.provide(tmp_path)
    with closing(sqlite3.connect(tmp_path / database.NAME)) as kept:
        assert kept.execute("SELECT count(*) FROM ours").fetchone() == (0,)
    assert [path.name for path in tmp_path.iterdir()] == [database.NAME]


def test_another_release_of_prefect_makes_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "version", lambda name: "99.0")
    database.provide(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_one_prefect_makes_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "SCHEMA", tmp_path / "none.sql")
    database.provide(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_one_that_lies_elsewhere_stays_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_DATABASE_CONNECTION_URL", "postgresql+asyncpg://db/prefect")
    database.provide(tmp_path)
    assert list(tmp_path.iterdir()) == []
