"""From a parsed article to the rows of mentions and entities."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from transforms.entities.entity import Entity
from transforms.entities.gazetteer import gazetteer
from transforms.entities.identity import entities
from transforms.entities.place import REGION, Place
from transforms.entities.publisher import home_country
from transforms.entities.recognise import names_of
from transforms.entities.trace import Trace
from transforms.identity import span_id
from transforms.model import Parsed
from warehouse.tables import ENTITIES, MENTIONS, Row


def read_entities(parsed: Parsed) -> tuple[list[Row], list[Row]]:
    """The rows of mentions, in text order, and of entities, in order of first mention."""
    return rows_of(parsed, found_in(parsed))


def found_in(parsed: Parsed, trace: Trace | None = None) -> list[Entity]:
    """The entities of an article; ``trace`` takes down what is left out on the way."""
    article, text = parsed.article, parsed.text
    names = names_of(
        parsed.doc, text, article.authors, article.publisher, trace, home_country(article)
    )
    return entities(article, text, names, gazetteer(), trace)


def rows_of(parsed: Parsed, found: Sequence[Entity]) -> tuple[list[Row], list[Row]]:
    """The rows of the entities' mentions and of the entities."""
    article = parsed.article
    ids = [entity.entity_id for entity in found]
    starts = [start for start, _ in parsed.sentences]
    mentions = [
        MENTIONS.row(
            mention_id=span_id("mention", article.article_id, item.start, item.end, surface),
            article_id=article.article_id,
            published_date=article.published_date,
            entity_id=entity_id,
            sentence_no=max(0, bisect_right(starts, item.start) - 1),
            char_start=item.start,
            char_end=item.end,
            surface=surface,
            entity_type=entity.kind,
            rule=item.rule,
        )
        for entity, entity_id in zip(found, ids, strict=True)
        for item in entity.items
        for surface in [article.text[item.start : item.end]]
    ]
    mentions.sort(key=lambda row: (row["char_start"], row["char_end"]))
    return mentions, [
        _row(entity, entity_id, parsed) for entity, entity_id in zip(found, ids, strict=True)
    ]


def _row(entity: Entity, entity_id: str, parsed: Parsed) -> Row:
    article = parsed.article
    place, known = entity.place, entity.known
    latitude = longitude = None
    if place is not None and (place.latitude or place.longitude):
        latitude, longitude = place.latitude, place.longitude
    elif known is not None:
        latitude, longitude = known.latitude, known.longitude
    region = _region(place) if place is not None else None
    return ENTITIES.row(
        entity_id=entity_id,
        article_id=article.article_id,
        published_date=article.published_date,
        name=entity.name,
        entity_type=entity.kind,
        country=entity.country,
        region=region.name if region is not None else None,
        region_id=region.geonames_id if region is not None else None,
        geonames_id=place.geonames_id if place is not None else None,
        latitude=latitude,
        longitude=longitude,
        reference_id=known.reference_id if known is not None else None,
        link_status=entity.link_status,
        runner_up=f"geonames:{entity.runner_up.geonames_id}" if entity.runner_up else None,
        mention_count=len(entity.items),
        first_char=entity.items[0].start,
    )


def _region(place: Place) -> Place | None:
    """The first-level subdivision that a place is or lies in."""
    return place if place.level == REGION else gazetteer().by_id(place.region)
