"""One way to read a sentence in these tests: with the real model, each text once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from transforms.dates import read_dates
from transforms.entities import read_entities
from transforms.figures import read_figures
from transforms.model import Article
from transforms.parse import parse

Row = dict[str, Any]
Reader = Callable[..., list[Row]]


@cache
def _rows(text: str, country: str | None, alone: bool) -> tuple[Row, ...]:
    article = Article(
        "0" * 16, "test", "0" * 64, text, "0" * 16,
        published_date=dt.date(2025, 4, 28), country=country,
    )  # fmt: skip
    parsed = parse(article)
    dates = [] if alone else read_dates(parsed)
    mentions, entities = ([], []) if alone else read_entities(parsed)
    return tuple(read_figures(parsed, dates, mentions, entities))


@pytest.fixture(scope="session")
def figures() -> Reader:
    """Reads a text with nothing but its parse: no dates, no entities."""

    def read(text: str, country: str | None = None) -> list[Row]:
        return list(_rows(text, country, True))

    return read


@pytest.fixture(scope="session")
def stated() -> Reader:
    """Reads a text published on Monday 2025-04-28, with its dates and entities."""

    def read(text: str, country: str | None = None) -> list[Row]:
        return list(_rows(text, country, False))

    return read
