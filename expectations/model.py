"""What an expectation is, and what came of asking it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from warehouse.tables import Row

if TYPE_CHECKING:
    from expectations.batch import Batch

Kind = Literal["row", "warning", "aggregate"]
Outcome = Literal["passed", "warned", "failed", "broke"]

#: The expectation that a row fails only because one that it points at did.
PARENT_PASSED = "parent_passed"
#: How the detail of an aggregate expectation begins that there was too little to judge by.
NOT_JUDGED = "not judged"


@dataclass(frozen=True)
class Expectation:
    """One thing that is expected of a table.

    ``name`` with ``table`` and ``column`` is unique. ``description`` completes the sentence
    "expected ..." for a person. ``kind`` says what a failure does: ``row`` sends the failing
    rows to quarantine, ``warning`` names them and lets them pass, ``aggregate`` stops the batch.
    """

    table: str
    name: str
    column: str | None
    description: str
    kind: Kind = "row"

    @property
    def label(self) -> str:
        """How messages call it: ``figures.value_low ends_in_order``."""
        place = f"{self.table}.{self.column}" if self.column else self.table
        return f"{place} {self.name}"


@dataclass(frozen=True)
class Structural(Expectation):
    """An expectation derived from a declaration, asked by a Great Expectations class.

    ``gx_type`` is the name of the class, ``arguments`` what it is made with.
    """

    gx_type: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Pointer(Expectation):
    """A row points at another row of the batch: ``columns`` hold the ``parent_key`` of ``parent``.

    A pointer with a null in ``columns`` points nowhere and is not asked; nor is one whose
    value in ``column`` is among ``besides``, which stand for something that is no row.
    """

    columns: tuple[str, ...] = ()
    parent: str = ""
    parent_key: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()

    def target(self, row: Row) -> tuple[Any, ...] | None:
        """The key that the row points at, or None when it points nowhere."""
        values = tuple(row[column] for column in self.columns)
        if None in values or row[self.columns[-1]] in self.besides:
            return None
        return values


Holds = Callable[[Row, "Batch"], bool]
Found = Callable[[Row, "Batch"], str]


@dataclass(frozen=True)
class Rule(Expectation):
    """A written rule over one row and the batch around it.

    ``holds`` is only asked of rows whose structure holds and whose article's does, so it may
    rely on the declaration. ``reads`` are the columns that it looks at; ``found`` words what
    was found, where naming these columns' values would not say it.
    """

    reads: tuple[str, ...] = ()
    holds: Holds = lambda row, batch: True
    found: Found | None = None


@dataclass(frozen=True)
class Result:
    """What came of one expectation in one batch.

    ``failing`` gives for each failing row's position in its frame what was found in words.
    ``detail`` of a broken one is how it broke.
    """

    expectation: Expectation
    outcome: Outcome
    checked: int
    failing: Mapping[int, str] = field(default_factory=dict)
    observed: str | None = None
    detail: str | None = None
