"""A lake into another place, of the same kind or another: its whole history, or its newest state.

With its history DuckLake's own tables go over as they are (:mod:`warehouse.metadata`) and every
file that a snapshot needs is copied to the byte, under the name it had: numbers and times of
snapshots stay, and with them all that was ever noted of them. The newest state alone is read and
written anew, as one snapshot in few files.

Files go first and the catalog last, whole or not at all: a copy that was killed is no lake, and
the same call goes on with the files that are there. Nobody writes the source meanwhile.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import ducklake, metadata
from warehouse.address import Address
from warehouse.catalog import LAKE, Catalog, Holder, require
from warehouse.creation import check_empty, create
from warehouse.digests import digests
from warehouse.errors import LakeError
from warehouse.extensions import connection as connect_duckdb
from warehouse.history import snapshots
from warehouse.opening import catalog_at
from warehouse.reference import replace, stored
from warehouse.tables import TABLES
from warehouse.tidy import SLACK
from warehouse.transaction import Message, commit, one_state
from warehouse.version import check_version

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: What a holder of a lock is called that copies; the files of one that died without its catalog are
#: only removed if it made them all.
_ALL, _NEWEST = "copy all", "copy the newest state"
#: Files that are copied at once: a store answers late, and many at a time.
AT_ONCE = 8
#: Rows of a table that are taken over at once.
_BATCH = 20_000
_numbers = itertools.count()


@dataclass(frozen=True)
class Copied:
    """What was copied: snapshots, files with their bytes, rows of the newest state by table.

    ``had`` are the files that an earlier call, which was killed, had copied already.
    """

    source: str
    target: str
    snapshots: int
    files: int
    bytes: int
    had: int
    tables: dict[str, int]


def copy(
    source: str | Path | Address,
    target: str | Path | Address,
    *,
    history: bool = True,
    on_wait: Callable[[Holder | None], None] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Copied:
    """Copy the lake at ``source`` to ``target``, where there must be none, and compare them.

    ``progress`` is called with the bytes done and those to be done, without ``history`` with
    tables. Raises ``NoLakeError``, ``VersionError``, or ``LakeError`` if there is a lake at
    ``target``, if it cannot be written, or if the copy is not equal: there is no lake then.
    """
    here, there = catalog_at(source), catalog_at(target)
    require(here)
    _check(here, there)
    with ExitStack() as stack:
        there.layout.folder.mkdir(parents=True, exist_ok=True)
        what = _ALL if history else _NEWEST
        owner = f"{what} of {here.layout.where} to {there.layout.where}"
        lock, other = here.lock(), there.lock()
        lock.acquire(owner, on_wait=on_wait)
        stack.callback(lock.release)
        died = other.acquire(owner, on_wait=on_wait)
        clean = [True]
        stack.callback(lambda: other.release(clean=clean[0]))
        old = stack.enter_context(closing(_connected(here)))
        here.attach(old, read_only=True)
        check_version(old, here.layout)
        if there.exists():
            raise _there_is_one(there)
        if history:
            return _with_history(old, here, there, progress)
        if died is not None and died.owner.startswith(_NEWEST):
            _remove_what_it_left(there, died)
        check_empty(there)
        clean[0] = False
        done = _newest(old, here, there, progress)
        clean[0] = True
        return done


def _remove_what_it_left(there: Catalog, died: Holder) -> None:
    """There is no lake, so the files that were written since then are of a copy that ended."""
    since = dt.datetime.fromisoformat(died.since).timestamp() - SLACK
    there.files.remove(file.path for file in there.files.parquet() if file.written >= since)


def _check(here: Catalog, there: Catalog) -> None:
    if there.exists():
        raise _there_is_one(there)
    if here.files.place == there.files.place:
        raise LakeError(
            f"both lakes would have their files in {here.files.place}: name another place with "
            "--data"
        )


def _there_is_one(there: Catalog) -> LakeError:
    return LakeError(
        f"there is a lake in {there.layout.where} already: name a place without one, or remove it"
    )


def _connected(catalog: Catalog) -> DuckDBPyConnection:
    return connect_duckdb(catalog.layout.spill(next(_numbers)), catalog.extension)


def _with_history(
    old: DuckDBPyConnection, here: Catalog, there: Catalog, progress: Callable[[int, int], None]
) -> Copied:
    with one_state(old):
        return _all_of_it(old, here, there, progress)


def _all_of_it(
    old: DuckDBPyConnection, here: Catalog, there: Catalog, progress: Callable[[int, int], None]
) -> Copied:
    needed = ducklake.needed(old)
    had = _files(here, there, needed, progress)

    def put(connection: DuckDBPyConnection) -> None:
        connection.execute("BEGIN TRANSACTION")
        metadata.empty(connection)
        for table, reader in metadata.rows(old):
            for batch in reader:
                metadata.fill(connection, table, batch)
        connection.execute("COMMIT")

    there.tidy()
    there.create(put)
    with closing(_connected(there)) as new:
        there.attach(new, read_only=True)
        _compare(old, new, there)
        if snapshots(new) != snapshots(old):
            raise _not_equal(there, "snapshots")
    return _copied(old, here, there, needed, had, len(snapshots(old)))


def _files(
    here: Catalog,
    there: Catalog,
    needed: Mapping[str, int],
    progress: Callable[[int, int], None],
) -> int:
    """Copy the files that are not there yet; gives how many were."""
    there.files.prepare()
    found = {file.path: file.bytes for file in there.files.parquet()}
    if strange := sorted(found.keys() - needed.keys()):
        raise LakeError(
            f"{there.files.place} holds files of another lake, such as {strange[0]}: name an empty "
            "place"
        )
    missing = {path: size for path, size in needed.items() if found.get(path) != size}
    total, done = sum(missing.values()), 0
    progress(done, total)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        flying = {threads.submit(_file, here, there, path): path for path in sorted(missing)}
        try:
            for future in as_completed(flying):
                future.result()
                done += missing[flying[future]]
                progress(done, total)
        except BaseException:
            threads.shutdown(wait=True, cancel_futures=True)
            raise
    now = {file.path: file.bytes for file in there.files.parquet()}
    if short := [path for path, size in needed.items() if now.get(path) != size]:
        raise LakeError(
            f"{len(short)} files in {there.files.place} are not as they should be, such as "
            f"{short[0]}: run the same command again"
        )
    return len(needed) - len(missing)


def _file(here: Catalog, there: Catalog, path: str) -> None:
    try:
        with here.files.read(path) as stream:
            there.files.write(path, stream)
    except OSError as error:
        raise LakeError(
            f"{path} cannot be copied from {here.files.place} to {there.files.place}: "
            f"{error.strerror or error}. Run the same command again: it goes on with what is there"
        ) from error


def _newest(
    old: DuckDBPyConnection, here: Catalog, there: Catalog, progress: Callable[[int, int], None]
) -> Copied:
    [newest] = snapshots(old, 1)
    reference = stored(old)

    def put(connection: DuckDBPyConnection) -> None:
        def rows() -> None:
            replace(connection, reference, ())
            for number, table in enumerate(TABLES, 1):
                reader = old.execute(f"SELECT * FROM {LAKE}.{table.name}").to_arrow_reader(_BATCH)
                connection.register("moved", reader)
                connection.execute(f"INSERT INTO {LAKE}.{table.name} BY NAME SELECT * FROM moved")
                connection.unregister("moved")
                progress(number, len(TABLES))

        told = f"copied from snapshot {newest.number} of another lake"
        commit(there, connection, rows, Message(told, newest.run, newest.batch))

    create(there, put)
    with closing(_connected(there)) as new:
        there.attach(new, read_only=True)
        _compare(old, new, there)
        return _copied(new, here, there, ducklake.needed(new), 0, 1)


def _compare(old: DuckDBPyConnection, new: DuckDBPyConnection, there: Catalog) -> None:
    """Read the newest state of both; raises ``LakeError`` for a table that is not equal."""
    names = [table.name for table in TABLES]
    one, other = digests(old, names), digests(new, names)
    if differ := [name for name in names if one[name] != other[name]]:
        raise _not_equal(there, ", ".join(differ))


def _not_equal(there: Catalog, what: str) -> LakeError:
    return LakeError(
        f"the copy in {there.layout.where} is not equal to what was copied ({what}): do not use "
        "it; remove it and copy again"
    )


def _copied(
    connection: DuckDBPyConnection,
    here: Catalog,
    there: Catalog,
    files: Mapping[str, int],
    had: int,
    number: int,
) -> Copied:
    [newest] = snapshots(connection, 1)
    at = ducklake.tables_at(connection, newest.number)
    return Copied(
        here.layout.where,
        there.layout.where,
        number,
        len(files),
        sum(files.values()),
        had,
        {table.name: at[table.name].rows for table in TABLES},
    )
