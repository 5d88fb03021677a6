"""What follows a number and belongs to it: magnitude, unit, age, rate."""

from __future__ import annotations

from dataclasses import replace

from transforms.figures.en.fitting import LENGTHS, ends_sentence, unit_fits
from transforms.figures.en.labels import follows_label
from transforms.figures.en.number_words import number_words, tied_words
from transforms.figures.en.written import (
    magnified_code,
    match_rate,
    match_unit,
    nationality_of_money,
)
from transforms.figures.lexer import FRACTION, NUMBER, WORD, at, is_glued_number, is_hyphen, lower
from transforms.figures.quantity import Amount
from transforms.figures.rules import Form, Written
from transforms.figures.units import COUNT, Unit, aged, localised, years_of_age
from transforms.figures.view import View
from transforms.words import time_words, words

_OPENING = {"(": ")", "[": "]", "{": "}", "<": ">"}
#: Numbers whose unit may stand after "of" or an article: a quarter of a mile, half a pound.
_PARTS = frozenset((Form.FRACTION, Form.HALF_UNIT, Form.VAGUE, Form.HALF_SCALE))


def read_suffix(view: View, amount: Amount) -> Amount:
    """The amount with the magnitude, unit, age and rate that follow the number."""
    for reading in (_letter_scale, _unit_after, _age, _rate):
        amount = reading(view, amount)
    return amount


def _rate(view: View, amount: Amount) -> Amount:
    """RM79 a month, 80 km per hour."""
    if amount.unit is COUNT or amount.unit.dimension in ("age", "ratio"):
        return amount
    rate = match_rate(view.atoms, amount.last)
    if rate is None or not _rate_fits(view, amount, rate[2]):
        return amount
    unit = amount.unit.per(rate[0], rate[1])
    return replace(amount, unit=unit, last=rate[2], rated=True, rules=amount.by(Written.RATE))


def _rate_fits(view: View, amount: Amount, end: int) -> bool:
    """ "The $5 a day later" is no rate; nor is "5 km a second time"."""
    if view.atoms[end - 2].lower not in ("a", "an"):
        return True
    if amount.unit.dimension == "duration" and amount.unit.code in ("a", "mo"):
        return False
    following = lower(view.atoms, end)
    later = time_words("LATER", "EARLIER", "AGO", "time")
    return following not in later and following not in ("before", "after")


def _scaled(amount: Amount, factor: float, last: int) -> Amount:
    """The amount times a magnitude that is written up to ``last``."""
    value = amount.number.value
    assert value is not None
    number = replace(amount.number, value=value * factor, scale=factor)
    return replace(amount, number=number, low=value * factor, high=value * factor, last=last)


def _letter_scale(view: View, amount: Amount) -> Amount:
    """£3.5m, $4.2b, 650k; 3.6m cars (but 41m long); 45 MUSD."""
    atoms, number = view.atoms, amount.number
    atom = at(atoms, number.last)
    if atom is None or atom.kind != WORD or number.value is None or number.scale > 1:
        return amount
    coded = magnified_code(atom.text)
    if coded and not amount.prefixed:
        scaled = _scaled(amount, coded[1], number.last + 1)
        return replace(scaled, unit=coded[0], rules=amount.by(Written.CURRENCY_MAGNITUDE))
    if atoms[number.last - 1].kind not in (NUMBER, FRACTION):
        return amount
    apart = number_words("letter_apart").get(atom.text)
    factor = number_words("letter").get(atom.text) or apart
    capital = atom.text.isupper() and not amount.prefixed
    if factor is None or (capital and follows_label(atoms, number.first)):
        return amount
    counting = atom.text in number_words("letter_of_count") and (atom.glued or apart)
    if (
        (amount.prefixed and (atom.glued or apart))
        or (factor == 1e3 and atom.glued and _ends_at(view, number.last + 1))
        or (counting and _counts_plural(view, number.last + 1))
    ):
        scaled = _scaled(amount, factor, number.last + 1)
        return replace(scaled, lettered=True, rules=amount.by(Written.LETTER_SCALE))
    return amount


def _ends_at(view: View, i: int) -> bool:
    """Whether a letter before atom ``i`` is tied to no word: 650k, 20k-30k, no 10k-run."""
    atom = at(view.atoms, i)
    tied = atom is not None and is_hyphen(atom) and atom.glued
    return not tied or is_glued_number(view.atoms, i + 1)


def _counts_plural(view: View, i: int) -> bool:
    """Whether a plural noun or a unit follows, so that a glued m is million and not metre."""
    atom = at(view.atoms, i)
    if atom is None or atom.kind != WORD:
        return False
    if atom.lower in LENGTHS or atom.lower in words("figures.extent"):
        return False
    if atom.lower == "of":
        return lower(view.atoms, i + 1) in ("them", "those", "whom", "which", "its", "their", "the")
    unit = match_unit(view.atoms, i)
    if unit and atom.lower != "p":
        return True
    token = view.token(i)
    for _ in range(6):
        if token.tag_ in ("NNS", "NNPS") or token.lower_ in words("figures.plural"):
            return True
        if token.pos_ not in ("ADJ", "NOUN", "PROPN", "ADV", "CCONJ", "VERB") and token.text != "-":
            return False
        if token.tag_ in ("VBD", "VBZ", "VBP", "VB") or token.i + 1 >= len(view.doc):
            return False
        token = token.nbor()
    return False


def _unit_after(view: View, amount: Amount) -> Amount:
    """The unit that follows, also over a hyphen, in brackets or after "of" (half of a mile)."""
    atoms, j = view.atoms, amount.last
    atom = at(atoms, j)
    told = None if amount.prefixed else _told_after(view, j)
    if told is not None:  # 20+ years, 30-plus years
        j += 1 + is_hyphen(atoms[j])
        atom = at(atoms, j)
    if atom is None:
        return amount
    if is_hyphen(atom) and (atom.glued or spaced_hyphen(view, j)):
        amount = replace(amount, hyphenated=True)
        j += 1
        following = at(atoms, j)
        if following is None or (atom.glued and not following.glued):
            return amount
    if atom.text in _OPENING:
        return _unit_in_brackets(view, amount, j)
    matched = match_unit(atoms, j)
    if matched is not None and amount.hyphenated and is_glued_number(atoms, matched[1]):
        return amount  # the sign of a second amount: $5-$10
    if told is not None and matched is not None:
        amount = replace(amount, number=replace(amount.number, more=not told, about=told))
    if amount.prefixed and amount.unit.bare and matched is None and not atom.glued:
        national = nationality_of_money(atom.lower, amount.unit)
        if national is not None:
            return replace(amount, unit=national, last=j + 1)
    if matched is None and amount.number.form in _PARTS:
        matched = _unit_over_of(view, amount)
    if matched is None and not amount.prefixed:
        matched = _unit_over_more(view, j)
    if matched is None:
        return amount
    unit, end = matched
    if atoms[end - 1].text == "." and end - j > 1 and ends_sentence(view, end):
        end -= 1
    if not unit_fits(view, amount, unit, j, end):
        return amount
    return _told_twice(amount, unit, end) if amount.prefixed else _with(view, amount, unit, end)


def _told_after(view: View, i: int) -> bool | None:
    """Whether what is tied to a number before its unit makes it rough (20-odd years) or a bound
    (20+ years, 30-plus years); None where nothing is."""
    sign, word = at(view.atoms, i), at(view.atoms, i + 1)
    if sign is None or not sign.glued:
        return None
    if sign.text == "+":
        return False
    tied = is_hyphen(sign) and word is not None and word.glued
    return tied_words().get(word.lower) if tied and word is not None else None


def _unit_in_brackets(view: View, amount: Amount, j: int) -> Amount:
    """5 (km), not 5 ($3)."""
    inner = match_unit(view.atoms, j + 1)
    if inner is None or inner[0].dimension == "money" or amount.prefixed:
        return amount
    closing = at(view.atoms, inner[1])
    if closing is None or closing.text != _OPENING[view.atoms[j].text]:
        return amount
    rules = amount.by(Written.UNIT_IN_BRACKETS)
    return replace(amount, unit=inner[0], last=inner[1] + 1, rules=rules)


def _told_twice(amount: Amount, unit: Unit, end: int) -> Amount:
    """$5 million Canadian dollars, £5 sterling: the word after says the same or more."""
    if unit.dimension != "money" or unit.minor:
        return amount
    if not (unit.bare or amount.unit.bare or unit.code == amount.unit.code):
        return amount
    nouns = {one.name.lower().split()[-1] for one in (unit, amount.unit)}
    fuller = len(nouns) == 1 and not unit.bare
    return replace(amount, unit=unit if fuller else amount.unit, last=end)


def _with(view: View, amount: Amount, unit: Unit, end: int) -> Amount:
    """The amount in a unit that ends at atom ``end``, money with the magnitude after it."""
    if unit.dimension != "money":
        return replace(amount, unit=unit, last=end, rules=amount.by(Written.UNIT))
    following = at(view.atoms, end)
    if following is not None and following.glued and following.kind == NUMBER:
        return amount
    unit = localised(unit, view.country)
    factor = number_words("scale").get(lower(view.atoms, end))
    plain = amount.number.scale == 1 and amount.number.value is not None
    if factor and plain and following is not None and not following.glued:  # 75 USD million
        end += 1
        rules = amount.by(Written.CURRENCY_MAGNITUDE)
        amount = replace(_scaled(amount, factor, end), rules=rules)
    if unit.minor and amount.low is not None and amount.high is not None:
        low, high = amount.low * unit.factor, amount.high * unit.factor
        amount = replace(amount, low=low, high=high, rules=amount.by(Written.MONEY_MINOR))
    return replace(amount, unit=unit, last=end, rules=amount.by(Written.UNIT))


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


def _unit_over_of(view: View, amount: Amount) -> tuple[Unit, int] | None:
    """tens of millions of dollars, a quarter of a mile, half a pound."""
    atoms, j = view.atoms, amount.last
    if lower(atoms, j) == "of":
        j += 1
        if lower(atoms, j) in ("a", "an"):
            j += 1
        elif amount.number.form is not Form.VAGUE:
            return None
    elif lower(atoms, j) in ("a", "an"):
        j += 1
    if j == amount.last:
        return None
    return match_unit(atoms, j)


def _unit_over_more(view: View, i: int) -> tuple[Unit, int] | None:
    """five more years, 10 full days, three straight weeks: the spelled unit after a word of how."""
    told = lower(view.atoms, i)
    if told not in ("more", "other") and told not in time_words("ADDED", "RUNNING", "FULL"):
        return None
    matched = match_unit(view.atoms, i + 1)
    if matched is None or len(view.atoms[i + 1].text) < 4:
        return None
    coined = matched[0].dimension == "money" and not view.atoms[i + 1].lower.endswith("s")
    return None if coined else matched  # five more dollars, but ten more won


def _age(view: View, amount: Amount) -> Amount:
    """52-year-old, 18 months old, 3 years of age, 87 yo."""
    atoms, last = view.atoms, amount.last
    rules = amount.by(Written.AGE)
    if amount.unit is COUNT and lower(atoms, last) in words("figures.years_old"):
        return replace(amount, unit=years_of_age(), last=last + 1, rules=rules)
    unit = aged(amount.unit)
    if unit is None:
        return amount
    j = last
    if (atom := at(atoms, j)) is not None and is_hyphen(atom):
        j += 1
    if lower(atoms, j) in words("figures.old"):
        return replace(amount, unit=unit, last=j + 1, rules=rules)
    if lower(atoms, j) == "of" and lower(atoms, j + 1) in time_words("age"):
        return replace(amount, unit=unit, last=j + 2, rules=rules)
    return amount
