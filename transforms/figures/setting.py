"""Where and when a figure holds, and whose side is counted: from mentions, entities and dates."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from transforms.figures.claims import Source
from transforms.figures.counted import Counted
from transforms.figures.grammar import ancestors
from transforms.figures.lexer import word_set
from transforms.figures.page import Page

if TYPE_CHECKING:
    from spacy.tokens import Token

Row = Mapping[str, Any]
#: Verbs whose object belongs to the side that is their subject (Russia lost 1,200 soldiers).
_OWN = word_set("lose deploy send dispatch mobilise mobilize withdraw field station commit suffer")
_PLACES = frozenset(("GPE", "LOC", "FAC"))
_LOCATIVE = word_set(
    """
    in at on near to into from around outside inside across throughout over off along within
    toward towards north south east west between through of for around
    """
)
_STRONG = word_set(
    """
    in at near into inside across throughout outside around within to along off on
    """
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure holds: the text as written and the entity that it names."""

    text: str
    entity_id: str | None


class Setting:
    """The mentions and dates of an article by where they stand."""

    def __init__(
        self, page: Page, dates: Sequence[Row], mentions: Sequence[Row], entities: Sequence[Row]
    ) -> None:
        self._page = page
        self._mentions = sorted(mentions, key=lambda row: (row["char_start"], -row["char_end"]))
        self._mention_starts = [row["char_start"] for row in self._mentions]
        self._dates = sorted(
            (row for row in dates if row.get("date_start") is not None),
            key=lambda row: row["char_start"],
        )
        self._date_starts = [row["char_start"] for row in self._dates]
        self._countries = {row["entity_id"]: row.get("country") for row in entities}

    def _between(self, start: int, end: int) -> list[Row]:
        """Mentions inside the characters."""
        low = bisect_left(self._mention_starts, start)
        high = bisect_left(self._mention_starts, end)
        return [row for row in self._mentions[low:high] if row["char_end"] <= end]

    def entity_of(self, start: int, end: int, head: int) -> str | None:
        """The entity that a noun phrase names: the longest mention that holds its head."""
        inside = self._between(start, end)
        holding = [row for row in inside if row["char_start"] <= head < row["char_end"]]
        chosen = max(holding, key=lambda row: row["char_end"] - row["char_start"], default=None)
        return chosen["entity_id"] if chosen is not None else None

    def nationality(self, counted: Counted | None, start: int, end: int) -> str | None:
        """The country of a people or country named inside the counted phrase (Russian soldiers)."""
        if counted is None or counted.span is None:
            return None
        doc = self._page.doc
        head = doc[counted.span[1]]
        low = doc[counted.span[0]].idx
        high = doc[counted.span[1]].idx + len(doc[counted.span[1]])
        country = self._country(low, high)
        if country:
            return country
        for child in head.rights:
            if child.dep_ == "prep" and child.lower_ in ("from", "of"):
                edge = child.right_edge
                for row in self._between(child.idx, edge.idx + len(edge)):
                    if row["entity_type"] in ("NORP", "GPE") and row["char_start"] - child.idx < 16:
                        country = self._countries.get(row["entity_id"])
                        if country:
                            return str(country)
        for child in head.lefts:
            if child.dep_ == "poss":
                country = self._country(child.left_edge.idx, child.idx + len(child))
                if country:
                    return country
        verb = head.head
        if head.dep_ in ("dobj", "conj") and verb.lemma_ in _OWN:
            for child in verb.lefts:
                if child.dep_ == "nsubj":
                    return self._country(child.left_edge.idx, child.idx + len(child))
        return None

    def _country(self, start: int, end: int) -> str | None:
        """The country of the first people or country named inside the characters."""
        for row in self._between(start, end):
            if row["entity_type"] in ("NORP", "GPE"):
                country = self._countries.get(row["entity_id"])
                if country:
                    return str(country)
        return None

    def place(self, token: Token, sentence: tuple[int, int], source: Source | None) -> Place | None:
        """The place that the clause of the figure states, the nearest in the parse first."""
        best: tuple[tuple[int, int], Row, int] | None = None
        path = [token.i, *(t.i for t in ancestors(token))]
        for row in self._between(*sentence):
            if row["entity_type"] not in _PLACES:
                continue
            inner = self._page.token_at(row["char_end"] - 1)
            while inner.head.i != inner.i and row["char_start"] <= inner.head.idx < row["char_end"]:
                inner = inner.head
            if source is not None and source.span[0] <= inner.i <= source.span[1]:
                continue
            preposition = _preposition(inner)
            if preposition is None:
                continue
            meet = next((n for n, i in enumerate(path) if preposition.head.i == i), None)
            if meet is None:
                continue
            if meet > 0 and self._page.doc[path[meet]].lemma_ in ("say", "tell", "report", "add"):
                continue
            weight = 0 if preposition.lower_ in _STRONG else 1
            key = (meet * 2 + weight, abs(row["char_start"] - token.idx))
            if best is None or key < best[0]:
                best = (key, row, preposition.i)
        if best is None:
            return None
        row = best[1]
        return Place(self._widened(row, best[2]), row["entity_id"])

    def _widened(self, row: Row, preposition: int) -> str:
        """The mention with its article and its common noun: "the Kursk region"."""
        page = self._page
        first = page.token_at(row["char_start"])
        last = page.token_at(row["char_end"] - 1)
        start = row["char_start"]
        if first.i - 1 > preposition and first.i > 0 and first.nbor(-1).tag_ == "DT":
            start = first.nbor(-1).idx
        end = row["char_end"]
        if last.i + 1 < len(page.doc):
            following = last.nbor()
            if following.lower_ in (
                "region",
                "province",
                "district",
                "oblast",
                "area",
                "border",
                "city",
                "county",
                "state",
                "prefecture",
                "governorate",
                "village",
                "town",
                "peninsula",
                "valley",
            ) and last.dep_ in ("compound", "nmod", "amod"):
                end = following.idx + len(following)
        return page.text[start:end]

    def as_of(self, token: Token, sentence: tuple[int, int], source: Source | None) -> Row | None:
        """The date of the figure's clause; else that of the statement."""
        low = bisect_left(self._date_starts, sentence[0])
        high = bisect_left(self._date_starts, sentence[1])
        inside = self._dates[low:high]
        if not inside:
            return None
        chain = [token, *ancestors(token)]
        order = {t.i: n for n, t in enumerate(chain)}
        best: tuple[tuple[int, int], Row] | None = None
        for row in inside:
            there = self._page.token_at(row["char_start"])
            meet = next((order[t.i] for t in (there, *ancestors(there)) if t.i in order), None)
            if meet is None:
                continue
            if _other_clause(there, chain[meet]):
                continue
            key = (meet, abs(row["char_start"] - token.idx))
            if best is None or key < best[0]:
                best = (key, row)
        return best[1] if best is not None else None


def _preposition(token: Token) -> Token | None:
    """The preposition that governs a place, over what it is compounded with (Kursk region)."""
    seen = 0
    while seen < 4:
        if token.dep_ in ("pobj", "pcomp") and token.head.dep_ in (
            "prep",
            "agent",
            "pcomp",
            "dative",
        ):
            return token.head if token.head.lower_ in _LOCATIVE else None
        if token.dep_ in (
            "compound",
            "nmod",
            "appos",
            "conj",
            "poss",
            "amod",
        ) and token.head.pos_ in ("NOUN", "PROPN"):
            if token.dep_ == "poss" or token.dep_ == "appos":
                return None
            token = token.head
            seen += 1
            continue
        return None
    return None


def _other_clause(there: Token, meet: Token) -> bool:
    """Whether a clause boundary lies between a date and where its path meets the figure's."""
    for head in (there, *ancestors(there)):
        if head.i == meet.i:
            return False
        if head.dep_ in ("relcl", "advcl", "ccomp", "acl"):
            return True
    return False
