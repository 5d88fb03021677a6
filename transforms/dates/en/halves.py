"""Whether a half is one of a year: no half of a match, of a film or of another thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from transforms.dates.en.spans import span_of
from transforms.dates.engine import Node, Refusal
from transforms.dates.meanings import Meaning, Modified, Partial, Section
from transforms.dates.patterns import class_name, code
from transforms.reference import reference

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: A score: 2-0. Years and longer numbers are none.
_SCORE = re.compile(r"(?<![\d-])\d{1,3}[-–]\d{1,3}(?![\d-])")
_ECONOMY = re.compile(r"[$€£¥%]")
#: A report of sports has more than one word of sports among so many.
_RARE = 40
_WITHIN = 5


@cache
def _sport_words() -> frozenset[str]:
    return frozenset(row["word"] for row in reference("sport_words"))


def is_half(value: Meaning) -> bool:
    """Whether a meaning is a half of some year that is not said, or a part of one."""
    match value:
        case Partial(unit):
            return unit == "half"
        case Section(inner) | Modified(inner):
            return is_half(inner)
    return False


def no_half(i: int, nodes: Sequence[Node], text: str, doc: Doc) -> Refusal | None:
    """Why a half is none of a year where it stands, None if it may be one."""
    node = nodes[i]
    after = nodes[i + 1 : i + 2 + _WITHIN]
    of_year = any(class_name(one.cls) in ("UNIT", "FISCAL", "FINANCIAL") for one in after)
    if after and after[0].cls == code("of") and not of_year:
        return Refusal("half_of_thing")
    span = span_of(node, doc)
    if span is None:
        return None
    sentence = span.sent
    if _ECONOMY.search(sentence.text):
        return None
    told = sum(token.lower_ in _sport_words() for token in sentence)
    if told > 1 or _SCORE.search(sentence.text) or _is_of_sports(doc):
        return Refusal("match")
    return None


def _is_of_sports(doc: Doc) -> bool:
    return sum(token.lower_ in _sport_words() for token in doc) * _RARE > len(doc)
