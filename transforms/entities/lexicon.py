"""The names that seeds/reference knows: countries, demonyms, regions, organisations, people.

One scan over a text finds them all, the longest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from transforms.closed import CLOSED
from transforms.entities.names import WORD, fold, is_acronym, parts_of, straight
from transforms.reference import reference


@dataclass(frozen=True, slots=True)
class Known:
    """What a reference table knows of a name.

    ``kind`` is the OntoNotes label. ``country`` is ISO 3166-1 alpha-3. ``reference_id`` is that
    of the row, None for countries and demonyms. ``alone`` is false for a short form that means
    this only where the article supports it (a bare surname, a national acronym, two letters);
    ``national`` is true where that is the naming of its country.
    """

    kind: str
    name: str
    country: str | None = None
    reference_id: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    alone: bool = True
    national: bool = False

    def standing(self) -> Known:
        """The same as a name that needs no support."""
        return replace(self, alone=True, national=False)


@dataclass(frozen=True, slots=True)
class Match:
    """A known name at some characters of a text."""

    start: int
    end: int
    known: tuple[Known, ...]


class Lexicon:
    """Known names, found in texts as written (case and hyphens count, apostrophes do not)."""

    def __init__(self) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], list[Known]]] = {}
        self._lengths: dict[str, list[int]] = {}
        self._people = re.compile(r"(?!)")
        self._starts = re.compile(r"(?!)")

    def add(self, name: str, known: Known) -> None:
        parts = parts_of(name)
        same = self._by_first.setdefault(parts[0], {}).setdefault(parts, [])
        if known not in same:
            same.append(known)

    def close(self) -> None:
        self._lengths = {
            first: sorted({len(parts) for parts in names}, reverse=True)
            for first, names in self._by_first.items()
        }
        people = sorted(
            {
                " ".join(parts)
                for names in self._by_first.values()
                for parts, known in names.items()
                if len(parts) > 1 and all(part.isalpha() for part in parts)
                if any(entry.kind == "PERSON" and entry.alone for entry in known)
            },
            key=lambda name: (-len(name), name),
        )
        self._people = re.compile("|".join(people) or r"(?!)")
        # names begin with a capital (or a letter beyond ASCII), all but a few
        other = sorted(first for first in self._by_first if re.match(r"[a-z\d]", first))
        self._starts = re.compile(rf"\b(?:[^\W\d_a-z]\w*|(?:{'|'.join(other) or '(?!)'})\b)")

    def matches(self, text: str) -> Iterator[Match]:
        """The known names in the text, from left to right, the longest at each place."""
        text = straight(text)
        taken = 0
        for start in self._starts.finditer(text):
            lengths = self._lengths.get(start[0])
            if lengths is None or start.start() < taken:
                continue
            found = list(islice(WORD.finditer(text, start.start()), lengths[0]))
            tokens = tuple(match[0] for match in found)
            for length in lengths:
                known = self._by_first[start[0]].get(tokens[:length])
                if known is not None and length <= len(tokens):
                    taken = found[length - 1].end()
                    yield Match(start.start(), taken, tuple(known))
                    break

    def glued(self, text: str) -> Iterator[Match]:
        """People's full names that have lost the space beside them: "ComradeKim Jong Unsaid"."""
        for match in self._people.finditer(text):
            start, end = match.span()
            if text[start - 1 : start].islower() or re.match(r"[a-z]{2}", text[end : end + 2]):
                yield Match(start, end, self.get(match[0]))

    def entries(self) -> Iterator[Known]:
        """Everything that is known."""
        for names in self._by_first.values():
            for known in names.values():
                yield from known

    def get(self, name: str) -> tuple[Known, ...]:
        """What is known of exactly that name."""
        parts = parts_of(name)
        if not parts:
            return ()
        return tuple(self._by_first.get(parts[0], {}).get(parts, ()))


def split(value: str) -> list[str]:
    """The values of a field that holds several, parted by bars."""
    return [part.strip() for part in value.split("|") if part.strip()]


@cache
def lexicon() -> Lexicon:
    """All reference tables as one lexicon, built at first use."""
    names = Lexicon()
    for row in reference("countries"):
        nation = Known("GPE", row["name"], row["alpha3"])
        for name in (row["name"], *split(row["aliases"])):
            names.add(name, nation)
            if len(name) > 4:
                names.add(name.upper(), nation)
        demonyms = split(row["demonyms"])
        for demonym in demonyms:
            names.add(demonym, Known("NORP", demonyms[0], row["alpha3"]))
    for row in reference("norps"):
        for name in (row["name"], *split(row["aliases"])):
            if not names.get(name):
                country = row["country"] or None
                names.add(name, Known("NORP", row["name"], country, row["reference_id"]))
    for row in reference("regions"):
        place = Known(
            row["kind"],
            row["name"],
            row["country"] or None,
            row["reference_id"],
            _number(row["latitude"]),
            _number(row["longitude"]),
        )
        for name in (row["name"], *split(row["aliases"])):
            names.add(name, place)
    for row in reference("organisations"):
        for name in (row["name"], *split(row["aliases"])):
            national = bool(row["country"]) and is_acronym(name) and row["kind"] == "party"
            short = is_acronym(name) and (len(name) < 3 or name.lower() in CLOSED)
            known = Known("ORG", row["name"], row["country"] or None, row["reference_id"])
            names.add(name, _short(known, national) if national or short else known)
            upper = name.upper()
            if " " in name and upper != name:
                names.add(upper, known)
    for row in reference("persons"):
        known = Known("PERSON", row["name"], row["country"] or None, row["reference_id"])
        for name in (row["name"], *split(row["aliases"])):
            names.add(name, known)
        for name in split(row["short"]):
            names.add(name, _short(known, national=True))
    for row in reference("other_names"):
        names.add(row["name"], Known(row["kind"], row["name"]))
    names.close()
    return names


@cache
def by_reference() -> dict[str, Known]:
    """What each row of the reference tables that has an id stands for."""
    return {
        entry.reference_id: entry.standing() for entry in lexicon().entries() if entry.reference_id
    }


@cache
def capitals() -> dict[str, str]:
    """Folded name of a capital -> ISO 3166-1 alpha-3."""
    return {fold(row["capital"]): row["alpha3"] for row in reference("countries") if row["capital"]}


def _short(known: Known, national: bool) -> Known:
    return replace(known, alone=False, national=national and known.country is not None)


def _number(value: str) -> float | None:
    return float(value) if value else None
