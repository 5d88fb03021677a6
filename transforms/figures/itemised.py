"""What of two rows with the same number says that each is of an item of its own: lists and tables,
parts and wholes, the first bond and the second."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from transforms.words import time_words, words

_UPPER = frozenset(("at_most", "less_than"))
#: How many figures a sentence of a table has at least.
_TABLE = 8
#: What stands before the base of a rate: 678 shares for each 1,000.
_BASE = frozenset(("each", "every", "per"))
#: What a number of which is a part of those that another counts: ten of the killed.
_PART = re.compile(r"\s+of\s+(?:the|these|those|its|his|her|their|our)\b")
#: What stands before a number that another is compared with, and the level that a move from it
#: goes to: to 450 from 300, from 300 to 450.
_AGAINST = re.compile(r"\b(?:against|vs\.?|versus|than)\s+$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_LEVEL = re.compile(r"\b(?:to|at)\s+(?:\S+\s+)?\S*\d\S*(?:\s+\S+){0,3}\s+from\s+$", re.IGNORECASE)
_ON_TO = re.compile(r"\s+(?:\S+\s+)?to\s+\S*\d", re.IGNORECASE)
#: How an entry of a list begins: its name, then a dash.
_ENTRY = re.compile(r"\s*[A-Z](?:&[a-z]+;|[^.;:]){1,60}?\s[-–—]{1,2}\s")
#: What stands in brackets beside another number: 500,000 (600,000).
_BESIDE = re.compile(r"\d\S*\s+\($")


def tables(rows: Sequence[Mapping[str, Any]]) -> frozenset[int]:
    """The numbers of the sentences that are tables."""
    counts = Counter(row["sentence_no"] for row in rows)
    return frozenset(number for number, count in counts.items() if count >= _TABLE)


def is_item(row: Mapping[str, Any]) -> bool:
    """Whether a number is the base of a rate or stands in brackets for another time: it is only of
    what stands beside it."""
    before = row["sentence"].partition(row["surface"])[0]
    last = before.lower().split()[-1:]
    compared = row["conversion_of"] is None and _BESIDE.search(before) is not None
    return compared or not _BASE.isdisjoint(last)


def of_two_items(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows are said of two things, by the sentences in which they stand."""
    if (one["qualifier"] in _UPPER) != (other["qualifier"] in _UPPER):
        return True  # under a million, a million
    if _is_part(one) != _is_part(other):
        return True
    if _ENTRY.match(one["sentence"]) and _ENTRY.match(other["sentence"]):
        return True
    before, behind = (_before(row) for row in (one, other))
    if (before & words("figures.leaving_out")) != (behind & words("figures.leaving_out")):
        return True  # without cars sales rose 2%
    if _is_base(one) != _is_base(other):
        return True  # 300 in May; to 450 from 300
    series = words("figures.which_series")
    a, b = before & series, behind & series
    if a and b and a.isdisjoint(b):
        return True  # the current year, the prior year; net, gross
    ordinals = time_words("ORD") | words("figures.of_another")
    a, b = before & ordinals, behind & ordinals
    return bool(a and b) and a.isdisjoint(b)


def _is_base(row: Mapping[str, Any]) -> bool:
    """Whether a number is the one that another is compared with, mostly of an earlier time."""
    before, _, after = row["sentence"].partition(row["surface"])
    comparing, last = before.lower().split()[-2:-1], before.lower().split()[-1:]
    compared = last in (["with"], ["to"]) and not words("figures.comparing").isdisjoint(comparing)
    if compared or _AGAINST.search(before):
        return True
    return _FROM.search(before) is not None and (
        _LEVEL.search(before) is not None or _ON_TO.match(after) is not None
    )


def _is_part(row: Mapping[str, Any]) -> bool:
    behind = row["sentence"].partition(row["surface"])[2]
    return row["unit_type"] == "count" and _PART.match(behind) is not None


def _before(row: Mapping[str, Any]) -> frozenset[str]:
    """The words before a number in its sentence."""
    said = row["sentence"].partition(row["surface"])[0].lower().split()
    return frozenset(word.strip(",;:“”\"'()") for word in said)
