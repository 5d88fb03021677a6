"""The words of number, and the scale that follows a number."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from transforms.figures.lexer import WORD, Atom, Atoms, at, is_hyphen, lower
from transforms.figures.quantity import Number
from transforms.figures.rules import Form
from transforms.reference import reference

_SCALED = {
    Form.DIGITS: Form.DIGITS_SCALE,
    Form.WORDS: Form.WORDS_SCALE,
    Form.FRACTION: Form.FRACTION_SCALE,
    Form.MIXED_FRACTION: Form.MIXED_FRACTION_SCALE,
}


@cache
def number_words(kind: str) -> dict[str, float]:
    """The value of each number word of one kind."""
    return {
        row["word"]: float(row["value"]) for row in reference("number_words") if row["kind"] == kind
    }


@cache
def beginning() -> frozenset[str]:
    """The words at which a number may begin."""
    kinds = (
        "unit", "ten", "hundred", "scale", "group", "plural", "plural_of", "plural_of_plural",
        "share", "pair",
    )  # fmt: skip
    found = {word for kind in kinds for word in number_words(kind)}
    return frozenset(found | {*_folds()} | {"several", "a", "an", "few"})


@cache
def after_article() -> frozenset[str]:
    """The words that make a number of the article before them."""
    kinds = ("scale", "hundred", "group", "pair", "share", "part")
    found = {word for kind in kinds for word in number_words(kind)}
    return frozenset(found | {"several", "few"})


@cache
def multiples() -> dict[str, float]:
    """What several or a couple may be of: hundred, thousand, dozen ..."""
    return {**number_words("scale"), **number_words("hundred"), **number_words("group")}


@cache
def _continuing() -> frozenset[str]:
    """Words that go on with a number over a hyphen between spaces (one - third)."""
    kinds = ("unit", "ten", "part")
    return frozenset(word for kind in kinds for word in number_words(kind) if not is_half(word))


@cache
def _state_codes() -> frozenset[str]:
    """Two capitals that a region is known by: a scale's abbreviation too, or Tennessee?"""
    return frozenset(row["abbreviation"].lower() for row in reference("region_abbreviations"))


def is_half(word: str) -> bool:
    return number_words("share").get(word) == 2


def is_quarter(word: str) -> bool:
    return number_words("share").get(word) == 4


def spelled_scale(word: str) -> float | None:
    """The factor of a scale word that is no abbreviation (million, but not bn)."""
    return number_words("scale").get(word) if len(word) > 3 else None


@cache
def _folds() -> dict[str, float]:
    """The words that end in -fold (sixfold), with their number."""
    return {
        word + suffix: value
        for suffix in number_words("suffix")
        for kind in ("unit", "ten")
        for word, value in number_words(kind).items()
        if value
    }


def folded(word: str) -> float | None:
    """The number of a word that ends in -fold."""
    return _folds().get(word)


def after(atoms: Atoms, i: int) -> int:
    """The next position, over one hyphen that is glued to both sides (12-thousand)."""
    atom = at(atoms, i)
    if atom and is_hyphen(atom) and i + 1 < len(atoms):
        following = atoms[i + 1]
        if atom.glued and following.glued:
            return i + 1
        if not atom.glued and not following.glued and following.lower in _continuing():
            return i + 1
    return i


def _spelled_after(atoms: Atoms, i: int) -> bool:
    """Whether a scale word without a capital stands at ``i``, as no sentence begins with."""
    atom = at(atoms, i)
    return atom is not None and atom.text.islower() and spelled_scale(atom.text) is not None


@cache
def tied_words() -> dict[str, bool]:
    """The words that are tied to a number before its scale or unit, and whether they are rough."""
    return {
        row["words"]: row["qualifier"] == "about"
        for row in reference("qualifiers")
        if row["where"] == "tied"
    }


def _is_added(atom: Atom, tied: bool) -> bool:
    """Whether a word before the scale says how the number is meant: 600-plus, 40-odd or 40 odd."""
    about = tied_words().get(atom.lower)
    return about is not None and (tied or about)


def with_scale(atoms: Atoms, number: Number) -> Number:
    """The number times the scale words that follow: 4 hundred million, 12-thousand, 2 lakh crore,
    2.5+ million, 600-plus billion, 40-odd million."""
    assert number.value is not None
    last, scale, more, about = number.last, 1.0, False, False
    scales = number_words("scale")
    while True:
        j = after(atoms, last)
        atom = at(atoms, j)
        if atom and atom.text == "+" and atom.glued and lower(atoms, j + 1) in scales:
            j, atom, more = j + 1, atoms[j + 1], True
        elif atom and _is_added(atom, j > last) and lower(atoms, after(atoms, j + 1)) in scales:
            about = tied_words()[atom.lower]
            more = more or not about
            j = after(atoms, j + 1)
            atom = atoms[j]
        if atom and atom.text == "." and atom.glued and _spelled_after(atoms, j + 1):
            j, atom = j + 1, atoms[j + 1]  # a stray stop: $4.2. million
        if not atom or atom.kind != WORD:
            break
        factor = scales.get(atom.lower) or (
            number_words("hundred").get(atom.lower) if last == number.last else None
        )
        region = atom.lower in _state_codes() and not atom.glued and number.value > 1e4
        if factor is None or region:
            break
        scale *= factor
        last = j + 1
    if scale == 1.0:
        dozen = number_words("group").get(lower(atoms, after(atoms, last)))
        if dozen is None or number.form is not Form.DIGITS:
            return number
        last = after(atoms, last) + 1
        return replace(number, last=last, value=number.value * dozen, form=Form.DOZEN)
    return replace(
        number, last=last, value=number.value * scale, scale=scale,
        form=_SCALED.get(number.form, number.form), more=more, about=about,
    )  # fmt: skip
