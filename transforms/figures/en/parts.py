"""Parts of a whole in words: half a million, two-thirds, a quarter of, two and a half."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from transforms.figures.en.number_words import (
    after,
    is_half,
    is_quarter,
    number_words,
    spelled_scale,
    with_scale,
)
from transforms.figures.lexer import WORD, Atoms, at, is_hyphen, lower, word_set
from transforms.figures.quantity import Number
from transforms.figures.rules import Form
from transforms.words import reporting_forms, time_words, words

#: Words over which a part is said (by a third, more than half), beside adverbs (nearly half).
_BEFORE_A_PART = word_set("by about over than around least")
#: What a part in words may stand before without "of": a third more, half its size.
_OF = word_set("of the its their as more less fewer in")
_WHOSE = word_set("of the its their his her our my your that this these those")
_ENDS = frozenset(("", ",", ".", ";", ")", "\n", "–", "—", "or", "and", "to"))
_OF_ITSELF = word_set("were are have had did do would will could can")


@cache
def _said_of_a_part() -> frozenset[str]:
    """What may be said of a part at once: half were children, a third voted for it."""
    return _OF_ITSELF | words("figures.of_a_part") | reporting_forms("verb", "share")


@cache
def _no_part() -> frozenset[str]:
    """After a part: a time of day, an age, a game, and not what there is a share of."""
    times = time_words("UNIT", "PERIOD", "SEASON", "AGO", "EARLIER", "LATER", "time", "term")
    return frozenset(times | words("figures.no_part") | {"past", "before", "after", "back"})


def and_a_half(atoms: Atoms, i: int) -> tuple[int, float] | None:
    """ "and a half", "and one-half", "and three-quarters": where it ends and what it adds."""
    j = after(atoms, i)
    if lower(atoms, j) != "and":
        return None
    j = after(atoms, j + 1)
    word = lower(atoms, j)
    count = 1.0 if word in ("a", "an") else number_words("unit").get(word)
    k = after(atoms, j + 1)
    part = number_words("part").get(lower(atoms, k))
    if count is None or part is None or count >= part:
        return None
    if word in ("a", "an") and lower(atoms, k) not in number_words("share"):
        return None
    return k + 1, count / part


def half_more(atoms: Atoms, number: Number) -> Number:
    """two million and a half: the part is of the scale before it."""
    if number.scale < 1000 or number.value is None:
        return number
    mixed = and_a_half(atoms, number.last)
    if mixed is None or lower(atoms, mixed[0]) in _WHOSE:
        return number
    value = number.value + mixed[1] * number.scale
    return replace(number, last=mixed[0], value=value, form=Form.MIXED_FRACTION_SCALE)


def half(atoms: Atoms, i: int) -> Number | None:
    """half a million, half-million, a quarter million, half a dozen, half an hour."""
    j = i
    if atoms[j].lower in ("a", "an"):
        j = after(atoms, j + 1)
    word = lower(atoms, j)
    if not (is_half(word) or is_quarter(word)):
        return None
    value = 1 / number_words("share")[word]
    k = after(atoms, j + 1)
    if lower(atoms, k) == "of" and is_quarter(word):
        k += 1
    article = lower(atoms, k) in ("a", "an")
    m = after(atoms, k + 1) if article else k
    whole = lower(atoms, m)
    if dozen := number_words("group").get(whole):
        return Number(i, m + 1, value * dozen, 1.0, Form.DOZEN)
    if scale := spelled_scale(whole) or number_words("hundred").get(whole):
        return Number(i, m + 1, value * scale, scale, Form.HALF_SCALE)
    if i == j and is_half(word):
        return _half_alone(atoms, i, k, article)
    if i != j and (is_half(word) or lower(atoms, j + 1) == "of"):
        following = lower(atoms, j + 1)
        halved = following in ("of", "per") or following in words("figures.halved")
        if halved or _measured(atoms, i):
            return Number(i, j + 1, value, 1.0, Form.FRACTION)
    return None


def _half_alone(atoms: Atoms, i: int, k: int, article: bool) -> Number | None:
    """A half without an article before it, and what follows at ``k``."""
    if article:
        return Number(i, after(atoms, k + 1), 0.5, 1.0, Form.HALF_UNIT)
    following = at(atoms, i + 1)
    if following and is_hyphen(following) and following.glued:
        return Number(i, i + 1, 0.5, 1.0, Form.HALF_UNIT)
    if lower(atoms, k) in _WHOSE or (k == i + 1 and _stands_alone(atoms, i, k)):
        return Number(i, i + 1, 0.5, 1.0, Form.FRACTION)
    return None


def fraction_in_words(atoms: Atoms, i: int) -> Number | None:
    """two-thirds, one-fifth, three quarters, a third of: no ordinals ("a third man")."""
    word = atoms[i].lower
    article = word in ("a", "an")
    count = 1.0 if article else number_words("unit").get(word)
    if not count:
        return None
    j = after(atoms, i + 1)
    name = lower(atoms, j)
    part = number_words("part").get(name)
    if part is None or count >= part:
        return None
    plural = name.endswith("s")
    following = lower(atoms, j + 1)
    if not article and (count > 1) != plural:
        return None
    if article or (count == 1 and j == i + 1):
        measured = _measured(atoms, i)
        alone = _stands_alone(atoms, i, j + 1)
        fitting = following in _OF or following in words("figures.compared_part")
        if not fitting and not (following in _ENDS and measured) and not alone:
            return None
        halved = is_half(name) or is_quarter(name)
        if article and halved and following != "of" and not (measured or alone):
            return None
    number = with_scale(atoms, Number(i, j + 1, count / part, 1.0, Form.FRACTION))
    if number.scale == 1.0 and following == "of" and lower(atoms, j + 2) in ("a", "an"):
        k = after(atoms, j + 3)
        if factor := spelled_scale(lower(atoms, k)):
            return Number(i, k + 1, count / part * factor, factor, Form.HALF_SCALE)
    return number


def _measured(atoms: Atoms, i: int) -> bool:
    """Whether a word stands before ``i`` over which a part is said: nearly, by, more than."""
    before = lower(atoms, i - 1)
    return before in _BEFORE_A_PART or before in words("figures.nearly")


def _stands_alone(atoms: Atoms, first: int, end: int) -> bool:
    """Whether a part of something unnamed stands there: "nearly half voted", "a third were"."""
    following = at(atoms, end)
    if following is None or following.kind != WORD or following.lower in _no_part():
        return False
    return following.lower in _said_of_a_part() or _measured(atoms, first)
