"""What a reported statement is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from transforms.events.en.sources import Source

#: How a text ties a statement to its speaker.
Kind = Literal["direct", "indirect", "according_to", "estimate"]


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says: characters ``start`` to ``end``, who, and by which token (``cue``).

    ``joined`` is what goes on with the statement before it and has no cue of its own. ``gaps`` are
    the characters inside that say who says so.
    """

    start: int
    end: int
    source: Source
    cue: int | None
    kind: Kind
    quoted: bool = False
    joined: bool = False
    gaps: tuple[tuple[int, int], ...] = ()

    def holds(self, start: int, end: int) -> bool:
        """Whether some characters are said, and do not tell who says so."""
        return (
            self.start <= start
            and end <= self.end
            and not any(a <= start and end <= b for a, b in self.gaps)
        )
