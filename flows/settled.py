"""What is known of a batch when nothing about it is open any more: all that publishing needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.neighbours import Neighbours
from flows.plan import Key, Plan
from transforms.corrections import Met
from transforms.model import Article, Reject
from transforms.stories.said import Said

if TYPE_CHECKING:
    from expectations.check import Checked


@dataclass(frozen=True)
class Settled:
    """A settled batch.

    ``fresh`` are its inputs that are new; each is in ``articles`` or in ``rejects``. ``again``
    are those that the ledger knew and that were read again: their ledger rows are written anew.
    ``recipes`` gives what each was read by. ``remade`` are the versions whose rows were made, with
    whether all rows were; ``met`` are the corrections that they met, by article. ``said`` gives
    what versions say of which all rows were made, ``signatures`` by text_id those of texts.
    """

    fresh: Sequence[Key]
    again: Sequence[Key]
    planned: Plan
    around: Neighbours
    articles: Mapping[Key, Article]
    rejects: Mapping[Key, Reject]
    recipes: Mapping[Key, str]
    remade: AbstractSet[tuple[Key, bool]]
    met: Mapping[str, Sequence[Met]]
    said: Mapping[Key, Said]
    signatures: Mapping[str, bytes]
    checked: Checked

    @property
    def rejected(self) -> tuple[Key, ...]:
        """The rejects, in the order in which they came."""
        return tuple(key for key in (*self.fresh, *self.again) if key in self.rejects)
