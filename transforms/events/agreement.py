"""A figure beside its event: both say the same place and days, or ``rule`` says that they do not.

A figure may say more than its event ("killed 12, four of them in Lyon"); then its rule has one of
the names below, so that nobody takes the event's place for the figure's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from warehouse.tables import Row

#: The figure is at another place than its event, on other days.
ELSEWHERE, ANOTHER_TIME = "event_elsewhere", "event_another_time"


def agreed(figures: Sequence[Mapping[str, Any]], events: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The figures, with the names of what differs from their events in their rule."""
    by_id = {event["event_id"]: event for event in events}
    rows: list[Row] = []
    for figure in figures:
        event = by_id.get(figure["event_id"])
        told = []
        if event is not None and not same_place(figure, event):
            told.append(ELSEWHERE)
        if event is not None and not same_days(figure, event):
            told.append(ANOTHER_TIME)
        rows.append({**figure, "rule": "+".join((figure["rule"], *told))})
    return rows


def renewed(figures: Sequence[Row], events: Sequence[Row]) -> list[Row]:
    """The same where figures or events are no longer as they were read."""
    names = {ELSEWHERE, ANOTHER_TIME}
    bare = [
        {**one, "rule": "+".join(name for name in one["rule"].split("+") if name not in names)}
        for one in figures
    ]
    return agreed(bare, events)


def same_place(figure: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether the places are one, or in one country, or one of them is not said."""
    one, other = figure["place"], event["place"]
    if one is None or other is None or one == other:
        return True
    entity, country = figure["place_entity_id"], figure["place_country"]
    return bool(
        (entity is not None and entity == event["place_entity_id"])
        or (country is not None and country == event["place_country"])
    )


def same_days(figure: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether the days have one in common, or one of them is not said."""
    ends = (figure["as_of_start"], figure["as_of_end"], event["event_start"], event["event_end"])
    if None in ends:
        return True
    return bool(ends[0] <= ends[3] and ends[2] <= ends[1])
