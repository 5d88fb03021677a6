"""Times counted from another: last year, that day, two weeks ago, the past three months."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from transforms.dates import meanings as m
from transforms.dates.anchors import (
    PUBLICATION,
    Anchors,
    Resolved,
    anchored,
    base_of,
    counted_from,
    granularity_of,
    of_period,
    reads,
    resolve,
    told_from_publication,
    unanchored,
)
from transforms.dates.fiscal import read_account
from transforms.dates.language import FUTURE, PAST, PRESENT
from transforms.dates.periods import SIZE, Period, day_at, shift_day
from transforms.dates.plain import read_length
from transforms.dates.timex import length_value
from transforms.dates.ways import Way, chosen_way


@reads(m.Relative)
def read_relative(meaning: m.Relative, anchors: Anchors) -> Resolved:
    unit, shift = meaning.unit, meaning.shift
    if meaning.to == "event":
        return _day_of_clause(anchors)
    if meaning.to == "reference":
        return _referred(unit, shift, anchors)
    if anchors.narrative and unit == "day" and not anchors.mixed and anchors.quoted():
        return unanchored(unit)
    today = unit == "day" and shift == 0
    if today and anchors.long_past_beside and anchors.state():
        present = Resolved("DATE", "PRESENT_REF", relative=True, direction=PRESENT)
        return anchored(present, PUBLICATION, anchors.published, "our_day")
    in_story = anchors.narrative and unit != "day" and anchors.reference is not None
    if in_story and not told_from_publication(shift, anchors):
        return _referred(unit, shift, anchors)
    if anchors.published is None:
        return unanchored(unit)
    resolved = of_period(Period.holding(unit, anchors.published).shift(shift))
    return anchored(resolved, PUBLICATION, anchors.published, "from_publication")


def _day_of_clause(anchors: Anchors) -> Resolved:
    """The day after an event: the one it stands beside (on 8 October, the day after the vote)."""
    told = anchors.sentence_date
    if told is None or told[1].granularity != "day":
        return unanchored("day")
    number, reading = told
    return anchored(of_period(reading.period), number, reading.start, "from_clause")


def _referred(unit: str, shift: int, anchors: Anchors) -> Resolved:
    """That day, the following week: counted from the time spoken of last."""
    reference = anchors.reference
    if reference and reference[1].period and SIZE[reference[1].period.unit] > SIZE[unit]:
        reference = anchors.spoken.get(unit, reference)
    if reference is not None:
        number, told = reference
        assert told.period is not None
        if SIZE[told.period.unit] <= SIZE[unit] or unit == told.period.unit:
            resolved = of_period(told.period.widened(unit).shift(shift))
            if shift > 0 and is_too_late(resolved, anchors):
                return unanchored(unit)
            return anchored(resolved, number, told.start, "from_told")
        if SIZE[unit] > SIZE["week"] or not anchors.published:
            return unanchored(unit)
    if anchors.published is None or anchors.narrative:
        return unanchored(unit)
    resolved = of_period(Period.holding(unit, anchors.published).shift(shift))
    if shift > 0 and is_too_late(resolved, anchors):
        return unanchored(unit)
    return anchored(resolved, PUBLICATION, anchors.published, "from_publication")


def is_too_late(resolved: Resolved, anchors: Anchors) -> bool:
    """Whether a time told in the past would lie after publication: its anchor is another."""
    start, published = resolved.start, anchors.published
    ahead = start is not None and published is not None and start > published
    return ahead and anchors.tense()[0] == PAST


@reads(m.Weekend)
def _weekend(meaning: m.Weekend, anchors: Anchors) -> Resolved:
    number, day = base_of(anchors)
    if day is None:
        return Resolved("DATE", "XXXX-WXX-WE", granularity="week", relative=True)
    week = Period.holding("week", day)
    which, way = meaning.which, chosen_way(meaning.which or 0)
    if which is None:
        which, way = (-1, "past_tense") if _is_over(day, anchors) else (0, way)
    elif which == 0 and _is_over(day, anchors):
        which, way = -1, "past_tense"  # the vote this weekend was close
    week = week.shift(which)
    start, end = day_at(week.index * 7 + 6), day_at(week.index * 7 + 7)
    resolved = Resolved(
        "DATE", f"{week.value}-WE", week, None, f"{start}/{end}", start, end, "week"
    )
    return anchored(resolved, number, day, way)


def _is_over(day: dt.date, anchors: Anchors) -> bool:
    """Whether a weekend told in the past is the one before a working day."""
    return day.isoweekday() < 6 and anchors.tense()[0] == PAST


@reads(m.Offset)
def _offset(meaning: m.Offset, anchors: Anchors) -> Resolved:
    length, sign = meaning.length, meaning.sign
    if length.parts:
        return _offset_parts(meaning, anchors)
    if length.amount is None or length.high is not None or length.unit == "millennium":
        resolved = Resolved("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", relative=True)
        resolved.direction = PAST if sign < 0 else FUTURE
        return resolved
    number: str | int | None
    way: Way | None = None
    if meaning.to == "event":
        return _event(meaning, anchors)
    if meaning.base is not None:
        base = resolve(meaning.base, anchors)
        number, told, day, way = base.anchor, base.period, base.start, "from_base"
    elif meaning.to == "reference":
        if length.unit == "year" and not anchors.narrative:
            if anchors.reference is None and sign > 0:
                return unanchored("year")
            moved = read_account(m.Account(sign * int(length.amount), unit=""), anchors)
            return unanchored("year") if is_too_late(moved, anchors) else moved
        if anchors.reference is None:
            number, told = PUBLICATION, None
            day = None if anchors.narrative or sign > 0 else anchors.published
        else:
            number, reading = anchors.reference
            told, day = reading.period, reading.start
    else:
        number, day = base_of(anchors)
        told = None
        if sign < 0 and told_from_publication(sign, anchors):
            number, day = PUBLICATION, anchors.published
        elif anchors.narrative and anchors.reference:
            told = anchors.reference[1].period
    resolved = moved_by(length, sign, told, day, meaning.to)
    resolved.mod = length.mod
    if meaning.to == "reference" and is_too_late(resolved, anchors):
        resolved = moved_by(length, sign, None, None, meaning.to)
    if resolved.period is None:
        return anchored(resolved, None, day, resolved.way)
    return anchored(resolved, number, day, way or counted_from(number))


def _offset_parts(meaning: m.Offset, anchors: Anchors) -> Resolved:
    """Two years and three months ago: to the unit of the last part."""
    number, day = base_of(anchors)
    if meaning.to == "reference" and anchors.reference is not None:
        number, day = anchors.reference[0], anchors.reference[1].start
    unit = meaning.length.unit
    for amount, part in meaning.length.parts:
        if day is not None and part not in m.CLOCK_UNITS:
            day = shift_day(day, part, meaning.sign * int(amount))
    if day is None or unit in m.CLOCK_UNITS:
        return read_length(meaning.length, anchors)
    moved = of_period(Period.holding(unit, day))
    return anchored(moved, number, anchors.published, counted_from(number))


def _event(meaning: m.Offset, anchors: Anchors) -> Resolved:
    """The day of an event that lies a length before or after the time the sentence tells of.

    "... on Monday, two days after Russia did" speaks of the Saturday on which Russia did.
    Where the sentence gives no such time, only the length is known.
    """
    told = anchors.sentence_date
    unit = meaning.length.unit
    if told is None or told[1].period is None or unit in m.CLOCK_UNITS:
        return read_length(meaning.length, anchors)
    number, reading = told
    resolved = moved_by(meaning.length, -meaning.sign, reading.period, reading.start, "reference")
    if resolved.period is None:
        return read_length(meaning.length, anchors)
    resolved.mod = meaning.length.mod
    return anchored(resolved, number, reading.start, "from_clause")


#: From how many centuries on nobody means a decade.
_MANY_CENTURIES = 3


def moved_by(
    length: m.Length, sign: int, told: Period | None, day: dt.date | None, to: str
) -> Resolved:
    unit = length.unit
    assert length.amount is not None
    amount = length.amount
    if unit == "decade":
        amount, unit = amount * 10, "year"
    elif unit == "century" and amount < _MANY_CENTURIES and (told is None or told.unit != unit):
        amount, unit = amount * 10, "decade"  # a century ago: ten decades
    whole = int(amount)
    if unit in m.CLOCK_UNITS:
        if day is None:
            return Resolved("TIME", "XXXX-XX-XXTXX", granularity="time", relative=True)
        hours = amount * {"hour": 1, "minute": 1 / 60, "second": 1 / 3600}[unit]
        moved = day_at(day.toordinal() + sign * int(hours // 24))
        period = Period.holding("day", moved) if moved else None
        value = f"{moved}TXX" if moved else None
        return replace(of_period(period, "TIME"), granularity="time", value=value)
    if amount != whole:
        smaller, per = {"year": ("month", 12), "month": ("week", 4), "week": ("day", 7)}.get(
            unit, ("year", 10)
        )
        whole, unit = round(amount * per), smaller
    if told is None:
        if day is None:
            return unanchored(unit)
        told = Period.holding("day", day)
    if unit == "year" and told.unit in ("quarter", "half", "season"):
        return of_period(told.shift(sign * whole * (4 if told.unit != "half" else 2)))
    if SIZE[told.unit] > SIZE[unit]:
        return unanchored(unit)
    if unit == "week" and to == "reference":
        return of_period(told.shift(sign * 7 * whole) if told.unit == "day" else None)
    return of_period(told.widened(unit).shift(sign * whole))


def _stretched_from(
    meaning: m.Stretch, anchors: Anchors
) -> tuple[str | int | None, dt.date | None]:
    """What a stretch ends or begins at, and the day."""
    back = meaning.sign < 0
    if meaning.base is not None:
        base = resolve(meaning.base, anchors)
        return base.anchor, base.start if back else base.end
    if meaning.to == "reference":
        told = anchors.stretch or anchors.reference
        if told is not None:
            return told[0], told[1].start if back or told is anchors.reference else told[1].end
    elif told_from_publication(meaning.sign, anchors):
        return PUBLICATION, anchors.published
    return base_of(anchors)


@reads(m.Stretch)
def _stretch(meaning: m.Stretch, anchors: Anchors) -> Resolved:
    length, sign = meaning.length, meaning.sign
    value = length_value(length)
    if length.unit == "hour" and length.amount and length.amount % 24 == 0:
        value = f"P{int(length.amount) // 24}D"
    resolved = Resolved("DURATION", value, mod=length.mod)
    number, day = _stretched_from(meaning, anchors)
    resolved = anchored(resolved, number, day, "unplaced")
    resolved.direction = PAST if sign < 0 else FUTURE
    amount = length.amount
    if day is None or amount is None or length.high is not None or length.parts:
        return resolved
    far: dt.date | None
    if length.unit in m.CLOCK_UNITS:
        hours = amount * {"hour": 1, "minute": 1 / 60, "second": 1 / 3600}[length.unit]
        far = day_at(day.toordinal() + sign * round(hours / 24))
    elif amount != int(amount):
        months = amount * {"year": 12, "month": 1, "quarter": 3, "decade": 120}.get(length.unit, 0)
        far = shift_day(day, "month", sign * round(months)) if months else None
    else:
        far = shift_day(day, length.unit, sign * int(amount))
    if far is not None:
        resolved.start, resolved.end = min(day, far), max(day, far)
        resolved.granularity = granularity_of(length.unit)
        resolved.way = counted_from(number)
    return resolved
