"""Numbers in words, and years in words."""

from __future__ import annotations

from transforms.dates.engine import Match, Read, Rules
from transforms.dates.meanings import Point
from transforms.dates.periods import Period

RULES = Rules()
rule = RULES.rule


@rule("year_words", "cent=WCENT and? ten=WTEN -? one=WONE", "cent=WCENT ten=(WTEN|TEENS)")
def _year_words(m: Match) -> Read:
    year = m["cent"] * 100 + m["ten"] + (m["one"] or 0)
    return Read(Point(Period("year", year)))


@rule("year_twenty", "cent=WTEN ten=WTEN -? one=WONE", "cent=WTEN ten=TEENS")
def _year_twenty(m: Match) -> Read | None:
    if m["cent"] != 20:
        return None
    return Read(Point(Period("year", 2000 + m["ten"] + (m["one"] or 0))))


@rule("tens", "ten=WTEN -? one=WONE")
def _tens(m: Match) -> Read:
    return Read(m["ten"] + m["one"], "NUM")


@rule("ordinal_tens", "ten=WTEN -? one=ORD")
def _ordinal_tens(m: Match) -> Read | None:
    return Read(m["ten"] + m["one"], "ORD") if m["one"] < 10 else None


@rule(
    "hundreds",
    "(few=NUM|a) WHUNDRED (and? rest=SMALL | and? ten=WTEN -? one=WONE)?",
)
def _hundreds(m: Match) -> Read:
    rest = (m["rest"] or 0) + (m["ten"] or 0) + (m["one"] or 0)
    return Read((m["few"] or 1) * 100 + rest, "NUM")


@rule("thousands", "(few=NUM|a) WTHOUSAND (and? rest=SMALL | and? ten=WTEN -? one=WONE)?")
def _thousands(m: Match) -> Read:
    rest = (m["rest"] or 0) + (m["ten"] or 0) + (m["one"] or 0)
    return Read((m["few"] or 1) * 1000 + rest, "NUM")


@rule("dozen", "a DOZEN", "few=SMALL DOZEN")
def _dozen(m: Match) -> Read:
    return Read((m["few"] or 1) * 12, "NUM")


@rule("mixed_fraction", "whole=NUM fraction=FRACTION")
def _mixed(m: Match) -> Read | None:
    return Read(m["whole"] + m["fraction"], "NUM") if 0 < m["fraction"] < 1 else None


@rule("and_a_half", "whole=NUM and a half", "whole=NUM - and - a - half", "whole=NUM and half")
def _and_a_half(m: Match) -> Read:
    return Read(m["whole"] + 0.5, "NUM")


@rule("couple", "a couple (of more?)?", "couple of")
def _couple(m: Match) -> Read:
    return Read(2, "COUPLE")


@rule("few", "a FEW", "a MANY", "a number of")
def _few(m: Match) -> Read:
    return Read(None, "SEVERAL")
