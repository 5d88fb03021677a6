"""The catalog as an SQLite file in WAL mode beside the data: the one module that knows SQLite.

With WAL, readers never wait for the writer nor the writer for them. The path of the data is
given at each attach, from where the catalog lies now, so that a lake opens from any working
directory and after being moved.

A copy is made by another process: Python's SQLite, in a process where DuckDB has the catalog open,
would, when it closes the file, drop the locks that DuckDB's own holds on it. The copy is one
consistent state, however much is written meanwhile, and appears under its name only when it is
whole.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import ducklake
from warehouse.catalog import KEPT_BACKUPS, LAKE, Backup, quoted, require
from warehouse.errors import LakeError, disk_full
from warehouse.extensions import connection as connect_duckdb
from warehouse.files import Folder
from warehouse.layout import Layout
from warehouse.lock import FileLock

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BACKUP = re.compile(r"catalog-(\d{8}T\d{6})Z(?:-(\d+))?\.sqlite")
_PART = ".part"

#: Run by itself, with nothing of ours imported.
_COPY = """
import os, sqlite3, sys
source = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=60)
copy = sqlite3.connect(sys.argv[2])
source.backup(copy)
copy.execute("PRAGMA journal_mode = DELETE")  # one file, also when it is looked into
problem = copy.execute("PRAGMA integrity_check").fetchone()[0]
source.close()
copy.close()
if problem != "ok":
    sys.exit(f"the catalog is damaged: {problem}")
with open(sys.argv[2], "rb+") as written:
    os.fsync(written.fileno())
"""

#: Deleted pages, and those that the log still has, keep what they held until then.
_REWRITE = """
import sqlite3, sys
catalog = sqlite3.connect(f"{sys.argv[1]}?mode=rw", uri=True, timeout=60, isolation_level=None)
catalog.execute("VACUUM")
busy, _, _ = catalog.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
catalog.close()
if busy:
    sys.exit("another program is reading it")
"""


@dataclass(frozen=True)
class SqliteCatalog:
    """The catalog of a lake in a folder: a :class:`warehouse.catalog.Catalog`."""

    layout: Layout

    extension = "duckdb_extension_sqlite_scanner"

    @property
    def path(self) -> Path:
        """The file of the catalog."""
        return self.layout.folder / "catalog.sqlite"

    @property
    def files(self) -> Folder:
        return Folder(self.layout.data)

    @property
    def place(self) -> str:
        return str(self.path)

    @property
    def _creating(self) -> Path:
        """Where the catalog of a new lake stands until it is whole."""
        return self.layout.folder / "creating"

    @property
    def _backups(self) -> Path:
        return self.layout.folder / "backups"

    # opening

    def exists(self) -> bool:
        return self.path.is_file()

    def attach(
        self,
        connection: DuckDBPyConnection,
        *,
        read_only: bool = False,
        snapshot: int | None = None,
    ) -> None:
        require(self)
        ducklake.check_format(self._metadata(connection), str(self.layout.folder))
        options = ["READ_ONLY"] if read_only else []
        if snapshot is not None:
            options.append(f"SNAPSHOT_VERSION {int(snapshot)}")
        self._attach(connection, self.layout.data, options)

    def _attach(self, connection: DuckDBPyConnection, data: Path, options: list[str]) -> None:
        """Makes an empty catalog if there is none."""
        import duckdb

        listed = ", ".join(
            [
                f"DATA_PATH {quoted(f'{data}/')}",
                "OVERRIDE_DATA_PATH true",
                "META_JOURNAL_MODE 'WAL'",
                *options,
            ]
        )
        try:
            connection.execute(
                f"ATTACH {quoted(f'ducklake:sqlite:{self.path}')} AS {LAKE} ({listed})"
            )
        except duckdb.Error as error:
            full = disk_full(error, self.layout.folder)
            what = f"the lake in {self.layout.folder} cannot be opened: {error}"
            raise full or LakeError(what) from error

    def _metadata(self, connection: DuckDBPyConnection) -> dict[str, str]:
        """What the catalog says of itself, read before it is attached."""
        import duckdb

        try:
            # through DuckDB's own SQLite, for the reason above; no parameter, since binding one
            # makes DuckDB import pandas, half of a command's start
            rows = connection.execute(
                f"SELECT key, value FROM sqlite_scan({quoted(str(self.path))}, 'ducklake_metadata')"
            ).fetchall()
        except duckdb.Error as error:
            if full := disk_full(error, self.layout.folder):
                raise full from error
            raise LakeError(
                f"{self.path} cannot be read as the catalog of a lake: {error}\n"
                "If it is damaged, restore it from a backup. Reading a lake takes permission to "
                "write in its folder (the catalog keeps its locks there); without it, work on a "
                "copy."
            ) from error
        return dict(rows)

    def create(self, fill: Callable[[DuckDBPyConnection], None]) -> None:
        """It is made aside and renamed when it is whole."""
        self._creating.mkdir(parents=True)
        aside = SqliteCatalog(Layout(self._creating))
        with closing(connect_duckdb(self._creating / "spill", self.extension)) as made:
            aside._attach(made, self.layout.data, [])
            fill(made)
        settle(aside.path)
        aside.path.replace(self.path)
        shutil.rmtree(self._creating)

    def tidy(self) -> None:
        shutil.rmtree(self._creating, ignore_errors=True)

    # locking

    def lock(self) -> FileLock:
        return FileLock(self.layout.folder / "lake.lock")

    # backing up

    def back_up(self) -> Backup:
        folder = self._backups
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        try:
            folder.mkdir(exist_ok=True)
            for rest in folder.glob(f"*{_PART}*"):  # of a copying that was killed
                rest.unlink()
            path = _free_name(folder, now)
            part = path.with_name(path.name + _PART)
            _copy(self.path, part)
            part.replace(path)
            _sync(folder)
        except OSError as error:
            raise LakeError(
                f"no backup of {self.path} can be made in {folder}: {error.strerror}"
            ) from error
        return Backup(now, path)

    def backups(self) -> list[Backup]:
        found = []
        for path in self._backups.glob("catalog-*.sqlite"):
            if match := _BACKUP.fullmatch(path.name):
                made_at = dt.datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=dt.UTC)
                # of those made within a second the one with the greatest number is the newest
                found.append((made_at, int(match[2] or 0), Backup(made_at, path)))
        return [backup for *_, backup in sorted(found, reverse=True)]

    def prune(self, keep: int = KEPT_BACKUPS) -> None:
        for backup in self.backups()[keep:]:
            backup.path.unlink(missing_ok=True)

    def files_in(self, backup: Backup, connection: DuckDBPyConnection) -> set[str]:
        scans = " UNION ALL ".join(
            f"SELECT path FROM sqlite_scan({quoted(str(backup.path))}, '{table}')"
            for table in ducklake.FILE_TABLES
        )
        return ducklake.names(path for (path,) in connection.execute(scans).fetchall())

    def way_back(self, backup: Backup) -> str:
        return (
            f"end all who use it, remove {self.path.name}-wal and -shm, and copy {backup.path} "
            f"over {self.path}"
        )

    def rewrite(self) -> None:
        if said := _by_itself(_REWRITE, self.path.as_uri()):
            raise LakeError(
                f"{self.path} cannot be written anew: {said}. End the programs that read the lake, "
                "and run the same command again"
            )

    # committing

    def check_lock(self) -> None:
        """The kernel takes a lock from nobody who lives."""

    def settle(self, connection: DuckDBPyConnection) -> None:
        """The answer of a file is never lost."""

    def is_lost(self, error: Exception) -> bool:
        return False

    def is_busy(self, error: Exception) -> bool:
        text = str(error).lower()
        return "database is locked" in text or "database table is locked" in text


def settle(path: Path) -> None:
    """Bring a new catalog, which nobody has open, into one file that can be renamed.

    Where its data lie is noted as seen from its own folder, for clients other than this one.
    """
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE ducklake_metadata SET value = 'data/' WHERE key = 'data_path'")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _free_name(folder: Path, now: dt.datetime) -> Path:
    stem = f"catalog-{now:%Y%m%dT%H%M%S}Z"
    path, number = folder / f"{stem}.sqlite", 1
    while path.exists():
        path, number = folder / f"{stem}-{number}.sqlite", number + 1
    return path


def _copy(source: Path, target: Path) -> None:
    address = source.as_uri().removeprefix("file:")
    if said := _by_itself(_COPY, address, str(target)):
        target.unlink(missing_ok=True)
        raise LakeError(f"no backup of {source} could be made in {target.parent}: {said}")


def _by_itself(program: str, *arguments: str) -> str:
    """Run a program of Python's in a process of its own; gives why it failed, if it did."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
    return said[-1] if done.returncode else ""


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
