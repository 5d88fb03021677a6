"""The rows of the events table, from the clauses of one article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from transforms.claims.read import claim_id
from transforms.event_words import counted_categories, event_words, types_for
from transforms.events.en.concrete import kinds
from transforms.events.en.purposes import purpose_of
from transforms.events.frame import Frame, Join, Kind, Participant, Role
from transforms.events.scene import Scene
from transforms.events.setting import is_as_of, is_told_near, place_of, time_of
from transforms.identity import digest
from transforms.model import Parsed
from transforms.words import words
from warehouse.tables import EVENTS, Row

#: Pronouns that name nobody who does something.
_NOBODY = frozenset(
    ["himself", "herself", "itself", "themselves", "myself", "ourselves", "that", "this", "which",
     "what"]
)  # fmt: skip
Rows = Sequence[Mapping[str, Any]]


def event_id(article_id: str, frame: Frame) -> str:
    """The id of an event: one predicate can head two, of one type."""
    kind, where = frame.event_type, (frame.start, frame.end)
    return digest("event", article_id, *where, kind, frame.ordinal)


def read_events(parsed: Parsed, scene: Scene, figures: Rows) -> list[Row]:
    """Every event that a text tells of, as rows of ``events``, in the order of the text.

    ``figures`` are the rows of the same article: where a clause does not say where or when it is
    and a figure in it is known to be somewhere, so is the event. Its claim is the innermost that
    holds the predicate.
    """
    inside: dict[str, list[Mapping[str, Any]]] = {}
    for row in figures:
        if row["event_id"] is not None:
            inside.setdefault(row["event_id"], []).append(row)
    return [
        _row(parsed, scene, frame, inside.get(event_id(parsed.article.article_id, frame), ()))
        for frame in scene.events
    ]


def _row(parsed: Parsed, scene: Scene, frame: Frame, figures: Rows) -> Row:
    article = parsed.article
    number = scene.view.sentence_no(frame.start)
    agent, patient, recipient = (
        _whole(scene, frame.of(role)) for role in (Role.AGENT, Role.PATIENT, Role.RECIPIENT)
    )
    text = article.text
    claim = scene.statements.at(frame.start, frame.end)

    def told(one: Participant | None) -> str | None:
        return text[one.start : one.end] if one is not None else None

    if frame.kind is Kind.NOUN or frame.event_type in types_for("court"):
        figures = ()  # the deaths of twelve years, four who were convicted
    dated = next((row for row in figures if is_told_near(scene, frame, row["as_of_date_id"])), None)
    if dated is not None and is_as_of(scene, dated["as_of_date_id"]):
        dated = None
    dated = dated if dated is not None and dated["as_of_start"] is not None else None
    place, time = place_of(scene, frame), time_of(scene, frame)
    if agent is not None and not _acts(scene, agent, frame.kind):
        agent = None
    if patient is not None and agent is not None and frame.event_type in types_for("leaves"):
        moved = "people" in kinds(scene.tree, patient.head)
        patient = patient if moved else None  # the country that they flee
    if patient is not None and frame.event_type in types_for("fired"):
        thrown = counted_categories().get(scene.tree.lemma[patient.head]) == "munitions"
        patient = None if thrown else patient
    if patient is not None and frame.event_type in types_for("illness"):
        patient = patient if "people" in kinds(scene.tree, patient.head) else None
    if agent is None and frame.event_type in types_for("gets"):
        agent = recipient  # who buys gets it and does it
    rules = [frame.kind.value, *(join.value for join in frame.joined)]
    rules += [f"place_{place.rule}"] if place is not None else []
    rules += [f"time_{time.rule}"] if time is not None else []
    where: tuple[str | None, str | None, str | None] = (None, None, None)
    if place is not None:
        where = (scene.text(place.phrase), place.phrase.entity_id, place.phrase.country)
    when: tuple[dt.date | None, dt.date | None, str | None] = (None, None, None)
    if time is not None:
        when = (time.start, time.end, time.date_id)
    elif dated is not None:
        when = (dated["as_of_start"], dated["as_of_end"], dated["as_of_date_id"])
        rules.append("time_of_figure")
    modality, published = frame.modality, article.published_date
    if modality == "actual" and when[0] and published and when[0] > published:
        modality = "planned"  # a figure in it says that it is to come
    return EVENTS.row(
        event_id=event_id(article.article_id, frame),
        article_id=article.article_id,
        published_date=article.published_date,
        sentence_no=number,
        char_start=frame.start,
        char_end=frame.end,
        surface=text[frame.start : frame.end],
        predicate=frame.lemma,
        event_type=frame.event_type,
        agent=told(agent),
        agent_entity_id=agent.entity_id if agent is not None else None,
        patient=told(patient),
        patient_entity_id=patient.entity_id if patient is not None else None,
        recipient=told(recipient),
        recipient_entity_id=recipient.entity_id if recipient is not None else None,
        purpose=_purpose(scene, frame),
        place=where[0],
        place_entity_id=where[1],
        place_country=where[2],
        event_start=when[0],
        event_end=when[1],
        date_id=when[2],
        modality=modality,
        claim_id=claim_id(article, claim) if claim is not None else None,
        rule="+".join(dict.fromkeys(rules)),
        sentence=parsed.evidence(number, frame.end),
    )


def _purpose(scene: Scene, frame: Frame) -> str | None:
    """What it is given for, of the types that this is asked of."""
    if frame.event_type not in types_for("purpose"):
        return None
    things = [one.head for one in frame.of(Role.PATIENT)]
    others = {one.head for one in frame.participants}
    found = purpose_of(scene.tree, frame.token, things, others)
    return scene.tokens(*found) if found is not None else None


def _acts(scene: Scene, agent: Participant, kind: Kind) -> bool:
    """Whether somebody or something can do what is done: who has a will or belongs to a side, or,
    of a verb, an attack or what is its subject (heat)."""
    tree, head = scene.tree, agent.head
    entity = tree.ent[head]
    if tree.lower[head] in _NOBODY:
        return False
    if tree.pos[head] == "PRON" or tree.lower[head] in ("it", "they", "who"):
        return True
    if kind is Kind.VERB and tree.lemma[head] in event_words("noun"):
        return True  # the Park Fire destroyed 40 homes
    if entity in ("DATE", "TIME", "FAC") or tree.lemma[head] in words("places.noun"):
        return False  # a school, the past week
    found = set(kinds(tree, head))
    if found == {"place"}:
        return entity == "GPE" or tree.lemma[head] in words("events.acting_place")
    if "event" in found:
        return kind is Kind.VERB
    if found & {"people", "body", "force", "counted", "place"} or entity != "":
        return True
    whose = any(tree.ent[c] in ("NORP", "ORG", "GPE") for c in tree.children[head])
    by = tree.dep[head] == "pobj" and tree.dep[tree.head[head]] == "agent"  # killed by a shark
    own = agent.join is Join.NONE and (tree.dep[head] == "nsubj" or by)
    return whose or (kind is Kind.VERB and own)


def _whole(scene: Scene, found: Sequence[Participant]) -> Participant | None:
    """The first of a role; of a list (A, B and C) the whole, without the events in it (attacks on
    civilians and the destruction of homes)."""
    if not found:
        return None
    first = found[0]
    found = [first, *(one for one in found[1:] if "event" not in kinds(scene.tree, one.head))]
    if len(found) == 1:
        return first
    last = max(found, key=lambda one: one.end)
    one_list = all(one.join is first.join for one in found)
    if not one_list or last.end - first.start > 200:
        return first
    return Participant(first.role, first.head, first.start, last.end, first.entity_id, first.join)
