"""One way to read the claims of a text in these tests, each text once."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from transforms.claims import read_claims
from transforms.dates import read_dates
from transforms.entities import read_entities
from transforms.events.scene import Scene
from transforms.figures.view import View
from transforms.model import Article
from transforms.parse import parse

PUBLISHED = dt.date(2025, 6, 12)


@cache
def claims(text: str) -> tuple[dict[str, Any], ...]:
    """The claims of a text published on Thursday 2025-06-12."""
    article = Article("0" * 16, "test", "0" * 64, text, "0" * 16, published_date=PUBLISHED)
    parsed = parse(article)
    mentions, entities = read_entities(parsed)
    scene = Scene(View(parsed), read_dates(parsed), mentions, entities)
    return tuple(read_claims(parsed, scene, mentions, entities))
