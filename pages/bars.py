"""How often, over time? Small bars in plain SVG, cheap enough for thousands of pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from pages import words

#: The size of the picture's own units; it is stretched to the width of the page.
WIDTH, HEIGHT = 600, 48
#: Up to how many days the bars are of one day, of a week, of a month; beyond that of a year.
_DAYS, _WEEKS, _MONTHS = 62, 500, 4000

#: The same choice in SQL, over the columns ``first_date`` and ``last_date``; a value of
#: ``date_trunc``'s first argument.
UNIT_SQL = (
    f"CASE WHEN last_date - first_date <= {_DAYS} THEN 'day' "
    f"WHEN last_date - first_date <= {_WEEKS} THEN 'week' "
    f"WHEN last_date - first_date <= {_MONTHS} THEN 'month' ELSE 'year' END"
)


@dataclass(frozen=True)
class Bar:
    """A bar in the picture's units, what it is of, and how many it stands for."""

    x: float
    y: float
    width: float
    height: float
    name: str
    count: int


@dataclass(frozen=True)
class Bars:
    """Bars of days, weeks, months or years, from the first to the last; those of none are left
    out. ``peak`` is the highest, the earliest of several."""

    unit: str
    bars: tuple[Bar, ...]
    start: dt.date
    end: dt.date
    peak: Bar


def unit_of(first: dt.date, last: dt.date) -> str:
    """What a bar is of, for this stretch of days."""
    days = (last - first).days
    if days <= _DAYS:
        return "day"
    return "week" if days <= _WEEKS else "month" if days <= _MONTHS else "year"


def bars(
    counts: Iterable[tuple[dt.date, int]], first: dt.date | None, last: dt.date | None
) -> Bars | None:
    """The bars of counts by the first day of their unit, which is that of the stretch of days from
    first to last; None where there is nothing or only one day to show."""
    by_start = {start: count for start, count in counts if count > 0}
    if first is None or last is None or first == last or not by_start:
        return None
    unit = unit_of(first, last)
    slots = _place(unit, max(by_start), min(by_start)) + 1
    step = WIDTH / slots
    gap = min(1.0, step / 5)
    most = max(by_start.values())
    made = []
    for start, count in sorted(by_start.items()):
        height = max(round(HEIGHT * count / most, 1), 1.0)
        made.append(
            Bar(
                round(_place(unit, start, min(by_start)) * step, 1),
                round(HEIGHT - height, 1),
                round(step - gap, 1),
                height,
                _name(unit, start),
                count,
            )
        )
    peak = max(made, key=lambda bar: bar.count)
    return Bars(unit, tuple(made), first, last, peak)


def _place(unit: str, day: dt.date, first: dt.date) -> int:
    """How many units a day lies after the first."""
    if unit == "day":
        return (day - first).days
    if unit == "week":
        return (day - first).days // 7
    if unit == "month":
        return (day.year - first.year) * 12 + day.month - first.month
    return day.year - first.year


def _name(unit: str, start: dt.date) -> str:
    if unit == "day":
        return words.day(start)
    if unit == "week":
        return f"week of {words.day(start)}"
    return f"{start:%B} {start.year}" if unit == "month" else str(start.year)
