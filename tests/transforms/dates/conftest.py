"""Reading a sentence as an article of its own; the language model is loaded once a session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from transforms.dates import read_dates
from transforms.model import Article
from transforms.parse import load_model, parse
from warehouse.tables import Row

Read = Callable[..., list[Row]]


def article(text: str, published: str | None, **fields: Any) -> Article:
    return Article(
        article_id="0" * 16,
        source_uri="test",
        raw_id="0" * 64,
        text=text,
        text_id="0" * 16,
        published_date=dt.date.fromisoformat(published) if published else None,
        **fields,
    )


@pytest.fixture(scope="session")
def read() -> Read:
    """``read(text, published, **article fields)``: the rows of ``dates``."""
    load_model()

    def read_text(text: str, published: str | None = "2024-06-12", **fields: Any) -> list[Row]:
        return read_dates(parse(article(text, published, **fields)))

    return read_text
