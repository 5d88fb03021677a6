"""Each clause as a frame: its participants, place and time, and the statement it stands in.

Places and times are looked for as figures look for them, so that a frame and a figure in it agree:
from the counted participant where there is one, else from the predicate; of an event whose clause
says nothing, from the scene of the story.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

from transforms.event_words import event_words, plover, types_for
from transforms.events.en.behind import (
    comes_under,
    named_day,
    phrase_end,
    place_behind,
    place_end,
    time_behind,
)
from transforms.events.en.clauses import is_known
from transforms.events.en.concrete import kinds
from transforms.events.en.event_nouns import of_noun, taken_on_by
from transforms.events.en.given import is_definite, known_noun
from transforms.events.en.intent import aimed_at, qualified
from transforms.events.en.modality import modality
from transforms.events.en.participants import of_verb
from transforms.events.en.places import Places
from transforms.events.en.predicates import Predicate, noun_of, predicates
from transforms.events.en.roles import Argument
from transforms.events.en.senses import meant_as
from transforms.events.en.sources import Source, reach
from transforms.events.en.statements import Statements
from transforms.events.en.story import Story
from transforms.events.en.takers import with_taker
from transforms.events.en.tied import Times
from transforms.events.en.understood import elided
from transforms.events.en.when import Dated, find_time, is_state, time_since
from transforms.events.en.where import Placed, find_place
from transforms.events.en.written import phrase, title_name
from transforms.events.frame import Frame, Join, Kind, Participant, Role
from transforms.events.rules import Ground, Modality
from transforms.events.tree import SUBJECTS, Tree
from transforms.words import words

_NOBODY = ("nobody", "none", "nothing")


@dataclass(frozen=True, slots=True)
class Page:
    """What frames are read from. ``entities`` has the entity that is named at a token;
    ``entity_of`` the one that a source names."""

    tree: Tree
    places: Places
    times: Times
    statements: Statements
    story: Story
    entities: dict[int, str]
    entity_of: Callable[[Source], str | None]


def frames(page: Page, types: Container[str | None] | None = None) -> Iterator[Frame]:
    """The frames of an article, in the order of the text; with ``types``, of such events alone."""
    tree, before, ordinal = page.tree, -1, 0
    for predicate in predicates(tree):
        if types is not None and (predicate.word is None or not predicate.word.event_type):
            continue
        ordinal = ordinal + 1 if predicate.token == before else 0
        before = predicate.token
        if predicate.kind is Kind.NOUN:
            each = [of_noun(tree, predicate)]
        else:
            each = [of_verb(tree, predicate)]
            each += elided(tree, predicate, each[0])
        for number, bare in enumerate(each, ordinal):
            arguments = with_taker(tree, predicate, bare)
            event_type, meant = _type(tree, predicate, arguments)
            if types is None or event_type in types:
                yield _frame(page, predicate, arguments, number, event_type, meant=meant)
        ordinal += len(each) - 1


def _frame(
    page: Page,
    predicate: Predicate,
    arguments: Sequence[Argument],
    ordinal: int,
    event_type: str | None,
    *,
    meant: bool,
) -> Frame:
    tree = page.tree
    asked = _asked(tree, predicate, arguments)
    source = page.statements.source(tree.start[asked], tree.end[asked])
    if source is not None and source.verb == predicate.token:
        source = None
    time, place = _setting(page, predicate, arguments, source)
    how, rule = modality(tree, asked)
    if how == "denied" and _presupposed(tree, predicate):
        how, rule = "actual", ""
    if how == "actual" and _almost(tree, predicate):
        how, rule = "possible", "condition"
    if predicate.kind is Kind.NOUN:
        how, rule = _of_noun(page, predicate, how, rule, time)
    negated = rule == "negated" or _none(tree, predicate, arguments)
    if negated and how == "actual":
        how = "denied"
    if how == "actual" and time is not None and time.ahead and _coming(page, time):
        how = "planned"
    return Frame(
        token=predicate.token,
        ordinal=ordinal,
        lemma=predicate.lemma,
        start=tree.start[predicate.first],
        end=tree.end[predicate.last],
        kind=predicate.kind,
        event_type=event_type,
        plover=plover(event_type) if event_type is not None and meant else None,
        participants=tuple(sorted(_participants(page, arguments), key=lambda one: one.start)),
        place=place,
        time=time,
        modality=how,
        negated=negated,
        source=source,
        source_entity_id=page.entity_of(source) if source is not None else None,
    )


def _almost(tree: Tree, predicate: Predicate) -> bool:
    """Whether a verb did not quite happen: the car almost crashed."""
    before = predicate.token - 1
    return (
        predicate.kind is Kind.VERB
        and before in tree.children[predicate.token]
        and tree.lower[before] in words("modality.almost")
    )


def _of_noun(
    page: Page, predicate: Predicate, how: Modality, rule: Ground, time: Dated | None
) -> tuple[Modality, Ground]:
    """How sure the event of a noun is."""
    noun, told_of = predicate.token, predicate.word
    told = qualified(page.tree, noun)
    if told is not None:
        return told
    court = told_of is not None and told_of.event_type in types_for("court")
    if court and is_definite(page.tree, noun):
        return "actual", ""  # tried to appeal his conviction
    before = taken_on_by(page.tree, noun)
    if how == "actual" and before in words("modality.planning"):
        return "planned", "plan"  # prepared for the raid
    if how == "actual" and before in words("modality.weighing") | words("modality.unreal"):
        return "possible", "plan"
    if how == "actual" and aimed_at(page.tree, noun):
        return "possible", "demand"
    ahead = time is not None and _coming(page, time)
    return ("actual", "") if not ahead and known_noun(page.tree, noun) else (how, rule)


def _type(
    tree: Tree, predicate: Predicate, arguments: Sequence[Argument]
) -> tuple[str | None, bool]:
    """The type of an event, and whether somebody may mean to do it: a storm that hits a town is a
    storm, and nobody means what a flood does."""
    kind = meant_as(tree, predicate, arguments)
    if kind is None:
        return None, False
    agent = next((one.head for one in arguments if one.role is Role.AGENT), None)
    noun = noun_of(tree, agent) if agent is not None and tree.pos[agent] == "NOUN" else None
    if noun is None or (noun.word is not None and noun.word.subject):
        forced = kind == "killing" and agent is not None and not _wills(tree, agent)
        return ("death", False) if forced else (kind, True)  # heat killed nine
    if predicate.lemma in words("events.hitting") and noun.word is not None:
        kind = noun.word.event_type
    return ("death" if kind == "killing" else kind), False  # nobody means what a storm does


def _wills(tree: Tree, agent: int) -> bool:
    """Whether an agent may mean to do it, or is a weapon or a word that may stand for anybody."""
    whose = any(tree.ent[c] in ("NORP", "ORG", "GPE") for c in tree.children[agent])
    bare = tree.pos[agent] == "NOUN" and not tree.ent[agent] and not whose
    return not bare or any(True for _ in kinds(tree, agent))


def _participants(page: Page, arguments: Sequence[Argument]) -> Iterator[Participant]:
    tree = page.tree
    for one in arguments:
        first, last = phrase(tree, one.head)
        named = title_name(tree, one.head)
        entity_id = page.entities.get(one.head if named is None else named)
        while entity_id is not None and page.entities.get(last + 1) == entity_id:
            if tree.end[last] < tree.start[last + 1] or tree.lower[last + 1] == ",":
                break
            last += 1  # Mar-a-Lago
        yield Participant(
            one.role, one.head, tree.start[first], tree.end[last], entity_id, one.join
        )


def _asked(tree: Tree, predicate: Predicate, arguments: Sequence[Argument]) -> int:
    """The token that is asked for modality and source: one in the clause, below its verb."""
    if predicate.kind is Kind.NOUN:
        return predicate.token
    own = [one.head for one in arguments if tree.head[one.head] == predicate.token]
    own.sort(key=lambda head: (tree.dep[head] in ("nsubj", "csubj"), head))
    below = [c for c in tree.children[predicate.token] if tree.dep[c] != "punct"]
    return next(iter((*own, *reversed(below))), predicate.token)


def _counted(tree: Tree, predicate: Predicate, arguments: Sequence[Argument]) -> Argument | None:
    """The participant of the clause itself that has a number, what it happens to first."""
    found = [
        one
        for one in arguments
        if one.join is Join.NONE and (tree.tag[one.head] == "CD" or _numbers(tree, one.head))
    ]
    return min(found, key=lambda one: (one.role is not Role.PATIENT, one.head), default=None)


def _numbers(tree: Tree, head: int) -> list[int]:
    return [c for c in tree.children[head] if tree.tag[c] == "CD" and c < head]


def _setting(
    page: Page, predicate: Predicate, arguments: Sequence[Argument], source: Source | None
) -> tuple[Dated | None, Placed | None]:
    """When and where it is: of its clause, of an event also from the story around it."""
    tree = page.tree
    counted = _counted(tree, predicate, arguments)
    barred = reach(tree, source) if source is not None else None
    if counted is None:
        token = predicate.token
        end = max([token, *(one.head for one in arguments if one.join is Join.NONE)])
        place = find_place(tree, page.places, token, event=True, barred=barred)
    else:
        token = counted.head
        end = max(_numbers(tree, token), default=token)
        first, ends = phrase(tree, token)[0], (end, token)
        place = find_place(
            tree, page.places, token, event=True, start=first, ends=ends, barred=barred
        )
    time = find_time(tree, page.times, token, end=end, state=is_state(tree, token))
    verb = predicate.token
    if predicate.kind is Kind.NOUN and tree.dep[verb] in SUBJECTS:
        begins = tree.lemma[tree.head[verb]] in words("events.support")
        verb = tree.head[verb] if begins else verb
    time = time_since(tree, page.times, verb) or time
    if predicate.kind is Kind.NOUN:
        time = named_day(tree, page.times, predicate.token) or time
    dated = tree.sent[token] in page.times.by_sentence
    if predicate.word is None and predicate.kind is Kind.VERB:
        return time, place
    noun, known = predicate.token, known_noun(tree, predicate.token)
    if predicate.kind is Kind.NOUN and not _sets_scene(tree, noun):
        if place is not None and noun not in tree.up(place.phrase.tie):
            place = place if comes_under(tree, noun, place) else None
        if time is not None and not _is_within(page.times, tree, predicate.token, time):
            time = named_day(tree, page.times, noun)
        if place is None and is_known(tree, noun):
            place = place_behind(tree, page.places, noun, phrase_end(tree, predicate))
    if time is None and predicate.kind is Kind.NOUN:
        for end in (phrase_end(tree, predicate), place_end(tree, predicate)):
            time = time or time_behind(tree, page.times, noun, end, known=known)
    told = predicate.token if predicate.state is None else predicate.state
    harm = tree.lemma[told] in words("events.harm")
    if time is None and not dated:
        time = page.story.time(token, harm=harm, place=place)
    if predicate.kind is Kind.VERB and tree.lemma[predicate.token] in words("events.hitting"):
        hit = _hit(page, arguments)
        if hit is not None and (place is None or place.phrase.rank < hit.phrase.rank):
            place = hit
    if place is None:
        place = page.story.elsewhere(
            token, harm=harm, time=time, counted=True, goes_on=True, people=harm, barred=barred
        )
    return time, place


def _hit(page: Page, arguments: Sequence[Argument]) -> Placed | None:
    """The place that it happens to: Lota burned, Lota opened after being shelled."""
    heads = {one.head for one in arguments if one.role is Role.PATIENT}
    return next(
        (
            Placed(phrase, 0.0, "clause")
            for head in sorted(heads)
            for phrase in page.places.by_sentence.get(page.tree.sent[head], ())
            if phrase.head == head and phrase.named
        ),
        None,
    )


def _sets_scene(tree: Tree, noun: int) -> bool:
    """Whether an event that a noun names is where and when its verb's clause is: the subject of the
    verb, the object of one that says little, or that in which another event was (killed in a blast,
    held in a raid)."""
    top, above = noun, tree.head[noun]
    if tree.dep[top] in SUBJECTS:
        return True
    if tree.dep[top] == "dobj":
        return tree.lemma[above] in words("events.support")
    if tree.dep[top] == "pobj":
        verb = tree.head[above]
        if not tree.is_verb(verb):
            return False
        if tree.lemma[verb] in words("events.harm"):
            return tree.lower[above] in ("in", "during", "by", "from", "after")
        if tree.lower[above] == "to":  # fell to his death
            return tree.lemma[noun] == "death" and tree.child(noun, "poss") is not None
        told, own = (
            event_words("verb").get(tree.lemma[verb]),
            event_words("noun").get(tree.lemma[noun]),
        )
        if tree.lower[above] == "under":  # trapped under bombardment; not: came under fire
            return own is not None and plover(own.event_type) is not None
        held = told is not None and told.event_type not in types_for("court")
        return tree.lower[above] in ("in", "during") and held
    return not tree.is_verb(above) and tree.head[top] == top  # a heading


def _is_within(times: Times, tree: Tree, noun: int, time: Dated) -> bool:
    """Whether a date is tied to a noun or to what hangs on it."""
    dates = times.by_sentence.get(tree.sent[noun], ())
    return any(
        date.row.get("date_id") == time.date_id and noun in tree.up(date.tie) for date in dates
    )


def _coming(page: Page, time: Dated) -> bool:
    published = page.times.published
    return published is not None and time.start > published


def _presupposed(tree: Tree, predicate: Predicate) -> bool:
    """Whether a noun does what its verb denies, and so was: the fire did not reach the town."""
    if predicate.kind is not Kind.NOUN or tree.dep[predicate.token] != "nsubj":
        return False
    verb = tree.head[predicate.token]
    does = tree.child(verb, "dobj", "ccomp", "xcomp") is not None
    return does and tree.lemma[verb] not in words("events.support")  # did not take place


def _none(tree: Tree, predicate: Predicate, arguments: Sequence[Argument]) -> bool:
    """Whether nobody or nothing takes part: no casualties, nobody was hurt."""
    tokens = [one.head for one in arguments if one.join is Join.NONE]
    if predicate.kind is Kind.NOUN:
        tokens = [predicate.token]
    return any(
        tree.lower[i] in _NOBODY or any(tree.lower[c] == "no" for c in tree.children[i] if c < i)
        for i in tokens
    )
