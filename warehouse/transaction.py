"""One transaction over several tables: one snapshot, its message naming the run."""

from __future__ import annotations

import contextlib
import json
import logging
import time
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


@dataclass(frozen=True)
class Message:
    """What a snapshot says of itself: a sentence, the run and the batch it belongs to."""

    text: str
    run: str | None = None
    batch: int | None = None

    @property
    def extra(self) -> str:
        return json.dumps({"run": self.run, "batch": self.batch})


def commit(
    catalog: Catalog, connection: DuckDBPyConnection, work: Callable[[], None], message: Message
) -> int:
    """Do ``work`` in one transaction; gives the lake's snapshot after it.

    All of it is tried again when the catalog was busy for longer than it waits by itself. Raises
    ``LakeError`` when it stays busy or cannot be written; the lake is then as it was before.
    """
    import duckdb

    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(PAUSE * 2 ** (attempt - 1))
        try:
            connection.execute("BEGIN TRANSACTION")
            work()
            connection.execute(
                f"CALL {LAKE}.set_commit_message(?, ?, extra_info => ?)",
                [AUTHOR, message.text, message.extra],
            )
            connection.execute("COMMIT")
            return current_snapshot(connection)
        except duckdb.Error as error:
            roll_back(connection)
            if not catalog.is_busy(error):
                raise LakeError(f"nothing of {message.text!r} was written: {error}") from error
            log.info("the catalog is busy, attempt %d of %d: %s", attempt + 1, ATTEMPTS, error)
        except BaseException:
            roll_back(connection)
            raise
    raise LakeError(
        f"nothing of {message.text!r} was written: another program keeps the catalog locked. "
        "End it, and run the same command again"
    )


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


def roll_back(connection: DuckDBPyConnection) -> None:
    """End the transaction that is open, if one is, as if it had not been."""
    import duckdb

    # after a failed COMMIT there is no transaction left to roll back
    with contextlib.suppress(duckdb.Error):
        connection.execute("ROLLBACK")
