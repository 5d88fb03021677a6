"""From one time to another: from October to March, between 1980 and 1985, Monday to Friday."""

from __future__ import annotations

from dataclasses import replace

from transforms.dates.engine import Match, Node, Read, Rules
from transforms.dates.meanings import (
    Inside,
    Length,
    Meaning,
    Partial,
    Point,
    Range,
    Relative,
    Timed,
)
from transforms.dates.patterns import code

RULES = Rules()
rule = RULES.rule

_ENDS = (
    "(Pday|Pmonth|Pquarter|Phalf|Pseason|Pyear|Pdecade|Pcentury|Qday|Qmonth|Qquarter|Qseason|Qweekday|Qholiday|"
    "TIMED|SPmonth|SPyear|SQmonth|SPdecade|SRyear|Ryear|Rday|Rmonth|Rpart)"
)


@rule(
    "from_to",
    f"from low={_ENDS} (to|until|through|-) high={_ENDS}",
    f"between low={_ENDS} and high={_ENDS}",
    f"low={_ENDS} (-|to|through|until) high={_ENDS}",
)
def _from_to(m: Match) -> Read | None:
    low, high = m["low"], m["high"]
    if not _fits(low, high):
        return None
    if isinstance(low, Timed) and isinstance(high, Timed) and low.day and not high.day:
        high = replace(high, day=low.day)  # Friday, 9 a.m. to 5 p.m.
    bare = m.nodes[m.first] is m.node("low")
    if bare and m.after is not None and m.after.cls == code("POSS"):
        return None  # the changes on Friday to December's figures
    if isinstance(low, Partial) and isinstance(high, (Point, Inside)):
        lent = _lend_year(low, high)
        if lent is not None:
            low = lent
    if isinstance(low, Point) and isinstance(high, Point):
        first, last = low.period.first, high.period.last
        if first and last and first > last:
            return None
    first_node, second_node = m.node("low"), m.node("high")
    assert first_node is not None
    assert second_node is not None
    parts = (
        Node(first_node.cls, first_node.start, first_node.end, low, first_node.rule),
        Node(second_node.cls, second_node.start, second_node.end, high, second_node.rule),
    )
    return Read(Range(low, high), parts=parts)


def _lend_year(low: Partial, high: Point | Inside) -> Meaning | None:
    """The lower end of "May to July 2024" with the year that its upper end says."""
    if isinstance(high, Inside):
        return Inside(low, high.outer)
    if high.period.unit in ("day", "month") and low.unit in ("day", "month"):
        return Inside(low, Point(high.period.widened("year")))
    return None


def _fits(low: Meaning, high: Meaning) -> bool:
    """Whether two times are of kinds that make the ends of one stretch."""
    if isinstance(low, Timed) != isinstance(high, Timed):
        return False
    if isinstance(low, Relative) and low.unit != "day":
        return isinstance(high, (Relative, Point))
    return not isinstance(low, Length)
