"""Numbers that tell which one is meant: page 12, seats 4 and 5, shirt numbers, list numbers, marks.

Each test gives what it saw, for a person, or None where it does not hold.
"""

from __future__ import annotations

from transforms.figures.en.looks import counts_noun, digits_of, has_unit, phrases
from transforms.figures.lexer import BREAK, NUMBER, WORD, Atoms, at, digits_value, is_hyphen, lower
from transforms.figures.quantity import Quantity
from transforms.figures.rules import RANGES, Joined
from transforms.figures.view import View
from transforms.words import words

_LINKS = frozenset((",", "and", "or", "&"))
#: The highest mark that a player is given, and the most that shirts are numbered to.
_HIGHEST_MARK, _HIGHEST_SHIRT = 10, 99


def is_label(view: View, quantity: Quantity) -> str | None:
    """Article 4, page 12, pages 12-14, Articles 5 and 6, No. 3, Section 427, flight 370."""
    i = quantity.number.first
    if quantity.joined in RANGES and quantity.joined is not Joined.BETWEEN:
        i = quantity.first
    if has_unit(quantity) or quantity.first < i:
        return None
    first = _label(view, quantity, i)
    if first is None and digits_of(view, quantity) and not counts_noun(view, quantity):
        first = _listed_label(view.atoms, i, ranged=quantity.is_range)
    return view.written(first, quantity.number.last) if first is not None else None


def _label(view: View, quantity: Quantity, i: int) -> int | None:
    """The atom at which the label of a number at ``i`` begins."""
    atoms, j = view.atoms, i - 1
    before = at(atoms, j)
    if before is None or before.kind == BREAK:
        return None
    if before.text in "#№":
        return j
    if is_hyphen(before) and before.glued and atoms[i].glued:
        j = i - 2
        before = at(atoms, j)
        if before is None:
            return None
        if before.kind == WORD and len(before.text) <= 3 and before.text.isupper():
            return j
    stop = before.text == "." and before.glued
    if stop and (lower(atoms, i - 2),) in phrases("label_abbreviation"):
        return i - 2
    if before.kind != WORD or (before.lower,) not in phrases("label"):
        return None
    counts = counts_noun(view, quantity)
    if before.lower == "no":
        numbered = before.text == "No" and bool(digits_of(view, quantity))
        return j if numbered and not counts else None
    return j if not counts or before.text[0].isupper() else None


def _listed_label(atoms: Atoms, i: int, *, ranged: bool) -> int | None:
    """The label in the plural before the first of the numbers of a list that ends at ``i``, or
    before a range (rows 10 to 14)."""
    first = _before_list(atoms, i)
    label = at(atoms, first)
    if label is None or label.kind != WORD:
        return None
    if first == i - 1 and not (ranged or label.text[0].isupper()):
        return None
    return first if _is_label_word(label.lower) else None


def _before_list(atoms: Atoms, i: int) -> int:
    """The atom before the first of the numbers of a list that goes on at ``i``: 4A, 4B and 5B."""
    first = i - 1
    while first > 0 and lower(atoms, first) in _LINKS:
        number = first - 1 - (lower(atoms, first - 1) in _LINKS)
        if number > 0 and _is_letter(atoms, number) and atoms[number].glued:
            number -= 1
        if number < 0 or atoms[number].kind != NUMBER:
            return i - 1
        first = number - 1
    return first


def _is_letter(atoms: Atoms, i: int) -> bool:
    atom = at(atoms, i)
    return atom is not None and atom.kind == WORD and len(atom.text) == 1


def _is_label_word(word: str) -> bool:
    return (word,) in phrases("label") or (word.endswith("s") and (word[:-1],) in phrases("label"))


def follows_label(atoms: Atoms, i: int) -> bool:
    """Whether a label or the hyphen of a model's name stands before the digits at ``i``, so that a
    letter right after them is no unit: gate 4A, rows 12C and 14D, F-35A."""
    before = at(atoms, i - 1)
    if before is None:
        return False
    if is_hyphen(before) and before.glued and atoms[i].glued:
        model, number = at(atoms, i - 2), at(atoms, i - 3)
        if number is not None and number.kind == NUMBER and atoms[i - 2].glued:
            return _is_label_word(lower(atoms, i - 4))  # 5C-10C, but seats 3A-3F
        return model is not None and model.kind == WORD and model.text[0].isupper()
    return _is_label_word(lower(atoms, _before_list(atoms, i)))


def is_list_mark(view: View, quantity: Quantity) -> str | None:
    """The number of "1) explains why", which closes a bracket that is not open, and of "1. Wash",
    which stands where a line or a sentence begins."""
    digits, atoms = digits_of(view, quantity), view.atoms
    first, last = quantity.number.first, quantity.number.last
    after = at(atoms, last)
    if after is None or not digits.isdigit() or len(digits) > 2 or has_unit(quantity):
        return None
    if after.text == ")":
        start = atoms[first].start
        near = view.text[max(0, start - 60) : start]
        return view.written(first, last + 1) if near.rfind("(") <= near.rfind(")") else None
    before, following = at(atoms, first - 1), at(atoms, last + 1)
    if after.text != "." or not after.glued or following is None or following.glued:
        return None
    begins = before is None or before.kind == BREAK or before.text in ".:;!?"
    capital = following.kind == WORD and following.text[0].isupper()
    return view.written(first, last + 1) if begins and capital else None


def is_shirt(view: View, quantity: Quantity) -> str | None:
    """Striker Silva (9) scored: a number in brackets behind a player's name, where a sentence
    speaks of players."""
    first, last = quantity.first, quantity.last
    bracketed = lower(view.atoms, first - 1) == "(" and lower(view.atoms, last) == ")"
    digits = digits_of(view, quantity)
    if not bracketed or first < 2 or not digits.isdigit() or int(digits) > _HIGHEST_SHIRT:
        return None
    name = view.token(first - 2)
    if name.pos_ != "PROPN" or not view.words_near(first) & words("figures.playing"):
        return None
    return view.written(first - 2, last + 1)


def is_mark(view: View, quantity: Quantity) -> str | None:
    """Weber 7.5, Klein 6: a mark that a player is given, in a list of names and marks."""
    first, last = quantity.number.first, quantity.number.last
    digits, name = digits_of(view, quantity), at(view.atoms, first - 1)
    if name is None or not digits or has_unit(quantity) or quantity.first < first:
        return None
    if not _is_name(view, first - 1) or digits_value(digits) > _HIGHEST_MARK:
        return None
    if lower(view.atoms, last) not in (",", ";", ".", "", "\n", "(", "/"):
        return None
    marked = _is_marked(view, last) or _is_marked(view, first - 4)
    return view.written(first - 1, last) if marked else None


def _is_marked(view: View, i: int) -> bool:
    """Whether a comma, a name and a number follow at ``i``, as in a list of marks."""
    atoms = view.atoms
    if i < 0:
        i = -1  # the list begins with the name
    elif lower(atoms, i) not in (",", ";", "/"):
        return False
    number = at(atoms, i + 2)
    return number is not None and number.kind == NUMBER and _is_name(view, i + 1)


def _is_name(view: View, i: int) -> bool:
    atom = at(view.atoms, i)
    if atom is None or atom.kind != WORD or not atom.text[0].isupper():
        return False
    return view.token(i).ent_type_ not in ("GPE", "NORP", "LOC", "DATE")
