"""Counted nouns that the text leaves out: said before, understood, or what a pronoun stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.event_words import counted_categories, event_words_for
from transforms.figures.en.counted import Counted, lemma, people
from transforms.figures.en.syntax import NOUNS, noun_phrase, text_of
from transforms.figures.lexer import lower
from transforms.figures.quantity import Quantity
from transforms.figures.view import View
from transforms.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token


def people_understood() -> Counted:
    """People counted by a number that stands alone: 40 were killed; the toll is 40."""
    return people("understood")


def understood(
    view: View, quantity: Quantity, earlier: list[tuple[Quantity, Counted]]
) -> Counted | None:
    """The noun that is left out: "500 of them", "the other 1,700", "Three were taken to hospital".

    Looks back at what was counted before in this sentence and the two before it, people first when
    the verb happens to people; then at plural nouns of the sentence before.
    """
    if lower(view.atoms, quantity.last) in ("per", "/") or _is_a_value(view, quantity):
        return None
    no = view.sentence_no(view.atoms[quantity.first].start)
    for other, counted in reversed(earlier[-8:]):
        there = view.sentence_no(view.atoms[other.first].start)
        if no - there > 2:
            break
        if counted.found == "hyphen" or counted.head in words("figures.not_left_out"):
            continue
        state = counted.state if lower(view.atoms, quantity.last) == "of" else None
        return Counted(counted.phrase, counted.head, None, "antecedent", state=state)
    return None


def _is_a_value(view: View, quantity: Quantity) -> bool:
    """Whether a bare number is the value of something: a low of 11, trading at 19."""
    token = view.token(quantity.number.first)
    if token.dep_ != "pobj":
        return False
    preposition = token.head
    if preposition.lower_ == "at":
        return True
    return preposition.lower_ == "of" and preposition.head.lemma_.lower() in words("figures.valued")


def counted_by_relative(view: View, quantity: Quantity) -> Counted | None:
    """What a relative pronoun stands for: 40 tanks, of which 16 burned; drones, 18 of which; vans,
    of which it sold up to 90. Also what so many are put beside: lorries, some 3,000 a day, wait."""
    token = view.token(quantity.number.last - 1)
    beside = token.head
    known = lemma(beside) in counted_categories()
    comma = beside.i + 1 < token.i and beside.nbor().text == ","
    if token.dep_ == "appos" and beside.tag_ == "NNS" and beside.i < token.i and (known or comma):
        span = noun_phrase(beside, complements=False)
        return Counted(text_of(view, span), lemma(beside), None, "antecedent", span)
    after = [a.lower for a in view.atoms[quantity.last : quantity.last + 2]]
    before = [a.lower for a in view.atoms[max(0, quantity.first - 2) : quantity.first]]
    relative = ("which", "whom")
    verb = next((t for t in token.ancestors if t.dep_ == "relcl"), None)
    opening = [] if verb is None else [t.lower_ for t in verb.subtree][:2]
    if not any(len(s) == 2 and s[0] == "of" and s[1] in relative for s in (after, before, opening)):
        return None
    if verb is None or verb.head.pos_ not in NOUNS or verb.head.i >= token.i:
        return None
    span = noun_phrase(verb.head, complements=False)
    return Counted(text_of(view, span), lemma(verb.head), None, "antecedent", span)


def counted_by_subject(
    view: View, subject: tuple[str, Token] | None, verb: Token | None
) -> Counted | None:
    """What the subject of a number that stands alone says is counted.

    A toll counts people; what numbers or totals so many is counted itself.
    """
    if subject is None or verb is None:
        return None
    head = subject[1]
    if head.lemma_ in event_words_for("noun", "toll"):
        return people_understood()
    if head.lemma_ in words("figures.tally"):
        of = next((t for t in head.rights if t.lower_ == "of"), None)
        noun = next((t for t in of.rights if t.dep_ == "pobj"), None) if of is not None else None
        if noun is not None and noun.tag_ in ("NNS", "NNPS"):
            span = noun_phrase(noun, complements=False)
            return Counted(text_of(view, span), lemma(noun), noun, "number_of", span)
    if verb.lemma_ in words("figures.totalling") and head.head.i == verb.i:
        span = noun_phrase(head, complements=False)
        return Counted(text_of(view, span), lemma(head), head, "understood", span)
    return None
