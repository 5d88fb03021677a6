"""The grammar of English expressions of time: its stages in the order in which they are applied.

Of equally long matches the rule that stands first wins: within a stage the modules come in the
order in which they are named here, within a module its rules as they stand there.
"""

from __future__ import annotations

from transforms.dates.en.rules import (
    accounts,
    calendar,
    compose,
    joined,
    lengths,
    modify,
    numbers,
    ranges,
    relative,
    times,
    vague,
    years,
)
from transforms.dates.en.rules.categories import CATEGORIES
from transforms.dates.engine import Node, Stage

STAGES: tuple[Stage, ...] = (
    Stage("numbers", CATEGORIES, numbers.RULES),
    Stage("calendar", CATEGORIES, calendar.RULES, years.RULES),
    Stage("lengths", CATEGORIES, lengths.RULES),
    Stage("joined", CATEGORIES, joined.RULES),
    Stage("relative", CATEGORIES, relative.RULES, vague.RULES, accounts.RULES),
    Stage("compose", CATEGORIES, compose.RULES),
    Stage("times", CATEGORIES, times.RULES),
    Stage("modify", CATEGORIES, modify.RULES),
    Stage("ranges", CATEGORIES, ranges.RULES),
)


def read(nodes: list[Node], text: str) -> list[Node]:
    """The nodes of a sentence after every stage."""
    for stage in STAGES:
        nodes = stage.apply(nodes, text)
    return nodes
