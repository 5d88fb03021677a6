"""From an article to the rows of every table: the parse once, then each reader over it."""

from __future__ import annotations

import dataclasses

from transforms.claims import read_claims
from transforms.dates import read_dates
from transforms.entities import read_entities
from transforms.events.agreement import agreed
from transforms.events.rows import read_events
from transforms.events.scene import Scene
from transforms.figures import read_figures
from transforms.figures.view import View
from transforms.model import Article, Parsed
from transforms.parse import DEFAULT_MODEL, model_version, parse
from warehouse.release import VERSION
from warehouse.tables import ARTICLES, Row

#: Languages (ISO 639-1) that the readers' grammars are written for.
LANGUAGES = ("en",)

Rows = dict[str, list[Row]]


def extractor_name(model: str = DEFAULT_MODEL) -> str:
    """What ``articles.extractor`` holds: the release that read it and the model's version."""
    return f"dateline-{VERSION}+{model_version(model)}"


def read_rows(article: Article, model: str = DEFAULT_MODEL) -> Rows:
    """All rows of one article, by table name; articles has one.

    An article in a language that the grammars do not read has its articles row and no others.
    The columns that only publishing knows (duplicate_of, similarity, revision, run_id,
    ingested_at) are null, and the article is its own story's.
    """
    if article.language not in (None, *LANGUAGES):
        return {ARTICLES.name: [article_row(article, model)]}
    parsed = parse(article, model)
    dates = read_dates(parsed)
    mentions, entities = read_entities(parsed)
    scene = Scene(View(parsed), dates, mentions, entities)
    figures = read_figures(parsed, dates, mentions, entities, scene)
    events = read_events(parsed, scene, figures)
    return {
        ARTICLES.name: [article_row(article, model, parsed)],
        "entities": entities,
        "mentions": mentions,
        "dates": dates,
        "figures": agreed(figures, events),
        "claims": read_claims(parsed, scene, mentions, entities),
        "events": events,
    }


def article_row(article: Article, model: str = DEFAULT_MODEL, parsed: Parsed | None = None) -> Row:
    """The row of ``articles``; without a parse (a duplicate) sentence_count is null."""
    fields = {
        field.name: getattr(article, field.name)
        for field in dataclasses.fields(article)
        if field.name in ARTICLES.column_names
    }
    fields["authors"] = list(article.authors)
    fields["story_id"] = article.article_id
    return ARTICLES.row(
        **fields,
        sentence_count=len(parsed.sentences) if parsed else None,
        extractor=extractor_name(model),
    )
