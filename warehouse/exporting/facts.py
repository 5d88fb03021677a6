"""What an export is of, as all that is exported says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from warehouse.history import Snapshot
from warehouse.version import writer

#: The table of a database file that says it, and its columns.
INFO = "export_info"
INFO_COLUMNS: Mapping[str, str] = {
    "snapshot": "BIGINT",
    "committed_at": "TIMESTAMP",
    "run": "TEXT",
    "schema_version": "BIGINT",
    "exported_by": "TEXT",
}


@dataclass(frozen=True)
class Facts:
    """The snapshot, when (UTC) and by which run it was made, and what exports it."""

    snapshot: int
    committed_at: dt.datetime
    run: str | None
    schema_version: int
    exported_by: str

    @property
    def values(self) -> tuple[object, ...]:
        """What stands in :data:`INFO`, in its order."""
        return tuple(getattr(self, name) for name in INFO_COLUMNS)

    @property
    def committed(self) -> str:
        """The time as ISO 8601 with its zone."""
        return f"{self.committed_at.isoformat()}Z"

    @property
    def told(self) -> dict[str, object]:
        """The same for JSON."""
        return {**dict(zip(INFO_COLUMNS, self.values, strict=True)), "committed_at": self.committed}


def facts_of(snapshot: Snapshot, schema_version: int) -> Facts:
    """What an export of this snapshot by the installed release says of itself."""
    return Facts(snapshot.number, snapshot.committed_at, snapshot.run, schema_version, writer())
