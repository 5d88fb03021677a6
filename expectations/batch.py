"""The rows of a batch with what the rules look up around them."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from expectations.geography import PLACES
from warehouse.tables import (
    ARTICLE_TABLES,
    CLAIMS,
    DATES,
    ENTITIES,
    EVENTS,
    FIGURES,
    MENTIONS,
    Row,
)

PARENT = ARTICLE_TABLES[0].name  # articles

#: An article cannot be published after it was fetched; a day is left for clocks and zones.
FUTURE_MARGIN = dt.timedelta(days=1)

EntityKey = tuple[str | None, str | None]


@dataclass(frozen=True)
class Batch:
    """The rows whose structure holds, by table.

    ``mentions`` are the mentions that hold and ``kept_back`` those made here that do not: an
    entity counts both, and is placed by those that hold. ``fetched`` gives, by raw_id, when an
    input was fetched; an input that it does not name counts as fetched at ``checked_at``.
    ``earlier`` are quarantine rows of the same articles from an earlier check, needed when
    published rows are checked again. Times are UTC.
    """

    rows: Mapping[str, Sequence[Row]]
    checked_at: dt.datetime
    fetched: Mapping[str, dt.datetime]
    mentions: Sequence[Row] = ()
    kept_back: Sequence[Row] = ()
    earlier: Sequence[Row] = ()

    def of(self, table: str) -> Sequence[Row]:
        return self.rows.get(table, ())

    def article(self, row: Row) -> Row:
        """The article that a row was read from."""
        return self.articles[row["article_id"]]

    def text(self, row: Row) -> str:
        text: str = self.article(row)["text"]
        return text

    def latest_publication(self, article: Row) -> dt.datetime:
        """The last moment at which the article can have been published."""
        return self.fetched.get(article["raw_id"], self.checked_at) + FUTURE_MARGIN

    @cached_property
    def articles(self) -> dict[str, Row]:
        return {row["article_id"]: row for row in self.of(PARENT)}

    @cached_property
    def claims(self) -> dict[str, Row]:
        return {row["claim_id"]: row for row in self.of(CLAIMS.name)}

    @cached_property
    def events(self) -> dict[str, Row]:
        return {row["event_id"]: row for row in self.of(EVENTS.name)}

    @cached_property
    def dates(self) -> dict[str, Row]:
        return {row["date_id"]: row for row in self.of(DATES.name)}

    @cached_property
    def entities(self) -> dict[tuple[str, str], Row]:
        return {(row["article_id"], row["entity_id"]): row for row in self.of(ENTITIES.name)}

    @cached_property
    def figures_of_sentence(self) -> dict[tuple[str, int], list[Row]]:
        """The figures by (article_id, sentence_no), in the order of the text."""
        found: dict[tuple[str, int], list[Row]] = {}
        for row in sorted(self.of(FIGURES.name), key=lambda row: int(row["char_start"])):
            found.setdefault((row["article_id"], row["sentence_no"]), []).append(row)
        return found

    @cached_property
    def places_of_sentence(self) -> dict[tuple[str, int], list[tuple[int, str]]]:
        """Where places are named, by (article_id, sentence_no): the character and the entity."""
        found: dict[tuple[str, int], list[tuple[int, str]]] = {}
        for row in self.mentions:
            if row["entity_type"] in PLACES:
                key = row["article_id"], row["sentence_no"]
                found.setdefault(key, []).append((row["char_start"], row["entity_id"]))
        return found

    @cached_property
    def located(self) -> dict[str, list[Row]]:
        """The places of each article that have coordinates."""
        found: dict[str, list[Row]] = {}
        for row in self.of(ENTITIES.name):
            if row["entity_type"] in PLACES and None not in (row["latitude"], row["longitude"]):
                found.setdefault(row["article_id"], []).append(row)
        return found

    @cached_property
    def countries(self) -> Counter[tuple[str, str]]:
        """How many entities of an article_id are of a country."""
        rows = self.of(ENTITIES.name)
        return Counter((r["article_id"], r["country"]) for r in rows if r["country"] is not None)

    @cached_property
    def mention_counts(self) -> Counter[EntityKey]:
        """How many mentions of an (article_id, entity_id) were made here, kept back or not."""
        return Counter(map(_entity_of, (*self.mentions, *self.kept_back)))

    @cached_property
    def earlier_counts(self) -> Counter[EntityKey]:
        """How many more of its mentions an earlier check kept back. What a batch that was not
        published left in quarantine is among them, so it is the most that there can be."""
        here = {row["mention_id"] for row in (*self.mentions, *self.kept_back)}
        kept_back = {
            (row["article_id"], row["row_id"]): row["row"]
            for row in self.earlier
            if row["table_name"] == MENTIONS.name and row["row_id"] not in here
        }
        return Counter(_entity_of(json.loads(row)) for row in kept_back.values())

    @cached_property
    def first_chars(self) -> dict[EntityKey, int]:
        """Where the first mention of an (article_id, entity_id) starts, of those that hold."""
        first: dict[EntityKey, int] = {}
        for row in self.mentions:
            key, start = _entity_of(row), row["char_start"]
            first[key] = min(start, first.get(key, start))
        return first

    @cached_property
    def partly_kept_back(self) -> set[EntityKey]:
        """The entities of which a mention was kept back, here or earlier."""
        return {*map(_entity_of, self.kept_back), *self.earlier_counts}


def _entity_of(mention: Row) -> EntityKey:
    """The entity that a mention names; a key in quarantine that is no text stands for none."""
    article_id, entity_id = mention["article_id"], mention["entity_id"]
    known = isinstance(article_id, str) and isinstance(entity_id, str)
    return (article_id, entity_id) if known else (None, None)
