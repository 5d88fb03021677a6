"""What is considered a name and left out, taken down where it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from transforms.entities.candidate import Candidate
from transforms.entities.entity import Entity
from transforms.entities.manual import ReasonName, VerdictName
from transforms.entities.name import Name
from transforms.entities.toponyms import Resolution, Toponym


class Refusal(NamedTuple):
    """Why a name is none: one of ``manual.REASONS``, and what was seen ("" if that says all)."""

    reason: ReasonName
    detail: str = ""


class Weighing(NamedTuple):
    """The places that a name may mean, the one that most speaks for, and whether it is taken."""

    toponym: Toponym
    found: Resolution
    verdict: VerdictName


class Trace:
    """The candidates that each step leaves out, with the reason, and the names of all."""

    def __init__(self) -> None:
        self.left: list[tuple[Candidate, Refusal]] = []
        #: The name that a candidate is a mention of, by the candidate's ``id``.
        self.names: dict[int, Name] = {}
        #: The places that were weighed for a candidate, likewise.
        self.places: dict[int, Weighing] = {}

    def leave(self, item: Candidate, reason: ReasonName, detail: str = "") -> None:
        if item.text.strip():
            self.left.append((item, Refusal(reason, detail)))

    def missing(
        self, before: Iterable[Candidate], after: Sequence[Candidate], reason: ReasonName
    ) -> None:
        """Takes down what a step has left out for one reason."""
        kept = {id(item) for item in after}
        for item in before:
            if id(item) not in kept:
                self.leave(item, reason)

    def replaced(self, before: Iterable[Candidate], after: Sequence[Candidate]) -> None:
        """Takes down what gave way to another reading; the same span is no other reading."""
        spans = {(item.start, item.end) for item in after}
        for item in before:
            if (item.start, item.end) not in spans:
                other = next((one for one in after if one.overlaps(item)), None)
                self.leave(item, "replaced", f"{other.text} ({other.rule})" if other else "")

    def decided(self, names: Iterable[Name]) -> None:
        """Takes down which name each candidate is a mention of."""
        for name in names:
            self.names.update((id(item), name) for item in name.items)

    def weighed(
        self, entity: Entity, toponym: Toponym, found: Resolution, verdict: VerdictName
    ) -> None:
        """Takes down the places that an entity's mentions may mean."""
        weighing = Weighing(toponym, found, verdict)
        self.places.update((id(item), weighing) for item in entity.items)


def take_out(
    name: Name, is_none: Callable[[Candidate], bool], reason: ReasonName, trace: Trace | None
) -> None:
    """Leaves out the mentions of a name that are none."""
    kept = [item for item in name.items if not is_none(item)]
    if trace is not None:
        trace.missing(name.items, kept, reason)
    name.items = kept
