"""What a quantity speaks of, by its place in the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.figures.grammar import NOUNS, VERBS, noun_phrase, root_of, subject_of, text_of
from transforms.figures.page import Page
from transforms.figures.quantities import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Token


def read_subject(page: Page, quantity: Quantity, counted: Token | None) -> tuple[str, Token] | None:
    """The subject as written with its head, or None."""
    last = page.token(quantity.last - 1).i
    first = page.token(quantity.first).i
    token = counted if counted is not None else root_of(page, quantity)
    head = _subject(token, (first, last), counted is not None)
    if head is None or head.pos_ not in NOUNS or first <= head.i <= last:
        return None
    if head.tag_ in ("PRP", "WP", "WDT", "EX", "PRP$") or head.lower_ in (
        "it",
        "that",
        "which",
        "this",
        "there",
    ):
        return None
    after = last if head.i > last else -1
    span = noun_phrase(head, after)
    if span[0] <= first <= span[1]:
        span = (span[0], min(span[1], first - 1)) if head.i < first else (head.i, span[1])
        while span[1] > head.i and page.doc[span[1]].pos_ in (
            "ADP",
            "PUNCT",
            "DET",
            "CCONJ",
            "ADV",
        ):
            span = (span[0], span[1] - 1)
    return (text_of(page, span), head) if span[0] <= span[1] else None


def _subject(token: Token, within: tuple[int, int], counts: bool) -> Token | None:
    seen = 0
    came_from = token
    if not counts:
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ == "of":
                for inner in child.rights:
                    if inner.dep_ == "pobj":
                        return inner
    while seen < 8:
        seen += 1
        head = token.head
        if head.i == token.i:
            if token.pos_ in VERBS and came_from.dep_ not in ("nsubj", "nsubjpass"):
                return subject_of(token)
            for child in token.children:
                if child.dep_ in ("nsubj", "appos") and not within[0] <= child.i <= within[1]:
                    return child
            return None
        dep = token.dep_
        if head.pos_ in VERBS:
            if dep in ("nsubj", "nsubjpass"):
                return _predicate_noun(head) if not counts else None
            return subject_of(head)
        if (
            dep in ("nummod", "compound", "amod", "nmod", "quantmod", "npadvmod", "advmod", "poss")
            and head.i > token.i
        ):
            if head.pos_ in NOUNS and not within[0] <= head.i <= within[1]:
                return head
        elif dep == "pobj" or head.pos_ == "ADP":
            if (
                head.head.pos_ in NOUNS
                and head.head.i != head.i
                and not within[0] <= head.head.i <= within[1]
            ):
                return head.head
        elif (dep in ("appos", "conj", "prep", "nummod", "npadvmod", "amod", "acl", "relcl", "parataxis")
              and head.pos_ in NOUNS and not within[0] <= head.i <= within[1]):  # fmt: skip
            if dep == "conj" and head.pos_ in ("NUM", "SYM"):
                token = head
                continue
            if head.pos_ != "SYM" and not head.like_num:
                return head
        came_from = token
        token = head
    return None


def _predicate_noun(verb: Token) -> Token | None:
    for child in verb.rights:
        if child.dep_ in ("attr", "dobj"):
            return child
    return None
