"""Readings in calendar time, and what they hang on while a document is read from its beginning.

The readers of the kinds of meaning are registered here (:func:`reads`) by the modules that hold
them: :mod:`.plain`, :mod:`.recurring`, :mod:`.chosen`, :mod:`.offsets`, :mod:`.fiscal` and
:mod:`.parts`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from transforms.dates import meanings as m
from transforms.dates.language import FUTURE, PAST, PRESENT
from transforms.dates.periods import SIZE, Period
from transforms.dates.ways import Way

PUBLICATION = "publication"


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
    way: Way = "unplaced"


@dataclass(slots=True)
class Anchors:
    """What expressions of one document hang on, as it is read from its beginning.

    ``reference`` is the number and reading of the calendar time spoken of last; ``spoken`` the
    last one of each unit.
    """

    published: dt.date | None
    narrative: bool = False
    #: Whether a text that tells a story speaks from its day of publication too.
    mixed: bool = False
    country: str | None = None
    reference: tuple[int, Resolved] | None = None
    spoken: dict[str, tuple[int, Resolved]] = field(default_factory=dict)
    #: In a story, the year of the partial date in hand (:mod:`.story`).
    story_year: int | None = None
    #: The time that the expression in hand is listed with, just before it: May and June.
    listed: tuple[int, Resolved] | None = None
    #: The year of each day (month, day) that the text has named beyond doubt.
    known: dict[tuple[int, int], int] = field(default_factory=dict)
    #: Whether this sentence or the one before it is told in the story's own time.
    told_beside: bool = False
    #: The day told in this sentence or the one before it.
    day_beside: tuple[int, Resolved] | None = None
    #: The time that the clause before the expression in hand tells of.
    sentence_date: tuple[int, Resolved] | None = None
    #: The stretch of days spoken of last, until a time is told after it.
    stretch: tuple[int, Resolved] | None = None
    #: The tense of the verb that governs the expression in hand.
    tense: Callable[[], tuple[str, bool]] = lambda: ("", False)
    #: The unit (day or month) of the last time told in this sentence, if it lies ahead.
    told_ahead: str | None = None
    #: Whether this sentence or the one before it tells of years long past.
    long_past_beside: bool = False
    #: Whether the verb above the expression in hand says what is, in the present.
    state: Callable[[], bool] = lambda: False
    #: Whether its own verb says beyond doubt that the expression in hand lies ahead.
    surely_ahead: Callable[[], bool] = lambda: False
    #: Whether the expression in hand names a noun: the November election.
    naming: Callable[[], bool] = lambda: False
    #: Whether the expression in hand stands in quotation marks.
    quoted: Callable[[], bool] = lambda: False
    #: The country that the words before the expression name ("Russia's Victory Day").
    named_country: Callable[[], str | None] = lambda: None

    #: The reporting period mentioned: a quarter or half, or None after months or a year.
    account: tuple[int, Resolved] | None = None

    def remember(self, number: int, meaning: m.Meaning, resolved: Resolved) -> None:
        """Let later expressions hang on this one.

        What is only compared with (a year ago) is not what the text goes on about, nor is a
        story's own present.
        """
        length = meaning.length if isinstance(meaning, m.FirstOfYear) else meaning
        if isinstance(length, m.Length) and length.unit == "month" and not self.narrative:
            self.account = None
        if isinstance(meaning, m.Stretch) and resolved.start is not None:
            self.stretch = (number, resolved)
        if resolved.period is None or resolved.type not in ("DATE", "TIME"):
            return
        self.stretch = None
        if self.narrative and resolved.anchor == PUBLICATION:
            return
        if not self.narrative and _is_comparison(meaning):
            return
        self.reference = (number, resolved)
        unit = resolved.period.unit
        self.spoken[unit] = self.reference
        if unit in ("quarter", "half") and self._is_accounted(resolved):
            self.account = self.reference

    def _is_accounted(self, resolved: Resolved) -> bool:
        """Whether accounts can be of a period: it is over, or goes on and none that is was told."""
        start, end, published = resolved.start, resolved.end, self.published
        if published is None or (end is not None and end <= published):
            return True
        return self.account is None and start is not None and start <= published


def _is_comparison(meaning: m.Meaning) -> bool:
    if isinstance(meaning, m.Offset):
        return meaning.length.unit == "year" and meaning.sign < 0
    return isinstance(meaning, (m.YearsOff, m.Account))


Reader = Callable[[Any, Anchors], Resolved]
_READERS: dict[type, Reader] = {}


def reads[R: Reader](*kinds: type) -> Callable[[R], R]:
    """Register the reader of those kinds of meaning."""

    def register(reader: R) -> R:
        twice = [kind.__name__ for kind in kinds if kind in _READERS]
        if twice:
            raise ValueError(f"there are two readers of {', '.join(twice)}")
        _READERS.update(dict.fromkeys(kinds, reader))
        return reader

    return register


def resolve(meaning: m.Meaning, anchors: Anchors) -> Resolved:
    """The calendar time of a meaning; interval and value stay null where it cannot be known."""
    resolved = _READERS[type(meaning)](meaning, anchors)
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
        kind,
        period.value,
        period,
        None,
        period.edtf,
        start,
        end,
        granularity=period.unit,
        way="stated",
    )


def granularity_of(unit: str) -> str:
    """How a unit of a length is called among the granularities of the table."""
    if unit in m.CLOCK_UNITS:
        return "time"
    return unit if unit in SIZE else "century"


def anchored(
    resolved: Resolved, anchor: str | int | None, day: dt.date | None, way: Way
) -> Resolved:
    """A time that hangs on another: what on, from which day it is counted, and in which way."""
    resolved.relative = True
    resolved.anchor, resolved.anchor_date, resolved.way = anchor, day, way
    return resolved


def counted_from(anchor: str | int | None) -> Way:
    """The way of what is counted from an anchor."""
    if anchor is None:
        return "unanchored"
    return "from_publication" if anchor == PUBLICATION else "from_told"


def hung_like(resolved: Resolved, other: Resolved) -> Resolved:
    """A part of another time, which hangs on what that one hangs on."""
    resolved.relative, resolved.way = other.relative, other.way
    resolved.anchor, resolved.anchor_date = other.anchor, other.anchor_date
    return resolved


def unanchored(unit: str) -> Resolved:
    """A time that hangs on a day nobody knows."""
    pattern = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX"}
    value = pattern.get(unit, "XXXX")
    return Resolved("DATE", value, granularity=unit, relative=True, way="unanchored")


def told_from_publication(which: int, anchors: Anchors) -> bool:
    """Whether "last May", "this spring" or "next year" of a story is seen from its publication.

    "Last" always is: from a day told before one says "the previous May". What goes on or comes
    is only where its verb does not tell of the past.
    """
    if not anchors.narrative or anchors.published is None:
        return False
    if anchors.mixed:
        return which <= 0 or anchors.tense()[0] in (PRESENT, FUTURE)
    return anchors.tense()[0] == PRESENT and not anchors.quoted()


def base_of(anchors: Anchors) -> tuple[str | int | None, dt.date | None]:
    """What "last" and "next" count from: publication, in a story the date spoken of before."""
    if anchors.narrative and anchors.reference is not None:
        return anchors.reference[0], anchors.reference[1].start
    return (PUBLICATION if anchors.published else None), anchors.published
