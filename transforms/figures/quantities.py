"""Numbers with what belongs to them: sign, currency, unit, rate, range, compound, shared unit.

:func:`read_quantities` walks once over the atoms of a page. What it gives is still without
qualifier, and may be no quantity at all (a year, a model number): see ``qualifiers`` and
``exclusions``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from transforms.figures.lexer import (
    BREAK,
    FRACTION,
    NUMBER,
    WORD,
    atoms,
    digits_value,
    word_set,
)
from transforms.figures.numbers import (
    Number,
    at,
    begins_number,
    is_hyphen,
    lower,
    number_words,
    read_number,
    words,
)
from transforms.figures.page import Page
from transforms.figures.units import (
    AGE_UNITS,
    COUNT,
    FOLD,
    RATIO,
    Unit,
    localised,
    magnified_code,
    match_prefix,
    match_rate,
    match_unit,
    nationality_of_dollar,
)

_MINUS = frozenset("-−–")
_DASHES = frozenset("-‐‑–—−")
_OPENING = {"(": ")", "[": "]", "{": "}", "<": ">"}
#: What follows a measure of length: "37m-long" is metres, "2.7m sales" are millions.
LENGTH_WORDS = word_set(
    """
    long tall high wide deep thick away apart above below up down in ahead
    """
)


@dataclass(slots=True)
class Quantity:
    """A quantity: atoms ``first`` to ``last`` (exclusive) as written, and what they mean.

    ``low`` and ``high`` are both ends of a range, else equal; both None for vague numbers, whose
    ``bounds`` then say what they are of the order of. ``role`` tells the parts of a move: from, to.
    """

    first: int
    last: int
    number: Number
    low: float | None
    high: float | None
    unit: Unit = COUNT
    rules: list[str] = field(default_factory=list)
    qualifier: str = "exact"
    role: str = ""
    change: str = "none"
    prefixed: bool = False
    hyphenated: bool = False
    bounds: tuple[float, float] | None = None
    #: The factor of the last part of a compound, which the next one must be smaller than.
    tail: float = 0.0
    #: Where the counted noun is looked for, if not after the quantity itself (shared in a list).
    shared: int | None = None
    million: bool = False

    @property
    def is_range(self) -> bool:
        return self.low != self.high


def read_quantities(page: Page) -> list[Quantity]:
    """Every number of the page with its unit, ranges joined, in order and apart."""
    found: list[Quantity] = []
    i, floor = 0, 0
    while i < len(page.atoms):
        atom = page.atoms[i]
        if atom.kind in (NUMBER, FRACTION) or (atom.kind == WORD and begins_number(atom)):
            quantity = read_amount(page, i, floor)
            if quantity:
                quantity = _extended(page, quantity, found)
                found.append(quantity)
                i = floor = quantity.last
                continue
        i += 1
    _share_units(page, found)
    return found


def read_amount(page: Page, i: int, floor: int) -> Quantity | None:
    """The number at atom ``i`` with sign and unit; nothing before atom ``floor`` belongs to it."""
    number = read_number(page.atoms, i)
    if number is None or _in_a_word(page, number):
        return None
    first, unit, rules = number.first, None, [number.rule]
    first, negative = _sign(page, first, floor)
    prefix = match_prefix(page.atoms, first) if first > floor else None
    if prefix and prefix[1] >= floor and _prefix_fits(page, prefix[1], first, number):
        unit, first = localised(prefix[0], page.country), prefix[1]
        rules.append("currency_before")
        if not negative:
            first, negative = _sign(page, first, floor)
    quantity = Quantity(
        first, number.last, number, number.value, number.value,
        unit or COUNT, rules, prefixed=unit is not None, bounds=number.bounds,
    )  # fmt: skip
    if number.about:
        quantity.qualifier = "about"
    if not _tens(page, quantity):
        _suffix(page, quantity)
    if negative or _spaced_minus(page, quantity, floor):
        quantity.rules.append("negative")
        quantity.low, quantity.high = _negated(quantity.low), _negated(quantity.high)
    if unit is not None and unit.factor > 1 and number.scale == 1 and quantity.low is not None:
        quantity.low = quantity.high = quantity.low * unit.factor
        quantity.unit = replace(unit, factor=1.0)
        quantity.rules.append("currency_magnitude")
    if number.rule == "fraction" and quantity.unit is COUNT:
        quantity.unit = RATIO
    elif number.rule == "fold":
        quantity.unit = FOLD
    _digit_forms(page, quantity)
    return quantity


_DECADE_PARTS = {"low": (0, 3), "lower": (0, 3), "early": (0, 3), "mid": (4, 6), "middle": (4, 6),
                 "high": (7, 9), "upper": (7, 9), "late": (7, 9)}  # fmt: skip
_WHOSE = word_set("his her their my our your its")


def _digit_forms(page: Page, quantity: Quantity) -> None:
    """What is written with digits and letters: 18-fold, in the high 30s, in her 40s, 6'2"."""
    here, number = page.atoms, quantity.number
    value, last = number.value, quantity.last
    if value is None or here[number.first].kind != NUMBER or quantity.unit is not COUNT:
        return
    atom = at(here, last)
    if atom is None:
        return
    if lower(here, last + is_hyphen(atom)) == "fold":
        quantity.unit, quantity.last = FOLD, last + is_hyphen(atom) + 1
        quantity.rules.append("fold")
    elif atom.text in "'’′" and atom.glued and 2 <= value <= 9 and number.rule == "digits":
        inches = at(here, last + 1)
        mark = at(here, last + 2)
        if (
            inches is not None
            and inches.kind == NUMBER
            and mark is not None
            and mark.text in "\"”″'’"
        ):
            quantity.unit, quantity.last = _foot(), last + 3
            quantity.low = quantity.high = value + digits_value(inches.text) / 12
            quantity.rules.append("feet_and_inches")


@cache
def _foot() -> Unit:
    found = match_unit(atoms("foot"), 0)
    assert found is not None
    return found[0]


def _tens(page: Page, quantity: Quantity) -> bool:
    """in the high 30s (37 to 39), in her 40s (40 to 49, an age)."""
    page_atoms, first, last = page.atoms, quantity.first, quantity.last
    value = quantity.number.value
    if value is None or page_atoms[first].kind != NUMBER or quantity.prefixed:
        return False
    after = at(page_atoms, last)
    if after is not None and after.text in "'’" and after.glued:
        last += 1
        after = at(page_atoms, last)
    if (
        after is None
        or after.lower != "s"
        or not after.glued
        or value % 10
        or not 20 <= value <= 100
    ):
        return False
    i = first - 1
    if i >= 0 and is_hyphen(page_atoms[i]):
        i -= 1
    part = _DECADE_PARTS.get(lower(page_atoms, i))
    owner = lower(page_atoms, i - 1 if part else i)
    if owner not in _WHOSE and not (part and owner == "the"):
        return False
    low, high = part or (0, 9)
    quantity.first = i if part else first
    quantity.last = last + 1
    quantity.low, quantity.high = value + low, value + high
    quantity.rules.append("tens")
    if owner in _WHOSE and owner != "its":
        quantity.unit = AGE_UNITS["a"]
    return True


def _spaced_minus(page: Page, quantity: Quantity, floor: int) -> bool:
    """ "- 20 degrees Fahrenheit", as a tokeniser leaves it."""
    before = at(page.atoms, quantity.first - 1) if quantity.first > floor else None
    if before is None or before.text not in "-−" or quantity.unit.dimension != "temperature":
        return False
    further = at(page.atoms, quantity.first - 2)
    if before.glued or (further is not None and further.kind == NUMBER):
        return False
    quantity.first -= 1
    return True


def _negated(value: float | None) -> float | None:
    return None if value is None else -value


def _in_a_word(page: Page, number: Number) -> bool:
    """Digits that are part of a name or of an identifier: G7, M21, 1.2.3, 2019-09-01T10:38."""
    atoms = page.atoms
    first, before = atoms[number.first], at(atoms, number.first - 1)
    if first.glued and before is not None:
        if before.kind == NUMBER or before.text == "_":
            return True
        if before.kind == WORD and first.kind == NUMBER:
            return match_prefix(atoms, number.first) is None
        if before.text in ".:" and number.first >= 2 and before.glued:
            further = atoms[number.first - 2]
            return further.kind == NUMBER or (before.text == "." and further.kind == WORD)
        if is_hyphen(before) and before.glued and number.first >= 2 and first.kind == NUMBER:
            further = atoms[number.first - 2]
            return (
                further.kind in (WORD, NUMBER)
                and number.first >= 2
                and _names_model(page, number.first - 2)
            )
    after = at(atoms, number.last)
    if after is not None and after.glued and after.kind == NUMBER:
        return True
    if after is not None and after.text in ".:" and after.glued and first.kind == NUMBER:
        following = at(atoms, number.last + 1)
        return following is not None and following.glued and following.kind == NUMBER
    return False


_BEFORE_HYPHEN = word_set(
    """
    minus sub mid under over plus pre post to and or near about nearly some up non another the
    a one
    """
)  # fmt: skip


def _names_model(page: Page, i: int) -> bool:
    """Whether a word before a hyphen makes a name of the number after it (F-16, SCP-173)."""
    atom = page.atoms[i]
    if atom.kind != WORD:
        return False
    if atom.lower in _BEFORE_HYPHEN or atom.lower in number_words():
        return False
    return match_unit(page.atoms, i) is None and match_prefix(page.atoms, i + 1) is None


def _sign(page: Page, first: int, floor: int) -> tuple[int, bool]:
    """Where the number begins with its sign, and whether it is negative."""
    atoms = page.atoms
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
    if before.lower in ("minus", "negative") and atoms[first].kind != BREAK:
        return first - 1, True
    if before.text == "+" and atoms[first].glued and not before.glued:
        return first - 1, False
    return first, False


def _prefix_fits(page: Page, start: int, end: int, number: Number) -> bool:
    """Letters are a currency only as a word of their own; one letter only glued to an amount."""
    atoms = page.atoms
    text = page.text[atoms[start].start : atoms[end - 1].end]
    gap = atoms[number.first].start - atoms[end - 1].end
    before = at(atoms, start - 1)
    if (
        before is not None
        and atoms[start].glued
        and atoms[start].kind == WORD
        and before.kind in (WORD, NUMBER)
    ):
        return False
    if gap > 1 or page.text[atoms[start].start : atoms[number.first].start].count("\n"):
        return False
    if text.isalpha() and len(text) == 1:
        digits = page.text[atoms[number.first].start : atoms[number.last - 1].end]
        return gap == 0 and (len(digits) > 2)
    if (
        text.isalpha()
        and len(text) == 2
        and text.isupper()
        and text not in ("RM", "Rs", "Rp", "TL")
    ):
        return gap == 0 or number.scale > 1
    return True


def _suffix(page: Page, quantity: Quantity) -> None:
    """The magnitude, unit, age and rate that follow the number."""
    _letter_scale(page, quantity)
    _unit_after(page, quantity)
    _age(page, quantity)
    rate = None
    if quantity.unit is not COUNT and quantity.unit.dimension not in ("age", "ratio"):
        rate = match_rate(page.atoms, quantity.last)
    if rate and _rate_fits(page, quantity, rate[2]):
        quantity.unit = quantity.unit.per(rate[0], rate[1])
        quantity.last = rate[2]
        quantity.rules.append("rate")


def _rate_fits(page: Page, quantity: Quantity, end: int) -> bool:
    """ "The $5 a day later" is no rate; nor is "5 km a second time"."""
    following = lower(page.atoms, end)
    before = page.atoms[end - 2].lower if end >= 2 else ""
    if before in ("a", "an") and following in (
        "later",
        "earlier",
        "ago",
        "before",
        "after",
        "time",
    ):
        return False
    return not (
        before in ("a", "an")
        and quantity.unit.dimension == "duration"
        and quantity.unit.code in ("a", "mo")
    )


_LETTERS = {"m": 1e6, "M": 1e6, "b": 1e9, "B": 1e9, "k": 1e3, "K": 1e3, "t": 1e12, "T": 1e12, "mil": 1e6,
            "mm": 1e6, "MM": 1e6, "mio": 1e6, "Mio": 1e6, "G": 1e9}  # fmt: skip


def _scaled(quantity: Quantity, factor: float, last: int, rule: str) -> None:
    value = quantity.number.value
    assert value is not None
    quantity.number = replace(quantity.number, value=value * factor, scale=factor)
    quantity.low = quantity.high = value * factor
    quantity.last = last
    quantity.rules.append(rule)


def _letter_scale(page: Page, quantity: Quantity) -> None:
    """£3.5m, $4.2b, 650k; 2.7m sales (but 37m long); 30 MUSD."""
    atoms, number = page.atoms, quantity.number
    atom = at(atoms, number.last)
    if atom is None or atom.kind != WORD or number.value is None or number.scale > 1:
        return
    coded = magnified_code(atom.text)
    if coded and not quantity.prefixed:
        quantity.unit = coded[0]
        _scaled(quantity, coded[1], number.last + 1, "currency_magnitude")
        return
    if atoms[number.last - 1].kind not in (NUMBER, FRACTION):
        return
    factor = _LETTERS.get(atom.text)
    if factor is None:
        return
    if (
        (quantity.prefixed and (atom.glued or atom.text in ("mil", "mio", "Mio")))
        or (atom.text in ("k", "K") and atom.glued and not _hyphen_word(page, number.last + 1))
        or (
            atom.text in ("m", "M", "b", "B", "mil")
            and (atom.glued or atom.text == "mil")
            and _counts_plural(page, number.last + 1)
        )
    ):
        _scaled(quantity, factor, number.last + 1, "letter_scale")


def _hyphen_word(page: Page, i: int) -> bool:
    atom = at(page.atoms, i)
    return atom is not None and is_hyphen(atom) and atom.glued


def _counts_plural(page: Page, i: int) -> bool:
    """Whether a plural noun or a unit follows, so that a glued m is million and not metre."""
    atom = at(page.atoms, i)
    if atom is None or atom.kind != WORD or atom.lower in LENGTH_WORDS:
        return False
    if atom.lower == "of":
        return lower(page.atoms, i + 1) in ("them", "those", "whom", "which", "its", "their", "the")
    unit = match_unit(page.atoms, i)
    if unit and atom.lower != "p":
        return True
    token = page.token(i)
    for _ in range(6):
        if token.tag_ in ("NNS", "NNPS") or token.lower_ == "people":
            return True
        if token.pos_ not in ("ADJ", "NOUN", "PROPN", "ADV", "CCONJ", "VERB") and token.text != "-":
            return False
        if token.tag_ in ("VBD", "VBZ", "VBP", "VB") or token.i + 1 >= len(page.doc):
            return False
        token = token.nbor()
    return False


def _unit_after(page: Page, quantity: Quantity) -> None:
    atoms, last = page.atoms, quantity.last
    j = last
    atom = at(atoms, j)
    if atom is None:
        return
    hyphen = is_hyphen(atom) and atom.glued
    if hyphen:
        quantity.hyphenated = True
        j += 1
        following = at(atoms, j)
        if following is None or not following.glued:
            return
    elif is_hyphen(atom) and spaced_hyphen(page, j):
        quantity.hyphenated = True
        j += 1
    bracket = _OPENING.get(atom.text)
    if bracket:
        inner = match_unit(atoms, j + 1)
        if (
            inner
            and inner[0].dimension != "money"
            and at(atoms, inner[1])
            and atoms[inner[1]].text == bracket
        ) and not quantity.prefixed:
            quantity.unit, quantity.last = inner[0], inner[1] + 1
            quantity.rules.append("unit_in_brackets")
        return
    if quantity.prefixed and quantity.unit.bare and (dollar := nationality_of_dollar(atom.lower)):
        if page.text[atoms[j - 1].end : atom.start] == " " and match_unit(atoms, j) is None:
            quantity.unit, quantity.last = dollar, j + 1
            return
    matched = match_unit(atoms, j)
    if matched is None and quantity.number.rule in ("fraction", "half_unit", "vague", "half_scale"):
        matched = _unit_over_of(page, quantity)
    if matched is None:
        return
    unit, end = matched
    if atoms[end - 1].text == "." and end - j > 1 and _ends_sentence(page, end):
        end -= 1
    if not _unit_fits(page, quantity, unit, j, end):
        return
    if quantity.prefixed:
        if unit.dimension != "money" or unit.minor:
            return
        if not unit.bare and not quantity.unit.bare and unit.code != quantity.unit.code:
            return
        if not unit.bare:
            quantity.unit = unit
        quantity.last = end
        return
    following = at(atoms, end)
    if (
        unit.dimension == "money"
        and following is not None
        and following.glued
        and following.kind == NUMBER
    ):
        return
    if unit.dimension == "money":
        unit = _money_with_scale(page, quantity, localised(unit, page.country), end)
        end = max(end, quantity.last)
        if unit.minor and quantity.low is not None and quantity.high is not None:
            quantity.low, quantity.high = quantity.low * unit.factor, quantity.high * unit.factor
            quantity.rules.append("money_minor")
    quantity.unit = unit
    quantity.last = end
    quantity.rules.append("unit")
    if hyphen:
        quantity.hyphenated = True


def spaced_hyphen(page: Page, i: int) -> bool:
    """A hyphen between spaces that stands for a plain one: "six - member team", "30 - year bonds"."""
    hyphen, following = page.atoms[i], at(page.atoms, i + 1)
    if (
        hyphen.glued
        or following is None
        or following.glued
        or following.kind != WORD
        or hyphen.text != "-"
    ):
        return False
    token = page.token(i + 1)
    return token.tag_ in ("NN", "JJ") and not following.lower.endswith("s")


def _ends_sentence(page: Page, i: int) -> bool:
    """Whether nothing, or a new sentence, begins at atom ``i``."""
    atom = at(page.atoms, i)
    return atom is None or atom.kind == BREAK or atom.text[0].isupper() or atom.text in '"”'


def _unit_over_of(page: Page, quantity: Quantity) -> tuple[Unit, int] | None:
    """tens of millions of dollars, a quarter of a mile, half a pound."""
    atoms, j = page.atoms, quantity.last
    if lower(atoms, j) == "of":
        j += 1
        if lower(atoms, j) in ("a", "an"):
            j += 1
        elif quantity.number.rule != "vague":
            return None
    elif lower(atoms, j) in ("a", "an"):
        j += 1
    if j == quantity.last:
        return None
    return match_unit(atoms, j)


def _money_with_scale(page: Page, quantity: Quantity, unit: Unit, end: int) -> Unit:
    """75 USD million: the magnitude after the currency."""
    factor = words("scale").get(lower(page.atoms, end))
    if factor and quantity.number.scale == 1 and quantity.number.value is not None:
        following = at(page.atoms, end)
        if following is not None and not following.glued:
            _scaled(quantity, factor, end + 1, "currency_magnitude")
    return unit


def _unit_fits(page: Page, quantity: Quantity, unit: Unit, start: int, end: int) -> bool:
    """Whether a spelling that has other meanings is a unit here."""
    atoms = page.atoms
    first = atoms[start]
    spelling = page.text[first.start : atoms[end - 1].end]
    digits = atoms[quantity.number.last - 1].kind in (NUMBER, FRACTION)
    glued = first.glued and not (start > 0 and is_hyphen(atoms[start - 1]))
    following = at(atoms, end)
    if (
        following is not None
        and following.glued
        and following.kind in (WORD, NUMBER)
        and spelling[-1].isalpha()
    ):
        return spelling.lower() in ("m", "km", "cm", "mm", "ft") and following.text in (
            "2",
            "3",
            "²",
            "³",
        )
    if spelling in ("″", "”", '"', "′"):
        return digits and _inch_sign(page, start, end, glued)
    if len(spelling) == 1 and following is not None and is_hyphen(following) and following.glued:
        after = at(atoms, end + 1)
        if after is not None and after.glued and after.kind == NUMBER:
            return False
    if len(spelling) == 1 and spelling.isalpha() and not digits:
        return False
    if spelling.lower() == "in":
        return digits and (glued or _is_end(page, end))
    if spelling in ("h", "s", "p", "d", "B", "b", "R", "N", "A", "W", "J", "L", "l") and not glued:
        after = at(atoms, end)
        if spelling in ("h", "L", "l", "R", "W"):
            return digits and not (after is not None and after.text == ".")
        return False
    if spelling in ("C", "F", "K") and not glued:
        after = at(atoms, end)
        return not (after is not None and after.text == "." and after.glued and at(atoms, end + 1) is not None
                    and atoms[end + 1].text[:1].isupper())  # fmt: skip
    if spelling == "p":
        return digits
    if first.lower == "second" and unit.code == "s" and not (end - start > 1):
        one = quantity.number.value == 1
        hyphen = start > 0 and is_hyphen(atoms[start - 1])
        if following is not None and is_hyphen(following):
            return False
        return one or hyphen or digits
    if first.lower in ("won", "real", "sol", "mark", "marks", "stone", "pounds", "pound", "ether"):
        token = page.token(start)
        if first.lower in ("won", "mark", "marks", "real", "sol", "stone") and token.pos_ in (
            "VERB",
            "ADJ",
            "AUX",
            "PROPN",
        ):
            return False
    if spelling == "cc" or spelling == "ct" or spelling == "mo":
        return digits
    return True


def _inch_sign(page: Page, start: int, end: int, glued: bool) -> bool:
    """A quotation mark after digits is inches unless it closes a quotation of its line."""
    text = page.atoms[start].text
    if text == "″" or text == "′":
        return True
    at_char = page.atoms[start].start
    line = page.text[page.text.rfind("\n", 0, at_char) + 1 : at_char]
    if text == "”" and line.count("“") > line.count("”"):
        return False
    if text == '"' and len(re.findall(r'(?<!\d)"', line)) % 2:
        return False
    return glued or _is_end(page, end)


def _is_end(page: Page, i: int) -> bool:
    atom = at(page.atoms, i)
    if atom is None or atom.kind == BREAK:
        return True
    return atom.text in ").,;:x×/" or atom.lower in (
        "long",
        "tall",
        "wide",
        "high",
        "deep",
        "thick",
        "screen",
        "display",
    )


def _age(page: Page, quantity: Quantity) -> None:
    """52-year-old, 18 months old, 3 years of age, 87 yo."""
    atoms, last = page.atoms, quantity.last
    if quantity.unit is COUNT and lower(atoms, last) in ("yo", "yrs-old", "y/o"):
        quantity.unit, quantity.last = AGE_UNITS["a"], last + 1
        quantity.rules.append("age")
        return
    aged = AGE_UNITS.get(quantity.unit.code) if quantity.unit.dimension == "duration" else None
    if aged is None:
        return
    j = last
    if (atom := at(atoms, j)) is not None and is_hyphen(atom):
        j += 1
    if lower(atoms, j) in ("old", "olds"):
        quantity.last = j + 1
    elif lower(atoms, j) == "of" and lower(atoms, j + 1) == "age":
        quantity.last = j + 2
    else:
        return
    quantity.unit = aged
    quantity.rules.append("age")


def _extended(page: Page, quantity: Quantity, found: list[Quantity]) -> Quantity:
    """The quantity with the rest of its range or compound, as far as they go."""
    for production in (_range, _compound):
        longer = production(page, quantity)
        while longer is not None:
            quantity = longer
            longer = production(page, quantity) if production is _compound else None
    return quantity


def next_amount(page: Page, i: int) -> Quantity | None:
    """The amount that begins at atom ``i``, with its currency sign first if it has one."""
    for j in range(i, min(i + 5, len(page.atoms))):
        atom = page.atoms[j]
        if atom.kind in (NUMBER, FRACTION) or (atom.kind == WORD and begins_number(atom)):
            amount = read_amount(page, j, i)
            return amount if amount is not None and amount.first == i else None
        if atom.kind == BREAK:
            return None
    return None


def _range(page: Page, low: Quantity) -> Quantity | None:
    """between A and B, A to B, A-B, A or B: one quantity with both ends."""
    from transforms.figures.ranges import read_range

    return read_range(page, low)


def _compound(page: Page, whole: Quantity) -> Quantity | None:
    """6 ft 2 in, 1 h 40 min, 3 dollars and 50 cents: the parts added up in the first unit."""
    unit = whole.unit
    if whole.low is None or whole.is_range or not unit.factor or "rate" in whole.rules:
        return None
    if unit.dimension not in ("length", "mass", "duration", "money", "angle"):
        return None
    j = whole.last
    if unit.dimension != "money" and lower(page.atoms, j) == ",":
        j += 1
    if lower(page.atoms, j) == "and":
        j += 1
    part = next_amount(page, j)
    if part is None or part.low is None or part.prefixed or part.is_range:
        return None
    smallest = whole.tail or unit.factor
    if unit.dimension == "money":
        cents = part.unit.minor and not unit.minor and part.unit.code in (unit.code, "USD", "EUR")
        if not cents and not _bare_cents(page, whole, part):
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


def _bare_cents(page: Page, whole: Quantity, part: Quantity) -> bool:
    """ "15 dollars 50": a bare number of two digits after the whole, and nothing that it counts."""
    assert part.low is not None
    if whole.prefixed or whole.unit.minor or part.unit is not COUNT or not 10 <= part.low <= 99:
        return False
    if whole.tail or part.low != int(part.low) or whole.low != int(whole.low or 0):
        return False
    following = at(page.atoms, part.last)
    return (
        following is None
        or following.text in ".,;!?)"
        or following.lower in ("more", "less")
        or (following.kind == BREAK)
    )


def _share_units(page: Page, found: list[Quantity]) -> None:
    """3, 5 and 7 km: numbers of a list take the unit of its last; four-, five- and six-cylinder."""
    for nearer, farther in _neighbours(page, found):
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


def _neighbours(page: Page, found: list[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs of quantities with nothing but a comma, "and" or "or" between, the last pair first."""
    for nearer, farther in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        between = [a.lower for a in page.atoms[nearer.last : farther.first]]
        if (
            between
            and all(b in (",", "and", "or", "-", "/", "&") for b in between)
            and len(between) <= 3
        ):
            yield nearer, farther
