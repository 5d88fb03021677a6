"""Words for months, days of the week and hours, of time_words.csv and month_names.csv."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from transforms.reference import reference


@cache
def english_months() -> Mapping[str, int]:
    """1 to 12 by name or abbreviation in lower case, without full stops."""
    return _numbers("MONTH", "GMONTH")


@cache
def english_weekdays() -> Mapping[str, int]:
    """1 (Monday) to 7 by name or abbreviation in lower case, without full stops."""
    return _numbers("WEEKDAY", "GWEEKDAY")


@cache
def foreign_months() -> Mapping[str, int]:
    """1 to 12 by name or abbreviation in the other languages that articles are dated in."""
    return MappingProxyType(
        {
            name: int(row["month"])
            for row in reference("month_names")
            for name in row["names"].split(";")
        }
    )


@cache
def hour_words() -> frozenset[str]:
    """Hour with its plural and abbreviations, in lower case."""
    units = ("UNIT", "UNITS", "UNITABBR")
    rows = (row for row in reference("time_words") if row["class"] in units)
    return frozenset(row["word"] for row in rows if row["value"] == "hour")


def _numbers(*classes: str) -> Mapping[str, int]:
    rows = (row for row in reference("time_words") if row["class"] in classes)
    return MappingProxyType({row["word"]: int(row["value"]) for row in rows})
