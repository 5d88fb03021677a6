"""The rows of a batch with what the rules look up around them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from warehouse.tables import ARTICLE_TABLES, DATES, ENTITIES, MENTIONS, Row

PARENT = ARTICLE_TABLES[0].name  # articles

#: An article cannot be published after it was fetched; a day is left for clocks and zones.
FUTURE_MARGIN = dt.timedelta(days=1)


@dataclass(frozen=True)
class Batch:
    """The rows whose structure holds, by table.

    ``mentions`` are all mentions that were made: what an entity counts. ``fetched`` gives, by
    raw_id, when an input was fetched; an input that it does not name counts as fetched at
    ``checked_at``. ``earlier`` are quarantine rows of the same articles from an earlier check,
    needed when published rows are checked again. Times are UTC.
    """

    rows: Mapping[str, Sequence[Row]]
    checked_at: dt.datetime
    fetched: Mapping[str, dt.datetime]
    mentions: Sequence[Row] = ()
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
    def dates(self) -> dict[str, Row]:
        return {row["date_id"]: row for row in self.of(DATES.name)}

    @cached_property
    def entities(self) -> dict[tuple[str, str], Row]:
        return {(row["article_id"], row["entity_id"]): row for row in self.of(ENTITIES.name)}

    @cached_property
    def mention_counts(self) -> Counter[tuple[Any, Any]]:
        """How many mentions were made of an (article_id, entity_id), quarantined ones too."""
        return Counter((row["article_id"], row["entity_id"]) for row in self._made)

    @cached_property
    def first_chars(self) -> dict[tuple[Any, Any], int]:
        """Where the first mention of an (article_id, entity_id) starts."""
        first: dict[tuple[Any, Any], int] = {}
        for row in self._made:
            key, start = (row["article_id"], row["entity_id"]), row["char_start"]
            if isinstance(start, int) and start < first.get(key, start + 1):
                first[key] = start
        return first

    @cached_property
    def _made(self) -> list[Row]:
        import json

        here = list(self.mentions)
        known = {row["mention_id"] for row in here}
        kept_back: dict[str, Row] = {}
        for row in self.earlier:
            if row["table_name"] == MENTIONS.name and row["row_id"] not in known:
                kept_back.setdefault(row["row_id"], json.loads(row["row"]))
        return here + list(kept_back.values())
