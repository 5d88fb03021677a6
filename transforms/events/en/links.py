"""How two events of an article hang together: what speaks for one happening, by name.

The names are those of event_choices.csv. Two events that share nothing, or that were on other days
or at other places, are not linked.
"""

from __future__ import annotations

from transforms.event_words import types_for
from transforms.events.en.given import is_definite
from transforms.events.en.happenings import are_elsewhere
from transforms.events.frame import Frame, Kind, Participant, Role
from transforms.events.known import Known
from transforms.events.tree import Tree
from transforms.words import time_words

#: How many letters two words of one root share: invade, invasion.
_ROOT = 5
#: In how many sentences back and ahead another event is looked for; the opening always.
BACK, AHEAD, OPENING = 6, 3, 2
_PRONOUNS = frozenset(
    ["he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "who", "which", "that",
     "whom", "himself", "itself", "themselves"]
)  # fmt: skip
#: Words before a noun that tell its event from those before.
_MORE = frozenset(("another", "more", "other", "such"))
_DISTANCE = {
    0: "same_sentence", 1: "one_back", 2: "two_back", -1: "one_ahead", -2: "two_ahead",
}  # fmt: skip


def links(tree: Tree, one: Known, other: Known) -> frozenset[str]:
    """What ties an event to another, which may lend it a place or a day; empty if nothing does."""
    frame, source = one.frame, other.frame
    kinship = _kinship(frame, source)
    if not kinship or _are_apart(one, other) or _is_said_of_patient(tree, frame, other):
        return frozenset()
    if any(_is_other(tree, part.head) for each in (one, other) for part in each.of(Role.PATIENT)):
        return frozenset()
    far = tree.sent[frame.token] - tree.sent[source.token]
    opening = tree.sent[source.token] < OPENING
    if not (-AHEAD <= far <= BACK or opening):
        return frozenset()
    found = {kinship, _DISTANCE.get(far, "far")}
    if _root(frame) == _root(source):
        found.add("same_word")
    for role, name in ((Role.PATIENT, "patient"), (Role.AGENT, "agent")):
        same = _same(tree, one, other, role)
        if same is not None:
            found.add(f"same_{name}" if same else f"other_{name}")
    if opening:
        found.add("opening")
    if source.kind is Kind.VERB:
        found.add("from_verb")
    elif not is_definite(tree, source.token):
        found.add("from_new")
    if frame.modality != source.modality:
        found.add("unlike_sure")
    if far == 0 and _hang_together(tree, frame, source):
        found.add("hang_together")
    if one.days is not None and other.days is not None:
        found.add("same_days")
    if one.place is not None and other.place is not None:
        found.add("same_place")
    if _is_another(tree, frame):
        found.add("another")
    return frozenset(found)


def _kinship(one: Frame, other: Frame) -> str:
    """How the types of two events go together: an attack and the deaths that it causes."""
    kinds = {one.event_type, other.event_type}
    if len(kinds) == 1:
        return "same_type"
    causes, effects = types_for("cause"), types_for("effect")
    if kinds <= effects:
        return "effects"
    one_each = any(kind in causes for kind in kinds) and any(kind in effects for kind in kinds)
    return "cause" if one_each else ""


def _is_said_of_patient(tree: Tree, frame: Frame, other: Known) -> bool:
    """Whether an event only tells of whom another happened to: a raid on who led the attack."""
    above = tree.up(frame.token)
    return any(part.head in above for part in other.of(Role.PATIENT) if part.head != frame.token)


def _are_apart(one: Known, other: Known) -> bool:
    """Whether two events have no day in common or are at places that do not hold each other."""
    here, there = one.days, other.days
    if here is not None and there is not None and (here[1] < there[0] or there[1] < here[0]):
        return True
    return are_elsewhere(one.place, other.place)


def _same(tree: Tree, one: Known, other: Known, role: Role) -> bool | None:
    """Whether those in a role are the same; None where one event does not name them."""
    sides = []
    for known in (one, other):
        named = [part for part in known.of(role) if not is_pronoun(tree, part)]
        if not named:
            return None
        ids = {part.entity_id for part in named if part.entity_id is not None}
        sides.append(ids | {tree.lemma[part.head] for part in named})
    return bool(sides[0] & sides[1])


def is_pronoun(tree: Tree, part: Participant) -> bool:
    """Whether somebody who takes part is named by a pronoun alone."""
    return tree.lower[part.head] in _PRONOUNS


def _root(frame: Frame) -> str:
    return frame.lemma.rsplit(" ", 1)[-1][:_ROOT]


def _hang_together(tree: Tree, one: Frame, other: Frame) -> bool:
    """Whether one predicate stands inside the phrase or clause of the other."""
    return other.token in tree.up(one.token) or one.token in tree.up(other.token)


def _is_another(tree: Tree, frame: Frame) -> bool:
    """Whether words tell an event from others of its kind: another raid, the second raid."""
    others = _MORE | time_words("ORD", "PREVIOUS", "NEXT", "LAST", "EARLIER")
    return any(tree.lower[c] in others for c in tree.children[frame.token] if c < frame.token)


def _is_other(tree: Tree, noun: int) -> bool:
    """Whether a noun tells one from another before it: another drone, a second drone."""
    others = _MORE | time_words("ORD")
    before = (tree.lower[c] for c in tree.children[noun] if c < noun)
    return tree.tag[noun] == "NN" and not others.isdisjoint(before)
