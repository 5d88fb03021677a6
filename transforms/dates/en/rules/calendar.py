"""Dates of the calendar: days, months, quarters, seasons, years, decades, centuries."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.dates.engine import Match, Node, Read, Rules
from transforms.dates.meanings import Meaning, Partial, Point, Range
from transforms.dates.patterns import code, codes
from transforms.dates.periods import Period, month_end

RULES = Rules()
rule = RULES.rule


def full_year(m: Match) -> int | None:
    """The year in the slots year, short, bc of a match; None if there is none."""
    if m.has("year"):
        year = m["year"]
        year = year.period.index if isinstance(year, Point) else int(year)
        return 1 - year if m.has("bc") else year
    if m.has("short"):
        return two_digits(m["short"])
    return None


def two_digits(short: int) -> int:
    """'98 is 1998, '24 is 2024."""
    return 1900 + short if short >= 50 else 2000 + short


def _day(m: Match, month: int, day: int, weekday: int = 0) -> Meaning | None:
    year = full_year(m)
    if not 1 <= day <= 31:
        return None
    if year is None:
        known = Period.of_day(2000, month, day)
        return Partial("day", month, day, weekday or 0) if known else None
    if year < 1:
        return Point(Period("month", year * 12 + month - 1))
    period = Period.of_day(year, month, day)
    return Point(period) if period else None


_YEAR = "(,? year=(YEAR4|Pyear) | ,? short=YEAR2 | of year=YEAR4)"


@rule(
    "month_day",
    f"(weekday=WEEKDAY ,?)? month=MONTH the? day=DAYISH {_YEAR}?",
    f"month=MONTH the? day=DAYISH ,? weekday=WEEKDAY {_YEAR}?",
)
def _month_day(m: Match) -> Meaning | None:
    day = m.node("day")
    after = m.after
    if m.has("year") or m.has("short"):
        return _day(m, m["month"], m["day"], m["weekday"])
    if after is not None and after.start == day.end and m.text[after.start] == "%":  # type: ignore[union-attr]
        return None
    return _day(m, m["month"], m["day"], m["weekday"])


@rule(
    "day_month",
    f"(weekday=WEEKDAY ,?)? the? day=DAYNUM -? month=MONTH (-? {_YEAR})?",
    f"(weekday=WEEKDAY ,?)? the? day=ORD of? month=MONTH {_YEAR}?",
    f"the day=DAYISH unit=UNIT of month=MONTH {_YEAR}?",
)
def _day_month(m: Match) -> Meaning | Read | None:
    if m["unit"] not in (None, "day"):
        return None
    day = _day(m, m["month"], m["day"], m["weekday"])
    after = m.after
    if day is not None and after is not None and m.begins("the"):
        named = after.cls == code("UNKNOWN") and m.text[after.start].islower()
        if named and after.start == m.nodes[m.last].end + 1 and isinstance(m["day"], int):
            return Read(day, left=int(m.surface("day").isdigit()))  # the 7 October attack
    return day


@rule(
    "compact_day",
    "day=DAYNUM - month=MONTH - short=(DAYNUM|SHORT)",
    "month=MONTH - day=DAYNUM - (year=YEAR4|short=(DAYNUM|SHORT))",
    "year=YEAR4 - month=MONTH - day=DAYNUM",
)
def _compact_day(m: Match) -> Meaning | None:
    """19-Nov-12, Mar-03-2021, 2020-Jun-19: without white space."""
    return _day(m, m["month"], m["day"]) if m.tight() else None


@rule(
    "no_such_day",
    f"month=MONTH the? day=DAYISH {_YEAR}",
    f"the? day=DAYISH of? month=MONTH {_YEAR}",
    "month=MONTH day=DAYISH",
    "the? day=DAYISH of? month=MONTH",
)
def _no_such_day(m: Match) -> Meaning | None:
    """29 February 2023: the calendar has no such day, so only the month is read."""
    year, month = full_year(m), m["month"]
    last = month_end((2000 if year is None else year) * 12 + month - 1)
    if last is None or not last.day < m["day"] <= 31:
        return None
    return Partial("month", month) if year is None else Point(Period.of_year("month", year, month))


#: How a name of several words goes on behind what looks like a month (Mar-a-Lago), not a range of
#: months (Jan-to-March).
_NAME = re.compile(r"-(?!to-|through-)[a-z]+-[A-Z]")
_BEFORE_DAY = codes("on ENDED")


@rule("month_day_in_words", "month=MONTH day=(WONE|WTEEN|WCENT|WTEN) (,? year=YEAR4)?")
def _month_day_in_words(m: Match) -> Meaning | None:
    """April Three, on May four; but not: in May four boats sank."""
    capital = m.surface("day")[0].isupper()
    before = m.before
    if not capital and (before is None or before.cls not in _BEFORE_DAY):
        return None
    return _day(m, m["month"], int(m["day"]))


@rule("year_month_day", "year=YEAR4 ,? month=MONTH day=DAYISH")
def _year_month_day(m: Match) -> Meaning | None:
    return _day(m, m["month"], m["day"])


@rule("day_range", f"month=MONTH low=DAYISH (-|to|and|through|or) high=DAYISH {_YEAR}?")
def _day_range(m: Match) -> Read | None:
    return _days(m, m["month"], m["month"])


@rule(
    "day_range_month",
    f"low=DAYISH (-|to|and|through|or) high=DAYISH of? month=MONTH {_YEAR}?",
    f"the? low=DAYISH (to|and|through|or) the? high=DAYISH of? month=MONTH {_YEAR}?",
    f"between the? low=DAYISH and the? high=DAYISH of? month=MONTH {_YEAR}?",
    f"from the? low=DAYISH (to|until|through) the? high=DAYISH of? month=MONTH {_YEAR}?",
)
def _day_range_month(m: Match) -> Read | None:
    return _days(m, m["month"], m["month"])


@rule("day_range_months", f"month=MONTH low=DAYISH - second=MONTH high=DAYISH {_YEAR}?")
def _day_range_months(m: Match) -> Read | None:
    return _days(m, m["month"], m["second"])


def _days(m: Match, low_month: int, high_month: int) -> Read | None:
    low, high = _day(m, low_month, m["low"]), _day(m, high_month, m["high"])
    if low is None or high is None or (low_month == high_month and m["low"] >= m["high"]):
        return None
    first, second = m.node("low"), m.node("high")
    assert first is not None
    assert second is not None
    month = m.node("month")
    assert month is not None
    start = min(m.nodes[m.first].start, first.start)
    if m.begins("from", "between"):
        start = m.nodes[m.first + 1].start
    other = m.node("second")
    if other is not None:
        second = replace(second, start=other.start)
    ends = (
        Node("", start, first.end, low, "day_range"),
        Node(
            "",
            second.start,
            m.nodes[m.last].end if month.start > second.start or m.has("year") else second.end,
            high,
            "day_range",
        ),
    )
    return Read(Range(low, high), parts=ends)


@rule(
    "month_year",
    "month=MONTH (,|of|-)? year=(YEAR4|Pyear)",
    "month=MONTH ,? of? short=YEAR2",
    "month=MONTH (of|,)? year=(YEAR4|DAYNUM|SHORT|NUMBER) bc=BC",
)
def _month_year(m: Match) -> Meaning | None:
    year = full_year(m)
    return None if year is None else Point(Period.of_year("month", year, m["month"]))


@rule("month", "month=MONTH")
def _month(m: Match) -> Meaning | None:
    if _NAME.match(m.text, m.nodes[m.last].end):
        return None
    return Partial("month", m["month"])


@rule("weekday", "weekday=WEEKDAY")
def _weekday(m: Match) -> Meaning:
    return Partial("weekday", m["weekday"])


@rule("month_range", "low=MONTH - high=MONTH year=YEAR4?")
def _month_range(m: Match) -> Read | None:
    low, high = m.node("low"), m.node("high")
    assert low is not None
    assert high is not None
    ends: tuple[Meaning, Meaning]
    if m.has("year"):
        ends = (
            Point(Period.of_year("month", m["year"] - (m["low"] > m["high"]), m["low"])),
            Point(Period.of_year("month", m["year"], m["high"])),
        )
    else:
        ends = (Partial("month", m["low"]), Partial("month", m["high"]))
    parts = (
        Node("", low.start, low.end, ends[0], "month_range"),
        Node("", high.start, m.nodes[m.last].end, ends[1], "month_range"),
    )
    return Read(Range(*ends), parts=parts)


# Quarters, halves, seasons


@rule(
    "quarter",
    "(FISCAL|FINANCIAL|FULL)? number=(ORD|SECOND) - QUARTER",
    "the? (FISCAL|FINANCIAL|CALENDAR)? -? number=(ORD|SECOND|FINAL) (FISCAL|FINANCIAL)? QUARTER",
)
def _quarter(m: Match) -> Read | None:
    number = _ordinal(m, "number")
    number = 4 if number == -1 else number
    if not 1 <= number <= 4:
        return None
    return Read(Partial("quarter", number))


def _ordinal(m: Match, slot: str) -> int:
    """The number of an ordinal; "second" is a unit to the lexicon."""
    value = m[slot]
    return 2 if value == "second" else int(value)


@rule("half", "the? (FISCAL|FINANCIAL)? number=(ORD|SECOND|FINAL|LAST|LATTER) -? half")
def _half(m: Match) -> Read | None:
    number = _ordinal(m, "number")
    number = 2 if number == -1 else number
    return Read(Partial("half", number)) if 1 <= number <= 2 else None


@rule("semester", "the? number=(ORD|SECOND) SEMESTER (of|in|,)? year=YEAR4")
def _semester(m: Match) -> Meaning | None:
    number = _ordinal(m, "number")
    return Point(Period.of_year("half", m["year"], number)) if number in (1, 2) else None


@rule(
    "season_year",
    "the? season=SEASON (of|,)? year=(YEAR4|Pyear)",
    "the? season=SEASON of? short=YEAR2",
)
def _season_year(m: Match) -> Meaning | None:
    year = full_year(m)
    return None if year is None else Point(Period.of_year("season", year, m["season"]))


@rule("season_years", "the? season=SEASON of? year=YEAR4 - (DAYNUM|SHORT|YEAR4)")
def _season_years(m: Match) -> Meaning | None:
    """The winter of 1962-63."""
    return Point(Period.of_year("season", m["year"], m["season"]))


@rule("season_bc", "the? season=SEASON of? year=(DAYNUM|SHORT|NUMBER|YEAR4) bc=BC")
def _season_bc(m: Match) -> Meaning:
    year = full_year(m)
    assert year is not None
    return Point(Period.of_year("season", year, m["season"]))


@rule("season", "the? season=SEASON")
def _season(m: Match) -> Meaning:
    return Partial("season", m["season"])
