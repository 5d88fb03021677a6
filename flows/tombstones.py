"""What was forgotten: the rows that keep it out, and purging what of it is left.

An article that was removed and not yet purged is seen in the table ``forgettings``. Whoever has the
lake's write lock next can go on.
"""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Iterable

from warehouse.lake import Lake, Publication
from warehouse.tables import FORGETTINGS, TOMBSTONES, Row

#: Why an article is removed that a run met again, in other bytes than before.
CAME_BACK = "it came back in other bytes"


def purge_pending(lake: Lake, run_id: str) -> tuple[int, int]:
    """Purge what was removed and not yet purged: how many snapshots expired, and files went."""
    pending = pending_rows(lake)
    if not pending:
        return 0, 0
    ids = sorted({row["article_id"] for row in pending})
    raw_ids = [row["raw_id"] for row in lake.fetch(TOMBSTONES.name, "article_id", ids)]
    purged = lake.purge(ids, raw_ids)
    rows = [
        FORGETTINGS.row(
            article_id=row["article_id"],
            step="purged",
            done_at=_now(),
            why=row["why"],
            done_by=getpass.getuser(),
            snapshots=len(purged.snapshots),
            files=purged.files,
            not_reached=[],
        )
        for row in pending
    ]
    lake.publish(Publication({}, {FORGETTINGS.name: FORGETTINGS.arrow(rows)}), run_id)
    return len(purged.snapshots), purged.files


def pending_rows(lake: Lake) -> list[Row]:
    """The last row of ``forgettings`` of each article that was removed and not yet purged."""
    last: dict[str, Row] = {}
    every = lake.query(f"FROM lake.{FORGETTINGS.name} ORDER BY done_at, step DESC").to_pylist()
    for row in every:
        last[row["article_id"]] = row
    return [row for row in last.values() if row["step"] == "removed"]


def removed_rows(
    article_ids: Iterable[str], why: str, rows: int, not_reached: Iterable[str] = ()
) -> list[Row]:
    """The rows of ``forgettings`` that say so."""
    told = list(not_reached)
    return [
        FORGETTINGS.row(
            article_id=article_id,
            step="removed",
            done_at=_now(),
            why=why,
            done_by=getpass.getuser(),
            rows=rows,
            not_reached=told,
        )
        for article_id in article_ids
    ]


def tombstones(pairs: Iterable[tuple[str, str]]) -> list[Row]:
    """The rows of ``tombstones`` of pairs of an article and a raw version of it."""
    at = _now()
    return [
        TOMBSTONES.row(article_id=article_id, raw_id=raw_id, forgotten_at=at)
        for article_id, raw_id in sorted(set(pairs))
    ]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)
