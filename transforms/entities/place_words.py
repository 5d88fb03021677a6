"""The words of places' names that tell what sort of place is meant: "Kursk oblast", "St. Kitts"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from transforms.entities.wording import shapes
from transforms.reference import Record, reference


def _rows(use: str) -> Iterator[Record]:
    return (row for row in reference("place_words") if use in row["uses"].split("|"))


@cache
def type_words(use: str) -> frozenset[str]:
    """The words of a use (see place_words): after, before, town, name or hyphen."""
    return frozenset(row["word"] for row in _rows(use))


@cache
def levels() -> dict[str, tuple[str, ...]]:
    """Word -> the levels of the gazetteer (region, county, city) that it stands for."""
    return {
        row["word"]: tuple(row["levels"].split("|"))
        for row in reference("place_words")
        if row["levels"]
    }


@cache
def short_forms() -> tuple[tuple[str, str], ...]:
    """Pairs of how the first word of a place's name is written: ("st ", "saint "), both ways."""
    pairs = [(row["short"], row["word"]) for row in reference("place_words") if row["short"]]
    return tuple((f"{one} ", f"{other} ") for a, b in pairs for one, other in ((a, b), (b, a)))


@cache
def abbreviated() -> frozenset[str]:
    """The same words, short and long."""
    return frozenset(one.strip() for one, _ in short_forms())


def bare_place(name: str) -> str:
    """The name without the word that tells its type: "Kursk" of "Kursk region", "Kursk Oblast"."""
    parts = name.split()
    if len(parts) > 1 and shapes("last").get(parts[-1].capitalize()) in ("GPE", "LOC"):
        return " ".join(parts[:-1])
    if len(parts) > 2 and parts[1] == "of" and shapes("first").get(parts[0]) == "GPE":
        return " ".join(parts[2:])
    return ""
