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
#: What ends an age that is told beside its person.
_ENDS_AGE = frozenset((",", ".", ")", ";", "", "\n"))
#: What the parse may call a surname, and from which age on it is believed to be one.
_MISTAKEN = frozenset(("", "ORG", "GPE", "LOC", "PRODUCT", "NORP", "WORK_OF_ART"))
_GROWN = 16
_WHERE = word_set("in at near from to across around outside inside through")
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
        return Aged.NOT if counts_noun(view, figure) else Aged.STATED
    bracketed = before == "(" and lower(atoms, figure.last) == ")"
    if bracketed and view.token(figure.first - 2).ent_type_ == "PERSON":
        return Aged.APPOSITIVE
    if before == "," and _appositive(view, figure):
        return Aged.APPOSITIVE
    if before == "at" and (_died_at(view, figure) or _at_an_age(view, figure)):
        return Aged.PREDICATE
    if _of_an_age(view, figure):
        return Aged.STATED
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
    turns = verb.lemma_ in words("figures.turn")
    counts = noun_follows(view, figure) and not (turns and token.dep_ == "dobj")  # 18 next month
    if counts or not (turns or verb.lemma_ == "be"):
        return False
    if token.dep_ in ("attr", "acomp", "dobj", "npadvmod", "oprd"):
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is not None and (subject.lower_ in _WHO or subject.ent_type_ == "PERSON"):
            return True
        if subject is not None and turns and _one_person(subject):
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
    """A number between a person's name or noun and a comma: "Ana Hoxha, 42, said", "his son, 9"."""
    closing = lower(view.atoms, figure.last)
    if figure.first < 2 or figure.is_range or figure.low != int(figure.low or 0):
        return False
    name = view.token(figure.first - 2)
    if closing == "and":  # Ana, 14 and Ben, 9
        return name.pos_ == "PROPN" and name.ent_type_ in ("", "PERSON")
    if closing not in _ENDS_AGE:
        return False
    if name.ent_type_ == "PERSON" or _one_person(name):
        return True
    following = lower(view.atoms, figure.last + 1)
    if name.pos_ != "PROPN":
        return False
    if following in ("who", "whose"):
        return True
    if name.ent_type_ not in _MISTAKEN or name.tag_ == "NNPS":
        return False
    told = following in _TOLD_OF or following in reporting_forms("verb", "claim")
    if name.ent_type_ in ("", "ORG"):
        led = name.i > 0 and name.nbor(-1).pos_ == "PROPN"
        return told or led or (closing == "," and (figure.low or 0) >= _GROWN)
    if name.i > 0 and name.nbor(-1).lower_ in _WHERE:
        return False  # in Peru, 44, were held
    after = at(view.atoms, figure.last + 1)
    listed = after is None or after.kind != WORD or after.lower == "and" or after.text.istitle()
    return closing == "," and not listed and name.ent_iob_ == "B" and (figure.low or 0) >= _GROWN


def _one_person(noun: Token) -> bool:
    """Whether a noun is one known person: the driver, 26, was arrested; his eldest, 15."""
    if not any(child.dep_ in ("det", "poss") for child in noun.lefts):
        return False
    if noun.lower_ in words("figures.person"):
        return True
    base = lemma(noun)
    if noun.tag_ != "NN" or counted_categories().get(base) == "people":
        return noun.tag_ == "NN"
    if base in words("figures.valued") | words("figures.tally") | words("figures.no_kind"):
        return False
    return base.endswith(tuple(words("figures.people_ending") | words("figures.doer_ending")))


def _at_an_age(view: View, figure: Figure) -> bool:
    """Kim, at 31, is the youngest; at 27, she is out: between commas, of a person."""
    atoms, i = view.atoms, figure.first - 1
    if lower(atoms, figure.last) != "," or figure.is_range:
        return False
    if lower(atoms, figure.last + 1) in _WHO:
        return True
    name = view.token(i - 2) if lower(atoms, i - 1) == "," and i >= 2 else None
    if name is None:
        return False
    surname = name.pos_ == "PROPN" and name.ent_type_ in ("", "ORG")
    return surname or name.ent_type_ == "PERSON" or _one_person(name)


def _of_an_age(view: View, figure: Figure) -> bool:
    """a man of 45: one person and nothing that the number counts."""
    if lower(view.atoms, figure.first - 1) != "of" or noun_follows(view, figure):
        return False
    noun = view.token(figure.first - 2)
    return figure.first >= 2 and noun.tag_ == "NN" and lemma(noun) in words("figures.person_of_age")
