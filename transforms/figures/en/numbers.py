"""The number grammar: from atoms to the value of one number, however news writes it.

Each production has a name, which ends up in the ``rule`` column. A production takes the atoms and
a position and gives a :class:`Number`, or None if it does not fit there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from transforms.figures.lexer import FRACTION, NUMBER, VULGAR, WORD, Atom, digits_value, word_set
from transforms.reference import reference

Atoms = Sequence[Atom]

_HYPHENS = frozenset("-‐‑–")
_SLASHES = frozenset("/⁄∕")
#: Denominators that a fraction in digits has (9/11 and 24/7 are none).
_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 8, 9, 10, 12, 16, 20, 32, 64, 100, 128, 1000))


@dataclass(frozen=True, slots=True)
class Number:
    """A number: atoms ``first`` to ``last`` (exclusive), its value, and the scale inside it.

    ``value`` is None for vague numbers (dozens); then ``bounds`` says what they are of the order
    of. ``scale`` is the product of the scale words (1 if there are none); ``more`` tells that a
    plus stands inside the number (2.5+ million).
    """

    first: int
    last: int
    value: float | None
    scale: float
    rule: str
    bounds: tuple[float, float] | None = None
    about: bool = False
    more: bool = False


@cache
def words(kind: str) -> dict[str, float]:
    """The number words of one kind."""
    return {
        row["word"]: float(row["value"]) for row in reference("number_words") if row["kind"] == kind
    }


@cache
def number_words() -> frozenset[str]:
    """The words at which a number may begin."""
    begin = ("unit", "ten", "hundred", "scale", "group", "plural")
    found = {word for kind in begin for word in words(kind)}
    return frozenset(found | {"half", "quarter", "several", "couple", "third", "a", "an", "few"})


@cache
def _continuing() -> frozenset[str]:
    """Words that go on with a number over a hyphen between spaces (one - third)."""
    kinds = ("unit", "ten", "part")
    return frozenset(word for kind in kinds for word in words(kind)) - {"second", "half"}


def begins_number(atom: Atom) -> bool:
    """Whether a number may begin at a word: a number word, or one that ends in -fold."""
    return atom.lower in number_words() or (
        atom.lower.endswith("fold") and atom.lower[:-4] in words("unit") | words("ten")
    )


def is_hyphen(atom: Atom) -> bool:
    return atom.text in _HYPHENS


def at(atoms: Atoms, i: int) -> Atom | None:
    return atoms[i] if 0 <= i < len(atoms) else None


def lower(atoms: Atoms, i: int) -> str:
    return atoms[i].lower if 0 <= i < len(atoms) else ""


def _after(atoms: Atoms, i: int) -> int:
    """The next position, over one hyphen that is glued to both sides (12-thousand)."""
    atom = at(atoms, i)
    if atom and is_hyphen(atom) and i + 1 < len(atoms):
        following = atoms[i + 1]
        if atom.glued and following.glued:
            return i + 1
        if not atom.glued and not following.glued and following.lower in _continuing():
            return i + 1
    return i


def read_number(atoms: Atoms, i: int) -> Number | None:
    """The number that begins at atom ``i``, as long as it goes."""
    atom = atoms[i]
    if atom.kind in (NUMBER, FRACTION):
        return _digits(atoms, i)
    if atom.kind != WORD or not begins_number(atom):
        return None
    for production in (_fold, _vague, _half, _indefinite, _fraction_in_words, _in_words):
        number = production(atoms, i)
        if number:
            return number
    return None


def _digits(atoms: Atoms, i: int) -> Number | None:
    """1,288 / 12.5 / 3 1/2 / 2½ / 1/16 / 4 hundred million / 12-thousand."""
    atom = atoms[i]
    if atom.kind == FRACTION:
        return _with_scale(atoms, i, i + 1, VULGAR[atom.text], "fraction")
    value = digits_value(atom.text)
    last, rule = i + 1, "digits"
    fraction = _fraction_in_digits(atoms, i)
    if fraction is not None:
        return _with_scale(atoms, i, i + 3, fraction, "fraction")
    following = at(atoms, last)
    if following and following.kind == FRACTION and "." not in atom.text:
        return _with_scale(atoms, i, last + 1, value + VULGAR[following.text], "mixed_fraction")
    j = _after(atoms, last)
    inner = _fraction_in_digits(atoms, j) if at(atoms, j) else None
    if inner is not None and inner < 1 and "." not in atom.text and "," not in atom.text:
        return _with_scale(atoms, i, j + 3, value + inner, "mixed_fraction")
    mixed = _and_a_half(atoms, last)
    if mixed and "." not in atom.text:
        return _with_scale(atoms, i, mixed[0], value + mixed[1], "mixed_fraction")
    return _with_scale(atoms, i, last, value, rule)


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


def _with_scale(atoms: Atoms, first: int, last: int, value: float, rule: str) -> Number:
    """Multiplies by the scale words that follow: 4 hundred million, 12-thousand, 2 lakh crore,
    2.5+ million."""
    scale, begun, more = 1.0, last, False
    while True:
        j = _after(atoms, last)
        atom = at(atoms, j)
        if atom and atom.text == "+" and atom.glued and lower(atoms, j + 1) in words("scale"):
            j, atom, more = j + 1, atoms[j + 1], True
        if not atom or atom.kind != WORD:
            break
        factor = words("scale").get(atom.lower) or (
            words("hundred").get(atom.lower) if last == begun else None
        )
        if factor is None or (atom.lower in ("tn", "mn") and not atom.glued and value > 1e4):
            break
        scale *= factor
        last = j + 1
    if scale == 1.0 and rule == "digits":
        j = _after(atoms, last)
        if lower(atoms, j) == "dozen":
            return Number(first, j + 1, value * 12, 1.0, "dozen")
        return Number(first, last, value, 1.0, rule)
    rule = rule if scale == 1.0 else f"{rule}_scale"
    return Number(first, last, value * scale, scale, rule, more=more)


def _in_words(atoms: Atoms, i: int) -> Number | None:
    """twenty-eight thousand six hundred and forty-two; two and a half million; two dozen."""
    units, tens, hundred = words("unit"), words("ten"), words("hundred")
    scales = words("scale")
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
            current, seen = current * 100, "hundred"
        elif word in scales and len(word) > 3 and seen and seen != "and":
            if seen == "scale":
                total *= scales[word]
            else:
                total, current = total + current * scales[word], 0.0
            scale, seen = scales[word], "scale"
        elif word == "dozen" and seen in ("unit", "ten") and not total:
            return Number(i, j + 1, current * 12, 1.0, "dozen")
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
        j = _after(atoms, last)
    if last == i:
        return None
    if seen == "hundred" and scale == 1.0:
        scale = 100.0
    rule = "words" if scale == 1.0 else "words_scale"
    if scale == 1.0 and (mixed := _and_a_half(atoms, last)):
        return _with_scale(atoms, i, mixed[0], total + current + mixed[1], "mixed_fraction")
    return Number(i, last, total + current, scale, rule)


def _and_a_half(atoms: Atoms, i: int) -> tuple[int, float] | None:
    """ "and a half", "and one-half", "and three-quarters": where it ends and what it adds."""
    j = _after(atoms, i)
    if lower(atoms, j) != "and":
        return None
    j = _after(atoms, j + 1)
    word = lower(atoms, j)
    count = 1.0 if word in ("a", "an") else words("unit").get(word)
    k = _after(atoms, j + 1)
    part = words("part").get(lower(atoms, k))
    if count is None or part is None or count >= part:
        return None
    if word in ("a", "an") and lower(atoms, k) not in ("half", "quarter", "third"):
        return None
    return k + 1, count / part


def _fold(atoms: Atoms, i: int) -> Number | None:
    """sixfold, tenfold."""
    word = atoms[i].lower
    if not word.endswith("fold"):
        return None
    value = words("unit").get(word[:-4]) or words("ten").get(word[:-4])
    return Number(i, i + 1, value, 1.0, "fold") if value else None


def _half(atoms: Atoms, i: int) -> Number | None:
    """half a million, half-million, a quarter million, half a dozen, half an hour."""
    first, j = i, i
    if atoms[j].lower in ("a", "an", "one"):
        j = _after(atoms, j + 1)
    parts = {"half": 0.5, "quarter": 0.25}
    value = parts.get(lower(atoms, j))
    if value is None:
        return None
    if first != j and atoms[first].lower == "one":
        return None
    k = _after(atoms, j + 1)
    if lower(atoms, k) == "of" and lower(atoms, j) == "quarter":
        k += 1
    article = lower(atoms, k) in ("a", "an")
    m = _after(atoms, k + 1) if article else k
    word = lower(atoms, m)
    if word in words("scale") and len(word) > 3:
        return Number(
            first, m + 1, value * words("scale")[word], words("scale")[word], "half_scale"
        )
    if word == "hundred":
        return Number(first, m + 1, value * 100, 100.0, "half_scale")
    if word == "dozen":
        return Number(first, m + 1, value * 12, 1.0, "dozen")
    if article and first == j and lower(atoms, j) == "half":
        return Number(first, m, value, 1.0, "half_unit")
    if first == j and lower(atoms, j) == "half":
        following = at(atoms, j + 1)
        if following and is_hyphen(following) and following.glued:
            return Number(first, j + 1, value, 1.0, "half_unit")
        if k < len(atoms) and lower(atoms, k) in ("of", "the", "its", "their", "his", "her", "our"):
            return Number(first, j + 1, value, 1.0, "fraction")
        if k < len(atoms) and lower(atoms, k) in ("my", "your", "that", "this", "these", "those"):
            return Number(first, j + 1, value, 1.0, "fraction")
        if k == j + 1 and _stands_alone(atoms, first, k):
            return Number(first, j + 1, value, 1.0, "fraction")
    if first != j and (lower(atoms, j) == "half" or lower(atoms, j + 1) == "of"):
        before, after = lower(atoms, first - 1), lower(atoms, j + 1)
        if after in ("of", "mile", "hour", "century", "turn", "per", "percentage"):
            return Number(first, j + 1, value, 1.0, "fraction")
        if before in (
            "by",
            "about",
            "nearly",
            "almost",
            "over",
            "roughly",
            "than",
            "least",
            "around",
        ):
            return Number(first, j + 1, value, 1.0, "fraction")
    return None


def _indefinite(atoms: Atoms, i: int) -> Number | None:
    """a hundred, a million, a dozen, a couple of."""
    if atoms[i].lower == "couple":
        return None
    if atoms[i].lower not in ("a", "an"):
        return None
    j = _after(atoms, i + 1)
    word = lower(atoms, j)
    if word == "couple":
        k = j + 1
        if lower(atoms, k) in words("scale") or lower(atoms, k) in ("dozen", "hundred"):
            factor = {"dozen": 12.0, "hundred": 100.0}.get(lower(atoms, k)) or words("scale")[
                lower(atoms, k)
            ]
            return Number(i, k + 1, 2 * factor, factor, "couple", about=True)
        if lower(atoms, k) == "of":
            if (scaled := lower(atoms, k + 1)) in ("hundred", "thousand", "million", "dozen"):
                factor = {"dozen": 12.0, "hundred": 100.0}.get(scaled) or words("scale")[scaled]
                return Number(i, k + 2, 2 * factor, factor, "couple", about=True)
            return Number(i, k + 1, 2.0, 1.0, "couple", about=True)
        return None
    if word == "dozen":
        return Number(i, j + 1, 12.0, 1.0, "dozen")
    if word == "hundred" or (word in words("scale") and len(word) > 3):
        factor = 100.0 if word == "hundred" else words("scale")[word]
        number = _with_scale(atoms, i, j + 1, factor, "indefinite")
        rest = _remainder(atoms, number.last, factor)
        if rest:
            return Number(i, rest.last, factor + (rest.value or 0), factor, "words_scale")
        return Number(i, number.last, number.value, max(number.scale, factor), "indefinite")
    return None


def _remainder(atoms: Atoms, i: int, below: float) -> Number | None:
    """What follows in "a hundred and twenty": a number in words that is smaller."""
    j = i + 1 if lower(atoms, i) == "and" else i
    if j == i or lower(atoms, j) not in number_words() or lower(atoms, j) in ("a", "an", "half"):
        return None
    number = _in_words(atoms, j)
    return number if number and number.value is not None and number.value < below else None


def _fraction_in_words(atoms: Atoms, i: int) -> Number | None:
    """two-thirds, one-fifth, three quarters, a third of: no ordinals ("a third man")."""
    word = atoms[i].lower
    article = word in ("a", "an")
    count = 1.0 if article else words("unit").get(word)
    if not count:
        return None
    j = _after(atoms, i + 1)
    name = lower(atoms, j)
    part = words("part").get(name)
    if part is None or count >= part:
        return None
    plural = name.endswith("s") and name != "halves"
    following = lower(atoms, j + 1)
    if not article and (count > 1) != (plural or name == "halves"):
        return None
    if article or (count == 1 and j == i + 1):
        fitting = (
            "of",
            "the",
            "its",
            "their",
            "as",
            "more",
            "less",
            "fewer",
            "lower",
            "higher",
            "in",
        )
        ends = following in ("", ",", ".", ";", ")", "\n", "–", "—", "or", "and", "to")
        measured = lower(atoms, i - 1) in (
            "by",
            "about",
            "nearly",
            "almost",
            "over",
            "than",
            "around",
        )
        alone = _stands_alone(atoms, i, j + 1)
        if following not in fitting and not (ends and measured) and not alone:
            return None
        if (
            article
            and name in ("quarter", "half")
            and following != "of"
            and not (measured or alone)
        ):
            return None
    number = _with_scale(atoms, i, j + 1, count / part, "fraction")
    if number.scale == 1.0 and following == "of" and lower(atoms, j + 2) in ("a", "an"):
        k = _after(atoms, j + 3)
        if (scaled := lower(atoms, k)) in words("scale") and len(scaled) > 3:
            factor = words("scale")[scaled]
            return Number(i, k + 1, count / part * factor, factor, "half_scale")
    return number


#: What may be said of a part at once: half were children, a third voted for it.
_OF_A_PART = word_set(
    """
    were are have had said say says voted vote live lived want wanted support supported back
    backed oppose opposed agreed believe believed think thought did do would will could can came
    come died survived now also still
    """
)
_MEASURES = word_set("than nearly almost roughly approximately least")
#: After a part and its measure: a time of day, an age, a game, and not a share.
_NO_PART = word_set(
    """
    past way time term hour day century mile earlier later ago before after final finals back
    pounder hearted brother sister price world year season inning period
    """
)


def _stands_alone(atoms: Atoms, first: int, end: int) -> bool:
    """Whether a part of something unnamed stands there: "nearly half voted", "a third were"."""
    following = at(atoms, end)
    if following is None or following.kind != WORD or following.lower in _NO_PART:
        return False
    return following.lower in _OF_A_PART or lower(atoms, first - 1) in _MEASURES


def _vague(atoms: Atoms, i: int) -> Number | None:
    """dozens, thousands, tens of thousands, several hundred, a few dozen, several."""
    plural, scales = words("plural"), words("scale")
    j = i
    word = atoms[j].lower
    if word in plural:
        size, last = plural[word], j + 1
        if word == "tens" and lower(atoms, j + 1) != "of":
            return None
        if word == "scores" and lower(atoms, j + 1) != "of":
            return None
        while lower(atoms, last) == "of" and lower(atoms, last + 1) in plural:
            size *= plural[lower(atoms, last + 1)]
            last += 2
        if word == "tens" and last == j + 1:
            return None
        low = size
        high = low * 10
        return Number(i, last, None, 1.0, "vague", (low, high))
    if (word in scales or word == "hundred") and lower(atoms, j + 1) == "of" and len(word) > 3:
        size = scales.get(word, 100.0)
        return Number(i, j + 1, None, 1.0, "vague", (size, size * 10))
    if word in ("a", "an"):
        j += 1
    head = lower(atoms, j)
    if head not in ("several", "few"):
        return None
    k = j + 1
    factor = scales.get(lower(atoms, k)) or {"dozen": 12.0, "hundred": 100.0}.get(lower(atoms, k))
    if factor:
        last = k + 1
        while lower(atoms, last) in scales and len(lower(atoms, last)) > 3:
            factor *= scales[lower(atoms, last)]
            last += 1
        return Number(i, last, None, 1.0, "vague", (factor, factor * 10))
    if head == "several":
        return Number(i, k, None, 1.0, "several", (2, 10))
    return None
