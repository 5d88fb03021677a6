"""A story with a row in every table, to be bent by the tests."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from expectations.check import Checked, check_batch
from expectations.frames import to_frames
from expectations.totals import Totals
from warehouse.tables import ARTICLES, CLAIMS, DATES, ENTITIES, EVENTS, FIGURES, MENTIONS, Row

CHECKED_AT = dt.datetime(2026, 3, 9, 12)
TEXT = (
    "At least 4,700 people were wounded near Tolmin on Friday, Maja Kovač said.\n"
    "Two days later Tolmin is to count between 20 and 30 collapsed bridges."
)
LINES = TEXT.split("\n")
SENTENCES = (LINES[0], LINES[1])

Story = dict[str, list[Row]]
Check = Callable[..., Checked]


def make_id(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def make_story(number: int = 0, **article: Any) -> Story:
    """The rows of one well-formed article; ``number`` tells articles apart."""
    article_id = make_id("article", number)
    published = dt.date(2026, 3, 7)
    common = {"article_id": article_id, "published_date": published}

    def span(surface: str, nth: int = 0) -> dict[str, Any]:
        start = TEXT.index(surface)
        for _ in range(nth):
            start = TEXT.index(surface, start + 1)
        end = start + len(surface)
        number = 0 if start < len(LINES[0]) else 1
        return {
            **common,
            "sentence_no": number,
            "char_start": start,
            "char_end": end,
            "surface": surface,
        }

    place = make_id("GPE", "tolmin")
    person = make_id("PERSON", "maja kovač")
    friday = make_id("date", number, 0)
    sunday = make_id("date", number, 1)
    row: Row = ARTICLES.row(
        article_id=article_id,
        url=f"https://news.example/{number}",
        source="tests",
        source_uri=f"{number}.txt",
        title="Tremor near Tolmin",
        authors=["Ana Vidmar"],
        publisher="Soča Courier",
        published_at=dt.datetime(2026, 3, 7, 8, 30),
        published_zone="Europe/Ljubljana",
        published_date=published,
        language="en",
        text=TEXT,
        sentence_count=2,
        text_id=make_id("text", TEXT, number),
        story_id=article_id,
        revision=0,
        raw_id=hashlib.sha256(str(number).encode()).hexdigest(),
        run_id="r",
        ingested_at=CHECKED_AT,
        extractor="tests",
    )
    return {
        "articles": [{**row, **article}],
        "entities": [
            ENTITIES.row(
                **common,
                entity_id=place,
                name="Tolmin",
                entity_type="GPE",
                country="SVN",
                geonames_id=3188915,
                latitude=46.18,
                longitude=13.73,
                link_status="linked",
                mention_count=2,
                first_char=TEXT.index("Tolmin"),
            ),
            ENTITIES.row(
                **common,
                entity_id=person,
                name="Maja Kovač",
                entity_type="PERSON",
                link_status="local",
                mention_count=1,
                first_char=TEXT.index("Maja"),
            ),
        ],
        "mentions": [
            MENTIONS.row(
                **span(surface, nth),
                mention_id=make_id("mention", number, surface, nth),
                entity_id=entity_id,
                entity_type=kind,
            )
            for surface, nth, entity_id, kind in (
                ("Tolmin", 0, place, "GPE"),
                ("Maja Kovač", 0, person, "PERSON"),
                ("Tolmin", 1, place, "GPE"),
            )
        ],
        "dates": [
            DATES.row(
                **span("Friday"),
                date_id=friday,
                type="DATE",
                value="2026-03-06",
                edtf="2026-03-06",
                date_start=dt.date(2026, 3, 6),
                date_end=dt.date(2026, 3, 6),
                granularity="day",
                is_relative=True,
                direction="past",
                anchor="publication",
                anchor_date=published,
                rule="weekday",
            ),
            DATES.row(
                **span("Two days later"),
                date_id=sunday,
                type="DATE",
                value="2026-03-08",
                edtf="2026-03-08",
                date_start=dt.date(2026, 3, 8),
                date_end=dt.date(2026, 3, 8),
                granularity="day",
                is_relative=True,
                direction="future",
                anchor=friday,
                anchor_date=dt.date(2026, 3, 6),
                rule="units_later",
            ),
        ],
        "claims": [
            CLAIMS.row(
                **span("At least 4,700 people were wounded near Tolmin on Friday"),
                claim_id=make_id("claim", number, 0),
                kind="indirect",
                quoted=False,
                speaker="Maja Kovač",
                speaker_name="Maja Kovač",
                speaker_entity_id=person,
                speaker_kind="person",
                cue="say",
                rule="reported",
                sentence=SENTENCES[0],
            ),
        ],
        "events": [
            EVENTS.row(
                **span("wounded"),
                event_id=make_id("event", number, 0),
                predicate="wound",
                event_type="wounding",
                patient="4,700 people",
                place="Tolmin",
                place_entity_id=place,
                place_country="SVN",
                event_start=dt.date(2026, 3, 6),
                event_end=dt.date(2026, 3, 6),
                date_id=friday,
                modality="actual",
                claim_id=make_id("claim", number, 0),
                rule="verb+place_clause+time_clause",
                sentence=SENTENCES[0],
            ),
        ],
        "figures": [
            FIGURES.row(
                **span("At least 4,700"),
                figure_id=make_id("figure", number, 0),
                value=4700.0,
                value_low=4700.0,
                qualifier="at_least",
                change="none",
                unit_type="count",
                unit="1",
                counted="people",
                counted_head="person",
                category="wounded",
                nationality="SVN",
                predicate="wound",
                attributed_to="Maja Kovač",
                attributed_entity_id=person,
                place="Tolmin",
                place_entity_id=place,
                place_country="SVN",
                as_of_start=dt.date(2026, 3, 6),
                as_of_end=dt.date(2026, 3, 6),
                as_of_date_id=friday,
                modality="actual",
                event_id=make_id("event", number, 0),
                claim_id=make_id("claim", number, 0),
                cumulative=False,
                rule="number",
                sentence=SENTENCES[0],
            ),
            FIGURES.row(
                **span("between 20 and 30"),
                figure_id=make_id("figure", number, 1),
                value=25.0,
                value_low=20.0,
                value_high=30.0,
                qualifier="between",
                change="none",
                unit_type="count",
                unit="1",
                counted="collapsed bridges",
                counted_head="bridge",
                category="places",
                predicate="count",
                as_of_start=dt.date(2026, 3, 8),
                as_of_end=dt.date(2026, 3, 8),
                as_of_date_id=sunday,
                modality="planned",
                rule="range",
                sentence=SENTENCES[1],
            ),
        ],
    }


def join_stories(*stories: Story) -> Story:
    return {name: [row for one in stories for row in one[name]] for name in stories[0]}


@pytest.fixture
def story() -> Callable[..., Story]:
    return make_story


@pytest.fixture
def joined() -> Callable[..., Story]:
    return join_stories


@pytest.fixture
def check() -> Check:
    """Checks rows by table as the pipeline does, and holds that every row made is accounted for."""

    def run(rows: Mapping[str, list[Row]], totals: Totals | None = None, **more: Any) -> Checked:
        settings = {"run_id": "r", "batch_no": 1, "checked_at": CHECKED_AT, **more}
        checked = check_batch(to_frames(rows), totals or Totals(), **settings)
        for name, made in rows.items():
            kept = {q["row_id"] for q in checked.quarantine if q["table_name"] == name}
            assert len(made) == len(checked.passed[name]) + len(kept), name
            assert checked.batch.quarantined[name] == len(kept), name
        assert checked.batch.rows_made == checked.batch.rows_passed + checked.batch.rows_quarantined
        return checked

    return run
