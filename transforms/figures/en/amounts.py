"""One number with its sign, currency and unit."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from transforms.figures.en.numbers import (
    Number,
    at,
    begins_number,
    is_hyphen,
    lower,
    number_words,
    read_number,
)
from transforms.figures.en.suffixes import read_suffix
from transforms.figures.lexer import (
    BREAK,
    FRACTION,
    NUMBER,
    WORD,
    atoms,
    digits_value,
    word_set,
)
from transforms.figures.quantity import Quantity
from transforms.figures.units import (
    AGE_UNITS,
    COUNT,
    FOLD,
    RATIO,
    Unit,
    localised,
    match_prefix,
    match_unit,
)
from transforms.figures.view import View

_MINUS = frozenset("-−–")


def read_amount(view: View, i: int, floor: int) -> Quantity | None:
    """The number at atom ``i`` with sign and unit; nothing before atom ``floor`` belongs to it."""
    number = read_number(view.atoms, i)
    if number is None or _in_a_word(view, number):
        return None
    first, unit, rules = number.first, None, [number.rule]
    first, negative = _sign(view, first, floor)
    prefix = match_prefix(view.atoms, first) if first > floor else None
    if prefix and prefix[1] >= floor and _prefix_fits(view, prefix[1], first, number):
        unit, first = localised(prefix[0], view.country), prefix[1]
        rules.append("currency_before")
        if not negative:
            first, negative = _sign(view, first, floor)
    quantity = Quantity(
        first, number.last, number, number.value, number.value,
        unit or COUNT, rules, prefixed=unit is not None, bounds=number.bounds,
    )  # fmt: skip
    if number.about:
        quantity.qualifier = "about"
    elif number.more:
        quantity.qualifier = "more_than"
    if not _tens(view, quantity):
        read_suffix(view, quantity)
    if negative or _spaced_minus(view, quantity, floor):
        quantity.rules.append("negative")
        quantity.low, quantity.high = _negated(quantity.low), _negated(quantity.high)
    if unit is not None and unit.factor > 1 and number.scale == 1 and quantity.low is not None:
        quantity.low = quantity.high = quantity.low * unit.factor
        quantity.unit = replace(unit, factor=1.0)
        quantity.rules.append("currency_magnitude")
    if number.rule == "fraction" and quantity.unit is COUNT:
        quantity.unit = RATIO
    elif number.rule == "fold":
        quantity.unit = FOLD
    _digit_forms(view, quantity)
    _times(view, quantity)
    return quantity


_COMPARING = frozenset(("as", "more", "less", "fewer", "that", "its", "their", "what", "the"))
_SIZES = word_set(
    """
    size rate number amount level price average cost value length weight height width age speed
    volume figure total norm limit population distance area income risk salary share strength
    """
)


def _times(view: View, quantity: Quantity) -> None:
    """3.5 times higher, three times as many, four times the size: a ratio, no count of times."""
    last = quantity.last
    if quantity.unit is not COUNT or quantity.low is None or lower(view.atoms, last) != "times":
        return
    following = at(view.atoms, last + 1)
    if following is None or following.kind != WORD:
        return
    if following.lower in _COMPARING:
        near = {atom.lower for atom in view.atoms[last + 2 : last + 5]}
        if following.lower not in ("as", "more", "less", "fewer") and not near & _SIZES:
            return
    elif view.token(last + 1).tag_ not in ("JJR", "RBR"):
        return
    quantity.unit, quantity.last = RATIO, last + 1
    quantity.rules.append("times")


_DECADE_PARTS = {"low": (0, 3), "lower": (0, 3), "early": (0, 3), "mid": (4, 6), "middle": (4, 6),
                 "high": (7, 9), "upper": (7, 9), "late": (7, 9)}  # fmt: skip
_WHOSE = word_set("his her their my our your its")


def _digit_forms(view: View, quantity: Quantity) -> None:
    """What is written with digits and letters: 18-fold, in the high 30s, in her 40s, 6'2"."""
    here, number = view.atoms, quantity.number
    value, last = number.value, quantity.last
    if value is None or here[number.first].kind != NUMBER or quantity.unit is not COUNT:
        return
    atom = at(here, last)
    if atom is None:
        return
    if lower(here, last + is_hyphen(atom)) == "fold":
        quantity.unit, quantity.last = FOLD, last + is_hyphen(atom) + 1
        quantity.rules.append("fold")
    elif atom.text in "'’′" and atom.glued and 2 <= value <= 9 and number.rule == "digits":
        inches = at(here, last + 1)
        mark = at(here, last + 2)
        if (
            inches is not None
            and inches.kind == NUMBER
            and mark is not None
            and mark.text in "\"”″'’"
        ):
            quantity.unit, quantity.last = _foot(), last + 3
            quantity.low = quantity.high = value + digits_value(inches.text) / 12
            quantity.rules.append("feet_and_inches")


@cache
def _foot() -> Unit:
    found = match_unit(atoms("foot"), 0)
    assert found is not None
    return found[0]


def _tens(view: View, quantity: Quantity) -> bool:
    """in the high 30s (37 to 39), in her 40s (40 to 49, an age)."""
    page_atoms, first, last = view.atoms, quantity.first, quantity.last
    value = quantity.number.value
    if value is None or page_atoms[first].kind != NUMBER or quantity.prefixed:
        return False
    after = at(page_atoms, last)
    if after is not None and after.text in "'’" and after.glued:
        last += 1
        after = at(page_atoms, last)
    if (
        after is None
        or after.lower != "s"
        or not after.glued
        or value % 10
        or not 20 <= value <= 100
    ):
        return False
    i = first - 1
    if i >= 0 and is_hyphen(page_atoms[i]):
        i -= 1
    part = _DECADE_PARTS.get(lower(page_atoms, i))
    owner = lower(page_atoms, i - 1 if part else i)
    if owner not in _WHOSE and not (part and owner == "the"):
        return False
    low, high = part or (0, 9)
    quantity.first = i if part else first
    quantity.last = last + 1
    quantity.low, quantity.high = value + low, value + high
    quantity.rules.append("tens")
    if owner in _WHOSE and owner != "its":
        quantity.unit = AGE_UNITS["a"]
    return True


def _spaced_minus(view: View, quantity: Quantity, floor: int) -> bool:
    """ "- 20 degrees Fahrenheit", as a tokeniser leaves it."""
    before = at(view.atoms, quantity.first - 1) if quantity.first > floor else None
    if before is None or before.text not in "-−" or quantity.unit.dimension != "temperature":
        return False
    further = at(view.atoms, quantity.first - 2)
    if before.glued or (further is not None and further.kind == NUMBER):
        return False
    quantity.first -= 1
    return True


def _negated(value: float | None) -> float | None:
    return None if value is None else -value


def _in_a_word(view: View, number: Number) -> bool:
    """Digits that are part of a name or of an identifier: G7, M21, 1.2.3, 2019-09-01T10:38."""
    atoms = view.atoms
    first, before = atoms[number.first], at(atoms, number.first - 1)
    if first.glued and before is not None:
        if before.kind == NUMBER or before.text == "_":
            return True
        if before.kind == WORD and first.kind == NUMBER:
            console = before.text == "PS" and len(first.text) == 1  # pounds sterling have more
            return console or match_prefix(atoms, number.first) is None
        if before.text in ".:" and number.first >= 2 and before.glued:
            further = atoms[number.first - 2]
            return further.kind == NUMBER or (before.text == "." and further.kind == WORD)
        if is_hyphen(before) and before.glued and number.first >= 2 and first.kind == NUMBER:
            further = atoms[number.first - 2]
            return (
                further.kind in (WORD, NUMBER)
                and number.first >= 2
                and _names_model(view, number.first - 2)
            )
    after = at(atoms, number.last)
    if after is not None and after.glued and after.kind == NUMBER:
        return True
    if after is not None and after.text in ".:" and after.glued and first.kind == NUMBER:
        following = at(atoms, number.last + 1)
        return following is not None and following.glued and following.kind == NUMBER
    return False


_BEFORE_HYPHEN = word_set(
    """
    minus sub mid under over plus pre post to and or near about nearly some up non another the
    a one
    """
)  # fmt: skip


def _names_model(view: View, i: int) -> bool:
    """Whether a word before a hyphen makes a name of the number after it (F-16, SCP-173)."""
    atom = view.atoms[i]
    if atom.kind != WORD:
        return False
    if atom.lower in _BEFORE_HYPHEN or atom.lower in number_words():
        return False
    return match_unit(view.atoms, i) is None and match_prefix(view.atoms, i + 1) is None


def _sign(view: View, first: int, floor: int) -> tuple[int, bool]:
    """Where the number begins with its sign, and whether it is negative."""
    atoms = view.atoms
    before = at(atoms, first - 1) if first > floor else None
    if before is None:
        return first, False
    if before.text in _MINUS and atoms[first].glued:
        further = at(atoms, first - 2)
        if further is not None and further.lower == "minus" and before.glued:
            return first - 2, True
        if not before.glued or (further is not None and further.text in "([{"):
            ranged = further is not None and further.kind == NUMBER and before.text == "–"
            return (first, False) if ranged else (first - 1, True)
    if before.lower in ("minus", "negative") and atoms[first].kind != BREAK:
        return first - 1, True
    if before.text == "+" and atoms[first].glued and not before.glued:
        return first - 1, False
    return first, False


def _prefix_fits(view: View, start: int, end: int, number: Number) -> bool:
    """Letters are a currency only as a word of their own; one letter only glued to an amount."""
    atoms = view.atoms
    text = view.text[atoms[start].start : atoms[end - 1].end]
    gap = atoms[number.first].start - atoms[end - 1].end
    before = at(atoms, start - 1)
    if (
        before is not None
        and atoms[start].glued
        and atoms[start].kind == WORD
        and before.kind in (WORD, NUMBER)
    ):
        return False
    if gap > 1 or view.text[atoms[start].start : atoms[number.first].start].count("\n"):
        return False
    if text.isalpha() and len(text) == 1:
        digits = view.text[atoms[number.first].start : atoms[number.last - 1].end]
        return gap == 0 and (len(digits) > 2)
    if (
        text.isalpha()
        and len(text) == 2
        and text.isupper()
        and text not in ("RM", "Rs", "Rp", "TL")
    ):
        return gap == 0 or number.scale > 1
    return True


def next_amount(view: View, i: int) -> Quantity | None:
    """The amount that begins at atom ``i``, with its currency sign first if it has one."""
    for j in range(i, min(i + 5, len(view.atoms))):
        atom = view.atoms[j]
        if atom.kind in (NUMBER, FRACTION) or (atom.kind == WORD and begins_number(atom)):
            amount = read_amount(view, j, i)
            return amount if amount is not None and amount.first == i else None
        if atom.kind == BREAK:
            return None
    return None
