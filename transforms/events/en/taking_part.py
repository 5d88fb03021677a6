"""Which event a figure belongs to: the one that what it counts takes part in, or that it counts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from transforms.events.frame import Frame, Kind, Role
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import words

#: What a figure is of first: whom it happens to, who gets it, who does it.
_ORDER = (Role.PATIENT, Role.RECIPIENT, Role.AGENT, Role.INSTRUMENT, Role.PARTNER)


class TakingPart:
    """The events of an article by who and what takes part in them."""

    def __init__(self, tree: Tree, events: Sequence[Frame]) -> None:
        self._tree = tree
        self._events = events
        # numbers of the first event: by role and head, by role and token within, by its own token
        self._heads: dict[tuple[Role, int], int] = {}
        self._within: dict[tuple[Role, int], int] = {}
        self._tokens: dict[tuple[Kind, int], int] = {}
        for number, event in enumerate(events):
            self._tokens.setdefault((event.kind, event.token), number)
            for one in event.participants:
                self._heads.setdefault((one.role, one.head), number)
                first = bisect_left(tree.start, one.start)
                for token in range(first, bisect_left(tree.start, one.end)):
                    self._within.setdefault((one.role, token), number)

    def event_of(self, tokens: Sequence[int]) -> Frame | None:
        """The event that a figure belongs to; ``tokens`` are what it counts or measures and its
        number. None where it tells of no event.

        A participant decides, whom it happens to before who does it; else what is counted is itself
        an event (three strikes); else it stands in the phrase of a participant, or beside the verb.
        """
        if not self._events:
            return None
        for role in _ORDER:
            if event := self._first(self._heads, ((role, token) for token in tokens)):
                return event
        if event := self._noun(tokens):
            return event
        for role in _ORDER:
            if event := self._first(self._within, ((role, token) for token in tokens)):
                return event
        return self._beside(tokens)

    def _first[K](self, events: Mapping[K, int], keys: Iterable[K]) -> Frame | None:
        """The first of the events that the keys stand for."""
        number = min((events[key] for key in keys if key in events), default=None)
        return None if number is None else self._events[number]

    def _noun(self, tokens: Iterable[int]) -> Frame | None:
        return self._first(self._tokens, ((Kind.NOUN, token) for token in tokens))

    def _beside(self, tokens: Sequence[int]) -> Frame | None:
        """The event of the verb that something stands under, with no other clause between; of a
        level that of what it is the level of (the toll rose to 40)."""
        tree = self._tree
        levels = words("events.level") | words("events.setting_level")
        for token in tokens:
            verb = next((i for i in tree.up(token) if tree.is_verb(i)), None)
            if verb is None:
                continue
            if event := self._first(self._tokens, [(Kind.VERB, verb)]):
                return event
            if tree.lemma[verb] not in levels:
                continue
            things = [c for c in tree.children[verb] if tree.dep[c] in (*SUBJECTS, "dobj")]
            inner = [
                k
                for thing in things
                for of in tree.children[thing]
                if tree.lower[of] == "of" and (k := tree.child(of, "pobj")) is not None
            ]
            if event := self._noun((*things, *inner)):
                return event
        return None
