"""The role of what a verb has as subject, as object or after a preposition.

What happens to a verb's object in the active happens to its subject in the passive;
event_words.csv says where a verb's subject is not its agent (die, buy).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from transforms.event_words import counted_categories, event_words
from transforms.events.en.harm import PERSONAL
from transforms.events.en.predicates import Predicate
from transforms.events.frame import Join, Role
from transforms.events.tree import Tree
from transforms.words import words

_NAMED = ("PERSON", "NORP", "ORG", "GPE")


@dataclass(frozen=True, slots=True)
class Argument:
    """The token by which a participant hangs, its role, and how it was understood."""

    role: Role
    head: int
    join: Join


def subject_role(tree: Tree, predicate: Predicate) -> Role:
    """The role of a subject: of a passive that of the object, else the verb's own, else agent."""
    verb, told = predicate.token, predicate.word
    if predicate.state is not None:
        of_it = predicate.state == verb or tree.lemma[verb] == "be" or is_passive(tree, verb)
        return Role.PATIENT if of_it else Role.AGENT
    if is_passive(tree, verb):
        given = tree.lemma[verb] in words("events.giving") and tree.child(verb, "dobj") is not None
        given = given or given_with(tree, verb) is not None
        return Role.RECIPIENT if given else object_role(predicate, passive=False)
    if tree.lemma[verb] == "be":
        return Role.PATIENT
    if predicate.of_subject and told is not None and told.role == Role.PATIENT:
        thing = tree.child(verb, "dobj")
        if thing is not None and tree.lemma[thing] not in predicate.lemma.split(" "):
            return Role.AGENT  # the fire burned 40 homes
    return Role(told.subject) if told is not None and told.subject else Role.AGENT


def object_role(predicate: Predicate, passive: bool) -> Role:
    """The role of an object; one that stands beside a passive subject is what is given."""
    told = predicate.word
    if told is None or predicate.of_subject or passive or predicate.state is not None:
        return Role.PATIENT
    return Role(told.role) if told.role else Role.PATIENT


def role_after(tree: Tree, predicate: Predicate, prep: int, inner: int) -> Role | None:
    """The role of what stands after a preposition of a verb; a thing given has no preposition."""
    verb, word = predicate.token, tree.lower[prep]
    told = predicate.word
    if word == predicate.preposition:
        return object_role(predicate, passive=False)
    if tree.dep[prep] == "dative" and prep == inner:
        return Role.RECIPIENT
    if word == "by" and is_passive(tree, verb):
        return Role.RECIPIENT if told is not None and told.subject == "recipient" else Role.AGENT
    if word == "to":
        things = [c for c in tree.children[verb] if tree.dep[c] in ("dobj", "nsubjpass")]
        return Role.RECIPIENT if gets(tree, predicate, prep, things) else None
    if word == "from" and told is not None and told.subject == Role.RECIPIENT:
        thing = tree.child(verb, "dobj", "nsubjpass")
        given = told.event_type in given_types() and thing is not None
        return Role.AGENT if given and _is_somebody(tree, inner) else None
    if word == "with":
        if predicate.of_subject:
            return Role.PARTNER
        if given_with(tree, verb) is not None:
            return Role.PATIENT
        thing = tree.ent[inner] not in _NAMED and tree.lemma[inner] not in event_words("noun")
        return Role.INSTRUMENT if told is not None and thing else None
    if word == "against" and tree.child(verb, "dobj") is None:
        return Role.PARTNER if predicate.of_subject else Role.PATIENT
    return None


def _is_somebody(tree: Tree, token: int) -> bool:
    """Whether a name or noun after "from" is of somebody who gives: not from the depot."""
    people = counted_categories().get(tree.lemma[token]) in PERSONAL
    return people or tree.ent[token] in _NAMED or tree.lemma[token] in words("events.body")


def given_with(tree: Tree, verb: int) -> int | None:
    """What is given by a verb whose object gets it: provided the army with boots."""
    if tree.lemma[verb] not in words("events.given_with"):
        return None
    for child in tree.children[verb]:
        if child > verb and tree.dep[child] == "prep" and tree.lower[child] == "with":
            return tree.child(child, "pobj")
    return None


def gets(tree: Tree, predicate: Predicate, prep: int, things: Sequence[int]) -> bool:
    """Whether what stands after "to" gets the things; where people are sent it says where."""
    told = predicate.word
    gives = tree.lemma[predicate.token] in words("events.giving")
    gives = gives or (told is not None and told.event_type in given_types())
    people = any(counted_categories().get(tree.lemma[i]) in PERSONAL for i in things)
    return tree.lower[prep] == "to" and gives and not people


@cache
def given_types() -> frozenset[str]:
    """Types of events in which somebody gets something: those of the verbs of giving."""
    giving = words("events.giving") - words("events.moving")
    return frozenset(
        told.event_type for word, told in event_words("verb").items() if word in giving
    )


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether a verb's subject is its object in the active; also of a bare participle."""
    labels = {tree.dep[c] for c in tree.children[verb]}
    if labels & {"auxpass", "nsubjpass"}:
        return True
    helped = any(tree.dep[c] == "aux" and tree.tag[c] != "TO" for c in tree.children[verb])
    if helped or labels & {"dobj"}:
        return False
    if tree.tag[verb] == "VBN" and tree.dep[verb] in ("acl", "relcl", "advcl", "acomp", "oprd"):
        return True
    above = tree.head[verb]
    if tree.dep[verb] != "conj" or above == verb or not tree.is_verb(above):
        return False
    own = any(tree.dep[c] == "nsubj" and has_number(tree, c) for c in tree.children[verb])
    return (tree.tag[verb] == "VBN" or own) and is_passive(tree, above)


def has_number(tree: Tree, token: int) -> bool:
    """Whether a token is a number or has one before it."""
    before = [c for c in tree.children[token] if c < token]
    return tree.tag[token] == "CD" or any(tree.tag[c] == "CD" for c in before)
