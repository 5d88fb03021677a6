"""What must stand with a word for it to tell of an event: seeds/reference/event_senses.csv.

A word that is not listed there always tells of its event (:mod:`transforms.event_words`); one that
is, where one of its senses holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from transforms.reference import reference


@dataclass(frozen=True, slots=True)
class Sense:
    """A row of event_senses.csv, whose note says what each field means."""

    event_type: str
    patient: frozenset[str]
    agent: frozenset[str]
    beside: frozenset[str]
    without: frozenset[str]
    topics: frozenset[str]


@cache
def senses(part: str) -> Mapping[str, tuple[Sense, ...]]:
    """The senses of the words of a part (verb, noun or adjective) in the order they are tried."""
    found: dict[str, tuple[Sense, ...]] = {}
    for row in reference("event_senses"):
        if row["part"] != part:
            continue
        one = Sense(
            row["event_type"],
            *(_parted(row[name]) for name in ("patient", "agent", "beside", "without", "topics")),
        )
        found[row["word"]] = (*found.get(row["word"], ()), one)
    return MappingProxyType(found)


@cache
def topics() -> Mapping[str, frozenset[str]]:
    """What a word shows a text to be about, by lemma or written form."""
    return MappingProxyType(
        {row["word"]: _parted(row["topics"]) for row in reference("event_topics")}
    )


def _parted(value: str) -> frozenset[str]:
    return frozenset(filter(None, value.split("|")))
