"""Where, when and by whom an event was, where its own clause does not say: the best candidate.

What speaks for a candidate and against it is added up (event_choices.csv); the best fills the
column if it comes to the column's limit and contradicts nothing else that is known of the event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from transforms.event_words import plover, types_for
from transforms.events.agreement import same_days, same_place
from transforms.events.candidates import Candidate, Column, candidates
from transforms.events.known import Known
from transforms.events.scene import Scene
from transforms.reference import reference

#: The columns that are chosen for, in the order in which they are.
COLUMNS: tuple[Column, ...] = ("place", "time", "agent")
#: What event_choices.csv calls the least that a candidate must come to.
LIMIT = "limit"


@cache
def weights(column: Column) -> Mapping[str, float]:
    """How much each sign weighs for a column, and under ``LIMIT`` what the best must come to."""
    found = {
        row["sign"]: float(row["weight"])
        for row in reference("event_choices")
        if row["column"] == column
    }
    return MappingProxyType(found)


def chosen(scene: Scene, events: Sequence[Known]) -> list[Mapping[Column, Candidate]]:
    """For each event the candidates that fill its empty columns, by column."""
    found: list[Mapping[Column, Candidate]] = []
    for one in events:
        best = {
            column: candidate
            for column in COLUMNS
            if _is_open(one, column)
            and (candidate := _best(scene, events, one, column)) is not None
        }
        place, agent = best.get("place"), best.get("agent")
        if place is not None and agent is not None and place.value[1] == agent.value[1]:
            del best["place"]  # who does it is no place of it
        found.append(best)
    return found


def _is_open(one: Known, column: Column) -> bool:
    """Whether a column is empty and may be filled for a type of event."""
    kind = one.frame.event_type
    if column == "place":
        return one.place is None and kind not in types_for("nowhere")
    if column == "time":
        return one.days is None
    willed = kind is not None and (plover(kind) is not None or kind in types_for("taken"))
    return one.agent is None and willed


def _best(scene: Scene, events: Sequence[Known], one: Known, column: Column) -> Candidate | None:
    found = candidates(scene, events, one, column)
    if not found:
        return None
    best = max(found, key=lambda each: weight(column, each.signs))
    if weight(column, best.signs) < weights(column)[LIMIT]:
        return None
    return best if _stands(scene, one, column, best) else None


def weight(column: Column, signs: frozenset[str]) -> float:
    """What signs come to together; those that are in no row count for nothing."""
    known = weights(column)
    return sum(known.get(sign, 0.0) for sign in sorted(signs))


def _stands(scene: Scene, one: Known, column: Column, best: Candidate) -> bool:
    """Whether a candidate agrees with the figures in an event, and what was done with the day on
    which it is told."""
    if column == "place":
        _, entity_id, country = best.value
        told = {"place": best.value[0], "place_entity_id": entity_id, "place_country": country}
        return all(same_place(row, told) for row in one.figures)
    if column == "time":
        start, end, _ = best.value
        published = scene.view.published
        if published is not None and start > published and one.frame.modality == "actual":
            return False
        told = {"event_start": start, "event_end": end}
        return all(same_days(row, told) for row in one.figures)
    return True
