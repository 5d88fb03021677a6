"""From failed expectations to quarantine rows, and what cannot stand without a failed row."""

from __future__ import annotations

import base64
import datetime as dt
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from expectations.model import PARENT_PASSED, Expectation, Pointer, Result
from expectations.rules import POINTERS
from expectations.structure import pointer
from warehouse.tables import ARTICLES, QUARANTINE, TABLES_BY_NAME, WARNINGS, Row, Table

#: What is followed: also from a duplicate to its original, where both are of the batch.
FOLLOWED: tuple[Pointer, ...] = (
    *POINTERS,
    pointer(ARTICLES, ("duplicate_of",), ARTICLES.name, ARTICLES.key),
)

Failing = dict[str, dict[int, str]]


def follow_expectation(one: Pointer) -> Expectation:
    """The expectation that the row a pointer points at is not in quarantine itself."""
    return Expectation(
        one.table, PARENT_PASSED, one.column, f"the row of {one.parent} that it points at to pass"
    )


def follow(rows: Mapping[str, Sequence[Row]], failing: Mapping[str, Mapping[int, str]]) -> Failing:
    """The rows that cannot stand because one they point at may not pass.

    ``failing`` gives by table the positions of failing rows with the expectation each failed.
    The answer gives, by the label of the follow expectation, positions with what was found.
    Goes on until nothing more follows: a figure may hang on a date that hangs on a date.
    """
    reasons: dict[str, dict[int, str]] = {table: dict(some) for table, some in failing.items()}
    found: Failing = {}
    grown = True
    while grown:
        grown = False
        for one in FOLLOWED:
            parents = rows.get(one.parent, ())
            gone = {
                tuple(parents[at][name] for name in one.parent_key): reason
                for at, reason in reasons.get(one.parent, {}).items()
            }
            if not gone:
                continue
            label = follow_expectation(one).label
            told = found.setdefault(label, {})
            for at, row in enumerate(rows.get(one.table, ())):
                target = one.target(row)
                if target is None or target not in gone or at in told:
                    continue
                told[at] = f"{target[-1]} of {one.parent} in quarantine for {gone[target]}"
                known = reasons.setdefault(one.table, {})
                if at not in known:
                    known[at] = PARENT_PASSED
                    grown = True
    return found


def row_ids(table: Table, rows: Sequence[Row]) -> list[str]:
    """The key of each row as one string; a key that was there before gets its number (#2)."""
    seen: Counter[str] = Counter()
    ids = []
    for row in rows:
        key = "/".join("null" if row[name] is None else str(row[name]) for name in table.key)
        seen[key] += 1
        ids.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return ids


def quarantine_row(
    result: Result, row: Row, row_id: str, article_id: str | None, found: str, run_id: str
) -> Row:
    """The row of ``quarantine`` for a row that failed one expectation.

    Its JSON leaves out what differs between two runs, so that equal input gives an equal row.
    """
    table = TABLES_BY_NAME[result.expectation.table]
    return QUARANTINE.row(
        **_failed(result, row_id, article_id, found, run_id),
        row=as_json({n: v for n, v in row.items() if n not in table.volatile}),
    )


def warning_row(
    result: Result, row_id: str, article_id: str | None, found: str, run_id: str
) -> Row:
    """The row of ``warnings`` for a row that one expectation doubts."""
    return WARNINGS.row(**_failed(result, row_id, article_id, found, run_id))


def _failed(result: Result, row_id: str, article_id: str | None, found: str, run_id: str) -> Row:
    expectation = result.expectation
    return {
        "table_name": expectation.table,
        "row_id": row_id,
        "article_id": article_id,
        "expectation": expectation.name,
        "column_name": expectation.column,
        "detail": f"expected {expectation.description}; found {found}",
        "run_id": run_id,
    }


def as_json(row: Row) -> str:
    """The row as one JSON object that any reader takes: no NaN, no bytes, no lone surrogate."""
    text = json.dumps(_plain(row), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "replace").decode("utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
