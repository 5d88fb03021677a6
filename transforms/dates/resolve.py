"""From what an expression means to calendar time: anchors, tense and the order of the story."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from transforms.dates import meanings as m
from transforms.dates.named_days import days_of, historic_year
from transforms.dates.periods import PER_YEAR, SIZE, Period, add_months, day_at, shift_day
from transforms.dates.tense import FUTURE, PAST, PRESENT

PUBLICATION = "publication"
#: Units of partial dates that a year completes.
PER_YEAR_OR_DAY = frozenset((*PER_YEAR, "day"))


@dataclass(slots=True)
class Resolved:
    """Calendar time. ``anchor`` is "publication", the number of another expression, or None."""

    type: str
    value: str | None
    period: Period | None = None
    mod: str | None = None
    edtf: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    granularity: str | None = None
    relative: bool = False
    direction: str | None = None
    anchor: str | int | None = None
    anchor_date: dt.date | None = None
    holiday: str | None = None
    #: Both ends of a range.
    ends: tuple[Resolved, Resolved] | None = None


@dataclass(slots=True)
class Anchors:
    """What expressions of one document hang on, as it is read from its beginning.

    ``reference`` is the number and reading of the calendar time spoken of last; ``spoken`` the
    last one of each unit.
    """

    published: dt.date | None
    narrative: bool = False
    country: str | None = None
    reference: tuple[int, Resolved] | None = None
    spoken: dict[str, tuple[int, Resolved]] = field(default_factory=dict)
    #: In a story, the year of the partial date in hand (:mod:`.story`).
    story_year: int | None = None
    #: The time that the clause before the expression in hand tells of.
    sentence_date: tuple[int, Resolved] | None = None
    #: The tense of the verb that governs the expression in hand.
    tense: Callable[[], tuple[str, bool]] = lambda: ("", False)
    #: The country that the words before the expression name ("Russia's Victory Day").
    named_country: Callable[[], str | None] = lambda: None

    #: The accounting period spoken of: a quarter or half, or None after months or a year.
    account: tuple[int, Resolved] | None = None

    def remember(self, number: int, meaning: m.Meaning, resolved: Resolved) -> None:
        """Let later expressions hang on this one.

        What is only compared with (a year ago) is not what the text goes on about, nor is a
        story's own present.
        """
        if isinstance(meaning, m.Length) and meaning.unit == "month" and not self.narrative:
            self.account = None
        if resolved.period is None or resolved.type not in ("DATE", "TIME"):
            return
        if self.narrative and resolved.anchor == PUBLICATION:
            return
        if not self.narrative and _is_comparison(meaning):
            return
        self.reference = (number, resolved)
        unit = resolved.period.unit
        self.spoken[unit] = self.reference
        begun = self.published is None or (resolved.start and resolved.start <= self.published)
        if unit in ("quarter", "half") and begun:
            self.account = self.reference


def _is_comparison(meaning: m.Meaning) -> bool:
    if isinstance(meaning, m.Offset):
        return meaning.length.unit == "year"
    return isinstance(meaning, (m.YearsOff, m.Account))


def resolve(meaning: m.Meaning, anchors: Anchors) -> Resolved:
    """The calendar time of a meaning; interval and value stay null where it cannot be known."""
    resolved: Resolved = _RESOLVERS[type(meaning)](meaning, anchors)
    if resolved.direction is None and resolved.relative and resolved.anchor_date:
        resolved.direction = _direction(resolved.start, resolved.end, resolved.anchor_date)
    return resolved


def _direction(start: dt.date | None, end: dt.date | None, anchor: dt.date) -> str | None:
    if start is None or end is None:
        return None
    if end < anchor:
        return PAST
    return FUTURE if start > anchor else PRESENT


def of_period(period: Period | None, kind: str = "DATE") -> Resolved:
    if period is None:
        return Resolved(kind, None)
    start, end = period.first, period.last
    if start is None or end is None:
        start = end = None
    return Resolved(
        kind, period.value, period, None, period.edtf, start, end, granularity=period.unit
    )


def granularity_of(unit: str) -> str:
    """How a unit of a length is called among the granularities of the table."""
    if unit in m.CLOCK_UNITS:
        return "time"
    return unit if unit in SIZE else "century"


def _anchored(resolved: Resolved, anchor: str | int | None, day: dt.date | None) -> Resolved:
    resolved.relative = True
    resolved.anchor, resolved.anchor_date = anchor, day
    return resolved


def _unanchored(unit: str) -> Resolved:
    """A time that hangs on a day nobody knows."""
    pattern = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX"}
    return Resolved("DATE", pattern.get(unit, "XXXX"), granularity=unit, relative=True)


# ---- times that need no anchor


def _point(meaning: m.Point, anchors: Anchors) -> Resolved:
    return of_period(meaning.period)


def _length(meaning: m.Length, anchors: Anchors) -> Resolved:
    return Resolved("DURATION", m.length_value(meaning), mod=meaning.mod)


def _repeated(meaning: m.Repeated, anchors: Anchors) -> Resolved:
    return Resolved("SET", meaning.value)


def _vague(meaning: m.Vague, anchors: Anchors) -> Resolved:
    direction = {"PAST_REF": PAST, "FUTURE_REF": FUTURE}.get(meaning.value, PRESENT)
    anchor = PUBLICATION if anchors.published else None
    resolved = Resolved("DATE", meaning.value, relative=True, direction=direction)
    return _anchored(resolved, anchor, anchors.published)


# ---- recurring times: which one of them


def _candidate(inner: m.Partial, base: Period, turn: int) -> Period | None:
    """The recurring period nearest to the base's year (or week, month), ``turn`` turns on."""
    match inner.unit:
        case "weekday":
            week = base.widened("week") if base.unit != "week" else base
            return Period("day", (week.index + turn) * 7 + inner.number)
        case "dom":
            month = base.widened("month").shift(turn)
            return Period.of_day(month.year, month.number, inner.day)
        case "day":
            return Period.of_day(base.year + turn, inner.number, inner.day)
    return Period.of_year(inner.unit, base.year + turn, inner.number)


def _turns(inner: m.Partial | m.Holiday, base: Period, anchors: Anchors) -> list[Period]:
    """The recurring periods around the base, in order."""
    if isinstance(inner, m.Holiday):
        return [p for turn in (-1, 0, 1) if (p := _holiday_in(inner, base.year + turn, anchors))]
    far = (inner.number, inner.day) == (2, 29) and inner.unit == "day"
    turns = range(-8, 9) if far else range(-1, 2)
    found = [p for turn in turns if (p := _candidate(inner, base, turn))]
    if inner.weekday:
        agreeing = [p for p in found if (day := p.first) and day.isoweekday() == inner.weekday]
        return agreeing or found
    return found


def _holiday_country(anchors: Anchors) -> str | None:
    return anchors.named_country() or anchors.country


def _holiday_in(inner: m.Holiday, year: int, anchors: Anchors) -> Period | None:
    days = days_of(inner.name, _holiday_country(anchors), year)
    return Period.holding("day", days[0]) if days else None


def _recurring(inner: m.Partial | m.Holiday, anchors: Anchors) -> Resolved:
    if isinstance(inner, m.Holiday):
        year = historic_year(inner.name, _holiday_country(anchors))
        if year is not None:
            return _named(inner, _holiday_in(inner, year, anchors), anchors)
    year = anchors.story_year
    if year is not None and isinstance(inner, m.Partial) and inner.unit in PER_YEAR_OR_DAY:
        chosen = _candidate(inner, Period("year", year), 0)
        number, day = _base(anchors)
        return _anchored(_named(inner, chosen, anchors), number, day)
    if anchors.narrative and anchors.reference is not None:
        number, told = anchors.reference
        assert told.period is not None
        chosen = _nearest_in_story(inner, told.period, anchors)
        resolved = _named(inner, chosen, anchors)
        return _anchored(resolved, number, told.start)
    if anchors.published is None:
        return _placeholder(inner)
    published = Period.holding("day", anchors.published)
    chosen = _by_tense(inner, _turns(inner, published, anchors), anchors)
    return _anchored(_named(inner, chosen, anchors), PUBLICATION, anchors.published)


def _placeholder(inner: m.Partial | m.Holiday) -> Resolved:
    if isinstance(inner, m.Holiday):
        return Resolved("DATE", None, holiday=inner.name, granularity="day", relative=True)
    match inner.unit:
        case "weekday":
            value, unit = f"XXXX-WXX-{inner.number}", "day"
        case "day":
            value, unit = f"XXXX-{inner.number:02d}-{inner.day:02d}", "day"
        case "dom":
            value, unit = f"XXXX-XX-{inner.day:02d}", "day"
        case _:
            known = Period.of_year(inner.unit, 2000, inner.number)
            value, unit = "XXXX" + known.value[4:], inner.unit
    return Resolved("DATE", value, granularity=unit, relative=True)


def _named(inner: m.Partial | m.Holiday, period: Period | None, anchors: Anchors) -> Resolved:
    """The reading of a chosen turn; a holiday may last longer than its first day."""
    if period is None:
        return _placeholder(inner)
    resolved = of_period(period)
    if isinstance(inner, m.Holiday):
        resolved.holiday = inner.name
        days = days_of(inner.name, _holiday_country(anchors), period.year)
        if days and days[1] != days[0]:
            resolved.start, resolved.end = days
            resolved.edtf = f"{days[0]}/{days[1]}"
            resolved.value = resolved.edtf
    return resolved


def _by_tense(inner: m.Partial | m.Holiday, turns: list[Period], anchors: Anchors) -> Period | None:
    """The turn that the verb's tense means: the latest begun, or the next one to come."""
    published = anchors.published
    assert published is not None
    begun = [p for p in turns if (first := p.first) and first <= published]
    ahead = [p for p in turns if (first := p.first) and first > published]
    latest = begun[-1] if begun else None
    coming = ahead[0] if ahead else None
    if latest is None or coming is None:
        return latest or coming
    if latest.unit != "day" and latest.last and latest.last >= published:
        return latest  # the one that is going on
    unit = inner.unit if isinstance(inner, m.Partial) else "holiday"
    tense, direct = anchors.tense()
    if unit in ("quarter", "half"):
        weight = _WEAK_PAST if tense != FUTURE else 0.5
    elif tense == PAST:
        if direct or unit == "weekday":
            return latest
        weight = _WEAK_PAST
    elif tense == FUTURE and (direct or unit == "weekday"):
        return coming
    elif unit == "weekday":
        return coming if tense == PRESENT and direct else latest
    else:
        weight = 1.0 if tense else _WEAK_PAST
    back = (published - (latest.last or published)).days
    on = ((coming.first or published) - published).days
    return latest if back <= on * weight else coming


#: How many times nearer a time to come must be than the last one, under a noun in a past clause.
_WEAK_PAST = 4.0


def _story_position(period: Period) -> float:
    """Where a period lies, in months, also before the year 1."""
    if period.unit in ("day", "week"):
        day = period.first
        return (day.year * 12 + day.month - 1 + day.day / 31) if day else 0.0
    return (
        float(period.widened("month").index) if period.unit != "season" else period.index * 3.0 + 2
    )


def _nearest_in_story(
    inner: m.Partial | m.Holiday, told: Period, anchors: Anchors
) -> Period | None:
    """The turn nearest to the date spoken of before; a story rather goes on than back."""
    turns = _turns(inner, told, anchors)
    if SIZE[told.unit] >= SIZE["year"] and not isinstance(inner, m.Holiday):
        within = [p for p in turns if p.year == told.year]
        if within:
            return within[0]
    here = _story_position(told)

    def distance(period: Period) -> float:
        ahead = _story_position(period) - here
        return ahead if ahead >= 0 else -2.0 * ahead

    return min(turns, key=distance, default=None)


def _chosen(meaning: m.Chosen, anchors: Anchors) -> Resolved:
    """Last Friday, this spring, next May: counted from publication, in a story from before."""
    inner, which = meaning.inner, meaning.which
    number, day = _base(anchors)
    if day is None:
        return _placeholder(inner)
    base = Period.holding("day", day)
    turns = [p for p in _turns(inner, base, anchors) if p.first and p.last]
    before = [p for p in turns if p.last < day]  # type: ignore[operator]
    after = [p for p in turns if p.first > day]  # type: ignore[operator]
    now = [p for p in turns if p.first <= day <= p.last]  # type: ignore[operator]
    chosen: Period | None
    if which < 0:
        chosen = before[-1] if before else None
    elif which > 0:
        chosen = after[0] if after else None
    elif isinstance(inner, m.Partial) and inner.unit == "weekday":
        chosen = _candidate(inner, base, 0)
    else:
        same = [p for p in turns if p.year == day.year]
        chosen = now[0] if now else same[0] if same else None
    return _anchored(_named(inner, chosen, anchors), number, day)


def _base(anchors: Anchors) -> tuple[str | int | None, dt.date | None]:
    """What "last" and "next" count from: publication, in a story the date spoken of before."""
    if anchors.narrative and anchors.reference is not None:
        return anchors.reference[0], anchors.reference[1].start
    return (PUBLICATION if anchors.published else None), anchors.published


# ---- whole units


def _relative(meaning: m.Relative, anchors: Anchors) -> Resolved:
    unit, shift = meaning.unit, meaning.shift
    if meaning.to == "reference":
        return _referred(unit, shift, anchors)
    if anchors.narrative and unit != "day" and anchors.reference is not None:
        return _referred(unit, shift, anchors)
    if anchors.narrative and unit == "day":
        return _unanchored(unit)
    if anchors.published is None:
        return _unanchored(unit)
    resolved = of_period(Period.holding(unit, anchors.published).shift(shift))
    return _anchored(resolved, PUBLICATION, anchors.published)


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
            return _anchored(resolved, number, told.start)
        if SIZE[unit] > SIZE["week"] or not anchors.published:
            return _unanchored(unit)
    if anchors.published is None or anchors.narrative:
        return _unanchored(unit)
    resolved = of_period(Period.holding(unit, anchors.published).shift(shift))
    return _anchored(resolved, PUBLICATION, anchors.published)


def _weekend(meaning: m.Weekend, anchors: Anchors) -> Resolved:
    number, day = _base(anchors)
    if day is None:
        return Resolved("DATE", "XXXX-WXX-WE", granularity="week", relative=True)
    week = Period.holding("week", day)
    which = meaning.which
    if which is None:
        past = anchors.tense()[0] == PAST and day.isoweekday() < 6
        which = -1 if past else 0
    week = week.shift(which)
    start, end = day_at(week.index * 7 + 6), day_at(week.index * 7 + 7)
    resolved = Resolved(
        "DATE", f"{week.value}-WE", week, None, f"{start}/{end}", start, end, "week"
    )
    return _anchored(resolved, number, day)


# ---- lengths from an anchor


def _offset(meaning: m.Offset, anchors: Anchors) -> Resolved:
    length, sign = meaning.length, meaning.sign
    if length.parts:
        return _offset_parts(meaning, anchors)
    if length.amount is None or length.high is not None or length.unit == "millennium":
        resolved = Resolved("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", relative=True)
        resolved.direction = PAST if sign < 0 else FUTURE
        return resolved
    number: str | int | None
    if meaning.to == "event":
        return _event(meaning, anchors)
    if meaning.base is not None:
        base = resolve(meaning.base, anchors)
        number, told, day = base.anchor, base.period, base.start
    elif meaning.to == "reference":
        if length.unit == "year" and not anchors.narrative:
            if anchors.reference is None and sign > 0:
                return _unanchored("year")
            return _account(m.Account(sign * int(length.amount), unit=""), anchors)
        if anchors.reference is None:
            number, told = PUBLICATION, None
            day = None if anchors.narrative or sign > 0 else anchors.published
        else:
            number, reading = anchors.reference
            told, day = reading.period, reading.start
    else:
        number, day = _base(anchors)
        told = None
        if anchors.narrative and anchors.reference:
            told = anchors.reference[1].period
    resolved = _moved(length, sign, told, day, meaning.to)
    resolved.mod = length.mod
    return _anchored(resolved, number if resolved.period else None, day)


def _offset_parts(meaning: m.Offset, anchors: Anchors) -> Resolved:
    """Two years and three months ago: to the unit of the last part."""
    number, day = _base(anchors)
    if meaning.to == "reference" and anchors.reference is not None:
        number, day = anchors.reference[0], anchors.reference[1].start
    unit = meaning.length.unit
    for amount, part in meaning.length.parts:
        if day is not None and part not in m.CLOCK_UNITS:
            day = shift_day(day, part, meaning.sign * int(amount))
    if day is None or unit in m.CLOCK_UNITS:
        return _length(meaning.length, anchors)
    return _anchored(of_period(Period.holding(unit, day)), number, anchors.published)


def _event(meaning: m.Offset, anchors: Anchors) -> Resolved:
    """The day of an event that lies a length before or after the time the sentence tells of.

    "... on Monday, two days after Russia did" speaks of the Saturday on which Russia did.
    Where the sentence gives no such time, only the length is known.
    """
    told = anchors.sentence_date
    unit = meaning.length.unit
    if told is None or told[1].period is None or unit in m.CLOCK_UNITS:
        return _length(meaning.length, anchors)
    number, reading = told
    resolved = _moved(meaning.length, -meaning.sign, reading.period, reading.start, "reference")
    if resolved.period is None:
        return _length(meaning.length, anchors)
    resolved.mod = meaning.length.mod
    return _anchored(resolved, number, reading.start)


def _moved(
    length: m.Length, sign: int, told: Period | None, day: dt.date | None, to: str
) -> Resolved:
    unit = length.unit
    assert length.amount is not None
    whole = int(length.amount)
    if unit in m.CLOCK_UNITS:
        if day is None:
            return Resolved("TIME", "XXXX-XX-XXTXX", granularity="time", relative=True)
        hours = length.amount * {"hour": 1, "minute": 1 / 60, "second": 1 / 3600}[unit]
        moved = day_at(day.toordinal() + sign * int(hours // 24))
        period = Period.holding("day", moved) if moved else None
        value = f"{moved}TXX" if moved else None
        return replace(of_period(period, "TIME"), granularity="time", value=value)
    if length.amount != whole:
        smaller, per = {"year": ("month", 12), "month": ("week", 4), "week": ("day", 7)}.get(
            unit, ("year", 10)
        )
        whole, unit = round(length.amount * per), smaller
    if told is None:
        if day is None:
            return _unanchored(unit)
        told = Period.holding("day", day)
    if unit == "year" and told.unit in ("quarter", "half", "season"):
        return of_period(told.shift(sign * whole * (4 if told.unit != "half" else 2)))
    if SIZE[told.unit] > SIZE[unit]:
        return _unanchored(unit)
    if unit == "week" and to == "reference":
        return of_period(told.shift(sign * 7 * whole) if told.unit == "day" else None)
    return of_period(told.widened(unit).shift(sign * whole))


def _account(meaning: m.Account, anchors: Anchors) -> Resolved:
    """The accounting period the text speaks of, or the same one of another year."""
    number: str | int | None
    if meaning.outer is not None:
        year = resolve(meaning.outer, anchors)
        if anchors.account is None or year.period is None:
            return year
        number, told = anchors.account
        assert told.period is not None
        moved = Period.of_year(told.period.unit, year.period.year, told.period.number)
        return _anchored(of_period(moved), number, told.start)
    ended = anchors.account and anchors.account[1].end
    going_on = meaning.latest and ended and anchors.published and ended > anchors.published
    if anchors.account is not None and not going_on:
        number, told = anchors.account
        assert told.period is not None
        years = meaning.years * (4 if told.period.unit == "quarter" else 2)
        return _anchored(of_period(told.period.shift(years)), number, told.start)
    if meaning.years and meaning.unit != "quarter":
        if anchors.reference is None:
            return _relative(m.Relative("year", meaning.years), anchors)
        number, told = anchors.reference
        assert told.period is not None
        if SIZE[told.period.unit] > SIZE["year"]:
            return _relative(m.Relative("year", meaning.years), anchors)
        moved = told.period.widened("year").shift(meaning.years)
        return _anchored(of_period(moved), number, told.start)
    if anchors.published is None:
        return _unanchored("quarter")
    latest = Period.holding("quarter", anchors.published).shift(4 * meaning.years - 1)
    return _anchored(of_period(latest), PUBLICATION, anchors.published)


def _ended(meaning: m.Ended, anchors: Anchors) -> Resolved:
    """A quarter that ends with a calendar quarter is that one; else a stretch of days."""
    length, told = meaning.length, resolve(meaning.end, anchors)
    if length.amount is None or length.unit in m.CLOCK_UNITS:
        return _length(length, anchors)
    end = None if length.parts else told.end
    start = end and _before(end, length)
    if start is None or end is None:
        return _length(length, anchors)
    quarter = Period.holding("quarter", end)
    if (length.amount, length.unit) == (1, "quarter") and (quarter.first, quarter.last) == (
        start,
        end,
    ):
        resolved = of_period(quarter)
    else:
        resolved = Resolved("DURATION", m.length_value(length), mod=length.mod)
        resolved.start, resolved.end = start, end
        resolved.granularity = granularity_of(length.unit)
    resolved.direction = told.direction
    return _anchored(resolved, told.anchor, told.anchor_date)


def _before(end: dt.date, length: m.Length) -> dt.date | None:
    """The first day of a length that ends with a day."""
    assert length.amount is not None
    following = day_at(end.toordinal() + 1)
    if following is None or length.amount != int(length.amount):
        return None
    unit = "month" if length.unit == "quarter" else length.unit
    amount = int(length.amount) * (3 if length.unit == "quarter" else 1)
    return shift_day(following, unit, -amount)


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


def _holding(meaning: m.Holding, anchors: Anchors) -> Resolved:
    inner = resolve(meaning.inner, anchors)
    if inner.period is None:
        return _unanchored(meaning.unit)
    resolved = of_period(inner.period.widened(meaning.unit))
    resolved.relative, resolved.anchor = inner.relative, inner.anchor
    resolved.anchor_date = inner.anchor_date
    return resolved


def _to_date(meaning: m.ToDate, anchors: Anchors) -> Resolved:
    day = anchors.published
    if day is None:
        return _unanchored("year")
    value = f"{day.year:04d}-01-01/{day}"
    resolved = Resolved("DATE", value, None, None, value, day.replace(month=1, day=1), day, "year")
    return _anchored(resolved, PUBLICATION, day)


def _years_off(meaning: m.YearsOff, anchors: Anchors) -> Resolved:
    told = resolve(meaning.inner, anchors)
    if told.period is None or told.period.unit == "day":
        return told
    per_year = {"month": 12, "quarter": 4, "season": 4, "half": 2}[told.period.unit]
    moved = of_period(told.period.shift(per_year * meaning.years))
    return _anchored(moved, told.anchor, told.anchor_date)


def _stretch(meaning: m.Stretch, anchors: Anchors) -> Resolved:
    length, sign = meaning.length, meaning.sign
    value = m.length_value(length)
    if length.unit == "hour" and length.amount and length.amount % 24 == 0:
        value = f"P{int(length.amount) // 24}D"
    resolved = Resolved("DURATION", value, mod=length.mod)
    if meaning.to == "reference" and anchors.reference is not None:
        number: str | int | None = anchors.reference[0]
        day = anchors.reference[1].start
    else:
        number, day = _base(anchors)
    resolved = _anchored(resolved, number, day)
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
    return resolved


# ---- parts


def _inside(meaning: m.Inside, anchors: Anchors) -> Resolved:
    outer = resolve(meaning.outer, anchors)
    inner = meaning.inner
    if outer.period is None:
        return _placeholder(inner)
    period: Period | None
    if isinstance(inner, m.Holiday):
        period = _holiday_in(inner, outer.period.year, anchors)
    elif inner.unit == "dom":
        month = outer.period
        period = Period.of_day(month.year, month.number, inner.day)
    else:
        period = _candidate(inner, outer.period, 0)
    resolved = _named(inner, period, anchors)
    resolved.relative, resolved.anchor = outer.relative, outer.anchor
    resolved.anchor_date = outer.anchor_date
    return resolved


def _nth(meaning: m.Nth, anchors: Anchors) -> Resolved:
    outer = resolve(meaning.outer, anchors)
    resolved = Resolved("DATE", None)
    period = outer.period
    first, last = (period.first, period.last) if period else (None, None)
    if first and last:
        resolved = _nth_between(meaning, first, last)
    resolved.relative, resolved.anchor = outer.relative, outer.anchor
    resolved.anchor_date = outer.anchor_date
    return resolved


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


def _of_days(start: dt.date | None, end: dt.date | None, granularity: str) -> Resolved:
    if start is None or end is None or start > end:
        return Resolved("DATE", None)
    value = f"{start}/{end}"
    resolved = Resolved("DATE", value, None, None, value, start, end, granularity)
    if granularity in ("day", "week"):
        resolved.period = Period.holding("week" if granularity == "week" else "day", start)
    return resolved


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


def _modified(meaning: m.Modified, anchors: Anchors) -> Resolved:
    resolved = replace(resolve(meaning.inner, anchors), mod=meaning.mod)
    if meaning.mod == "APPROX" and resolved.edtf and "/" not in resolved.edtf:
        resolved.edtf += "~"
    return resolved


def _timed(meaning: m.Timed, anchors: Anchors) -> Resolved:
    clock = meaning.clock
    if meaning.day is not None:
        day = resolve(meaning.day, anchors)
    elif anchors.reference is not None and anchors.reference[1].granularity in ("day", "time"):
        number, told = anchors.reference
        day = _anchored(of_period(told.period), number, told.start)
    elif anchors.published is not None and not anchors.narrative:
        day = of_period(Period.holding("day", anchors.published))
        day = _anchored(day, PUBLICATION, anchors.published)
    else:
        day = _unanchored("day")
    stamp = clock_value(clock)
    value = f"{day.value}T{stamp}" if day.value and "/" not in day.value else None
    edtf = day.edtf
    if edtf and clock.hour is not None and day.start and len(edtf) == 10:
        hour, date = (
            (0, day_at(day.start.toordinal() + 1)) if clock.hour == 24 else (clock.hour, day.start)
        )
        if date:
            edtf = f"{date}T{hour:02d}:{clock.minute or 0:02d}:{clock.second or 0:02d}"
            edtf += clock.zone if clock.zone[:1] in "+-Z" else ""
    return replace(day, type="TIME", value=value, edtf=edtf, mod=meaning.mod, granularity="time")


def clock_value(clock: m.Clock) -> str:
    if clock.hour is None:
        return clock.part
    stamp = f"{clock.hour:02d}:{clock.minute or 0:02d}"
    return stamp + (f":{clock.second:02d}" if clock.second is not None else "")


def _clock(meaning: m.Clock, anchors: Anchors) -> Resolved:
    return _timed(m.Timed(None, meaning), anchors)


def _range(meaning: m.Range, anchors: Anchors) -> Resolved:
    low, high = resolve(meaning.low, anchors), resolve(meaning.high, anchors)
    if low.start and high.end and low.start > high.end and isinstance(meaning.high, m.Partial):
        # from October to March: the second lies after the first
        low, high = _in_order(meaning, low, high, anchors)
    resolved = Resolved(low.type, None, granularity=low.granularity, relative=low.relative)
    resolved.ends = low, high
    resolved.anchor, resolved.anchor_date = low.anchor, low.anchor_date
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
    later = [p for p in _turns(inner, low.period, anchors) if p.first and p.first >= low.start]
    if later:
        moved = of_period(later[0])
        high = _anchored(moved, high.anchor, high.anchor_date)
    return low, high


#: What may stand at the ends of an EDTF interval; seasons, quarters and decades may not.
_EDTF_DATE = re.compile(r"-?\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?")


def _range_edtf(low: Resolved, high: Resolved) -> str | None:
    start = low.edtf and low.edtf.split("/")[0].split("T")[0].rstrip("~")
    end = high.edtf and high.edtf.split("/")[-1].split("T")[0].rstrip("~")
    if start and not _EDTF_DATE.fullmatch(start):
        start = low.start and low.start.isoformat()
    if end and not _EDTF_DATE.fullmatch(end):
        end = high.end and high.end.isoformat()
    return f"{start}/{end}" if start and end else None


_RESOLVERS: dict[type, Callable[..., Resolved]] = {
    m.Point: _point,
    m.Partial: _recurring,
    m.Holiday: _recurring,
    m.Relative: _relative,
    m.Chosen: _chosen,
    m.Nth: _nth,
    m.Inside: _inside,
    m.Offset: _offset,
    m.Length: _length,
    m.Stretch: _stretch,
    m.Section: _section,
    m.Modified: _modified,
    m.Clock: _clock,
    m.Timed: _timed,
    m.Weekend: _weekend,
    m.Range: _range,
    m.Repeated: _repeated,
    m.Vague: _vague,
    m.Account: _account,
    m.YearsOff: _years_off,
    m.Ended: _ended,
    m.Half: _half,
    m.Holding: _holding,
    m.ToDate: _to_date,
}
