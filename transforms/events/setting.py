"""Where and when a row of events is: what its own clause says, and of another only what is sure.

A figure takes a place from farther off than an event does, as a reader looks for it there. Each
way over the parse has its name (docs/events.md); a noun for an event lends its clause where and
when it was and takes little from it.
"""

from __future__ import annotations

from transforms.events.en.phrases import INSIDE
from transforms.events.en.when import Dated
from transforms.events.en.where import Placed
from transforms.events.frame import Frame, Kind, Role
from transforms.events.scene import Scene
from transforms.words import words

#: Types of papers and money, where whom they are for is no place.
_NOWHERE = frozenset(("aid", "purchase", "sale", "sanction", "transfer", "vote"))
#: Types of what is taken, where "from" names who had it.
_TAKEN = frozenset(("capture", "seizure", "theft"))
#: Sentences in which a text opens and sets its scene.
OPENING = 2
#: Types of what a court does, elsewhere and later than what it judges.
_COURT = frozenset(("charge", "conviction"))
#: Ways that lead a noun to its verb's place and time.
_FAR = frozenset(("main_clause", "subordinate", "clause_of", "reported"))


def place_of(scene: Scene, frame: Frame) -> Placed | None:
    """Where the event is: a name that is known or a noun for a place, but no owner of the event and
    no name that only stands beside another noun."""
    place = frame.place
    if place is None or not _is_near(scene, frame, place):
        return None
    phrase = place.phrase
    if phrase.named and phrase.entity_id is None:
        return None
    inside = phrase.form == "prep" and phrase.prep in INSIDE and phrase.prep != "of"
    own = set(place.rule.split("+")) <= {"clause", "following", "shared"}
    paid = not (inside and own) or _is_patient(frame, place)
    if frame.event_type in _NOWHERE and paid:
        return None  # tanks for Ukraine, sanctions on Russia
    if any(one.start <= phrase.start < one.end for one in frame.of(Role.AGENT)):
        return None  # the Russian strike, Israel's raid
    beside = phrase.form in ("modifier", "possessive")
    its = frame.kind is Kind.NOUN and phrase.tie == frame.token and phrase.form == "modifier"
    return None if beside and not its else place


def _is_near(scene: Scene, frame: Frame, place: Placed) -> bool:
    """Whether the way to a place is one that an event's row is read by."""
    steps = set(place.rule.split("+"))
    if "scene_continued" in steps or ("scene" in steps and not _is_close(scene, frame, place)):
        return False
    far = "shared" in steps and steps & {"subordinate", "main_clause"}
    if far and scene.tree.lemma[frame.token] not in words("events.harm"):
        return False
    if place.phrase.prep == "from" and frame.event_type in _TAKEN:
        return False  # took the strip from Syria
    if "clause_of" in steps and not _is_patient(frame, place):
        return _opens_with_where(scene, frame)
    if frame.event_type in _COURT:
        tie = place.phrase.tie
        return frame.token in (tie, scene.tree.head[tie]) and steps <= {"clause", "following"}
    if frame.kind is Kind.VERB:
        return "main_clause" not in steps or scene.tree.tag[frame.token] == "VBG"
    if "event_noun" in steps:
        return frame.token in scene.tree.up(place.phrase.tie)
    scene_of = any(step.startswith("scene") for step in steps)
    return not steps & _FAR and not (scene_of and frame.participants)


def _is_close(scene: Scene, frame: Frame, place: Placed) -> bool:
    """Whether a scene was set in the sentence before or behind, or where the text opens."""
    here, there = (scene.tree.sent[i] for i in (frame.token, place.phrase.head))
    return abs(here - there) <= 1 or there < OPENING


def _is_patient(frame: Frame, place: Placed) -> bool:
    """Whether a place is what it happens to: Oregon, which has been hit by fires."""
    start = place.phrase.start
    return any(one.start <= start < one.end for one in frame.of(Role.PATIENT))


def _opens_with_where(scene: Scene, frame: Frame) -> bool:
    tree = scene.tree
    return any(tree.lower[c] == "where" for c in tree.children[frame.token])


def time_of(scene: Scene, frame: Frame) -> Dated | None:
    """When the event was: not the day on which somebody said so."""
    time = frame.time
    if time is None:
        return None
    steps = set(time.rule.split("+"))
    published = scene.view.published
    late = published is not None and time.start > published
    if "stated" in steps or ("scene" in steps and late):
        return None
    if "scene" in steps and not is_told_near(scene, frame, time.date_id):
        return None
    if frame.event_type in _COURT and "clause" in steps and not _is_own(scene, frame, time):
        return None  # charged over the raid in April
    if frame.event_type in _COURT and "event_noun" in steps:
        return None
    if frame.kind is Kind.NOUN and steps & {*_FAR, "scene"}:
        return None
    return time


def is_told_near(scene: Scene, frame: Frame, date_id: str | None) -> bool:
    """Whether a date stands in the sentence of an event, one beside it or where the text opens."""
    here = scene.tree.sent[frame.token]
    return any(
        date.row.get("date_id") == date_id
        for sentence in {here - 1, here, here + 1, *range(OPENING)}
        for date in scene.times.by_sentence.get(sentence, ())
    )


def _is_own(scene: Scene, frame: Frame, time: Dated) -> bool:
    """Whether a date hangs on the predicate and not on what stands beside it."""
    tree = scene.tree
    dates = scene.times.by_sentence.get(tree.sent[frame.token], ())
    return any(
        frame.token in (date.tie, tree.head[date.tie])
        for date in dates
        if date.row.get("date_id") == time.date_id
    )
