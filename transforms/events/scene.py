"""The clauses of an article, its places and times, asked for by token."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from transforms.event_words import row_types
from transforms.events.en.bare import in_body
from transforms.events.en.frames import Page, frames
from transforms.events.en.given import is_done
from transforms.events.en.happened import category_of, happened
from transforms.events.en.happenings import is_past
from transforms.events.en.instances import is_instance
from transforms.events.en.mending import mend
from transforms.events.en.modality import modality
from transforms.events.en.phrases import COUNTRY, PlacePhrase, anaphoric
from transforms.events.en.places import Places
from transforms.events.en.sides import Sides
from transforms.events.en.sources import Source
from transforms.events.en.statements import Statements
from transforms.events.en.story import Story
from transforms.events.en.taken_up import taken_up
from transforms.events.en.taking_part import TakingPart
from transforms.events.en.tied import Times
from transforms.events.en.when import Dated, find_time, is_state
from transforms.events.en.where import Placed, find_place
from transforms.events.frame import Frame, Kind
from transforms.events.tree import SUBJECTS, tree_of
from transforms.words import words

if TYPE_CHECKING:
    from transforms.figures.view import View

Row = Mapping[str, Any]
_ALL_OVER = frozenset(("around", "across", "over", "throughout"))


class Scene:
    def __init__(
        self, view: View, dates: Sequence[Row], mentions: Sequence[Row], entities: Sequence[Row]
    ) -> None:
        self.view = view
        self._text = view.text
        self._mentions = mentions
        self.tree = tree_of(view.doc)
        mend(self.tree, words("events.giving"))
        self.places = Places(self.tree, mentions, entities)
        self.times = Times(self.tree, dates, view.published)
        bounds = [(tokens[0], tokens[-1]) for tokens in self.tree.sentences]
        self.statements = Statements(self.tree, view.text, bounds)
        self.sides = Sides(self.tree, mentions, entities)
        self.story = Story(self.tree, self.places, self.times, self._paragraphs(view.text))

    def place(
        self,
        token: int,
        *,
        event: bool,
        start: int,
        end: int,
        barred: tuple[int, int] | None = None,
    ) -> Placed | None:
        """``start`` and ``end`` are the characters of the figure."""
        return find_place(
            self.tree,
            self.places,
            token,
            event=event,
            start=self.tree.at(start),
            ends=(self.tree.at(end - 1), token),
            barred=barred,
        )

    def text(self, phrase: PlacePhrase) -> str:
        return self._text[phrase.start : phrase.end]

    def time(
        self,
        token: int,
        *,
        end: int,
        moves: bool,
        base: bool,
        barred: tuple[int, int] | None = None,
    ) -> Dated | None:
        """``end`` is the character at which the figure ends."""
        return find_time(
            self.tree,
            self.times,
            token,
            end=self.tree.at(end - 1),
            moves=moves,
            base=base,
            state=is_state(self.tree, token),
            barred=barred,
        )

    def _paragraphs(self, text: str) -> list[int]:
        """The number of the paragraph of each sentence of the tree."""
        found: list[int] = []
        number, before = 0, 0
        for tokens in self.tree.sentences:
            start = self.tree.start[tokens[0]]
            number += "\n" in text[before:start]
            before = start
            found.append(number)
        return found

    def modality(self, token: int, start: int, *, happens: bool = True) -> tuple[str, str]:
        """``start`` is the character at which the figure begins; ``happens`` is whether its
        category is what happened to the counted."""
        return modality(self.tree, token, self.tree.at(start), happens=happens)

    def is_past(self, token: int) -> bool:
        """Whether the clause of a token tells of what is over."""
        return is_past(self.tree, token)

    def is_done(self, token: int) -> bool:
        """Whether the clause of a token tells of what has been done."""
        return is_done(self.tree, token)

    def side(self, counted: Any, category: str, number: int) -> tuple[str, str] | None:
        """``number`` is asked where the noun is left out."""
        if counted is None or counted.span is None or counted.found == "antecedent":
            return self.sides.of_bare(number, category)
        found = self.sides.of(counted.span[0], counted.span[1], category)
        return found or self.sides.of_level(number, category)

    def is_known(self, noun: int) -> bool:
        """Whether a noun is a known one: the nine towers, its nine towers."""
        tree = self.tree
        return any(
            tree.lower[c] in ("the", "these", "those") or tree.dep[c] == "poss"
            for c in tree.children[noun]
            if c < noun
        )

    def is_whole(self, noun: int) -> bool:
        """Whether a known noun is the whole of which another number is a part: 3 of her 5 sons."""
        tree = self.tree
        of = tree.head[noun]
        if tree.dep[noun] != "pobj" or tree.lower[of] != "of":
            return False
        part = tree.head[of]
        number = tree.tag[part] == "CD" or tree.lower[part] in (
            "all",
            "most",
            "some",
            "none",
            "each",
        )
        known = any(tree.dep[c] in ("det", "poss") for c in tree.children[noun])
        return number and known

    def is_speaker(self, noun: int) -> bool:
        """Whether a noun is of those who say something."""
        return any(one.source.head == noun for one in self.statements.all)

    def is_harmed(self, token: int) -> bool:
        """Whether the clause of a token tells of harm or of what comes of it: 30 were rescued."""
        tree = self.tree
        beside = [
            c
            for c in tree.children[token]
            if (tree.dep[c] == "amod" or (tree.dep[c] == "acl" and tree.tag[c] == "VBN"))
            and tree.child(c, *SUBJECTS) is None
        ]
        told = token
        while not tree.is_verb(told) and tree.head[told] != told:
            if tree.dep[told] == "prep" and tree.lower[told] != "of":
                break  # lost money in 27 quarters
            told = tree.head[told]
        return any(tree.lemma[i] in words("events.harm") for i in (told, *beside))

    def is_again(self, noun: int) -> bool:
        """Whether places are counted that were named before: the two countries."""
        many = self.tree.tag[noun] == "NNS" and self.tree.lemma[noun] in anaphoric()
        return many and self.is_known(noun)

    def is_of_nations(self, noun: int) -> bool:
        """Whether countries are counted, which are in no place that another sentence names."""
        return anaphoric().get(self.tree.lemma[noun]) == COUNTRY

    def is_everywhere(self, token: int) -> bool:
        """Whether a clause says that it goes on in no one place: worldwide, around the world."""
        tree = self.tree
        top = next((i for i in tree.up(token) if tree.is_verb(i)), token)
        return any(
            (tree.lower[i] in words("places.everywhere") or self._is_round_the_world(i))
            and next((k for k in tree.up(i)[1:] if tree.is_verb(k)), top) == top
            for i in tree.sentences[tree.sent[token]]
        )

    def _is_round_the_world(self, i: int) -> bool:
        tree = self.tree
        return tree.lower[i] in words("places.earth") and tree.lower[tree.head[i]] in _ALL_OVER

    def below(self, token: int, noun: int) -> bool:
        """Whether a token stands inside the phrase of a noun."""
        return noun in self.tree.up(token)

    def tokens(self, first: int, last: int) -> str:
        """The characters of some tokens (both ends inclusive)."""
        return self._text[self.tree.start[first] : self.tree.end[last]]

    def entity_of(self, source: Source) -> str | None:
        """The entity that a source names: the longest mention that holds its head."""
        low, high = self.tree.start[source.first], self.tree.end[source.last]
        head = self.tree.start[source.head]
        starts, rows = self._by_start
        near = rows[bisect_left(starts, low) : bisect_right(starts, head)]
        inside = [row for row in near if head < row["char_end"] <= high]
        longest = max(inside, key=lambda row: row["char_end"] - row["char_start"], default=None)
        return longest["entity_id"] if longest is not None else None

    @cached_property
    def _by_start(self) -> tuple[list[int], list[Row]]:
        """Where mentions start, in order, and the mentions."""
        rows = sorted(self._mentions, key=lambda row: row["char_start"])
        return [row["char_start"] for row in rows], rows

    @cached_property
    def events(self) -> tuple[Frame, ...]:
        """The frames of types that are rows of events, in the order of the text.

        A noun that says neither who, where nor when, and is not counted, names no one event.
        """
        found = [
            one
            for one in self.frames(row_types())
            if (one.kind is Kind.VERB or self._tells(one)) and is_instance(self.tree, one)
        ]
        return taken_up(self.tree, self.places, self.times, found)

    def _tells(self, frame: Frame) -> bool:
        place, time = frame.place, frame.time
        own = (place is not None and not place.rule.startswith("scene")) or (
            time is not None and not time.rule.startswith("scene")
        )
        tree = self.tree
        counted = any(tree.tag[c] == "CD" for c in tree.children[frame.token] if c < frame.token)
        return own or counted or bool(frame.participants)

    def event_of(self, *tokens: int) -> Frame | None:
        """The event that something counted or measured, or its number, takes part in."""
        return self._taking_part.event_of(tokens)

    @cached_property
    def _taking_part(self) -> TakingPart:
        return TakingPart(self.tree, self.events)

    def frames(self, types: Container[str | None] | None = None) -> Iterator[Frame]:
        """Every clause and noun of an event, in the order of the text, or those of some types.

        The scene that they are read against is what the sentences say, not what was told of
        figures, so that frames are the same whenever they are asked for.
        """
        tree = self.tree
        story = Story(tree, self.places, self.times, self._paragraphs(self._text))
        page = Page(
            tree, self.places, self.times, self.statements, story, self._named(), self.entity_of
        )
        return frames(page, types)

    def _named(self) -> dict[int, str]:
        """The entity of the longest mention at each token."""
        found: dict[int, str] = {}
        for row in sorted(self._mentions, key=lambda row: row["char_end"] - row["char_start"]):
            for i in range(self.tree.at(row["char_start"]), self.tree.at(row["char_end"] - 1) + 1):
                found[i] = row["entity_id"]
        return found

    def happened(self, token: int) -> str | None:
        """What happened to what a token counts, by the words above and beside it."""
        return happened(self.tree, token)

    def in_body(self, number: int) -> bool:
        """Whether a bare number is that of a body of people: a crew of four."""
        return in_body(self.tree, number)

    def category(self, token: int, noun: str) -> tuple[str, str]:
        """The category of a count whose noun alone says ``noun``, and the rule."""
        return category_of(self.tree, token, noun)
