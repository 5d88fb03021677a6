"""Times of day: 10:30 p.m., noon Thursday, this morning, the night of 5 May."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.dates.engine import Match, Read, Rules
from transforms.dates.meanings import (
    Clock,
    Length,
    Meaning,
    Offset,
    Partial,
    Range,
    Relative,
    Timed,
)
from transforms.dates.patterns import code, codes

RULES = Rules()
rule = RULES.rule

_DAYS = "(Pday|Qday|Rday|Qweekday|Rpart|Qholiday|Pnth)"
_NIGHTS = "(Pday|Qday|Rday|Qweekday|Rpart|Qholiday|Pnth|RANGE)"
_BEFORE_CLOCK = codes("at by until from to ABOUT before after since")
_UP_TO = codes("to until through -")
_BESIDE = codes("before after")
_BEFORE_EVENT = codes("the a THAT THIS HIS")
_ON = codes("on of")
_DAY_CLASSES = codes("Rday Qweekday Pday Qday")
_CLOCK = (
    "(clock=(CLOCKTIME|CLOCKDOT) (UNITABBR|UNITS) | "
    "hour=(DAYNUM|WONE|TEENS|SHORT) half=AMPM | clock=(CLOCKTIME|CLOCKDOT) half=AMPM | "
    "hour=(DAYNUM|WONE|TEENS) half=OCLOCK | clock=CLOCKTIME | said=CLOCKSAID | "
    "noon=(NOON|MIDNIGHT))"
)
_ZONE = "(local=LOCAL time | zone=ZONE | place=(EASTERN|LOCAL) (STANDARD|DAYLIGHT)? time)?"


def _clock(m: Match) -> Clock | None:
    zone = m["zone"] or ""
    if m.has("noon"):
        return Clock(12 if m["noon"] == 12 else 24, 0, zone=zone)
    if m.has("said"):
        said: Clock = m["said"]
        return replace(said, zone=zone)
    if m.has("clock"):
        given: Clock = m["clock"]
        hour, minute, second = given.hour or 0, given.minute, given.second
    else:
        hour, minute, second = int(m["hour"]), None, None
    half = m["half"]
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 24:
        return None
    return Clock(hour, minute, second, zone=zone)


@rule(
    "clock_day",
    f"{_CLOCK} {_ZONE} (,|on|-)? day={_DAYS}",
    f"day={_DAYS} (at|,|by|before|ABOUT)? {_CLOCK} {_ZONE}",
)
def _clock_day(m: Match) -> Meaning | None:
    clock, before, after = _clock(m), m.before, m.after
    days = before is not None and before.cls in _UP_TO and m.begins("Qweekday")
    if days and after is not None and after.cls in _UP_TO:
        return None  # Monday to Friday, 9 a.m. to 5 p.m.
    return None if clock is None else Timed(m["day"], clock)


_BRACKETS = codes("( )")
#: The same time told for another zone, whose parts nobody asks for.
_AGAIN = re.sub(r"\w+=", "", f"{_CLOCK} ,? {_ZONE}")


@rule(
    "clock_zones",
    f"{_CLOCK} {_ZONE} OPEN {_AGAIN} CLOSE ,? on? day={_DAYS}",
    f"{_CLOCK} {_ZONE} CLOSE ,? on? day={_DAYS}",
)
def _clock_zones(m: Match) -> Read | None:
    """9 p.m. local time (3 p.m. ET) on Monday: both are of the day that follows."""
    clock = _clock(m)
    if clock is None:
        return None
    classes = [node.cls for node in m.nodes[m.first : m.last + 1]]
    end = next(i for i, one in enumerate(classes) if one in _BRACKETS)
    return Read(Timed(m["day"], clock), right=len(classes) - end)


@rule("clock", f"{_CLOCK} {_ZONE}", f"{_CLOCK} (in|at) the? part=DAYPART")
def _clock_alone(m: Match) -> Meaning | None:
    clock = _clock(m)
    if clock is not None and m["part"] in ("AF", "EV", "NI") and (clock.hour or 0) < 12:
        clock = replace(clock, hour=(clock.hour or 0) + 12)
    before = m.before
    if clock is None:
        return None
    if m.has("clock") and not m.has("half"):
        # 3:2 and 10:15 are scores or verses unless something says that it is a time
        said = m.has("zone") or m.has("part") or m.surface()[-1].isalpha()
        if not said and (before is None or before.cls not in _BEFORE_CLOCK):
            return None
    return Timed(None, clock)


@rule("stamp", "stamp=STAMP")
def _stamp(m: Match) -> Meaning:
    point, clock = m["stamp"]
    return Timed(point, clock)


@rule("tonight", "TONIGHT")
def _tonight(m: Match) -> Meaning:
    return Timed(Relative("day", 0), Clock(part="NI"))


@rule("overnight", "OVERNIGHT (day=(Qweekday|DEICTIC))?")
def _overnight(m: Match) -> Meaning:
    return Timed(m["day"] if isinstance(m["day"], Partial) else None, Clock(part="NI"), told="near")


_PART = "(mod=(EARLY|LATE|MIDW) -?)? part=DAYPART"


@rule(
    "daypart_day",
    f"day={_DAYS} (POSS|,)? (in|during)? the? {_PART}",
    f"the? {_PART} (of|on) day={_NIGHTS}",
    f"{_PART} day=(Rday|Qweekday)",
)
def _daypart_day(m: Match) -> Meaning | None:
    day = m["day"]
    of_other = m.after is not None and m.after.cls in _BESIDE
    if of_other and m.node("part") is m.nodes[m.last] and m.nodes[m.last - 1].cls == code("the"):
        return None  # on 5 May, the night before the vote
    return Timed(day.low if isinstance(day, Range) else day, Clock(part=m["part"]), m["mod"])


@rule("deictic_daypart", f"which=(LAST|THIS|NEXT) {_PART}", f"LATER THIS {_PART}")
def _deictic_daypart(m: Match) -> Meaning:
    which = m["which"] or 0
    return Timed(Relative("day", which), Clock(part=m["part"]), m["mod"])


@rule(
    "that_daypart",
    f"THAT SAME? {_PART}",
    f"the SAME {_PART}",
    f"the {_PART}",
    "the which=(FOLLOWING|NEXT|PREVIOUS) part=DAYPART",
)
def _that_daypart(m: Match) -> Meaning:
    if m.has("which"):
        return Timed(Relative("day", m["which"], "reference"), Clock(part=m["part"]))
    return Timed(None, Clock(part=m["part"]), m["mod"])


@rule(
    "daypart_beside",
    f"the part=DAYPART which=(before|after) base={_DAYS}",
    "the part=DAYPART which=(before|after)",
)
def _daypart_beside(m: Match) -> Meaning | None:
    """The night before Christmas; the night before; the night before the vote."""
    sign, clock = -1 if m.class_of("which") == "before" else 1, Clock(part=m["part"])
    if m.has("base"):
        return Timed(Offset(Length(1, "day"), sign, "base", m["base"]), clock)
    after = m.after
    if after is not None and m.text[m.nodes[m.last].end : after.start].isspace():
        if after.cls not in _BEFORE_EVENT and not m.text[after.start].isupper():
            return None  # through the morning before it eases
        return Timed(Relative("day", sign, "event"), clock)
    return Timed(Relative("day", sign, "reference"), clock)


@rule("daypart_hours", f"the? {_PART} (UNITS|DUR) ((of|on) day={_DAYS})?")
def _daypart_hours(m: Match) -> Meaning:
    return Timed(m["day"], Clock(part=m["part"]), m["mod"])


@rule(
    "daypart",
    f"lead=(in|during|by|at|until|before) {_PART}",
    "mod=(EARLY|LATE|MIDW) -? part=DAYPART",
)
def _daypart(m: Match) -> Read | None:
    if m.after is not None and m.after.cls in _DAY_CLASSES:
        return None  # at mid-afternoon yesterday
    following = m.nodes[m.last + 1 : m.last + 3]
    if len(following) == 2 and following[0].cls in _ON and following[1].cls in _DAY_CLASSES:
        return None  # at dawn on Saturday
    return Read(Timed(None, Clock(part=m["part"]), m["mod"]), left=int(m.has("lead")))
