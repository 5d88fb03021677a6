"""Who gets what is given, where the sentence says it beside the thing and not beside the verb.

A package for Chad, the sale of 40 jets to Chad, flour bound for Chad: the one that stands behind
"for" or "to" gets it if that is somebody, whatever verb the parse hangs it on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transforms.event_words import counted_categories
from transforms.events.en.concrete import kinds
from transforms.events.en.harm import PERSONAL
from transforms.events.en.predicates import Predicate
from transforms.events.en.roles import Argument, given_types
from transforms.events.en.understood import subject_of
from transforms.events.frame import Join, Kind, Role
from transforms.events.tree import Tree
from transforms.words import words

_TO = frozenset(("for", "to"))
#: Who can get something.
_TAKERS = frozenset(("body", "force", "people"))
_NAMED = frozenset(("GPE", "NORP", "ORG", "PERSON"))
#: How many words may stand between a thing and who gets it.
_NEAR = 8


def taker_of(tree: Tree, predicate: Predicate, found: Sequence[Argument]) -> int | None:
    """The head of the one that gets it; None where the clause itself has it (``found``), where
    people are sent, and where nobody is said to get it."""
    if any(one.role is Role.RECIPIENT for one in found):
        return None
    taken = {one.head for one in found}
    heads = [one.head for one in found if one.role is Role.PATIENT]
    if any(counted_categories().get(tree.lemma[i]) in PERSONAL for i in heads):
        return None  # where people are sent
    noun = [predicate.token] if predicate.kind is Kind.NOUN else []
    for prep in _behind(tree, [*noun, *heads]):
        inner = tree.child(prep, "pobj")
        if inner is not None and inner not in taken and is_taker(tree, inner):
            return inner
    return None


def is_taker(tree: Tree, token: int) -> bool:
    """Whether a noun or name is of somebody who can get something, and not of a time or a use."""
    if tree.ent[token] in ("DATE", "TIME", "MONEY"):
        return False
    if tree.ent[token] in _NAMED:
        return True
    if tree.lower[tree.head[token]] == "for" and tree.lemma[token] in words("places.noun"):
        return False  # for a new school
    return tree.pos[token] == "NOUN" and not _TAKERS.isdisjoint(kinds(tree, token))


def _behind(tree: Tree, heads: Sequence[int]) -> Iterator[int]:
    """The prepositions behind which the taker may stand: of the thing itself, of what says where it
    goes (flour bound for), and right behind the thing, of the verb over it."""
    for head in heads:
        for part in (head, *_parts(tree, head)):
            for child in tree.children[part]:
                if child > part and tree.lower[child] in _TO and tree.dep[child] != "aux":
                    yield child
                elif tree.lower[child] in words("events.destined"):
                    yield from (c for c in tree.children[child] if tree.lower[c] in _TO)
        verb = next((i for i in tree.up(head)[1:] if tree.is_verb(i)), head)
        for child in tree.children[verb]:
            if child != tree.right_edge(head) + 1 or child > head + _NEAR:
                continue
            if tree.lower[child] in _TO and tree.dep[child] in ("prep", "dative"):
                yield child
            elif tree.lower[child] in words("events.destined"):
                yield from (c for c in tree.children[child] if tree.lower[c] in _TO)


def _parts(tree: Tree, thing: int) -> Iterator[int]:
    """What a thing is made up of: a package of weapons, $5m in aid."""
    for child in tree.children[thing]:
        inner = tree.child(child, "pobj") if tree.lower[child] in ("of", "in") else None
        if inner is not None and inner > thing:
            yield inner


def with_taker(tree: Tree, predicate: Predicate, found: list[Argument]) -> list[Argument]:
    """The participants with who gets it and, of a noun that somebody receives, who gives it."""
    told = predicate.word
    gives = predicate.kind is Kind.VERB and tree.lemma[predicate.token] in words("events.giving")
    if told is None or not (gives or told.event_type in given_types()):
        return found
    if predicate.kind is Kind.NOUN:
        found = _received(tree, predicate.token, found)
        found = _worth(tree, predicate.token, found)
    taker = taker_of(tree, predicate, found)
    return found if taker is None else [*found, Argument(Role.RECIPIENT, taker, Join.NONE)]


def _received(tree: Tree, noun: int, found: list[Argument]) -> list[Argument]:
    """The participants of a gift with those of the verb whose subject gets it: Chad received a
    donation from Peru, took delivery of a ship from Peru."""
    verb = tree.head[noun]
    if tree.dep[noun] != "dobj" or tree.lemma[verb] not in words("events.receiving"):
        return found
    if tree.lemma[verb] in words("events.support") and tree.lemma[noun] not in words(
        "events.taken_gift"
    ):
        return found  # took the gift to Chad
    found = [one for one in found if one.join is not Join.SUPPORT]
    roles = {one.role for one in found}
    subject = subject_of(tree, verb)
    if subject is not None and Role.RECIPIENT not in roles:
        found = [*found, Argument(Role.RECIPIENT, subject[0], Join.SUPPORT)]
    if Role.AGENT not in roles:
        sides = [
            c
            for i in (noun, verb, *(one.head for one in found))
            for c in tree.children[i]
            if c > noun
        ]
        givers = (tree.child(c, "pobj") for c in sides if tree.lower[c] == "from")
        giver = next((i for i in givers if i is not None and is_taker(tree, i)), None)
        found += [Argument(Role.AGENT, giver, Join.SUPPORT)] if giver is not None else []
    return found


def _worth(tree: Tree, noun: int, found: list[Argument]) -> list[Argument]:
    """The participants of a gift with the sum that is given: $5m in aid."""
    within, thing = tree.head[noun], tree.head[tree.head[noun]]
    if tree.dep[noun] != "pobj" or tree.lower[within] != "in" or tree.ent[thing] != "MONEY":
        return found
    if any(one.role is Role.PATIENT for one in found):
        return found
    return [*found, Argument(Role.PATIENT, thing, Join.NONE)]
