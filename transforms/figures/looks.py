"""What a number looks like on the page, asked by the tests of what is no quantity."""

from __future__ import annotations

from functools import cache

from transforms.figures.lexer import NUMBER, WORD
from transforms.figures.numbers import at
from transforms.figures.page import Page
from transforms.figures.quantity import Quantity
from transforms.figures.units import COUNT, RATIO
from transforms.reference import reference


@cache
def phrases(kind: str) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(row["words"].split()) for row in reference("not_quantities") if row["kind"] == kind
    )


def digits_of(page: Page, quantity: Quantity) -> str:
    """The number's digits, if it is written as one run of digits."""
    number = quantity.number
    if number.last - number.first != 1:
        return ""
    atom = page.atoms[number.first]
    return atom.text if atom.kind == NUMBER else ""


def has_unit(quantity: Quantity) -> bool:
    return quantity.unit is not COUNT and quantity.unit is not RATIO


def counts_noun(page: Page, quantity: Quantity) -> bool:
    """Whether a plural noun follows that the number may count."""
    i = quantity.last
    atom = at(page.atoms, i)
    if atom is None or atom.kind != WORD:
        return False
    token = page.token(i)
    for _ in range(4):
        if token.tag_ in ("NNS", "NNPS") or token.lower_ == "people":
            return True
        if token.pos_ not in ("ADJ", "NOUN", "PROPN") or token.i + 1 >= len(page.doc):
            return False
        token = token.nbor()
    return False
