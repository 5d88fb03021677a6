"""What follows a number and belongs to it: magnitude, unit, age, rate."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.figures.en.numbers import (
    at,
    is_hyphen,
    lower,
    words,
)
from transforms.figures.lexer import (
    BREAK,
    FRACTION,
    NUMBER,
    WORD,
    word_set,
)
from transforms.figures.quantity import Quantity
from transforms.figures.units import (
    AGE_UNITS,
    COUNT,
    Unit,
    localised,
    magnified_code,
    match_rate,
    match_unit,
    nationality_of_dollar,
)
from transforms.figures.view import View

_OPENING = {"(": ")", "[": "]", "{": "}", "<": ">"}
#: What follows a measure of length: "41m-long" is metres, "3.6m cars" are millions.
LENGTH_WORDS = word_set(
    """
    long tall high wide deep thick away apart above below up down in ahead
    """
)


def read_suffix(view: View, quantity: Quantity) -> None:
    """The magnitude, unit, age and rate that follow the number."""
    _letter_scale(view, quantity)
    _unit_after(view, quantity)
    _age(view, quantity)
    rate = None
    if quantity.unit is not COUNT and quantity.unit.dimension not in ("age", "ratio"):
        rate = match_rate(view.atoms, quantity.last)
    if rate and _rate_fits(view, quantity, rate[2]):
        quantity.unit = quantity.unit.per(rate[0], rate[1])
        quantity.last = rate[2]
        quantity.rules.append("rate")


def _rate_fits(view: View, quantity: Quantity, end: int) -> bool:
    """ "The $5 a day later" is no rate; nor is "5 km a second time"."""
    following = lower(view.atoms, end)
    before = view.atoms[end - 2].lower if end >= 2 else ""
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


_LETTERS = {
    "m": 1e6,
    "M": 1e6,
    "b": 1e9,
    "B": 1e9,
    "k": 1e3,
    "K": 1e3,
    "t": 1e12,
    "T": 1e12,
    "mil": 1e6,
    "mm": 1e6,
    "MM": 1e6,
    "mio": 1e6,
    "Mio": 1e6,
    "G": 1e9,
}


def _scaled(quantity: Quantity, factor: float, last: int, rule: str) -> None:
    value = quantity.number.value
    assert value is not None
    quantity.number = replace(quantity.number, value=value * factor, scale=factor)
    quantity.low = quantity.high = value * factor
    quantity.last = last
    quantity.rules.append(rule)


def _letter_scale(view: View, quantity: Quantity) -> None:
    """£3.5m, $4.2b, 650k; 3.6m cars (but 41m long); 45 MUSD."""
    atoms, number = view.atoms, quantity.number
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
        or (atom.text in ("k", "K") and atom.glued and not _hyphen_word(view, number.last + 1))
        or (
            atom.text in ("m", "M", "b", "B", "mil")
            and (atom.glued or atom.text == "mil")
            and _counts_plural(view, number.last + 1)
        )
    ):
        _scaled(quantity, factor, number.last + 1, "letter_scale")


def _hyphen_word(view: View, i: int) -> bool:
    atom = at(view.atoms, i)
    return atom is not None and is_hyphen(atom) and atom.glued


def _counts_plural(view: View, i: int) -> bool:
    """Whether a plural noun or a unit follows, so that a glued m is million and not metre."""
    atom = at(view.atoms, i)
    if atom is None or atom.kind != WORD or atom.lower in LENGTH_WORDS:
        return False
    if atom.lower == "of":
        return lower(view.atoms, i + 1) in ("them", "those", "whom", "which", "its", "their", "the")
    unit = match_unit(view.atoms, i)
    if unit and atom.lower != "p":
        return True
    token = view.token(i)
    for _ in range(6):
        if token.tag_ in ("NNS", "NNPS") or token.lower_ == "people":
            return True
        if token.pos_ not in ("ADJ", "NOUN", "PROPN", "ADV", "CCONJ", "VERB") and token.text != "-":
            return False
        if token.tag_ in ("VBD", "VBZ", "VBP", "VB") or token.i + 1 >= len(view.doc):
            return False
        token = token.nbor()
    return False


def _unit_after(view: View, quantity: Quantity) -> None:
    atoms, last = view.atoms, quantity.last
    j = last
    atom = at(atoms, j)
    plus = atom is not None and atom.text == "+" and atom.glued and not quantity.prefixed
    if plus:  # 20+ years
        j += 1
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
    elif is_hyphen(atom) and spaced_hyphen(view, j):
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
    matched = match_unit(atoms, j)
    if plus and matched is not None:
        quantity.number = replace(quantity.number, more=True)
    dollar = nationality_of_dollar(atom.lower) if quantity.prefixed and quantity.unit.bare else None
    if dollar and matched is None and not atom.glued:
        quantity.unit, quantity.last = dollar, j + 1
        return
    if matched is None and quantity.number.rule in ("fraction", "half_unit", "vague", "half_scale"):
        matched = _unit_over_of(view, quantity)
    if matched is None:
        return
    unit, end = matched
    if atoms[end - 1].text == "." and end - j > 1 and _ends_sentence(view, end):
        end -= 1
    if not _unit_fits(view, quantity, unit, j, end):
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
        unit = _money_with_scale(view, quantity, localised(unit, view.country), end)
        end = max(end, quantity.last)
        if unit.minor and quantity.low is not None and quantity.high is not None:
            quantity.low, quantity.high = quantity.low * unit.factor, quantity.high * unit.factor
            quantity.rules.append("money_minor")
    quantity.unit = unit
    quantity.last = end
    quantity.rules.append("unit")
    if hyphen:
        quantity.hyphenated = True


def spaced_hyphen(view: View, i: int) -> bool:
    """A hyphen between spaces that stands for a plain one: "six - member team"."""
    hyphen, following = view.atoms[i], at(view.atoms, i + 1)
    if (
        hyphen.glued
        or following is None
        or following.glued
        or following.kind != WORD
        or hyphen.text != "-"
    ):
        return False
    token = view.token(i + 1)
    return token.tag_ in ("NN", "JJ") and not following.lower.endswith("s")


def _ends_sentence(view: View, i: int) -> bool:
    """Whether nothing, or a new sentence, begins at atom ``i``."""
    atom = at(view.atoms, i)
    return atom is None or atom.kind == BREAK or atom.text[0].isupper() or atom.text in '"”'


def _unit_over_of(view: View, quantity: Quantity) -> tuple[Unit, int] | None:
    """tens of millions of dollars, a quarter of a mile, half a pound."""
    atoms, j = view.atoms, quantity.last
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


def _money_with_scale(view: View, quantity: Quantity, unit: Unit, end: int) -> Unit:
    """75 USD million: the magnitude after the currency."""
    factor = words("scale").get(lower(view.atoms, end))
    if factor and quantity.number.scale == 1 and quantity.number.value is not None:
        following = at(view.atoms, end)
        if following is not None and not following.glued:
            _scaled(quantity, factor, end + 1, "currency_magnitude")
    return unit


def _unit_fits(view: View, quantity: Quantity, unit: Unit, start: int, end: int) -> bool:
    """Whether a spelling that has other meanings is a unit here."""
    atoms = view.atoms
    first = atoms[start]
    spelling = view.text[first.start : atoms[end - 1].end]
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
        return digits and _inch_sign(view, start, end, glued)
    if len(spelling) == 1 and following is not None and is_hyphen(following) and following.glued:
        after = at(atoms, end + 1)
        if after is not None and after.glued and after.kind == NUMBER:
            return False
    if len(spelling) == 1 and spelling.isalpha() and not digits:
        return False
    if spelling.lower() == "in":
        return digits and (glued or _is_end(view, end))
    if spelling in ("h", "s", "p", "d", "B", "b", "R", "N", "A", "W", "J", "L", "l") and not glued:
        after = at(atoms, end)
        if spelling in ("h", "L", "l", "R", "W"):
            return digits and not (after is not None and after.text == ".")
        return False
    if spelling in ("C", "F", "K") and not glued:
        after = at(atoms, end)
        return not (
            after is not None
            and after.text == "."
            and after.glued
            and at(atoms, end + 1) is not None
            and atoms[end + 1].text[:1].isupper()
        )
    if spelling == "p":
        return digits
    if spelling == "bar":
        hyphen = start > 0 and is_hyphen(atoms[start - 1])
        return hyphen or _is_end(view, end) or view.token(end).pos_ not in ("NOUN", "PROPN")
    if first.lower == "second" and unit.code == "s" and not (end - start > 1):
        one = quantity.number.value == 1
        hyphen = start > 0 and is_hyphen(atoms[start - 1])
        if following is not None and is_hyphen(following):
            return False
        return one or hyphen or digits
    if first.lower in ("won", "real", "sol", "mark", "marks", "stone", "pounds", "pound", "ether"):
        token = view.token(start)
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


def _inch_sign(view: View, start: int, end: int, glued: bool) -> bool:
    """A quotation mark after digits is inches unless it closes a quotation of its line."""
    text = view.atoms[start].text
    if text == "″" or text == "′":
        return True
    at_char = view.atoms[start].start
    line = view.text[view.text.rfind("\n", 0, at_char) + 1 : at_char]
    if text == "”" and line.count("“") > line.count("”"):
        return False
    if text == '"' and len(re.findall(r'(?<!\d)"', line)) % 2:
        return False
    return glued or _is_end(view, end)


def _is_end(view: View, i: int) -> bool:
    atom = at(view.atoms, i)
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


def _age(view: View, quantity: Quantity) -> None:
    """52-year-old, 18 months old, 3 years of age, 87 yo."""
    atoms, last = view.atoms, quantity.last
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
