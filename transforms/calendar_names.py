"""Words for months, days of the week and hours: words of time and month_names.csv."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from transforms.reference import reference
from transforms.time_words import time_entries


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
    return frozenset(
        entry.word for entry in time_entries() if entry.cls in units and entry.value == "hour"
    )


def _numbers(*classes: str) -> Mapping[str, int]:
    found = {entry.word: int(entry.value) for entry in time_entries() if entry.cls in classes}
    return MappingProxyType(found)
