"""What is read, stage by stage: a number, an amount of it, a quantity, a figure.

Each stage is made from the one before and has its fields too; nothing is changed in place. What a
later stage decides by is a field; ``rules`` are written for the reader of the row alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from transforms.figures.rules import Aged, Form, Joined, Moved, Rule
from transforms.figures.units import COUNT, Unit


class Shape(StrEnum):
    """An amount that is no plain number with its unit."""

    PLAIN = "plain"
    TENS = "tens"  # the high 30s, in her 40s
    TIMES = "times"  # four times the size


class Qualifier(StrEnum):
    """How a number is meant: the column's values."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    BETWEEN = "between"
    VAGUE = "vague"


class Change(StrEnum):
    """Which way a quantity moved: the column's values."""

    NONE = "none"
    UP = "up"
    DOWN = "down"


class Role(StrEnum):
    """Which end of a move a quantity is: from 240 to 273."""

    NONE = ""
    FROM = "from"
    TO = "to"


@dataclass(frozen=True, slots=True)
class Number:
    """A number: atoms ``first`` to ``last`` (exclusive), its value, and the scale inside it.

    ``value`` is None for vague numbers (dozens). ``scale`` is the product of the scale words (1 if
    there are none); ``about`` tells that its words are rough (a couple), ``more`` that a plus
    stands inside it (2.5+ million).
    """

    first: int
    last: int
    value: float | None
    scale: float
    form: Form
    about: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its sign, currency, unit and rate: atoms ``first`` to ``last`` (exclusive).

    ``low`` and ``high`` are both ends of a range, else equal; both None for vague numbers.
    ``prefixed`` tells that the currency stands before the number, ``hyphenated`` that a hyphen
    follows it, ``lettered`` that a letter is its magnitude (£3.5m), ``rated`` that its unit is a
    rate that is written with it.
    """

    first: int
    last: int
    number: Number
    low: float | None
    high: float | None
    unit: Unit = COUNT
    rules: tuple[Rule, ...] = ()
    shape: Shape = Shape.PLAIN
    negative: bool = False
    prefixed: bool = False
    hyphenated: bool = False
    lettered: bool = False
    rated: bool = False

    @classmethod
    def of(cls, before: Amount) -> Self:
        """What was read so far, as this stage; what the stage adds is at its defaults."""
        return cls(*[getattr(before, name) for name in before.__match_args__])

    @property
    def is_range(self) -> bool:
        return self.low != self.high

    def by(self, *rules: Rule) -> tuple[Rule, ...]:
        """The rules with what was read now."""
        return (*self.rules, *rules)


@dataclass(frozen=True, slots=True)
class Quantity(Amount):
    """An amount, or two that are one quantity (``joined``), and how it is meant.

    ``tail`` is the factor of the last part of a compound, which the next one must be smaller than.
    ``shared`` is the atom at which the counted noun is looked for, if it is not after the quantity
    itself (shared in a list).
    """

    joined: Joined = Joined.NOT
    tail: float = 0.0
    shared: int | None = None
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class Figure(Quantity):
    """A quantity that the text states: whether it is a change, and the unit that it is settled in.

    ``moved`` tells how the change is told, ``role`` which end of a move the quantity is, ``aged``
    how a bare number is told to be an age, ``per`` what a rate of counts is over.
    """

    change: Change = Change.NONE
    moved: Moved = Moved.NOT
    role: Role = Role.NONE
    aged: Aged = Aged.NOT
    per: str | None = None
