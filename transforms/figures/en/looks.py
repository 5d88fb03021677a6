"""What a number looks like on the page, asked by the tests of what is no quantity."""

from __future__ import annotations

from functools import cache

from transforms.figures.lexer import NUMBER, WORD, at
from transforms.figures.quantity import Amount
from transforms.figures.units import COUNT, RATIO
from transforms.figures.view import View
from transforms.reference import reference
from transforms.words import words


@cache
def phrases(kind: str) -> frozenset[tuple[str, ...]]:
    """The phrases of not_quantities.csv of one kind, word by word."""
    return frozenset(
        tuple(row["words"].split()) for row in reference("not_quantities") if row["kind"] == kind
    )


def digits_of(view: View, amount: Amount) -> str:
    """The number's digits, if it is written as one run of digits."""
    number = amount.number
    if number.last - number.first != 1:
        return ""
    atom = view.atoms[number.first]
    return atom.text if atom.kind == NUMBER else ""


def has_unit(amount: Amount) -> bool:
    return amount.unit is not COUNT and amount.unit is not RATIO


def counts_noun(view: View, amount: Amount) -> bool:
    """Whether a plural noun follows that the number may count."""
    i = amount.last
    atom = at(view.atoms, i)
    if atom is None or atom.kind != WORD:
        return False
    token = view.token(i)
    for _ in range(4):
        if token.tag_ in ("NNS", "NNPS") or token.lower_ in words("figures.plural"):
            return True
        if token.pos_ not in ("ADJ", "NOUN", "PROPN") or token.i + 1 >= len(view.doc):
            return False
        token = token.nbor()
    return False


def noun_follows(view: View, amount: Amount) -> bool:
    """Whether a noun, or what may say more of one, follows the number."""
    atom = at(view.atoms, amount.last)
    if atom is None or atom.kind != WORD:
        return False
    return view.token(amount.last).pos_ in ("NOUN", "ADJ", "PROPN")
