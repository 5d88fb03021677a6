"""Which event a figure belongs to: the one that what it counts takes part in, or that it counts."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.events.frame import Frame, Kind, Role
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import words

#: What a figure is of first: whom it happens to, who gets it, who does it.
_ORDER = (Role.PATIENT, Role.RECIPIENT, Role.AGENT, Role.INSTRUMENT, Role.PARTNER)


def event_of(tree: Tree, events: Sequence[Frame], tokens: Sequence[int]) -> Frame | None:
    """The event of ``events`` that a figure belongs to; ``tokens`` are what it counts or measures
    and its number. None where it tells of no event.

    A participant decides, whom it happens to before who does it; else what is counted is itself an
    event (three strikes); else it stands in the phrase of a participant, or beside the verb.
    """
    if not events:
        return None
    asked = frozenset(tokens)
    for role in _ORDER:
        for event in events:
            if any(one.head in asked for one in event.of(role)):
                return event
    for event in events:
        if event.kind is Kind.NOUN and event.token in asked:
            return event
    starts = [tree.start[i] for i in tokens]
    for role in _ORDER:
        for event in events:
            if any(one.start <= at < one.end for one in event.of(role) for at in starts):
                return event
    return _beside(tree, events, tokens)


def _beside(tree: Tree, events: Sequence[Frame], tokens: Sequence[int]) -> Frame | None:
    """The event of the verb that something stands under, with no other clause between; of a level
    that of what it is the level of (the toll rose to 40)."""
    levels = words("events.level") | words("events.setting_level")
    for token in tokens:
        verb = next((i for i in tree.up(token) if tree.is_verb(i)), None)
        for event in events:
            if event.kind is Kind.VERB and event.token == verb:
                return event
        if verb is None or tree.lemma[verb] not in levels:
            continue
        things = [c for c in tree.children[verb] if tree.dep[c] in (*SUBJECTS, "dobj")]
        inner = [
            k
            for thing in things
            for of in tree.children[thing]
            if tree.lower[of] == "of" and (k := tree.child(of, "pobj")) is not None
        ]
        for event in events:
            if event.kind is Kind.NOUN and event.token in (*things, *inner):
                return event
    return None
