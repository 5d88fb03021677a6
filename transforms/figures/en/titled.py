"""Numbers that capitals make part of a name, though they have a unit or a noun: 50 Cent."""

from __future__ import annotations

from transforms.figures.en.looks import has_unit
from transforms.figures.lexer import WORD, at
from transforms.figures.quantity import Quantity
from transforms.figures.view import View
from transforms.words import words


def titled(view: View, quantity: Quantity) -> str | None:
    """50 Cent, Nine Mile Point, the Four Corners: capitals in running text make a name of a number.

    A unit is one with a capital and no plural; a number in words, inside a sentence, with the word
    after it.
    """
    i, last = quantity.number.first, quantity.number.last
    word = at(view.atoms, last)
    plain = not (quantity.prefixed or quantity.hyphenated or quantity.rated or quantity.is_range)
    if word is None or not plain or quantity.first < i or not word.text.istitle() or word.glued:
        return None
    if has_unit(quantity):
        told = quantity.last == last + 1 and _is_one(word.lower, quantity)
    else:
        told = _is_capital_inside(view, i) and view.token(last).ent_type_ not in ("NORP", "GPE")
    return view.written(i, last + 1) if told and _is_running(view, i) else None


def _is_one(word: str, quantity: Quantity) -> bool:
    """Whether more than one are told of a unit in the singular; a currency may be (20 Euro)."""
    unit = quantity.unit
    if unit.dimension == "money":
        one = unit.minor and word in words("figures.one_minor")
    else:
        one = word == unit.name
    return one and quantity.low is not None and quantity.number.value != 1


def _is_capital_inside(view: View, i: int) -> bool:
    """Whether a number in words has a capital where no sentence begins."""
    before, word = at(view.atoms, i - 1), view.atoms[i]
    if before is None or word.kind != WORD or not word.text.istitle():
        return False
    return before.text.islower() or before.text in (",", "The", "A")


def _is_running(view: View, i: int) -> bool:
    """Whether a word of content without a capital tells that the line is no headline."""
    start, end = view.sentence(view.atoms[i].start)
    span = view.doc.char_span(start, end, alignment_mode="expand")
    return span is not None and any(
        token.is_lower and token.pos_ in ("NOUN", "VERB", "ADJ") for token in span
    )
