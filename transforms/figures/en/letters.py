"""A magnitude that is one letter, which one end of a range has and the other is read by."""

from __future__ import annotations

from dataclasses import replace

from transforms.figures.en.number_words import number_words
from transforms.figures.en.written import match_rate
from transforms.figures.lexer import at
from transforms.figures.quantity import Quantity
from transforms.figures.rules import Written
from transforms.figures.units import COUNT
from transforms.figures.view import View


def lettered_alike(view: View, low: Quantity, high: Quantity) -> tuple[Quantity, Quantity]:
    """Both ends with the magnitude whose letter one of them was read by: £5m-6m, 5m-6m tonnes.

    A letter alone, as after the other end, is read as a unit (6 metres).
    """
    if low.lettered and low.prefixed and not high.prefixed and (scaled := _scaled(view, high)):
        rate = match_rate(view.atoms, scaled.number.last + 1) if high.rated else None
        unit = low.unit if rate is None else low.unit.per(*rate[:2])
        rules = low.rules if rate is None else low.by(Written.RATE)
        return low, replace(scaled, unit=unit, rules=rules)
    if high.lettered and not low.prefixed and (scaled := _scaled(view, low)):
        return scaled, high
    return low, high


def _scaled(view: View, end: Quantity) -> Quantity | None:
    """The end of a range with the letter right after its digits as a magnitude; None without."""
    number = end.number
    letter = at(view.atoms, number.last)
    plain = number.value is not None and number.scale == 1
    if letter is None or not letter.glued or not plain or end.lettered:
        return None
    if not (end.rated or number.last <= end.last <= number.last + 1):
        return None
    factor = number_words("letter").get(letter.text)
    if factor is None:
        return None
    assert number.value is not None
    value = number.value * factor
    number = replace(number, value=value, scale=factor)
    return replace(
        end, number=number, last=max(end.last, number.last + 1), low=value, high=value,
        unit=COUNT, lettered=True,
        rules=(number.form, Written.LETTER_SCALE),
    )  # fmt: skip
