"""A lake that can be written to: what the pipeline stores in and asks of it.

Everything that changes a lake goes through :class:`Lake`, under the lake's write lock. Analysts
read through :func:`warehouse.connect`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from warehouse import digests, exports, forgetting, history, lookup, reference
from warehouse.address import Address
from warehouse.catalog import LAKE, Catalog, Holder
from warehouse.columns import Row
from warehouse.creation import create as create_lake
from warehouse.ducklake import Size, changed_since, sizes
from warehouse.errors import LakeError, disk_full
from warehouse.exports import Noted
from warehouse.extensions import connection as connect_duckdb
from warehouse.forgetting import Barred, Purged
from warehouse.history import Snapshot
from warehouse.lookup import InputKey
from warehouse.maintain import Maintained, Policy, maintain
from warehouse.opening import catalog_at
from warehouse.publishing import Publication, insert, write
from warehouse.tables import INPUTS, RAW_ARTICLES, TABLES, TABLES_BY_NAME, VISITS
from warehouse.tidy import tidy
from warehouse.transaction import Message, commit, current_snapshot, roll_back
from warehouse.version import check_version, read_facts

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

__all__ = ["Barred", "Holder", "InputKey", "Lake", "Publication", "Purged", "Snapshot"]

log = logging.getLogger(__name__)

_numbers = itertools.count()


class Lake:
    """An open lake. Use :meth:`open`; close it, or use it as a context manager."""

    def __init__(self, catalog: Catalog, connection: DuckDBPyConnection) -> None:
        self.catalog = catalog
        self._connection = connection
        self._lock = catalog.lock()
        self._clean = True

    @classmethod
    def open(cls, path: str | Path | Address, *, create: bool = False) -> Lake:
        """Open the lake in a folder; ``create`` makes one there if there is none.

        Raises ``AddressError``, ``NoLakeError``, ``VersionError`` or ``LakeError``, saying what to
        do.
        """
        catalog = catalog_at(path)
        if create and not catalog.exists():
            _create(catalog)
        connection = connect_duckdb(catalog.layout.spill(next(_numbers)), catalog.extension)
        try:
            catalog.attach(connection)
            catalog.layout.folder.mkdir(parents=True, exist_ok=True)  # a home may be new
            check_version(connection, catalog.layout)
        except BaseException:
            connection.close()
            raise
        return cls(catalog, connection)

    def close(self) -> None:
        self._connection.close()
        self._lock.release(clean=self._clean)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The lake's folder; of one in a database its home on this machine."""
        return self.catalog.layout.folder

    @property
    def address(self) -> str:
        """Where the lake lies, as one may give it again, without a password."""
        return self.catalog.layout.where

    # one writer

    @contextlib.contextmanager
    def lock(
        self, owner: str, *, on_wait: Callable[[Holder | None], None] | None = None
    ) -> Iterator[None]:
        """Hold the write lock; waits for another writer, and tells ``on_wait`` for whom.

        Without ``on_wait`` a message is logged. What a writer that died left behind is removed.
        """
        died = self._lock.acquire(owner, on_wait=on_wait)
        try:
            # the one waited for may have brought the lake to another version
            check_version(self._connection, self.catalog.layout)
            if died is not None:
                log.info("tidying up after %s, which did not end well", died)
                tidy(self._connection, self.catalog, died)
            self._clean = True
            yield
        finally:
            self._lock.release(clean=self._clean)

    @contextlib.contextmanager
    def writing(
        self, owner: str, *, on_wait: Callable[[Holder | None], None] | None = None
    ) -> Iterator[None]:
        """Hold the write lock for what is written within, unless this object holds it already."""
        if self._lock.held:
            yield
        else:
            with self.lock(owner, on_wait=on_wait):
                yield

    def _commit(self, work: Callable[[], None], message: Message) -> int:
        with self.writing(message.text):
            try:
                return commit(self.catalog, self._connection, work, message)
            except BaseException as error:
                self._clean = False  # files may lie about that no snapshot knows
                raise disk_full(error, self.path) or error from error.__cause__

    # asking of one state

    @contextlib.contextmanager
    def one_state(self) -> Iterator[int]:
        """All that is asked within is asked of one and the same state, whatever others write
        meanwhile; gives its snapshot's number. Nothing can be written within."""
        with self._asking():
            self._connection.execute("BEGIN TRANSACTION")
        try:
            yield self.snapshot
        finally:
            roll_back(self._connection)

    def changed_since(self, snapshot: int) -> set[str]:
        """The names of the tables that were written since that state."""
        with self._asking():
            return changed_since(self._connection, snapshot)

    # asking by key

    def known_inputs(self, keys: Sequence[InputKey]) -> set[InputKey]:
        """Those of the inputs that the ledger has: they have been built."""
        with self._asking():
            return lookup.present(self._connection, INPUTS, keys)

    def stored_raws(self, keys: Sequence[InputKey]) -> set[InputKey]:
        """Those of the inputs whose bytes are in raw_articles."""
        with self._asking():
            return lookup.present(self._connection, RAW_ARTICLES, keys)

    def payloads(self, keys: Sequence[InputKey]) -> list[Row]:
        """The rows of raw_articles of those inputs, with their payloads."""
        with self._asking():
            return lookup.raw_rows(self._connection, keys)

    def fetch(
        self,
        table: str,
        column: str,
        values: Collection[Any],
        columns: Iterable[str] | None = None,
    ) -> list[Row]:
        """The rows whose ``column`` is among ``values``, in the order of the table's key.

        ``columns`` names those wanted (default: all). Raises ``KeyError`` for an unknown one.
        """
        with self._asking():
            return lookup.rows_with(
                self._connection, TABLES_BY_NAME[table], column, values, columns
            )

    def meeting(
        self, bands: Collection[int], first: dt.date | None, last: dt.date | None
    ) -> list[tuple[str, int]]:
        """Articles whose texts may be alike, each with a band it has (:func:`lookup.meeting`)."""
        with self._asking():
            return lookup.meeting(self._connection, bands, first, last)

    def visits(self, source: str) -> list[Row]:
        """What the servers of a source answered last, by address (:func:`lookup.visits`)."""
        with self._asking():
            return lookup.visits(self._connection, source)

    def sources(self) -> list[str]:
        """The names of the sources that the lake holds inputs of."""
        with self._asking():
            return lookup.sources(self._connection)

    def count_out_of_date(
        self, recipes: Mapping[str, str], articles: Collection[str] = ()
    ) -> tuple[int, int]:
        """How many stored inputs were built by another recipe than their source's, by name in
        ``recipes``, or are of ``articles``, and how many are neither."""
        with self._asking():
            return lookup.count_out_of_date(self._connection, recipes, articles)

    def out_of_date(
        self, recipes: Mapping[str, str], articles: Collection[str] = ()
    ) -> Iterator[tuple[InputKey, int]]:
        """Those inputs, with the bytes of their payloads, in the order of source_uri; take all
        before anything else is asked of the lake."""
        with self._asking():
            yield from lookup.out_of_date(self._connection, recipes, articles)

    def barred(self) -> Barred:
        """What was forgotten and stays out."""
        with self._asking():
            return forgetting.barred(self._connection)

    def row_ids(self, article_ids: Collection[str]) -> set[str]:
        """The articles' ids and those of their rows in the newest state."""
        with self._asking():
            return forgetting.row_ids(self._connection, article_ids)

    def snapshots_showing(
        self, article_ids: Collection[str], raw_ids: Collection[str]
    ) -> list[int]:
        """The numbers of the snapshots whose files hold rows of those articles and inputs."""
        with self._asking():
            return forgetting.showing(self._connection, self.catalog.files, article_ids, raw_ids)

    def exports(self) -> list[Noted]:
        """The exports that were made of the lake, as far as they could be noted."""
        return exports.noted(self.catalog.layout)

    # writing

    def add_raws(self, rows: Sequence[Row], run: str, visits: Sequence[Row] = ()) -> int:
        """Store raw inputs, with what the servers that gave them answered, in a snapshot of their
        own; gives the snapshot's number."""
        if not rows and not visits:
            return self.snapshot
        parts = ((RAW_ARTICLES, rows), (VISITS, visits))
        data = {table: table.arrow(some) for table, some in parts if some}

        def store() -> None:
            for table, part in data.items():
                insert(self._connection, table, part)

        return self._commit(store, Message(f"run {run}: {len(rows)} raw inputs", run))

    def publish(self, publication: Publication, run: str) -> int:
        """Publish a batch: everything in one snapshot, whose number it gives.

        Raises ``ValueError`` for what is not declared and ``LakeError`` if it cannot be written;
        nothing of it is in the lake then.
        """
        publication.check()
        if publication.empty:
            return self.snapshot
        batch = publication.batch
        text = f"run {run}" if batch is None else f"run {run}: batch {batch}"
        return self._commit(lambda: write(self._connection, publication), Message(text, run, batch))

    def forget(self, publication: Publication, article_ids: Collection[str], run: str) -> int:
        """Publish that articles are gone, with what the results of checks quote of them; gives the
        snapshot's number. What is left in earlier states goes with :meth:`purge`."""
        publication.check()
        return self._commit(
            lambda: forgetting.remove(self._connection, publication, article_ids),
            Message(f"run {run}: {len(article_ids)} articles forgotten", run),
        )

    def purge(self, article_ids: Collection[str], raw_ids: Collection[str]) -> Purged:
        """Remove what earlier states, backups and the catalog hold of articles and raw inputs that
        the newest state has no more (:func:`warehouse.forgetting.purge`).

        Raises ``LakeError`` when it cannot go on; the next call goes on then.
        """
        with self.writing("forget"):
            try:
                return forgetting.purge(self._connection, self.catalog, article_ids, raw_ids)
            except BaseException:
                self._clean = False
                raise

    def publish_reference(
        self,
        tables: Iterable[tuple[str, Sequence[str], Sequence[Sequence[str | None]]]],
        run: str | None = None,
    ) -> list[str]:
        """Make the lake's ``ref_*`` tables these: name, columns and rows of each.

        Writes only what changed, in one snapshot, and gives the names of the tables it wrote or
        dropped.
        """
        wanted = [reference.reference_table(*table) for table in tables]
        with self.writing("reference tables"):
            differ, gone = reference.changed(self._connection, wanted)
            names = [*(table.table for table in differ), *gone]
            if names:
                self._commit(
                    lambda: reference.replace(self._connection, differ, gone),
                    Message(f"reference tables: {', '.join(names)}", run),
                )
        return names

    def maintain(self, policy: Policy | None = None, *, dry_run: bool = False) -> Maintained:
        """Expire, merge and clean up (:mod:`warehouse.maintain`); ``dry_run`` only says what.

        Raises ``LakeError`` when it cannot go on; what was done until then is kept.
        """
        policy = policy or Policy()
        if dry_run:
            with self._asking():
                return maintain(self._connection, self.catalog, policy, dry_run=True)
        with self.writing("maintain"):
            try:
                return maintain(self._connection, self.catalog, policy)
            except BaseException:
                self._clean = False
                raise

    # what it holds

    @property
    def snapshot(self) -> int:
        """The number of the newest snapshot."""
        with self._asking():
            return current_snapshot(self._connection)

    @property
    def facts(self) -> dict[str, str]:
        """What the lake says of itself: by which versions it was written."""
        return read_facts(self._connection)

    def history(self, limit: int | None = None) -> list[Snapshot]:
        """The snapshots that can still be reached, the newest first."""
        with self._asking():
            return history.snapshots(self._connection, limit)

    def sizes(self) -> tuple[Size, ...]:
        """The files of each table's newest state."""
        with self._asking():
            return sizes(self._connection)

    def counts(self) -> dict[str, int]:
        """How many rows each declared table has."""
        parts = " UNION ALL ".join(
            f"SELECT {number} AS n, '{table.name}' AS name, count(*) AS rows "
            f"FROM {LAKE}.{table.name}"
            for number, table in enumerate(TABLES)
        )
        found = self.query(f"SELECT name, rows FROM ({parts}) ORDER BY n").to_pylist()
        return {row["name"]: row["rows"] for row in found}

    def digest(self, table: str) -> str:
        """A digest of a table's rows, independent of their order and of volatile columns."""
        with self._asking():
            return digests.digest(self._connection, table)

    def digests(self) -> dict[str, str]:
        """The digest of every table that two runs over the same input must agree on."""
        with self._asking():
            return digests.digests(self._connection)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """The result of a question in SQL; the tables are ``lake.NAME``."""
        with self._asking():
            return self._connection.execute(sql, list(parameters)).to_arrow_table()

    @contextlib.contextmanager
    def _asking(self) -> Iterator[None]:
        import duckdb

        try:
            yield
        except duckdb.Error as error:
            full = disk_full(error, self.path)
            raise full or LakeError(f"the lake in {self.address} cannot answer: {error}") from error


def _create(catalog: Catalog) -> None:
    folder = catalog.layout.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LakeError(f"no lake can be made in {folder}: {error.strerror}") from error
    lock = catalog.lock()
    lock.acquire("creating the lake")
    clean = False
    try:
        if not catalog.exists():
            try:
                create_lake(catalog)
            except Exception as error:
                raise disk_full(error, folder) or error from error
        clean = True
    finally:
        lock.release(clean=clean)
