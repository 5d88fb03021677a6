"""The words of English that readers ask for, each with one home: seeds/reference/words.csv.

A row is a word as it is compared (lower case unless its capitals matter), its part of speech and
the uses it is put to. A use is named ``reader.what`` and described in word_uses.csv; a reader asks
for all words of a use. Words that have a table of their own (units, titles, events, reporting
words, the words of time and number) are not repeated here.
"""

from __future__ import annotations

from functools import cache

from transforms.reference import reference


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


def words(use: str) -> frozenset[str]:
    """The words put to one use.

    Raises ``KeyError`` for a use that word_uses.csv does not describe.
    """
    return _by_use()[use]
