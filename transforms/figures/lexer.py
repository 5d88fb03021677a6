"""Characters to atoms: the numbers, words and signs that the number grammar is written over.

The language model's own tokens are no use for this: it keeps ``12-thousand`` and ``$US160m``
together or apart as it learned to. Atoms carry the offsets of the text, so every span that is made
of them is a true one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

NUMBER = "n"
FRACTION = "v"
WORD = "w"
SIGN = "s"
BREAK = "b"

#: Fractions that are one character.
VULGAR = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
    "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅐": 1 / 7, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
    "⅑": 1 / 9, "⅒": 1 / 10,
}  # fmt: skip
_VULGAR = "".join(VULGAR)
_HYPHENS = frozenset("-‐‑–")

#: Spaces that separate groups of three digits (thin, narrow, no-break) beside the plain one.
_GROUP_SPACE = r"[ \u00a0\u2009\u202f\u2007']"

_LETTER = rf"[^\W\d_{_VULGAR}]"

_ATOM = re.compile(
    rf"""
    (?P<n>
        \d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?         # 1,307,000.5
      | \d{{1,2}}(?:,\d{{2}})+,\d{{3}}(?!\d)(?:\.\d+)? # 12,34,567.89
      | \d{{1,3}}(?:{_GROUP_SPACE}\d{{3}})+(?![\d.,]\d|\d)(?:\.\d+)?  # 816 000
      | \d{{1,3}}(?:\.\d{{3}}){{2,}}(?![\d.]\d|\d)(?:,\d+)?    # 10.000.000
      | \d{{1,3}}(?:,[ ]000)+(?!\d)                    # 10, 000
      | \d+,\d{{1,2}}(?![\d,]|\.\d)                    # 3,40
      | \d+(?:\.\d+)?
      | (?<![\w.])\.\d+
    )
  | (?P<v> [{_VULGAR}] )
  | (?P<w> (?:{_LETTER}\.){{2,}}(?:{_LETTER}(?!{_LETTER}))? | {_LETTER}+(?:['’]{_LETTER}+)* )
  | (?P<b> \n+ )
  | (?P<s> [^\s\w] | _ | \d | \w )
    """,
    re.VERBOSE,
)


class Atom(NamedTuple):
    """One number, word or sign, with its offsets in the text; ``glued`` to the one before."""

    kind: str
    text: str
    lower: str
    start: int
    end: int
    glued: bool


Atoms = Sequence[Atom]


def atoms(text: str) -> list[Atom]:
    """The atoms of a text, in order; line ends are atoms of the kind ``BREAK``."""
    found: list[Atom] = []
    last = -1
    made = tuple.__new__  # a third less time than Atom(...)
    for match in _ATOM.finditer(text):
        start, end = match.span()
        word = match.group()
        fields = (match.lastgroup or SIGN, word, word.lower(), start, end, start == last)
        found.append(made(Atom, fields))
        last = end
    return found


def digits_value(text: str) -> float:
    """The value of a number written in digits, with either separator convention.

    Raises ``ValueError`` for what the lexer does not call a number.
    """
    plain = re.sub(_GROUP_SPACE, "", text)
    commas, points = plain.count(","), plain.count(".")
    if points > 1:
        plain = plain.replace(".", "").replace(",", ".")
    elif commas == 1 and not points and re.fullmatch(r"\d+,\d{1,2}", plain):
        plain = plain.replace(",", ".")
    else:
        plain = plain.replace(",", "")
    return float(plain)


def at(atoms: Atoms, i: int) -> Atom | None:
    return atoms[i] if 0 <= i < len(atoms) else None


def lower(atoms: Atoms, i: int) -> str:
    """The word or sign at ``i`` without capitals; empty where there is none."""
    return atoms[i].lower if 0 <= i < len(atoms) else ""


def is_hyphen(atom: Atom) -> bool:
    return atom.text in _HYPHENS


def is_glued_number(atoms: Atoms, i: int) -> bool:
    """Whether a number in digits stands at ``i``, right at what is before it."""
    atom = at(atoms, i)
    return atom is not None and atom.glued and atom.kind == NUMBER


def word_set(words: str) -> frozenset[str]:
    """A set of words that is written as one line of text."""
    return frozenset(words.split())
