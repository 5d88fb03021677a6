"""The grammar of English expressions of time: its stages in the order in which they are applied."""

from __future__ import annotations

from transforms.dates.grammar import Node, Stage
from transforms.dates.rules import accounts as _accounts
from transforms.dates.rules import years as _years
from transforms.dates.rules.calendar import CALENDAR
from transforms.dates.rules.compose import COMPOSE
from transforms.dates.rules.joined import JOINED
from transforms.dates.rules.lengths import LENGTHS
from transforms.dates.rules.modify import MODIFY
from transforms.dates.rules.numbers import NUMBERS
from transforms.dates.rules.ranges import RANGES
from transforms.dates.rules.relative import RELATIVE
from transforms.dates.rules.times import TIMES

#: Modules that add rules to a stage of another one.
ADDING = (_years, _accounts)

STAGES: tuple[Stage, ...] = (
    NUMBERS,
    CALENDAR,
    LENGTHS,
    JOINED,
    RELATIVE,
    COMPOSE,
    TIMES,
    MODIFY,
    RANGES,
)


def read(nodes: list[Node], text: str) -> list[Node]:
    """The nodes of a sentence after every stage."""
    for stage in STAGES:
        nodes = stage.apply(nodes, text)
    return nodes
