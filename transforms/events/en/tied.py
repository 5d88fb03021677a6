"""The dates of an article that name a stretch of calendar, each with the token it is tied to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.events.tree import Tree
from transforms.words import time_words, words

Row = Mapping[str, Any]
#: The value of a time in the past that no calendar has.
PAST = "PAST_REF"
#: How a verb hangs on one whose clause it belongs to (following the raid: a verb to the tagger).
_WITHIN = ("xcomp", "ccomp", "prep", "pcomp")
#: What stands before a stretch of days over which something happened.
#: What stands right before a date that begins or ends a stretch.
_RUNNING = frozenset(("since", "until", "till", "through", "by"))
_OVER = frozenset(("in", "over", "during", "within"))


@dataclass(frozen=True, slots=True)
class Tied:
    """A date with the tokens it covers and the token that it is tied to."""

    row: Row
    first: int
    last: int
    head: int
    tie: int
    word: str


class Times:
    """The dates of an article that name a stretch of calendar, by sentence."""

    def __init__(self, tree: Tree, dates: Sequence[Row], published: dt.date | None) -> None:
        self.tree = tree
        self.published = published
        self.by_sentence: dict[int, list[Tied]] = {}
        #: The tokens at which a time is said that nobody can tell: recently, in recent fighting.
        self.vague: dict[int, list[int]] = {}
        for row in dates:
            if row.get("date_start") is None:
                at = tree.at(row["char_start"])
                if row.get("value") == PAST or self._spans(row, at):
                    self.vague.setdefault(tree.sent[at], []).append(at)
                continue
            tied = self._tied(row)
            self.by_sentence.setdefault(tree.sent[tied.first], []).append(tied)

    def _spans(self, row: Row, at: int) -> bool:
        """Whether a duration that begins at a token says over which days: in the first few days."""
        before = self.tree.lower[max(0, at - 2) : at]
        value = str(row.get("value", ""))
        days = value.startswith("P") and not value.startswith("PT") and value != "P1D"
        return days and bool(_OVER.intersection(before))

    def _tied(self, row: Row) -> Tied:
        tree = self.tree
        first, last = tree.at(row["char_start"]), tree.at(row["char_end"] - 1)
        head = first
        for i in range(first, last + 1):
            if not first <= tree.head[i] <= last or tree.head[i] == i:
                head = i
                if tree.dep[i] not in ("punct", "det", "case", "cc"):
                    break
        tie, word = tree.head[head], ""
        if tree.dep[head] == "pobj":
            word = tree.lower[tie]
            tie = tree.head[tie]
        elif tree.dep[head] == "prep" or tree.tag[head] == "IN":
            word = tree.lower[head]
        if first > 0 and not word and tree.lower[first - 1] in _RUNNING:
            word = tree.lower[first - 1]
        after = last + 1
        if after + 1 < len(tree.head) and tree.tag[after] == "$":
            after += 1
        if (
            after < len(tree.head)
            and tree.tag[after] == "CD"
            and tree.dep[head] in ("npadvmod", "nmod", "compound", "dep", "amod", "nsubj", "conj")
            and tree.lower[first - 1 if first else 0] in ("and", ",", "but", ";")
        ):
            tie = after  # 184 in June and last month 253
        doing = tree.dep[tie] == "acl" and tree.tag[tie] == "VBG"
        if doing and tree.lemma[tree.head[tie]] in words("events.noun"):
            tie = tree.head[tie]  # a raid targeting a school on Monday
        term = tree.dep[head] == "npadvmod" and tree.lemma[tie] in time_words("UNIT")
        if term and tree.dep[tie] == "pobj" and last - first == 0 and tie == first - 1:
            tie = tree.head[tree.head[tie]]  # sentenced to nine years Thursday
        start = tree.head[tie]
        since = tree.dep[tie] == "pobj" and tree.lower[start] == "since" and not tree.is_verb(tie)
        if since and word in ("", "in", "on", "of", "at"):
            tie, word = tree.head[start], "since"  # since the invasion in 2022, since its sale
        clause = next((i for i in tree.up(head) if tree.is_verb(i)), head)
        while tree.dep[clause] in _WITHIN and tree.is_verb(tree.head[clause]):
            clause = tree.head[clause]  # since they began shelling it after the raid of May 7
        if tree.dep[clause] == "advcl" and word != "since":
            mark = next((c for c in tree.children[clause] if tree.dep[c] == "mark"), None)
            if mark is not None and tree.lower[mark] == "since" and tie in tree.up(head):
                tie, word = tree.head[clause], "since"  # since the dam burst in 2019, 300 left
        if tree.dep[tie] in ("aux", "auxpass"):
            tie = tree.head[tie]  # they were on Monday fined
        return Tied(row, first, last, head, tie, word)
