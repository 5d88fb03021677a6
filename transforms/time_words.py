"""The words of time, each with the class that it belongs to in the grammar of time.

Their home is time_words.csv; names of units of time are those of units.csv, numbers those of
number_words.csv, unless time_words.csv has the word because it means something else too (a second,
a quarter).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from transforms.reference import reference

#: The rule of a time whose span names the event that it is the day of: a day after three died.
HUNG = "length_after_event"


class TimeWord(NamedTuple):
    """A word in lower case, its class, its value and whether it may take a full stop."""

    word: str
    cls: str
    value: str
    stop: bool = False


@cache
def time_entries() -> tuple[TimeWord, ...]:
    """Every word of time, once."""
    found: dict[str, TimeWord] = {}
    for entry in (*_own(), *_units(), *_numbers()):
        found.setdefault(entry.word, entry)
    return tuple(found.values())


def _own() -> Iterator[TimeWord]:
    for row in reference("time_words"):
        yield TimeWord(row["word"], row["class"], row["value"], bool(row["stop"]))


def _units() -> Iterator[TimeWord]:
    for row in reference("units"):
        if row["dimension"] == "duration":
            for singular, plural in names_of(row["words"]):
                yield TimeWord(singular, "UNIT", row["name"])
                yield TimeWord(plural, "UNITS", row["name"])


def _numbers() -> Iterator[TimeWord]:
    for row in reference("number_words"):
        if cls := _number_class(row["kind"], row["value"]):
            yield TimeWord(row["word"], cls, row["value"])


def _number_class(kind: str, value: str) -> str:
    """The class of a number word, "" for those that are not read in times."""
    match kind:
        case "unit" if int(value):
            return "WONE" if int(value) < 10 else "WTEEN" if int(value) < 16 else "WCENT"
        case "ten":
            return "WTEN"
        case "hundred":
            return "WHUNDRED"
        case "scale":
            return "WTHOUSAND" if int(value) == 1000 else "WSCALE"
        case "group":
            return "DOZEN"
        case "ordinal":
            return "ORD"
    return ""


def names_of(written: str) -> Iterator[tuple[str, str]]:
    """The singular and plural of each name of a unit or currency, as its table writes them."""
    for name in filter(None, written.split("|")):
        singular, _, plural = name.partition("/")
        yield singular, plural or f"{singular}s"
