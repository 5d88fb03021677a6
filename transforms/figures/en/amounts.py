"""One number with its sign, currency and unit."""

from __future__ import annotations

from dataclasses import replace

from transforms.figures.en.inside import inside_a_word, money_before
from transforms.figures.en.number_words import number_words
from transforms.figures.en.numbers import begins_number, read_number
from transforms.figures.en.suffixes import read_suffix
from transforms.figures.lexer import (
    BREAK,
    NUMBER,
    WORD,
    at,
    digits_value,
    is_hyphen,
    lower,
    word_set,
)
from transforms.figures.quantity import Amount, Number, Shape
from transforms.figures.rules import Form, Rule, Written
from transforms.figures.units import COUNT, FOLD, RATIO, localised, unit_of, years_of_age
from transforms.figures.view import View
from transforms.words import time_words, words

_MINUS = frozenset("-−–")


_COMPARING = word_set("as more less fewer that its their what the")
_MORE = word_set("as more less fewer")
_WHOSE = word_set("his her their my our your its")


def read_amount(view: View, number: Number, floor: int) -> Amount:
    """The number with its sign and unit; nothing before atom ``floor`` belongs to it."""
    amount = _with_sign_and_currency(view, number, floor)
    currency = amount.unit
    amount = _tens(view, amount) or read_suffix(view, amount)
    if not amount.negative and _spaced_minus(view, amount, floor):
        amount = replace(amount, first=amount.first - 1, negative=True)
    if amount.negative:
        low, high = _negated(amount.low), _negated(amount.high)
        amount = replace(amount, low=low, high=high, rules=amount.by(Written.NEGATIVE))
    if currency.factor > 1 and number.scale == 1 and amount.low is not None:  # MUSD 45
        value, unit = amount.low * currency.factor, replace(currency, factor=1.0)
        rules = amount.by(Written.CURRENCY_MAGNITUDE)
        amount = replace(amount, low=value, high=value, unit=unit, rules=rules)
    if number.form is Form.FRACTION and amount.unit is COUNT:
        amount = replace(amount, unit=RATIO)
    elif number.form is Form.FOLD:
        amount = replace(amount, unit=FOLD)
    return _times(view, _digit_forms(view, amount))


def next_amount(view: View, i: int) -> Amount | None:
    """The amount that begins at atom ``i``, with its currency sign first if it has one."""
    for j in range(i, min(i + 5, len(view.atoms))):
        atom = view.atoms[j]
        if begins_number(atom):
            number = read_number(view.atoms, j)
            if number is None or inside_a_word(view, number) is not None:
                return None
            amount = read_amount(view, number, i)
            return amount if amount.first == i else None
        if atom.kind == BREAK:
            return None
    return None


def _with_sign_and_currency(view: View, number: Number, floor: int) -> Amount:
    """The number with what stands before it."""
    first, negative = _sign(view, number.first, floor)
    unit = COUNT
    rules: tuple[Rule, ...] = (number.form,)
    prefix = money_before(view, first, number) if first > floor else None
    if prefix and prefix[1] >= floor and _prefix_fits(view, prefix[1], first, number):
        unit, first = localised(prefix[0], view.country), prefix[1]
        rules = (*rules, Written.CURRENCY_BEFORE)
        if not negative:
            first, negative = _sign(view, first, floor)
    return Amount(
        first, number.last, number, number.value, number.value, unit, rules,
        negative=negative, prefixed=unit is not COUNT,
    )  # fmt: skip


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
    if gap and _is_tournament(view, start, end, number):
        return False
    code = text.isalpha() and text.isupper() and len(text) == 2
    if code and text not in words("figures.spaced_currency"):
        return gap == 0 or number.scale > 1
    return True


def _is_tournament(view: View, start: int, end: int, number: Number) -> bool:
    """Whether a year follows what is money only by its spelling: Euro 2024, WORLD CUP 2026."""
    digits, word = view.atoms[number.first].text, view.atoms[end - 1].text
    if end - start > 1 or number.last - number.first > 1:
        return False
    if not (digits.isdigit() and len(digits) == 4 and "1900" <= digits <= "2040"):
        return False
    named = at(view.atoms, start - 1)
    return word.istitle() or (named is not None and named.kind == WORD and named.text.isupper())


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
    if before.lower in number_words("minus") and atoms[first].kind != BREAK:
        return first - 1, True
    if before.text == "+" and atoms[first].glued and not before.glued:
        return first - 1, False
    return first, False


def _spaced_minus(view: View, amount: Amount, floor: int) -> bool:
    """ "- 20 degrees Fahrenheit", as a tokeniser leaves it."""
    before = at(view.atoms, amount.first - 1) if amount.first > floor else None
    if before is None or before.text not in "-−" or amount.unit.dimension != "temperature":
        return False
    further = at(view.atoms, amount.first - 2)
    return not (before.glued or (further is not None and further.kind == NUMBER))


def _negated(value: float | None) -> float | None:
    return None if value is None else -value


def _tens(view: View, amount: Amount) -> Amount | None:
    """in the high 30s (37 to 39), in her 40s (40 to 49, an age)."""
    atoms, first, last = view.atoms, amount.first, amount.last
    value = amount.number.value
    if value is None or atoms[first].kind != NUMBER or amount.prefixed:
        return None
    after = at(atoms, last)
    if after is not None and after.text in "'’" and after.glued:
        last += 1
        after = at(atoms, last)
    if after is None or after.lower != "s" or not after.glued:
        return None
    if value % 10 or not 20 <= value <= 100:
        return None
    i = first - 1
    if i >= 0 and is_hyphen(atoms[i]):
        i -= 1
    part = number_words("tens_part").get(lower(atoms, i))
    owner = lower(atoms, i - 1 if part is not None else i)
    if owner not in _WHOSE and not (part is not None and owner == "the"):
        return None
    starts = (*sorted({*number_words("tens_part").values()}), 10.0)
    low, high = (0.0, 9.0) if part is None else (part, starts[starts.index(part) + 1] - 1)
    return replace(
        amount, first=first if part is None else i, last=last + 1,
        low=value + low, high=value + high, shape=Shape.TENS, rules=amount.by(Written.TENS),
        unit=years_of_age() if owner in _WHOSE and owner != "its" else amount.unit,
    )  # fmt: skip


def _digit_forms(view: View, amount: Amount) -> Amount:
    """What is written with digits and letters: 18-fold, 6'2"."""
    atoms, number, last = view.atoms, amount.number, amount.last
    value = number.value
    if value is None or atoms[number.first].kind != NUMBER or amount.unit is not COUNT:
        return amount
    atom = at(atoms, last)
    if atom is None:
        return amount
    if lower(atoms, last + is_hyphen(atom)) in number_words("suffix"):
        last += is_hyphen(atom) + 1
        return replace(amount, unit=FOLD, last=last, rules=amount.by(Form.FOLD))
    feet = atom.text in "'’′" and atom.glued and 2 <= value <= 9 and number.form is Form.DIGITS
    inches, mark = at(atoms, last + 1), at(atoms, last + 2)
    if not feet or inches is None or inches.kind != NUMBER or mark is None:
        return amount
    if mark.text not in "\"”″'’":
        return amount
    value += digits_value(inches.text) / 12
    return replace(
        amount, unit=unit_of("[ft_i]"), last=last + 3, low=value, high=value,
        rules=amount.by(Written.FEET_AND_INCHES),
    )  # fmt: skip


def _times(view: View, amount: Amount) -> Amount:
    """3.5 times higher, three times as many, four times the size: a ratio, no count of times."""
    last = amount.last
    if amount.unit is not COUNT or amount.low is None:
        return amount
    if lower(view.atoms, last) not in time_words("TIMES"):
        return amount
    following = at(view.atoms, last + 1)
    if following is None or following.kind != WORD:
        return amount
    if following.lower in _COMPARING:
        near = {atom.lower for atom in view.atoms[last + 2 : last + 5]}
        if following.lower not in _MORE and not near & words("figures.size"):
            return amount
    elif view.token(last + 1).tag_ not in ("JJR", "RBR"):
        return amount
    rules = amount.by(Written.TIMES)
    return replace(amount, unit=RATIO, last=last + 1, shape=Shape.TIMES, rules=rules)
