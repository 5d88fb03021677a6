"""Bare numbers that are ages by the words around them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.event_words import counted_categories
from transforms.figures.en.counted import lemma
from transforms.figures.en.looks import counts_noun, noun_follows
from transforms.figures.lexer import WORD, at, lower, word_set
from transforms.figures.quantity import Figure
from transforms.figures.rules import Aged
from transforms.figures.units import years_of_age
from transforms.figures.view import View
from transforms.words import reporting_forms, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_OVER = word_set("over under above below")
_WHOM = word_set("those anyone everyone anybody everybody")
#: What goes on after the age of somebody: Okello, 61, was.
_TOLD_OF = word_set("was is were has had who whose")
_WHO = word_set("he she i who")


def settle_age(view: View, figure: Figure, previous: Figure | None) -> Figure:
    """The figure as an age, if the words around it say so."""
    aged = _aged(view, figure, previous) if _is_like_an_age(figure) else Aged.NOT
    if aged is Aged.NOT:
        return figure
    return replace(figure, unit=years_of_age(), aged=aged, rules=figure.by(aged))


def _is_like_an_age(figure: Figure) -> bool:
    return (
        figure.low is not None
        and 0 < figure.low <= 120
        and (figure.high or 0) <= 125
        and figure.number.scale <= 1
    )


def _aged(view: View, figure: Figure, previous: Figure | None) -> Aged:
    """aged 19, at the age of 87, "John Smith, 42,", "he is 35", a life expectancy of 73."""
    atoms, ages = view.atoms, words("figures.age")
    first = figure.first
    if lower(atoms, figure.number.first - 1) == "of":  # under the age of 12
        first = figure.number.first
    before = lower(atoms, first - 1)
    if _bounds_age(view, figure):
        return Aged.BOUND
    if before in ages or (before in ("of", "between", "from") and lower(atoms, first - 2) in ages):
        return Aged.STATED
    listed = previous is not None and figure.first - previous.last <= 1
    if previous is not None and listed and previous.aged is Aged.STATED:
        return Aged.STATED
    bracketed = before == "(" and lower(atoms, figure.last) == ")"
    if bracketed and view.token(figure.first - 2).ent_type_ == "PERSON":
        return Aged.APPOSITIVE
    if before == "," and _appositive(view, figure):
        return Aged.APPOSITIVE
    if before == "at" and _died_at(view, figure):
        return Aged.PREDICATE
    return Aged.PREDICATE if _predicated(view, figure) else Aged.NOT


def _died_at(view: View, figure: Figure) -> bool:
    """has died at 73."""
    verb = view.token(figure.first - 1).head
    return (
        verb.lemma_ in words("figures.dying")
        and not noun_follows(view, figure)
        and not figure.is_range
    )


def _predicated(view: View, figure: Figure) -> bool:
    """he is 35, she turned 40, the life expectancy is 73."""
    token = view.token(figure.number.first)
    verb = token.head
    is_told = verb.lemma_ == "be" or verb.lemma_ in words("figures.turn")
    if not is_told or noun_follows(view, figure):
        return False
    if token.dep_ in ("attr", "acomp", "dobj", "npadvmod", "oprd"):
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is not None and (subject.lower_ in _WHO or subject.ent_type_ == "PERSON"):
            return True
    return verb.lemma_ == "be" and bool(view.words_near(figure.first) & words("figures.lifetime"))


def _bounds_age(view: View, figure: Figure) -> bool:
    """people over 65, children under 5: a bound right after those whom it bounds."""
    atoms = view.atoms
    if figure.is_range or lower(atoms, figure.first) not in _OVER:
        return False
    if figure.number.first != figure.first + 1 or counts_noun(view, figure):
        return False
    whom = at(atoms, figure.first - 1)
    if whom is None or whom.kind != WORD or lower(atoms, figure.last) == "per":
        return False
    if whom.lower in _WHOM or whom.lower in words("figures.plural"):
        return True
    token = view.token(figure.first - 1)
    return token.tag_ == "NNS" and counted_categories().get(lemma(token)) == "people"


def _appositive(view: View, figure: Figure) -> bool:
    """A number between a person's name and a comma: "John Smith, 42, said"."""
    if lower(view.atoms, figure.last) not in (",", ".", ")", ";", "") or figure.first < 2:
        return False
    name = view.token(figure.first - 2)
    if name.ent_type_ == "PERSON" or _one_person(name):
        return True
    if name.pos_ == "PROPN" and lower(view.atoms, figure.last + 1) in ("who", "whose"):
        return True
    told = lower(view.atoms, figure.last + 1)
    if (
        name.pos_ == "PROPN"
        and name.ent_type_ in ("", "ORG")
        and (told in _TOLD_OF or told in reporting_forms("verb", "claim"))
    ):
        return True
    if name.pos_ != "PROPN" or name.ent_type_ not in ("", "ORG") or name.i == 0:
        return False
    return name.nbor(-1).pos_ == "PROPN"


def _one_person(noun: Token) -> bool:
    """Whether a noun is one known person: the driver, 26, was arrested."""
    if noun.tag_ != "NN" or counted_categories().get(lemma(noun)) != "people":
        return False
    return any(child.dep_ in ("det", "poss") for child in noun.lefts)
