"""Patterns over classes of words, as regular expressions over characters.

Every class is one character, so that a sentence is a string of classes. A pattern is written with
classes (``MONTH``), categories (sets of classes), words (lower case names of word classes),
``slot=NAME`` to name what the function wants, and ``( | )``, ``?``, ``*`` and ``+`` as in regular
expressions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ALPHABET = [chr(c) for c in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))] + [
    chr(c) for c in range(0xC0, 0x250)
]
#: The class of words that the lexicon does not know.
UNKNOWN = "UNKNOWN"
_codes: dict[str, str] = {UNKNOWN: "_"}
_names: dict[str, str] = {"_": UNKNOWN}


def code(name: str) -> str:
    """The character of a class; a new name gets the next free one."""
    found = _codes.get(name)
    if found is None:
        found = _codes[name] = _ALPHABET[len(_codes) - 1]
        _names[found] = name
    return found


def codes(names: str) -> frozenset[str]:
    """The characters of the classes named, with white space between their names."""
    return frozenset(code(name) for name in names.split())


def class_name(character: str) -> str:
    return _names[character]


def class_names() -> frozenset[str]:
    """The names of all classes that the modules imported so far speak of."""
    return frozenset(_codes)


class Pattern:
    """A pattern turned into a regular expression and the set of classes it may begin with."""

    _TOKEN = re.compile(r"\s*(?:(?P<slot>[a-z_0-9]+)=)?(?P<name>\w+|[(),|?*+/.:'-]|-)")

    def __init__(self, pattern: str, categories: Mapping[str, str]) -> None:
        self._categories = categories
        self._tokens: list[tuple[str | None, str]] = []
        at, pattern = 0, pattern.strip()
        while at < len(pattern):
            found = self._TOKEN.match(pattern, at)
            if not found:
                raise ValueError(f"cannot read the pattern {pattern!r} at {at}")
            self._tokens.append((found["slot"], found["name"]))
            at = found.end()
        self._at = 0
        self._pattern = pattern
        self.groups: dict[str, list[int]] = {}
        self._count = 0

    def parse(self) -> tuple[str, set[str], bool]:
        parsed = self._alternatives()
        if self._at < len(self._tokens):
            raise ValueError(f"unbalanced pattern {self._pattern!r}")
        return parsed

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _alternatives(self) -> tuple[str, set[str], bool]:
        branches = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            branches.append(self._sequence())
        return (
            "|".join(branch[0] for branch in branches),
            set().union(*(branch[1] for branch in branches)),
            any(branch[2] for branch in branches),
        )

    def _sequence(self) -> tuple[str, set[str], bool]:
        expression, first, nullable = "", set[str](), True
        while self._peek() not in ("", "|", ")"):
            one, its_first, its_nullable = self._item()
            expression += one
            if nullable:
                first |= its_first
            nullable = nullable and its_nullable
        return expression, first, nullable

    def _item(self) -> tuple[str, set[str], bool]:
        slot, name = self._tokens[self._at]
        self._at += 1
        if slot:
            self._count += 1
            self.groups.setdefault(slot, []).append(self._count)
        if name == "(":
            inner, first, nullable = self._alternatives()
            if self._peek() != ")":
                raise ValueError(f"unbalanced pattern {self._pattern!r}")
            self._at += 1
            expression = f"(?:{inner})"
        else:
            names = self._categories.get(name, name).split()
            first, nullable = {code(n) for n in names}, False
            expression = "".join(sorted(first))
            expression = f"[{expression}]"
        if slot:
            expression = f"({expression})"
        if self._peek() in ("?", "*", "+") and self._peek():
            sign = self._peek()
            self._at += 1
            expression += sign
            nullable = nullable or sign != "+"
        return expression, first, nullable
