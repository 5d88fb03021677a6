"""What a number looks like on the page, asked by the tests of what is no quantity."""

from __future__ import annotations

from functools import cache

from transforms.figures.en.numbers import at
from transforms.figures.lexer import NUMBER, WORD
from transforms.figures.quantity import Quantity
from transforms.figures.units import COUNT, RATIO
from transforms.figures.view import View
from transforms.reference import reference


@cache
def phrases(kind: str) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(row["words"].split()) for row in reference("not_quantities") if row["kind"] == kind
    )


def digits_of(view: View, quantity: Quantity) -> str:
    """The number's digits, if it is written as one run of digits."""
    number = quantity.number
    if number.last - number.first != 1:
        return ""
    atom = view.atoms[number.first]
    return atom.text if atom.kind == NUMBER else ""


def has_unit(quantity: Quantity) -> bool:
    return quantity.unit is not COUNT and quantity.unit is not RATIO


def counts_noun(view: View, quantity: Quantity) -> bool:
    """Whether a plural noun follows that the number may count."""
    i = quantity.last
    atom = at(view.atoms, i)
    if atom is None or atom.kind != WORD:
        return False
    token = view.token(i)
    for _ in range(4):
        if token.tag_ in ("NNS", "NNPS") or token.lower_ == "people":
            return True
        if token.pos_ not in ("ADJ", "NOUN", "PROPN") or token.i + 1 >= len(view.doc):
            return False
        token = token.nbor()
    return False
