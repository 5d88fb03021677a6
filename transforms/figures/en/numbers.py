"""The number grammar: from atoms to the value of one number, however news writes it.

Each production has a form, which is the first name in the ``rule`` column. A production takes the
atoms and a position and gives a :class:`Number`, or None if it does not fit there.
"""

from __future__ import annotations

from transforms.figures.en.number_words import (
    after,
    after_article,
    beginning,
    folded,
    is_half,
    multiples,
    number_words,
    spelled_scale,
    with_scale,
)
from transforms.figures.en.parts import and_a_half, fraction_in_words, half, half_more
from transforms.figures.en.scientific import scientific
from transforms.figures.en.written import match_unit
from transforms.figures.lexer import (
    FRACTION,
    NUMBER,
    VULGAR,
    WORD,
    Atom,
    Atoms,
    at,
    digits_value,
    is_hyphen,
    lower,
)
from transforms.figures.quantity import Number
from transforms.figures.rules import Form
from transforms.words import time_words, words

DIGITS = frozenset((NUMBER, FRACTION))
#: What stands before a scale of which there is more than one, or which only tells the kind.
_NOT_ONE = frozenset(("many", "multi", "plus", "per", "the", "that", "this", "every", "each", "of"))
_SLASHES = frozenset("/⁄∕")
#: Denominators that a fraction in digits has (9/11 and 24/7 are none).
_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 8, 9, 10, 12, 16, 20, 32, 64, 100, 128, 1000))


def begins_number(atom: Atom) -> bool:
    """Whether a number may begin at an atom: digits, or a word of number."""
    return atom.kind in DIGITS or atom.lower in beginning()


def beginnings(atoms: Atoms) -> list[int]:
    """The atoms at which a number may begin."""
    words = beginning()
    return [
        i
        for i, atom in enumerate(atoms)
        if atom.lower in words
        or atom.kind in DIGITS
        or (atom.lower == "as" and begins_as_many(atoms, i))
    ]


def begins_as_many(atoms: Atoms, i: int) -> bool:
    """Whether "as many again" stands at atom ``i``: a number that was told before."""
    if atoms[i].lower != "as" or lower(atoms, i + 1) not in ("many", "much"):
        return False
    half = i > 0 and is_half(atoms[i - 1].lower)  # half as much again as the wage
    return lower(atoms, i + 2) == "again" and lower(atoms, i + 3) != "as" and not half


def read_number(atoms: Atoms, i: int) -> Number | None:
    """The number that begins at atom ``i``, as long as it goes; None where none does."""
    atom = atoms[i]
    if atom.kind in DIGITS:
        return _digits(atoms, i)
    if atom.lower in ("a", "an"):
        following = lower(atoms, after(atoms, i + 1))
        if following not in after_article():
            return _one_time(atoms, i, following)
    for production in (_fold, _vague, half, _indefinite, fraction_in_words, _in_words, _unsaid):
        number = production(atoms, i)
        if number:
            return number
    return None


def _digits(atoms: Atoms, i: int) -> Number:
    """1,288 / 12.5 / 3 1/2 / 2½ / 1/16 / 4 hundred million / 12-thousand / 3.6E+04."""
    atom = atoms[i]
    if atom.kind == FRACTION:
        return with_scale(atoms, Number(i, i + 1, VULGAR[atom.text], 1.0, Form.FRACTION))
    if (power := scientific(atoms, i)) is not None:
        return power
    fraction = _fraction_in_digits(atoms, i)
    if fraction is not None:
        return with_scale(atoms, Number(i, i + 3, fraction, 1.0, Form.FRACTION))
    value, last = digits_value(atom.text), i + 1
    mixed = _mixed(atoms, last) if "." not in atom.text else None
    if mixed is None:
        return half_more(atoms, with_scale(atoms, Number(i, last, value, 1.0, Form.DIGITS)))
    return with_scale(atoms, Number(i, mixed[0], value + mixed[1], 1.0, Form.MIXED_FRACTION))


def _mixed(atoms: Atoms, last: int) -> tuple[int, float] | None:
    """The fraction after a whole number (2½, 3 1/2, 2 and a half): its end and value."""
    following = at(atoms, last)
    if following and following.kind == FRACTION:
        return last + 1, VULGAR[following.text]
    j = after(atoms, last)
    inner = _fraction_in_digits(atoms, j)
    if inner is not None and "," not in atoms[last - 1].text:
        return j + 3, inner
    return and_a_half(atoms, last)


def _fraction_in_digits(atoms: Atoms, i: int) -> float | None:
    """1/16, of three glued atoms, as a value below one; None for dates and other slashes."""
    if i + 2 >= len(atoms):
        return None
    over, slash, under = atoms[i], atoms[i + 1], atoms[i + 2]
    if slash.text not in _SLASHES or not (slash.glued and under.glued):
        return None
    if over.kind != NUMBER or under.kind != NUMBER:
        return None
    following = at(atoms, i + 3)
    if following and following.glued and (following.text in _SLASHES or following.kind == NUMBER):
        return None
    if not (over.text.isdigit() and under.text.isdigit()):
        return None
    numerator, denominator = int(over.text), int(under.text)
    if denominator not in _DENOMINATORS or not 0 < numerator < denominator:
        return None
    return numerator / denominator


def _in_words(atoms: Atoms, i: int) -> Number | None:
    """twenty-eight thousand six hundred and forty-two; two and a half million; two dozen."""
    units, tens, hundred = number_words("unit"), number_words("ten"), number_words("hundred")
    dozens = number_words("group")
    total = current = 0.0
    last, seen, scale = i, "", 1.0
    j = i
    while (atom := at(atoms, j)) is not None and atom.kind == WORD:
        word = atom.lower
        if (word in units and seen in ("", "hundred", "scale", "and")) or (
            word in units and seen == "ten" and 0 < units[word] < 10
        ):
            current, seen = current + units[word], "unit"
        elif word in tens and seen in ("", "hundred", "scale", "and"):
            current, seen = current + tens[word], "ten"
        elif word in hundred and seen in ("unit", "ten") and current:
            current, seen = current * hundred[word], "hundred"
        elif seen and seen != "and" and (factor := spelled_scale(word)):
            if seen == "scale":
                total *= factor
            else:
                total, current = total + current * factor, 0.0
            scale, seen = factor, "scale"
        elif word in dozens and seen in ("unit", "ten") and not total:
            return Number(i, j + 1, current * dozens[word], 1.0, Form.DOZEN)
        elif word == "and" and seen in ("hundred", "scale"):
            following = lower(atoms, j + 1)
            if following not in units and following not in tens:
                break
            seen = "and"
            j += 1
            continue
        else:
            break
        last = j + 1
        j = after(atoms, last)
    if last == i:
        return None
    if seen == "hundred" and scale == 1.0:
        scale = 100.0
    if scale == 1.0 and (mixed := and_a_half(atoms, last)):
        value = total + current + mixed[1]
        return with_scale(atoms, Number(i, mixed[0], value, 1.0, Form.MIXED_FRACTION))
    form = Form.WORDS if scale == 1.0 else Form.WORDS_SCALE
    number = Number(i, last, total + current, scale, form)
    if scale == 1.0:
        number = with_scale(atoms, number)  # twenty-odd thousand
    return half_more(atoms, number)


def _fold(atoms: Atoms, i: int) -> Number | None:
    """sixfold, tenfold."""
    value = folded(atoms[i].lower)
    return Number(i, i + 1, value, 1.0, Form.FOLD) if value else None


def _indefinite(atoms: Atoms, i: int) -> Number | None:
    """a hundred, a million, a dozen, a couple of."""
    if atoms[i].lower not in ("a", "an"):
        return None
    j = after(atoms, i + 1)
    word = lower(atoms, j)
    if pair := number_words("pair").get(word):
        return _couple(atoms, i, j + 1, pair)
    if dozen := number_words("group").get(word):
        return Number(i, j + 1, dozen, 1.0, Form.DOZEN)
    factor = spelled_scale(word) or number_words("hundred").get(word)
    if factor is None:
        return None
    number = with_scale(atoms, Number(i, j + 1, factor, 1.0, Form.INDEFINITE))
    rest = _remainder(atoms, number.last, factor)
    if rest:
        return Number(i, rest.last, factor + (rest.value or 0), factor, Form.WORDS_SCALE)
    scale = max(number.scale, factor)
    return half_more(atoms, Number(i, number.last, number.value, scale, Form.INDEFINITE))


def _unsaid(atoms: Atoms, i: int) -> Number | None:
    """hundred dollars, thousand rupees: one of a scale that money follows at once."""
    factor = spelled_scale(atoms[i].lower) or number_words("hundred").get(atoms[i].lower)
    before, money = at(atoms, i - 1), match_unit(atoms, i + 1)
    if factor is None or money is None or money[0].dimension != "money" or atoms[i].glued:
        return None
    if before is not None and (is_hyphen(before) or before.lower in _NOT_ONE):
        return None
    plural = atoms[i + 1].lower.endswith("s") or not money[0].bare
    return Number(i, i + 1, factor, factor, Form.INDEFINITE) if plural else None


def _one_time(atoms: Atoms, i: int, unit: str) -> Number | None:
    """more than a year, less than a month: one of a unit of time that is said to be so long.

    What is 8% more than a year before is compared with that year.
    """
    before = lower(atoms, i - 1) if i else ""
    earlier = lower(atoms, i + 2) == "before" or lower(atoms, i + 2) in time_words("EARLIER")
    if before == "than" and earlier and any(a.kind == NUMBER for a in atoms[max(0, i - 4) : i - 2]):
        return None
    if before not in {"than", "least", "most", "about", *words("figures.nearly")}:
        return None
    return Number(i, i + 1, 1.0, 1.0, Form.INDEFINITE) if unit in time_words("UNIT") else None


def _couple(atoms: Atoms, i: int, k: int, pair: float) -> Number | None:
    """a couple hundred, a couple of million, a couple of: what follows the couple at ``k``."""
    of = lower(atoms, k) == "of"
    if factor := multiples().get(lower(atoms, k + of)):
        return Number(i, k + of + 1, pair * factor, factor, Form.COUPLE, about=True)
    return Number(i, k + 1, pair, 1.0, Form.COUPLE, about=True) if of else None


def _remainder(atoms: Atoms, i: int, below: float) -> Number | None:
    """What follows in "a hundred and twenty": a number in words that is smaller."""
    if lower(atoms, i) != "and":
        return None
    number = _in_words(atoms, i + 1)
    return number if number and number.value is not None and number.value < below else None


def _vague(atoms: Atoms, i: int) -> Number | None:
    """dozens, thousands, tens of thousands, several hundred, a few dozen, several."""
    last = _plurals(atoms, i) or _few(atoms, i)
    if last is not None:
        return Number(i, last, None, 1.0, Form.VAGUE)
    j = i + 1 if atoms[i].lower in ("a", "an") else i
    return Number(i, j + 1, None, 1.0, Form.SEVERAL) if lower(atoms, j) == "several" else None


def _plurals(atoms: Atoms, i: int) -> int | None:
    """Where dozens, tens of thousands, scores of, million of end; tens alone are none."""
    word, of = atoms[i].lower, lower(atoms, i + 1) == "of"
    plural = number_words("plural")
    if word in plural or (of and word in number_words("plural_of")):
        last = i + 1
    elif of and word in number_words("plural_of_plural") and lower(atoms, i + 2) in plural:
        last = i + 3
    elif of and (spelled_scale(word) or word in number_words("hundred")):
        return i + 1
    else:
        return None
    while lower(atoms, last) == "of" and lower(atoms, last + 1) in plural:
        last += 2
    return last


def _few(atoms: Atoms, i: int) -> int | None:
    """Where several hundred, a few dozen, a few hundred million end."""
    j = i + 1 if atoms[i].lower in ("a", "an") else i
    if lower(atoms, j) not in ("several", "few") or lower(atoms, j + 1) not in multiples():
        return None
    last = j + 2
    while spelled_scale(lower(atoms, last)):
        last += 1
    return last
