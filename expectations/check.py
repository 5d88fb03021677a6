"""May a batch pass? Asks every expectation and parts the rows from those for quarantine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from expectations.asking import ask_aggregates, ask_rules, ask_structure, failing_rows
from expectations.batch import PARENT, Batch
from expectations.frames import Typed, typed
from expectations.model import Result
from expectations.quarantine import (
    FOLLOWED,
    follow,
    follow_expectation,
    quarantine_row,
    row_ids,
    warning_row,
)
from expectations.totals import Limits, Totals, aggregates, count
from warehouse.tables import ARTICLE_TABLES, MENTIONS, QUALITY, TABLES_BY_NAME, Row

if TYPE_CHECKING:
    import pandas as pd

EXAMPLES = 3


@dataclass(frozen=True)
class Checked:
    """What came of a batch.

    ``passed`` holds the rows of each table that may be published, in the declared types and in
    the order they came; ``quarantine`` a row for each expectation that a row failed; ``warnings``
    one for each that doubts a row which passed; ``quality`` a row for each expectation; ``totals``
    the run's counts with this batch, ``batch`` this batch's alone. ``failed`` names the aggregate
    expectations that stop the batch, ``broke`` the expectations of any kind that could not be
    asked: with either, nothing is published.
    Every row made has passed or is quarantined, once: ``batch.rows_made ==
    batch.rows_passed + batch.rows_quarantined``.
    """

    passed: dict[str, pd.DataFrame]
    quarantine: list[Row]
    warnings: list[Row]
    quality: list[Row]
    totals: Totals
    batch: Totals
    failed: list[str]
    broke: list[str]

    @property
    def publishable(self) -> bool:
        return not self.failed and not self.broke


def check_batch(
    frames: Mapping[str, pd.DataFrame],
    totals: Totals,
    *,
    run_id: str,
    batch_no: int,
    checked_at: dt.datetime,
    limits: Limits | None = None,
    fetched: Mapping[str, dt.datetime] | None = None,
    earlier: Sequence[Row] = (),
) -> Checked:
    """Checks the frames of one batch (by table name) against every expectation.

    ``totals`` are the run's counts before this batch. ``fetched`` gives by raw_id when an input
    was fetched (UTC): no article was published later, so an article gets the same verdict on
    whichever day it is built again; inputs that it does not name count as fetched at
    ``checked_at`` (UTC). ``earlier`` are the quarantine rows of these articles when published
    rows are checked again. Tables are checked as a whole with what they point at: a child's
    article must be in the same frames. Raises ``KeyError`` for a table that is not declared.
    """
    names = [table.name for table in ARTICLE_TABLES if table.name in frames]
    names += sorted(name for name in frames if name not in names)
    tables = {name: typed(TABLES_BY_NAME[name], frames[name]) for name in names}
    rows = {name: one.rows for name, one in tables.items()}

    results = [result for one in tables.values() for result in ask_structure(one)]
    sound = _sound(rows, results)
    batch = Batch(
        rows={name: [rows[name][at] for at in sorted(sound[name])] for name in names},
        checked_at=checked_at,
        fetched=fetched or {},
        earlier=earlier,
    )
    results += _ruled(tables, sound, results, batch)
    results += _followed(rows, results)

    failing = failing_rows(results)
    made = count(rows, {name: len(failing.get(name, {})) for name in names})
    results += ask_aggregates(aggregates(totals, made, limits or Limits()))
    return Checked(
        passed={name: _without(one.frame, failing.get(name, {})) for name, one in tables.items()},
        quarantine=_quarantine(tables, results, run_id),
        warnings=_warnings(tables, results, failing, run_id),
        quality=[_quality(result, tables, run_id, batch_no, checked_at) for result in results],
        totals=totals + made,
        batch=made,
        failed=[
            r.expectation.label
            for r in results
            if r.outcome == "failed" and r.expectation.kind == "aggregate"
        ],
        broke=[r.expectation.label for r in results if r.outcome == "broke"],
    )


def _sound(rows: Mapping[str, Sequence[Row]], results: Sequence[Result]) -> dict[str, set[int]]:
    """The positions of rows whose structure holds, and that of their article."""
    failing = failing_rows(results)
    sound = {
        name: {at for at in range(len(some)) if at not in failing.get(name, {})}
        for name, some in rows.items()
    }
    articles = {rows[PARENT][at]["article_id"] for at in sound.get(PARENT, ())}
    for table in ARTICLE_TABLES[1:]:
        if table.name in sound:
            some = rows[table.name]
            sound[table.name] = {
                at for at in sound[table.name] if some[at]["article_id"] in articles
            }
    return sound


def _ruled(
    tables: Mapping[str, Typed],
    sound: Mapping[str, set[int]],
    before: Sequence[Result],
    batch: Batch,
) -> list[Result]:
    """References and rules, in the order of the tables.

    Mentions are asked first: an entity is judged by those of its mentions that hold, so a wrong
    mention does not accuse it. No other rule looks at rows of another table but for those that
    its own row points at, without which it cannot pass either: so what passes passes again.
    """
    rows = {name: one.rows for name, one in tables.items()}
    ruled: dict[str, list[Result]] = {}
    for name in sorted(tables, key=lambda name: name != MENTIONS.name):
        ruled[name] = ask_rules(tables[name], rows, sound[name], batch)
        if name == MENTIONS.name:
            failing = failing_rows([*before, *ruled[name]]).get(name, {})
            batch = replace(
                batch,
                mentions=[row for at, row in enumerate(rows[name]) if at not in failing],
                kept_back=[rows[name][at] for at in sorted(failing)],
            )
    return [result for name in tables for result in ruled[name]]


def _followed(rows: Mapping[str, Sequence[Row]], results: Sequence[Result]) -> list[Result]:
    found = follow(rows, failing_rows(results))
    return [
        Result(
            expectation,
            "failed" if found.get(expectation.label) else "passed",
            len(rows[pointer.table]),
            found.get(expectation.label, {}),
        )
        for pointer in FOLLOWED
        if pointer.table in rows and pointer.parent in rows
        for expectation in [follow_expectation(pointer)]
    ]


def _without(frame: pd.DataFrame, failing: Mapping[int, str]) -> pd.DataFrame:
    if not failing:
        return frame
    return frame.drop(index=sorted(failing)).reset_index(drop=True)


def _quarantine(tables: Mapping[str, Typed], results: Sequence[Result], run_id: str) -> list[Row]:
    ids = {name: row_ids(one.table, one.rows) for name, one in tables.items()}
    quarantine = []
    for result in results:
        if result.expectation.kind == "warning":
            continue
        table = result.expectation.table
        for at, found in result.failing.items():
            row = tables[table].original(at)
            article_id = tables[table].rows[at].get("article_id")
            quarantine.append(
                quarantine_row(result, row, ids[table][at], article_id, found, run_id)
            )
    return sorted(
        quarantine,
        key=lambda q: (q["table_name"], q["row_id"], q["expectation"], q["column_name"] or ""),
    )


def _warnings(
    tables: Mapping[str, Typed],
    results: Sequence[Result],
    failing: Mapping[str, Mapping[int, str]],
    run_id: str,
) -> list[Row]:
    """What is doubted of the rows that pass."""
    warnings = []
    for result in results:
        table = result.expectation.table
        for at, found in result.failing.items():
            if result.expectation.kind != "warning" or at in failing.get(table, {}):
                continue
            row = tables[table].rows[at]
            row_id = "/".join(str(row[name]) for name in TABLES_BY_NAME[table].key)
            warnings.append(warning_row(result, row_id, row["article_id"], found, run_id))
    return sorted(warnings, key=lambda w: (w["table_name"], w["row_id"], w["expectation"]))


def _quality(
    result: Result,
    tables: Mapping[str, Typed],
    run_id: str,
    batch_no: int,
    checked_at: dt.datetime,
) -> Row:
    expectation = result.expectation
    detail = result.detail
    if result.failing:
        rows = tables[expectation.table].rows
        key = TABLES_BY_NAME[expectation.table].key
        examples = [
            f"{'/'.join(str(rows[at][name]) for name in key)}: {result.failing[at]}"
            for at in sorted(result.failing)[:EXAMPLES]
        ]
        detail = "; ".join(examples)
    return QUALITY.row(
        run_id=run_id,
        batch_no=batch_no,
        table_name=expectation.table,
        expectation=expectation.name,
        column_name=expectation.column,
        kind=expectation.kind,
        outcome=result.outcome,
        checked=result.checked,
        failed=len(result.failing),
        observed=result.observed,
        detail=detail,
        checked_at=checked_at,
    )
