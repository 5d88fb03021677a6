"""The lake's snapshots, and finding the one that a number, a time or a run means."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.catalog import LAKE
from warehouse.errors import SqlError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: A snapshot's number, a time (naive is UTC), an ISO 8601 time or date, or a run id.
At = int | str | dt.datetime


#: What :func:`last_good` is called by people.
LAST_GOOD = "last-good"


@dataclass(frozen=True)
class Snapshot:
    """A state of the lake: when it was committed (UTC) and by which run and batch."""

    number: int
    committed_at: dt.datetime
    message: str | None
    run: str | None
    batch: int | None


def snapshots(connection: DuckDBPyConnection, limit: int | None = None) -> list[Snapshot]:
    """The snapshots that can still be reached, the newest first, at most ``limit``."""
    found = connection.execute(
        "SELECT snapshot_id, epoch_us(snapshot_time), commit_message, commit_extra_info "
        f"FROM {LAKE}.snapshots() ORDER BY snapshot_id DESC"
        + (f" LIMIT {int(limit)}" if limit is not None else "")
    ).fetchall()
    return [_snapshot(*row) for row in found]


def resolve(connection: DuckDBPyConnection, at: At) -> int:
    """The number of the snapshot that ``at`` means.

    A time means the last snapshot up to it, a date the last one of that day (UTC), a run the
    last one that it made. Raises ``SqlError`` if there is none.
    """
    known = snapshots(connection)
    if isinstance(at, str):
        at = at.strip()
        of_run = [s.number for s in known if s.run == at]
        if of_run:
            return max(of_run)
        at = int(at) if at.isdecimal() else _time(at, known)
    if isinstance(at, int):
        if any(s.number == at for s in known):
            return at
        raise SqlError(f"there is no snapshot {at}: {_range(known)}")
    moment = at.astimezone(dt.UTC).replace(tzinfo=None) if at.tzinfo else at
    before = [s.number for s in known if s.committed_at <= moment]
    if before:
        return max(before)
    raise SqlError(f"there is no snapshot up to {moment:%Y-%m-%d %H:%M:%S} UTC: {_range(known)}")


def last_good(connection: DuckDBPyConnection) -> Snapshot:
    """The state after the last run that ended ``done`` before the newest one, whatever that did.

    Raises ``SqlError`` naming the states that there are, if there is none or it has expired.
    """
    runs = connection.execute(f"SELECT run_id, status FROM {LAKE}.runs ORDER BY run_id").fetchall()
    if not runs:
        raise SqlError(f"there is no {LAST_GOOD} state: the lake has seen no run")
    newest = runs[-1][0]
    good = [run for run, status in runs[:-1] if status == "done"]
    if not good:
        raise SqlError(
            f"there is no {LAST_GOOD} state: no run before {newest}, the newest, ended well; "
            "name a snapshot or a time (`dateline runs`)"
        )
    known = snapshots(connection)
    of_run = [one for one in known if one.run == good[-1]]
    if of_run:
        return max(of_run, key=lambda one: one.number)
    left = list(dict.fromkeys(one.run for one in known if one.run))
    there = f"there are states of {', '.join(left[:3])}" if left else "no run's state is left"
    raise SqlError(
        f"the state after {good[-1]}, the last run before {newest} that ended well, has expired "
        f"(`dateline maintain` keeps states for some days): {there}, and snapshots "
        f"{known[-1].number} to {known[0].number}"
    )


def _time(text: str, known: list[Snapshot]) -> dt.datetime:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        pass
    else:
        return dt.datetime.combine(day, dt.time.max)
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        pass
    runs = list(dict.fromkeys(s.run for s in known if s.run))
    latest = f"; the latest runs are {', '.join(runs[:3])}" if runs else ""
    raise SqlError(
        f"{text!r} is not a snapshot, a time (such as 2025-04-28T10:00) or a run that can still "
        f"be asked for: {_range(known)}{latest}"
    )


def _range(known: list[Snapshot]) -> str:
    first, last = known[-1], known[0]
    return (
        f"the lake has snapshots {first.number} ({first.committed_at:%Y-%m-%d %H:%M:%S} UTC) to "
        f"{last.number} ({last.committed_at:%Y-%m-%d %H:%M:%S} UTC)"
    )


def _snapshot(number: int, micros: int, message: str | None, extra: str | None) -> Snapshot:
    told = json.loads(extra) if extra else {}
    committed = dt.datetime(1970, 1, 1) + dt.timedelta(microseconds=micros)
    return Snapshot(number, committed, message, told.get("run"), told.get("batch"))
