"""English dates: the words, rules and tests of the language, over the engine one level up.

:data:`ENGLISH` is the only way in for the modules above.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.dates.en.after_events import hang_on_event
from transforms.dates.en.beside import names_noun
from transforms.dates.en.context import country_beside, is_day_first, is_listing
from transforms.dates.en.filters import judged, left_over
from transforms.dates.en.our_day import is_state
from transforms.dates.en.reasons import REASONS
from transforms.dates.en.rules import read
from transforms.dates.en.tense import is_surely_ahead, tense_at
from transforms.dates.en.tokens import tagger, tokenise
from transforms.dates.en.vocabulary import is_cut_short, may_hold_time
from transforms.dates.engine import Node
from transforms.dates.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc


def _read_nodes(
    text: str, start: int, end: int, doc: Doc, day_first: bool, country: str | None
) -> list[Node]:
    nodes = read(tokenise(text, start, end, tagger(doc), day_first, country), text)
    return hang_on_event(nodes, text, doc)


ENGLISH = Language(
    is_day_first=is_day_first,
    is_cut_short=is_cut_short,
    may_hold_time=may_hold_time,
    read_nodes=_read_nodes,
    judged=judged,
    left_over=left_over,
    tense_at=tense_at,
    is_state=is_state,
    is_surely_ahead=is_surely_ahead,
    names_noun=names_noun,
    country_beside=country_beside,
    is_listing=is_listing,
    reasons={name: says for name, says in REASONS.items()},  # noqa: C416
)

__all__ = ["ENGLISH"]
