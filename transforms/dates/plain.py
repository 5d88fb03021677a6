"""Times that need no anchor, and those that have no place in the calendar."""

from __future__ import annotations

from transforms.dates import meanings as m
from transforms.dates.anchors import PUBLICATION, Anchors, Resolved, anchored, of_period, reads
from transforms.dates.language import FUTURE, PAST, PRESENT
from transforms.dates.timex import length_value


@reads(m.Point)
def _point(meaning: m.Point, anchors: Anchors) -> Resolved:
    return of_period(meaning.period)


@reads(m.Length)
def read_length(meaning: m.Length, anchors: Anchors) -> Resolved:
    return Resolved("DURATION", length_value(meaning), mod=meaning.mod)


@reads(m.Repeated)
def _repeated(meaning: m.Repeated, anchors: Anchors) -> Resolved:
    return Resolved("SET", meaning.value)


@reads(m.Vague)
def _vague(meaning: m.Vague, anchors: Anchors) -> Resolved:
    direction = {"PAST_REF": PAST, "FUTURE_REF": FUTURE}.get(meaning.value, PRESENT)
    anchor = PUBLICATION if anchors.published else None
    resolved = Resolved("DATE", meaning.value, relative=True, direction=direction)
    return anchored(resolved, anchor, anchors.published, "unplaced")
