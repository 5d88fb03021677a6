"""A clause as it is read: what happens, who takes part, where, when, how sure, who says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from transforms.events.en.sources import Source
from transforms.events.en.when import Dated
from transforms.events.en.where import Placed


class Kind(StrEnum):
    """What a predicate is: a verb, or a noun for something that happens (a strike on)."""

    VERB = "verb"
    NOUN = "noun"


class Role(StrEnum):
    """How somebody or something takes part.

    A partner is the other side of what two do together (talks with); of a state, who is in it is
    the patient (are missing, is mayor).
    """

    AGENT = "agent"
    PATIENT = "patient"
    RECIPIENT = "recipient"
    INSTRUMENT = "instrument"
    PARTNER = "partner"


class Join(StrEnum):
    """Where a participant stands that is not in the clause itself; docs/events.md has examples."""

    NONE = ""
    #: In the verb that it is coordinated with.
    COORDINATED = "coordinated"
    #: The noun that a relative clause tells of.
    RELATIVE = "relative"
    #: The noun that a bare participle stands behind.
    REDUCED = "reduced"
    #: In the main clause of a participle.
    PARTICIPLE = "participle"
    #: In the verb above an infinitive.
    INFINITIVE = "infinitive"
    #: In the verb above a preposition and its "-ing".
    GERUND = "gerund"
    #: The subject of a verb that says little beside its noun (carried out a raid).
    SUPPORT = "support"
    #: The verb is said once for two things that have places, days or subjects of their own.
    ELIDED = "elided"


@dataclass(frozen=True, slots=True)
class Participant:
    """Characters ``start`` to ``end``, a phrase with ``head``, the token it hangs by."""

    role: Role
    head: int
    start: int
    end: int
    entity_id: str | None
    join: Join


@dataclass(frozen=True, slots=True)
class Frame:
    """One clause. ``token`` is its predicate, written from ``start`` to ``end`` (characters).

    ``lemma`` has the particle or the complement with it (shoot down, be missing). ``event_type``
    is of event_types.csv and ``plover`` the type of PLOVER, where they are known. ``ordinal``
    counts the frames of one predicate, from 0. ``source`` says it; None is the author.
    """

    token: int
    ordinal: int
    lemma: str
    start: int
    end: int
    kind: Kind
    event_type: str | None
    plover: str | None
    participants: tuple[Participant, ...]
    place: Placed | None
    time: Dated | None
    modality: str
    negated: bool
    source: Source | None
    source_entity_id: str | None

    @property
    def joined(self) -> tuple[Join, ...]:
        """What was understood, each once, in the order of :class:`Join`."""
        found = {one.join for one in self.participants if one.join}
        if self.ordinal:
            found.add(Join.ELIDED)
        return tuple(join for join in Join if join in found)

    def of(self, role: Role) -> tuple[Participant, ...]:
        """The participants of a role, in the order of the text."""
        return tuple(one for one in self.participants if one.role is role)
