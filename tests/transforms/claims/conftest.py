"""One way to read the claims of a text in these tests, each text once."""

from __future__ import annotations

import datetime as dt
from functools import cache

from transforms.claims import read_claims
from transforms.dates import read_dates
from transforms.entities import read_entities
from transforms.events.scene import Scene
from transforms.figures import read_figures
from transforms.figures.view import View
from transforms.model import Article, Parsed
from transforms.parse import parse
from warehouse.tables import Row

PUBLISHED = dt.date(2025, 6, 12)


@cache
def _read(text: str) -> tuple[Parsed, Scene, list[Row], list[Row]]:
    """A text published on Thursday 2025-06-12."""
    article = Article("0" * 16, "test", "0" * 64, text, "0" * 16, published_date=PUBLISHED)
    parsed = parse(article)
    mentions, entities = read_entities(parsed)
    scene = Scene(View(parsed), read_dates(parsed), mentions, entities)
    return parsed, scene, mentions, entities


@cache
def claims(text: str) -> tuple[Row, ...]:
    """The claims of a text."""
    parsed, scene, mentions, entities = _read(text)
    return tuple(read_claims(parsed, scene, mentions, entities))


@cache
def figures_of(text: str) -> tuple[Scene, tuple[Row, ...]]:
    """The scene of a text and its figures."""
    parsed, scene, mentions, entities = _read(text)
    return scene, tuple(read_figures(parsed, read_dates(parsed), mentions, entities, scene))
