"""What is expected of entities and of their mentions."""

from __future__ import annotations

from expectations.batch import Batch
from expectations.model import Rule
from expectations.place_names import country_codes, is_place_name
from expectations.rules.writing import rule
from warehouse.tables import ENTITIES, FIGURES, MENTIONS, Row

RULES: list[Rule] = []

PERSON = "PERSON"


def _key(row: Row) -> tuple[str, str]:
    return row["article_id"], row["entity_id"]


@rule(RULES, ENTITIES, "name", "a name with something in it")
def named(row: Row, batch: Batch) -> bool:
    return bool(row["name"].strip())


@rule(
    RULES,
    ENTITIES,
    "entity_type",
    "a country or a region not to be a person",
    reads=("name",),
)
def place_is_no_person(row: Row, batch: Batch) -> bool:
    return row["entity_type"] != PERSON or not is_place_name(row["name"])


@rule(
    RULES,
    ENTITIES,
    "geonames_id",
    "what is linked to GeoNames or lies on the map not to be a person",
    reads=("entity_type", "name", "latitude"),
)
def person_not_on_the_map(row: Row, batch: Batch) -> bool:
    located = row["geonames_id"] is not None or row["latitude"] is not None
    return row["entity_type"] != PERSON or not located


@rule(
    RULES,
    ENTITIES,
    "mention_count",
    "the number of the entity's mentions, those in quarantine too, which is at least 1",
    found=lambda row, batch: (
        f"{row['mention_count']} where {batch.mention_counts[_key(row)]} were made"
    ),
)
def mentions_counted(row: Row, batch: Batch) -> bool:
    here, earlier = batch.mention_counts[_key(row)], batch.earlier_counts[_key(row)]
    return bool(max(here, 1) <= row["mention_count"] <= here + earlier)


def _found_first(row: Row, batch: Batch) -> str:
    first = batch.first_chars.get(_key(row))
    told = "none of its mentions holds" if first is None else f"the first is at {first}"
    return f"{row['first_char']}, {told}"


@rule(
    RULES,
    ENTITIES,
    "first_char",
    "where the first of the entity's mentions starts; not after it, where one is in quarantine",
    found=_found_first,
)
def first_mention(row: Row, batch: Batch) -> bool:
    first = batch.first_chars.get(_key(row))
    if _key(row) not in batch.partly_kept_back:
        return first is None or first == row["first_char"]  # mentions_counted tells of none at all
    last = len(batch.text(row)) - 1 if first is None else first
    return bool(0 <= row["first_char"] <= last)


@rule(
    RULES,
    ENTITIES,
    "latitude",
    "latitude within 90 degrees and longitude within 180, both or neither",
    reads=("longitude",),
)
def on_the_globe(row: Row, batch: Batch) -> bool:
    latitude, longitude = row["latitude"], row["longitude"]
    if latitude is None or longitude is None:
        return latitude is longitude
    return bool(abs(latitude) <= 90 and abs(longitude) <= 180)  # false for NaN too


@rule(
    RULES,
    ENTITIES,
    "region",
    "a region and its GeoNames id, both or neither, of a place of the gazetteer in a country",
    reads=("region_id", "geonames_id", "country"),
)
def region_of_a_place(row: Row, batch: Batch) -> bool:
    if row["region"] is None or row["region_id"] is None:
        return row["region"] is row["region_id"]
    return row["geonames_id"] is not None and row["country"] is not None


@rule(
    RULES,
    ENTITIES,
    "link_status",
    "a country, GeoNames id or reference id where the status is linked",
    reads=("name", "country", "geonames_id", "reference_id"),
)
def linked_to_something(row: Row, batch: Batch) -> bool:
    links = (row["country"], row["geonames_id"], row["reference_id"])
    return row["link_status"] != "linked" or any(link is not None for link in links)


@rule(RULES, ENTITIES, "country", "an ISO 3166-1 alpha-3 code that was ever given")
def country_known(row: Row, batch: Batch) -> bool:
    return row["country"] is None or row["country"] in country_codes()


@rule(RULES, FIGURES, "nationality", "an ISO 3166-1 alpha-3 code that was ever given")
def nationality_known(row: Row, batch: Batch) -> bool:
    return row["nationality"] is None or row["nationality"] in country_codes()


def _entity_type(row: Row, batch: Batch) -> str | None:
    entity = batch.entities.get(_key(row))
    return entity["entity_type"] if entity else None


@rule(
    RULES,
    MENTIONS,
    "entity_type",
    "the kind of the entity that is named",
    found=lambda row, batch: f"{row['entity_type']} where the entity is {_entity_type(row, batch)}",
)
def kind_of_its_entity(row: Row, batch: Batch) -> bool:
    kind = _entity_type(row, batch)
    return kind is None or kind == row["entity_type"]  # without an entity reference fails
