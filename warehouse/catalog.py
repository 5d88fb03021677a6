"""The door to a lake's catalog: what the warehouse asks of it, whichever database keeps it.

The catalog says which snapshots and tables a lake has and which files make them up. DuckLake keeps
it in a database; :class:`Catalog` is what such a database must be able to do for us. Each that can
is one module, chosen by the lake's address in :mod:`warehouse.opening`. What DuckLake does alike
over all of them is in :mod:`warehouse.ducklake`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from warehouse.errors import NoLakeError
from warehouse.files import Files
from warehouse.layout import Layout

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: The name a lake is attached under.
LAKE = "lake"
#: How many copies of a catalog are kept.
KEPT_BACKUPS = 3


@dataclass(frozen=True)
class Holder:
    """Who holds a lock: the process and its machine, what it was called for, its command, since
    when (UTC)."""

    pid: int
    owner: str
    command: str
    since: str
    #: The machine, where a lake is shared by several.
    host: str | None = None

    def __str__(self) -> str:
        on = f" on {self.host}" if self.host else ""
        return f"{self.owner} (process {self.pid}{on}, `{self.command}`, since {self.since})"


@dataclass(frozen=True, order=True)
class Backup:
    """A copy of a catalog, and when the copying of it began (UTC)."""

    made_at: dt.datetime
    path: Path


class Lock(Protocol):
    """The lock that a lake's one writer holds. A holder that dies loses it."""

    @property
    def held(self) -> bool:
        """Whether this object holds it."""

    def acquire(
        self, owner: str, *, on_wait: Callable[[Holder | None], None] | None = None
    ) -> Holder | None:
        """Wait for the lock and take it; gives the holder that died with it, if one did.

        ``on_wait`` is called with each holder that has to be waited for (None if its name is not
        known yet); without it, a message is logged. Raises ``LakeError`` if it cannot be taken.
        """

    def release(self, *, clean: bool = True) -> None:
        """Give the lock back; ``clean=False`` leaves the next holder to tidy up."""


class Catalog(Protocol):
    """The catalog of the lake at one address; the lake need not be there yet."""

    @property
    def layout(self) -> Layout:
        """Where the lake's other files lie."""

    @property
    def files(self) -> Files:
        """The Parquet files."""

    @property
    def place(self) -> str:
        """Where the catalog itself is, as messages say it."""

    @property
    def extension(self) -> str | None:
        """The package that carries DuckDB's extension for the database, if it takes one."""

    # opening

    def exists(self) -> bool:
        """Whether there is a catalog, of whatever version."""

    def attach(
        self,
        connection: DuckDBPyConnection,
        *,
        read_only: bool = False,
        snapshot: int | None = None,
    ) -> None:
        """Attach the lake as ``lake``: as it is, or as it was in a snapshot.

        A reader must never wait for the writer, nor the writer for a reader. Raises
        ``NoLakeError`` if there is none, ``VersionError`` if it is of another format of DuckLake
        (:func:`warehouse.ducklake.check_format`) and ``LakeError`` if it cannot be opened.
        """

    def create(self, fill: Callable[[DuckDBPyConnection], None]) -> None:
        """Make the catalog, with what ``fill`` puts into the empty lake of a connection: whole, or
        not at all. The caller holds the lock."""

    def tidy(self) -> None:
        """Remove what a creation or a copying that was killed left. The caller holds the lock."""

    # locking

    def lock(self) -> Lock:
        """A new lock object for the lake."""

    # backing up

    def back_up(self) -> Backup:
        """Copy the catalog; the caller holds the lock. The copy is one consistent state.

        Raises ``LakeError`` if there is no whole copy in the end.
        """

    def backups(self) -> list[Backup]:
        """The copies that are kept, the newest first."""

    def prune(self, keep: int = KEPT_BACKUPS) -> None:
        """Remove all but the newest copies."""

    def files_in(self, backup: Backup, connection: DuckDBPyConnection) -> set[str]:
        """The names of the files that a copy needs to be worth anything."""

    def way_back(self, backup: Backup) -> str:
        """What a person has to do to have the catalog as it is in a copy."""

    def rewrite(self) -> None:
        """Write the catalog anew, so that its files hold nothing that was deleted or replaced.

        The caller holds the lock and no transaction. Raises ``LakeError`` while somebody reads.
        """

    # committing

    def check_lock(self) -> None:
        """Make sure, before a commit, that the lock taken through this object is still held.

        Raises ``LakeError`` if it was lost and somebody else has written since.
        """

    def settle(self, connection: DuckDBPyConnection) -> None:
        """Wait until no commit of that connection is under way whose answer was lost."""

    def is_busy(self, error: Exception) -> bool:
        """Whether a commit was refused only because another connection was writing."""

    def is_lost(self, error: Exception) -> bool:
        """Whether the connection to the database broke, so that nobody knows what came of it."""


def require(catalog: Catalog) -> None:
    """Raise ``NoLakeError`` unless there is a lake."""
    if not catalog.exists():
        raise no_lake(catalog)


def no_lake(catalog: Catalog) -> NoLakeError:
    """What to say where there is none."""
    where = catalog.layout.where
    return NoLakeError(
        f"there is no lake in {where}: make one with `dateline run --lake {where}`, or name "
        "another with --lake or DATELINE_LAKE"
    )


def quoted(text: str) -> str:
    """The text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
