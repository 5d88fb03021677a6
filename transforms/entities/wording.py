"""The words of names and beside them that tell what a name names, from seeds/reference."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from transforms.calendar_names import english_months
from transforms.entities.names import parts_of
from transforms.reference import reference
from transforms.words import words


@cache
def contexts(position: str) -> dict[str, str]:
    """Words next to a name -> the kind that they show.

    ``position`` is before, after, hyphen or after_in_sport.
    """
    return {
        row["word"]: row["kind"]
        for row in reference("name_contexts")
        if row["position"] == position
    }


@cache
def weak_nouns() -> frozenset[str]:
    """Nouns after a name that hint at its kind against others, and do not tell that it is one."""
    return frozenset(row["word"] for row in reference("name_contexts") if row["weak"])


@cache
def shapes(position: str) -> dict[str, str]:
    """Word -> kind of the names that have it at that position ("first" or "last")."""
    return {
        row["word"]: row["kind"]
        for row in reference("name_shapes")
        if row["position"] == position and row["kind"]
    }


@cache
def heads(use: str) -> frozenset[str]:
    """The last words of names that are put to a use (see name_shapes)."""
    rows = reference("name_shapes")
    return frozenset(row["word"] for row in rows if use in row["uses"].split("|"))


def is_capital(word: str, use: str) -> bool:
    """Whether the word is one of a use of words.csv, written with a capital."""
    return word.istitle() and word.lower() in words(use)


@cache
def not_names() -> frozenset[str]:
    """What is written with capitals and names nothing by itself."""
    return frozenset(row["word"] for row in reference("not_names") if row["where"] == "whole")


@cache
def slogans() -> tuple[str, ...]:
    """How prizes' categories and what crowds call begin, case folded, with the space after it."""
    rows = reference("not_names")
    return tuple(f"{row['word'].casefold()} " for row in rows if row["where"] == "start")


@cache
def sport_words() -> frozenset[str]:
    """Words of sports reports."""
    return frozenset(row["word"] for row in reference("sport_words"))


@cache
def fields() -> frozenset[tuple[str, str]]:
    """Pairs of words that name one field of organisations' work: Savings and Loan."""
    return frozenset((row["first"], row["second"]) for row in reference("name_fields"))


@cache
def month_names() -> tuple[str, ...]:
    """The months and their short forms with a capital, the longest first."""
    found = (name.capitalize() for name in english_months())
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


@cache
def titles() -> dict[tuple[str, ...], str]:
    """Words of a title -> its kind (honorific, rank, office, role)."""
    return {parts_of(row["title"]): row["kind"] for row in reference("titles")}


@cache
def first_names() -> frozenset[str]:
    """Titles that people also bear as a first name: Dean."""
    return frozenset(row["title"] for row in reference("titles") if row["also"] == "first_name")


@cache
def _title_starts() -> frozenset[str]:
    return frozenset(parts[0] for parts in titles())


@cache
def _title_ends() -> frozenset[str]:
    return frozenset(parts[-1] for parts in titles())


def may_begin_title(parts: Sequence[str]) -> bool:
    """Whether a title may begin with these words, or with what follows none of them."""
    return not parts or parts[0] in _title_starts()


def may_end_title(parts: Sequence[str]) -> bool:
    """Whether a title may end with these words, or go on after none of them."""
    return not parts or parts[-1] in _title_ends()


def longest_title(parts: Sequence[str]) -> tuple[int, str]:
    """How many of the first words are titles, and the kind of the last one ("" if none)."""
    taken, kind = 0, ""
    while taken < len(parts) and parts[taken] in _title_starts():
        for length in (4, 3, 2, 1):
            several = tuple(parts[taken : taken + length])
            found = titles().get(several)
            if found:
                taken, kind = taken + len(several), found
                break
        else:
            break
    return taken, kind
