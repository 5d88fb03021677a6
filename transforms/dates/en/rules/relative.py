"""Times that are counted from another one: last year, next Friday, two weeks ago, that day."""

from __future__ import annotations

from dataclasses import replace

from transforms.dates.engine import Match, Read, Rules
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
    length_of,
)
from transforms.dates.patterns import code, codes

RULES = Rules()
rule = RULES.rule


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
    "THIS (CURRENT|which=COMING) unit=ONEUNIT",
    "the? which=LAST (FISCAL|FINANCIAL|FULL) unit=ONEUNIT",
)
def _last_next_unit(m: Match) -> Meaning | None:
    unit = m["unit"]
    which = m["which"] or 0
    after = m.after
    if unit in ("week", "decade") and which > 0 and m.begins("the") and _is_lead(m):
        return Stretch(Length(1, unit), which)  # over the next decade
    before = m.before.cls if m.before is not None else ""
    if unit == "day" and m.begins("THIS") and before in _UP_TO:
        return Vague("PRESENT_REF")  # to this day
    counted_out = before in _NAMING or before in _COUNTED_OUT or not m.surface().startswith("last")
    if (
        which < 0
        and after is not None
        and after.cls == code("of")
        and unit != "year"
        and counted_out
    ):
        return None  # the last week of May; not: convicted last week of fraud
    if m.surface().lower().startswith("the") and abs(which) == 1 and unit in ("week", "day"):
        return Relative(unit, which, "reference") if which > 0 else Stretch(Length(1, unit), which)
    return _unit(unit, which)


#: What stands before the last week of something.
_COUNTED_OUT = codes("in of")
_BASES = codes("Pday Qday Qholiday Qweekday Rday Pmonth Pyear Pnth Rpart")
_BEFORE_AFTER = codes("before after")


def _is_lead(m: Match) -> bool:
    """Whether a preposition says that something takes place in the course of what follows."""
    before = m.before
    return before is not None and m.text[before.start : before.end].lower() in _COURSE


_NAMING = codes("the a HIS THIS THAT")
_WHERE = frozenset(("at", "from", "in", "into", "to"))
_COURSE = frozenset(("within", "over", "during", "for", "throughout"))
_UP_TO = codes("to until since")


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
    "THAT (SAME|very)? unit=ONEUNIT",
    "the SAME unit=UNIT",
    "the which=(FOLLOWING|PREVIOUS|PRIOR) (FISCAL|FINANCIAL)? unit=ONEUNIT",
    "the unit=UNIT which=(before|after|EARLIER)",
    "the? latest=LATEST (FISCAL|FINANCIAL)? unit=UNIT",
)
def _referred_unit(m: Match) -> Meaning | None:
    which = {"before": -1, "after": 1}.get(m.class_of("which"), m["which"])
    return _unit(m["unit"], which or 0, "reference")


@rule("the_unit", "the (FULL|FISCAL|FINANCIAL)? unit=UNIT")
def _the_unit(m: Match) -> Meaning | None:
    if m["unit"] in ("day", "century", "decade", "millennium", "second", *CLOCK_UNITS):
        return None
    return None if _is_told_of(m) else _unit(m["unit"], 0)


def _is_told_of(m: Match) -> bool:
    """Whether words beside "the year" say which, so that it is not the one of publication."""
    after = m.after
    if after is not None and after.cls in _BEFORE_AFTER:
        return True  # the year before the games
    if after is not None and m.text[after.start : after.end].lower() == "when":
        return True  # 2029, the year when the lease ends
    before = m.nodes[max(m.first - 2, 0) : m.first]
    return [node.cls for node in before] == [code("Pyear"), code(",")]  # in 2022, the year it rose


@rule(
    "weekend",
    "the WEEKEND",
    "which=(LAST|NEXT|THIS|COMING|PAST) WEEKEND",
    "(the|THIS) which=(PAST|COMING|LAST|NEXT) WEEKEND",
    "WEEKEND",
)
def _weekend(m: Match) -> Read | None:
    if not m.has("which"):
        if m.nodes[m.first].cls == code("WEEKEND"):
            return None
        return Read(Weekend(None))
    return Read(Weekend(m["which"]))


_RECURRING = "part=(Qday|Qweekday|Qmonth|Qseason|Qquarter|Qholiday|Qhalf)"


@rule(
    "chosen_part",
    f"(the|THIS)? which=(LAST|NEXT|COMING|PAST) {_RECURRING}",
    f"the? referred=(PREVIOUS|FOLLOWING) {_RECURRING}",
    f"which=(THIS|CURRENT) {_RECURRING}",
)
def _chosen_part(m: Match) -> Meaning | None:
    part = m["part"]
    of = m.after is not None and m.after.cls in (code("of"), code("in"))
    weekday = isinstance(part, Partial) and part.unit == "weekday"
    if of and weekday and m.class_of("which") == "LAST":
        return None  # the last Friday of May
    if m.has("referred"):
        return Chosen(part, m["referred"], "reference")
    return Chosen(part, m["which"])


@rule("that_part", "THAT (SAME|very)? part=(Qweekday|Qmonth|Qseason|Qholiday)")
def _that_part(m: Match) -> Read:
    part = m.node("part")
    assert part is not None
    return Read(Chosen(m["part"], 0, "reference"), parts=(part,))


@rule(
    "weekday_week",
    "day=Qweekday which=(LAST|NEXT|THIS) unit=UNIT",
    "day=Qweekday of? which=(LAST|NEXT|THIS) unit=UNIT",
    "day=(DEICTIC|Qweekday) unit=UNIT",
)
def _weekday_week(m: Match) -> Meaning | None:
    if m["unit"] != "week":
        return None
    if not m.has("which") and m.class_of("day") == "Qweekday":  # Monday week: a week after Monday
        return Offset(Length(7, "day"), 1, "base", Chosen(m["day"], 1))
    if not m.has("which"):
        return None
    return Nth(1, "weekday", Relative("week", m["which"]), weekday=m["day"].number)


@rule(
    "ago",
    "length=DUR (or so)? AGO",
    "length=DUR (or so)? AGO DEICTIC",
    "length=DUR (or so)? back",
)
def _ago(m: Match) -> Meaning | None:
    after = m.after
    moved = after is not None and m.text[after.start : after.end].lower() in _WHERE
    if m.surface().endswith("back") and moved:
        return None  # sent two years back to the mill
    return Offset(m["length"], -1)


@rule("from_now", "length=DUR from now=VAGUE", "length=DUR from day=DEICTIC")
def _from_now(m: Match) -> Meaning | None:
    if m.has("now") and m["now"].value != "PRESENT_REF":
        return None
    return Offset(m["length"], 1)


@rule("in_time", "in length=DUR POSS time")
def _in_time(m: Match) -> Read:
    return Read(Offset(m["length"], 1), left=1)


@rule("later", "length=DUR which=(LATER|EARLIER|EARLIER2)")
def _later(m: Match) -> Meaning | None:
    if m.after is not None and m.after.cls == code("than"):
        return None  # two years later than planned
    return Offset(m["length"], 1 if m["which"] > 0 else -1, "reference")


@rule("length_before", "length=DUR which=(before|after)")
def _length_before(m: Match) -> Meaning | None:
    if m.after is not None and m.text[m.after.start].isalnum():
        return None  # what follows says before what
    tail = m.text[m.nodes[m.last].end : m.nodes[m.last].end + 1]
    if tail not in ".,;)":
        return None
    return Offset(m["length"], -1 if m.class_of("which") == "before" else 1, "reference")


_OR_SO = "(or so)?"


@rule(
    "stretch",
    f"the? which=(LAST|PAST|PREVIOUS|NEXT|COMING|FOLLOWING|LATEST) length=DUR {_OR_SO}",
    f"(THESE|THIS) which=PAST length=DUR {_OR_SO}",
    f"EACH of? the? which=(LAST|PAST|NEXT) length=DUR {_OR_SO}",
    f"(the|THIS) which=(PAST|LAST|NEXT) unit=ONEUNIT {_OR_SO}",
)
def _stretch(m: Match) -> Meaning | None:
    surface = m.surface().lower()
    approximate = "APPROX" if surface.endswith(" so") else None
    word = m.class_of("which")
    if m.has("unit"):
        unit = m["unit"]
        if unit in ("second", "minute", "millennium"):
            return None
        if word != "PAST" and not approximate and unit not in ("hour", "decade", "century"):
            return None  # the last year is a calendar year
        if word != "PAST" and not approximate:
            return Relative(unit, m["which"]) if unit != "hour" else _one(unit, m["which"])
        length = replace(length_of(1, unit), mod=approximate)
    else:
        length = m["length"]
        if not isinstance(length, Length):
            return None
        after = m.after
        if word == "LAST" and after is not None and m.text[after.start : after.end] == "of":
            return None  # the last two weeks of May
        if approximate:
            length = replace(length, mod=approximate)
    to = "reference" if word in ("FOLLOWING", "PREVIOUS") else "publication"
    return Stretch(length, m["which"] or -1, to)


def _one(unit: str, sign: int) -> Stretch:
    return Stretch(length_of(1, unit), sign)


@rule(
    "stretch_following",
    "the length=DUR which=(FOLLOWING|PREVIOUS|before|after)",
    "the (length=DUR|unit=ONEUNIT) THAT which=FOLLOWED",
)
def _stretch_following(m: Match) -> Meaning | None:
    if m.class_of("which") == "FOLLOWED":  # the week that followed
        after = m.after
        if after is not None and (after.cls in _NAMING or m.text[after.start].isupper()):
            return None  # the week that followed the vote
        if m["unit"] in ("second", "minute", "millennium"):
            return None
        return Stretch(m["length"] or length_of(1, m["unit"]), m["which"], "reference")
    back = m.class_of("which") in ("PREVIOUS", "before")
    if m.class_of("which") in ("before", "after") and m.after and m.after.cls in _BASES:
        return None  # the two weeks before Christmas
    return Stretch(m["length"], -1 if back else 1, "reference")


@rule("the_length", "the length=DUR", "the EARLY length=DUR")
def _the_length(m: Match) -> Read | None:
    after = m.after
    if "-" in m.surface("length"):
        return None  # the two-week war
    named = after is not None and after.cls == code("UNKNOWN") and m["length"].amount
    if named and after and m.text[after.start].islower() and m.nodes[m.last].end + 1 == after.start:
        return None  # the two day rally
    return Read(m["length"], "DUR")


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
    return Read(length, "FIRSTS" if m["number"] > 0 else "LASTS")
