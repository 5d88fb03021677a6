"""What a quantity is while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.figures.en.numbers import (
    Number,
)
from transforms.figures.units import (
    COUNT,
    Unit,
)


@dataclass(slots=True)
class Quantity:
    """A quantity: atoms ``first`` to ``last`` (exclusive) as written, and what they mean.

    ``low`` and ``high`` are both ends of a range, else equal; both None for vague numbers, whose
    ``bounds`` then say what they are of the order of. ``role`` tells the parts of a move: from, to.
    """

    first: int
    last: int
    number: Number
    low: float | None
    high: float | None
    unit: Unit = COUNT
    rules: list[str] = field(default_factory=list)
    qualifier: str = "exact"
    role: str = ""
    change: str = "none"
    prefixed: bool = False
    hyphenated: bool = False
    bounds: tuple[float, float] | None = None
    #: The factor of the last part of a compound, which the next one must be smaller than.
    tail: float = 0.0
    #: Where the counted noun is looked for, if not after the quantity itself (shared in a list).
    shared: int | None = None
    million: bool = False

    @property
    def is_range(self) -> bool:
        return self.low != self.high
