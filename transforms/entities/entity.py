"""An entity of an article: its mentions, and what it is linked to."""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.entities.candidate import Candidate
from transforms.entities.lexicon import Known
from transforms.entities.names import fold
from transforms.entities.place import Place
from transforms.identity import digest


@dataclass(slots=True)
class Entity:
    """An entity of an article with its mentions."""

    name: str
    kind: str
    items: list[Candidate] = field(default_factory=list)
    known: Known | None = None
    country: str | None = None
    place: Place | None = None
    runner_up: Place | None = None

    @property
    def entity_id(self) -> str:
        """Digest of the kind and the link, else of the kind and the folded name."""
        return digest("entity", self.kind, self.link or fold(self.name))

    @property
    def link(self) -> str | None:
        if self.known is not None:
            return self.known.reference_id or self.known.country
        if self.place is not None:
            return f"geonames:{self.place.geonames_id}"
        return None

    @property
    def link_status(self) -> str:
        if self.runner_up is not None:
            return "ambiguous"
        return "linked" if self.link is not None else "local"
