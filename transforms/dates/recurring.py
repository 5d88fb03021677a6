"""Times that come again: which October, which Friday, which Easter is meant."""

from __future__ import annotations

from transforms.dates import meanings as m
from transforms.dates.anchors import (
    PUBLICATION,
    Anchors,
    Resolved,
    anchored,
    base_of,
    of_period,
    reads,
)
from transforms.dates.language import ARRANGED, FUTURE, PAST, PRESENT
from transforms.dates.named_days import days_of, historic_year
from transforms.dates.periods import PER_YEAR, SIZE, Period
from transforms.dates.ways import Way

#: Units of partial dates that a year completes.
PER_YEAR_OR_DAY = frozenset((*PER_YEAR, "day"))


def candidate(inner: m.Partial, base: Period, turn: int) -> Period | None:
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


def turns_around(inner: m.Partial | m.Holiday, base: Period, anchors: Anchors) -> list[Period]:
    """The recurring periods around the base, in order."""
    if isinstance(inner, m.Holiday):
        return [p for turn in (-1, 0, 1) if (p := holiday_in(inner, base.year + turn, anchors))]
    far = (inner.number, inner.day) == (2, 29) and inner.unit == "day"
    turns = range(-8, 9) if far else range(-1, 2)
    found = [p for turn in turns if (p := candidate(inner, base, turn))]
    if inner.weekday:
        agreeing = [p for p in found if (day := p.first) and day.isoweekday() == inner.weekday]
        return agreeing or found
    return found


def _holiday_country(anchors: Anchors) -> str | None:
    return anchors.named_country() or anchors.country


def holiday_in(inner: m.Holiday, year: int, anchors: Anchors) -> Period | None:
    days = days_of(inner.name, _holiday_country(anchors), year)
    return Period.holding("day", days[0]) if days else None


@reads(m.Partial, m.Holiday)
def read_recurring(inner: m.Partial | m.Holiday, anchors: Anchors) -> Resolved:
    if isinstance(inner, m.Holiday):
        year = historic_year(inner.name, _holiday_country(anchors))
        if year is not None:
            resolved = named(inner, holiday_in(inner, year, anchors), anchors)
            resolved.way = "in_history"
            return resolved
    if anchors.narrative and _is_news(inner, anchors):
        assert anchors.published is not None
        published = Period.holding("day", anchors.published)
        chosen, way = _by_tense(inner, turns_around(inner, published, anchors), anchors)
        return anchored(named(inner, chosen, anchors), PUBLICATION, anchors.published, way)
    year = anchors.story_year
    if year is not None and isinstance(inner, m.Partial) and inner.unit in PER_YEAR_OR_DAY:
        chosen = candidate(inner, Period("year", year), 0)
        number, day = base_of(anchors)
        return anchored(named(inner, chosen, anchors), number, day, "story_path")
    if anchors.narrative and anchors.reference is not None:
        number, told = anchors.reference
        assert told.period is not None
        chosen = _nearest_in_story(inner, told.period, anchors)
        resolved = named(inner, chosen, anchors)
        return anchored(resolved, number, told.start, "story_nearest")
    if anchors.published is None:
        return placeholder(inner)
    if isinstance(inner, m.Partial) and (later := _listed_with(inner, anchors)):
        number, told = anchors.listed or (0, later)
        return anchored(later, number, told.start, "listed")
    published = Period.holding("day", anchors.published)
    chosen, way = _by_tense(inner, turns_around(inner, published, anchors), anchors)
    return anchored(named(inner, chosen, anchors), PUBLICATION, anchors.published, way)


def _listed_with(inner: m.Partial, anchors: Anchors) -> Resolved | None:
    """The month or season that lies after the one it is listed with, in the same year."""
    if anchors.listed is None or inner.unit not in ("month", "season"):
        return None
    told = anchors.listed[1].period
    if told is None or told.unit != inner.unit or told.number >= inner.number:
        return None
    return of_period(candidate(inner, told, 0))


def _is_news(inner: m.Partial | m.Holiday, anchors: Anchors) -> bool:
    """Whether a date in a text that tells a story is one of the day the text was published.

    A weekday is, unless a day is told beside it; other dates are where no time of the story is
    told beside them, or their own verb says what is or will be.
    """
    if anchors.published is None or not anchors.mixed:
        return False
    if isinstance(inner, m.Partial) and inner.unit == "weekday":
        return anchors.day_beside is None
    if not anchors.told_beside:
        return True
    tense, direct = anchors.tense()
    return direct and tense in (PRESENT, FUTURE)


def placeholder(inner: m.Partial | m.Holiday) -> Resolved:
    if isinstance(inner, m.Holiday):
        return Resolved(
            "DATE",
            None,
            holiday=inner.name,
            granularity="day",
            relative=True,
            way="unanchored",
        )
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
    return Resolved("DATE", value, granularity=unit, relative=True, way="unanchored")


def named(inner: m.Partial | m.Holiday, period: Period | None, anchors: Anchors) -> Resolved:
    """The reading of a chosen turn; a holiday may last longer than its first day."""
    if period is None:
        return placeholder(inner)
    resolved = of_period(period)
    if isinstance(inner, m.Holiday):
        resolved.holiday = inner.name
        days = days_of(inner.name, _holiday_country(anchors), period.year)
        if days and days[1] != days[0]:
            resolved.start, resolved.end = days
            resolved.edtf = f"{days[0]}/{days[1]}"
            resolved.value = resolved.edtf
    return resolved


def _by_tense(
    inner: m.Partial | m.Holiday, turns: list[Period], anchors: Anchors
) -> tuple[Period | None, Way]:
    """The turn that the verb's tense means, the latest begun or the next to come; and which way."""
    published = anchors.published
    assert published is not None
    begun = [p for p in turns if (first := p.first) and first <= published]
    ahead = [p for p in turns if (first := p.first) and first > published]
    latest = begun[-1] if begun else None
    coming = ahead[0] if ahead else None
    if latest is None or coming is None:
        return latest or coming, "one_turn"
    if latest.unit != "day" and latest.last and latest.last >= published:
        return latest, "going_on"
    unit = inner.unit if isinstance(inner, m.Partial) else "holiday"
    if unit == "weekday" and latest.first == published:
        return latest, "named_today"  # a week ahead the news says "next"
    if unit == "day" and latest.last and (published - latest.last).days <= _AT_PUBLICATION:
        return latest, "at_publication"
    tense, direct = anchors.tense()
    yesterday = unit == "weekday" and (published - (latest.last or published)).days == 1
    if yesterday and tense in (FUTURE, PRESENT, ARRANGED) and not anchors.surely_ahead():
        return latest, "named_yesterday"
    if unit in ("quarter", "half"):
        weight = _WEAK_PAST if tense != FUTURE else 0.5
    elif tense == PAST:
        if direct or unit == "weekday":
            return latest, "past_tense"
        weight = _NAMED_AFTER if anchors.naming() else _WEAK_PAST
    elif tense == FUTURE and (direct or unit == "weekday"):
        past = 0 < (published - (latest.first or published)).days <= _JUST_PAST
        if not direct and past and anchors.naming():
            return latest, "nearer"  # is to repair the damage of Friday's storm
        return coming, "future_tense"
    elif tense == PRESENT and direct and unit in ("day", "holiday"):
        return coming, "present_tense"
    elif tense == ARRANGED:
        weight = 1.0
    elif unit == "weekday":
        if tense == PRESENT and direct:
            return coming, "present_tense"
        return latest, "weekday_before"
    else:
        weight = 1.0 if tense else _WEAK_PAST
    said = anchors.known.get((inner.number, inner.day)) if isinstance(inner, m.Partial) else None
    if unit == "day" and said in (latest.year, coming.year):
        return (latest if said == latest.year else coming), "named_before"
    if anchors.told_ahead == unit and tense != PAST and not anchors.naming():
        return coming, "told_ahead"
    back = (published - (latest.last or published)).days
    on = ((coming.first or published) - published).days
    return (latest if back <= on * weight else coming), "nearer"


#: How many days before publication a day may lie that is meant whatever the tense: another turn
#: lies a year away.
_AT_PUBLICATION = 1

#: The same for a date that names the noun after it: the November election.
_NAMED_AFTER = 2.0
#: How many days ago a weekday was that is rather meant than the next, under a noun.
_JUST_PAST = 2

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
    turns = turns_around(inner, told, anchors)
    if SIZE[told.unit] >= SIZE["year"] and not isinstance(inner, m.Holiday):
        within = [p for p in turns if p.year == told.year]
        if within:
            return within[0]
    here = _story_position(told)

    def distance(period: Period) -> float:
        ahead = _story_position(period) - here
        return ahead if ahead >= 0 else -2.0 * ahead

    return min(turns, key=distance, default=None)
