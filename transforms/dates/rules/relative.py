"""Times that are counted from another one: last year, next Friday, two weeks ago, that day."""

from __future__ import annotations

from transforms.dates.grammar import Match, Read, Stage
from transforms.dates.meanings import (
    CLOCK_UNITS,
    Chosen,
    Length,
    Meaning,
    Nth,
    Offset,
    Partial,
    Relative,
    Stretch,
    Vague,
    Weekend,
)
from transforms.dates.rules.categories import CATEGORIES

RELATIVE = Stage("relative", CATEGORIES)
rule = RELATIVE.rule


@rule("deictic", "day=DEICTIC")
def _deictic(m: Match) -> Meaning:
    return Relative("day", m["day"])


@rule("day_after_tomorrow", "the unit=UNIT after day=DEICTIC", "the unit=UNIT before day=DEICTIC")
def _day_after_tomorrow(m: Match) -> Meaning | None:
    if m["unit"] != "day" or m["day"] == 0:
        return None
    return Relative("day", m["day"] * 2)


@rule(
    "last_next_unit",
    "the? which=(LAST|NEXT) unit=ONEUNIT",
    "which=(THIS|CURRENT) unit=ONEUNIT",
    "the which=CURRENT (FISCAL|FINANCIAL)? unit=ONEUNIT",
    "this (CURRENT|COMING) unit=ONEUNIT",
    "the? which=LAST (FISCAL|FINANCIAL|FULL) unit=ONEUNIT",
)
def _last_next_unit(m: Match) -> Meaning | None:
    unit = m["unit"]
    which = m["which"] or 0
    if m.surface().lower().startswith("the") and abs(which) == 1 and unit in ("week", "day"):
        return Relative(unit, which, "reference") if which > 0 else Stretch(Length(1, unit), which)
    return _unit(unit, which)


def _unit(unit: str, which: int, to: str = "publication") -> Meaning | None:
    if unit in CLOCK_UNITS:
        return None
    if unit == "fortnight":
        return Stretch(Length(2, "week"), which, to) if which else None
    if unit == "millennium":
        return None
    return Relative(unit, which, to)


@rule(
    "referred_unit",
    "that (SAME|very)? unit=ONEUNIT",
    "(the|THAT) SAME unit=ONEUNIT",
    "THAT unit=ONEUNIT",
    "the which=(FOLLOWING|PREVIOUS|PRIOR) (FISCAL|FINANCIAL)? unit=ONEUNIT",
    "the unit=UNIT which=(before|after|EARLIER)",
    "the? latest=LATEST (FISCAL|FINANCIAL)? unit=ONEUNIT",
)
def _referred_unit(m: Match) -> Meaning | None:
    words = {"before": -1, "after": 1}
    which = m["which"]
    which = words.get(which, which) if m.has("which") else 0
    if m.has("which") and not isinstance(which, int):
        which = words.get(m.surface("which").lower(), 0)
    return _unit(m["unit"], which or 0, "reference")


@rule("the_unit", "the (FULL|FISCAL|FINANCIAL|CURRENT)? unit=ONEUNIT")
def _the_unit(m: Match) -> Meaning | None:
    if m["unit"] in ("day", "century", "decade", "millennium", "second", *CLOCK_UNITS):
        return None
    return _unit(m["unit"], 0, "reference")


@rule(
    "weekend",
    "the WEEKEND",
    "which=(LAST|NEXT|THIS|COMING|PAST) WEEKEND",
    "(the|THIS) which=(PAST|COMING|LAST|NEXT) WEEKEND",
    "WEEKEND",
)
def _weekend(m: Match) -> Read | None:
    if not m.has("which"):
        if m.surface().lower() == "weekend":
            return None
        return Read(Weekend(None))
    return Read(Weekend({"coming": 1}.get(m.surface("which").lower(), m["which"])))


@rule(
    "chosen_part",
    "(the|THIS)? which=(LAST|NEXT|COMING|PAST|PREVIOUS|FOLLOWING) part=(Qday|Qweekday|Qmonth|Qseason|Qquarter|Qholiday|Qhalf)",
    "which=(THIS|CURRENT) part=(Qday|Qweekday|Qmonth|Qseason|Qquarter|Qholiday|Qhalf)",
)
def _chosen_part(m: Match) -> Meaning | None:
    part = m["part"]
    if isinstance(part, Partial) and part.unit == "half" and m.surface("part").lower() == "half":
        return None
    return Chosen(part, m["which"])


@rule(
    "weekday_week",
    "day=Qweekday which=(LAST|NEXT|THIS) unit=UNIT",
    "day=Qweekday of? which=(LAST|NEXT|THIS) unit=UNIT",
    "day=DEICTIC unit=UNIT",
)
def _weekday_week(m: Match) -> Meaning | None:
    if m["unit"] != "week" or not m.has("which"):
        return None
    return Nth(1, "weekday", Relative("week", m["which"]), weekday=m["day"].number)


@rule("ago", "length=DUR (or so)? AGO", "length=DUR (or so)? AGO DEICTIC")
def _ago(m: Match) -> Meaning:
    return Offset(m["length"], -1)


@rule("from_now", "length=DUR from now=VAGUE", "length=DUR from day=DEICTIC", "length=DUR hence")
def _from_now(m: Match) -> Meaning | None:
    if m.has("now") and m["now"].value != "PRESENT_REF":
        return None
    return Offset(m["length"], 1)


@rule("later", "length=DUR which=(LATER|EARLIER|EARLIER2)")
def _later(m: Match) -> Meaning:
    return Offset(m["length"], 1 if m["which"] > 0 else -1, "reference")


@rule("length_before", "length=DUR which=(before|after)")
def _length_before(m: Match) -> Meaning | None:
    if m.after is not None and m.text[m.after.start].isalnum():
        return None  # what follows says before what
    tail = m.text[m.nodes[m.last].end : m.nodes[m.last].end + 1]
    if tail not in ".,;)":
        return None
    return Offset(m["length"], -1 if m.surface("which").lower() == "before" else 1, "reference")


@rule(
    "stretch",
    "the? which=(LAST|PAST|PREVIOUS|NEXT|COMING|FOLLOWING|LATEST) number=NUM (RUNNING|WORKING|FULL|FISCAL)? unit=(UNIT|UNITS|QUARTER)",
    "(the|THESE|THIS) which=(LAST|PAST|PREVIOUS|NEXT|COMING|FOLLOWING) vague=VAGUENUM (RUNNING|WORKING|FULL)? unit=UNITS",
    "which=(LAST|PAST|NEXT) vague=VAGUENUM unit=UNITS",
    "the which=(LAST|PAST|NEXT|COMING) couple=COUPLE unit=UNITS",
    "(the|THIS) which=PAST unit=ONEUNIT",
    "the which=(PAST|LAST) unit=UNIT",
)
def _stretch(m: Match) -> Meaning | None:
    unit = m["unit"]
    number = m["number"]
    if hasattr(number, "period"):
        return None
    if m.has("couple"):
        number = 2
    elif m.has("vague"):
        number = None
    elif number is None:
        number = 1
        if unit not in ("week", "year", "month", "day", "decade", "quarter", "hour"):
            return None
        if m.surface("which").lower() == "last" and unit not in ("day", "week", "hour"):
            return _unit(unit, -1)
    if unit == "fortnight":
        unit, number = "week", (number or 1) * 2
    sign = m["which"] or -1
    to = "reference" if m.surface("which").lower() in ("following", "previous") else "publication"
    mod = "APPROX" if m.has("couple") else None
    return Stretch(Length(number, unit, mod=mod), sign, to)


@rule(
    "stretch_following",
    "the which=(FOLLOWING|COMING|PREVIOUS) unit=UNITS",
    "the length=DUR which=(FOLLOWING|PREVIOUS|before|after)",
)
def _stretch_following(m: Match) -> Meaning | None:
    if m.has("length"):
        return Stretch(m["length"], -1 if m["which"] in (-1, "before") else 1, "reference")
    return Stretch(Length(None, m["unit"]), m["which"], "reference")


@rule(
    "first_lengths",
    "the? number=(ORD|FINAL|LAST|OPENING) length=DUR",
    "the? number=SECOND length=DUR",
)
def _first_lengths(m: Match) -> Read | None:
    length = m["length"]
    if m["number"] != 1 and m["number"] != -1:
        return None
    if length.unit in CLOCK_UNITS:
        return Read(length, "DUR")
    return Read(length, "FIRSTS")


@rule("recent", "word=RECENT")
def _recent(m: Match) -> Read | None:
    return Read(Vague("PAST_REF"))


@rule("recent_lengths", "RECENT length=DUR")
def _recent_lengths(m: Match) -> Read:
    return Read(Vague("PAST_REF"))


@rule("current", "word=CURRENT")
def _current(m: Match) -> Read | None:
    if m.surface().lower() != "current":
        return None
    return Read(Vague("PRESENT_REF"))


@rule("future", "word=FUTURE")
def _future(m: Match) -> Read:
    return Read(Vague("FUTURE_REF"))


@rule("ahead", "(the|in)? length=DUR AHEAD", "THESE length=DUR")
def _ahead(m: Match) -> Read | None:
    if m.surface().lower().startswith("the") and m["length"].amount is None:
        return Read(Vague("FUTURE_REF"))
    return None


@rule("vague", "word=VAGUE")
def _vague(m: Match) -> Read:
    return Read(m["word"])
