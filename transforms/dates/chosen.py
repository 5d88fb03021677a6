"""Times that come again with a word that chooses: last Friday, this spring, the following May."""

from __future__ import annotations

import datetime as dt

from transforms.dates import meanings as m
from transforms.dates.anchors import (
    PUBLICATION,
    Anchors,
    Resolved,
    anchored,
    base_of,
    reads,
    told_from_publication,
)
from transforms.dates.language import PAST
from transforms.dates.periods import SIZE, Period
from transforms.dates.recurring import candidate, named, placeholder, turns_around
from transforms.dates.ways import chosen_way


def _told_for(
    inner: m.Partial | m.Holiday, anchors: Anchors
) -> tuple[int, dt.date, dt.date] | None:
    """The days spoken of last and who spoke of them, if they are near enough to count from."""
    if anchors.reference is None:
        return None
    number, told = anchors.reference
    if told.period is None or told.start is None or told.end is None:
        return None
    of_week = isinstance(inner, m.Partial) and inner.unit == "weekday"
    if SIZE[told.period.unit] > SIZE["week" if of_week else "year"]:
        return None
    return number, told.start, told.end


def _week_of(weekday: int, day: dt.date, anchors: Anchors) -> int:
    """Whether "this Friday" is of the week of its anchor (0), the one before or the one after."""
    if day != anchors.published or weekday == day.isoweekday():
        return 0
    past = anchors.tense()[0] == PAST
    if weekday < day.isoweekday():
        return 0 if past else 1
    return -1 if past else 0


@reads(m.Chosen)
def _chosen(meaning: m.Chosen, anchors: Anchors) -> Resolved:
    """Last Friday, this spring, next May: counted from publication, in a story from before."""
    inner, which = meaning.inner, meaning.which
    number, day = base_of(anchors)
    if meaning.to == "publication" and told_from_publication(which, anchors):
        number, day = PUBLICATION, anchors.published
    last = day
    if meaning.to == "reference" and (told := _told_for(inner, anchors)) is not None:
        number, day, last = told
    elif meaning.to == "reference" and not which:
        return placeholder(inner)  # that Thursday, of nobody knows which week
    if day is None or last is None:
        return placeholder(inner)
    base = Period.holding("day", day)
    turns = [p for p in turns_around(inner, base, anchors) if p.first and p.last]
    before = [p for p in turns if p.last < day]  # type: ignore[operator]
    after = [p for p in turns if p.first > last]  # type: ignore[operator]
    now = [p for p in turns if p.first <= day <= p.last]  # type: ignore[operator]
    chosen: Period | None
    if which < 0:
        chosen = before[-1] if before else None
    elif which > 0:
        chosen = after[0] if after else None
    elif isinstance(inner, m.Partial) and inner.unit == "weekday":
        chosen = candidate(inner, base, _week_of(inner.number, day, anchors))
    else:
        same = [p for p in turns if p.year == day.year]
        chosen = now[0] if now else same[0] if same else None
    return anchored(named(inner, chosen, anchors), number, day, chosen_way(which))
