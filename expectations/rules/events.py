"""What is expected of events."""

from __future__ import annotations

import datetime as dt

from expectations.batch import Batch
from expectations.model import Rule
from expectations.rules.writing import rule
from warehouse.tables import EVENTS, Row

RULES: list[Rule] = []

#: Days after the publication on which what is told of as done may end: the day in another zone.
_AHEAD = dt.timedelta(days=1)


@rule(
    RULES,
    EVENTS,
    "event_start",
    "event_start <= event_end, both or neither",
    reads=("event_end",),
)
def days_an_interval(row: Row, batch: Batch) -> bool:
    start, end = row["event_start"], row["event_end"]
    if start is None or end is None:
        return start is end
    return bool(start <= end)


@rule(
    RULES,
    EVENTS,
    "date_id",
    "a date of the same article, which the days of the event meet",
    reads=("event_start", "event_end"),
)
def days_of_its_date(row: Row, batch: Batch) -> bool:
    date = batch.dates.get(row["date_id"])
    if date is None:  # reference tells of one that is nowhere
        return True
    if date["article_id"] != row["article_id"]:
        return False
    ends = (row["event_start"], row["event_end"], date["date_start"], date["date_end"])
    if None in ends:  # other rules tell of half an interval
        return True
    start, end, date_start, date_end = ends
    return bool(start <= date_end and date_start <= end)


@rule(
    RULES,
    EVENTS,
    "modality",
    "what is reported as done to have begun by the day after publication",
    reads=("event_start", "published_date"),
)
def done_by_publication(row: Row, batch: Batch) -> bool:
    start, published = row["event_start"], row["published_date"]
    if row["modality"] != "actual" or start is None or published is None:
        return True
    return bool(start <= published + _AHEAD)


@rule(
    RULES,
    EVENTS,
    "place_country",
    "the country of the entity that the place names; none without one",
    reads=("place_entity_id",),
)
def country_of_its_place(row: Row, batch: Batch) -> bool:
    country = row["place_country"]
    if country is None:
        return True
    entity = batch.entities.get((row["article_id"], row["place_entity_id"]))
    if entity is None:  # reference tells of one that is nowhere
        return row["place_entity_id"] is not None
    return bool(country == entity["country"])
