"""Two numbers that are one quantity, and two that are the ends of a move."""

from __future__ import annotations

from dataclasses import replace

from transforms.figures.en.amounts import next_amount
from transforms.figures.en.changes import change_before, change_words
from transforms.figures.en.numbers import at, is_hyphen, lower
from transforms.figures.lexer import NUMBER
from transforms.figures.quantity import Quantity
from transforms.figures.units import COUNT, RATIO
from transforms.figures.view import View

#: A move that ends at this many times its size is told by its size and its end.
_WIDE = 4
_WHOLES = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 100, 1000))
_DASHES = frozenset("-‐‑–—−")
#: Verbs that a tally follows (voted 5-2); of "won 5-2" it is a score.
_VOTED = frozenset(("voted", "vote", "votes", "ruled", "rules", "split", "divided", "decided"))


def read_range(view: View, low: Quantity) -> Quantity | None:
    """``low`` joined with the number after its connector, or None if they are apart."""
    atoms = view.atoms
    if low.low is None or "compound" in low.rules:
        return None
    connector = _connector(view, low)
    if connector is None:
        return None
    kind, i = connector
    high = next_amount(view, i)
    if high is None or high.low is None:
        return None
    if kind == "in":
        return _share(view, low, high)
    if kind == "between" and not high.is_range:
        nested = read_range(view, high)
        if nested is not None and "range_to" in nested.rules:
            return None
    if not _fit(view, low, high, kind):
        return None
    measured = low.unit not in (COUNT, RATIO)
    if kind == "to" and measured and lower(atoms, low.first - 1) == "by":
        return None  # lowered by a quarter of a point to 4.25%
    if kind == "to" and _gains_and_ends(view, low, high):
        return None
    if kind in ("to", "dash") and _is_odds(view, low, high, kind):
        return _odds(view, low, high)
    low_value, high_value = _common_scale(low, high, kind)
    if kind == "or" and not (high_value == low_value + 1 and high_value <= 100):
        return None
    if kind == "dash" and low_value > high_value:
        return None
    first = low.first
    if kind == "between":
        first = _word_before(view, low, "between")
    elif kind == "to" and lower(atoms, low.first - 1) == "from":
        if _is_move(view, low.first - 1):
            return None
        first = low.first
    unit = high.unit if low.unit in (COUNT, RATIO) or "letter_scale" in high.rules else low.unit
    if high.unit.code.startswith(f"{low.unit.code}/"):
        unit = high.unit
    if low_value > high_value:
        low_value, high_value = high_value, low_value
    if high.unit.minor and not low.unit.minor and low.unit is COUNT:
        low_value *= high.unit.factor
    return replace(
        high,
        first=first,
        low=low_value,
        high=high_value,
        unit=unit,
        prefixed=low.prefixed or high.prefixed,
        qualifier="between",
        rules=[*high.rules, f"range_{kind}"],
    )


def _connector(view: View, low: Quantity) -> tuple[str, int] | None:
    """The kind of connector after ``low`` and where the other number begins."""
    atoms, j = view.atoms, low.last
    atom = at(atoms, j)
    if atom is None:
        return None
    following = at(atoms, j + 1)
    if atom.lower == "and" and _word_before(view, low, "between") != low.first:
        return "between", j + 1
    if atom.lower in ("to", "till"):
        if _word_before(view, low, "between") != low.first:
            return "between", j + 1
        return "to", j + 1
    if is_hyphen(atom) and atom.glued and following is not None and following.lower == "to":
        k = j + 2
        if (third := at(atoms, k)) is not None and is_hyphen(third):
            return "to", k + 1
        return None
    if atom.text in _DASHES and following is not None:
        if atom.glued == following.glued and (atom.glued or atom.text in "-–"):
            return "dash", j + 1
        if not atom.glued and following.glued and low.unit is COUNT and following.kind == NUMBER:
            return "dash", j + 1
        if atom.glued and not following.glued and following.kind == NUMBER and low.unit is COUNT:
            return "dash", j + 1
    if atom.lower == "or" and low.number.scale == 1:
        return "or", j + 1
    if atom.lower == "in" and low.unit is COUNT:
        return "in", j + 1
    if atom.lower == "out" and lower(atoms, j + 1) == "of" and low.unit is COUNT:
        return "in", j + 2
    if is_hyphen(atom) and atom.glued and following is not None and following.lower == "in":
        return "in", j + 3
    if atom.text == "/" and atom.glued and low.prefixed:
        return "slash", j + 1
    return None


def _gains_and_ends(view: View, low: Quantity, high: Quantity) -> bool:
    """ "rose 95 to 745 yen": a gain and where it led, and no range, which is never so wide."""
    if low.low is None or high.low is None or high.unit.dimension in ("percent", "duration"):
        return False
    token = view.token(low.first - 1) if low.first else None
    moved = token is not None and token.lemma_.lower() in change_words("verb")
    return moved and high.low >= _WIDE * abs(low.low)


def _word_before(view: View, low: Quantity, word: str) -> int:
    """The atom of ``word`` where it stands before the quantity, else the quantity's first."""
    i = low.first - 1
    if lower(view.atoms, i) in ("about", "around", "roughly", "approximately", "some"):
        i -= 1
    return i if lower(view.atoms, i) == word else low.first


def _fit(view: View, low: Quantity, high: Quantity, kind: str) -> bool:
    """Whether the two may be ends of one range: units that agree, no years, no scores."""
    a, b = low.unit, high.unit
    if _year_like(view, low) and not _year_like(view, high):
        return False
    if kind == "dash" and low.unit is COUNT and high.unit is COUNT and low.last - low.first == 1:
        texts = view.atoms[low.first].text, view.atoms[high.first].text
        if len(texts[0]) == 4 and texts[0].isdigit() and texts[0][:2] in ("18", "19", "20"):
            return len(texts[1]) == 4 and not 1800 <= (high.low or 0) <= 2100
        if texts[0].startswith("0") and texts[0] != "0":
            return False
        if texts[1].startswith("0") and texts[1] != "0":
            return False
    if a.dimension == "ratio" and b is COUNT and kind != "to":
        return False
    if a is RATIO and b not in (COUNT, RATIO):
        return False
    if a in (COUNT, RATIO) or b in (COUNT, RATIO):
        if b in (COUNT, RATIO) and a not in (COUNT, RATIO):
            return (
                kind in ("dash", "between", "to", "slash")
                and (low.prefixed or kind == "between")
                and not (
                    kind == "to"
                    and lower(view.atoms, low.first - 1) not in ("from", "between")
                    and low.number.scale != high.number.scale
                )
            )
        return not (kind == "or" and b is not COUNT and a is COUNT and high.prefixed)
    if b.code.startswith(f"{a.code}/") and not a.minor:
        return kind in ("between", "to", "dash")  # between 3 and 4 dollars a share
    return a.code == b.code and a.minor == b.minor and kind != "or"


def _year_like(view: View, quantity: Quantity) -> bool:
    """A bare number of four digits after a word that years follow: "in 2018 to 3.9 million"."""
    if quantity.unit is not COUNT or quantity.last - quantity.first != 1:
        return False
    text = view.atoms[quantity.first].text
    before = lower(view.atoms, quantity.first - 1)
    return (
        len(text) == 4
        and "1800" <= text <= "2100"
        and before in ("in", "since", "of", "by", "during", "from")
    )


def _common_scale(low: Quantity, high: Quantity, kind: str) -> tuple[float, float]:
    """The values of both ends when the magnitude is only written once (1 to 2 thousand)."""
    assert low.low is not None
    assert high.low is not None
    a, b = low.low, high.low
    scale = high.number.scale
    if low.number.scale == 1 and scale > 1 and abs(a) <= abs(b) / scale * 1.0:
        return a * scale, b
    if (
        low.number.scale == 1 and scale == 1 and kind in ("dash", "between")
        and abs(a) < 1000 <= abs(b) and b % 1000 == 0 and b / 10 <= a * 1000 < b
        and a == int(a)
    ):  # fmt: skip
        return a * 1000, b
    return a, b


def _is_odds(view: View, low: Quantity, high: Quantity, kind: str) -> bool:
    """three to one, 10-to-1, a 5-2 vote."""
    if low.unit is not COUNT or high.unit is not COUNT:
        return False
    assert low.low is not None
    assert high.low is not None
    if kind == "to":
        return high.low == 1 and low.low > 1 and low.number.scale == 1
    following = lower(view.atoms, high.last)
    before = lower(view.atoms, low.first - 1)
    if before in _VOTED:
        return True
    return following in ("vote", "decision", "ruling", "majority", "ratio", "verdict") or (
        before == "of" and lower(view.atoms, low.first - 2) in ("ratio", "odds")
    )


def _share(view: View, low: Quantity, high: Quantity) -> Quantity | None:
    """one in five, nine out of ten: a ratio below one."""
    assert low.low is not None
    assert high.low is not None
    part, whole = low.low, high.low
    if high.unit is not COUNT or low.number.scale > 1 or not 0 < part < whole:
        return None
    if part != int(part) or whole != int(whole) or low.is_range or high.is_range:
        return None
    if not (
        part == 1
        or (whole in _WHOLES and lower(view.atoms, low.last) == "out")
        or whole in (10, 100)
    ):
        return None
    if _year_like(view, high) or ("," in view.atoms[high.number.first].text and part != 1):
        return None
    value = part / whole
    return replace(
        high, first=low.first, low=value, high=value, unit=RATIO, rules=[*high.rules, "one_in"]
    )


def _odds(view: View, low: Quantity, high: Quantity) -> Quantity | None:
    assert low.low is not None
    if not high.low:
        return None
    value = low.low / high.low
    return replace(
        high, first=low.first, low=value, high=value, unit=RATIO, rules=[*high.rules, "odds"]
    )


def _is_move(view: View, i: int) -> bool:
    """Whether a word of change governs "from A to B", so that they are two figures."""
    return change_before(view, i) is not None
