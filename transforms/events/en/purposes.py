"""What something is given for: for the repair of dams, to rebuild the school, toward a new wing.

Read from the clause of a gift, a sale or a transfer, at its verb or at what changes hands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from transforms.events.tree import SUBJECTS, Tree
from transforms.words import time_words, words

_FOR = frozenset(("for", "toward", "towards"))
#: What a phrase of purpose is cut before: what is told beside it.
_BESIDE = frozenset(("relcl", "advcl", "appos", "parataxis"))
_NAMED = frozenset(("PERSON", "GPE", "NORP", "ORG", "DATE", "TIME", "MONEY"))
_PAID = frozenset("$£€¥₹")
#: Characters of the longest phrase that is quoted.
_MOST = 200


def purpose_of(
    tree: Tree, predicate: int, things: Iterable[int], others: Collection[int]
) -> tuple[int, int] | None:
    """The first and the last token of what it is for, with its first word.

    ``things`` are the heads of what changes hands, ``others`` those of whoever takes part: what
    is "for Chad" says who gets it.
    """
    for token in _opening(tree, [predicate, *things]):
        told = tree.child(token, "pobj", "pcomp") if tree.lower[token] in _FOR else token
        if told is None or told in others or _is_no_purpose(tree, told):
            continue
        first = token if tree.lower[token] in _FOR else tree.left_edge(token)
        last = _end(tree, told)
        if first < last and tree.end[last] - tree.start[first] <= _MOST:
            return first, last
    return None


def _opening(tree: Tree, heads: Iterable[int]) -> Iterator[int]:
    """What may open a purpose: a preposition, the verb of an infinitive; nearest first."""
    for head in heads:
        for c in tree.children[head]:
            if c < head:
                continue
            prep = tree.dep[c] in ("prep", "dative") and tree.lower[c] in _FOR
            verb = tree.dep[c] in ("advcl", "xcomp", "acl", "relcl") and _is_infinitive(tree, c)
            if prep or verb:
                yield c
            elif tree.lower[c] == "in":  # in order to rebuild it, in a bid to end it
                aim = tree.child(c, "pobj")
                if aim is not None and tree.lemma[aim] in words("events.purpose"):
                    yield from (o for o in tree.children[aim] if _is_infinitive(tree, o))


def _is_infinitive(tree: Tree, verb: int) -> bool:
    """To rebuild it; but not who is to rebuild it, nor how to."""
    inside = [c for c in tree.children[verb] if c < verb]
    to = any(tree.tag[c] == "TO" for c in inside)
    return to and not any(tree.dep[c] in ("nsubj", "nsubjpass", "mark", "advmod") for c in inside)


def _is_no_purpose(tree: Tree, told: int) -> bool:
    """Who gets it, how long it lasts, what is paid for it: for Chad, for a year, for $5m."""
    if tree.ent[told] in _NAMED or tree.pos[told] in ("PRON", "NUM"):
        return True
    if tree.lower[told] in time_words("UNIT", "UNITS"):
        return True
    first = tree.left_edge(told)
    if tree.ent[first] in _NAMED and tree.dep[first] in SUBJECTS:
        return True  # for Chad totalling $5m
    return any(tree.lower[c] in _PAID for c in (told, *tree.children[told]))


def _end(tree: Tree, told: int) -> int:
    """The last token of a phrase, without what is told beside it."""
    last = tree.right_edge(told)
    for c in tree.children[told]:
        if c > told and tree.dep[c] in _BESIDE:
            last = min(last, tree.left_edge(c) - 1)
    while last > told and not tree.lower[last][:1].isalnum():
        last -= 1
    return last
