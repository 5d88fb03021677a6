"""Numbers with what belongs to them: sign, currency, unit, rate, range, compound, shared unit.

:func:`read_quantities` walks once over the atoms of a page. What it gives is still without
qualifier, and may be no quantity at all (a year, a model number): see ``qualifiers`` and
``exclusions``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from transforms.figures.en.amounts import next_amount, read_amount
from transforms.figures.en.numbers import (
    at,
    begins_number,
    lower,
)
from transforms.figures.en.ranges import read_range
from transforms.figures.lexer import (
    BREAK,
    FRACTION,
    NUMBER,
    WORD,
)
from transforms.figures.quantity import Quantity
from transforms.figures.units import (
    COUNT,
)
from transforms.figures.view import View


def read_quantities(view: View) -> list[Quantity]:
    """Every number of the page with its unit, ranges joined, in order and apart."""
    found: list[Quantity] = []
    i, floor = 0, 0
    while i < len(view.atoms):
        atom = view.atoms[i]
        if atom.kind in (NUMBER, FRACTION) or (atom.kind == WORD and begins_number(atom)):
            quantity = read_amount(view, i, floor)
            if quantity:
                quantity = _extended(view, quantity, found)
                found.append(quantity)
                i = floor = quantity.last
                continue
        i += 1
    _share_units(view, found)
    return found


def _extended(view: View, quantity: Quantity, found: list[Quantity]) -> Quantity:
    """The quantity with the rest of its range or compound, as far as they go."""
    for production in (_range, _compound):
        longer = production(view, quantity)
        while longer is not None:
            quantity = longer
            longer = production(view, quantity) if production is _compound else None
    return quantity


def _range(view: View, low: Quantity) -> Quantity | None:
    """between A and B, A to B, A-B, A or B: one quantity with both ends."""
    return read_range(view, low)


def _compound(view: View, whole: Quantity) -> Quantity | None:
    """6 ft 2 in, 1 h 40 min, 3 dollars and 50 cents: the parts added up in the first unit."""
    unit = whole.unit
    if whole.low is None or whole.is_range or not unit.factor or "rate" in whole.rules:
        return None
    if unit.dimension not in ("length", "mass", "duration", "money", "angle"):
        return None
    j = whole.last
    if unit.dimension != "money" and lower(view.atoms, j) == ",":
        j += 1
    if lower(view.atoms, j) == "and":
        j += 1
    part = next_amount(view, j)
    if part is None or part.low is None or part.prefixed or part.is_range:
        return None
    smallest = whole.tail or unit.factor
    if unit.dimension == "money":
        cents = part.unit.minor and not unit.minor and part.unit.code in (unit.code, "USD", "EUR")
        if not cents and not _bare_cents(view, whole, part):
            return None
        amount = part.low if cents else part.low / 100
    elif part.unit.dimension == unit.dimension and 0 < part.unit.factor < smallest:
        amount = part.low * part.unit.factor / unit.factor
        if part.low * part.unit.factor >= smallest * 1.001:
            return None
        if not whole.tail and whole.low != int(whole.low):
            return None
    else:
        return None
    value = whole.low + amount
    return replace(
        whole, last=part.last, low=value, high=value, rules=[*whole.rules, "compound"],
        tail=part.unit.factor or 1e-9,
    )  # fmt: skip


def _bare_cents(view: View, whole: Quantity, part: Quantity) -> bool:
    """ "15 dollars 50": a bare number of two digits after the whole, and nothing that it counts."""
    assert part.low is not None
    if whole.prefixed or whole.unit.minor or part.unit is not COUNT or not 10 <= part.low <= 99:
        return False
    if whole.tail or part.low != int(part.low) or whole.low != int(whole.low or 0):
        return False
    following = at(view.atoms, part.last)
    return (
        following is None
        or following.text in ".,;!?)"
        or following.lower in ("more", "less")
        or (following.kind == BREAK)
    )


def _share_units(view: View, found: list[Quantity]) -> None:
    """3, 5 and 7 km: numbers of a list take the unit of its last."""
    for nearer, farther in _neighbours(view, found):
        if nearer.unit is not COUNT or nearer.number.value is None:
            continue
        if farther.unit.dimension in ("count", "ratio") or farther.prefixed:
            target = farther.shared if farther.shared is not None else farther.last
            nearer.shared = target
            continue
        if farther.unit.dimension == "age" or farther.hyphenated or nearer.number.scale == 1:
            nearer.unit = farther.unit
            nearer.rules.append("shared_unit")
            if farther.unit.minor and nearer.low is not None and nearer.high is not None:
                nearer.low, nearer.high = nearer.low * 0.01, nearer.high * 0.01


def _neighbours(view: View, found: list[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs of quantities with nothing but a comma, "and" or "or" between, the last pair first."""
    for nearer, farther in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        between = [a.lower for a in view.atoms[nearer.last : farther.first]]
        if (
            between
            and all(b in (",", "and", "or", "-", "/", "&") for b in between)
            and len(between) <= 3
        ):
            yield nearer, farther
