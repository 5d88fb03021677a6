"""Whether "today" is the present and not the day of publication: today's world, more than ever."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from transforms.dates.en.spans import span_at, span_of
from transforms.dates.engine import Node
from transforms.dates.patterns import code
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: How many words after "today" a comparison with all time may follow.
_SOON = 3
_SIMPLE = ("VBZ", "VBP")
#: What "is" says something to be, or that there is.
_SAID_OF_IT = ("attr", "acomp", "expl")


def is_our_day(i: int, nodes: Sequence[Node], text: str, doc: Doc) -> bool:
    """Whether what stands with "today" says that it is the present."""
    if _is_possessed(i, nodes, text):
        return True
    span = span_of(nodes[i], doc)
    if span is None:
        return False
    token = span.root
    after = [one.lower_ for one in doc[token.i + 1 : token.i + 1 + _SOON]]
    if ("than", "ever") in pairwise(after):
        return True  # more students today than ever
    verb = token.head
    if not _is_stative(verb):
        return False
    if verb.dep_ == "relcl":
        return True  # the size it is today
    if not _says_what(verb):
        return False
    if verb.sent.text.rstrip().endswith("?") or _would(verb):
        return True  # does poetry matter today? he would be a Whig today
    still = any(child.lower_ in ("still", "even") for child in verb.children)
    return still and verb.lemma_ != "be"  # but: it is still shut today


def _is_possessed(i: int, nodes: Sequence[Node], text: str) -> bool:
    """Whether something of our day follows: today's world."""
    if i + 2 >= len(nodes) or nodes[i + 1].cls != code("POSS"):
        return False
    word = nodes[i + 2]
    return text[word.start : word.end].lower() in words("dates.of_our_day")


def is_state(doc: Doc, start: int, end: int) -> bool:
    """Whether the verb above says, in the simple present, what is rather than what happens."""
    span = span_at(doc, start, end)
    if span is None:
        return False
    verb: Token = span.root.head
    return _is_stative(verb) and _says_what(verb)


def _says_what(verb: Token) -> bool:
    """Whether a verb of state says what is, and not only where: he is in court today."""
    return verb.lemma_ != "be" or any(child.dep_ in _SAID_OF_IT for child in verb.children)


def _is_stative(verb: Token) -> bool:
    """Whether a verb of state stands in the simple present, or says what would be."""
    if verb.lemma_ not in words("dates.stative"):
        return False
    if verb.tag_ in _SIMPLE:
        return True
    aided = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lemma_ == "have" for child in aided):
        return False
    return _would(verb) or any(child.tag_ in _SIMPLE for child in aided)


def _would(verb: Token) -> bool:
    return any(child.lower_ == "would" and child.dep_ == "aux" for child in verb.children)
