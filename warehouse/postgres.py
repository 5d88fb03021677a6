"""The catalog in a schema of PostgreSQL, the data in a store or a folder that all see.

DuckDB's extension and psycopg share the work: through the first DuckLake reads and writes its
tables, through the second goes what DuckDB does not do (locks, schemas, copies). A password is
given to DuckDB as a secret and to psycopg by itself, never within a text that is shown.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse import ducklake, libpq, postgres_copy, stores
from warehouse.address import Address, Database, is_folder
from warehouse.catalog import KEPT_BACKUPS, LAKE, Backup, no_lake, quoted
from warehouse.errors import LakeError, UnreachableError
from warehouse.extensions import connection as connect_duckdb
from warehouse.files import Files, Folder
from warehouse.layout import Layout
from warehouse.postgres_lock import TABLE, PostgresLock

if TYPE_CHECKING:
    import psycopg
    from duckdb import DuckDBPyConnection

#: The names of DuckDB's secret with the password, and of the database while it is looked at.
_SECRET = "lake_catalog"
_LOOK = "catalog_before"
#: Seconds that a lock of a table is waited for where everybody else has to be away.
_ALONE = 10
#: Seconds that commits whose answers were lost are waited for.
_SETTLED = 30

_BUSY = (
    "could not serialize access",
    "deadlock detected",
    "canceling statement due to lock timeout",
    "could not obtain lock",
    "duplicate key value violates unique constraint",
)
_LOST = (
    "server closed the connection",
    "terminating connection",
    "connection to server",
    "no connection to the server",
    "unable to connect to postgres",
    "connection has been closed",
    "connection not open",
    "could not receive data from server",
    "could not send data to server",
    "the database system is",
    "too many clients",
    "remaining connection slots",
    'failed to execute query "rollback"',
    'failed to execute query "begin',
)


class PostgresCatalog:
    """The catalog of a lake in a database: a :class:`warehouse.catalog.Catalog`."""

    extension = "duckdb_extension_postgres_scanner"

    def __init__(self, address: Address, layout: Layout) -> None:
        assert address.database is not None
        self.layout = layout
        self._database: Database = address.database
        self._given = address.data
        self._place: str | None = None
        self._lock: PostgresLock | None = None
        self._application = libpq.application(f"catalog {os.urandom(3).hex()}")

    @property
    def _schema(self) -> str:
        return self._database.schema

    @property
    def place(self) -> str:
        return f"in schema {self._schema} of {self._database.uri}"

    @cached_property
    def files(self) -> Files:
        """Raises ``LakeError`` if neither the catalog nor the address says where they are."""
        if self._place is None and (found := self._asked()) is not None:
            self._know(found)
        place = self._place or self._given
        if place is None:
            raise LakeError(
                f"a new lake in {self._database} takes a place for its data: set `data` in "
                "dateline.toml, or DATELINE_DATA, to s3://bucket/prefix, gs://, az:// or a folder "
                "that all who use the lake see"
            )
        return Folder(Path(place)) if is_folder(place) else stores.Store(place)

    # opening

    def exists(self) -> bool:
        return self._asked() is not None

    def _asked(self) -> dict[str, str] | None:
        """What the catalog says of itself; None if there is none."""
        with libpq.connected(self._database) as connection:
            table = f"{self._schema}.ducklake_metadata"
            row = connection.execute("SELECT to_regclass(%s)", [table]).fetchone()
            if row is None or row[0] is None:
                return None
            return dict(connection.execute(f"SELECT key, value FROM {table}").fetchall())

    def attach(
        self,
        connection: DuckDBPyConnection,
        *,
        read_only: bool = False,
        snapshot: int | None = None,
    ) -> None:
        found = self._looked(connection)
        if found is None:
            raise no_lake(self)
        ducklake.check_format(found, self.layout.where)
        self._know(found)
        options = ["READ_ONLY"] if read_only else []
        if snapshot is not None:
            options.append(f"SNAPSHOT_VERSION {int(snapshot)}")
        self._attach(connection, self._schema, options)

    def _looked(self, connection: DuckDBPyConnection) -> dict[str, str] | None:
        """As :meth:`_asked`, through DuckDB: who only reads needs no other way."""
        import duckdb

        connection.execute("SET pg_connection_limit = 8")
        if self._database.password is not None:
            self._keep(connection, self._database.password)
        table = f"{self._schema}.ducklake_metadata"
        try:
            connection.execute(
                f"ATTACH {quoted(self._conninfo)} AS {_LOOK} (TYPE postgres, READ_ONLY"
                f"{self._by_secret('')})"
            )
            try:
                asked = quoted(f"SELECT to_regclass({quoted(table)}) IS NOT NULL AS known")
                [(known,)] = connection.execute(
                    f"FROM postgres_query('{_LOOK}', {asked})"
                ).fetchall()
                if not known:
                    return None
                asked = quoted(f"SELECT key, value FROM {table}")
                return dict(
                    connection.execute(f"FROM postgres_query('{_LOOK}', {asked})").fetchall()
                )
            finally:
                connection.execute(f"DETACH {_LOOK}")
        except duckdb.Error as error:
            raise self._not_opened(error) from error

    def _keep(self, connection: DuckDBPyConnection, password: str) -> None:
        """Give DuckDB the password; an error would quote the statement."""
        import duckdb

        try:
            connection.execute(
                f"CREATE OR REPLACE TEMPORARY SECRET {_SECRET} "
                f"(TYPE postgres, PASSWORD {quoted(password)})"
            )
        except duckdb.Error:
            raise LakeError(f"DuckDB does not take the password of {self._database}") from None

    def _by_secret(self, prefix: str) -> str:
        return f", {prefix}SECRET '{_SECRET}'" if self._database.password is not None else ""

    @property
    def _conninfo(self) -> str:
        return libpq.conninfo(libpq.parameters(self._database, self._application))

    def _know(self, found: dict[str, str]) -> None:
        """Where the data lie, by the catalog; raises ``LakeError`` if the address says other."""
        known = found.get("data_path", "").rstrip("/")
        if self._given is not None and self._given != known:
            raise LakeError(
                f"the lake in {self._database} has its data in {known}, not in {self._given}: "
                "leave `data` (DATELINE_DATA) out, or name another lake"
            )
        self._place = known

    def _attach(self, connection: DuckDBPyConnection, schema: str, options: list[str]) -> None:
        import duckdb

        if not is_folder(self.files.place):
            stores.admit(connection, self.files.place)
        listed = ", ".join([f"META_SCHEMA '{schema}'", *options])
        try:
            connection.execute(
                f"ATTACH {quoted(f'ducklake:postgres:{self._conninfo}')} AS {LAKE} "
                f"({listed}{self._by_secret('META_')})"
            )
        except duckdb.Error as error:
            raise self._not_opened(error) from error

    def _not_opened(self, error: Exception) -> LakeError:
        said = " ".join(str(error).split())
        return LakeError(f"the lake in {self._database} cannot be opened: {said}")

    # making

    @property
    def _creating(self) -> str:
        """The schema in which the catalog of a new lake stands until it is whole."""
        return f"{self._schema}_creating"

    def create(self, fill: Callable[[DuckDBPyConnection], None]) -> None:
        """Its tables are made in a schema aside and moved, all at once, when they are whole."""
        self.tidy()
        place = self.files.place
        with libpq.connected(self._database) as connection:
            connection.execute(f"CREATE SCHEMA {self._creating}")
        spill = self.layout.folder / "spill"
        with closing(connect_duckdb(spill, self.extension)) as made:
            if self._database.password is not None:
                self._keep(made, self._database.password)
            self._attach(made, self._creating, [f"DATA_PATH {quoted(f'{place}/')}"])
            fill(made)
        self._move()
        self._place = place

    def _move(self) -> None:
        with libpq.connected(self._database) as connection, connection.transaction():
            for name in _tables(connection, self._creating):
                connection.execute(
                    f'ALTER TABLE {self._creating}."{name}" SET SCHEMA {self._schema}'
                )
            connection.execute(f"DROP SCHEMA {self._creating}")

    def tidy(self) -> None:
        with libpq.connected(self._database) as connection:
            connection.execute("SET client_min_messages = warning")
            connection.execute(f"DROP SCHEMA IF EXISTS {self._creating} CASCADE")
        postgres_copy.tidy(self._backups)

    # locking

    def lock(self) -> PostgresLock:
        self._lock = PostgresLock(self._database)
        return self._lock

    # backing up

    @property
    def _backups(self) -> postgres_copy.Copies:
        return postgres_copy.Copies(self.layout.folder / "backups")

    def back_up(self) -> Backup:
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        with libpq.connected(self._database, "backup") as connection:
            return self._backups.make(connection, self._schema, now)

    def backups(self) -> list[Backup]:
        return self._backups.found()

    def prune(self, keep: int = KEPT_BACKUPS) -> None:
        for backup in self.backups()[keep:]:
            backup.path.unlink(missing_ok=True)

    def files_in(self, backup: Backup, connection: DuckDBPyConnection) -> set[str]:
        return ducklake.names(postgres_copy.paths(backup.path))

    def way_back(self, backup: Backup) -> str:
        return (
            f"end all who write, and run `python -m warehouse.postgres_restore {backup.path} "
            f"{self._database}`"
        )

    def restore(self, backup: Backup) -> None:
        """Make the catalog what it is in a copy, in one transaction; makes one, over the same data,
        if there is none.

        The caller holds the lock. Raises ``LakeError``; the catalog is then as it was.
        """
        if not self.exists():
            self._know(postgres_copy.told(backup.path))
            self.create(lambda _: None)
        with libpq.connected(self._database, "restore") as connection, connection.transaction():
            postgres_copy.restore(connection, self._schema, backup.path)

    def rewrite(self) -> None:
        with libpq.connected(self._database, "rewrite") as connection:
            connection.execute(f"SET lock_timeout = '{_ALONE}s'")
            import psycopg

            for name in _tables(connection, self._schema):
                try:
                    connection.execute(f'VACUUM (FULL) {self._schema}."{name}"')
                except psycopg.errors.LockNotAvailable as error:
                    raise LakeError(
                        f"the catalog {self.place} cannot be written anew: another program is "
                        "reading it. End the programs that read the lake, and run the same "
                        "command again"
                    ) from error

    # committing

    def check_lock(self) -> None:
        if self._lock is not None:
            self._lock.check()

    def settle(self, connection: DuckDBPyConnection) -> None:
        """End what a broken connection left at work on the server, and wait for its end."""
        mine = (
            "FROM pg_stat_activity WHERE application_name = %s AND datname = current_database() "
            "AND state IS DISTINCT FROM 'idle'"
        )
        name = self._application[:63]
        with libpq.connected(self._database) as asked:
            asked.execute(f"SELECT pg_terminate_backend(pid) {mine}", [name])
            end = time.monotonic() + _SETTLED
            while asked.execute(f"SELECT 1 {mine}", [name]).fetchone():
                if time.monotonic() > end:
                    raise LakeError(
                        f"a commit to the lake in {self._database} whose connection broke does not "
                        "come to its end: look at pg_stat_activity, and run the same command again"
                    )
                time.sleep(0.05)

    def is_busy(self, error: Exception) -> bool:
        text = str(error).lower()
        return any(one in text for one in _BUSY)

    def is_lost(self, error: Exception) -> bool:
        if isinstance(error, UnreachableError):
            return True
        text = str(error).lower()
        return any(one in text for one in _LOST)


def _tables(connection: psycopg.Connection[Any], schema: str) -> list[str]:
    rows = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename <> %s ORDER BY 1",
        [schema, TABLE],
    ).fetchall()
    return [name for (name,) in rows]
