"""Lengths of time, and sets of times: two weeks, nearly forty years, every Friday."""

from __future__ import annotations

from dataclasses import replace

from transforms.dates.engine import Match, Read, Rules
from transforms.dates.meanings import Length, Point, Repeated, length_of
from transforms.dates.patterns import code, codes
from transforms.dates.timex import set_value

RULES = Rules()
rule = RULES.rule

_WEEKDAYS = code("WEEKDAYS")
#: After these a unit is one of them: the day after.
_ONE = codes("the a THIS THAT SAME ORD")

_BETWEEN = "(ADDED|more|RUNNING|WORKING|FULL|CALENDAR|long|other)*"


@rule(
    "length",
    f"number=NUM -? {_BETWEEN} unit=ANYUNIT (- (age=old|long))?",
    f"number=COUPLE {_BETWEEN} unit=ANYUNIT",
    "number=NUM -? unit=(UNIT|UNITS) -? age=old",
)
def _length(m: Match) -> Read | None:
    number = m["number"]
    if isinstance(number, Point):
        number = number.period.index
    node = m.node("unit")
    assert node is not None
    unit = m["unit"]
    if not number:
        return None
    if m.surface("unit").isupper() or (unit == "quarter" and "-" in m.surface()[:-1]):
        return None  # three-quarters
    if m.after is not None and m.after.cls == code("old") and unit == "year":
        return None  # an age
    if m.has("age") and unit == "year":
        return Read(None, "AGE")
    mod = "APPROX" if m.class_of("number") == "COUPLE" else None
    length = replace(length_of(float(number), unit), mod=mod)
    return Read(length)


@rule("length_in_nights", "number=(NUM|COUPLE) DAYPARTS")
def _length_in_nights(m: Match) -> Read | None:
    """Two nights ago: as many days."""
    number = m["number"]
    if isinstance(number, Point) or not number:
        return None
    return Read(length_of(float(number), "day"))


@rule(
    "length_and_half",
    "(number=NUM|A) unit=ONEUNIT and a half",
    "A only=half unit=UNIT",
    "only=half - A -? unit=UNIT",
    "only=half A unit=UNIT",
    "only=half - unit=UNIT",
)
def _length_and_half(m: Match) -> Read | None:
    whole = 0.0 if m.has("only") else float(m["number"] or 1)
    return Read(length_of(whole + 0.5, m["unit"]))


@rule(
    "length_range",
    f"low=NUM (-|to|or) high=NUM -? {_BETWEEN} unit=ANYUNIT",
    f"between low=NUM and high=NUM {_BETWEEN} unit=UNITS",
)
def _length_range(m: Match) -> Read | None:
    low, high = m["low"], m["high"]
    if isinstance(low, (int, float)) and isinstance(high, (int, float)) and 0 < low < high:
        return Read(length_of(float(low), m["unit"], float(high)))
    return None


@rule("one_unit", "A (FULL|single|ADDED)? unit=ONEUNIT", "another unit=UNIT")
def _one_unit(m: Match) -> Read | None:
    if m["unit"] == "second" or (m.after is not None and m.after.cls == code("-")):
        return None
    return Read(length_of(1, m["unit"]))


@rule("vague_length", f"VAGUENUM -? {_BETWEEN} unit=UNITS", "SEVERAL - unit=UNIT")
def _vague_length(m: Match) -> Read:
    return Read(length_of(None, m["unit"]))


def _numbered(m: Match) -> Read | None:
    number = m["number"]
    if not isinstance(number, (int, float)) or not number:
        return None
    return Read(length_of(float(number), m["unit"]))


@rule(
    "unit_long",
    "unit=(UNIT|UNITS) - (long|age=old)",
    "number=NUM -? unit=(UNIT|UNITS) -? long",
)
def _unit_long(m: Match) -> Read | None:
    """Year-long; weeks-old, but a year-old girl has an age."""
    if m.has("age") and m["unit"] == "year" and m.class_of("unit") == "UNIT":
        return Read(None, "AGE")
    if not m.has("number"):
        return Read(length_of(None if m.class_of("unit") == "UNITS" else 1, m["unit"]))
    return _numbered(m)


@rule("another_length", "another number=NUM unit=UNITS")
def _another_length(m: Match) -> Read | None:
    return _numbered(m)


@rule("part_of_any_day", "part=DAYTIME", "part=DAYPART - time")
def _part_of_any_day(m: Match) -> Read:
    return Read(Repeated(f"XXXX-XX-XXT{m['part']}"))


@rule("some_time", "SOME time")
def _some_time(m: Match) -> Read:
    return Read(Length(None, "month"))


@rule("bare_units", "unit=UNITS ((or|and) second=UNITS)?")
def _bare_units(m: Match) -> Read | None:
    if m["unit"] in ("second", "quarter"):
        return None
    if m.surface()[0].isupper() and m.before is not None:
        return None  # the Hundred Days
    return Read(length_of(None, m["unit"]))


@rule("a_unit_or_two", "A unit=UNIT or (number=WONE|SOME)")
def _a_unit_or_two(m: Match) -> Read:
    return Read(length_of(None, m["unit"]))


@rule("age", "number=NUM UNITS of age", "number=NUM UNITS old", "A unit=UNIT - old")
def _age(m: Match) -> Read | None:
    return None if m.has("unit") and m["unit"] != "year" else Read(None, "AGE")


@rule("all_unit", "all unit=UNIT long?")
def _all_unit(m: Match) -> Read | None:
    """All day, all year long: as long as that."""
    if m["unit"] not in ("day", "week", "month", "year"):
        return None
    return Read(length_of(1, m["unit"]))


# Sets of times


@rule(
    "every_unit",
    "EACH second=other? unit=ONEUNIT",
    "EACH number=(SMALL|ORD|SECOND) unit=(UNIT|UNITS)",
)
def _every_unit(m: Match) -> Read | None:
    number = m["number"]
    if number == "second" or m.has("second"):
        number = 2
    if m["unit"] == "day" and not number:
        return Read(Repeated("XXXX-XX-XX"))
    return Read(Repeated(set_value(m["unit"], int(number or 1))))


@rule(
    "unit_by_unit",
    "unit=ONEUNIT (after|by) second=ONEUNIT",
    "part=DAYPART after second=DAYPART",
)
def _unit_by_unit(m: Match) -> Read | None:
    """Year after year, night after night, day by day: each of them."""
    of_one = m.before is not None and m.before.cls in _ONE
    if m.surface("second").lower() != m.surface().split()[0].lower() or of_one:
        return None
    if m.has("part"):
        return Read(Repeated(f"XXXX-XX-XXT{m['part']}"))
    return Read(Repeated("XXXX-XX-XX" if m["unit"] == "day" else set_value(m["unit"])))


@rule(
    "every_weekday",
    "(EACH|SOME)? day=Qweekday",
    "EACH (other|ORD|SECOND) day=Qweekday",
    "day=WEEKDAYS",
    "on day=WEEKDAYS",
)
def _every_weekday(m: Match) -> Read | None:
    if m.surface("day") == m.surface():
        if m.node("day").cls != _WEEKDAYS:  # type: ignore[union-attr]
            return None
        return Read(Repeated(f"XXXX-WXX-{m['day']}"))
    day = m["day"]
    number = day if isinstance(day, int) else day.number
    left = int(m.begins("on"))
    return Read(Repeated(f"XXXX-WXX-{number}"), left=left)


@rule("every_month", "EACH month=Qmonth", "EACH season=Qseason")
def _every_month(m: Match) -> Read:
    if m.has("month"):
        return Read(Repeated(f"XXXX-{m['month'].number:02d}"))
    return Read(Repeated("XXXX-" + ("SP", "SU", "FA", "WI")[m["season"].number - 1]))


@rule("every_daypart", "EACH part=DAYPART", "part=DAYPARTS", "day=Qweekday part=DAYPARTS")
def _every_daypart(m: Match) -> Read:
    if m.has("day"):
        return Read(Repeated(f"XXXX-WXX-{m['day'].number}T{m['part']}"))
    return Read(Repeated(f"XXXX-XX-XXT{m['part']}"))


@rule(
    "times_per",
    "ONCE (A|per|EACH) unit=ONEUNIT",
    "number=NUM TIMES (A|per|EACH) unit=ONEUNIT",
)
def _times_per(m: Match) -> Read:
    return Read(Repeated(set_value(m["unit"])))


@rule("per_unit", "per unit=ONEUNIT")
def _per_unit(m: Match) -> Read | None:
    return None if m["unit"] == "second" else Read(Repeated(set_value(m["unit"])))


@rule("set_word", "word=SETWORD", "word=SETADJ")
def _set_word(m: Match) -> Read:
    return Read(Repeated(m["word"]))
