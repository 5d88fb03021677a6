"""What is no quantity: dates, times, ordinals, names and models, labels, addresses, idioms.

Each test has a name. The first that holds says why a number is left out (``excluded``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from transforms.figures.en.looks import counts_noun, digits_of, has_unit, phrases
from transforms.figures.en.names import (
    is_address,
    is_code,
    is_identifier,
    is_label,
    is_model,
    is_name,
)
from transforms.figures.en.numbers import at, is_hyphen, lower, words
from transforms.figures.lexer import BREAK, NUMBER, WORD, word_set
from transforms.figures.quantity import Quantity
from transforms.figures.view import View

_MONTHS = word_set(
    """
    january february march april may june july august september october november december jan
    feb mar apr jun jul aug sep sept oct nov dec
    """
)
_YEAR_WORDS = word_set(
    """
    in since until till by from during before after through circa late early mid of for and to
    between summer winter spring autumn fall the season calendar fiscal fy
    """
)
_OF_YEARS = frozenset(("in", "since", "the", "of"))
#: Adjectives before a number (the only one shop), after others "one" is a pronoun.
_NUMBERED = word_set("only first last next past same full additional further extra")
_ORDINAL_ENDS = word_set("st nd rd th s 's ’s")
_SCORE_VERBS = word_set(
    """
    win won beat beats lose lost defeat defeated draw drew drawn tie tied end ended lead led
    trail score scored
    """
)
_CLOCK = re.compile(
    r"a\.?m\.?|p\.?m\.?|am|pm|gmt|utc|est|edt|pst|pdt|bst|cet|hrs|hours", re.IGNORECASE
)


@cache
def _idioms() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Idioms by each of the number words they hold."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases("idiom")):
        for word in phrase:
            found.setdefault(word, []).append(phrase)
    return {word: tuple(phrases) for word, phrases in found.items()}


class Dates:
    """The date rows of the article: where calendar times stand, which are no figures."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        spans = sorted(
            (row["char_start"], row["char_end"]) for row in rows if row["type"] != "DURATION"
        )
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def covers(self, start: int, end: int) -> bool:
        """Whether the characters lie inside one date."""
        i = bisect_right(self._starts, start) - 1
        return i >= 0 and self._ends[i] >= end


def excluded(view: View, quantity: Quantity, dates: Dates) -> str | None:
    """Why the number is no quantity, by the name of the test; None if it is one."""
    number = quantity.number
    if "odds" in quantity.rules or "one_in" in quantity.rules:
        return None
    start = view.atoms[number.first].start
    end = view.atoms[number.last - 1].end
    measured = quantity.prefixed or quantity.unit.dimension in ("money", "percent")
    if not measured and dates.covers(start, end) and not _is_no_date(view, quantity):
        return "date"
    for name, test in _TESTS:
        if test(view, quantity):
            return name
    return None


def _is_no_date(view: View, quantity: Quantity) -> bool:
    """A number that a date's rule may have taken for a year: 1100 pictures, the high 30s."""
    if "tens" in quantity.rules:
        return True
    digits = digits_of(view, quantity)
    year = len(digits) == 4 and not "1900" <= digits <= "2040"
    return year and counts_noun(view, quantity)


def _phone(view: View, quantity: Quantity) -> bool:
    """Whether the number is part of a telephone number."""
    if quantity.prefixed:
        return False
    start, end = view.atoms[quantity.first].start, view.atoms[quantity.last - 1].end
    return any(first < end and start < last for first, last in view.phones)


def _clock(view: View, quantity: Quantity) -> bool:
    atoms, number = view.atoms, quantity.number
    hour = lower(atoms, number.first - 1) in ("past", "to") and (quantity.low or 24) <= 12
    if hour and lower(atoms, number.first - 2) in ("half", "quarter") and not has_unit(quantity):
        return True  # half past five
    after = at(atoms, number.last)
    if after is None or after.kind == BREAK:
        return False
    if quantity.unit.dimension == "length" and after.lower == "pm":
        return True
    if has_unit(quantity) and not quantity.unit.code.startswith(("p", "a", "h")):
        return False
    if after.lower in ("o'clock", "o’clock", "noon"):
        return True
    if not digits_of(view, quantity):
        if after.lower in ("a.m.", "p.m.", "a.m", "p.m"):
            return True
        if quantity.is_range and at(atoms, quantity.last) is not None:
            return atoms[quantity.last].lower in ("a.m.", "p.m.", "am", "pm")
        return False
    if quantity.is_range and at(atoms, quantity.last) is not None:
        after = atoms[quantity.last]
    if after.lower == "m" and lower(atoms, number.last - 1) == "":
        return False
    if not _CLOCK.fullmatch(after.text) or (quantity.low or 0) >= 2400:
        return False
    if after.lower in ("hours", "hrs"):
        digits = digits_of(view, quantity)
        return len(digits) == 4 and (digits.startswith("0") or digits.endswith(("00", "30")))
    return after.lower != "am" or (quantity.low or 0) <= 12.6


def _colon_time(view: View, quantity: Quantity) -> bool:
    """19:30 and 2:1, whichever part."""
    atoms, number = view.atoms, quantity.number
    before, after = at(atoms, number.first - 1), at(atoms, number.last)
    glued_after = after is not None and after.text == ":" and after.glued
    if glued_after and at(atoms, number.last + 1) is not None:
        return atoms[number.last + 1].glued and atoms[number.last + 1].kind == NUMBER
    if before is None or before.text != ":" or not (atoms[number.first].glued and before.glued):
        return False
    further = at(atoms, number.first - 2)
    return further is not None and further.kind == NUMBER


def _ordinal(view: View, quantity: Quantity) -> bool:
    """155th, 1990s, 2018s."""
    number = quantity.number
    after = at(view.atoms, number.last)
    if after is None or not digits_of(view, quantity) or "tens" in quantity.rules:
        return False
    if after.text in "'’" and after.glued:
        after = at(view.atoms, number.last + 1) or after
    return (
        after.kind == WORD
        and after.glued
        and after.lower in _ORDINAL_ENDS
        and quantity.last <= number.last + 1
        and not quantity.prefixed
    )


def _year(view: View, quantity: Quantity) -> bool:
    """A bare number that a year is written like, unless it counts something."""
    digits = digits_of(view, quantity)
    if quantity.is_range:
        return bool(_season(view, quantity))
    if len(digits) != 4 or not digits.isdigit() or not "1500" <= digits <= "2100":
        return False
    if has_unit(quantity) or quantity.prefixed:
        return False
    if quantity.qualifier in ("more_than", "at_least", "at_most", "less_than"):
        return False
    i = quantity.number.first
    before = lower(view.atoms, quantity.first - 1)
    if (
        (
            before in _MONTHS
            or lower(view.atoms, i - 1) in (",", "'", "’", "(")
            or before in _YEAR_WORDS
        )
        and "1900" <= digits <= "2040"
        and (before in _MONTHS or before in _OF_YEARS)
    ):
        return True
    return not counts_noun(view, quantity)


def _season(view: View, quantity: Quantity) -> bool:
    """2012-13, 2014-2018."""
    atoms = view.atoms
    first = quantity.number
    low = next((a for a in atoms[quantity.first : quantity.last] if a.kind == NUMBER), None)
    if low is None or has_unit(quantity) or first.scale != 1:
        return False
    return len(low.text) == 4 and "1700" <= low.text <= "2100" and not counts_noun(view, quantity)


def _season_left(view: View, quantity: Quantity) -> bool:
    """The 13 of 2012-13, which is no range of its own; parts of 9/11 and 24/7."""
    atoms, number = view.atoms, quantity.number
    if quantity.is_range or (
        has_unit(quantity) and not (quantity.unit.dimension == "mass" and quantity.unit.code == "t")
    ):
        return False
    before, after = at(atoms, number.first - 1), at(atoms, number.last)
    if (
        before is not None
        and before.glued
        and atoms[number.first].glued
        and (is_hyphen(before) or before.text in "/⁄")
    ):
        return at(atoms, number.first - 2) is not None and atoms[number.first - 2].kind == NUMBER
    if (
        after is not None
        and after.glued
        and (is_hyphen(after) or after.text in "/⁄")
        and digits_of(view, quantity)
    ):
        following = at(atoms, number.last + 1)
        return following is not None and following.glued and following.kind == NUMBER
    return False


def _end_mark(view: View, quantity: Quantity) -> bool:
    """-0- and -30-, with which agencies end a report."""
    atoms, number = view.atoms, quantity.number
    before, after = at(atoms, number.first - 1), at(atoms, number.last)
    if before is None or after is None or not (is_hyphen(before) and is_hyphen(after)):
        return False
    following = at(atoms, number.last + 1)
    glued = atoms[number.first].glued and after.glued
    return glued and (following is None or following.kind == BREAK or not following.glued)


def _score(view: View, quantity: Quantity) -> bool:
    """2-2, 21-14: two small numbers with a dash and no counted noun."""
    if not quantity.is_range or "range_dash" not in quantity.rules or has_unit(quantity):
        return False
    if (quantity.high or 0) >= 200 or quantity.number.scale != 1:
        return False
    return not counts_noun(view, quantity)


def _pronoun(view: View, quantity: Quantity) -> bool:
    """one as a pronoun, "one of", "no one", "the one"; zero as a name."""
    number = quantity.number
    if (
        number.last - number.first != 1
        or lower(view.atoms, number.first) != "one"
        or has_unit(quantity)
    ):
        return False
    token = view.token(number.first)
    if quantity.is_range or quantity.qualifier != "exact":
        return False
    before, after = lower(view.atoms, number.first - 1), lower(view.atoms, number.last)
    if after in ("of", "another", "'s", "’s", "who", "that", "which") or before in (
        "no",
        "every",
        "any",
        "each",
        "this",
        "that",
        "another",
        "which",
        "some",
        "everyone",
    ):
        return True
    if (
        view.atoms[number.first].text == "One"
        and before not in ("", ".", '"', "“", "\n")
        and token.pos_ == "PROPN"
    ):
        return True
    if quantity.hyphenated:
        return False
    if before not in _NUMBERED and number.first and view.token(number.first - 1).pos_ == "ADJ":
        return True  # the new one costs less
    if (
        token.dep_ == "nummod"
        and token.head.i > token.i
        and token.head.pos_ in ("NOUN", "PROPN", "SYM")
    ):
        return False
    if token.i + 1 < len(view.doc):
        following = token.nbor()
        if following.pos_ in ("NOUN", "ADJ", "SYM") and token.pos_ in ("NUM", "ADJ", "DET"):
            return False
    return True


def _idiom(view: View, quantity: Quantity) -> bool:
    number = quantity.number
    if quantity.prefixed:
        return False
    for i in range(number.first, number.last):
        for phrase in _idioms().get(view.atoms[i].lower, ()):
            for k, word in enumerate(phrase):
                if word == view.atoms[i].lower:
                    start = i - k
                    if (
                        start >= 0
                        and tuple(a.lower for a in view.atoms[start : start + len(phrase)])
                        == phrase
                    ):
                        return True
    return False


def _scale_name(view: View, quantity: Quantity) -> bool:
    """A scale word that is part of a name or an adverb; "second half" and "first quarter"."""
    number = quantity.number
    if number.rule in ("fraction", "half_unit") and not digits_of(view, quantity):
        before = lower(view.atoms, number.first - 1)
        if before in ("first", "second", "third", "fourth", "last"):
            return True
        return (
            before
            in (
                "first",
                "second",
                "third",
                "fourth",
                "other",
                "better",
                "latter",
                "last",
                "the",
                "this",
                "that",
                "each",
            )
            and lower(view.atoms, number.first) in words("part")
            and lower(view.atoms, number.last) != "of"
        )
    return False


_TESTS: tuple[tuple[str, Callable[[View, Quantity], bool]], ...] = (
    ("phone", _phone),
    ("mark", _end_mark),
    ("time", _colon_time),
    ("time", _clock),
    ("ordinal", _ordinal),
    ("idiom", _idiom),
    ("pronoun", _pronoun),
    ("label", is_label),
    ("score", _score),
    ("year", _year),
    ("part", _season_left),
    ("address", is_address),
    ("identifier", is_identifier),
    ("name", is_name),
    ("model", is_model),
    ("name", is_code),
    ("part", _scale_name),
)
