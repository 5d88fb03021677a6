"""Where characters and nodes lie in the parse, and which node stands beside another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from transforms.dates.engine import Node
from transforms.dates.patterns import UNKNOWN, code, codes

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


#: Words that may follow a year; others are what a number counts.
_GO_ON = codes("and or in but for from at as by before after until since to the a HIS THIS THAT")
#: Signs that make a number of digits what is no year.
_SIGNS = "%-/°$€£'’:"


def span_at(doc: Doc, start: int, end: int) -> Span | None:
    """The tokens that ``doc.text[start:end]`` touches, None if it touches none."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span if span is not None and len(span) else None


def span_of(node: Node, doc: Doc) -> Span | None:
    """The tokens of a node."""
    return span_at(doc, node.start, node.end)


def node_at(nodes: Sequence[Node], i: int) -> Node | None:
    """The node at a place, None before the first and after the last."""
    return nodes[i] if 0 <= i < len(nodes) else None


def word_after(node: Node, nodes: Sequence[Node], i: int) -> Node | None:
    """The word without a class of its own at ``i``, None unless it stands just after a node."""
    after = node_at(nodes, i)
    if after is None or after.cls != code(UNKNOWN) or after.start != node.end + 1:
        return None
    return after


def counts_nothing(after: Node | None, text: str) -> bool:
    """Whether nothing follows digits that they could count, so that they may be a year."""
    if after is None or after.cls in _GO_ON:
        return True
    return not text[after.start].isalnum() and text[after.start] not in _SIGNS
