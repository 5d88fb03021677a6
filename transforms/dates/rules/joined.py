"""Lengths said in two units: two years and three months."""

from __future__ import annotations

from transforms.dates.grammar import Match, Read, Stage
from transforms.dates.meanings import CODES, Length
from transforms.dates.rules.categories import CATEGORIES

JOINED = Stage("joined", CATEGORIES)

#: From the largest to the smallest.
_ORDER = tuple(reversed(CODES))


@JOINED.rule("length_in_two_units", "first=DUR ,? and? second=DUR")
def _length_in_two_units(m: Match) -> Read | None:
    first, second = m["first"], m["second"]
    if not (_exact(first) and _exact(second) and m.surface().lower().count(",") <= 1):
        return None
    if _ORDER.index(first.unit) >= _ORDER.index(second.unit) or second.unit == "week":
        return None
    parts = ((first.amount, first.unit), (second.amount, second.unit))
    return Read(Length(second.amount, second.unit, parts=parts))


def _exact(length: object) -> bool:
    return isinstance(length, Length) and length.amount is not None and length.high is None
