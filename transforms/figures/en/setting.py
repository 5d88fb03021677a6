"""Where and when a figure holds, and whose side is counted: from mentions, entities and dates."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from transforms.event_words import event_words_for
from transforms.figures.en.claims import Source
from transforms.figures.en.counted import Counted
from transforms.figures.en.syntax import VERBS, ancestors
from transforms.figures.lexer import word_set
from transforms.figures.view import View
from transforms.words import reporting, words

if TYPE_CHECKING:
    from spacy.tokens import Token

Row = Mapping[str, Any]
_PLACES = frozenset(("GPE", "LOC", "FAC"))
_LOCATIVE = word_set(
    """
    in at on near to into from around outside inside across throughout over off along within
    toward towards between through of for around
    """
)
_STRONG = word_set(
    """
    in at near into inside across throughout outside around within to along off on
    """
)


#: Prepositions that say where also from inside another phrase (raids on Tyre, doctors in Goma).
_WITHIN = word_set("in at near across inside throughout on")
#: Prepositions after which a clause tells of another time than its verb's (jailed for smuggling).
_OTHER_TIME = word_set("for of after before without despite since")
_COMPARING = word_set("than against versus")


@dataclass(frozen=True, slots=True)
class AsOf:
    """When a figure held: first and last day, and the row of dates that says so."""

    start: dt.date
    end: dt.date
    date_id: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure holds: the text as written and the entity that it names."""

    text: str
    entity_id: str | None


class Setting:
    """The mentions and dates of an article by where they stand."""

    def __init__(
        self, view: View, dates: Sequence[Row], mentions: Sequence[Row], entities: Sequence[Row]
    ) -> None:
        self._page = view
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
        thing = head
        while thing.dep_ == "conj" and thing.head.pos_ in ("NOUN", "PROPN"):
            thing = thing.head
        verb = thing.head
        if thing.dep_ in ("dobj", "conj") and verb.lemma_ in event_words_for("verb", "side"):
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
        best: tuple[tuple[int, int], Row, Token] | None = None
        chain = [token, *ancestors(token)]
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
            way = _way(preposition.head, chain)
            if way is None or not _same_clause(way, chain, inner):
                continue
            verb = chain[way.meet]
            if way.meet > 0 and verb.lemma_ in reporting("verb", "told"):
                continue
            if preposition.lower_ == "from" and verb.lemma_ in words("figures.taking"):
                continue
            if way.rising and preposition.lower_ not in _WITHIN:
                continue
            weight = 0 if preposition.lower_ in _STRONG else 1
            key = (
                way.meet * 2 + weight + 2 * len(way.rising),
                abs(row["char_start"] - token.idx),
            )
            if best is None or key < best[0]:
                best = (key, row, preposition)
        if best is None:
            return None
        row = best[1]
        return Place(self._widened(row, best[2].i), row["entity_id"])

    def _widened(self, row: Row, preposition: int) -> str:
        """The mention with its article and its common noun: "the Kursk region"."""
        view = self._page
        first = view.token_at(row["char_start"])
        last = view.token_at(row["char_end"] - 1)
        start = row["char_start"]
        if first.i - 1 > preposition and first.i > 0 and first.nbor(-1).tag_ == "DT":
            start = first.nbor(-1).idx
        end = row["char_end"]
        kind = first.nbor(-2) if first.i > 2 else first
        if (
            kind.lower_ in words("shared.place_kind")
            and kind.nbor().lower_ == "of"
            and kind.nbor(-1).lower_ == "the"
        ):
            start = kind.nbor(-1).idx
        if last.i + 1 < len(view.doc):
            following = last.nbor()
            kinds = words("shared.place_kind")
            if following.lower_ in kinds and last.dep_ in ("compound", "nmod", "amod"):
                end = following.idx + len(following)
        return view.text[start:end]

    def as_of(
        self, token: Token, sentence: tuple[int, int], end: int, *, moves: bool = False
    ) -> AsOf | None:
        """The date of the figure's clause; else that of the statement.

        ``end`` is where the figure ends; one that ``moves`` (rose 5%) has what comes after "from"
        as its base, not as its date.
        """
        low = bisect_left(self._date_starts, sentence[0])
        high = bisect_left(self._date_starts, sentence[1])
        best: tuple[tuple[int, int], Row] | None = None
        chain = [token, *ancestors(token)]
        for row in self._dates[low:high]:
            there = self._page.token_at(row["char_start"])
            way = _way(there, chain)
            if way is None or _other_clause(there, chain[way.meet]):
                continue
            verb = chain[way.meet]
            if not _same_clause(way, chain, there) or self._compares(row, end, moves):
                continue
            # Below the date itself: "early July, when 130 died"; "last year and three in 2023".
            inside = row["char_start"] <= verb.idx < row["char_end"]
            if (
                not inside
                and verb.lemma_ not in reporting("verb", "claim")
                and _other_time(chain[: way.meet])
            ):
                continue
            inside = inside and way.meet > 0 and chain[way.meet - 1].dep_ == "conj"
            key = (way.meet + 9 * inside, abs(row["char_start"] - token.idx))
            if best is None or key < best[0]:
                best = (key, row)
        return self._stretched(best[1]) if best is not None else None

    def _compares(self, row: Row, end: int, moves: bool) -> bool:
        """Whether the date is that of something else the figure is compared with."""
        if row["char_start"] < end:
            return False
        view = self._page
        first = view.token_at(row["char_start"])
        between = [t for t in view.doc[view.token_at(end - 1).i + 1 : first.i] if not t.is_space]
        if not between:
            return False
        if any(t.lower_ in _COMPARING or t.lower_ in words("figures.comparing") for t in between):
            return True
        numbers = [t.i for t in between if t.like_num]
        for t in between:
            moved = moves or t.nbor(-1).lower_ in ("up", "down")
            if t.lower_ == "from" and moved and numbers and numbers[-1] > t.i:
                return True  # to 18 million carats from 24.7 million last year
        last = between[-1].lower_
        superlative = any(
            t.tag_ in ("JJS", "RBS") or t.lower_ in words("figures.superlative") for t in between
        )
        return (last == "since" and superlative) or (last == "from" and moves)

    def _stretched(self, row: Row) -> AsOf:
        """The days of a date; since January: up to the publication."""
        first = self._page.token_at(row["char_start"])
        end = row["date_end"]
        published = self._page.published
        if first.i > 0 and first.nbor(-1).lower_ == "since" and published is not None:
            end = max(end, published)
        return AsOf(row["date_start"], end, row.get("date_id"))


@dataclass(frozen=True, slots=True)
class _Way:
    """From a token up to where it meets a chain of heads: those between, and the chain's index."""

    rising: tuple[Token, ...]
    meet: int


def _way(there: Token, chain: Sequence[Token]) -> _Way | None:
    order = {t.i: n for n, t in enumerate(chain)}
    rising: list[Token] = []
    for token in (there, *ancestors(there)):
        if token.i in order:
            return _Way(tuple(rising), order[token.i])
        rising.append(token)
    return None


def _same_clause(way: _Way, chain: Sequence[Token], there: Token) -> bool:
    """Whether what stands at ``there`` holds for the figure too.

    Coordinated clauses share it where the later has neither subject nor tense of its own (killed
    five and injured three on Monday), or where it stands before both.
    """
    verbs = [t for t in way.rising if t.pos_ in VERBS]
    if any(t.dep_ in ("relcl", "ccomp", "acl", "advcl", "csubj") for t in verbs):
        return False
    meeting = chain[way.meet]
    later = [
        t
        for t in chain[: way.meet]
        if t.dep_ == "conj" and t.pos_ in VERBS and t.head.i == meeting.i
    ]
    if verbs:
        conjunct = verbs[-1]
        if conjunct.dep_ == "conj":
            return len(verbs) == 1 and not later and _shares_all(meeting, conjunct)
        return not later
    if not later or there.i < _clause_start(meeting):
        return True
    return all(_shares_all(meeting, t) for t in later)


def _clause_start(verb: Token) -> int:
    """The first token of the verb's subject, else the verb."""
    subjects = [t.left_edge.i for t in verb.lefts if t.dep_ in ("nsubj", "nsubjpass", "expl")]
    return min((*subjects, verb.i))


def _shares_all(first: Token, later: Token) -> bool:
    """Whether a coordinated verb has neither subject nor tense of its own."""
    if any(t.dep_ in ("nsubj", "nsubjpass", "expl") for t in later.children):
        return False
    own = {t.lower_ for t in later.children if t.dep_ in ("aux", "auxpass")}
    shared = {t.lower_ for t in first.children if t.dep_ in ("aux", "auxpass")}
    past = ("VBD", "VBN")  # has killed five and injured three: the tagger takes either
    same = later.tag_ == first.tag_ or (not own and first.tag_ in past and later.tag_ in past)
    return same and (not own or own == shared)


def _other_time(below: Sequence[Token]) -> bool:
    """Whether a figure stands in what tells of another time than the verb above it.

    That is a clause (jailed for smuggling; after Russia did so), or a known number inside another
    phrase (an effort by the two allies).
    """
    for t in below:
        if t.dep_ == "relcl" or (t.dep_ == "pcomp" and t.head.lower_ in _OTHER_TIME):
            return True
        if t.dep_ == "advcl" and any(
            c.dep_ in ("mark", "prep") and c.lower_ in _OTHER_TIME and c.lower_ != "for"
            for c in t.lefts
        ):
            return True
    token = below[0] if below else None
    return (
        token is not None
        and token.dep_ == "pobj"
        and token.head.lower_ != "of"
        and token.head.head.pos_ in ("NOUN", "PROPN")
        and any(c.dep_ == "det" and c.lower_ == "the" for c in token.lefts)
    )


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
            above = token.head.head
            if token.head.lower_ == "of" and above.lemma_.lower() in words("shared.place_kind"):
                token = above
                seen += 1
                continue
            says_where = token.head.lower_ in _LOCATIVE or token.head.lower_ in words(
                "shared.compass"
            )
            return token.head if says_where else None
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
