"""What is expected of dates."""

from __future__ import annotations

import datetime as dt
import re

from expectations.batch import Batch
from expectations.model import Rule
from expectations.rules.writing import rule
from warehouse.tables import DATES, Row

RULES: list[Rule] = []

#: How far, in years, an expression may reach from the day it is counted from. "Last Monday" or
#: "in May" cannot lie further back than somebody remembers; "300 years ago" can.
REACH = 150
LONG_REACH = 5000
_LONG = ("year", "decade", "century")
LAST_YEAR = 2999  # a greater one is a number that was read as a year

_ENDS = ("date_start", "date_end")
_CALENDAR = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")


@rule(RULES, DATES, "date_start", "both ends of the interval or neither", reads=_ENDS)
def both_ends_or_neither(row: Row, batch: Batch) -> bool:
    return (row["date_start"] is None) == (row["date_end"] is None)


@rule(RULES, DATES, "date_start", "date_start <= date_end", reads=_ENDS)
def starts_before_it_ends(row: Row, batch: Batch) -> bool:
    start, end = row["date_start"], row["date_end"]
    return start is None or end is None or start <= end


@rule(
    RULES,
    DATES,
    "date_start",
    f"a relative date within {REACH} years of the day it is counted from, one of whole years "
    f"within {LONG_REACH}",
    reads=("surface", "is_relative", "anchor_date", "granularity"),
)
def within_reach_of_its_anchor(row: Row, batch: Batch) -> bool:
    start, anchor = row["date_start"], row["anchor_date"]
    if not row["is_relative"] or start is None or anchor is None:
        return True
    reach = LONG_REACH if row["granularity"] in _LONG else REACH
    return bool(abs(start.year - anchor.year) <= reach)


@rule(RULES, DATES, "date_end", f"no year after {LAST_YEAR}", reads=("surface", "date_start"))
def year_in_range(row: Row, batch: Batch) -> bool:
    return all(day is None or day.year <= LAST_YEAR for day in (row["date_start"], row["date_end"]))


def _stretch(value: str) -> tuple[dt.date, dt.date] | None:
    """The calendar days that the leading year, month and day of a TIMEX3 value name."""
    matched = _CALENDAR.match(value)
    if matched is None or matched[1] == "0000":
        return None
    year, month, day = (int(part) if part else None for part in matched.groups())
    assert year is not None
    try:
        if day and month:
            return dt.date(year, month, day), dt.date(year, month, day)
        if month:
            after = dt.date(year + month // 12, month % 12 + 1, 1)
            return dt.date(year, month, 1), after - dt.timedelta(days=1)
        if value[4:].startswith("-WI"):  # a winter of the north ends in the next year
            return dt.date(year, 1, 1), dt.date(year + 1, 3, 31)
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    except ValueError:  # a month 13, or the end of the year 9999
        return None


@rule(
    RULES,
    DATES,
    "value",
    "a TIMEX3 value that names days of the interval",
    reads=("date_start", "date_end", "type"),
)
def value_agrees_with_interval(row: Row, batch: Batch) -> bool:
    start, end = row["date_start"], row["date_end"]
    if row["value"] is None or start is None or end is None or row["type"] in ("DURATION", "SET"):
        return True
    stretch = _stretch(row["value"])
    return stretch is None or (stretch[0] <= end and start <= stretch[1])
