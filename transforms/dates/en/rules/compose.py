"""A part of a larger time: October of last year, this year's third quarter."""

from __future__ import annotations

from transforms.dates.engine import Match, Read, Rules
from transforms.dates.meanings import (
    Account,
    FirstOfYear,
    Half,
    Holding,
    Inside,
    Meaning,
    Nth,
    Partial,
    Relative,
)
from transforms.dates.patterns import code, codes

RULES = Rules()
rule = RULES.rule


@rule(
    "part_of_year",
    "part=PART (of|in|,)? year=YEAR",
    "year=YEAR POSS? -? part=PART",
    "part=(Qday) (of|in|,)? year=Ryear",
    "part=(Qmonth|Qseason|Qquarter|Qhalf) (of|in)? the? year=Pyear",
    "part=(Qquarter|Qhalf) of the year=Ryear",
    "the year=YEAR POSS? part=PART",
)
def _part_of_year(m: Match) -> Meaning | None:
    part = m["part"]
    if (
        isinstance(part, Partial)
        and part.unit == "month"
        and m.node("year").start < m.node("part").start  # type: ignore[union-attr]
        and "'" not in m.surface()
    ):
        return None  # "1944, May": two times
    return Inside(part, m["year"])


_BEFORE_DAY = codes("on by until since from before after to")


@rule("day_of_month", "the day=ORD of month=(Pmonth|Rmonth)", "the day=ORD")
def _day_of_month(m: Match) -> Read | None:
    if m.has("month"):
        return Read(Inside(Partial("dom", 0, m["day"]), m["month"]))
    if m.before is None or m.before.cls not in _BEFORE_DAY or not m.surface("day")[0].isdigit():
        return None
    if m.after is not None and m.after.cls == code("UNIT"):
        return None  # the 10th day of Muharram
    named = (
        m.after is not None and m.text[m.after.start].isalpha() and m.after.cls == code("UNKNOWN")
    )
    return None if named or m["day"] > 31 else Read(Partial("dom", 0, m["day"]))


@rule("weekday_date", "weekday=Qweekday ,? date=(Pday|Rday)")
def _weekday_date(m: Match) -> Meaning | None:
    meaning: Meaning = m["date"]
    if isinstance(meaning, Relative) and meaning.to == "reference":
        return None  # Monday, the day after the vote
    return meaning


@rule(
    "nth_of_period",
    "the number=(ORD|FINAL|LAST|OPENING|SECOND) unit=(UNIT|WEEKEND) (of|in) outer=PERIODS",
    "the number=(ORD|FINAL|LAST) weekday=Qweekday (of|in) outer=PERIODS",
    "count=(FIRSTS|LASTS) (of|in) outer=PERIODS",
)
def _nth_of_period(m: Match) -> Meaning | Read | None:
    if m.has("count"):
        length = m["count"]
        if length.amount is None or length.unit not in ("day", "week", "month", "quarter", "year"):
            return None
        number = -1 if m.class_of("count") == "LASTS" else 1
        nth = Nth(number, length.unit, m["outer"], count=int(length.amount))
        front, outer = m.node("count"), m.node("outer")
        assert front is not None
        assert outer is not None
        return Read(nth, parts=(front, outer))
    number = 2 if m["number"] == "second" else m["number"]
    if m.has("weekday"):
        return Nth(number, "weekday", m["outer"], weekday=m["weekday"].number)
    if m["unit"] not in ("day", "week", "month", "quarter", "year", "decade"):
        return None
    return Nth(number, m["unit"], m["outer"])


_AFTER_FIRSTS = codes("of after since from before in - to")


_BEFORE_FIRSTS = codes("in during OVER through")


@rule("first_of_year", "count=FIRSTS")
def _first_of_year(m: Match) -> Read | None:
    """In the first nine months: of the year, where nothing else is said."""
    length, after = m["count"], m.after
    if m.before is None or m.before.cls not in _BEFORE_FIRSTS:
        return None
    if length.unit not in ("month", "quarter") or not length.amount or length.amount < 2:
        return None
    if after is not None and (after.cls in _AFTER_FIRSTS or m.text[after.start] in "’'"):
        return None
    if length.amount * (3 if length.unit == "quarter" else 1) > 11:
        return None
    return Read(FirstOfYear(length))


@rule(
    "account_of_year",
    "account=Rquarter (of|in)? year=(Ryear|Pyear)",
    "year=Ryear POSS COMPARABLE? (PERIOD|QUARTER)",
)
def _account_of_year(m: Match) -> Meaning | None:
    if m.has("account") and not isinstance(m["account"], Account):
        return None
    return Account(0, m["year"])


@rule(
    "half_of_period",
    "part=Qhalf of outer=(Pdecade|Pcentury|Pmonth|Qmonth|Pquarter|Qquarter|Pseason|Qseason)",
    "part=Qhalf of outer=(Rmonth|Rweek|Rdecade|Rcentury)",
)
def _half_of_period(m: Match) -> Meaning:
    return Half(m["part"].number, m["outer"])


@rule("week_of", "(the|THAT)? week=Rweek of day=(Qday|Pday|Qholiday)")
def _week_of(m: Match) -> Meaning | None:
    week = m["week"]
    if not isinstance(week, Relative) or week.shift or not m.surface().lower().startswith("the"):
        return None
    return Holding("week", m["day"])


@rule("month_of", "month=Rmonth of inner=(Qmonth|Pmonth)")
def _month_of(m: Match) -> Meaning | None:
    inner: Meaning = m["inner"]
    month = m.node("month")
    return inner if month is not None and month.rule == "the_unit" else None


@rule("ago_quarter", "part=Rquarter ago=OFFSET", "part=(Qquarter|Qmonth|Qseason|Qday) ago=OFFSET")
def _ago_quarter(m: Match) -> Meaning | None:
    offset = m["ago"]
    if offset.length.unit != "year" or offset.length.amount is None:
        return None
    amount = int(offset.length.amount) * offset.sign
    if isinstance(m["part"], Account):
        return Account(amount)
    if not isinstance(m["part"], Partial):
        return None
    return Inside(m["part"], Relative("year", amount))
