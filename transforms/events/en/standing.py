"""How a place, a day or a name stands to an event whose clause it is not tied to, by names.

The names are those of event_choices.csv.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from transforms.event_words import types_for
from transforms.events.en.happenings import sets
from transforms.events.en.links import links
from transforms.events.en.phrases import COUNTRY, SITE, STRONG, TOWN, PlacePhrase
from transforms.events.en.sources import reach
from transforms.events.en.tied import Tied
from transforms.events.en.ways import SEQUENCE
from transforms.events.frame import Role
from transforms.events.known import Known
from transforms.events.scene import Scene
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import reporting, time_words, words

#: Prepositions that may say where something goes, comes from or belongs.
_TOWARD = frozenset(("from", "of", "to"))
_FORMS = frozenset(("modifier", "object", "possessive", "subject"))
#: What tells that a clause or a noun is at another time than what it is told with.
_ORDERED = SEQUENCE | {"following"}
#: Days after which what is told of is no news; days that a date may span and still be one.
NEWS, MONTH = 92, 31
#: Tokens between a phrase and an event that still stand close.
_CLOSE = 6
_RUNNING = frozenset(("since", "until", "till", "through", "by"))
_NAMES = ("PERSON", "ORG", "GPE", "NORP")


def at_place(
    scene: Scene, events: Sequence[Known], one: Known, phrase: PlacePhrase
) -> frozenset[str]:
    """The names of how a place near an event stands to it; empty if it is none for an event."""
    tree = scene.tree
    if not phrase.named or phrase.entity_id is None or _does_it(one, phrase):
        return frozenset()
    strong = phrase.form == "prep" and phrase.prep in STRONG
    toward = phrase.form == "prep" and phrase.prep in _TOWARD
    if not (strong or toward or phrase.form in _FORMS):
        return frozenset()
    kind = _kind(tree, one, phrase.head)
    if kind == "neighbour" and one.days is not None and on_day(*one.days) == "years":
        return frozenset()  # what came to be over months is not where one of it was
    found = {kind, f"{kind}:{'inside' if strong else phrase.prep or phrase.form}"}
    if phrase.rank in (COUNTRY, TOWN):
        found.add(f"{kind}:{'country' if phrase.rank == COUNTRY else 'town'}")
    if strong and len({p.country for p in _inside(scene, tree.sent[phrase.head])}) == 1:
        found.add(f"{kind}:only")
    if strong and phrase.prep == "on" and tree.lemma[phrase.tie] in words("events.blaming"):
        return frozenset()  # blamed it on Chad
    if strong and phrase.prep == "on":
        found.add(f"{kind}:on")
    if sets(tree, phrase):
        found.add(f"{kind}:sets")
    if kind == "neighbour" and _inside(scene, tree.sent[one.frame.token]):
        found.add("neighbour:passed")
    if _is_of_court(tree, events, phrase.tie):
        found.add(f"{kind}:court")
    found |= _of_other(scene, events, one, phrase.tie, kind)
    found |= _stands(scene, one, phrase.tie, phrase.head, kind)
    if f"{kind}:said" in found:
        return frozenset()  # who says so is there
    apart = kind == "sentence" and _is_apart(tree, one.frame.token, phrase.tie)
    if apart or ("sentence:sequel" in found and phrase.rank == SITE):
        return frozenset()  # clashed near a mosque, hours after a man was stabbed
    if "sentence:sequel" in found and _is_recalled(scene, one):
        found.add("sentence:recalled")
    return frozenset(found)


def at_day(scene: Scene, events: Sequence[Known], one: Known, date: Tied) -> frozenset[str]:
    """The names of how a date near an event stands to it; empty if it is the day of saying."""
    tree, published = scene.tree, scene.view.published
    kind = _kind(tree, one, date.first)
    start, end = date.row["date_start"], date.row["date_end"]
    found = {kind, f"{kind}:{on_day(start, end)}"}
    if published is not None and start > published:
        found.add(f"{kind}:to_come")
    if published is not None and (published - end).days > NEWS:
        found.add(f"{kind}:old")
    if len(scene.times.by_sentence[tree.sent[date.first]]) == 1:
        found.add(f"{kind}:only")
    if date.word in _RUNNING:
        found.add(f"{kind}:running")
    found |= _of_other(scene, events, one, date.tie, kind)
    found |= _stands(scene, one, date.tie, date.head, kind)
    return frozenset() if f"{kind}:said" in found else frozenset(found)


def on_day(start: dt.date, end: dt.date) -> str:
    """Whether a date is a day, a week or month, or longer."""
    days = (end - start).days
    return "day" if days == 0 else "weeks" if days <= MONTH else "years"


def by_name(scene: Scene, one: Known) -> Iterator[tuple[str, str | None, frozenset[str]]]:
    """Who is named in the sentence of an event, beside those who take part in it, with the names
    of how they stand to it."""
    tree, frame = scene.tree, one.frame
    taking_part = [(part.start, part.end) for part in frame.participants]
    for row in scene.named_in(tree.sent[frame.token]):
        first, last = tree.at(row["char_start"]), tree.at(row["char_end"] - 1)
        if row["entity_type"] not in _NAMES or first <= frame.token <= last:
            continue
        if any(start <= row["char_start"] < end for start, end in taking_part):
            continue
        head = next(
            i
            for i in range(first, last + 1)
            if not first <= tree.head[i] <= last or tree.head[i] == i
        )
        found = {"sentence", f"sentence:{row['entity_type'].lower()}"}
        found |= _may_do(tree, head, frame.token)
        found |= _stands(scene, one, tree.head[head], head, "sentence")
        yield row["surface"], row["entity_id"], frozenset(found)


def _may_do(tree: Tree, name: int, event: int) -> set[str]:
    """What in the construction tells that somebody does it."""
    above, found = tree.head[name], set()
    if tree.dep[name] in SUBJECTS and above in tree.up(event):
        found.add("sentence:subject")
    if tree.dep[name] != "pobj":
        return found
    prep, over = above, tree.head[above]
    if tree.lower[prep] == "on" and tree.lemma[over] in words("events.blaming"):
        found.add("sentence:blamed")
    demanded = tree.lemma[over] in words("modality.demand_for") | words("modality.demand")
    if demanded and tree.dep[event] in ("xcomp", "advcl", "acl") and over in tree.up(event):
        found.add("sentence:asked")
    aimed = tree.lower[prep] in ("on", "against") and tree.dep[event] == "pobj"
    if aimed and tree.lower[tree.head[event]] in ("for", "over"):
        found.add("sentence:answers")  # sanctions on Chad for the invasion
    return found


def _kind(tree: Tree, one: Known, token: int) -> str:
    return "sentence" if tree.sent[token] == tree.sent[one.frame.token] else "neighbour"


def _inside(scene: Scene, sentence: int) -> list[PlacePhrase]:
    return [
        phrase
        for phrase in scene.places.by_sentence.get(sentence, ())
        if phrase.named
        and phrase.entity_id is not None
        and phrase.form == "prep"
        and phrase.prep in STRONG
    ]


def _of_other(scene: Scene, events: Sequence[Known], one: Known, tie: int, kind: str) -> set[str]:
    """Whether another event lies between a phrase and the event, and whether they may be one."""
    tree, event = scene.tree, one.frame.token
    above = tree.up(event)
    for i in tree.up(tie):
        if i == event:
            return set()
        for other in events:
            if other.frame.token == i and other is not one:
                linked = links(tree, one, other)
                if {"same_type", "same_sentence"} <= linked and "hang_together" not in linked:
                    return {f"{kind}:of_like"}
                return {f"{kind}:of_linked" if linked else f"{kind}:of_other"}
        if i != tie and i in above:
            return set()
    return set()


def _stands(scene: Scene, one: Known, tie: int, at: int, kind: str) -> set[str]:
    """Where a phrase stands to an event; beside its sentence only whether somebody says it there.

    ``tie`` is the token that it is tied to, ``at`` its head.
    """
    tree, event = scene.tree, one.frame.token
    clause = _clause(tree, tie)
    found: set[str] = set()
    source = scene.statements.source(one.frame.start, one.frame.end)
    held = reach(tree, source) if source is not None else None
    said = held is not None and held[0] <= at <= held[1]
    if said or (tree.lemma[clause] in reporting("verb", "claim") and clause != event):
        found.add(f"{kind}:said")
    if kind != "sentence":
        return found
    told = scene.statements.at(one.frame.start, one.frame.end)
    if told is not None and not told.holds(tree.start[at], tree.end[at]):
        found.add("sentence:outside")
    over, under = tree.up(event), tree.up(tie)
    if event in under:
        found.add("sentence:below")
    elif tie in over:
        found.add("sentence:above")
    else:
        found.add("sentence:beside")
    if clause == _clause(tree, event):
        found.add("sentence:one_clause")
    if abs(at - event) <= _CLOSE:
        found.add("sentence:close")
    if tree.dep[clause] in ("relcl", "acl") and clause not in over:
        found.add("sentence:aside")
    if _orders(tree, event, tie):
        found.add("sentence:sequel")
    for part in one.frame.participants:
        first, last = tree.left_edge(part.head), tree.right_edge(part.head)
        if first <= at <= last and not first <= event <= last:
            found.add(f"sentence:of_{part.role.value}")
    return found


def _does_it(one: Known, phrase: PlacePhrase) -> bool:
    """Whether a place is who does it: the regions that Moscow annexed."""
    ids = {part.entity_id for part in one.of(Role.AGENT)}
    return phrase.entity_id in ids


def _is_of_court(tree: Tree, events: Sequence[Known], tie: int) -> bool:
    """Whether a place is that of a court, or of what one does there."""
    above = tree.up(tie)
    heard = {o.frame.token for o in events if o.frame.event_type in types_for("court")}
    return any(i in heard or tree.lemma[i] in words("events.court") for i in above)


def _is_recalled(scene: Scene, one: Known) -> bool:
    """Whether an event was long before the news."""
    published = scene.view.published
    if one.days is None or published is None:
        return False
    return (published - one.days[1]).days > NEWS


def _is_apart(tree: Tree, event: int, tie: int) -> bool:
    """Whether a sentence tells how long after the one the other was: hours after."""
    units = time_words("UNIT")
    return any(i > 0 and tree.lemma[i - 1] in units for i in _orders(tree, event, tie))


def _orders(tree: Tree, event: int, tie: int) -> list[int]:
    """The words between an event and a phrase that put them one after the other: launched it in
    Lota after the raids, in the days following the riot."""
    over, under = tree.up(event), tree.up(tie)
    meet = next((i for i in over if i in under), None)
    if meet is None:
        return []
    way = {*over[: over.index(meet)], *under[: under.index(meet)]}
    marks = {c for i in way for c in tree.children[i] if tree.dep[c] == "mark"}
    return [i for i in sorted(way | marks) if tree.lower[i] in _ORDERED]


def _clause(tree: Tree, token: int) -> int:
    return next((i for i in tree.up(token) if tree.is_verb(i)), token)
