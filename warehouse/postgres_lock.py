"""One writer at a time: an advisory lock of PostgreSQL, for lakes in a database.

The lock belongs to a connection of its own, and so ends with its process, however that ends; that
of a machine that is gone ends when either side's keepalives find nobody there. Who holds it stands
in the table ``dateline_writer`` beside the catalog. A holder that ends well takes its row out; one
that is found by the next therefore names a holder that died.
"""

from __future__ import annotations

import hashlib
import logging
import socket
import time
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from warehouse import libpq
from warehouse.address import Database
from warehouse.catalog import Holder
from warehouse.errors import LakeError
from warehouse.lock import POLL, describe, log_wait

if TYPE_CHECKING:
    import psycopg

log = logging.getLogger(__name__)

#: The table that says who holds the lock: one row, or none.
TABLE = "dateline_writer"
_COLUMNS = "pid, owner, command, since, host"
_NOBODY = object()


class PostgresLock:
    """The lock of a lake: a :class:`warehouse.catalog.Lock`. Not re-entrant; one object a process
    and lake."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: psycopg.Connection[Any] | None = None
        self._token = ""

    @property
    def held(self) -> bool:
        return self._connection is not None

    @property
    def _key(self) -> int:
        """Locks are a database's; lakes in one differ by their schema."""
        digest = hashlib.sha256(f"dateline {self._database.schema}".encode()).digest()
        return int.from_bytes(digest[:8], signed=True)

    @property
    def _table(self) -> str:
        return f"{self._database.schema}.{TABLE}"

    def acquire(
        self, owner: str, *, on_wait: Callable[[Holder | None], None] | None = None
    ) -> Holder | None:
        """Wait for the lock and take it; gives the holder that died with it, if one did.

        Raises ``LakeError`` if the database cannot be reached or not be written.
        """
        connection = libpq.connect(self._database, "writer")
        try:
            with libpq.told(self._database):
                connection.execute(libpq.SERVER_PATIENCE)
                self._wait(connection, on_wait or log_wait)
                self._provide(connection)
                died = self._holder(connection)
                self._token = uuid.uuid4().hex
                self._sign(connection, owner)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return died

    def check(self) -> None:
        """Make sure that the lock is still held: if its connection broke, take it again.

        Raises ``LakeError`` if somebody else had it meanwhile.
        """
        import psycopg

        if self._connection is None:
            return
        try:
            self._connection.execute("SELECT 1")
            return
        except psycopg.OperationalError as error:
            log.warning(
                "the connection that held the write lock broke: %s", " ".join(str(error).split())
            )
        self._connection.close()
        connection = self._again()
        self._connection = connection
        log.warning("the write lock is held again; nobody had it meanwhile")

    def _again(self) -> psycopg.Connection[Any]:
        connection = libpq.connect(self._database, "writer")
        try:
            with libpq.told(self._database):
                connection.execute(libpq.SERVER_PATIENCE)
                taken = self._try(connection)
                row = connection.execute(f"SELECT token FROM {self._table}").fetchone()
        except BaseException:
            connection.close()
            raise
        if not taken or row is None or row[0] != self._token:
            connection.close()
            raise LakeError(
                f"the write lock of the lake in {self._database} was lost with its connection, and "
                "another writer has it or had it since: run the same command again, it goes on "
                "from what there is"
            )
        return connection

    def release(self, *, clean: bool = True) -> None:
        """Give the lock back; ``clean=False`` leaves the next holder to tidy up."""
        import psycopg

        if self._connection is None:
            return
        connection, self._connection = self._connection, None
        try:
            if clean:
                connection.execute(f"DELETE FROM {self._table} WHERE token = %s", [self._token])
        except psycopg.Error as error:
            log.info("the write lock was lost before it was given back: %s", error)
        finally:
            connection.close()

    def holder(self) -> Holder | None:
        """Who holds the lock now, or died with it, as far as the table says."""
        with libpq.connected(self._database) as connection:
            return self._holder(connection)

    def _wait(
        self, connection: psycopg.Connection[Any], on_wait: Callable[[Holder | None], None]
    ) -> None:
        told: object = _NOBODY
        while not self._try(connection):
            holder = self._holder(connection)
            if holder != told:
                on_wait(holder)
                told = holder
            time.sleep(POLL)

    def _try(self, connection: psycopg.Connection[Any]) -> bool:
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", [self._key]).fetchone()
        return bool(row and row[0])

    def _provide(self, connection: psycopg.Connection[Any]) -> None:
        """The schema and the table, of a lake that is about to be made."""
        if not _there(connection, self._table):
            if not connection.execute(
                "SELECT 1 FROM pg_namespace WHERE nspname = %s", [self._database.schema]
            ).fetchone():
                connection.execute(f"CREATE SCHEMA {self._database.schema}")
            connection.execute(
                f"CREATE TABLE {self._table} (pid bigint, owner text, command text, since text, "
                "host text, token text)"
            )

    def _holder(self, connection: psycopg.Connection[Any]) -> Holder | None:
        if not _there(connection, self._table):
            return None
        row = connection.execute(f"SELECT {_COLUMNS} FROM {self._table}").fetchone()
        return Holder(*row) if row else None

    def _sign(self, connection: psycopg.Connection[Any], owner: str) -> None:
        me = describe(owner)
        with connection.transaction():
            connection.execute(f"DELETE FROM {self._table}")
            connection.execute(
                f"INSERT INTO {self._table} ({_COLUMNS}, token) VALUES (%s, %s, %s, %s, %s, %s)",
                [me.pid, me.owner, me.command, me.since, socket.gethostname(), self._token],
            )


def _there(connection: psycopg.Connection[Any], table: str) -> bool:
    row = connection.execute("SELECT to_regclass(%s)", [table]).fetchone()
    return bool(row and row[0])
