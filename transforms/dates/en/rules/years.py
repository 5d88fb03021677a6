"""Years, decades and centuries; years BC, fiscal years and ranges of years."""

from __future__ import annotations

from transforms.dates.en.rules.calendar import full_year, two_digits
from transforms.dates.en.spans import counts_nothing
from transforms.dates.engine import Match, Node, Read, Rules
from transforms.dates.meanings import Clock, Meaning, Partial, Point, Range
from transforms.dates.patterns import code, codes
from transforms.dates.periods import Period

RULES = Rules()
rule = RULES.rule

_GOES_ON = codes("to through until and or - ,")
#: How many years at most lie between two years of which the second is written in two digits and
#: lies in the next century.
_TURN = 20
_SCALES = codes("WHUNDRED WTHOUSAND WSCALE")
_UNITS = (code("UNITS"), code("UNITABBR"))


@rule("year_bc", "(the unit=UNIT)? year=(DAYNUM|SHORT|NUMBER|YEAR4|DIGITS4) bc=BC", "year=NUM BC")
def _year_bc(m: Match) -> Meaning | None:
    year = m["year"]
    if m["unit"] not in (None, "year"):
        return None
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


_ERA_YEAR = "era=ERA number=(DAYNUM|SHORT|NUMBER) (OPEN year=YEAR4 CLOSE)?"


@rule(
    "era",
    f"month=MONTH the? day=DAYISH ,? {_ERA_YEAR}",
    f"day=DAYNUM month=MONTH ,? {_ERA_YEAR}",
    f"month=MONTH ,? {_ERA_YEAR}",
    _ERA_YEAR,
)
def _era(m: Match) -> Meaning | None:
    """September 9, Juche 37 (1948); May Reiwa 6: the year in brackets, else that of the era."""
    number = m["number"]
    if not m.surface("era")[0].isupper() or number != int(number) or number < 1:
        return None
    year = m["year"] or m["era"] + int(number)
    if m.has("day"):
        period = Period.of_day(year, m["month"], m["day"])
        return Point(period) if period else None
    if m.has("month"):
        return Point(Period.of_year("month", year, m["month"]))
    return Point(Period("year", year))


@rule(
    "year_range",
    "(the unit=UNITS)? low=YEAR4 - high=YEAR4",
    "(the unit=UNITS)? low=YEAR4 - high=(DAYNUM|SHORT)",
    "low=YEAR4 / high=(DAYNUM|SHORT)",
)
def _year_range(m: Match) -> Read | None:
    low, high = m["low"], m["high"]
    if high < 100:
        high += low // 100 * 100
    before = m.before
    if m["unit"] not in (None, "year"):
        return None
    tight = m.tight(2 if m.has("unit") else 0)
    if not tight or not low < high <= 2999 or (before and m.text[before.start] in "$£€+-"):
        return None
    return _year_ends(m, Point(Period("year", low)), Point(Period("year", high)))


@rule("year_range", "from low=YEAR4 to high=(DAYNUM|SHORT)")
def _short_range(m: Match) -> Read | None:
    """From 1912 to 14, where nothing follows that the 14 could count."""
    low, high = m["low"], m["high"]
    high += low // 100 * 100
    if high < low and high + 100 - low <= _TURN:
        high += 100  # from 1998 to 02
    if len(m.surface("high")) != 2 or not low < high:
        return None
    if not counts_nothing(m.after, m.text):
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
    year = full_year(m)
    return None if year is None else Point(Period("year", year), fiscal=True)


@rule(
    "the_year",
    "the? CALENDAR? unit=UNIT year=YEAR4",
    "the unit=UNIT year=NUM",
    "the unit=UNITS year=YEAR4",
)
def _the_year(m: Match) -> Read | None:
    year = int(m["year"])
    if m["unit"] != "year" or not 1000 <= year <= 2999:
        return None
    plural = m.class_of("unit") == "UNITS"
    if plural and (m.after is None or m.after.cls not in _GOES_ON):
        return None  # over the years 1,200 came: only the years 1955 to 1958, 1955 and 1956
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
    if number % 100 == 0 and 1000 <= number < 2000 and not _among_decades(m):
        return Read(Point(Period("century", number // 100)))  # the 1600s
    if number < 100:
        bare = m.text[node.start] not in "'’"
        if bare and not m.begins("the"):
            return None  # in his twenties
        number += 1900 if number >= 30 else 2000
    return Read(Point(Period("decade", number // 10)))


def _among_decades(m: Match) -> bool:
    """Whether other decades stand beside this one: the 1890s and 1900s."""
    near = (*m.nodes[max(m.first - 3, 0) : m.first], *m.nodes[m.last + 1 : m.last + 4])
    return any(node.cls in (code("DECADE"), code("Pdecade")) for node in near)


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


@rule(
    "century_range",
    "(from|between)? the? low=ORD (to|through|and|or|-) the? high=ORD -? unit=(UNIT|UNITS)",
    "(from|between)? the? low=ORD UNIT (to|through|and|or|-) the? high=ORD -? unit=UNIT",
)
def _century_range(m: Match) -> Read | None:
    """From the 3rd to the 5th century."""
    low, high = m.node("low"), m.node("high")
    if m["unit"] != "century" or not low or not high or low.value >= high.value:
        return None
    ends = [Point(Period("century", node.value - 1)) for node in (low, high)]
    parts = (
        Node("", low.start, low.end, ends[0], "century_range"),
        Node("", high.start, m.nodes[m.last].end, ends[1], "century_range"),
    )
    return Read(Range(*ends), parts=parts)


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


@rule(
    "spoken_clock",
    "half way=PAST hour=SMALL",
    "a? quarter=QUARTER way=(PAST|to) hour=SMALL",
    "minutes=SMALL way=PAST hour=SMALL",
    "minutes=SMALL unit=UNITS way=(PAST|to) hour=SMALL",
)
def _spoken_clock(m: Match) -> Read | None:
    """Half past five, a quarter to six, twenty-five minutes past one."""
    hour, minute = m["hour"], 15 if m.has("quarter") else m["minutes"] if m.has("minutes") else 30
    if not (1 <= hour <= 12 and 1 <= minute < 60) or m["unit"] not in (None, "minute"):
        return None
    if m.after is not None and m.after.cls in _SCALES:  # a quarter to six million
        return None
    if m.class_of("way") == "to":
        hour, minute = (hour - 1 or 12), 60 - minute
    return Read(Clock(int(hour), int(minute)), "CLOCKSAID")


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
