"""What may say where or when an event was, or who did it, where its own clause does not.

Candidates stand in its sentence, in those beside it, in figures that take part in it, and with
other events of the article that may be the same one. Each has the names of what speaks for it or
against it; event_choices.csv says how much each weighs, and what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from transforms.event_words import types_for
from transforms.events.en.given import is_definite
from transforms.events.en.links import is_pronoun, links
from transforms.events.en.standing import at_day, at_place, by_name, on_day
from transforms.events.frame import Kind
from transforms.events.known import Known
from transforms.events.scene import Scene
from transforms.words import words

Column = Literal["place", "time", "agent"]
#: Days after which what is told of is no news.
NEWS = 92


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value of a column: of a place (as written, entity, country), of a time (first day, last
    day, date), of an agent (as written, entity). ``kind`` tells where it stands: sentence,
    neighbour, figure or event; ``signs`` are its names."""

    kind: str
    value: tuple[Any, ...]
    signs: frozenset[str]


def candidates(
    scene: Scene, events: Sequence[Known], one: Known, column: Column
) -> list[Candidate]:
    """All that may fill a column of an event, in the order of the text by kind."""
    found = [
        *_near(scene, events, one, column),
        *_of_figures(one, column),
        *_of_events(scene, events, one, column),
    ]
    about = _about(scene, one)
    return [
        Candidate(each.kind, each.value, each.signs | about | _agreed(each, found))
        for each in found
    ]


def _about(scene: Scene, one: Known) -> set[str]:
    """What an event is, whatever the candidate."""
    tree, frame = scene.tree, one.frame
    found: set[str] = set()
    if frame.kind is Kind.NOUN:
        found.add("told:noun")
        if is_definite(tree, frame.token):
            found.add("told:known")
        if tree.tag[frame.token] == "NNS":
            found.add("told:many")
    elif tree.dep[frame.token] in ("acl", "relcl"):
        found.add("told:retold")
    if frame.modality != "actual":
        found.add("told:unsure")
    if frame.event_type in types_for("court"):
        found.add("told:court")
    if tree.lemma[frame.token] in words("events.long") | words("events.campaign"):
        found.add("told:campaign")
    if _is_old(scene, one):
        found.add("told:recalled")
    return found


def _is_old(scene: Scene, one: Known) -> bool:
    """Whether an event was long before the news."""
    published = scene.view.published
    if one.days is None or published is None:
        return False
    return (published - one.days[1]).days > NEWS


def _agreed(one: Candidate, others: Sequence[Candidate]) -> set[str]:
    """How many candidates say the same, and whether any says something else."""
    same = {(each.kind, each.signs) for each in others if _are_same(one.value[0], each.value[0])}
    found = {f"agreed:{min(3, len(same))}"}
    if all(_are_same(one.value[0], each.value[0]) for each in others if each.kind != "sentence"):
        found.add("agreed:all")
    most = max(sum(_are_same(each.value[0], other.value[0]) for other in others) for each in others)
    if sum(_are_same(one.value[0], each.value[0]) for each in others) == most:
        found.add("agreed:most")
    return found


def _are_same(one: Any, other: Any) -> bool:
    if isinstance(one, str):
        one, other = one.lower(), other.lower()
        return one in other or other in one
    return bool(one == other)


def _of_figures(one: Known, column: Column) -> Iterator[Candidate]:
    """Where figures in an event are; of their days it has one already."""
    if column != "place":
        return
    for row in one.figures:
        if row["place"] is not None:
            told = "figure:scene" if "place_scene" in row["rule"] else "figure:own"
            value = (row["place"], row["place_entity_id"], row["place_country"])
            yield Candidate("figure", value, frozenset(("figure", told)))


def _of_events(
    scene: Scene, events: Sequence[Known], one: Known, column: Column
) -> Iterator[Candidate]:
    """What other events of the article say that may be the same one."""
    for other in events:
        value = _value(scene, other, column) if other is not one else None
        ties = links(scene.tree, one, other) if value is not None else frozenset()
        if value is None or not ties:
            continue
        signs = {"event", *(f"event:{name}" for name in ties)}
        if _is_old(scene, other):
            signs.add("event:old")
        found = {"place": other.place, "time": other.time}.get(column)
        if found is not None and found.rule.startswith("scene"):
            signs.add("event:of_scene")
        if column == "time" and other.time is not None:
            signs.add(f"event:{on_day(other.time.start, other.time.end)}")
        yield Candidate("event", value, frozenset(signs))


def _value(scene: Scene, one: Known, column: Column) -> tuple[Any, ...] | None:
    """What an event itself says, as the value of a candidate."""
    if column == "place" and one.place is not None:
        phrase = one.place.phrase
        return scene.text(phrase), phrase.entity_id, phrase.country
    if column == "time" and one.time is not None:
        return one.time.start, one.time.end, one.time.date_id
    if column == "agent" and one.agent is not None and not is_pronoun(scene.tree, one.agent):
        return scene.view.text[one.agent.start : one.agent.end], one.agent.entity_id
    return None


def _near(scene: Scene, events: Sequence[Known], one: Known, column: Column) -> Iterator[Candidate]:
    """What stands in the sentence of an event or beside it, without being tied to the event."""
    if column == "agent":
        for surface, entity_id, signs in by_name(scene, one):
            yield Candidate("sentence", (surface, entity_id), signs)
        return
    here = scene.tree.sent[one.frame.token]
    for sentence in (here, here - 1, here + 1):
        kind = "sentence" if sentence == here else "neighbour"
        if column == "place":
            for phrase in scene.places.by_sentence.get(sentence, ()):
                signs = at_place(scene, events, one, phrase)
                if signs:
                    value = (scene.text(phrase), phrase.entity_id, phrase.country)
                    yield Candidate(kind, value, signs)
        else:
            for date in scene.times.by_sentence.get(sentence, ()):
                row, signs = date.row, at_day(scene, events, one, date)
                if signs:
                    days = (row["date_start"], row["date_end"], row.get("date_id"))
                    yield Candidate(kind, days, signs)
