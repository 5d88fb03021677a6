"""The door to the catalog: another database is another module, and nothing else changes.

Here DuckDB's own file keeps it, in a class written for this test. One process has such a file open
at a time, so that it serves no lake; what goes through the door is the same.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

import warehouse.extensions
from tests.warehouse.stories import batch_of
from warehouse import LakeError, NoLakeError, ducklake, opening
from warehouse.catalog import KEPT_BACKUPS, LAKE, Backup, Catalog, Holder, quoted, require
from warehouse.export import export
from warehouse.files import Folder
from warehouse.lake import Lake, Publication
from warehouse.layout import Layout
from warehouse.maintain import Policy
from warehouse.migrate import migrate


class InMemoryLock:
    """One process, one writer."""

    held = False

    def acquire(
        self, owner: str, *, on_wait: Callable[[Holder | None], None] | None = None
    ) -> Holder | None:
        self.held = True
        return None

    def release(self, *, clean: bool = True) -> None:
        self.held = False


@dataclass(frozen=True)
class DuckDBCatalog:
    layout: Layout

    # DuckDB needs no extension for its own files
    extension = None

    @property
    def files(self) -> Folder:
        return Folder(self.layout.data)

    @property
    def place(self) -> str:
        return str(self.layout.folder / "catalog.duckdb")

    def exists(self) -> bool:
        return Path(self.place).is_file()

    def attach(
        self,
        connection: DuckDBPyConnection,
        *,
        read_only: bool = False,
        snapshot: int | None = None,
    ) -> None:
        require(self)
        at = f", SNAPSHOT_VERSION {snapshot}" if snapshot is not None else ""
        self._attach(connection, (", READ_ONLY" if read_only else "") + at)
        facts = connection.execute(f"SELECT key, value FROM {ducklake.META}.ducklake_metadata")
        ducklake.check_format(dict(facts.fetchall()), str(self.layout.folder))

    def _attach(self, connection: DuckDBPyConnection, more: str = "") -> None:
        connection.execute(
            f"ATTACH {quoted(f'ducklake:{self.place}')} AS {LAKE} "
            f"(DATA_PATH {quoted(f'{self.layout.data}/')}{more})"
        )

    def create(self, fill: Callable[[DuckDBPyConnection], None]) -> None:
        with warehouse.extensions.connection(self.layout.folder / "spill") as made:
            self._attach(made)
            fill(made)

    def tidy(self) -> None:
        Path(self.place + ".part").unlink(missing_ok=True)

    def lock(self) -> InMemoryLock:
        return InMemoryLock()

    def back_up(self) -> Backup:
        made_at = dt.datetime.now(dt.UTC)
        path = Path(f"{self.place}-{made_at:%Y%m%dT%H%M%S.%f}Z")
        shutil.copyfile(self.place, path)
        return Backup(made_at, path)

    def backups(self) -> list[Backup]:
        return sorted(
            (
                Backup(dt.datetime.strptime(path.name[-23:], "%Y%m%dT%H%M%S.%f%z"), path)
                for path in self.layout.folder.glob("catalog.duckdb-*Z")
            ),
            reverse=True,
        )

    def prune(self, keep: int = KEPT_BACKUPS) -> None:
        for copy in self.backups()[keep:]:
            copy.path.unlink()

    def files_in(self, backup: Backup, connection: DuckDBPyConnection) -> set[str]:
        connection.execute(f"ATTACH {quoted(str(backup.path))} AS copy (READ_ONLY)")
        try:
            return ducklake.names(
                path
                for table in ducklake.FILE_TABLES
                for (path,) in connection.execute(f"SELECT path FROM copy.{table}").fetchall()
            )
        finally:
            connection.execute("DETACH copy")

    def way_back(self, backup: Backup) -> str:
        return f"copy {backup.path} over {self.place}"

    def rewrite(self) -> None:
        raise LakeError(f"{self.place} cannot be written anew while it is open")

    def check_lock(self) -> None:
        pass

    def settle(self, connection: DuckDBPyConnection) -> None:
        pass

    def is_busy(self, error: Exception) -> bool:
        return False

    def is_lost(self, error: Exception) -> bool:
        return False


@pytest.fixture(params=[opening.IN_A_FOLDER, DuckDBCatalog], ids=["sqlite", "duckdb"])
def kept_by(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Layout], Catalog]:
    """The kind of catalog that a folder has."""
    chosen: Callable[[Layout], Catalog] = request.param
    monkeypatch.setattr(opening, "IN_A_FOLDER", chosen)
    return chosen


def test_a_lake_lives_behind_the_door(kept_by: Callable[[Layout], Catalog], tmp_path: Path) -> None:
    folder = tmp_path / "lake"
    with pytest.raises(NoLakeError, match="dateline run"):
        Lake.open(folder)
    with Lake.open(folder, create=True) as lake:
        assert type(lake.catalog) is kept_by
        for number in range(4):
            first = lake.publish(Publication(insert=batch_of(range(number, number + 1))), "run-1")
        again = batch_of(range(1), run="again", value=9)
        gone = again["articles"]["article_id"].to_pylist()
        lake.publish(Publication(dict.fromkeys(again, gone), again), "again")
        counts, digests = lake.counts(), lake.digests()
        history = [snapshot.run for snapshot in lake.history()]
    assert counts["articles"] == 4
    assert history[:2] == ["again", "run-1"]

    with warehouse.connect(folder) as reader:
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (4,)
    with warehouse.connect(folder, at=first) as reader:
        assert reader.execute("SELECT count(*) FROM figures WHERE value = 9").fetchone() == (0,)
    assert export(folder, tmp_path / "out", names=["articles"]).tables[0].rows == 4
    done = migrate(folder)
    assert done.found == done.reached

    with Lake.open(folder) as lake:
        kept = [lake.maintain(Policy(0, 0, 1)) for _ in range(2)]
        assert [copy.path for copy in lake.catalog.backups()] == [kept[-1].backup]
        assert {size.table: size.files for size in kept[-1].after}["figures"] == 1
        assert kept[-1].expired > 0
        assert lake.digests() == digests
    with warehouse.connect(folder) as reader:
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (4,)
