"""Rows that the tests of the warehouse write: one small story, as often as wanted."""

from __future__ import annotations

import datetime as dt
import hashlib

import pyarrow as pa

from warehouse.columns import Row
from warehouse.tables import (
    ARTICLES,
    DATES,
    ENTITIES,
    FIGURES,
    INPUTS,
    MENTIONS,
    RAW_ARTICLES,
    TABLES_BY_NAME,
)

Batch = dict[str, pa.Table]
TEXT = "Aid for Ruritania: 1,200 Ruritanian soldiers 🙂 arrived in Strelsau on Monday, Rupert said."


def key(*parts: object) -> str:
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()[:16]


def article_rows(number: int, *, run: str = "run-1", value: float = 1200) -> dict[str, list[Row]]:
    """One article with two entities, two mentions, a date and a figure, by table."""
    article_id = key("article", number)
    day = dt.date(2025, 1, 1) + dt.timedelta(days=number)
    place, person = key("GPE", "Strelsau"), key("PERSON", "Rupert")
    common = {"article_id": article_id, "published_date": day, "sentence_no": 0}

    def span(surface: str) -> dict[str, object]:
        start = TEXT.index(surface)
        return {"surface": surface, "char_start": start, "char_end": start + len(surface)}

    entity = {"article_id": article_id, "published_date": day, "link_status": "local"}
    return {
        "articles": [
            ARTICLES.row(
                article_id=article_id,
                url=f"https://example.org/{number}",
                source="wire",
                source_uri=f"{number:05d}.txt",
                title=f"Headline {number}",
                authors=["Flavia"],
                publisher="Strelsau Post",
                published_at=dt.datetime.combine(day, dt.time(9)),
                published_date=day,
                language="en",
                text=TEXT,
                sentence_count=1,
                text_id=key("text", number),
                story_id=article_id,
                revision=0,
                raw_id=raw_id(number),
                run_id=run,
                ingested_at=dt.datetime(2025, 6, 1),
                extractor="test",
            )
        ],
        "entities": [
            ENTITIES.row(
                **entity,
                entity_id=place,
                name="Strelsau",
                entity_type="GPE",
                mention_count=1,
                first_char=TEXT.index("Strelsau"),
            ),
            ENTITIES.row(
                **entity,
                entity_id=person,
                name="Rupert",
                entity_type="PERSON",
                mention_count=1,
                first_char=TEXT.index("Rupert"),
            ),
        ],
        "mentions": [
            MENTIONS.row(
                **common,
                **span(surface),
                mention_id=key("mention", number, surface),
                entity_id=entity_id,
                entity_type=kind,
            )
            for surface, entity_id, kind in (
                ("Strelsau", place, "GPE"),
                ("Rupert", person, "PERSON"),
            )
        ],
        "dates": [
            DATES.row(
                **common,
                **span("Monday"),
                date_id=key("date", number),
                type="DATE",
                date_start=day,
                date_end=day,
                is_relative=True,
                rule="weekday",
            )
        ],
        "figures": [
            FIGURES.row(
                **common,
                **span("1,200"),
                figure_id=key("figure", number),
                value=value,
                value_low=value,
                value_high=value,
                qualifier="exact",
                change="none",
                unit_type="count",
                unit="1",
                counted="Ruritanian soldiers",
                category="troops",
                nationality="RUR",
                attributed_to="Rupert",
                attributed_entity_id=person,
                place="Strelsau",
                place_entity_id=place,
                as_of_start=day,
                as_of_end=day,
                modality="actual",
                rule="cardinal",
                sentence=TEXT,
            )
        ],
        "inputs": [
            INPUTS.row(
                source="wire",
                source_uri=f"{number:05d}.txt",
                raw_id=raw_id(number),
                article_id=article_id,
                text_id=key("text", number),
                run_id=run,
            )
        ],
    }


def raw_id(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def raw_rows(numbers: range, run: str = "run-1") -> list[Row]:
    return [
        RAW_ARTICLES.row(
            raw_id=raw_id(number),
            source_uri=f"{number:05d}.txt",
            source="wire",
            media_type="text/plain",
            fetched_at=dt.datetime(2025, 6, 1),
            payload=TEXT.encode(),
            run_id=run,
        )
        for number in numbers
    ]


def batch_of(numbers: range, *, run: str = "run-1", value: float = 1200) -> Batch:
    """The articles of those numbers, one a day from 2025-01-01, as Arrow tables."""
    rows: dict[str, list[Row]] = {}
    for number in numbers:
        for name, some in article_rows(number, run=run, value=value).items():
            rows.setdefault(name, []).extend(some)
    return {name: TABLES_BY_NAME[name].arrow(some) for name, some in rows.items()}
