"""Where and when a row of events is: what its own clause says, and of another only what is sure.

A figure takes a place from farther off than an event does, as a reader looks for it there. Each
way over the parse has its name (docs/events.md); a noun for an event lends its clause where and
when it was and takes little from it.
"""

from __future__ import annotations

from transforms.event_words import types_for
from transforms.events.en.clauses import is_known, opening
from transforms.events.en.concrete import kinds
from transforms.events.en.phrases import INSIDE
from transforms.events.en.ways import SEQUENCE
from transforms.events.en.when import Dated
from transforms.events.en.where import Placed
from transforms.events.frame import Frame, Kind, Role
from transforms.events.scene import Scene
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import time_words, words

#: Days of a year at most.
YEAR = 366
#: Days after which an event is no news.
NEWS = 92
#: Sentences in which a text opens and sets its scene.
OPENING = 2
#: Prepositions behind a verb that say where what it tells of goes.
_ACROSS = frozenset(("for", "from", "into", "through", "to", "toward", "towards"))
#: Ways that lead a noun to its verb's place and time.
_FAR = frozenset(("main_clause", "subordinate", "clause_of", "reported"))


def place_of(scene: Scene, frame: Frame) -> Placed | None:
    """Where the event is: a name that is known or a noun for a place, but no owner of the event and
    no name that only stands beside another noun."""
    place = frame.place
    if place is None or not _is_near(scene, frame, place):
        return None
    if frame.kind is Kind.NOUN and _is_listed_apart(scene.tree, frame.token, place.phrase.tie):
        return None
    phrase = place.phrase
    if phrase.named and phrase.entity_id is None:
        return None
    if phrase.named and phrase.prep == "between":
        return None  # a swap between Peru and Chad
    inside = phrase.form == "prep" and phrase.prep in INSIDE and phrase.prep != "of"
    own = set(place.rule.split("+")) <= {"clause", "following", "behind"}
    paid = not (inside and own) or _is_patient(frame, place)
    if frame.event_type in types_for("nowhere") and paid:
        return None  # tanks for Ukraine, sanctions on Russia
    if any(one.start <= phrase.start < one.end for one in frame.of(Role.AGENT)):
        return None  # the Russian strike, Israel's raid
    beside = phrase.form in ("modifier", "possessive")
    its = frame.kind is Kind.NOUN and phrase.tie == frame.token and phrase.form == "modifier"
    return None if beside and not its else place


def _is_near(scene: Scene, frame: Frame, place: Placed) -> bool:
    """Whether the way to a place is one that an event's row is read by."""
    steps = set(place.rule.split("+"))
    retold = scene.tree.dep[frame.token] in ("acl", "relcl")
    if retold and any(step.startswith("scene") for step in steps):
        return False  # the three girls who were killed
    if "scene_continued" in steps or ("scene" in steps and not _is_close(scene, frame, place)):
        return False
    far = "shared" in steps and steps & {"subordinate", "main_clause"}
    if far and scene.tree.lemma[frame.token] not in words("events.harm"):
        return False
    if place.phrase.prep == "from" and frame.event_type in types_for("taken"):
        return False  # took the strip from Syria
    if "clause_of" in steps and not _is_patient(frame, place):
        return _opens_with_where(scene, frame) or _is_of_agent(scene, frame, place)
    if frame.event_type in types_for("court"):
        tie = place.phrase.tie
        at = {tie, scene.tree.head[tie], _court_of(scene.tree, tie)}
        return frame.token in at and steps <= {"clause", "following"}
    if frame.kind is Kind.VERB:
        during = scene.tree.tag[frame.token] == "VBG" or _interrupts(scene.tree, frame.token)
        return "main_clause" not in steps or during
    above = scene.tree.up(place.phrase.tie)
    inside = frame.token in above
    if "event_noun" in steps:
        return inside or _occurs_in(scene.tree, frame, place)
    between = above[: above.index(frame.token)] if inside else above
    if inside and any(scene.tree.lower[i] in SEQUENCE for i in between):
        return False  # the first attack since the fall of Doro
    if not inside and place.phrase.form == "prep" and place.phrase.prep in _ACROSS:
        return False  # his death sent waves through the town
    if "shared" in steps and not inside:
        return False  # a fire in Lota and another blaze
    scene_of = any(step.startswith("scene") for step in steps)
    own = any(not one.join for one in frame.participants)
    return not steps & _FAR and not (scene_of and (own or _is_recalled(scene, frame)))


def _is_recalled(scene: Scene, frame: Frame) -> bool:
    """Whether a noun has a day of its own long before the story, whose scene is another: the 2019
    protests."""
    time, published = frame.time, scene.view.published
    if time is None or published is None or time.rule.startswith("scene"):
        return False
    return (published - time.end).days > NEWS


def _is_listed_apart(tree: Tree, noun: int, tie: int) -> bool:
    """Whether what is tied to a token is that of another noun listed with an event: its raid and
    the war in Lota."""
    up = tree.up(tie)
    below = up[: up.index(noun)] if noun in up else []
    return any(
        tree.dep[i] == "conj" and any(tree.dep[c] in ("det", "poss") for c in tree.children[i])
        for i in below
    )


def _occurs_in(tree: Tree, frame: Frame, place: Placed) -> bool:
    """Whether an event is said to have come about during another: gunfire broke out at a rally in
    Lota."""
    verb = tree.head[frame.token]
    if tree.dep[frame.token] not in SUBJECTS or tree.child(verb, "dobj") is not None:
        return False
    return tree.head[tree.head[place.phrase.tie]] == verb and tree.dep[place.phrase.tie] == "pobj"


def _court_of(tree: Tree, court: int) -> int:
    """The verb that tells what a court did: convicted by a jury in Lota."""
    by = tree.head[court]
    heard = tree.dep[court] == "pobj" and tree.lower[by] in ("by", "in", "at", "before")
    return tree.head[by] if heard and tree.dep[by] in ("agent", "prep") else court


def _interrupts(tree: Tree, verb: int) -> bool:
    """Whether a clause tells what came while the main clause went on: were resting in a school in
    Gulu when it was hit."""
    above = tree.head[verb]
    went_on = tree.tag[above] == "VBG" and any(
        tree.dep[c] == "aux" and tree.tag[c] == "VBD" for c in tree.children[above]
    )
    return tree.dep[verb] == "advcl" and opening(tree, verb) == "when" and went_on


def _is_close(scene: Scene, frame: Frame, place: Placed) -> bool:
    """Whether a scene was set in the sentence before or behind, or where the text opens."""
    here, there = (scene.tree.sent[i] for i in (frame.token, place.phrase.head))
    return abs(here - there) <= 1 or there < OPENING


def _is_patient(frame: Frame, place: Placed) -> bool:
    """Whether a place is what it happens to: Oregon, which has been hit by fires."""
    start = place.phrase.start
    return any(one.start <= start < one.end for one in frame.of(Role.PATIENT))


def _is_of_agent(scene: Scene, frame: Frame, place: Placed) -> bool:
    """Whether a place is that of the event that does it: the fire in Lota that burned homes."""
    above = scene.tree.up(place.phrase.tie)
    return any(
        one.head in above and "event" in kinds(scene.tree, one.head) for one in frame.of(Role.AGENT)
    )


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
    tree = scene.tree
    if "scene" in steps and tree.dep[frame.token] in ("acl", "relcl"):
        return None  # the three girls who were killed
    if is_as_of(scene, time.date_id) or ("clause_of" in steps and _is_earlier(tree, frame)):
        return None
    years = (time.end - time.start).days > YEAR or _is_since(scene, time.date_id)
    if frame.kind is Kind.NOUN and years and _is_first(tree, frame.token):
        return None  # the first attack since 1991
    if "scene" in steps and not is_told_near(scene, frame, time.date_id):
        return None
    if "scene" not in steps and _is_inside(scene, frame, time):
        return None
    court = frame.event_type in types_for("court")
    if court and "clause" in steps and not _is_own(scene, frame, time):
        return None  # charged over the raid in April
    if court and ("event_noun" in steps or ("clause_of" in steps and "scene" not in steps)):
        return None  # a man convicted of fraud was freed on Monday
    if frame.kind is Kind.NOUN and steps & {*_FAR, "scene"}:
        return None
    unreal = frame.kind is Kind.NOUN and frame.modality != "actual"
    if unreal and not late and _is_asked_for(tree, frame.token):
        return None
    return time


def is_as_of(scene: Scene, date_id: str | None) -> bool:
    """Whether a day is that of a count, by which things had happened: as of Friday, nine died."""
    return any(
        date.row.get("date_id") == date_id
        and scene.tree.lower[max(0, date.first - 2) : date.first] == ["as", "of"]
        for dates in scene.times.by_sentence.values()
        for date in dates
    )


def _is_since(scene: Scene, date_id: str | None) -> bool:
    return any(
        date.row.get("date_id") == date_id and date.word == "since"
        for dates in scene.times.by_sentence.values()
        for date in dates
    )


def _is_earlier(tree: Tree, frame: Frame) -> bool:
    """Whether a participle tells what had been done to somebody or something known: on Monday he
    thanked the people of the towns seized by rebels."""
    known = is_known(tree, tree.head[frame.token])
    return tree.dep[frame.token] == "acl" and tree.tag[frame.token] == "VBN" and known


def _is_inside(scene: Scene, frame: Frame, time: Dated) -> bool:
    """Whether a date stands before the noun of who takes part: pardoned the May 6 rioters."""
    tree = scene.tree
    spans = [(tree.at(one.start), one.head) for one in frame.participants]
    return any(
        first <= date.first <= date.last < head
        for date in scene.times.by_sentence.get(tree.sent[frame.token], ())
        if date.row.get("date_id") == time.date_id
        for first, head in spans
    )


def _is_first(tree: Tree, noun: int) -> bool:
    """Whether a noun is the first or the worst since another time."""
    return any(
        tree.tag[c] == "JJS" or tree.lower[c] in time_words("ORD") for c in tree.children[noun]
    )


def _is_asked_for(tree: Tree, noun: int) -> bool:
    """Whether a noun is what somebody asks for, on the day that stands beside it."""
    while tree.dep[noun] == "conj":
        noun = tree.head[noun]
    above = tree.head[noun]
    if tree.dep[noun] == "pobj":
        above = tree.head[above]
    return tree.lemma[above] in words("modality.demand") | words("modality.demand_for")


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
