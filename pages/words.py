"""How are values written for people? Numbers with commas, days by their month's name, in UTC."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from expectations.visible import visible

#: What a cell without a value shows.
NOTHING = "–"


def number(value: Any) -> str:
    """A number with commas and at most four digits behind the point that say something."""
    if value is None:
        return NOTHING
    if isinstance(value, int):
        return f"{value:,}"
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    if 1e-4 <= abs(value) < 1e15:
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return f"{value:.4g}"


def day(value: dt.date | None) -> str:
    """31 October 2024"""
    return NOTHING if value is None else f"{value.day} {value:%B} {value.year}"


def short_day(value: dt.date | None) -> str:
    """31 Oct 2024"""
    return NOTHING if value is None else f"{value.day} {value:%b} {value.year}"


def month(value: str) -> str:
    """May 2024, of 2024-05"""
    year, number = value.split("-")
    return f"{dt.date(2000, int(number), 1):%B} {int(year)}"


def minute(value: dt.datetime | None) -> str:
    """31 October 2024, 10:00 UTC"""
    return NOTHING if value is None else f"{day(value)}, {value:%H:%M} UTC"


def days(start: dt.date | None, end: dt.date | None) -> str:
    """A stretch of days, said shortly: a day, a month, a year, from one day to another."""
    if start is None or end is None or start == end:
        return day(start if start is not None else end)
    after = end + dt.timedelta(days=1) if end < dt.date.max else end
    if (
        start.day == after.day == 1
        and start.month == after.month == 1
        and after.year - start.year == 1
    ):
        return str(start.year)
    if (
        start.day == after.day == 1
        and (after.year - start.year) * 12 + after.month - start.month == 1
    ):
        return f"{start:%B} {start.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {day(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} to {day(end)}"
    return f"{day(start)} to {day(end)}"


def shown(value: Any) -> str:
    """Any value of a table, in a cell."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, dt.datetime):
        return minute(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, list | tuple):
        return ", ".join(shown(one) for one in value)
    return visible(str(value))


def label(column: str) -> str:
    """A column's name, or a value of a closed list, in words: place country."""
    return column.replace("_", " ")


def counted(count: int, one: str, many: str | None = None) -> str:
    """1 article, 2,000 articles"""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def listed(parts: Iterable[str]) -> str:
    """a, b and c"""
    every = list(parts)
    return " and ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))


def size(count: int) -> str:
    """Bytes as people say them: 812 bytes, 4.1 kB, 12 MB."""
    if count < 1000:
        return counted(count, "byte")
    value, unit = (count / 1e3, "kB") if count < 1e6 else (count / 1e6, "MB")
    return f"{value:,.1f} {unit}" if value < 10 else f"{value:,.0f} {unit}"


#: Units whose plural has no s, or another ending.
_PLURALS = {
    "foot": "feet", "inch": "inches", "century": "centuries", "millennium": "millennia",
    "stone": "stone", "hertz": "hertz", "horsepower": "horsepower", "mach": "mach",
    "percent": "percent", "fold": "fold", "mille": "mille",
}  # fmt: skip


def units(value: float, name: str) -> str:
    """A unit behind a number, by its English name: 1 mile per hour, 3 miles per hour."""
    if abs(value) == 1 or name.startswith(("million ", "parts-", "per ")) or " above " in name:
        return name
    cut = min((at for word in (" per ", " of ") if (at := name.find(word)) >= 0), default=len(name))
    first, gap, rest = name[:cut].partition(" ")
    if first == "degree":
        return f"degrees{gap}{rest}{name[cut:]}"
    before, gap, last = name[:cut].rpartition(" ")
    return f"{before}{gap}{_plural(last)}{name[cut:]}"


def _plural(word: str) -> str:
    before, hyphen, last = word.rpartition("-")
    return f"{before}{hyphen}{_PLURALS.get(last, f'{last}s')}"
