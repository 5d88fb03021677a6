"""Numbers with what belongs to them: sign, currency, unit, rate, range, compound, shared unit.

:func:`read_quantities` walks once over the atoms of a page. What it gives is still without
qualifier, and may be no quantity at all (a year, a model number): see ``qualifiers`` and
``exclusions``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transforms.considered import LeftOut
from transforms.figures.en.amounts import next_amount, read_amount
from transforms.figures.en.inside import ACROSS, has_no_sides, inside_a_word, whole_word
from transforms.figures.en.looks import counts_noun
from transforms.figures.en.numbers import beginnings, begins_as_many, read_number
from transforms.figures.en.ranges import read_range
from transforms.figures.en.reasons import Reason
from transforms.figures.lexer import BREAK, at, lower
from transforms.figures.quantity import Amount, Quantity
from transforms.figures.rules import Form, Joined, Settled
from transforms.figures.units import COUNT, aged, unit_of
from transforms.figures.view import View

#: Words that often begin no number, so that it is no news when they do not.
_ARTICLES = frozenset(("a", "an", "few"))
_LINKS = frozenset((",", "and", "or", "-", "/", "&"))


def read_quantities(view: View) -> tuple[list[Quantity], list[LeftOut]]:
    """Every number of the page with its unit, ranges joined, in order and apart.

    Beside them the numbers that are inside a word, and the words of number that tell none.
    """
    found: list[Quantity] = []
    left_out: list[LeftOut] = []
    floor = done = 0
    for i in beginnings(view.atoms):
        if i < done:
            continue
        if begins_as_many(view.atoms, i):
            if (again := _as_many(view, i, found)) is not None:
                found.append(again)
                floor = done = again.last
            continue
        number = read_number(view.atoms, i)
        reason = Reason.UNREAD if number is None else inside_a_word(view, number)
        if number is not None and reason is None:
            quantity = _extended(view, Quantity.of(read_amount(view, number, floor)))
            found.append(quantity)
            floor = done = quantity.last
        elif reason is not None and view.atoms[i].lower not in _ARTICLES:
            done = i + 1 if number is None else number.last
            detail = "" if number is None else whole_word(view, number)
            left_out.append(view.left_out(i, done, reason, detail))
    return _share_units(view, found), left_out


def _as_many(view: View, i: int, found: Sequence[Quantity]) -> Quantity | None:
    """40 homes and as many again: the number of the last count before it in the sentence."""
    start, _ = view.sentence(view.atoms[i].start)
    for before in reversed(found):
        if view.atoms[before.first].start < start:
            return None
        if before.unit is COUNT and before.low is not None and counts_noun(view, before):
            number = replace(before.number, first=i, last=i + 3, form=Form.AS_MANY)
            shared = before.shared if before.shared is not None else before.last
            rules = (Form.AS_MANY,)
            return replace(before, first=i, last=i + 3, number=number, rules=rules, shared=shared)
    return None


def _extended(view: View, quantity: Quantity) -> Quantity:
    """The quantity with the rest of its range or compound, as far as they go."""
    quantity = read_range(view, quantity) or quantity
    while (longer := _compound(view, quantity)) is not None:
        quantity = longer
    return quantity


def _compound(view: View, whole: Quantity) -> Quantity | None:
    """6 ft 2 in, 1 h 40 min, 3 dollars and 50 cents: the parts added up in the first unit."""
    unit = whole.unit
    if whole.low is None or whole.is_range or not unit.factor or whole.rated:
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
    old = part.unit.dimension == "age" and unit.dimension == "duration"
    if old:  # 10 years and 9 days old
        part = replace(part, unit=unit_of(part.unit.code))
    added = _cents(view, whole, part) if unit.dimension == "money" else _smaller(whole, part)
    if added is None:
        return None
    value = whole.low + added
    whole = replace(whole, unit=aged(unit) or unit) if old else whole
    return replace(
        whole, last=part.last, low=value, high=value, joined=Joined.COMPOUND,
        rules=whole.by(Joined.COMPOUND), tail=part.unit.factor or 1e-9,
    )  # fmt: skip


def _smaller(whole: Quantity, part: Amount) -> float | None:
    """What a part in a smaller unit of the same dimension adds, in the unit of the whole."""
    assert whole.low is not None
    assert part.low is not None
    smallest = whole.tail or whole.unit.factor
    if part.unit.dimension != whole.unit.dimension or not 0 < part.unit.factor < smallest:
        return None
    if part.low * part.unit.factor >= smallest * 1.001:
        return None
    if not whole.tail and whole.low != int(whole.low):
        return None
    return part.low * part.unit.factor / whole.unit.factor


def _cents(view: View, whole: Quantity, part: Amount) -> float | None:
    """What "50 cents" and a bare 50 add to whole dollars."""
    assert part.low is not None
    fitting = part.unit.bare or part.unit.code == whole.unit.code
    if part.unit.minor and not whole.unit.minor and fitting:
        return part.low
    return part.low / 100 if _bare_cents(view, whole, part) else None


def _bare_cents(view: View, whole: Quantity, part: Amount) -> bool:
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


def _share_units(view: View, found: Sequence[Quantity]) -> list[Quantity]:
    """3, 5 and 7 km: numbers of a list take the unit of its last."""
    shared: list[Quantity] = []
    for quantity in reversed(found):
        listed = bool(shared) and _is_listed(view, quantity, shared[-1])
        shared.append(_like(quantity, shared[-1]) if listed else quantity)
    return shared[::-1]


def _is_listed(view: View, nearer: Quantity, farther: Quantity) -> bool:
    """Whether nothing but a comma, "and" or "or" stands between two quantities, or "by"."""
    between = view.atoms[nearer.last : farther.first]
    if farther.unit.dimension == "length" and len(between) == 1 and between[0].lower in ACROSS:
        return not has_no_sides(view, nearer.first)  # 30 by 12 metres
    return 0 < len(between) <= 3 and all(atom.lower in _LINKS for atom in between)


def _like(nearer: Quantity, farther: Quantity) -> Quantity:
    """A bare number with the unit, or the counted noun, of the one after it in a list."""
    if nearer.unit is not COUNT or nearer.number.value is None:
        return nearer
    shared = farther.shared if farther.shared is not None else farther.last
    if farther.unit.dimension in ("count", "ratio") or farther.prefixed:
        return replace(nearer, shared=shared)
    if farther.unit.dimension != "age" and not farther.hyphenated and nearer.number.scale != 1:
        return nearer
    low, high = nearer.low, nearer.high
    if farther.unit.minor and low is not None and high is not None:
        low, high = low * farther.unit.factor, high * farther.unit.factor
    rules = nearer.by(Settled.SHARED_UNIT)
    return replace(nearer, unit=farther.unit, low=low, high=high, shared=shared, rules=rules)
