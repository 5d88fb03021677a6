"""What the reader of times asks of a language. Nothing else in this package knows any word.

A language has a package of its own (:mod:`.en`) that gives one :class:`Language`; what it reads
are the nodes of the grammar (:mod:`.engine`) with the meanings that all languages share
(:mod:`.meanings`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.dates.engine import Node

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: The tenses, which are also where a time lies, seen from what it hangs on.
PAST, PRESENT, FUTURE = "past", "present", "future"
#: What was arranged for a time and then called off: the time may have come or not.
ARRANGED = "arranged"

#: The reason that every language shares: the cheap test left the sentence out.
NO_WORD = "no_word_of_time"


@dataclass(frozen=True, slots=True)
class Language:
    """One language's words, rules and tests."""

    #: Whether 03/04 is 3 April in a text, by its publisher's country and publication date.
    is_day_first: Callable[[str, str | None, dt.date | None], bool]
    #: Whether ``text[start:end]`` is no whole sentence: it ends with an abbreviation of a time.
    is_cut_short: Callable[[str, int, int], bool]
    #: The cheap test before the grammar: whether a sentence has any word or digits of time.
    may_hold_time: Callable[[str], bool]
    #: ``text[start:end]`` read by the grammar: the text, start and end, its parse, whether the day
    #: comes first, and the publisher's country.
    read_nodes: Callable[[str, int, int, Doc, bool, str | None], list[Node]]
    #: Of those nodes the expressions of time, ``refused`` where they are none where they stand.
    judged: Callable[[Sequence[Node], str, Doc], Iterator[Node]]
    #: Of those nodes what else looks like a time, each with why it is none.
    left_over: Callable[[Sequence[Node]], Iterator[Node]]
    #: The tense at ``doc.text[start:end]``, "" if none, and whether the verb governs it itself.
    tense_at: Callable[[Doc, int, int], tuple[str, bool]]
    #: Whether the verb above ``doc.text[start:end]`` says what is, in the present.
    is_state: Callable[[Doc, int, int], bool]
    #: Whether its own verb says beyond doubt that ``doc.text[start:end]`` is to come.
    is_surely_ahead: Callable[[Doc, int, int], bool]
    #: Whether ``doc.text[start:end]`` names the noun after it.
    names_noun: Callable[[Doc, int, int], bool]
    #: The country (ISO 3166-1 alpha-3) named beside ``text[start:end]``.
    country_beside: Callable[[str, int, int], str | None]
    #: Whether the characters between two times only list them.
    is_listing: Callable[[str], bool]
    #: Each reason of a refusal with what it says.
    reasons: Mapping[str, str]
