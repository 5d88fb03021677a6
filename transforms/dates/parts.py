"""Parts and compounds of times: the last week of May, late 2019, noon on Friday, 3 to 7 May."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from transforms.dates import meanings as m
from transforms.dates.anchors import (
    PUBLICATION,
    Anchors,
    Resolved,
    anchored,
    hung_like,
    of_period,
    reads,
    resolve,
    unanchored,
)
from transforms.dates.language import FUTURE, PAST
from transforms.dates.periods import Period, add_months, day_at
from transforms.dates.plain import read_length
from transforms.dates.recurring import candidate, holiday_in, named, placeholder, turns_around
from transforms.dates.timex import clock_value


@reads(m.Inside)
def _inside(meaning: m.Inside, anchors: Anchors) -> Resolved:
    outer = resolve(meaning.outer, anchors)
    inner = meaning.inner
    if outer.period is None:
        return placeholder(inner)
    period: Period | None
    if isinstance(inner, m.Holiday):
        period = holiday_in(inner, outer.period.year, anchors)
    elif inner.unit == "dom":
        month = outer.period
        period = Period.of_day(month.year, month.number, inner.day)
    else:
        period = candidate(inner, outer.period, 0)
    resolved = named(inner, period, anchors)
    return hung_like(resolved, outer)


@reads(m.Nth)
def _nth(meaning: m.Nth, anchors: Anchors) -> Resolved:
    outer = resolve(meaning.outer, anchors)
    resolved = Resolved("DATE", None)
    period = outer.period
    first, last = (period.first, period.last) if period else (None, None)
    if first and last:
        resolved = _nth_between(meaning, first, last)
    return hung_like(resolved, outer)


def _nth_between(meaning: m.Nth, first: dt.date, last: dt.date) -> Resolved:
    number, unit = meaning.number, meaning.unit
    if unit == "weekday":
        if number < 0:
            day = last.toordinal() - (last.isoweekday() - meaning.weekday) % 7
        else:
            day = first.toordinal() + (meaning.weekday - first.isoweekday()) % 7 + 7 * (number - 1)
        inside = first.toordinal() <= day <= last.toordinal()
        return of_period(Period("day", day) if inside else None)
    if unit == "week":
        # the first week of a month is its first seven days
        size = meaning.count
        start = (
            day_at(last.toordinal() - 7 * size + 1)
            if number < 0
            else day_at(first.toordinal() + 7 * (number - 1))
        )
        end = last if number < 0 else start and day_at(start.toordinal() + 7 * size - 1)
        return _of_days(start, min(end, last) if end else None, "week")
    if number < 0:
        end_period = Period.holding(unit, last)
        start_period = end_period.shift(1 - meaning.count)
    else:
        start_period = Period.holding(unit, first).shift(number - 1)
        end_period = start_period.shift(meaning.count - 1)
    if meaning.count == 1:
        resolved = of_period(start_period)
        if resolved.start and not first <= resolved.start <= last:
            return Resolved("DATE", None)
        return resolved
    start, end = start_period.first, end_period.last
    if unit == "quarter" and meaning.count == 2 and start and start.month in (1, 7):
        return of_period(Period.holding("half", start))
    return _of_days(start, end, unit)


@reads(m.FirstOfYear)
def _first_of_year(meaning: m.FirstOfYear, anchors: Anchors) -> Resolved:
    """Of the year of publication, or of the one before where they are not over yet."""
    length, published = meaning.length, anchors.published
    assert length.amount is not None
    if published is None or anchors.narrative:
        return read_length(length, anchors)
    count = int(length.amount)
    for year in (published.year, published.year - 1):
        nth = m.Nth(1, length.unit, m.Point(Period("year", year)), count=count)
        resolved = resolve(nth, anchors)
        over = resolved.end is not None and resolved.end <= published
        if over or anchors.tense()[0] == FUTURE:
            break
    return anchored(resolved, PUBLICATION, published, "from_publication")


@reads(m.SoFar)
def _so_far(meaning: m.SoFar, anchors: Anchors) -> Resolved:
    resolved = resolve(meaning.inner, anchors)
    resolved.mod = meaning.mod
    day = anchors.published
    if resolved.anchor != PUBLICATION or day is None or resolved.start is None:
        return resolved
    assert resolved.end is not None
    start, end = (resolved.start, day) if meaning.sign < 0 else (day, resolved.end)
    return replace(resolved, start=start, end=end, edtf=f"{start}/{end}", direction=None)


def _of_days(start: dt.date | None, end: dt.date | None, granularity: str) -> Resolved:
    if start is None or end is None or start > end:
        return Resolved("DATE", None)
    value = f"{start}/{end}"
    resolved = Resolved("DATE", value, None, None, value, start, end, granularity)
    if granularity in ("day", "week"):
        resolved.period = Period.holding("week" if granularity == "week" else "day", start)
    return resolved


@reads(m.Section)
def _section(meaning: m.Section, anchors: Anchors) -> Resolved:
    resolved = resolve(meaning.inner, anchors)
    which = {"START": 0, "MID": 1, "END": 2}[meaning.mod]
    resolved = replace(resolved, mod=meaning.mod)
    if resolved.period is None or resolved.value is None or resolved.value.endswith("WE"):
        return resolved
    start, end = resolved.period.third(which)
    if start and end and resolved.period.unit != "day":
        resolved.start, resolved.end = start, end
        resolved.edtf = f"{start}/{end}"
        resolved.direction = None
    return resolved


@reads(m.Modified)
def _modified(meaning: m.Modified, anchors: Anchors) -> Resolved:
    resolved = replace(resolve(meaning.inner, anchors), mod=meaning.mod)
    if meaning.mod == "APPROX" and resolved.edtf and "/" not in resolved.edtf:
        resolved.edtf += "~"
    return resolved


@reads(m.Half)
def _half(meaning: m.Half, anchors: Anchors) -> Resolved:
    outer = resolve(meaning.outer, anchors)
    if outer.period is None or outer.start is None or outer.end is None:
        return replace(outer, mod="START" if meaning.number == 1 else "END")
    days = outer.end.toordinal() - outer.start.toordinal() + 1
    months = {"quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
    if months.get(outer.period.unit, 0) % 2 == 0 and outer.period.unit in months:
        middle = add_months(outer.start, months[outer.period.unit] // 2)
    else:
        middle = day_at(outer.start.toordinal() + (days + 1) // 2)
    if middle is None or days < 2:
        return outer
    before = day_at(middle.toordinal() - 1)
    start, end = (outer.start, before) if meaning.number == 1 else (middle, outer.end)
    mod = "START" if meaning.number == 1 else "END"
    return replace(outer, start=start, end=end, edtf=f"{start}/{end}", mod=mod, direction=None)


_SUNDAY = 7


@reads(m.Holding)
def _holding(meaning: m.Holding, anchors: Anchors) -> Resolved:
    inner = resolve(meaning.inner, anchors)
    if inner.period is None:
        return unanchored(meaning.unit)
    period = inner.period.widened(meaning.unit)
    if meaning.unit == "week" and inner.start and inner.start.isoweekday() == _SUNDAY:
        period = period.shift(1)  # a week named by a Sunday begins with it
    return hung_like(of_period(period), inner)


@reads(m.Timed)
def _timed(meaning: m.Timed, anchors: Anchors) -> Resolved:
    clock = meaning.clock
    if meaning.day is not None:
        day = resolve(meaning.day, anchors)
    elif told_day := (anchors.day_beside if meaning.told else _day_told(anchors)):
        number, told = told_day
        day = anchored(of_period(told.period), number, told.start, "from_told")
    elif anchors.published is not None and not anchors.narrative and meaning.told != "beside":
        day = of_period(Period.holding("day", anchors.published))
        day = anchored(day, PUBLICATION, anchors.published, "from_publication")
    else:
        day = unanchored("day")
    stamp = clock_value(clock)
    value = f"{day.value}T{stamp}" if day.value and "/" not in day.value else None
    edtf = day.edtf
    if edtf and clock.hour is not None and day.start and len(edtf) == 10:
        hour, date = (
            (0, day_at(day.start.toordinal() + 1)) if clock.hour == 24 else (clock.hour, day.start)
        )
        if date:
            edtf = f"{date}T{hour:02d}:{clock.minute or 0:02d}:{clock.second or 0:02d}"
            edtf += _edtf_zone(clock.zone)
    return replace(day, type="TIME", value=value, edtf=edtf, mod=meaning.mod, granularity="time")


def _day_told(anchors: Anchors) -> tuple[int, Resolved] | None:
    told = anchors.reference
    if told is None or told[1].granularity not in ("day", "time"):
        return None
    start, published = told[1].start, anchors.published
    ahead = start is not None and published is not None and start > published
    return None if ahead and anchors.tense()[0] == PAST else told


def _edtf_zone(zone: str) -> str:
    """An offset as EDTF writes it: with a colon, and Z for none; nothing for a zone by name."""
    if zone[:1] not in ("+", "-", "Z"):
        return ""
    digits = zone[1:].replace(":", "")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}" if digits.strip("0") else "Z"


@reads(m.Clock)
def _clock(meaning: m.Clock, anchors: Anchors) -> Resolved:
    return _timed(m.Timed(None, meaning), anchors)


@reads(m.Range)
def _range(meaning: m.Range, anchors: Anchors) -> Resolved:
    low, high = resolve(meaning.low, anchors), resolve(meaning.high, anchors)
    if low.start and high.end and low.start > high.end and isinstance(meaning.high, m.Partial):
        # from October to March: the second lies after the first
        low, high = _in_order(meaning, low, high, anchors)
    resolved = Resolved(low.type, None, granularity=low.granularity, relative=low.relative)
    resolved.ends = low, high
    resolved.anchor, resolved.anchor_date, resolved.way = low.anchor, low.anchor_date, low.way
    if low.value and high.value:
        resolved.value = f"{low.value}/{high.value}"
    if low.start and high.end and low.start <= high.end:
        resolved.start, resolved.end = low.start, high.end
        resolved.edtf = _range_edtf(low, high)
        resolved.period = high.period
    elif low.start and high.end:
        resolved.value = None
    else:
        resolved.edtf = _range_edtf(low, high)
    return resolved


def _in_order(
    meaning: m.Range, low: Resolved, high: Resolved, anchors: Anchors
) -> tuple[Resolved, Resolved]:
    inner = meaning.high
    assert isinstance(inner, m.Partial)
    assert low.period is not None
    assert low.start is not None
    later = [
        p for p in turns_around(inner, low.period, anchors) if p.first and p.first >= low.start
    ]
    if later:
        moved = of_period(later[0])
        high = anchored(moved, high.anchor, high.anchor_date, high.way)
    return low, high


#: What may stand at the ends of an EDTF interval; seasons, quarters and decades may not.
_EDTF_DATE = re.compile(r"-?\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?")


def _range_edtf(low: Resolved, high: Resolved) -> str | None:
    start = _edtf_end(low.edtf and low.edtf.split("/")[0], low.start)
    end = _edtf_end(high.edtf and high.edtf.split("/")[-1], high.end)
    return f"{start}/{end}" if start and end else None


def _edtf_end(edtf: str | None, day: dt.date | None) -> str | None:
    """What stands at one end of an interval: the date as it is, else its day."""
    if edtf is None:
        return None
    date = edtf.split("T")[0].rstrip("~")
    if _EDTF_DATE.fullmatch(date):
        return date
    return day.isoformat() if day else None
