"""Dates of the calendar: days, months, quarters, seasons, years, decades, centuries."""

from __future__ import annotations

from dataclasses import replace

from transforms.dates.grammar import Match, Node, Read, Stage, code
from transforms.dates.meanings import Clock, Meaning, Partial, Point, Range
from transforms.dates.periods import Period
from transforms.dates.rules.categories import CATEGORIES

CALENDAR = Stage("calendar", CATEGORIES)
rule = CALENDAR.rule

_UNITS = (code("UNITS"), code("UNITABBR"))


def _full_year(m: Match) -> int | None:
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
    year = _full_year(m)
    if not 1 <= day <= 31:
        return None
    if year is None:
        return Partial("day", month, day, weekday or 0)
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
    f"the day=DAYISH day of month=MONTH {_YEAR}?",
)
def _day_month(m: Match) -> Meaning | Read | None:
    day = _day(m, m["month"], m["day"], m["weekday"])
    after = m.after
    if day is not None and after is not None and m.surface().lower().startswith("the "):
        named = after.cls == code("UNKNOWN") and m.text[after.start].islower()
        if named and after.start == m.nodes[m.last].end + 1 and isinstance(m["day"], int):
            return Read(day, left=int(m.surface("day").isdigit()))  # the 7 October attack
    return day


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
    if m.surface().lower().startswith(("from", "between")):
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
    year = _full_year(m)
    return None if year is None else Point(Period.of_year("month", year, m["month"]))


@rule("month", "month=MONTH")
def _month(m: Match) -> Meaning:
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


@rule(
    "season_year",
    "the? season=SEASON (of|,)? year=(YEAR4|Pyear)",
    "the? season=SEASON of? short=YEAR2",
)
def _season_year(m: Match) -> Meaning | None:
    year = _full_year(m)
    return None if year is None else Point(Period.of_year("season", year, m["season"]))


@rule("season_years", "the? season=SEASON of? year=YEAR4 - (DAYNUM|SHORT|YEAR4)")
def _season_years(m: Match) -> Meaning | None:
    """The winter of 1962-63."""
    return Point(Period.of_year("season", m["year"], m["season"]))


@rule("season_bc", "the? season=SEASON of? year=(DAYNUM|SHORT|NUMBER|YEAR4) bc=BC")
def _season_bc(m: Match) -> Meaning:
    year = _full_year(m)
    assert year is not None
    return Point(Period.of_year("season", year, m["season"]))


@rule("season", "the? season=SEASON")
def _season(m: Match) -> Meaning:
    return Partial("season", m["season"])


# Years, decades, centuries


@rule("year_bc", "(the year)? year=(DAYNUM|SHORT|NUMBER|YEAR4|DIGITS4) bc=BC", "year=NUM BC")
def _year_bc(m: Match) -> Meaning | None:
    year = m["year"]
    return Point(Period("year", 1 - int(year))) if 1 <= year <= 9999 else None


@rule("year_range_bc", "low=(DAYNUM|SHORT|NUMBER|YEAR4) (-|to) high=(DAYNUM|SHORT|NUMBER|YEAR4) BC")
def _year_range_bc(m: Match) -> Read | None:
    low, high = m["low"], m["high"]
    if high > low:  # 493-90 BC
        high = low // 100 * 100 + high if high < 100 else high
    if not low > high >= 1:
        return None
    return _year_ends(m, Point(Period("year", 1 - int(low))), Point(Period("year", 1 - int(high))))


@rule("year_ad", "AD year=(DAYNUM|SHORT|NUMBER|YEAR4)", "year=(DAYNUM|SHORT|NUMBER|YEAR4) (AD|CE)")
def _year_ad(m: Match) -> Meaning | None:
    return Point(Period("year", int(m["year"]))) if 1 <= m["year"] <= 2999 else None


@rule(
    "year_range",
    "low=YEAR4 - high=YEAR4",
    "low=YEAR4 - high=(DAYNUM|SHORT)",
    "low=YEAR4 FRACTIONBAR high=(DAYNUM|SHORT)",
)
def _year_range(m: Match) -> Read | None:
    low, high = m["low"], m["high"]
    if high < 100:
        if m.surface("high")[0] == "0" or high > 12 or m.tight():
            high += low // 100 * 100
        else:
            return None
    before = m.before
    if not m.tight() or not low < high <= 2999 or (before and m.text[before.start] in "$£€+-"):
        return None
    return _year_ends(m, Point(Period("year", low)), Point(Period("year", high)))


def _year_ends(m: Match, low: Meaning, high: Meaning) -> Read:
    first, second = m.node("low"), m.node("high")
    assert first is not None
    assert second is not None
    parts = (
        Node("", first.start, first.end, low, "year_range"),
        Node("", second.start, m.nodes[m.last].end, high, "year_range"),
    )
    return Read(Range(low, high), parts=parts)


@rule(
    "fiscal_year",
    "the? (FISCAL|FINANCIAL) (UNIT)? year=YEAR4",
    "the? (FISCAL|FINANCIAL) UNIT? short=YEAR2",
)
def _fiscal_year(m: Match) -> Meaning | None:
    year = _full_year(m)
    return None if year is None else Point(Period("year", year), fiscal=True)


@rule("the_year", "the? CALENDAR? unit=UNIT year=YEAR4", "the unit=UNIT year=NUM")
def _the_year(m: Match) -> Read | None:
    year = int(m["year"])
    if m["unit"] != "year" or not 1000 <= year <= 2999:
        return None
    return Read(Point(Period("year", year)))


@rule("decade", "the? decade=DECADE bc=BC?", "the? decade=DECADEW", "the? WCENT - decade=DECADEW")
def _decade(m: Match) -> Read | None:
    number = m["decade"]
    if m.has("bc"):
        return Read(Point(Period("decade", -(number // 10) - 1)))
    if 100 <= number < 1000:
        return None
    node = m.node("decade")
    assert node is not None
    if number < 100:
        before = m.nodes[m.first].cls if m.surface().startswith(("the", "The")) else ""
        bare = m.text[node.start] not in "'’"
        if bare and not before:
            return None  # in his twenties
        number += 1900 if number >= 30 else 2000
    return Read(Point(Period("decade", number // 10)))


@rule(
    "century",
    "the? number=ORD -? (and ORD -?)? unit=UNIT (bc=BC|AD|CE)?",
    "number=ORD - unit=UNIT",
)
def _century(m: Match) -> Read | None:
    if m["unit"] != "century":
        return None
    index = m["number"] - 1
    return Read(Point(Period("century", -index - 1 if m.has("bc") else index)))


@rule("numbered_quarter", "code=QUARTERCODE (,|of)? year=YEAR4?", "year=YEAR4 code=QUARTERCODE")
def _numbered_quarter(m: Match) -> Read:
    unit, number = m["code"]
    if m.has("year"):
        return Read(Point(Period.of_year(unit, m["year"], number)))
    return Read(Partial(unit, number))


@rule("early_hours", "EARLY unit=UNITS")
def _early_hours(m: Match) -> Read | None:
    """The early hours are a part of the day."""
    return Read("MO", "DAYPART") if m["unit"] == "hour" else None


@rule("hundred_hours", "clock=(YEAR4|DIGITS4) (ZONE|LOCAL)")
def _hundred_hours(m: Match) -> Read | None:
    """0930 GMT: the four digits become a time of day."""
    hour, minute = divmod(m["clock"], 100)
    if hour > 24 or minute > 59 or len(m.surface("clock")) != 4:
        return None
    return Read(Clock(hour, minute), "CLOCKTIME", right=1)


@rule("fiscal_years", "the? (FISCAL|FINANCIAL) UNIT? low=YEAR4 - high=(YEAR4|DAYNUM|SHORT)")
def _fiscal_years(m: Match) -> Read | None:
    low, high = m["low"], m["high"]
    high += low // 100 * 100 if high < 100 else 0
    if not low < high <= 2999:
        return None
    return _year_ends(m, Point(Period("year", low)), Point(Period("year", high)))


@rule("year", "year=YEAR4")
def _year(m: Match) -> Meaning | None:
    if m.after is not None and m.after.cls in _UNITS:
        return None  # 2000 days
    return Point(Period("year", m["year"]))


@rule("year_short", "year=YEAR2")
def _year_short(m: Match) -> Meaning | None:
    return Point(Period("year", two_digits(m["year"])))
