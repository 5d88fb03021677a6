"""Units, currencies and rates where a text writes them: before and after a number."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from transforms.figures.en.number_words import number_words
from transforms.figures.lexer import NUMBER, WORD, Atoms, at, is_hyphen
from transforms.figures.units import (
    Key,
    Unit,
    Units,
    currencies,
    currency_codes,
    lowered,
    measures,
    rates,
    transliterated,
)
from transforms.words import words


def _longest(
    view: Atoms, i: int, tables: tuple[tuple[Units, bool], ...]
) -> tuple[Unit, int] | None:
    """The longest key of one of the tables at ``i``; hyphens between words count as spaces.

    Each table comes with whether capitals matter in it.
    """
    texts: list[str] = []
    folded: list[str] = []
    ends: list[int] = []
    j = i
    while j < len(view) and len(texts) < 5:
        atom = view[j]
        if texts and is_hyphen(atom):
            j += 1
            if j < len(view) and view[j].kind == NUMBER:
                break  # 2m-3m is no cubic metre
            continue
        if atom.kind == NUMBER and not atom.glued:
            break
        texts.append(atom.text)
        folded.append(atom.lower)
        ends.append(j + 1)
        j += 1
    for size in range(len(texts), 0, -1):
        exact, low = tuple(texts[:size]), tuple(folded[:size])
        for table, capitals in tables:
            unit = table.get(exact if capitals else low)
            if unit:
                return unit, ends[size - 1]
    return None


def match_unit(view: Atoms, i: int) -> tuple[Unit, int] | None:
    """The unit of measure or money that is written at atom ``i``, and where it ends."""
    atom = at(view, i)
    if atom is None or atom.kind == NUMBER:
        return None
    symbols, names = measures()
    signs, moneys = currencies()
    if atom.lower in words("figures.measure_system") and i + 1 < len(view):
        measure = _longest(view, i + 1, ((symbols, True), (names, False)))
        if measure and measure[0].dimension in ("volume", "mass", "length"):
            return measure
    exact, folded = _first_words()
    if atom.text not in exact and atom.lower not in folded:
        return None
    tables = ((symbols, True), (signs, True), (names, False), (moneys, False), (lowered(), False))
    return _longest(view, i, tables)


@cache
def _first_words() -> tuple[frozenset[str], frozenset[str]]:
    """The words that units begin with: as written, and those whose capitals do not matter."""
    symbols, names = measures()
    signs, moneys = currencies()
    return (
        frozenset(key[0] for table in (symbols, signs) for key in table),
        frozenset(key[0] for table in (names, moneys, lowered()) for key in table),
    )


def match_prefix(view: Atoms, end: int, *, ascii: bool = False) -> tuple[Unit, int] | None:
    """The currency that is written up to atom ``end`` (exclusive), and where it begins.

    ``ascii`` tells that the text was written with ASCII alone, so that signs of money may be
    transliterated.
    """
    signs, left = currencies()[0], transliterated() if ascii else {}
    for size in range(min(4, end), 0, -1):
        part = view[end - size : end]
        if any(atom.kind == NUMBER for atom in part):
            continue
        texts = tuple([atom.text for atom in part])
        unit = signs.get(texts) or left.get(texts)
        if unit is None and size == 1 and part[0].kind == WORD:
            unit = _money_word(texts[0])
        elif unit is None and texts[-1] == "$":
            unit = _national_dollar(texts)
        if unit and not (
            part[0].kind == WORD
            and part[0].glued
            and end - size > 0
            and view[end - size - 1].kind == WORD
        ):
            return unit, end - size
    return None


def _national_dollar(texts: Key) -> Unit | None:
    """u.s.$, Hk$: the sign of a dollar with other capitals or with stops; c$ alone of the short."""
    signs = currencies()[0]
    letters = texts[0].replace(".", "")
    if len(letters) < 2 and letters != "c":
        return None
    for spelling in (letters.upper(), letters.title()):
        if unit := signs.get((spelling, *texts[1:])):
            return unit
    return None


def _money_word(word: str) -> Unit | None:
    """usd 5, sen 50, MUSD 5: a code or word of money before its amount."""
    signs, names = currencies()
    if word.lower() in words("figures.currency_before"):
        return names.get((word.lower(),))
    if word.islower() and (word,) in names and (word.upper(),) in signs:
        return signs[(word.upper(),)]
    coded = magnified_code(word)
    return replace(coded[0], factor=coded[1]) if coded else None


def nationality_of_money(word: str, unit: Unit) -> Unit | None:
    """The dollar of "$75 U.S." and "$100 Canadian"."""
    return currencies()[1].get((word, unit.name.lower().split()[-1]))


def magnified_code(text: str) -> tuple[Unit, float] | None:
    """MUSD, kEUR, MAUD: a currency code with its magnitude before it."""
    if len(text) != 4 or not text[1:].isupper():
        return None
    power = number_words("letter_of_code").get(text[0]) or number_words("letter").get(text[0])
    unit = currency_codes().get((text[1:],))
    return (unit, power) if unit and power else None


def match_rate(view: Atoms, i: int) -> tuple[str, str, int] | None:
    """What a rate is over ("a month", "per square foot", "/cm", "-a-share"): code, name, end."""
    j = i
    if j < len(view) and is_hyphen(view[j]):
        j += 1
    atom = at(view, j)
    if atom is None:
        return None
    slash = atom.text == "/" and atom.glued
    article = atom.lower in ("a", "an")
    if not (slash or article or atom.lower == "per"):
        return None
    j += 1
    if j < len(view) and is_hyphen(view[j]):
        j += 1
    for size in (2, 1):
        texts = tuple(a.text for a in view[j : j + size])
        found = rates().get(texts) or rates().get(tuple(t.lower() for t in texts))
        if found and len(texts) == size:
            return (*found, j + size)
    following = at(view, j)
    if following is None or article or following.kind != WORD:
        return None
    unit = match_unit(view, j)
    if unit and unit[0].dimension != "money":
        return unit[0].code, unit[0].name, unit[1]
    if slash:
        return None
    name = following.lower
    return f"{{{name}}}", name, j + 1
