"""References that name no stretch of calendar: now, recent weeks, the years ahead, the past."""

from __future__ import annotations

from transforms.dates.engine import Match, Read, Rules
from transforms.dates.meanings import Vague
from transforms.dates.patterns import code

RULES = Rules()
rule = RULES.rule


@rule("recent", "word=RECENT")
def _recent(m: Match) -> Read:
    return Read(Vague("PAST_REF"))


@rule("recent_lengths", "RECENT length=DUR")
def _recent_lengths(m: Match) -> Read:
    return Read(Vague("PAST_REF"))


@rule("current", "word=CURRENT")
def _current(m: Match) -> Read:
    return Read(Vague("PRESENT_REF"))


@rule("future", "word=FUTURE")
def _future(m: Match) -> Read:
    return Read(Vague("FUTURE_REF"))


@rule("ahead", "(the|in)? length=DUR AHEAD", "THESE length=DUR")
def _ahead(m: Match) -> Read | None:
    if m.begins("THESE"):
        return Read(Vague("PRESENT_REF")) if m["length"].amount is None else None
    if m.begins("the") and m["length"].amount is None:
        return Read(Vague("FUTURE_REF"))
    return None


@rule("vague", "word=(VAGUE|SOON)")
def _vague(m: Match) -> Read:
    return Read(m["word"])


@rule("the_past", "the PAST")
def _the_past(m: Match) -> Read | None:
    if m.after is not None and m.text[m.after.start].isalpha() and m.after.cls == code("UNKNOWN"):
        return None  # the past president
    return Read(Vague("PAST_REF"))
