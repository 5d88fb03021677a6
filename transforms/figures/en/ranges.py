"""Two numbers that are one quantity, and two that are the ends of a move."""

from __future__ import annotations

from dataclasses import replace

from transforms.figures.en.amounts import next_amount
from transforms.figures.en.changes import change_before, change_words
from transforms.figures.en.letters import lettered_alike
from transforms.figures.en.times import ends_pair
from transforms.figures.lexer import NUMBER, at, is_hyphen, lower, word_set
from transforms.figures.quantity import Quantity
from transforms.figures.rules import Joined
from transforms.figures.units import COUNT, RATIO, Unit
from transforms.figures.view import View
from transforms.words import words

#: A move that ends at this many times its size is told by its size and its end.
_WIDE = 4
_WHOLES = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 100, 1000))
_DASHES = frozenset("-‐‑–—−")
_OF_A_SHARE = word_set("about around some over than least only just that")
_ROUGHLY = word_set("about around some")


def read_range(view: View, low: Quantity) -> Quantity | None:
    """``low`` joined with the number after its connector, or None if they are apart."""
    if low.low is None or low.joined is Joined.COMPOUND or ends_pair(view, low):
        return None  # from 42,000 in 2011-12 to 31,000
    connector = _connector(view, low)
    if connector is None:
        return None
    joined, i = connector
    amount = next_amount(view, i)
    if amount is None or amount.low is None:
        return None
    low, high = lettered_alike(view, low, Quantity.of(amount))
    if joined is Joined.ONE_IN:
        return _share(view, low, high)
    if joined is Joined.BETWEEN and not high.is_range:
        nested = read_range(view, high)
        if nested is not None and nested.joined is Joined.TO:
            return None
    if not _fit(view, low, high, joined) or (joined is Joined.TO and _apart(view, low, high)):
        return None
    if joined in (Joined.TO, Joined.DASH) and _is_odds(view, low, high, joined):
        return _odds(low, high)
    return _joined(view, low, high, joined)


def _apart(view: View, low: Quantity, high: Quantity) -> bool:
    """Whether A to B are a step or a gain, and where it led: up two to 183."""
    by = lower(view.atoms, low.first - 1) == "by"
    if by and low.unit not in (COUNT, RATIO):
        return True  # lowered by a quarter of a point to 4.25%
    return _gains_and_ends(view, low, high, low.first - 1 - by)


def _joined(view: View, low: Quantity, high: Quantity, joined: Joined) -> Quantity | None:
    """Both ends in one unit, or None where their values are no range."""
    start, end = _common_scale(low, high, joined)
    if high.unit.minor and not low.unit.minor and low.unit is COUNT:
        start *= high.unit.factor  # 2 to 5 pence
    if joined is Joined.OR and not _next_to(start, end):
        return None
    if start > end and (joined is Joined.DASH or _is_tally(view, low, high, joined)):
        return None
    first = low.first
    if joined is Joined.BETWEEN:
        first = _word_before(view, low, "between")
    elif joined is Joined.TO and _is_move(view, low.first - 1):
        return None
    if start > end:
        start, end = end, start
    return replace(
        high, first=first, low=start, high=end, unit=_common_unit(low, high), joined=joined,
        prefixed=low.prefixed or high.prefixed, rules=high.by(joined),
    )  # fmt: skip


def _next_to(start: float, end: float) -> bool:
    """Whether two numbers are roughly one: two or three, 20 or 30, 10 or 15, 300 or 400."""
    step = end - start
    if start != int(start) or step <= 0:
        return False
    if step == 1:
        return end <= 100
    round_step = step >= 5 and (step == 5 or 10 ** (len(f"{step:.0f}") - 1) == step)
    return round_step and start % step == 0 and step <= start < 10 * max(step, 10)


def _is_tally(view: View, low: Quantity, high: Quantity, joined: Joined) -> bool:
    """Whether the greater of two whole counts stands first, and no "from": won 21 to 14."""
    if joined is not Joined.TO or high.unit is not COUNT or low.unit is not COUNT:
        return False
    whole = all(one.low is not None and one.low == int(one.low) for one in (low, high))
    return whole and lower(view.atoms, low.first - 1) != "from"


def _is_move(view: View, i: int) -> bool:
    """Whether a word of change governs the "from" at ``i``, so that A to B are two figures."""
    return lower(view.atoms, i) == "from" and change_before(view, i) is not None


def _common_unit(low: Quantity, high: Quantity) -> Unit:
    """The unit that is written once, or the fuller one of both (3 to 4 dollars a share)."""
    if low.unit in (COUNT, RATIO) or (high.lettered and high.unit is not COUNT):
        return high.unit
    return high.unit if high.unit.code.startswith(f"{low.unit.code}/") else low.unit


def _connector(view: View, low: Quantity) -> tuple[Joined, int] | None:
    """The kind of connector after ``low`` and where the other number begins."""
    atoms, j = view.atoms, low.last
    atom = at(atoms, j)
    if atom is None:
        return None
    following = at(atoms, j + 1)
    if atom.lower == "and" and _word_before(view, low, "between") != low.first:
        return Joined.BETWEEN, j + 1
    if atom.lower in ("to", "till"):
        if _word_before(view, low, "between") != low.first:
            return Joined.BETWEEN, j + 1
        return Joined.TO, j + 1
    if is_hyphen(atom) and atom.glued and following is not None and following.lower == "to":
        k = j + 2
        if (third := at(atoms, k)) is not None and is_hyphen(third):
            return Joined.TO, k + 1
        return None
    if atom.text in _DASHES and following is not None:
        if atom.glued == following.glued and (atom.glued or atom.text in "-–"):
            return Joined.DASH, j + 1
        if not atom.glued and following.glued and low.unit is COUNT and following.kind == NUMBER:
            return Joined.DASH, j + 1
        if atom.glued and not following.glued and following.kind == NUMBER and low.unit is COUNT:
            return Joined.DASH, j + 1
    if atom.lower == "or" and low.number.scale == 1:
        return Joined.OR, j + 1
    if atom.lower == "in" and low.unit is COUNT:
        return Joined.ONE_IN, j + 1
    if atom.lower == "out" and lower(atoms, j + 1) == "of" and low.unit is COUNT:
        return Joined.ONE_IN, j + 2
    if is_hyphen(atom) and atom.glued and following is not None and following.lower == "in":
        return Joined.ONE_IN, j + 3
    if atom.text == "/" and atom.glued and low.prefixed:
        return Joined.SLASH, j + 1
    return None


def _gains_and_ends(view: View, low: Quantity, high: Quantity, i: int) -> bool:
    """ "rose 95 to 745 yen": a gain and where it led, and no range, which is never so wide.

    ``i`` is the atom that may tell the move.
    """
    if low.low is None or high.low is None or high.unit.dimension in ("percent", "duration"):
        return False
    share = high.unit.factor if high.unit.minor and low.unit is COUNT else 1.0
    if i < 0 or high.low < _WIDE * abs(low.low) * share:
        return False
    word = view.atoms[i].lower
    if word == "of":
        return i > 0 and view.token(i - 1).lemma_.lower() in change_words("noun")
    return word in change_words("word") or view.token(i).lemma_.lower() in change_words("verb")


def _word_before(view: View, low: Quantity, word: str) -> int:
    """The atom of ``word`` where it stands before the quantity, else the quantity's first."""
    i = low.first - 1
    if lower(view.atoms, i) in _ROUGHLY or lower(view.atoms, i) in words("figures.nearly"):
        i -= 1
    return i if lower(view.atoms, i) == word else low.first


def _fit(view: View, low: Quantity, high: Quantity, joined: Joined) -> bool:
    """Whether the two may be ends of one range: units that agree, no years, no scores."""
    a, b = low.unit, high.unit
    if _year_like(view, low) and not _year_like(view, high):
        return False
    if joined is Joined.DASH and a is COUNT and b is COUNT and low.last - low.first == 1:
        texts = view.atoms[low.first].text, view.atoms[high.first].text
        if len(texts[0]) == 4 and texts[0].isdigit() and texts[0][:2] in ("18", "19", "20"):
            return len(texts[1]) == 4 and not 1800 <= (high.low or 0) <= 2100
        if any(text.startswith("0") and text != "0" for text in texts):
            return False
    if a.dimension == "ratio" and b is COUNT and joined is not Joined.TO:
        return False
    if a is RATIO and b not in (COUNT, RATIO):
        return False
    if b in (COUNT, RATIO) and a not in (COUNT, RATIO):
        return _unit_told_first(view, low, high, joined)
    if a in (COUNT, RATIO):
        return not (joined is Joined.OR and b is not COUNT and a is COUNT and high.prefixed)
    if b.code.startswith(f"{a.code}/") and not a.minor:  # between 3 and 4 dollars a share
        return joined in (Joined.BETWEEN, Joined.TO, Joined.DASH)
    return a.code == b.code and a.minor == b.minor and joined is not Joined.OR


def _unit_told_first(view: View, low: Quantity, high: Quantity, joined: Joined) -> bool:
    """Whether a high end without a unit takes that of the low one: $10 to 15, between 5% and 6."""
    if joined is Joined.OR or not (low.prefixed or joined is Joined.BETWEEN):
        return False
    led = lower(view.atoms, low.first - 1) in ("from", "between")
    return joined is not Joined.TO or led or low.number.scale == high.number.scale


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


def _common_scale(low: Quantity, high: Quantity, joined: Joined) -> tuple[float, float]:
    """The values of both ends when the magnitude is only written once (1 to 2 thousand)."""
    assert low.low is not None
    assert high.low is not None
    a, b = low.low, high.low
    scale = high.number.scale
    if low.number.scale == 1 and scale > 1 and abs(a) <= abs(b) / scale * 1.0:
        return a * scale, b
    if (
        low.number.scale == 1 and scale == 1 and joined in (Joined.DASH, Joined.BETWEEN)
        and abs(a) < 1000 <= abs(b) and b % 1000 == 0 and b / 10 <= a * 1000 < b
        and a == int(a)
    ):  # fmt: skip
        return a * 1000, b
    return a, b


def _is_odds(view: View, low: Quantity, high: Quantity, joined: Joined) -> bool:
    """three to one, 10-to-1, a 5-2 vote, voted 64 to 32."""
    if low.unit is not COUNT or high.unit is not COUNT:
        return False
    assert low.low is not None
    assert high.low is not None
    if joined is Joined.TO and high.low == 1 and low.low > 1 and low.number.scale == 1:
        return True
    following = lower(view.atoms, high.last)
    before = lower(view.atoms, low.first - 1)
    if before in words("figures.voted") or following in words("figures.decision"):
        return True
    told = lower(view.atoms, low.first - 2)
    return before == "of" and (told in words("figures.ratio") or told in words("figures.voted"))


def _share(view: View, low: Quantity, high: Quantity) -> Quantity | None:
    """one in five, nine out of ten: a ratio below one."""
    assert low.low is not None
    assert high.low is not None
    part, whole = low.low, high.low
    if high.unit is not COUNT or low.number.scale > 1 or not 0 < part < whole:
        return None
    if part != int(part) or whole != int(whole) or low.is_range or high.is_range:
        return None
    out = lower(view.atoms, low.last) == "out"
    told = part == 1 or whole in (10, 100) or (whole in _WHOLES and (out or _of_all(view, low)))
    if not told:
        return None
    if _year_like(view, high) or ("," in view.atoms[high.number.first].text and part != 1):
        return None
    return _ratio(low, high, part / whole, Joined.ONE_IN)


def _of_all(view: View, low: Quantity) -> bool:
    """Whether "two in five" is what a sentence is about or is said roughly, and no two things in
    five others: two in five drowned, nearly two in five; not "lost two in five games"."""
    token, before = view.token(low.first), lower(view.atoms, low.first - 1)
    rough = before in words("figures.nearly") or before in _OF_A_SHARE
    return rough or token.dep_ in ("nsubj", "nsubjpass") or token.is_sent_start is True


def _odds(low: Quantity, high: Quantity) -> Quantity | None:
    assert low.low is not None
    return _ratio(low, high, low.low / high.low, Joined.ODDS) if high.low else None


def _ratio(low: Quantity, high: Quantity, value: float, joined: Joined) -> Quantity:
    return replace(
        high, first=low.first, low=value, high=value, unit=RATIO, joined=joined,
        rules=high.by(joined),
    )  # fmt: skip
