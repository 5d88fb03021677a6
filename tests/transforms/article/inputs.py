"""Inputs made by tests."""

from __future__ import annotations

import datetime as dt

from transforms.article import read_article
from transforms.model import HTML, JSON, NDJSON, TEXT, Article, RawArticle, Reject, Source

PLAIN, JSONL = TEXT, NDJSON
__all__ = ["HTML", "JSON", "JSONL", "PLAIN", "article", "raw", "reject"]

FETCHED = dt.datetime(2025, 5, 1, 12)


def raw(
    payload: bytes | str,
    media_type: str = PLAIN,
    *,
    uri: str = "desk/story.txt",
    source: Source | None = None,
) -> RawArticle:
    data = payload.encode() if isinstance(payload, str) else payload
    return RawArticle(uri, media_type, FETCHED, data, source or Source("desk"))


def article(payload: bytes | str, media_type: str = PLAIN, **options: object) -> Article:
    """The article, which there must be."""
    found = read_article(raw(payload, media_type, **options))  # type: ignore[arg-type]
    assert isinstance(found, Article), found
    return found


def reject(payload: bytes | str, media_type: str = PLAIN, **options: object) -> Reject:
    """The reject, which there must be."""
    found = read_article(raw(payload, media_type, **options))  # type: ignore[arg-type]
    assert isinstance(found, Reject), found
    return found
