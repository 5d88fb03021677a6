"""What speaks for each kind of a name, in log-odds, and on demand by which evidence."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.entities.manual import EvidenceName


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence: its name (see ``manual.EVIDENCE``), the kind that it speaks for or,
    with a negative weight, against, and what was seen ("" if the name says all)."""

    name: EvidenceName
    kind: str
    weight: float
    seen: str = ""


class Scores(dict[str, float]):
    """The sum of the evidence for each kind."""

    __slots__ = ()

    def add(self, kind: str, weight: float, name: EvidenceName, seen: str = "") -> None:
        self[kind] = self.get(kind, 0.0) + weight

    @property
    def pieces(self) -> tuple[Evidence, ...]:
        """The evidence in the order in which it was added; none where it was not asked for."""
        return ()


class ExplainedScores(Scores):
    """The same with every piece of evidence kept."""

    __slots__ = ("_pieces",)

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[Evidence] = []

    def add(self, kind: str, weight: float, name: EvidenceName, seen: str = "") -> None:
        super().add(kind, weight, name, seen)
        self._pieces.append(Evidence(name, kind, weight, seen))

    @property
    def pieces(self) -> tuple[Evidence, ...]:
        return tuple(self._pieces)
