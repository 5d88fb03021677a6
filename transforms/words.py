"""The words of English that readers ask for, each with one home: seeds/reference/words.csv.

A row is a word as it is compared (lower case unless its capitals matter), its part of speech and
the uses it is put to. A use is named ``reader.what`` and described in word_uses.csv; a reader asks
for all words of a use. Words that have a table of their own (units, titles, events, reporting
words, the words of time and number) are not repeated here.
"""

from __future__ import annotations

from functools import cache

from transforms.reference import reference
from transforms.time_words import time_entries


@cache
def _by_use() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {row["use"]: set() for row in reference("word_uses")}
    for row in reference("words"):
        for use in row["uses"].split("|"):
            if use not in found:
                raise ValueError(
                    f"seeds/reference/words.csv: {row['word']!r} is put to the use {use!r}, "
                    "which word_uses.csv does not describe"
                )
            found[use].add(row["word"])
    return {use: frozenset(words) for use, words in found.items()}


@cache
def words(use: str) -> frozenset[str]:
    """The words put to one use.

    Raises ``KeyError`` for a use that word_uses.csv does not describe.
    """
    return _by_use()[use]


@cache
def reporting(kind: str, use: str) -> frozenset[str]:
    """The lemmas of reporting_words.csv of a kind (verb or noun) that are put to a use."""
    return frozenset(
        row["word"]
        for row in reference("reporting_words")
        if row["kind"] == kind and use in row["uses"].split("|")
    )


@cache
def reporting_forms(kind: str, use: str) -> frozenset[str]:
    """The same with every written form that the table lists."""
    return frozenset(
        form
        for row in reference("reporting_words")
        if row["kind"] == kind and use in row["uses"].split("|")
        for form in (row["word"], *filter(None, row["forms"].split("|")))
    )


@cache
def time_words(*classes: str) -> frozenset[str]:
    """The words of time of some of the classes of their grammar (:mod:`.time_words`)."""
    return frozenset(entry.word for entry in time_entries() if entry.cls in classes)
