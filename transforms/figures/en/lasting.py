"""Whether what a count tells goes on until now, so that it is a total so far, or is of a window
that moves on, so that it is new."""

from __future__ import annotations

import datetime as dt

from transforms.events.en.when import Dated
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import time_words, words

#: How many words before its unit a window is named: in the past 24 hours.
_BEFORE = 3
#: Days that a window has at most of which the count is new.
_WINDOW = 2
#: Days that a period has at least, up to now, whose count is a total so far.
_PERIOD = 6
_WITHIN = frozenset(("amid", "during", "in"))


def is_perfect(tree: Tree, verb: int) -> bool:
    """Whether a verb tells what has come about by now or, as somebody said, by then."""
    return any(tree.dep[c] == "aux" and tree.lemma[c] == "have" for c in tree.children[verb])


def of_window(tree: Tree, verb: int, date: Dated | None) -> bool:
    """Whether a clause is of the past hours or day: killed in the past 24 hours."""
    return date is not None and (date.end - date.start).days <= _WINDOW and _moves(tree, verb)


def _moves(tree: Tree, verb: int) -> bool:
    """Whether a clause is of a window that moves on: in the past 24 hours, over the last month."""
    units, moving = time_words("UNIT", "UNITS"), time_words("PAST", "LAST")
    return any(
        tree.lower[i] in units
        and not moving.isdisjoint(tree.lower[max(0, i - _BEFORE) : i])
        and next((k for k in tree.up(i)[1:] if tree.is_verb(k)), verb) == verb
        for i in range(tree.left_edge(verb), tree.right_edge(verb) + 1)
    )


def since_event(tree: Tree, verb: int) -> bool:
    """Whether a clause in the perfect is told to be since something that has no date: have died
    since the war began, has sold 40 since its launch. Not: the most since the war."""
    if not is_perfect(tree, verb) or tree.lemma[verb] in words("events.state"):
        return False
    return any(
        tree.lower[i] == "since" and tree.dep[i] == "prep" for i in tree.children[verb]
    ) or any(
        tree.dep[clause] == "advcl"
        and any(tree.lower[i] == "since" and tree.dep[i] == "mark" for i in tree.children[clause])
        for clause in tree.children[verb]
    )


def up_to_now(tree: Tree, verb: int, date: Dated | None, published: dt.date | None) -> bool:
    """Whether a clause in the perfect is of a period that is not over (has killed 40 this year), or
    of something that still goes on (the war has killed 40, 40 have died in the war)."""
    if not is_perfect(tree, verb):
        return False
    if date is not None:
        long = (date.end - date.start).days >= _PERIOD
        now = published is not None and date.start < published <= date.end
        return long and now and not _moves(tree, verb)
    return any(_goes_on(tree, c) for c in tree.children[verb])


def _goes_on(tree: Tree, part: int) -> bool:
    """Whether a part of a clause is a known event that goes on, or stands within one."""
    noun: int | None = part if tree.dep[part] in SUBJECTS else None
    if tree.dep[part] == "prep" and tree.lower[part] in _WITHIN:
        noun = tree.child(part, "pobj")
    if noun is None or tree.lemma[noun] not in words("figures.going_on"):
        return False
    return any(tree.dep[c] in ("det", "poss") for c in tree.children[noun])
