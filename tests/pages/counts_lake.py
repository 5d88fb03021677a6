"""A lake for the pages of questions: tolls that rise and do not agree, gifts, events with places,
times to come; and strings that nobody means well with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from tests.flows.small_lake import build
from tests.pages.names_lake import LONG, RIGHT_TO_LEFT, SCRIPT, TURNED, an_id
from warehouse.lake import Lake
from warehouse.tables import TABLES_BY_NAME, Row

RUN = "20250510T100000Z-aaaa"
FIRST = dt.date(2025, 3, 1)
VELL, SOLANIA = an_id("Vell"), an_id("Solania")
NORTH = an_id("Norland")
#: Who says that how many were killed on which day after the first, with how it is meant.
TOLLS = (
    (0, "police", 10, "exact"),
    (1, "police", 14, "exact"),
    (2, "police", 30, "at_least"),
    (2, "the Red Cross", 55, "exact"),
    (3, "the Red Cross", 61, "about"),
    (3, "police", 35, "exact"),
    (4, SCRIPT, 40, "exact"),
    (5, LONG, 41, "exact"),
)
#: Who gives how many million dollars to whom.
GIFTS = (("Norland", "Solania", 5), ("Norland", TURNED, 7), (RIGHT_TO_LEFT, "Solania", 90))
_NAMES = {
    VELL: (
        "Vell",
        {"region": "North Vell", "latitude": -12.5, "longitude": 33.2, "country": "SOL"},
    ),
    SOLANIA: ("Solania", {"latitude": -11.0, "longitude": 30.0, "country": "SOL"}),
    NORTH: ("Norland", {"latitude": 62.0, "longitude": 15.0, "country": "NOR"}),
}  # fmt: skip
Rows = dict[str, list[dict[str, Any]]]


class Written:
    """The rows of the lake, article by article."""

    def __init__(self) -> None:
        self.rows: Rows = {
            name: []
            for name in ("raw_articles", "inputs", "articles", "mentions", "entities", "figures",
                         "dates", "claims", "events")
        }  # fmt: skip

    def article(self, day: dt.date, text: str, publisher: str = "Dune Post") -> dict[str, Any]:
        """An article of one sentence; what all of its rows have."""
        number = len(self.rows["articles"])
        article = an_id("article of counts", number)
        published = dt.datetime.combine(day, dt.time(8))
        of = {"source": "feed", "source_uri": f"{number}.txt", "raw_id": f"{number:064x}"}
        self.rows["raw_articles"].append(
            {**of, "media_type": "text/plain", "payload": text.encode(), "fetched_at": published,
             "run_id": RUN}
        )  # fmt: skip
        self.rows["inputs"].append(
            {**of, "article_id": article, "text_id": an_id("text", number), "run_id": RUN}
        )
        self.rows["articles"].append(
            {**of, "article_id": article, "title": text[:60], "authors": [], "publisher": publisher,
             "published_at": published, "published_zone": "UTC", "published_date": day,
             "language": "en", "text": text, "sentence_count": 1, "text_id": an_id("text", number),
             "story_id": article, "revision": 0, "run_id": RUN, "ingested_at": published,
             "extractor": "dateline"}
        )  # fmt: skip
        for entity, (name, more) in _NAMES.items():
            if name in text:
                start = text.index(name)
                self.rows["entities"].append(
                    {"entity_id": entity, "article_id": article, "published_date": day,
                     "name": name, "entity_type": "GPE", "link_status": "linked",
                     "mention_count": 1, "first_char": start, **more}
                )  # fmt: skip
                self.rows["mentions"].append(
                    {"mention_id": an_id("mention", number, name), "entity_id": entity,
                     "entity_type": "GPE", "article_id": article, "published_date": day,
                     "sentence_no": 0, "char_start": start, "char_end": start + len(name),
                     "surface": name}
                )  # fmt: skip
        return {"article_id": article, "published_date": day, "sentence_no": 0, "text": text}

    def add(self, table: str, article: dict[str, Any], surface: str, **more: Any) -> str:
        """A row of a table, read from some words of an article; its id."""
        of, text = dict(article), article["text"]
        del of["text"]
        key = f"{table.removesuffix('s')}_id"
        start = text.index(surface)
        id_ = an_id(table, of["article_id"], surface)
        self.rows[table].append(
            {key: id_, **of, "char_start": start, "char_end": start + len(surface),
             "surface": surface, "rule": "made", "sentence": text, **more}
        )  # fmt: skip
        return id_

    def figure(self, article: dict[str, Any], surface: str, value: float, **more: Any) -> str:
        plain = {"value": value, "value_low": value, "value_high": value, "qualifier": "exact",
                 "change": "none", "unit_type": "count", "unit": "1", "category": "other",
                 "modality": "actual", "subject": None}  # fmt: skip
        return self.add("figures", article, surface, **{**plain, **more})


def rows() -> dict[str, list[Row]]:
    """The lake's rows; no expectation is asked whether it likes them."""
    made = Written()
    for after, who, killed, qualifier in TOLLS:
        day = FIRST + dt.timedelta(days=after)
        article = made.article(day, f"In Vell {killed} people have been killed, {who} said.")
        claim = made.add(
            "claims", article, f"In Vell {killed} people have been killed", kind="indirect",
            quoted=False, speaker=who, speaker_name=who, speaker_kind="police", cue="say",
        )  # fmt: skip
        event = made.add(
            "events", article, "killed", predicate="kill", event_type="killing", place="Vell",
            place_entity_id=VELL, place_country="SOL", modality="actual",
        )  # fmt: skip
        ends = {"value_low": killed, "value_high": None if qualifier == "at_least" else killed}
        made.figure(
            article, str(killed), killed, qualifier=qualifier, counted="people",
            counted_head="person", category="killed", place="Vell", place_entity_id=VELL,
            place_country="SOL", as_of_start=day, as_of_end=day, cumulative=True, claim_id=claim,
            event_id=event, **ends,
        )  # fmt: skip
    for number, (giver, receiver, millions) in enumerate(GIFTS):
        article = made.article(
            FIRST + dt.timedelta(days=number), f"{giver} gave {receiver} ${millions} million."
        )
        names = {name: entity for entity, (name, _) in _NAMES.items()}
        event = made.add(
            "events", article, "gave", predicate="give", event_type="aid", agent=giver,
            agent_entity_id=names.get(giver), recipient=receiver, modality="actual",
            recipient_entity_id=names.get(receiver), place="Solania", place_entity_id=SOLANIA
            if "Solania" in article["text"] else None,
        )  # fmt: skip
        made.figure(
            article, f"${millions} million", millions * 1e6, unit_type="money", unit="USD",
            event_id=event,
        )  # fmt: skip
    for number, day in enumerate((dt.date(2025, 3, 20), dt.date(2025, 5, 1))):
        article = made.article(FIRST, f"Solania votes on {day:%d %B}, number {number}.")
        made.add(
            "dates", article, f"{day:%d %B}", type="DATE", value=day.isoformat(), date_start=day,
            date_end=day, granularity="day", direction="future", is_relative=False,
        )  # fmt: skip
    return {
        name: [TABLES_BY_NAME[name].row(**row) for row in some] for name, some in made.rows.items()
    }


def lake(folder: Path) -> Path:
    """The lake, made in a folder."""
    path = build(folder / "lake", rows())
    countries = (("SOL", "Solania", ""), ("NOR", "Norland", ""))
    with Lake.open(path) as opened:
        opened.publish_reference((("countries", ("alpha3", "name", "aliases"), countries),), RUN)
    return path
