"""Periods of accounts: the year-ago quarter, the latest period, the six months ended June 30."""

from __future__ import annotations

from transforms.dates.engine import Match, Read, Rules
from transforms.dates.meanings import (
    CLOCK_UNITS,
    Account,
    Chosen,
    Ended,
    Meaning,
    Partial,
    YearsOff,
    length_of,
)
from transforms.dates.patterns import code

RULES = Rules()
rule = RULES.rule


_ACCOUNT = "(FISCAL|FINANCIAL)? (what=(QUARTER|PERIOD)|part=(Qquarter|Qhalf|Qmonth)|length=DUR)"


@rule(
    "year_ago",
    f"(the|A)? COMPARABLE? unit=UNIT - (AGO|EARLIER) {_ACCOUNT}",
    "the? unit=UNIT - (AGO|EARLIER)",
    "A unit=UNIT - (AGO|EARLIER)",
)
def _year_ago(m: Match) -> Meaning | Read | None:
    if m["unit"] != "year":
        return None
    left = int(m.begins("a"))
    if m.has("part"):
        return Read(YearsOff(m["part"], -1), left=left)
    if m.has("length"):
        return Read(m["length"], "DUR", left=left)
    if not m.has("what") and m.begins("the"):
        left = 1
    return Read(Account(-1, unit="quarter" if m["what"] == "quarter" else ""), left=left)


@rule(
    "account",
    "the? latest=LATEST (PERIOD|QUARTER)",
    "the (SAME|COMPARABLE) (PERIOD|QUARTER)",
    "the QUARTER",
)
def _account(m: Match) -> Meaning:
    return Account(0, latest=m.has("latest"))


@rule("account_of_year", "the year=Pyear (PERIOD|QUARTER)")
def _account_of_year(m: Match) -> Meaning:
    return Account(0, m["year"])


_ENDED = "ENDED (in|on)? the? end=(Pday|Qday|Pmonth|Qmonth|Rday)"


@rule(
    "period_to",
    "the (FISCAL|FINANCIAL)? (unit=UNIT|length=DUR) to end=(Pmonth|Qmonth|Qday|Pday)",
    "the (FISCAL|FINANCIAL)? length=DUR through end=(Pmonth|Qmonth|Qday|Pday)",
)
def _period_to(m: Match) -> Meaning | None:
    length = m["length"] or length_of(1, m["unit"])
    if length.amount is None or length.unit not in ("year", "month", "quarter", "week"):
        return None
    return Ended(length, m["end"])


@rule(
    "period_ended",
    f"(the|HIS|A)? (FULL|FISCAL|FINANCIAL)? (unit=ONEUNIT|length=DUR) {_ENDED}",
    f"the (FULL|FISCAL|FINANCIAL|PAST|LAST)? length=DUR {_ENDED}",
)
def _period_ended(m: Match) -> Read | None:
    length = m["length"] or length_of(1, m["unit"])
    if length.amount is None or length.unit in CLOCK_UNITS:
        return None
    classes = [node.cls for node in m.nodes[m.first : m.last + 1]]
    at = classes.index(code("ENDED"))
    word, end = m.nodes[m.first + at], m["end"]
    if isinstance(end, Partial) and word.value == -1:
        end = Chosen(end, -1)  # whatever the tense: it has ended
    return Read(Ended(length, end), right=len(classes) - at)
