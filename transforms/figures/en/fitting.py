"""Whether a spelling that has other meanings is a unit where it stands."""

from __future__ import annotations

import re

from transforms.figures.en.labels import follows_label
from transforms.figures.lexer import (
    BREAK,
    FRACTION,
    NUMBER,
    WORD,
    at,
    is_glued_number,
    is_hyphen,
    word_set,
)
from transforms.figures.quantity import Amount
from transforms.figures.units import Unit
from transforms.figures.view import View
from transforms.words import time_words, words

#: What follows a measure of length beside adjectives (long): "41m up" is metres.
LENGTHS = word_set("above below up down in")
#: Symbols that stand for a unit only right at the digits (5p, 3s), some also apart from them.
_GLUED = word_set("h s p d B b R N A W J L l")
_APART = word_set("h L l R W")


def unit_fits(view: View, amount: Amount, unit: Unit, start: int, end: int) -> bool:
    """Whether what is spelled from atom ``start`` to ``end`` is a unit here."""
    atoms = view.atoms
    first, following = atoms[start], at(atoms, end)
    spelling = view.text[first.start : atoms[end - 1].end]
    digits = atoms[amount.number.last - 1].kind in (NUMBER, FRACTION)
    hyphen = start > 0 and is_hyphen(atoms[start - 1])
    glued = first.glued and not hyphen
    goes_on = following is not None and following.glued and following.kind in (WORD, NUMBER)
    if following is not None and goes_on and spelling[-1].isalpha():
        return unit.dimension == "length" and following.text in ("2", "3", "²", "³")
    if spelling in ("″", "”", '"', "′"):
        return digits and _inch_sign(view, start, end, glued)
    lettered = len(spelling) == 1 and spelling.isalpha() and spelling.isupper() and glued
    if lettered and follows_label(atoms, amount.number.first):
        return False
    if len(spelling) == 1 and not _letter_fits(view, spelling, end, glued, digits):
        return False
    if spelling.lower() in words("figures.unit_as_written") and not spelling.islower():
        return False
    if spelling.lower() == "in":
        return digits and (glued or _is_end(view, end))
    if unit.code == "bar" and spelling == unit.name:
        return hyphen or _is_end(view, end) or view.token(end).pos_ not in ("NOUN", "PROPN")
    if first.lower in time_words("SECOND") and end - start == 1:
        if following is not None and is_hyphen(following):
            return False
        return amount.number.value == 1 or hyphen or digits
    if first.lower in words("figures.unit_and_more"):
        return view.token(start).pos_ not in ("VERB", "ADJ", "AUX", "PROPN")
    return digits or spelling not in words("figures.unit_of_digits")


def _letter_fits(view: View, letter: str, end: int, glued: bool, digits: bool) -> bool:
    """Whether one letter or sign is a unit: 5p, 3 h, 40 C."""
    following, beyond = at(view.atoms, end), at(view.atoms, end + 1)
    hyphen = following is not None and is_hyphen(following) and following.glued
    if not letter.isalpha():
        return True
    if hyphen and is_glued_number(view.atoms, end + 1):
        both = at(view.atoms, end + 2)
        return both is not None and both.text == letter and both.glued  # 10C-15C, no 5C-3
    if not digits:
        return False
    stop = following is not None and following.text == "."
    if letter in _GLUED and not glued:
        return letter in _APART and not stop
    if letter in ("C", "F", "K") and not glued:
        initial = beyond is not None and beyond.text[:1].isupper()
        return not (following is not None and stop and following.glued and initial)
    return True


def ends_sentence(view: View, i: int) -> bool:
    """Whether nothing, or a new sentence, begins at atom ``i``."""
    atom = at(view.atoms, i)
    return atom is None or atom.kind == BREAK or atom.text[0].isupper() or atom.text in '"”'


def _inch_sign(view: View, start: int, end: int, glued: bool) -> bool:
    """A quotation mark after digits is inches unless it closes a quotation of its line."""
    text = view.atoms[start].text
    if text == "″" or text == "′":
        return True
    at_char = view.atoms[start].start
    line = view.text[view.text.rfind("\n", 0, at_char) + 1 : at_char]
    if text == "”" and line.count("“") > line.count("”"):
        return False
    if text == '"' and len(re.findall(r'(?<!\d)"', line)) % 2:
        return False
    return glued or _is_end(view, end)


def _is_end(view: View, i: int) -> bool:
    """Whether nothing follows that an inch or a bar could say more of."""
    atom = at(view.atoms, i)
    if atom is None or atom.kind == BREAK:
        return True
    return atom.text in ").,;:x×/" or atom.lower in words("figures.extent")
