"""Measures of time expressions: those of TempEval-3 (Task A), and agreement of intervals.

Expressions of one document are matched one to one, equal spans first, then the longest overlaps.
strict: found with the same span; relaxed: found with any overlap; type, value: found by overlap
and the same there. interval: found by overlap and meaning the same days, however written.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Days = tuple[str, str]

MEASURES = ("strict", "relaxed", "type", "value", "interval")


@dataclass(frozen=True)
class Score:
    """Precision, recall and their harmonic mean, in percent."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def scores(gold: Sequence[Json], predicted: Sequence[Json]) -> dict[str, Score]:
    """Every measure over all documents. Rows have doc_id, start, end, type and value."""
    right = dict.fromkeys(MEASURES, 0)
    golds, predictions = _by_document(gold), _by_document(predicted)
    for document in sorted(golds.keys() & predictions.keys()):
        for expected, found in matched(golds[document], predictions[document]):
            span = (expected["start"], expected["end"]) == (found["start"], found["end"])
            value = expected["value"] == found["value"]
            right["strict"] += span
            right["relaxed"] += 1
            right["type"] += expected["type"] == found["type"]
            right["value"] += value
            days = interval(expected["value"])
            right["interval"] += value or (days is not None and days == interval(found["value"]))
    return {
        measure: Score(_percent(hits, len(predicted)), _percent(hits, len(gold)))
        for measure, hits in right.items()
    }


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def _by_document(rows: Iterable[Json]) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = defaultdict(list)
    for row in rows:
        found[row["doc_id"]].append(row)
    return found


def matched(gold: Sequence[Json], predicted: Sequence[Json]) -> list[tuple[Json, Json]]:
    """Pairs of expressions that overlap, one to one."""
    overlaps = []
    for i, expected in enumerate(gold):
        for j, found in enumerate(predicted):
            common = min(expected["end"], found["end"]) - max(expected["start"], found["start"])
            if common > 0:
                same = (expected["start"], expected["end"]) == (found["start"], found["end"])
                overlaps.append((not same, -common, expected["start"], i, j))
    taken: tuple[set[int], set[int]] = set(), set()
    pairs = []
    for *_, i, j in sorted(overlaps):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((gold[i], predicted[j]))
    return pairs


_SEASONS = ("SP", "SU", "FA", "WI")


def interval(value: str | None) -> Days | None:
    """First and last day that a TIMEX3 value means; None if it means no days."""
    value = (value or "").upper()
    if "/" in value:
        low, high = (interval(part) for part in value.split("/", 1))
        return (low[0], high[1]) if low and high else None
    value = re.sub(r"T.*", "", value)
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return value, dt.date.fromisoformat(value).isoformat()
        if week := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
            monday = dt.date.fromisocalendar(int(week[1]), int(week[2]), 1)
            first = monday + dt.timedelta(5) if week[3] else monday
            return first.isoformat(), (monday + dt.timedelta(6)).isoformat()
        if months := _months(value.replace("-XX", "").rstrip("X")):
            (first_year, first_month), (last_year, last_month) = months
            last_day = calendar.monthrange(last_year, last_month)[1]
            return (
                dt.date(first_year, first_month, 1).isoformat(),
                dt.date(last_year, last_month, last_day).isoformat(),
            )
    except (ValueError, calendar.IllegalMonthError):
        return None
    return None


def _months(value: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """(year, month) of the first and the last month of a value made of months."""
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        year, month = int(found[1]), int(found[2])
        return (year, month), (year, month)
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        year, last = int(found[1]), 3 * int(found[2])
        return (year, last - 2), (year, last)
    if found := re.fullmatch(r"(\d{4})-H([12])", value):
        year, last = int(found[1]), 6 * int(found[2])
        return (year, last - 5), (year, last)
    if found := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        first = int(found[1]) * 12 + 2 + 3 * _SEASONS.index(found[2])
        return divmod_month(first), divmod_month(first + 2)
    if re.fullmatch(r"\d{2,4}", value):
        years = 10 ** (4 - len(value))
        first_year = int(value) * years
        return (first_year, 1), (first_year + years - 1, 12)
    return None


def divmod_month(index: int) -> tuple[int, int]:
    return index // 12, index % 12 + 1
