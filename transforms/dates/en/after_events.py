"""Lengths that are counted from an event: two days after Russia did, six months before the war."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.dates.engine import Node
from transforms.dates.meanings import Length, Offset
from transforms.dates.patterns import code
from transforms.time_words import HUNG

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: How many characters an event may be named with.
LONGEST = 80


def hang_on_event(nodes: list[Node], text: str, doc: Doc) -> list[Node]:
    """The nodes, with lengths that a clause or noun after "after" or "before" ends made one."""
    after, before, length = code("after"), code("before"), code("DUR")
    for i in range(len(nodes) - 2, -1, -1):
        node, word = nodes[i], nodes[i + 1]
        if not isinstance(node.value, Length) or word.cls not in (after, before):
            continue
        if node.cls != length or node.value.amount is None:
            continue
        end = event_end(doc, word)
        if end is None:
            continue
        offset = Offset(node.value, 1 if word.cls == after else -1, "event")
        hung = Node(code(offset.node), node.start, end, offset, HUNG, (node,))
        rest = [n for n in nodes[i + 1 :] if n.start >= end]
        nodes = [*nodes[:i], hung, *rest]
    return nodes


def event_end(doc: Doc, word: Node) -> int | None:
    """Where the event named after "after" or "before" ends: at its verb, or at its noun."""
    span = doc.char_span(word.start, word.end, alignment_mode="expand")
    if span is None:
        return None
    token = span.root
    last: Token | None = None
    if token.dep_ == "mark":
        last = token.head
    elif token.dep_ == "prep":
        last = next((c for c in token.children if c.dep_ in ("pobj", "pcomp")), None)
    if last is None or last.i <= token.i:
        return None
    end: int = last.idx + len(last.text)
    return end if end - word.start <= LONGEST else None
