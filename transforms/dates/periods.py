"""Stretches of the calendar: a unit and which one of it.

A :class:`Period` is a unit and an index that counts that unit, so that shifting is addition and
years before 1 or after 9999 do no harm: they only have no :class:`datetime.date`. Years are
astronomical (0 is 1 BC). Weeks run Monday to Sunday; the index of a week counts from
0001-01-01, which is a Monday. Seasons are the northern meteorological ones; the winter of a year
begins in its December, as in TIMEX3.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

#: From the smallest to the largest.
UNITS = ("day", "week", "month", "quarter", "season", "half", "year", "decade", "century")
SIZE = {unit: position for position, unit in enumerate(UNITS)}

#: Months in those units that are made of months.
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
#: How many of a unit make a year.
PER_YEAR = {"month": 12, "quarter": 4, "season": 4, "half": 2, "year": 1}

SEASON_CODES = ("SP", "SU", "FA", "WI")

FIRST_DAY, LAST_DAY = dt.date.min.toordinal(), dt.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch of the calendar: ``Period("month", 2024 * 12 + 9)`` is October 2024."""

    unit: str
    index: int

    @classmethod
    def holding(cls, unit: str, day: dt.date) -> Period:
        """The period of that unit that the day lies in."""
        if unit == "day":
            return cls(unit, day.toordinal())
        if unit == "week":
            return cls(unit, (day.toordinal() - 1) // 7)
        if unit == "season":
            return cls(unit, (day.year * 12 + day.month - 3) // 3)
        return cls(unit, (day.year * 12 + day.month - 1) // MONTHS[unit])

    @classmethod
    def of_year(cls, unit: str, year: int, number: int = 1) -> Period:
        """The ``number``-th (from 1) month, quarter, season, half of a year, or the year."""
        return cls(unit, year * PER_YEAR[unit] + number - 1)

    @classmethod
    def of_day(cls, year: int, month: int, day: int) -> Period | None:
        """That day, or None where the calendar has no such day."""
        try:
            return cls("day", dt.date(year, month, day).toordinal())
        except (ValueError, OverflowError):
            return None

    def shift(self, count: int) -> Period:
        return Period(self.unit, self.index + count)

    @property
    def year(self) -> int:
        """The year it begins in."""
        if self.unit in PER_YEAR:
            return self.index // PER_YEAR[self.unit]
        if self.unit in MONTHS:
            return self.index * MONTHS[self.unit] // 12
        day = self.first
        return day.year if day else 0

    @property
    def number(self) -> int:
        """Which of its year it is, from 1 (months, quarters, seasons, halves)."""
        return self.index % PER_YEAR[self.unit] + 1

    def _month_bounds(self) -> tuple[int, int]:
        if self.unit == "season":
            start = self.index * 3 + 2
            return start, start + 2
        size = MONTHS[self.unit]
        return self.index * size, self.index * size + size - 1

    @property
    def first(self) -> dt.date | None:
        """The first day, or None outside the years 1 to 9999."""
        if self.unit == "day":
            return day_at(self.index)
        if self.unit == "week":
            return day_at(self.index * 7 + 1)
        return month_start(self._month_bounds()[0])

    @property
    def last(self) -> dt.date | None:
        """The last day, inclusive, or None outside the years 1 to 9999."""
        if self.unit == "day":
            return day_at(self.index)
        if self.unit == "week":
            return day_at(self.index * 7 + 7)
        return month_end(self._month_bounds()[1])

    def widened(self, unit: str) -> Period:
        """The period of a larger unit that this one begins in."""
        if self.unit == unit:
            return self
        if self.unit in PER_YEAR and self.unit != "season" and unit in MONTHS:
            return Period(unit, self._month_bounds()[0] // MONTHS[unit])
        if self.unit == "season" and unit == "year":
            return Period(unit, self.year)
        first = self.first
        return Period.holding(unit, first) if first else Period("year", self.year)

    def third(self, which: int) -> tuple[dt.date | None, dt.date | None]:
        """First and last day of its first, second or third third (0, 1, 2).

        Units of months are cut by months; a month at its 10th and 20th; a week after Tuesday
        and Thursday. A day is not cut.
        """
        first, last = self.first, self.last
        if self.unit == "day" or first is None or last is None:
            return first, last
        if self.unit in ("week", "month"):
            step = 2 if self.unit == "week" else 10
            start = first + dt.timedelta(step * which)
            return start, (last if which == 2 else start + dt.timedelta(step - 1))
        low, high = self._month_bounds()
        size = (high - low + 1) // 3
        start_month = low + size * which
        return month_start(start_month), month_end(high if which == 2 else start_month + size - 1)

    @property
    def value(self) -> str:
        """The TIMEX3 value."""
        if self.unit == "day":
            day = self.first
            return day.isoformat() if day else "XXXX-XX-XX"
        if self.unit == "week":
            day = self.first
            if day is None:
                return "XXXX-WXX"
            iso = day.isocalendar()
            return f"{iso.year:04d}-W{iso.week:02d}"
        if self.unit == "century":
            return f"{self.index:02d}" if self.index >= 0 else f"BC{-self.index - 1:02d}"
        if self.unit == "decade":
            return f"{self.index:03d}" if self.index >= 0 else f"BC{-self.index - 1:03d}"
        year = f"{self.year:04d}" if self.year > 0 else f"BC{1 - self.year:04d}"
        match self.unit:
            case "month":
                return f"{year}-{self.number:02d}"
            case "quarter":
                return f"{year}-Q{self.number}"
            case "season":
                return f"{year}-{SEASON_CODES[self.number - 1]}"
            case "half":
                return f"{year}-H{self.number}"
        return year

    @property
    def edtf(self) -> str | None:
        """ISO 8601-2 (EDTF); weeks are written as intervals of days."""
        if self.unit == "day":
            day = self.first
            return day.isoformat() if day else None
        if self.unit == "week":
            first, last = self.first, self.last
            return f"{first}/{last}" if first and last else None
        if self.unit in ("decade", "century"):
            years = MONTHS[self.unit] // 12
            if self.index >= 0:
                digits = 3 if self.unit == "decade" else 2
                return f"{self.index:0{digits}d}" + "X" * (4 - digits)
            # the 480s BC are 489 to 480 BC, years -488 to -479
            start = (self.index + 1) * years - years + 2
            return f"{edtf_year(start)}/{edtf_year(start + years - 1)}"
        if not -9999 <= self.year <= 9999:
            return None
        year = edtf_year(self.year)
        match self.unit:
            case "month":
                return f"{year}-{self.number:02d}"
            case "quarter":
                return f"{year}-{32 + self.number}"
            case "season":
                return f"{year}-{20 + self.number}"
            case "half":
                return f"{year}-{39 + self.number}"
        return year


def edtf_year(year: int) -> str:
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


def day_at(ordinal: int) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if FIRST_DAY <= ordinal <= LAST_DAY else None


def month_start(index: int) -> dt.date | None:
    """The first day of the month with that index (year * 12 + month - 1)."""
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, 1) if 1 <= year <= 9999 else None


def month_end(index: int) -> dt.date | None:
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def add_months(day: dt.date, months: int) -> dt.date | None:
    """The same day of another month, or its last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    end = month_end(index)
    return end.replace(day=min(day.day, end.day)) if end else None


def shift_day(day: dt.date, unit: str, count: int) -> dt.date | None:
    """The day ``count`` units later (earlier if negative), or None outside years 1 to 9999."""
    if unit in ("day", "week"):
        return day_at(day.toordinal() + count * (7 if unit == "week" else 1))
    return add_months(day, count * MONTHS.get(unit, 12))
