"""One spelling of a name in an article."""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.entities.candidate import Candidate
from transforms.entities.scores import Scores

#: The kinds of places in the order in which equal ones are preferred.
_PLACE_KINDS = ("GPE", "LOC", "FAC")


@dataclass(slots=True)
class Name:
    """One spelling of a name in an article, with its mentions and what speaks for its kinds."""

    key: str
    text: str
    items: list[Candidate] = field(default_factory=list)
    scores: Scores = field(default_factory=Scores)
    kind: str = ""
    longer: Name | None = None

    @property
    def known(self) -> bool:
        """Whether the reference tables know any of its mentions."""
        return any(item.known for item in self.items)

    @property
    def sure(self) -> bool:
        """Whether the kind is well supported, so that the name may be sought elsewhere."""
        return self.scores.get(self.kind, 0.0) >= 2.5

    @property
    def best(self) -> str:
        """The kind that most speaks for as yet, "" if nothing speaks for any."""
        merged = dict(self.scores)
        place = max(_PLACE_KINDS, key=lambda kind: merged.get(kind, 0.0))
        # the kinds of places support each other against the rest
        merged[place] = merged.get(place, 0.0) + 0.6 * sum(
            max(0.0, merged.get(kind, 0.0)) for kind in _PLACE_KINDS if kind != place
        )
        return max(sorted(merged), key=lambda kind: merged[kind]) if merged else ""
