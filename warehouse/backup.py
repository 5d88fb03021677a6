"""Copies of the catalog, made before anything that could not be undone by time travel.

A copy is made by another process: Python's SQLite, in a process where DuckDB has the catalog open,
would drop DuckDB's locks on it (:mod:`warehouse.catalog`). It is one consistent state, however
much is written meanwhile, and appears under its name only when it is whole.

To go back, when nobody has the lake open: remove ``catalog.sqlite-wal`` and ``-shm`` and copy the
backup over ``catalog.sqlite``. The Parquet files that a kept backup names stay in the lake.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import LakeError
from warehouse.layout import Layout

#: How many copies are kept.
KEEP = 3

_NAME = re.compile(r"catalog-(\d{8}T\d{6})Z(?:-\d+)?\.sqlite")
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


@dataclass(frozen=True, order=True)
class Backup:
    """A copy of the catalog, and when the copying of it began (UTC)."""

    made_at: dt.datetime
    path: Path


def back_up(layout: Layout) -> Backup:
    """Copy the catalog into the lake's ``backups``; the caller holds the write lock.

    Raises ``LakeError`` if there is no whole copy in the end.
    """
    folder = layout.backups
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    try:
        folder.mkdir(exist_ok=True)
        for rest in folder.glob(f"*{_PART}*"):  # of a copying that was killed
            rest.unlink()
        path = _free_name(folder, now)
        part = path.with_name(path.name + _PART)
        _copy(layout.catalog, part)
        part.replace(path)
        _sync(folder)
    except OSError as error:
        raise LakeError(
            f"no backup of {layout.catalog} can be made in {folder}: {error.strerror}"
        ) from error
    return Backup(now, path)


def backups(layout: Layout) -> list[Backup]:
    """The copies that are kept, the newest first."""
    found = []
    for path in layout.backups.glob("catalog-*.sqlite"):
        if match := _NAME.fullmatch(path.name):
            made_at = dt.datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=dt.UTC)
            found.append(Backup(made_at, path))
    return sorted(found, reverse=True)


def prune(layout: Layout, keep: int = KEEP) -> None:
    """Remove all but the newest copies."""
    for backup in backups(layout)[keep:]:
        backup.path.unlink(missing_ok=True)


def _free_name(folder: Path, now: dt.datetime) -> Path:
    stem = f"catalog-{now:%Y%m%dT%H%M%S}Z"
    path, number = folder / f"{stem}.sqlite", 1
    while path.exists():
        path, number = folder / f"{stem}-{number}.sqlite", number + 1
    return path


def _copy(source: Path, target: Path) -> None:
    address = source.as_uri().removeprefix("file:")
    done = subprocess.run(
        [sys.executable, "-I", "-c", _COPY, address, str(target)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        target.unlink(missing_ok=True)
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise LakeError(f"no backup of {source} could be made in {target.parent}: {said[-1]}")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
