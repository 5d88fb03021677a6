"""What came of an expectation of the lake as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
Outcome = Literal["passed", "warned", "failed", "broke", "not judged"]


@dataclass(frozen=True)
class WholeExample:
    """A row that shows what was found: its key, and the text that it was read from.

    ``surface`` is what the row stands for, as written (empty if it has no place in a text);
    ``sentence`` the text around it, or what else there is to say of the row.
    """

    table: str
    row_id: str
    article_id: str | None = None
    surface: str = ""
    sentence: str = ""
    url: str | None = None


@dataclass(frozen=True)
class WholeFinding:
    """One expectation of the lake, or of one of its sources, with what was found.

    ``name`` with ``table``, ``column`` and ``subject`` is unique. ``subject`` is what it is about
    within the table: a ``source``, a ``value`` such as a category, or both ("war/killed"); None for
    all of it. An expectation that holds for all its subjects has one finding without a subject.

    ``outcome``: of severity ``error`` it is ``failed`` where the data is bad, of ``warning``
    ``warned``; ``broke`` says that it could not be asked, and nothing of the data; ``not judged``
    that there is too little to judge by. ``expected``, ``observed`` and ``before`` (the baseline's
    value, None without one) complete a sentence. ``change`` says how much worse than it may be,
    from 1 on, to sort by; None unless something is wrong. ``to_do`` says what a person should do.
    ``rose`` says whether ``observed`` is more than ``before``, where both are numbers.
    """

    name: str
    table: str
    column: str | None
    subject: str | None
    severity: Severity
    outcome: Outcome
    expected: str
    observed: str
    before: str | None = None
    change: float | None = None
    detail: str = ""
    to_do: str = ""
    examples: tuple[WholeExample, ...] = ()
    source: str | None = None
    value: str | None = None
    rose: bool | None = None

    @property
    def bad(self) -> bool:
        """Whether a person has to look: the data is bad, is doubted, or could not be judged."""
        return self.outcome in ("warned", "failed", "broke")

    @property
    def where(self) -> str:
        """``figures.value of war/killed``."""
        place = f"{self.table}.{self.column}" if self.column else self.table
        return f"{place} of {self.subject}" if self.subject else place


_WORST = ("broke", "failed", "warned", "not judged", "passed")


def worst_first(finding: WholeFinding) -> tuple[int, float, str, str, str, str]:
    """What findings are sorted by: the outcome, then how far it is from what it may be."""
    return (
        _WORST.index(finding.outcome),
        -(finding.change or 0.0),
        finding.name,
        finding.table,
        finding.column or "",
        finding.subject or "",
    )
