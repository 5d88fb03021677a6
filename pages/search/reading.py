"""What is there to find? Names with their spellings, articles with their sentences."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from expectations.visible import visible
from pages.search.cutting import sentences
from pages.search.folding import words
from pages.search.pieces import Sentence
from pages.site import Site
from warehouse.columns import Row

#: Of a name, the spellings that are kept: those used most.
SPELLINGS = 20
#: How many articles, and names, are asked for at a time.
PORTION = 250
NAMES = 1_000

#: The tables whose rows an article's page marks, with their ids; one has no sentences.
_MARKED = {
    "mentions": "mention_id",
    "figures": "figure_id",
    "dates": "date_id",
    "events": "event_id",
    "claims": "claim_id",
}
_WITHOUT_SENTENCE = ("mentions",)


@dataclass(frozen=True)
class Name:
    entity_id: str
    name: str
    entity_type: str
    articles: int
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """An article as it is found; one that says the same as an earlier one has no sentences here."""

    article_id: str
    title: str
    publisher: str
    day: dt.date | None
    sentences: list[Sentence]


def names(site: Site) -> Iterator[Name]:
    """The names that have a page, those in most articles first."""
    listed = site.ask(
        "SELECT entity_id, name, entity_type, articles FROM site_entities "
        "ORDER BY articles DESC, mentions DESC, entity_id"
    )
    for at in range(0, len(listed), NAMES):
        portion = listed[at : at + NAMES]
        these = _listed(row["entity_id"] for row in portion)
        spelled: dict[str, list[str]] = defaultdict(list)
        for row in site.ask(
            "SELECT entity_id, surface FROM (SELECT entity_id, surface, "
            "row_number() OVER (PARTITION BY entity_id ORDER BY count(*) DESC, surface) AS place "
            f"FROM lake.mentions WHERE entity_id IN ({these}) "
            "AND article_id IN (SELECT article_id FROM site_articles) GROUP BY entity_id, surface) "
            f"WHERE place <= {SPELLINGS} ORDER BY entity_id, place"
        ):
            spelled[row["entity_id"]].append(visible(row["surface"]))
        for row in portion:
            name = visible(row["name"])
            others = _other_words(name, spelled[row["entity_id"]])
            yield Name(row["entity_id"], name, row["entity_type"], row["articles"], others)


def _other_words(name: str, spellings: Iterable[str]) -> tuple[str, ...]:
    """The spellings that are found by other words than the name and those before them."""
    found = {tuple(words(name)): name}
    for one in spellings:
        found.setdefault(tuple(words(one)), one)
    return tuple(found.values())[1:]


def article_ids(site: Site) -> list[str]:
    """The articles that have a page, the newest first."""
    return [
        row["article_id"]
        for row in site.ask(
            "SELECT article_id FROM site_articles "
            "ORDER BY published_date DESC NULLS LAST, article_id"
        )
    ]


def articles(site: Site, ids: Sequence[str]) -> Iterator[Article]:
    """The articles of these ids, in their order."""
    for portion in site.chunks(ids, PORTION):
        these = _listed(portion)
        texts = {
            row["article_id"]: row
            for row in site.ask(
                "SELECT article_id, title, coalesce(publisher, source) AS publisher, "
                "published_date, CASE WHEN duplicate_of IS NULL THEN text ELSE '' END AS text "
                f"FROM lake.articles WHERE article_id IN ({these})"
            )
        }
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in site.ask(_ROWS.format(these=these)):
            rows[row["article_id"]].append(row)
        for article_id in portion:
            row = texts[article_id]
            yield Article(
                article_id,
                visible(row["title"] or ""),
                visible(row["publisher"] or ""),
                row["published_date"],
                _said(row["text"], rows[article_id]),
            )


#: Of each sentence that rows were read from: where the first begins, and its id.
_ROWS = (
    "SELECT article_id, min(char_start) AS first_char, "
    "arg_min(id, (char_start, -char_end, id)) AS id, max(sentence) AS sentence FROM ("
    + " UNION ALL ".join(
        f"SELECT article_id, sentence_no, char_start, char_end, {key} AS id, "
        f"{'NULL' if table in _WITHOUT_SENTENCE else 'sentence'} AS sentence FROM lake.{table} "
        "WHERE article_id IN ({these})"
        for table, key in _MARKED.items()
    )
    + ") GROUP BY article_id, sentence_no ORDER BY article_id, first_char, id"
)


def _said(text: str, rows: Sequence[Row]) -> list[Sentence]:
    """The sentences of a text, each with the first row that begins in it; rows in its order."""
    starts = [row["first_char"] for row in rows]
    said = []
    for start, end in sentences(text, ((row["first_char"], row["sentence"] or "") for row in rows)):
        first = bisect_left(starts, start)
        row_id = rows[first]["id"] if first < len(rows) and starts[first] < end else ""
        said.append((visible(text[start:end]), row_id))
    return said


def _listed(ids: Iterable[str]) -> str:
    """Ids of the lake, which are digits and letters, as SQL lists them."""
    return ", ".join(f"'{one}'" for one in ids)
