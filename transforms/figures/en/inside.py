"""Digits inside a word, a name or a code, which are no number of their own: G7, F-16, 1.2.3."""

from __future__ import annotations

from transforms.figures.en.number_words import beginning, number_words
from transforms.figures.en.reasons import Reason
from transforms.figures.en.written import match_prefix, match_unit
from transforms.figures.lexer import (
    BREAK,
    NUMBER,
    SIGN,
    WORD,
    at,
    is_glued_number,
    is_hyphen,
    lower,
    word_set,
)
from transforms.figures.quantity import Number
from transforms.figures.units import Unit
from transforms.figures.view import View
from transforms.words import words

#: What stands between the sides of something: 30 by 12 metres, 10x15 cm.
ACROSS = frozenset(("by", "x", "×"))
#: Prefixes and words that a hyphen ties to a number without making a name of it (mid-20, up-5).
_BEFORE_HYPHEN = word_set(
    "minus sub mid under over plus pre post to and or in near about some up non another the a one"
)


def money_before(view: View, end: int, number: Number) -> tuple[Unit, int] | None:
    """The currency up to atom ``end``; letters that a sign left are none at one digit (PS5)."""
    digits = view.atoms[number.last - 1].end - view.atoms[number.first].start
    before = at(view.atoms, end - 1)
    plain = number.scale == 1 and view.atoms[number.first].text.isdigit()
    if plain and before is not None and before.text.isalpha() and len(before.text) == 1:
        maker = at(view.atoms, end - 2)
        named = maker is not None and maker.text.isalpha() and maker.text[0].isupper()
        if named or before.text in words("figures.currency_letter"):
            return None  # an Epson R800, an N95 mask, but N5.8 billion
    return match_prefix(view.atoms, end, ascii=view.ascii and digits > 1)


def inside_a_word(view: View, number: Number) -> Reason | None:
    """Why the number is none of its own; None if it is one."""
    atoms = view.atoms
    first, after = atoms[number.first], at(atoms, number.last)
    goes_on = after is not None and after.glued and after.text in ".:"
    if goes_on and first.kind == NUMBER and is_glued_number(atoms, number.last + 1):
        return Reason.SEQUENCE
    before = at(atoms, number.first - 1) if first.glued else None
    if before is not None:
        further = at(atoms, number.first - 2) if before.glued else None
        if before.kind == NUMBER or before.text == "_":
            return Reason.GLUED
        if before.kind == WORD and first.kind == NUMBER:
            if ends_side(view, number.first):
                return None
            return Reason.GLUED if money_before(view, number.first, number) is None else None
        if before.text == "." and money_before(view, number.first, number) is not None:
            return None  # Rs.5,000
        if before.text in ".:" and further is not None:
            inside = further.kind == NUMBER or (before.text == "." and further.kind == WORD)
            return Reason.SEQUENCE if inside else None
        if is_hyphen(before) and further is not None and first.kind == NUMBER:
            return Reason.HYPHENATED if _names_model(view, number.first - 2) else None
    return Reason.GLUED if is_glued_number(atoms, number.last) else None


def ends_side(view: View, i: int) -> bool:
    """Whether the number at ``i`` is a further side of something that is told without spaces, in a
    unit of length: 10x15 cm; no 4x4, no relay of 4x100m, no cartridge."""
    atoms = view.atoms
    if lower(atoms, i - 1) not in ACROSS or not is_glued_number(atoms, i):
        return False
    if i < 2 or atoms[i - 2].kind != NUMBER or not atoms[i - 1].glued:
        return False
    while lower(atoms, i + 1) in ACROSS and atoms[i + 1].glued and is_glued_number(atoms, i + 2):
        i += 2
    hyphen = at(atoms, i + 1)
    unit = match_unit(atoms, i + 1 + (hyphen is not None and is_hyphen(hyphen)))
    return unit is not None and unit[0].dimension == "length" and not has_no_sides(view, i)


def has_no_sides(view: View, i: int) -> bool:
    """Whether the words near by speak of a race in parts (the 4 x 100 metres relay) or of a
    cartridge (7.62x39mm rounds)."""
    return bool(view.words_near(i, reach=12) & words("figures.no_sides"))


def _names_model(view: View, i: int) -> bool:
    """Whether a word before a hyphen makes a name of the number after it (F-16, SCP-173)."""
    atom = view.atoms[i]
    if atom.kind != WORD:
        return False
    if atom.lower in _BEFORE_HYPHEN or atom.lower in beginning() | words("figures.nearly"):
        return False
    if match_prefix(view.atoms, i + 1) is not None:
        return False
    ranged = is_glued_number(view.atoms, i - 1) or (i > 0 and view.atoms[i - 1].kind == NUMBER)
    scaled = atom.text in number_words("letter")
    measured = scaled or match_unit(view.atoms, i) is not None
    return not (measured and ranged)  # F-35A, but 5C-10C and 20k-30k


def whole_word(view: View, number: Number) -> str:
    """What the digits are inside of: all that is glued to them, but for signs at its ends."""
    atoms = view.atoms
    first, last = number.first, number.last
    while atoms[first].glued and atoms[first - 1].kind != BREAK:
        first -= 1
    while last < len(atoms) and atoms[last].glued and atoms[last].kind != BREAK:
        last += 1
    while first < number.first and atoms[first].kind == SIGN:
        first += 1
    while last > number.last and atoms[last - 1].kind == SIGN:
        last -= 1
    return view.written(first, last)
