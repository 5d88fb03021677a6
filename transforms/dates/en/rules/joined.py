"""Lengths said in two units: two years and three months."""

from __future__ import annotations

from transforms.dates.engine import Match, Read, Rules
from transforms.dates.meanings import Length

RULES = Rules()
rule = RULES.rule

#: Units that are said together, the larger first.
_TOGETHER = frozenset(
    {
        ("year", "month"),
        ("year", "day"),
        ("month", "week"),
        ("month", "day"),
        ("week", "day"),
        ("day", "hour"),
        ("hour", "minute"),
        ("minute", "second"),
    }
)


@rule("length_in_two_units", "first=DUR ,? and? second=DUR")
def _length_in_two_units(m: Match) -> Read | None:
    first, second = m["first"], m["second"]
    if not (_exact(first) and _exact(second) and m.surface().lower().count(",") <= 1):
        return None
    if (first.unit, second.unit) not in _TOGETHER:
        return None
    parts = ((first.amount, first.unit), (second.amount, second.unit))
    return Read(Length(second.amount, second.unit, parts=parts))


def _exact(length: object) -> bool:
    if not isinstance(length, Length) or length.amount is None or length.high is not None:
        return False
    return length.amount == int(length.amount)
