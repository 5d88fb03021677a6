"""Names as strings: their words, how two spellings are compared, and what their letters show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from transforms.reference import reference
from transforms.words import words

#: A word of a name: letters and digits, or one sign.
WORD = re.compile(r"\w+|[^\w\s]")
_DOTTED = re.compile(r"\b(?:\w\.){2,}|\b\w\.(?=\s|$)")
_APOSTROPHES = "’‘ʼ´"
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae"}
)
_BREAKS = re.compile(r"[\s\-‐‑–—/_]+")
_SIGNS = re.compile(r"[^\w\s&+']|(?<!\w)'|'(?!\w)")
_POSSESSIVE = re.compile(r"['’]s$")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_ACRONYM = re.compile(r"(?:[A-Z][A-Z0-9&+\-]*[A-Z0-9+]|(?:[A-Z]\.){2,}[A-Z]?)s?")
_MIXED = re.compile(r"[A-Z][a-z]*[A-Z]{2}|[a-z][A-Z]{2}|[A-Z][a-z]+[A-Z]")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The form in which two spellings of a name are compared.

    Accents, case, dots, the kind of apostrophe, hyphens against spaces, a leading article and a
    trailing 's make no difference: "Kim Jong-un" and "Kim Jong Un", "U.S." and "US".
    """
    return fold_uncached(name)


def fold_uncached(name: str) -> str:
    """``fold`` for names that are met once."""
    text = straight(name)
    text = _ARTICLE.sub("", _POSSESSIVE.sub("", text))
    text = _DOTTED.sub(lambda m: m[0].replace(".", ""), text)
    text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return " ".join(_SIGNS.sub(" ", _BREAKS.sub(" ", text)).split())


def straight(text: str) -> str:
    """The text with one kind of apostrophe; length unchanged."""
    if not text.isascii():
        for sign in _APOSTROPHES:
            text = text.replace(sign, "'")
    return text


@lru_cache(maxsize=16384)
def parts_of(name: str) -> tuple[str, ...]:
    """The words and signs of a name, apostrophes straightened."""
    return tuple(WORD.findall(straight(name)))


@cache
def particles(use: str) -> frozenset[str]:
    """The small words of other languages in names that are put to a use (see name_particles)."""
    rows = reference("name_particles")
    return frozenset(row["word"] for row in rows if use in row["uses"].split("|"))


@cache
def _prefixes() -> tuple[str, ...]:
    return tuple(sorted(particles("prefix")))


def is_acronym(name: str) -> bool:
    """Whether the name is written as an acronym: KCNA, U.N., G20, AfDB is not."""
    return len(name) > 1 and _ACRONYM.fullmatch(name) is not None


def is_mixed(name: str) -> bool:
    """Whether capitals stand inside the word as in company names: AstraZeneca, SpaceX, AfDB."""
    return " " not in name and not name.startswith(_prefixes()) and bool(_MIXED.match(name))


def without_middle(name: str) -> str:
    """A person's name without initials and the father's name: "Olga Petrovna Ivanova" as "Olga
    Ivanova"; "" if it has none."""
    first, *middle = name.split()
    last = middle.pop() if middle else ""
    if not middle or not all(_is_initial(word) or is_patronymic(word) for word in middle):
        return ""
    return f"{first} {last}"


def short_names(parts: Sequence[str]) -> set[str]:
    """How a person of these names, folded, is called for short: surname, first name, and first
    name with the father's name."""
    short = {parts[-1], parts[0], " ".join(parts[-2:]), " ".join(parts[1:])}
    if len(parts) > 2 and is_patronymic(parts[1]):
        short.add(" ".join(parts[:2]))
    return short


def is_patronymic(word: str) -> bool:
    """Whether the word is a name after the father: Petrovna, sergeyevich."""
    return len(word) > 6 and word.endswith(tuple(sorted(_fathers())))


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1 and word[0].isupper()


@cache
def _fathers() -> frozenset[str]:
    return words("entities.patronymic")


def spells_out(name: str, acronym: str) -> bool:
    """Whether the acronym's letters begin words (or parts of words) of the name, in order."""
    letters = [c for c in acronym.casefold() if c.isalpha()]
    if len(letters) < 2 or not name:
        return False
    full = [word.casefold() for word in WORD.findall(name) if word[0].isalnum()]
    if len(full) > 1 and full[0].startswith("".join(letters)):
        # "Kenyan Anna Berg (KEN)" has the code of a nation, "Palestinian Authority (PA)" initials
        return letters == [word[0] for word in full]
    position = 0
    for word in full:
        taken = 0
        while position < len(letters) and taken < len(word):
            if word[taken] != letters[position]:
                break
            position += 1
            taken += 1
            if taken and position < len(letters) and not word.startswith(letters[position], taken):
                break
    return position == len(letters) and full[0][0] == letters[0]
