"""Numbers that tell when: times of day and years that the reader of dates does not claim."""

from __future__ import annotations

from functools import cache

from transforms.figures.en.looks import counts_noun, digits_of, has_unit
from transforms.figures.en.number_words import is_half, is_quarter
from transforms.figures.lexer import (
    BREAK,
    NUMBER,
    WORD,
    Atom,
    at,
    is_glued_number,
    is_hyphen,
    lower,
)
from transforms.figures.quantity import Qualifier, Quantity
from transforms.figures.view import View
from transforms.time_words import time_entries
from transforms.words import time_words, words

_BOUNDS = frozenset(
    (Qualifier.MORE_THAN, Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.LESS_THAN)
)
_OF_YEARS = frozenset(("in", "since", "the", "of"))


def is_clock(view: View, quantity: Quantity) -> bool:
    """7 p.m., 9 o'clock, 1430 hours, half past five."""
    atoms, number = view.atoms, quantity.number
    past = lower(atoms, number.first - 1) in ("past", "to") and (quantity.low or 24) <= 12
    if past and not has_unit(quantity) and _is_part(lower(atoms, number.first - 2)):
        return True
    if lower(atoms, quantity.first - 1) == "at" and _begins_at(view, quantity):
        return True
    after = at(atoms, number.last)
    if after is None or after.kind == BREAK:
        return False
    if quantity.unit.dimension == "length" and after.lower in time_words("AMPM"):
        return True
    if has_unit(quantity) and not quantity.unit.code.startswith(("p", "a", "h")):
        return False
    if after.lower.replace("’", "'") in time_words("OCLOCK", "NOON"):
        return True
    if not digits_of(view, quantity):
        return _spelled_hour(view, quantity)
    if quantity.is_range:
        after = at(atoms, quantity.last) or after
    value = quantity.low or 0
    if value >= 2400:
        return False
    if after.lower in _hours():
        digits = digits_of(view, quantity)
        return len(digits) == 4 and (digits.startswith("0") or digits.endswith(("00", "30")))
    return after.lower in time_words("AMPM") and (after.lower != "am" or value <= 12.6)


def _begins_at(view: View, quantity: Quantity) -> bool:
    """The raid began at 9 and, polls close at seven: the hour of what begins, ends or arrives; not
    where shares opened."""
    value, number = quantity.low, quantity.number
    if value is None or quantity.is_range or not 1 <= value <= 24 or value != int(value):
        return False
    if has_unit(quantity) or number.last != quantity.last or "." in digits_of(view, quantity):
        return False
    after = at(view.atoms, number.last)
    noun = after is not None and after.kind == WORD
    if noun and view.token(number.last).pos_ in ("NOUN", "PROPN", "ADJ", "NUM"):
        return False
    verb = view.token(quantity.first - 1).head
    if verb.pos_ != "VERB" and quantity.first > 1:
        verb = view.token(quantity.first - 2)
    timed = verb.pos_ == "VERB" and verb.lemma_ in words("figures.timed")
    near = view.words_near(quantity.first)
    return timed and not near & (words("figures.priced") | {"$", "%", "£", "€"})


def _is_part(word: str) -> bool:
    return is_half(word) or is_quarter(word)


def _spelled_hour(view: View, quantity: Quantity) -> bool:
    """seven p.m., from seven to nine pm; of one hour "am" is the verb."""
    if "." in lower(view.atoms, quantity.number.last) or quantity.is_range:
        last = quantity.last if quantity.is_range else quantity.number.last
        return lower(view.atoms, last) in time_words("AMPM")
    return False


def is_year(view: View, quantity: Quantity) -> bool:
    """A bare number that a year is written like, unless it counts something."""
    digits = digits_of(view, quantity)
    if quantity.is_range:
        return _is_season(view, quantity)
    if len(digits) != 4 or not digits.isdigit() or not "1500" <= digits <= "2100":
        return False
    if has_unit(quantity) or quantity.prefixed or quantity.qualifier in _BOUNDS:
        return False
    before = lower(view.atoms, quantity.first - 1)
    dated = before in _OF_YEARS or before in time_words("MONTH", "GMONTH")
    return (dated and "1900" <= digits <= "2040") or not counts_noun(view, quantity)


def _is_season(view: View, quantity: Quantity) -> bool:
    """2012-13, 2014-2018."""
    low = next((a for a in view.atoms[quantity.first : quantity.last] if a.kind == NUMBER), None)
    if low is None or has_unit(quantity) or quantity.number.scale != 1:
        return False
    return len(low.text) == 4 and "1700" <= low.text <= "2100" and not counts_noun(view, quantity)


def is_paired(view: View, quantity: Quantity) -> bool:
    """The 13 of 2012-13, which is no range of its own; parts of 9/11 and 24/7."""
    atoms, number = view.atoms, quantity.number
    tonnes = quantity.unit.dimension == "mass" and quantity.unit.code == "t"
    if quantity.is_range or (has_unit(quantity) and not tonnes):
        return False
    if _tied(view, quantity):
        return ends_pair(view, quantity)
    after = at(atoms, number.last)
    if after is not None and after.glued and _ties(after) and digits_of(view, quantity):
        return is_glued_number(atoms, number.last + 1)
    return False


def ends_pair(view: View, quantity: Quantity) -> bool:
    """Whether a dash or slash ties the number to one before it: the 13 of 2012-13."""
    further = at(view.atoms, quantity.number.first - 2)
    return _tied(view, quantity) and further is not None and further.kind == NUMBER


def _tied(view: View, quantity: Quantity) -> bool:
    first = quantity.number.first
    before = at(view.atoms, first - 1)
    return before is not None and before.glued and view.atoms[first].glued and _ties(before)


def _ties(sign: Atom) -> bool:
    return is_hyphen(sign) or sign.text in "/⁄"


@cache
def _hours() -> frozenset[str]:
    """hours, hrs: what a time of four digits is told in."""
    hours = (entry for entry in time_entries() if entry.value == "hour")
    return frozenset(entry.word for entry in hours if entry.cls != "UNIT")
