"""The grammar of English expressions of time: its stages in the order in which they are applied."""

from __future__ import annotations

from transforms.dates.en.rules import accounts as _accounts
from transforms.dates.en.rules import years as _years
from transforms.dates.en.rules.calendar import CALENDAR
from transforms.dates.en.rules.compose import COMPOSE
from transforms.dates.en.rules.joined import JOINED
from transforms.dates.en.rules.lengths import LENGTHS
from transforms.dates.en.rules.modify import MODIFY
from transforms.dates.en.rules.numbers import NUMBERS
from transforms.dates.en.rules.ranges import RANGES
from transforms.dates.en.rules.relative import RELATIVE
from transforms.dates.en.rules.times import TIMES
from transforms.dates.engine import Node, Stage

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
