"""Periods of accounts: the latest quarter, the year-ago period, the six months ended June 30."""

from __future__ import annotations

import datetime as dt

from transforms.dates import meanings as m
from transforms.dates.anchors import (
    PUBLICATION,
    Anchors,
    Resolved,
    anchored,
    granularity_of,
    of_period,
    reads,
    resolve,
    unanchored,
)
from transforms.dates.periods import SIZE, Period, day_at, shift_day
from transforms.dates.plain import read_length
from transforms.dates.timex import length_value


@reads(m.Account)
def read_account(meaning: m.Account, anchors: Anchors) -> Resolved:
    """The reporting period that the text mentions, or the same one of another year."""
    number: str | int | None
    if meaning.outer is not None:
        year = resolve(meaning.outer, anchors)
        if anchors.account is None or year.period is None:
            return year
        number, told = anchors.account
        assert told.period is not None
        moved = Period.of_year(told.period.unit, year.period.year, told.period.number)
        return anchored(of_period(moved), number, told.start, "of_account")
    ended = anchors.account and anchors.account[1].end
    going_on = meaning.latest and ended and anchors.published and ended > anchors.published
    if anchors.account is not None and not going_on:
        number, told = anchors.account
        assert told.period is not None
        years = meaning.years * (4 if told.period.unit == "quarter" else 2)
        return anchored(of_period(told.period.shift(years)), number, told.start, "of_account")
    if meaning.years and meaning.unit != "quarter":
        if anchors.reference is None:
            return resolve(m.Relative("year", meaning.years), anchors)
        number, told = anchors.reference
        assert told.period is not None
        if SIZE[told.period.unit] > SIZE["year"]:
            return resolve(m.Relative("year", meaning.years), anchors)
        moved = told.period.widened("year").shift(meaning.years)
        return anchored(of_period(moved), number, told.start, "from_told")
    if anchors.published is None or anchors.narrative:
        return unanchored("quarter")
    latest = Period.holding("quarter", anchors.published).shift(4 * meaning.years - 1)
    return anchored(of_period(latest), PUBLICATION, anchors.published, "latest_quarter")


@reads(m.Ended)
def _ended(meaning: m.Ended, anchors: Anchors) -> Resolved:
    """A quarter that ends with a calendar quarter is that one; else a stretch of days."""
    length, told = meaning.length, resolve(meaning.end, anchors)
    if length.amount is None or length.unit in m.CLOCK_UNITS:
        return read_length(length, anchors)
    end = None if length.parts else told.end
    start = end and _before(end, length)
    if start is None or end is None:
        return read_length(length, anchors)
    quarter = Period.holding("quarter", end)
    if (length.amount, length.unit) == (1, "quarter") and (quarter.first, quarter.last) == (
        start,
        end,
    ):
        resolved = of_period(quarter)
    else:
        resolved = Resolved("DURATION", length_value(length), mod=length.mod)
        resolved.start, resolved.end = start, end
        resolved.granularity = granularity_of(length.unit)
    resolved.direction = told.direction
    return anchored(resolved, told.anchor, told.anchor_date, told.way)


def _before(end: dt.date, length: m.Length) -> dt.date | None:
    """The first day of a length that ends with a day."""
    assert length.amount is not None
    following = day_at(end.toordinal() + 1)
    if following is None or length.amount != int(length.amount):
        return None
    unit = "month" if length.unit == "quarter" else length.unit
    amount = int(length.amount) * (3 if length.unit == "quarter" else 1)
    return shift_day(following, unit, -amount)


@reads(m.YearsOff)
def _years_off(meaning: m.YearsOff, anchors: Anchors) -> Resolved:
    told = resolve(meaning.inner, anchors)
    if told.period is None or told.period.unit == "day":
        return told
    per_year = {"month": 12, "quarter": 4, "season": 4, "half": 2}[told.period.unit]
    moved = of_period(told.period.shift(per_year * meaning.years))
    return anchored(moved, told.anchor, told.anchor_date, told.way)


@reads(m.ToDate)
def _to_date(meaning: m.ToDate, anchors: Anchors) -> Resolved:
    day = anchors.published
    if day is None:
        return unanchored("year")
    value = f"{day.year:04d}-01-01/{day}"
    resolved = Resolved("DATE", value, None, None, value, day.replace(month=1, day=1), day, "year")
    return anchored(resolved, PUBLICATION, day, "from_publication")
