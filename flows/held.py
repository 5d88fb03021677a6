"""What a lake says at the end of a run, for the run's metrics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from warehouse.lake import Lake
from warehouse.tables import Row
from warehouse.views.source_health import SOURCE_HEALTH

#: How many sources have metrics of their own: those with most articles, those least well.
SOURCES = 200

_REJECTS = "SELECT reason AS name, count(*) AS n FROM lake.rejects WHERE run_id = ? GROUP BY ALL"
_QUARANTINED = """
SELECT table_name AS name, count(DISTINCT row_id) AS n
FROM lake.quarantine WHERE run_id = ? GROUP BY ALL
"""
_LAST_DONE = "SELECT max(ended_at) AS ended_at FROM lake.runs WHERE status = 'done'"
#: Articles whose time of publication is still to come say nothing of how fresh a source is.
_NEWEST = f"""
SELECT source, max(coalesce(published_at, published_date))
         FILTER (coalesce(published_at, published_date) <= ingested_at + INTERVAL 1 DAY) AS newest
FROM lake.articles GROUP BY source ORDER BY count(*) DESC, source LIMIT {SOURCES}
"""
_SNAPSHOTS = "SELECT count(*) AS n FROM lake.snapshots()"


@dataclass(frozen=True)
class Held:
    """What a lake says at the end of a run; empty where it could not be asked."""

    rejects: Mapping[str, int] = field(default_factory=dict)
    quarantined: Mapping[str, int] = field(default_factory=dict)
    last_done: dt.datetime | None = None
    sources: Sequence[Row] = ()
    newest: Mapping[str, dt.datetime | None] = field(default_factory=dict)
    snapshots: int | None = None
    files: int | None = None
    bytes: int | None = None


def held(lake: Lake, run_id: str) -> Held:
    """Asks a lake at the end of a run. Raises ``LakeError``."""

    def counts(sql: str) -> dict[str, int]:
        return {row["name"]: row["n"] for row in lake.query(sql, [run_id]).to_pylist()}

    (done,) = lake.query(_LAST_DONE).to_pylist()
    (snapshots,) = lake.query(_SNAPSHOTS).to_pylist()
    sizes = lake.sizes()
    return Held(
        rejects=counts(_REJECTS),
        quarantined=counts(_QUARANTINED),
        last_done=done["ended_at"],
        sources=lake.query(SOURCE_HEALTH.sql).to_pylist(),
        newest={row["source"]: row["newest"] for row in lake.query(_NEWEST).to_pylist()},
        snapshots=snapshots["n"],
        files=sum(size.files + size.delete_files for size in sizes),
        bytes=sum(size.bytes for size in sizes),
    )
