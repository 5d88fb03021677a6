"""What looks like a time and is none: counted things, prices, names, scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.dates import meanings as m
from transforms.dates.grammar import Node

if TYPE_CHECKING:
    from spacy.tokens import Doc


def is_expression(at: int, nodes: list[Node], text: str, doc: Doc) -> bool:
    """Whether the node, whose value is a meaning, stands for a time in its sentence."""
    node = nodes[at]
    meaning = node.value
    if isinstance(meaning, m.Point) and node.rule == "year":
        return _is_year(at, nodes, text, doc)
    return True


_MONEY = "$£€¥#"


def _is_year(at: int, nodes: list[Node], text: str, doc: Doc) -> bool:
    node = nodes[at]
    year = node.value.period.index
    before = text[node.start - 1 : node.start]
    after = text[node.end : node.end + 2]
    if before in tuple(_MONEY) or after[:1] == "%" or (after[:1] in ",." and after[1:].isdigit()):
        return False
    return 1200 <= year <= 2150
