"""What the words beside a time say of it, whatever the tense: the May attack, a filing Friday."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.dates.en.spans import span_at
from transforms.dates.language import FUTURE, PAST
from transforms.words import reporting, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


def said_beside(doc: Doc, span: Span) -> str:
    """The tense that the words beside a time say, "" where they leave it to the verb."""
    token = span.root
    if _is_set_for(doc, span.start, span.end):
        return FUTURE
    if _names_saying(token) or (_names_harm(token) and not _is_foreseen(token.head)):
        return PAST  # the October 7 attack, a March 8 letter
    if _follows_saying(doc, span.start):
        return PAST  # which said Tuesday that it could not
    if span.start and doc[span.start - 1].lower_ == "since":
        return PAST  # the index is up 15% since January
    return ""


def names_noun(doc: Doc, start: int, end: int) -> bool:
    """Whether a time names the noun after it: the November election, the May 3 hearing."""
    span = span_at(doc, start, end)
    if span is None:
        return False
    root = span.root
    return root.dep_ in ("compound", "nmod", "amod", "nummod", "poss") and root.head.i > root.i


def _names_harm(token: Token) -> bool:
    """Whether a day is part of the name of an attack, a crash and the like, which has been."""
    named = token.dep_ in ("compound", "nmod", "amod", "nummod", "poss") and token.head.i > token.i
    return named and token.head.lemma_.lower() in words("events.harm")


def _is_foreseen(harm: Token) -> bool:
    """Whether a verb in the present plans or expects an attack: expects a summer offensive."""
    verb = harm.head
    if verb.tag_ not in ("VBZ", "VBP", "VBG") or harm.dep_ not in ("dobj", "pobj"):
        return False
    return verb.lemma_ in words("dates.planned") | words("dates.arranged")


def _names_saying(token: Token) -> bool:
    """Whether a time dates what was written or said: a March 8 letter, a filing Thursday."""
    named = token.dep_ in ("compound", "nmod", "nummod", "npadvmod", "poss")
    return named and token.head.lemma_.lower() in words("dates.said_in")


def _follows_saying(doc: Doc, start: int) -> bool:
    """Whether a time stands just after a verb in the past that reports what follows."""
    before = start - 1
    if before > 0 and doc[before].lower_ == "on":
        before -= 1
    verb = doc[max(before, 0)]
    return verb.tag_ == "VBD" and verb.lemma_ in reporting("verb", "told")


def _is_set_for(doc: Doc, start: int, end: int) -> bool:
    """Whether something is called for that day: a strike for Tuesday."""
    if end - start != 1 or not start or doc[start - 1].lower_ != "for":
        return False
    after = doc[end] if end < len(doc) else None
    return doc[start].tag_ == "NNP" and (after is None or after.pos_ in ("PUNCT", "CCONJ", "SPACE"))
