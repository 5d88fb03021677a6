"""Titles in and before names: "Chancellor of the Exchequer Lawson", "Herder Batbayar"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from transforms.entities.areas import areas
from transforms.entities.names import parts_of
from transforms.entities.wording import (
    contexts,
    longest_title,
    may_begin_title,
    may_end_title,
    shapes,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc


def title_of(doc: Doc, first: int, last: int) -> tuple[int, str]:
    """The token at which the titles of a span end, and the kind of the last ("" if none)."""
    if first < last and not may_begin_title(parts_of(doc[first].text)):
        return first, ""
    # "Lt." is one token here and two words in the table
    parts = [parts_of(doc[i].text) for i in range(first, last)]
    taken, kind = longest_title([word for part in parts for word in part])
    count = tokens = 0
    while count < taken and tokens < len(parts):
        count += len(parts[tokens])
        tokens += 1
    return first + tokens, kind


def after_title(doc: Doc, first: int, last: int) -> int:
    """Where a person's span begins whose title was cut: "Chancellor of the | Exchequer Lawson"."""
    if last - first < 2 or not may_end_title(parts_of(doc[first].text)):
        return first
    for start in range(max(0, first - 4), first):
        before_it = [doc[i] for i in range(start, first + 1) if not doc[i].is_space]
        parts = [word for token in before_it for word in parts_of(token.text)]
        before = len(parts) - 1
        if longest_title(parts)[0] == len(parts) > longest_title(parts[:before])[0]:
            return first + 1
    return first


def inner_title(parts: Sequence[str]) -> int:
    """How many words stand up to a title within a person's span: two in "Danish Queen X"."""
    for index in range(1, len(parts) - 1):
        if longest_title([parts[index]])[1] in ("honorific", "rank") and parts[index].isalpha():
            return index + 1
    return 0


def opening_noun(doc: Doc, index: int) -> str:
    """The kind that a sentence's opening noun gives to the name after it: "Herder Batbayar"."""
    word = doc[index].text
    if not doc[index].is_sent_start or not word.istitle() or word in shapes("first"):
        return ""
    kind = contexts("before").get(word.lower(), "")
    return kind if kind in ("PERSON", "ORG") and not longest_title([word])[0] else ""


def is_pageant(doc: Doc, first: int, rest: int) -> bool:
    """Whether the title has its country or region behind it: "Miss Kansas Anna Berg"."""
    return shapes("first").get(doc[first].text) == "EVENT" and any(areas(doc[rest].text))
