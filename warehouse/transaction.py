"""One transaction over several tables: one snapshot, its message naming the run."""

from __future__ import annotations

import contextlib
import json
import logging
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.catalog import LAKE, Catalog
from warehouse.errors import LakeError

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

log = logging.getLogger(__name__)

AUTHOR = "dateline"
ATTEMPTS = 6
#: Seconds before the second attempt; doubled before each further one.
PAUSE = 0.1
#: Attempts beside those while a database cannot be reached: together most of a minute.
MORE_ATTEMPTS = 4


@dataclass(frozen=True)
class Message:
    """What a snapshot says of itself: a sentence, the run and the batch it belongs to."""

    text: str
    run: str | None = None
    batch: int | None = None

    def extra(self, commit: str) -> str:
        """What programs read of it; ``commit`` is found again by :func:`_made`."""
        return json.dumps({"run": self.run, "batch": self.batch, "commit": commit})


def commit(
    catalog: Catalog, connection: DuckDBPyConnection, work: Callable[[], None], message: Message
) -> int:
    """Do ``work`` in one transaction; gives the lake's snapshot after it.

    All of it is tried again when the catalog was busy for longer than it waits by itself, and over
    a fresh connection when the one to its database broke: unless the commit turns out to have been
    made, which each can be recognised by. Raises ``LakeError`` when it stays busy or cannot be
    written; the lake is then as it was before.
    """
    import duckdb

    token = uuid.uuid4().hex
    attempts, attempt, unsure = ATTEMPTS, 0, False
    while attempt < attempts:
        if attempt:
            time.sleep(PAUSE * 2 ** (attempt - 1))
        attempt += 1
        try:
            if unsure:
                catalog.settle(connection)
                if (made := _made(connection, token)) is not None:
                    return made
                unsure = False
            connection.execute("BEGIN TRANSACTION")
            work()
            connection.execute(
                f"CALL {LAKE}.set_commit_message(?, ?, extra_info => ?)",
                [AUTHOR, message.text, message.extra(token)],
            )
            catalog.check_lock()
            unsure = True
            connection.execute("COMMIT")
            return current_snapshot(connection)
        except (duckdb.Error, LakeError) as error:
            roll_back(connection)
            if catalog.is_lost(error):
                attempts = ATTEMPTS + MORE_ATTEMPTS
                log.warning("the connection to the catalog broke, trying again: %s", error)
                continue
            if isinstance(error, LakeError):
                raise
            if not catalog.is_busy(error):
                raise LakeError(f"nothing of {message.text!r} was written: {error}") from error
            log.info("the catalog is busy, attempt %d of %d: %s", attempt, attempts, error)
        except BaseException:
            roll_back(connection)
            raise
    if attempts > ATTEMPTS:
        known = "it is not known whether" if unsure else "nothing of"
        what = f"{message.text!r} was written"
        raise LakeError(
            f"{known} {what}: the database of the catalog cannot be reached any more. When it can, "
            "run the same command again: it goes on from what there is"
        )
    raise LakeError(
        f"nothing of {message.text!r} was written: another program keeps the catalog locked. "
        "End it, and run the same command again"
    )


def _made(connection: DuckDBPyConnection, token: str) -> int | None:
    """The snapshot that the commit of this token made, if it was made."""
    row = connection.execute(
        f"SELECT max(snapshot_id) FROM {LAKE}.snapshots() "
        f"WHERE contains(commit_extra_info, '{token}')"
    ).fetchone()
    return None if row is None or row[0] is None else int(row[0])


def current_snapshot(connection: DuckDBPyConnection) -> int:
    """The number of the lake's newest snapshot."""
    row = connection.execute(f"SELECT id FROM {LAKE}.current_snapshot()").fetchone()
    assert row is not None
    return int(row[0])


@contextlib.contextmanager
def registered(connection: DuckDBPyConnection, name: str, table: pa.Table) -> Iterator[None]:
    """Make an Arrow table known to SQL under ``name``."""
    connection.register(name, table)
    try:
        yield
    finally:
        connection.unregister(name)


@contextlib.contextmanager
def one_state(connection: DuckDBPyConnection) -> Iterator[None]:
    """All that is asked within is asked of one state. It is ended in any case: a transaction that
    is left open when its connection is closed, and PostgreSQL is gone, takes the process down."""
    connection.execute("BEGIN TRANSACTION READ ONLY")
    try:
        yield
    finally:
        roll_back(connection)


def roll_back(connection: DuckDBPyConnection) -> None:
    """End the transaction that is open, if one is, as if it had not been."""
    import duckdb

    # after a failed COMMIT there is no transaction left to roll back
    with contextlib.suppress(duckdb.Error):
        connection.execute("ROLLBACK")
