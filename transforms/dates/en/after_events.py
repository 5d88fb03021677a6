"""Lengths that are counted from an event: two days after Russia did, six months before the war."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.dates.en.spans import span_of
from transforms.dates.engine import Node
from transforms.dates.meanings import Length, Offset, Relative, Stretch
from transforms.dates.patterns import UNKNOWN, code
from transforms.time_words import HUNG

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: How many characters an event may be named with.
LONGEST = 80


def hang_on_event(nodes: list[Node], text: str, doc: Doc) -> list[Node]:
    """The nodes, with lengths that a clause or noun after "after" or "before" ends made one."""
    after, before, length = code("after"), code("before"), code("DUR")
    nodes = [
        _of_event(node, text, doc) if isinstance(node.value, (Stretch, Relative)) else node
        for node in nodes
    ]
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


def _of_event(node: Node, text: str, doc: Doc) -> Node:
    """What ends with "before" or "after" and hangs on an event that follows, as such.

    The three months before the vote are a length, the day after it is its own day; the year
    before it is no time that anybody knows.
    """
    value = node.value
    if not isinstance(value, (Stretch, Relative)) or value.to != "reference":
        return node
    word = text[node.start : node.end].split()[-1].lower()
    if word not in ("before", "after"):
        return node
    start = node.end - len(word)
    following = Node(code(word), start, node.end)
    if event_end(doc, following) is None or not _has_subject(doc, following):
        return node
    if isinstance(value, Stretch):
        end = node.start + len(text[node.start : start].rstrip())
        return Node(code("DUR"), node.start, end, value.length, "the_length")
    if value.unit == "day":
        return replace(node, value=Relative("day", value.shift, "event"))
    return Node(code(UNKNOWN), node.start, node.end)


def _has_subject(doc: Doc, word: Node) -> bool:
    """Whether what follows can be an event: a verb without a subject belongs to the time itself."""
    span = span_of(word, doc)
    if span is None or span.root.dep_ != "mark":
        return True
    verb = span.root.head
    return verb.tag_ == "VBG" or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def event_end(doc: Doc, word: Node) -> int | None:
    """Where the event named after "after" or "before" ends: at its verb, or at its noun."""
    span = span_of(word, doc)
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
