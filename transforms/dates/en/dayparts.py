"""Parts of the day where they stand: the night shift, Saturday Night Live, shut at night."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from transforms.dates import meanings as m
from transforms.dates.en.spans import span_of
from transforms.dates.en.tense import tense_at
from transforms.dates.engine import Node, Refusal
from transforms.dates.language import FUTURE, PRESENT
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: What says which ones are meant of several nights; but weekday nights are of every weekday.
_WHICH = frozenset(("amod", "det", "nummod", "poss"))


def kind_of_thing(node: Node, doc: Doc) -> Refusal | None:
    """A part of the day that says what kind of thing follows it: the night shift."""
    span = span_of(node, doc)
    if span is None or span[-1].dep_ not in ("compound", "nmod", "amod"):
        return None
    thing = span[-1].head
    if thing.i < span.end or thing.lemma_.lower() not in words("dates.of_daypart"):
        return None
    return Refusal("kind_of_thing", thing.text)


def programme(node: Node, after: Node | None, text: str) -> Refusal | None:
    """A day and its part that begin a name: Saturday Night Live."""
    last = text[node.start : node.end].split()[-1]
    if after is None:
        return None
    word = text[after.start : after.end]
    named = last[0].isupper() and word[0].isupper() and not word.isupper()
    return Refusal("title", word) if named else None


def not_every(node: Node, text: str, doc: Doc) -> Refusal | None:
    """A plural that is not of every day: sleepless nights, the other nights, Mornings."""
    surface = text[node.start : node.end]
    span = span_of(node, doc)
    if span is None or len(span) != 1:
        return None
    if surface[0].isupper() and not span[0].is_sent_start:
        return Refusal("title")
    said = [child.text for child in span[0].children if child.dep_ in _WHICH]
    return Refusal("not_every", said[0]) if said else None


def is_of_any_day(i: int, nodes: Sequence[Node], text: str, doc: Doc) -> bool:
    """Whether a part of the day is of no day that the text need tell: the gate is shut at night.

    Nor is it one of publication beside a time of its own: at dawn in May 1927.
    """
    node, value = nodes[i], nodes[i].value
    told = text[node.start : node.end].lower().startswith(("that", "the same"))
    if told or value.day is not None:
        return False
    if any(isinstance(other.value, (m.Point, m.Inside)) for other in nodes):
        return True
    tense = tense_at(doc, node.start, node.end)[0]
    return tense == PRESENT or (tense == FUTURE and value.clock.part in ("MO", "NI"))
