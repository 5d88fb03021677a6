"""The rows of the events table, from the clauses of one article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from transforms.claims.read import claim_id
from transforms.events.en.concrete import kinds
from transforms.events.en.where import Placed
from transforms.events.frame import Frame, Kind, Participant, Role
from transforms.events.scene import Scene
from transforms.identity import digest
from transforms.model import Parsed
from warehouse.tables import EVENTS, Row

#: Types of events in which who gets something is who does it.
_BOUGHT = frozenset(("purchase",))
#: Those of people who go, where what stands as object is where they leave.
_LEFT = frozenset(("displacement", "withdrawal", "escape"))
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
    sentence = scene.view.sentences[number]
    agent, patient, recipient = (
        _whole(frame.of(role)) for role in (Role.AGENT, Role.PATIENT, Role.RECIPIENT)
    )
    text = article.text
    claim = scene.statements.at(frame.start, frame.end)

    def told(one: Participant | None) -> str | None:
        return text[one.start : one.end] if one is not None else None

    placed = next((row for row in figures if row["place"] is not None), None)
    dated = next((row for row in figures if row["as_of_start"] is not None), None)
    place, time = _place(scene, frame), frame.time
    if agent is not None and not _acts(scene, agent):
        agent = None
    if patient is not None and agent is not None and frame.event_type in _LEFT:
        patient = None  # the country that they flee
    if agent is None and frame.event_type in _BOUGHT:
        agent = recipient  # who buys gets it and does it
    rules = [frame.kind.value, *(join.value for join in frame.joined)]
    rules += [f"place_{place.rule}"] if place is not None else []
    rules += [f"time_{time.rule}"] if time is not None else []
    where: tuple[str | None, str | None, str | None] = (None, None, None)
    if place is not None:
        where = (scene.text(place.phrase), place.phrase.entity_id, place.phrase.country)
    elif placed is not None:
        where = (placed["place"], placed["place_entity_id"], placed["place_country"])
        rules.append("place_of_figure")
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
        place=where[0],
        place_entity_id=where[1],
        place_country=where[2],
        event_start=when[0],
        event_end=when[1],
        date_id=when[2],
        modality=modality,
        claim_id=claim_id(article, claim) if claim is not None else None,
        rule="+".join(dict.fromkeys(rules)),
        sentence=text[sentence[0] : sentence[1]],
    )


def _place(scene: Scene, frame: Frame) -> Placed | None:
    """Where the event is: a name that is known or a noun for a place, but no owner of the event and
    no name that only stands beside another noun."""
    place = frame.place
    if place is None:
        return None
    phrase = place.phrase
    if phrase.named and phrase.entity_id is None:
        return None
    beside = phrase.form in ("modifier", "possessive")
    own = frame.kind is Kind.NOUN and phrase.tie == frame.token and phrase.form == "modifier"
    return None if beside and not own else place


def _acts(scene: Scene, agent: Participant) -> bool:
    """Whether somebody or something can do what is done: who has a will, or a force of nature."""
    tree, head = scene.tree, agent.head
    of_will = {"people", "body", "force", "place", "counted"}
    if tree.pos[head] == "PRON" or tree.lower[head] in ("it", "they", "who"):
        return True
    found = set(kinds(tree, head))
    return bool(found & of_will) or "event" in found or tree.ent[head] != ""


def _whole(found: Sequence[Participant]) -> Participant | None:
    """The first of a role; of a list (A, B and C) the whole."""
    if not found:
        return None
    first = found[0]
    if len(found) == 1:
        return first
    last = max(found, key=lambda one: one.end)
    one_list = all(one.join is first.join for one in found)
    if not one_list or last.end - first.start > 200:
        return first
    return Participant(first.role, first.head, first.start, last.end, first.entity_id, first.join)
