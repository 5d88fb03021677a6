"""What an event that is named again has from the sentences before, where it was told of.

Rebels attacked Lota on Monday. The attack left nine dead: it was in Lota, on Monday. That holds for
one known event, of which the two sentences before tell once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transforms.events.en.given import is_definite
from transforms.events.en.happenings import are_apart
from transforms.events.en.places import Places
from transforms.events.en.tied import Times
from transforms.events.en.when import Dated
from transforms.events.en.where import Placed
from transforms.events.frame import Frame, Kind, Role
from transforms.events.tree import Tree
from transforms.words import time_words

#: How many sentences back an event is taken up from.
BACK = 2
#: Days within which an attack may be called no more than that, and not a campaign.
SHORT = 7
#: How many letters two words of one root share: invade, invasion.
_ROOT = 4


def taken_up(
    tree: Tree, places: Places, times: Times, frames: Sequence[Frame]
) -> tuple[Frame, ...]:
    """The frames, those of a noun that takes an event up with its place and day, if they have none
    and their sentence names none."""
    found: list[Frame] = []
    for frame in frames:
        told = _told(tree, frame, found) if _is_again(tree, frame) else None
        if told is None:
            found.append(frame)
            continue
        here = tree.sent[frame.token]
        place, time = frame.place, frame.time
        elsewhere = any(p.named and p.form == "prep" for p in places.by_sentence.get(here, ()))
        if told.place is not None and _own(place) is None and not elsewhere and _stands(told.place):
            place = replace(told.place, rule="again")
        if told.time is not None and _own(time) is None and here not in times.by_sentence:
            time = replace(told.time, rule="again") if _own(told.time) is not None else time
        found.append(replace(frame, place=place, time=time))
    return tuple(found)


def _own(one: Placed | Dated | None) -> Placed | Dated | None:
    """A place or a time that the sentence of an event itself says, or takes up."""
    return None if one is None or one.rule.startswith(("scene", "stated")) else one


def _stands(place: Placed) -> bool:
    """Whether a place stands for itself, and before no other noun."""
    phrase = place.phrase
    itself = phrase.form in ("prep", "object") and phrase.entity_id is not None
    return itself and _own(place) is not None


def _is_again(tree: Tree, frame: Frame) -> bool:
    """Whether a noun names one event that is known: the raid, Greece's raid; not the first raid."""
    noun = frame.token
    if frame.kind is not Kind.NOUN or tree.tag[noun] != "NN" or frame.modality != "actual":
        return False
    if not is_definite(tree, noun):
        return False
    before = [c for c in tree.children[noun] if c < noun]
    return not any(tree.tag[c] in ("JJS", "CD") or tree.lower[c] in _others() for c in before)


def _others() -> frozenset[str]:
    """Words that tell an event from others of its kind: the first raid, the previous one."""
    return time_words("ORD", "EARLIER", "FOLLOWING", "LAST", "LATEST", "NEXT", "PREVIOUS")


def _told(tree: Tree, frame: Frame, before: Sequence[Frame]) -> Frame | None:
    """The one event of the kind that the sentences before tell of."""
    here = tree.sent[frame.token]
    near = [
        one
        for one in before
        if 0 < here - tree.sent[one.token] <= BACK and one.event_type == frame.event_type
    ]
    if not near or any(one.modality != "actual" for one in near):
        return None
    last = near[-1]
    if last.kind is Kind.NOUN and tree.tag[last.token] != "NN":
        return None
    if are_apart(frame.time, last.time):
        return None
    place = frame.place
    if place is not None and last.place is not None and frame.token in tree.up(place.phrase.tie):
        return None  # it is told where: that is another one
    one_event = all(_same(tree, one, last) for one in near[:-1])
    word = frame.lemma.split(" ")[-1]
    short = last.time is not None and (last.time.end - last.time.start).days <= SHORT
    root = last.lemma.split(" ")[-1][:_ROOT]
    named = (word == frame.event_type and short) or word.startswith(root)
    return last if one_event and named and _agree(tree, frame, last) else None


def _same(tree: Tree, one: Frame, other: Frame) -> bool:
    """Whether two events of a kind may be one: told at the same place and day or none."""
    days = one.time is None or other.time is None or one.time.date_id == other.time.date_id
    return days and _agree(tree, one, other)


def _agree(tree: Tree, one: Frame, other: Frame) -> bool:
    """Whether what happens to somebody in both happens to the same."""
    heads = [{tree.lemma[p.head] for p in f.of(Role.PATIENT)} for f in (one, other)]
    return not heads[0] or not heads[1] or bool(heads[0] & heads[1])
