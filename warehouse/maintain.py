"""Keeping a lake small and quick: merged files, expired snapshots, nothing left lying about.

Under the write lock, in steps that are each committed by themselves: killed at any moment, the
next call goes on. The order and its reasons:

1. The catalog is copied (:class:`warehouse.catalog.Catalog`).
2. Snapshots older than the retention (and the grace) expire, but for the newest of them: it is
   what the lake was at its beginning, and so can every moment within it still be asked for.
3. Small files, and those of which much is deleted, are written anew together
   (:mod:`warehouse.compaction`), sorted, some megabytes at a time. Every snapshot stays.
4. Files that no snapshot needs any more are removed, when they have not been needed for longer
   than ``grace_hours`` (a reader that began before may still read them) and since before the
   oldest kept copy of the catalog, which would be worth nothing without them.
5. So are Parquet files that nobody knows, as after a catalog was restored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import ducklake
from warehouse.catalog import KEPT_BACKUPS, Catalog
from warehouse.compaction import compact, groups
from warehouse.ducklake import Size, files, sizes
from warehouse.errors import LakeError
from warehouse.files import File, Files, inside
from warehouse.history import snapshots
from warehouse.tidy import strays

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Policy:
    """How long things are kept: days of snapshots, hours of files not needed, catalog copies.

    Raises ``ValueError`` for a number that makes no sense.
    """

    expire_days: float = 30
    grace_hours: float = 24
    keep_backups: int = KEPT_BACKUPS

    def __post_init__(self) -> None:
        if self.expire_days < 0 or self.grace_hours < 0 or self.keep_backups < 1:
            raise ValueError("days and hours are 0 or more, and one backup at least is kept")


@dataclass(frozen=True)
class Heap:
    """Some files: how many, how many bytes."""

    files: int = 0
    bytes: int = 0


@dataclass(frozen=True)
class Maintained:
    """What was done, or with ``dry_run`` would be.

    ``after`` has the same tables as ``before``; of a dry run its sizes are estimates. ``waiting``
    is what is no longer needed and not yet removed, ``problems`` what could not be done.
    """

    dry_run: bool
    before: tuple[Size, ...]
    after: tuple[Size, ...]
    snapshots: int
    expired: int
    removed: Heap
    orphans: Heap
    waiting: Heap
    disk_before: Heap
    disk_after: Heap
    backup: Path | None = None
    problems: tuple[str, ...] = ()


def maintain(
    connection: DuckDBPyConnection, catalog: Catalog, policy: Policy, *, dry_run: bool = False
) -> Maintained:
    """Do all of it; the caller holds the write lock. ``dry_run`` writes nothing.

    Raises ``LakeError`` when the catalog cannot be copied or be written.
    """
    now, there = dt.datetime.now(dt.UTC), catalog.files
    before, listed = sizes(connection), there.parquet()
    known = snapshots(connection)
    # a transaction on a snapshot that expires would see rows vanish: the grace holds here too
    kept = max(dt.timedelta(days=policy.expire_days), dt.timedelta(hours=policy.grace_hours))
    expired = _expired(connection, now - kept)
    problems: list[str] = []
    copy = None
    if not dry_run:
        copy = catalog.back_up()
        catalog.prune(policy.keep_backups)
        _expire(connection, expired)
        problems = _compact(catalog, connection, before)
    cut = _cut(catalog, now, policy)
    removed = _clean_up(connection, there, listed, cut, dry_run=dry_run)
    orphans = _remove_orphans(connection, catalog, listed, cut, dry_run=dry_run)
    left = listed if dry_run else there.parquet()
    return Maintained(
        dry_run=dry_run,
        before=before,
        after=_estimated(connection, before) if dry_run else sizes(connection),
        snapshots=len(known),
        expired=len(expired),
        removed=removed,
        orphans=orphans,
        waiting=_heap(_scheduled(connection, there).values(), left),
        disk_before=_all(listed),
        disk_after=_all(left),
        backup=copy.path if copy else None,
        problems=tuple(problems),
    )


# snapshots


def _expired(connection: DuckDBPyConnection, before: dt.datetime) -> list[int]:
    """The snapshots that no moment of the retention shows, nor the newest state."""
    moment = before.replace(tzinfo=None)
    old = [s.number for s in snapshots(connection) if s.committed_at < moment]
    return sorted(old)[:-1]


def _expire(connection: DuckDBPyConnection, numbers: Sequence[int]) -> None:
    with _going_on("the snapshots cannot be expired"):
        ducklake.expire(connection, numbers)


# files


def _compact(catalog: Catalog, connection: DuckDBPyConnection, tables: Sequence[Size]) -> list[str]:
    """Compact every table; one that cannot be is said, and the others go on."""
    problems = []
    for size in tables:
        try:
            compact(catalog, connection, size.table)
        except LakeError as error:
            problems.append(f"{size.table}: {error}")
    return problems


def _cut(catalog: Catalog, now: dt.datetime, policy: Policy) -> dt.datetime:
    """Before when a file must have become needless to be removed."""
    kept = [copy.made_at for copy in catalog.backups()]
    return min([now - dt.timedelta(hours=policy.grace_hours), *kept])


def _clean_up(
    connection: DuckDBPyConnection,
    there: Files,
    listed: Sequence[File],
    cut: dt.datetime,
    *,
    dry_run: bool,
) -> Heap:
    """Remove the files that no snapshot has needed since then.

    The files go first: a kill in between leaves the catalog's word of files that are gone, which
    the next call finds done.
    """
    old = _scheduled(connection, there, cut)
    found = _heap(old.values(), listed)
    if not dry_run and old:
        there.remove(old.values())
        with _going_on("the catalog still lists files that were removed"):
            ducklake.forget_files(connection, old)
    return found


def _scheduled(
    connection: DuckDBPyConnection, there: Files, cut: dt.datetime | None = None
) -> dict[str, str]:
    """The files that no snapshot needs, or has needed since then, by the catalog's word for them.

    Files outside the lake's own place of data are nobody's to remove.
    """
    with _going_on("the files that nobody needs cannot be listed"):
        paths = {path: inside(there, path) for path in ducklake.needless(connection, cut)}
    return {word: path for word, path in paths.items() if path is not None}


def _remove_orphans(
    connection: DuckDBPyConnection,
    catalog: Catalog,
    listed: Sequence[File],
    cut: dt.datetime,
    *,
    dry_run: bool,
) -> Heap:
    in_copies = _files_in_copies(connection, catalog)
    orphans = [
        file
        for file in strays(connection, listed)
        if file.name not in in_copies and file.written < cut.timestamp()
    ]
    # what was removed a moment ago, and struck from the catalog, is listed still
    left = {file.path for file in (listed if dry_run else catalog.files.parquet())}
    orphans = [file for file in orphans if file.path in left]
    if not dry_run:
        catalog.files.remove(file.path for file in orphans)
    return _all(orphans)


def _files_in_copies(connection: DuckDBPyConnection, catalog: Catalog) -> set[str]:
    """The names of the files that a kept copy of the catalog needs."""
    found: set[str] = set()
    for copy in catalog.backups():
        with _going_on(f"{copy.path} cannot be read"):
            found |= catalog.files_in(copy, connection)
    return found


# figures


def _estimated(connection: DuckDBPyConnection, before: Sequence[Size]) -> tuple[Size, ...]:
    """What compaction would leave; the bytes are those of before."""
    after = []
    for size in before:
        merged = list(groups(files(connection, size.table)))
        worn = sum(file.deleted_share > 0 for group in merged for file in group)
        left = size.files - sum(len(group) - 1 for group in merged)
        after.append(Size(size.table, left, size.delete_files - worn, size.bytes))
    return tuple(after)


def _heap(paths: Collection[str], listed: Sequence[File]) -> Heap:
    """The files at those paths, with the bytes of those that are there."""
    bytes_of = {file.path: file.bytes for file in listed}
    return Heap(len(paths), sum(bytes_of.get(path, 0) for path in paths))


def _all(some: Sequence[File]) -> Heap:
    return Heap(len(some), sum(file.bytes for file in some))


@contextmanager
def _going_on(what: str) -> Iterator[None]:
    """Say of an error of the database what could not be done, and that the next call goes on."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise LakeError(
            f"the maintenance stopped, {what}: {error}. What was done is kept; run the same "
            "command again"
        ) from error
