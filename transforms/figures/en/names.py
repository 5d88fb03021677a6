"""Numbers that name: labels, models, codes, addresses."""

from __future__ import annotations

from transforms.figures.en.counted import linear_head
from transforms.figures.en.looks import counts_noun, digits_of, has_unit, phrases
from transforms.figures.en.numbers import at, is_hyphen, lower
from transforms.figures.lexer import BREAK, NUMBER, WORD
from transforms.figures.quantity import Quantity
from transforms.figures.view import View

_NAMED = frozenset(("PRODUCT", "ORG", "FAC", "EVENT", "WORK_OF_ART", "LAW"))


def is_label(view: View, quantity: Quantity) -> bool:
    """Article 4, page 12, pages 12-14, No. 3, Section 427, flight 370."""
    atoms, i = view.atoms, quantity.number.first
    if "range_dash" in quantity.rules:
        i = quantity.first
    if has_unit(quantity) or quantity.first < i:
        return False
    before = at(atoms, i - 1)
    if before is None or before.kind == BREAK:
        return False
    if before.text in "#№":
        return True
    if is_hyphen(before) and before.glued and atoms[i].glued:
        before = at(atoms, i - 2)
        if before is None:
            return False
        if before.kind == WORD and len(before.text) <= 3 and before.text.isupper():
            return True
    if (
        before.text == "."
        and before.glued
        and lower(atoms, i - 2) in ("no", "nos", "vol", "fig", "art", "sec", "pp", "ch")
    ):
        return True
    if before.kind != WORD or (before.lower,) not in phrases("label"):
        return False
    if before.lower == "no":
        return (
            before.text == "No"
            and bool(digits_of(view, quantity))
            and not counts_noun(view, quantity)
        )
    return not counts_noun(view, quantity) or before.text[0].isupper()


def is_name(view: View, quantity: Quantity) -> bool:
    """S&P 500, iPhone 11, Leopard 2, Boeing 737, Big 12: a number that ends a name."""
    atoms, i = view.atoms, quantity.number.first
    if has_unit(quantity) or quantity.first < i or quantity.number.scale > 1 or quantity.is_range:
        return False
    before = at(atoms, i - 1)
    if before is None:
        return False
    digits = digits_of(view, quantity)
    if before.text == "-" and before.glued and atoms[i].glued:
        further = at(atoms, i - 2)
        return (
            further is not None
            and further.kind == WORD
            and further.text[0].isupper()
            and bool(digits)
        )
    if before.kind != WORD or atoms[i].glued:
        return False
    if "," in digits or (digits and "." in digits and not before.text.isupper()):
        return False
    token, named = view.token(i), view.token(i - 1)
    capital = before.text[0].isupper() or any(c.isupper() for c in before.text[1:])
    if not capital or before.lower in ("the", "a", "some", "about", "i"):
        return False
    if counts_noun(view, quantity) and (
        token.head.i > token.i and token.dep_ in ("nummod", "compound", "amod")
    ):
        inside = token.ent_iob_ == "I" and token.ent_type_ == named.ent_type_
        return inside and token.ent_type_ in _NAMED
    if not digits and (named.pos_ != "PROPN" or not atoms[i].text[0].isupper()):
        return False
    if named.pos_ == "PROPN" or named.ent_type_ in (
        "ORG",
        "PRODUCT",
        "FAC",
        "EVENT",
        "WORK_OF_ART",
        "LAW",
    ):
        return (
            token.dep_ in ("nummod", "appos", "nmod", "npadvmod", "compound", "punct")
            or token.pos_ in ("PROPN", "NOUN")
            or token.ent_iob_ == "I"
            or digits != ""
        )
    return token.ent_type_ in ("PRODUCT", "FAC", "LAW", "WORK_OF_ART") and token.ent_iob_ == "I"


def is_code(view: View, quantity: Quantity) -> bool:
    """The number of COVID -19, with a hyphen that a tokeniser moved."""
    if "negative" not in quantity.rules or has_unit(quantity):
        return False
    before = at(view.atoms, quantity.first - 1)
    return (
        before is not None
        and before.kind == WORD
        and before.text[0].isupper()
        and before.lower not in ("at", "to")
    )


def is_model(view: View, quantity: Quantity) -> bool:
    """747s, a 737 Max, 5G, 4x4: digits inside the name of a product."""
    digits = digits_of(view, quantity)
    if not digits or has_unit(quantity) or quantity.prefixed:
        return False
    after = at(view.atoms, quantity.last)
    if after is not None and after.glued and after.kind == WORD:
        return True
    if after is not None and after.kind == WORD and after.text[0].isupper():
        token = view.token(quantity.number.first)
        following = view.token(quantity.last)
        if following.tag_ in ("NNPS", "NNS") or following.ent_type_ == "NORP":
            return False
        if len(digits) >= 3 and digits.isdigit() and _ends_in_name(view, quantity):
            return True
        return (
            token.ent_type_ in ("PRODUCT", "FAC", "ORG", "WORK_OF_ART", "LAW")
            and following.ent_iob_ == "I"
        )
    return False


def _ends_in_name(view: View, quantity: Quantity) -> bool:
    """Whether what follows is a name in the singular (737 Max), and no counted noun."""
    head = linear_head(view.token(quantity.last))
    if head is None:
        return False
    return head.tag_ == "NNP" and not head.text.endswith(("s", "S")) and not head.text.isupper()


def is_identifier(view: View, quantity: Quantity) -> bool:
    """Long runs of digits, leading zeros, postcodes, mail addresses."""
    digits = digits_of(view, quantity)
    state = at(view.atoms, quantity.number.first - 1)
    if (
        digits.isdigit()
        and len(digits) == 5
        and state is not None
        and state.kind == WORD
        and not quantity.prefixed
    ) and (
        len(state.text) == 2
        and state.text.isupper()
        and lower(view.atoms, quantity.number.first - 2) in (",", ".", "")
    ):
        return True
    if not digits or has_unit(quantity) or quantity.prefixed:
        return False
    if digits.isdigit() and (len(digits) >= 9 or (len(digits) > 1 and digits.startswith("0"))):
        return True
    before, after = at(view.atoms, quantity.number.first - 1), at(view.atoms, quantity.number.last)
    glued = view.atoms[quantity.number.first].glued
    for near in (before if glued else None, after if after is not None and after.glued else None):
        if (
            near is not None
            and near.text in "@_=&?"
            and (near.glued or view.atoms[quantity.number.first].glued)
        ):
            return True
    if _list_mark(view, quantity, digits):
        return True
    if before is not None and before.lower in (
        "zip",
        "postcode",
        "code",
        "tel",
        "phone",
        "fax",
        "isbn",
        "ph",
    ):
        return True
    return after is not None and after.lower in ("zip", "postcode")


def _list_mark(view: View, quantity: Quantity, digits: str) -> bool:
    """The number of "1) explains why", which closes a bracket that is not open."""
    after = at(view.atoms, quantity.number.last)
    if after is None or after.text != ")" or len(digits) > 2:
        return False
    start = view.atoms[quantity.number.first].start
    near = view.text[max(0, start - 60) : start]
    return near.rfind("(") <= near.rfind(")")


def is_address(view: View, quantity: Quantity) -> bool:
    """12 Station Road."""
    digits = digits_of(view, quantity)
    if not digits.isdigit() or len(digits) > 5 or has_unit(quantity):
        return False
    for capitals, atom in enumerate(view.atoms[quantity.last : quantity.last + 5]):
        street = atom.kind == WORD and (atom.lower,) in phrases("street")
        if street and capitals and atom.text[0].isupper():
            return True
        if (atom.kind not in (WORD, NUMBER) and atom.text != ".") or not (
            atom.text[0].isupper() or atom.kind == NUMBER or atom.text == "."
        ):
            return False
    return False
