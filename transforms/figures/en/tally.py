"""Whether a count or a sum is a total so far or new, so that nobody adds up what holds the other.

A total says so (so far, to date, in all, a total of, since January) or is the level of one (the
toll rose to 40); what is new says so (another 12, 9 more, overnight) or happened on a day. Neither
is assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from transforms.events.en.when import Dated
from transforms.events.scene import Scene
from transforms.figures.quantity import Figure, Role
from transforms.words import words

#: What says that a number is a total: its first word, and what may follow it.
_TOTAL = {"so": ("far",), "thus": ("far",), "to": ("date",), "in": ("all",), "all": ("told",)}
_MORE = frozenset(("more", "others"))
#: Days that something new happened on at most.
_DAYS = 2


def is_cumulative(
    scene: Scene, figure: Figure, number: int, token: int, date: Dated | None, *, happened: bool
) -> bool | None:
    """True for a total so far, False for what is new, None where the text does not say.

    ``number`` is the token of the number, ``token`` that of what it counts; ``happened`` tells
    that something happened to what is counted.
    """
    tree = scene.tree
    verb = next((i for i in tree.up(token) if tree.is_verb(i)), tree.up(token)[-1])
    low, high = tree.left_edge(verb), tree.right_edge(verb)
    clause = tree.lower[low : high + 1]
    if _is_new(scene, number):
        return False
    if _says_total(clause):
        return True
    if _of_total(scene, number) or _level(scene, verb, figure):
        return True
    published = scene.times.published
    since = date is not None and "since" in clause and date.end == published
    if since and date is not None and (date.end - date.start).days >= _DAYS:
        return True
    if not happened or date is None or (date.end - date.start).days >= _DAYS:
        return None
    past = tree.tag[verb] == "VBD" or any(
        tree.tag[c] == "VBD" for c in tree.children[verb] if tree.dep[c] in ("aux", "auxpass")
    )
    return False if past and tree.lemma[verb] not in words("events.level") else None


def _says_total(clause: Sequence[str]) -> bool:
    """So far, to date, in all, in total, altogether."""
    if not words("figures.altogether").isdisjoint(clause):
        return True
    return not _TOTAL.keys().isdisjoint(clause) and any(
        after in _TOTAL.get(word, ()) or (word == "in" and after in words("figures.in_total"))
        for word, after in pairwise(clause)
    )


def _is_new(scene: Scene, number: int) -> bool:
    """Another 12, a further 12, 12 more (but not 12 more than)."""
    lower = scene.tree.lower
    new = words("figures.additional")
    before = lower[max(0, number - 2) : number]
    after = lower[number + 1 : number + 3]
    if not new.isdisjoint(before) or "another" in before:
        return True
    return bool(after) and (after[0] in new or after[0] in _MORE) and after[1:] != ["than"]


def _of_total(scene: Scene, number: int) -> bool:
    """A total of 40, bringing the total to 40."""
    tree = scene.tree
    for i in tree.up(number):
        if tree.dep[i] != "pobj":
            continue
        over = tree.head[tree.head[i]]
        if tree.lower[tree.head[i]] == "of" and tree.lemma[over] in words("figures.sum"):
            return True
        thing = tree.child(over, "dobj") if tree.is_verb(over) else None
        to = tree.lower[tree.head[i]] in ("to", "at")
        return to and thing is not None and tree.lemma[thing] in words("figures.sum")
    return False


def _level(scene: Scene, verb: int, figure: Figure) -> bool:
    """The toll rose to 40, the number of deaths stands at 40, deaths rose to 40 from 32."""
    tree = scene.tree
    levels = words("events.level") | words("events.setting_level")
    if tree.lemma[verb] not in levels or figure.role is Role.FROM:
        return False
    subject = tree.child(verb, "nsubj", "nsubjpass")
    return subject is not None and tree.lemma[subject] in words("figures.sum")
