"""The words of events and of what is counted: what happened to whom, each word with one home.

seeds/reference/event_words.csv has verbs, nouns and adjectives that tell of an event, with its
type, the role of those it happens to and the category that the counted take from it;
counted_words.csv has the nouns that are counted and are no events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from transforms.reference import reference


@dataclass(frozen=True, slots=True)
class EventWord:
    """A word of event_words.csv, whose note says what each field means.

    ``role``, ``subject`` and ``category`` are empty where the word has none.
    """

    word: str
    part: str
    event_type: str
    role: str
    subject: str
    category: str
    uses: frozenset[str]

    @property
    def of_subject(self) -> bool:
        """Whether it happens to whom the word is said of (die, flee), not to an object (kill)."""
        return bool(self.role) and self.role == self.subject


@cache
def event_words(part: str) -> Mapping[str, EventWord]:
    """The words of a part (verb, noun or adjective) by lemma."""
    return MappingProxyType(
        {
            row["word"]: EventWord(
                row["word"],
                row["part"],
                row["event_type"],
                row["role"],
                row["subject"],
                row["category"],
                frozenset(filter(None, row["uses"].split("|"))),
            )
            for row in reference("event_words")
            if row["part"] == part
        }
    )


@cache
def event_words_for(part: str, use: str) -> frozenset[str]:
    """The words of a part that are put to a use."""
    return frozenset(word for word, told in event_words(part).items() if use in told.uses)


@cache
def event_categories(part: str) -> Mapping[str, str]:
    """The category that the counted take, by word of a part that decides one."""
    return MappingProxyType(
        {word: told.category for word, told in event_words(part).items() if told.category}
    )


@cache
def _plover() -> Mapping[str, str | None]:
    return {row["event_type"]: row["plover"] or None for row in reference("event_types")}


@cache
def _patients() -> Mapping[str, frozenset[str]]:
    return {
        row["event_type"]: frozenset(filter(None, row["patients"].split("|")))
        for row in reference("event_types")
    }


def patients(event_type: str) -> frozenset[str]:
    """The kinds of things that a verb of a type happens to; none where it may be any, and of a word
    without type."""
    return _patients().get(event_type, frozenset())


@cache
def row_types() -> frozenset[str]:
    """The types of events that are rows of the table events."""
    return frozenset(row["event_type"] for row in reference("event_types") if row["row"] == "yes")


@cache
def types_for(use: str) -> frozenset[str]:
    """The types of events of which the rows of the table events ask something more."""
    return frozenset(
        row["event_type"] for row in reference("event_types") if use in row["uses"].split("|")
    )


def plover(event_type: str) -> str | None:
    """The type of PLOVER that a type of event_types.csv is, where one fits."""
    return _plover().get(event_type)


#: What an event of a type does to people whatever its verb; of other harm each word tells.
_FATES = frozenset(("captured", "displaced"))


@cache
def _fates() -> Mapping[str, str]:
    found: dict[str, set[str]] = {}
    for told in event_words("verb").values():
        if told.category and told.event_type:
            found.setdefault(told.event_type, set()).add(told.category)
    return {
        kind: next(iter(those))
        for kind, those in found.items()
        if len(those) == 1 and those <= _FATES
    }


def fate(event_type: str) -> str | None:
    """Captured or displaced, where all verbs of a type of event say the same; else None."""
    return _fates().get(event_type)


@cache
def counted_categories() -> Mapping[str, str]:
    """The category of what is counted, by noun: of counted_words.csv, and of nouns of events."""
    nouns = {row["word"]: row["category"] for row in reference("counted_words")}
    return MappingProxyType({**nouns, **event_categories("noun")})


@cache
def counted_forms() -> Mapping[str, str]:
    """The lemma by written form, of the nouns whose forms counted_words.csv lists."""
    return MappingProxyType(
        {
            form: row["word"]
            for row in reference("counted_words")
            for form in row["forms"].split("|")
            if form
        }
    )
