"""Named days: which calendar days a holiday's name means in a year, by country.

The names and the fixed rules are in seeds/reference/named_days.csv; days of the lunar calendars
come from the ``holidays`` library.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from transforms.dates.periods import day_at
from transforms.reference import Record, reference

Days = tuple[dt.date, dt.date]


def names_in(record: Record) -> list[str]:
    """The names of a named day, which slashes part but for those in "9/11"."""
    return [name for name in re.split(r"(?<!\d)/|/(?!\d)", record["names"]) if name]


@cache
def _records(name: str) -> tuple[Record, ...]:
    return tuple(record for record in reference("named_days") if name in names_in(record))


def record_for(name: str, country: str | None) -> Record:
    """The row that a name means in a country: its own, else everyone's, else the first."""
    records = _records(name)
    for wanted in (country, ""):
        for record in records:
            if record["country"] == wanted:
                return record
    return records[0]


@cache
def days_of(name: str, country: str | None, year: int) -> Days | None:
    """First and last day of the named day in that year; None if it has none there."""
    rule, _, rest = record_for(name, country)["rule"].partition("+")
    more = int(rest) if rest else 0
    if not 1 <= year <= 9998:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", rule):
        day = dt.date.fromisoformat(rule)
        return (day, day) if day.year == year else None
    if re.fullmatch(r"\d\d-\d\d", rule):
        day = dt.date(year, int(rule[:2]), int(rule[3:]))
        return day, day
    if nth := re.fullmatch(r"(\d\d)/(\d|last)/(\d)", rule):
        return _single(nth_weekday(year, int(nth[1]), nth[2], int(nth[3])), more)
    if rule.startswith(("easter", "orthodox")):
        from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

        if year < 1583 or year > 4099:
            return None
        shift = int(rule[6:]) if rule.startswith("easter-") else more
        if rule.startswith("orthodox"):
            return _single(easter(year, EASTER_ORTHODOX), shift)
        return _single(easter(year, EASTER_WESTERN), shift)
    _, code, title = rule.split(":", 2)
    days = _library_days(code, title, year)
    if not days:
        return None
    return days[0], day_at(days[0].toordinal() + more - 1) if more else days[-1]  # type: ignore[return-value]


def historic_year(name: str, country: str | None) -> int | None:
    """The year of a name that means one day in history."""
    rule = record_for(name, country)["rule"]
    return int(rule[:4]) if re.fullmatch(r"\d{4}-\d\d-\d\d", rule) else None


def _single(day: dt.date, shift: int) -> Days | None:
    moved = day_at(day.toordinal() + shift)
    return (moved, moved) if moved else None


def nth_weekday(year: int, month: int, nth: str, weekday: int) -> dt.date:
    """The n-th (or "last") weekday (1 is Monday) of a month."""
    if nth == "last":
        day = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)
        return day - dt.timedelta((day.isoweekday() - weekday) % 7)
    day = dt.date(year, month, 1)
    return day + dt.timedelta((weekday - day.isoweekday()) % 7 + 7 * (int(nth) - 1))


@cache
def _library_days(country: str, title: str, year: int) -> tuple[dt.date, ...]:
    import holidays

    try:
        calendar = holidays.country_holidays(country, years=year, language="en_US")
    except (NotImplementedError, KeyError):  # pragma: no cover - a country the library lacks
        return ()
    if not calendar:
        return ()
    found = sorted(
        day
        for day, names in calendar.items()
        if day.year == year and title in (n.removesuffix(" (estimated)") for n in names.split("; "))
    )
    run = found[:1]
    for day in found[1:]:
        if day.toordinal() == run[-1].toordinal() + 1:
            run.append(day)
    return tuple(run)
