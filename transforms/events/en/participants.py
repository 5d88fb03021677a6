"""Who takes part in a verb's clause and as what: its own arguments, then those understood.

What a clause lacks it has from the clause that it is joined to (``understood``).
"""

from __future__ import annotations

from collections.abc import Iterator

from transforms.event_words import event_words
from transforms.events.en.predicates import Predicate
from transforms.events.en.roles import (
    Argument,
    given_with,
    is_passive,
    object_role,
    role_after,
    subject_role,
)
from transforms.events.en.understood import antecedent, gap, listed, shared, subject_of
from transforms.events.frame import Join, Role
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import words


def of_verb(tree: Tree, predicate: Predicate) -> list[Argument]:
    """The participants of a verb, those of its own clause first."""
    found = list(_own(tree, predicate))
    roles = {one.role for one in found}
    subject = subject_role(tree, predicate)
    if subject not in roles or not any(tree.dep[one.head] in SUBJECTS for one in found):
        understood = subject_of(tree, predicate.token)
        if understood is not None and understood[1]:
            head, join = understood
            if head not in {one.head for one in found}:
                found += [Argument(subject, i, join) for i in listed(tree, head)]
    roles = {one.role for one in found}
    found += [one for one in shared(tree, predicate) if one.role not in roles]
    found += gap(tree, predicate, {one.role for one in found})
    if predicate.stated:  # the year saw 71 men jailed, they found the hut destroyed
        nouns = event_words("noun")
        return [one for one in found if one.role is not Role.AGENT or tree.lemma[one.head] in nouns]
    return found


def _own(tree: Tree, predicate: Predicate) -> Iterator[Argument]:
    """The arguments in a verb's own clause, in the order of the text."""
    verb = predicate.token
    passive = is_passive(tree, verb)
    for child in tree.children[verb]:
        dep = tree.dep[child]
        head, join = _referent(tree, verb, child)
        if head is None or tree.ent[child] in ("DATE", "TIME"):
            continue
        role: Role | None = None
        if dep in SUBJECTS:
            role = subject_role(tree, predicate)
        elif dep == "dobj" and not predicate.stated and not _in_word(tree, predicate, child):
            role = object_role(predicate, passive)
            if given_with(tree, verb) is not None:
                role = Role.RECIPIENT
            elif predicate.preposition and any(
                tree.dep[c] == "prep" and tree.lower[c] == predicate.preposition
                for c in tree.children[verb]
            ):
                role = Role.INSTRUMENT  # fired 40 rockets at the port
        elif dep in ("prep", "agent", "dative"):
            inner = tree.child(child, "pobj")
            if inner is None and dep == "dative":
                inner = child
            if inner is None or tree.ent[inner] in ("DATE", "TIME"):
                continue
            role, head = role_after(tree, predicate, child, inner), inner
        elif dep == "advcl" and tree.lemma[child] in words("events.using"):
            thing = tree.child(child, "dobj")
            role, head = (Role.INSTRUMENT, thing) if thing is not None else (None, head)
        if role is not None and head is not None:
            yield from (Argument(role, i, join) for i in listed(tree, head))
    yield from (Argument(Role.PATIENT, i, Join.NONE) for i in predicate.stated)


def _referent(tree: Tree, verb: int, child: int) -> tuple[int | None, Join]:
    """What an argument stands for: of a relative pronoun the noun before it."""
    if tree.tag[child] == "EX" or tree.dep[child] == "expl":
        return None, Join.NONE
    if tree.tag[child] not in ("WDT", "WP"):
        return child, Join.NONE
    if tree.dep[verb] != "relcl":
        return None, Join.NONE
    noun = tree.head[verb]
    return (antecedent(tree, noun) if tree.dep[child] == "nsubj" else noun), Join.RELATIVE


def _in_word(tree: Tree, predicate: Predicate, child: int) -> bool:
    """Whether an object is part of the word itself (take hostage, lose home)."""
    return tree.lemma[child] in predicate.lemma.split(" ")[1:]
