"""A lake whose names and sources are made for their pages: a country, a town, people who speak, and
strings that nobody means well with."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from tests.flows.small_lake import build
from warehouse.lake import Lake
from warehouse.tables import TABLES_BY_NAME, Row

RUN = "20250510T100000Z-aaaa"
SCRIPT = "<script>alert(1)</script>"
TURNED = "Harbour \u202eretaeht"
LONG = "Ö" * 10_000
RIGHT_TO_LEFT = "ميناء \U0001f6a2"
SHELL = "`touch x` $(touch y) \"Post\" 'n' Sons"

#: Day, publisher, title and text of each article.
ARTICLES = (
    (
        dt.date(2025, 3, 3),
        "Dune Post",
        "Ferry aground",
        "Vell police said 40 Solanians were hurt in Vell. Mara Quist said Vell wept.",
    ),
    (
        dt.date(2025, 3, 4),
        "Dune Post",
        SCRIPT,
        "In Solania 1,200 troops left Vell, Mara Quist said on Tuesday. Solania attacked Vell.",
    ),
    (dt.date(2025, 4, 20), SHELL, TURNED, "Doctors said 25 Solanians were hurt in Vell."),
    (dt.date(2025, 5, 2), LONG, LONG, f"{SCRIPT} met {LONG} and {RIGHT_TO_LEFT}."),
    (None, None, None, "Vell slept."),
)


def an_id(*of: object) -> str:
    """An id as the lake has them, from what it is of."""
    return hashlib.sha256(repr(of).encode()).hexdigest()[:16]


SOLANIA, VELL, QUIST = an_id("Solania"), an_id("Vell"), an_id("Quist")
SOLANIAN, HOSTILE, ENDLESS, PORT = (
    an_id(one) for one in ("Solanian", "hostile", "endless", "port")
)
_NAMES: dict[str, dict[str, Any]] = {
    SOLANIA: {
        "name": "Solania",
        "entity_type": "GPE",
        "country": "SOL",
        "geonames_id": 1001,
        "latitude": -12.5,
        "longitude": 33.25,
        "link_status": "linked",
    },
    VELL: {
        "name": "Vell",
        "entity_type": "GPE",
        "country": "SOL",
        "geonames_id": 1002,
        "region": "North Vell",
        "region_id": 1003,
        "link_status": "ambiguous",
        "runner_up": "geonames:1004",
    },
    QUIST: {
        "name": "Mara Quist",
        "entity_type": "PERSON",
        "country": "SOL",
        "reference_id": "person:mara-quist",
        "link_status": "linked",
    },
    SOLANIAN: {
        "name": "Solanian",
        "entity_type": "NORP",
        "country": "SOL",
        "link_status": "linked",
    },
    HOSTILE: {"name": SCRIPT, "entity_type": "ORG", "link_status": "local"},
    ENDLESS: {"name": LONG, "entity_type": "PERSON", "link_status": "local"},
    PORT: {"name": RIGHT_TO_LEFT, "entity_type": "FAC", "link_status": "local"},
}
#: The ids of all names.
BY_ID = frozenset(_NAMES)
_SPELT = {
    "Solania": SOLANIA,
    "Vell": VELL,
    "Mara Quist": QUIST,
    "Solanians": SOLANIAN,
    SCRIPT: HOSTILE,
    LONG: ENDLESS,
    RIGHT_TO_LEFT: PORT,
}


def article_id(number: int) -> str:
    return an_id("article", number)


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence starts and ends."""
    found, start = [], 0
    for part in text.split(". "):
        end = min(start + len(part) + 1, len(text))
        found.append((start, end))
        start = end + 1
    return found


def span(number: int, surface: str, after: int = 0) -> dict[str, Any]:
    """The place of some words in an article's text, as its rows have it."""
    day, _, _, text = ARTICLES[number]
    start = text.index(surface, after)
    at = next(i for i, (_, end) in enumerate(sentences(text)) if start < end)
    return {
        "article_id": article_id(number),
        "published_date": day,
        "sentence_no": at,
        "char_start": start,
        "char_end": start + len(surface),
        "surface": surface,
    }


def sentence(number: int, at: int) -> str:
    text = ARTICLES[number][3]
    start, end = sentences(text)[at]
    return text[start:end]


def _named() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    mentions, entities = [], []
    for number, (day, _, _, text) in enumerate(ARTICLES):
        for surface, entity in _SPELT.items():
            starts, after = [], 0
            while (found := text.find(surface, after)) >= 0:
                after = found + len(surface)
                if surface == "Solania" and text[after : after + 1] == "n":
                    continue
                starts.append(found)
            for start in starts:
                place = span(number, surface, start)
                mentions.append(
                    {
                        "mention_id": an_id("mention", number, surface, start),
                        "entity_id": entity,
                        "entity_type": _NAMES[entity]["entity_type"],
                        **place,
                    }
                )
            if starts:
                entities.append(
                    {
                        "entity_id": entity,
                        "article_id": article_id(number),
                        "published_date": day,
                        "mention_count": len(starts),
                        "first_char": starts[0],
                        **_NAMES[entity],
                    }
                )
    return mentions, entities


def _claim(number: int, surface: str, speaker: str, **more: Any) -> dict[str, Any]:
    place = span(number, surface)
    return {
        "claim_id": an_id("claim", number, surface),
        **place,
        "kind": "indirect",
        "quoted": False,
        "speaker": speaker,
        "speaker_kind": "person",
        "cue": "say",
        "rule": "verb",
        "sentence": sentence(number, place["sentence_no"]),
        **more,
    }


def _figure(number: int, surface: str, counted: str, value: float, **more: Any) -> dict[str, Any]:
    place = span(number, surface)
    return {
        "figure_id": an_id("figure", number, surface),
        **place,
        "value": value,
        "value_low": value,
        "value_high": value,
        "qualifier": "exact",
        "change": "none",
        "unit_type": "count",
        "unit": "1",
        "counted": counted,
        "counted_head": counted,
        "category": "wounded",
        "modality": "actual",
        "rule": "count",
        "sentence": sentence(number, place["sentence_no"]),
        **more,
    }


def rows() -> dict[str, list[Row]]:
    """The lake's rows; no expectation is asked whether it likes them."""
    at = dt.datetime(2025, 5, 10, 10, 0)
    mentions, entities = _named()
    by_police = an_id("claim", 0, "40 Solanians were hurt in Vell")
    by_doctors = an_id("claim", 2, "25 Solanians were hurt in Vell")
    attack = an_id("event", 1)
    hurt = {
        "nationality": "SOL",
        "place": "Vell",
        "place_entity_id": VELL,
        "place_country": "SOL",
        "as_of_start": dt.date(2025, 3, 1),
        "as_of_end": dt.date(2025, 3, 1),
    }
    made: dict[str, list[dict[str, Any]]] = {
        "raw_articles": [],
        "articles": [],
        "inputs": [],
        "mentions": mentions,
        "entities": entities,
        "claims": [
            _claim(
                0,
                "40 Solanians were hurt in Vell",
                "Vell police",
                speaker_name="Vell police",
                speaker_kind="police",
            ),
            _claim(
                0, "Vell wept", "Mara Quist", speaker_name="Mara Quist", speaker_entity_id=QUIST
            ),
            _claim(
                1,
                "In Solania 1,200 troops left Vell",
                "Mara Quist",
                speaker_name="Mara Quist",
                speaker_entity_id=QUIST,
                quoted=True,
            ),
            _claim(
                2,
                "25 Solanians were hurt in Vell",
                "Doctors",
                speaker_name="Doctors",
                speaker_kind="organisation",
            ),
            _claim(3, ARTICLES[3][3][:9000], SCRIPT, speaker_name=SCRIPT, cue=SCRIPT),
        ],
        "figures": [
            _figure(
                0, "40", "Solanians", 40, claim_id=by_police, attributed_to="Vell police", **hurt
            ),
            _figure(
                1,
                "1,200",
                "troops",
                1200,
                category="troops",
                place="Solania",
                place_entity_id=SOLANIA,
                place_country="SOL",
                event_id=attack,
                attributed_to="Mara Quist",
                attributed_entity_id=QUIST,
            ),
            _figure(2, "25", "Solanians", 25, claim_id=by_doctors, attributed_to="Doctors", **hurt),
        ],
        "events": [
            {
                "event_id": attack,
                **span(1, "attacked"),
                "predicate": "attack",
                "event_type": "attack",
                "agent": "Solania",
                "agent_entity_id": SOLANIA,
                "patient": "Vell",
                "patient_entity_id": VELL,
                "place": "Vell",
                "place_entity_id": VELL,
                "modality": "actual",
                "rule": "verb",
                "sentence": sentence(1, 1),
            },
        ],
        "rejects": [
            {
                "source": "feed",
                "source_uri": "empty.txt",
                "reason": "empty",
                "detail": f"there is nothing in it {SCRIPT}",
                "run_id": RUN,
            },
            {
                "source": "feed",
                "source_uri": "b.txt",
                "reason": "binary",
                "detail": "it is no text",
                "run_id": RUN,
            },
        ],
        "source_reads": [
            {
                "run_id": RUN,
                "source": "feed",
                "path": "https://anna:secret@feed.example/rss?key=1",
                "read_at": at,
                "inputs": 5,
                "new_inputs": 5,
                "rejects": 2,
                "not_fetched": 1,
            },
            {
                "run_id": RUN,
                "source": "quiet",
                "path": "/home/anna/quiet",
                "read_at": at,
                "inputs": 0,
                "new_inputs": 0,
                "rejects": 0,
                "not_fetched": 0,
                "trouble": "https://anna:secret@quiet.example answered 500",
            },
        ],
    }
    for number, (day, publisher, title, text) in enumerate(ARTICLES):
        published = dt.datetime.combine(day, dt.time(8)) if day else None
        story = article_id(0 if number == 2 else number)
        of = {"source": "feed", "source_uri": f"{number}.txt", "raw_id": f"{number:064x}"}
        made["raw_articles"].append(
            {
                **of,
                "media_type": "text/plain",
                "payload": text.encode(),
                "run_id": RUN,
                "fetched_at": (published or at) + dt.timedelta(minutes=20 + number),
            }
        )
        made["inputs"].append(
            {
                **of,
                "article_id": article_id(number),
                "text_id": an_id("text", number),
                "run_id": RUN,
            }
        )
        made["articles"].append(
            {
                **of,
                "article_id": article_id(number),
                "title": title,
                "authors": [],
                "publisher": publisher,
                "published_at": published,
                "published_zone": "UTC",
                "published_date": day,
                "language": "en",
                "text": text,
                "sentence_count": len(sentences(text)),
                "text_id": an_id("text", number),
                "story_id": story,
                "revision": 0,
                "run_id": RUN,
                "ingested_at": at,
                "extractor": "dateline",
            }
        )
    return {name: [TABLES_BY_NAME[name].row(**row) for row in some] for name, some in made.items()}


REFERENCE = (
    ("countries", ("alpha3", "name", "aliases"), (("SOL", "Solania", "Republic of Solania"),)),
    (
        "persons",
        ("reference_id", "name", "aliases", "role", "source"),
        (("person:mara-quist", "Mara Quist", "M. Quist|Mara van Quist", "president", "a list"),),
    ),
)


def lake(folder: Path) -> Path:
    """The lake, made in a folder."""
    path = build(folder / "lake", rows())
    with Lake.open(path) as opened:
        opened.publish_reference(REFERENCE, RUN)
    return path
