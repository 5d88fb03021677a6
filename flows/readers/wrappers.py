"""Objects around articles: what interfaces of news and search engines answer.

``{"articles": [...]}``, ``{"items": [...]}``, ``{"hits": {"hits": [{"_source": {...}}]}}``: an
object that is no article itself and whose one list of objects holds articles is read as that list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from transforms.article.record import unwrapped
from transforms.article.record_keys import values_of

#: Objects within objects that are looked into for the list.
_DEPTH = 3
#: Names under which a list is one of articles though nothing is in it.
_NAMES = frozenset(
    ["articles", "items", "results", "hits", "docs", "stories", "news", "posts", "entries"]
)


_Keys = Mapping[str, str]


def wrapped(value: object, keys: _Keys) -> list[dict[str, Any]] | None:
    """The articles that an object is wrapped around; None if it is an article, or anything else.

    ``keys`` are those of the settings (our key, theirs).
    """
    if not isinstance(value, dict) or has_text(value, keys) or address_of(value, keys):
        return None
    lists = list(_lists(value, _DEPTH))
    of_articles = [found for _, found in lists if _are_articles(found, keys)]
    if len(of_articles) == 1:
        found = of_articles[0]
        told = [one for one in found if has_text(one, keys)]
        return told if told and "@graph" in value else found
    if not of_articles and any(name in _NAMES and not found for name, found in lists):
        return []
    return None


def has_text(record: Mapping[str, Any], keys: _Keys) -> bool:
    inner = unwrapped(dict(record))
    return any(isinstance(one.value, str | list) for one in values_of(inner, "text", keys))


def address_of(record: Mapping[str, Any], keys: _Keys) -> str | None:
    """The address of an article that the record gives."""
    for one in values_of(unwrapped(dict(record)), "url", keys):
        if isinstance(one.value, str):
            told = one.value.strip()
            if told.lower().startswith(("http://", "https://")) and " " not in told:
                return told
    return None


def listed_of(record: Mapping[str, Any], keys: _Keys) -> str | None:
    """The time that the record gives for its article, as written."""
    for one in values_of(unwrapped(dict(record)), "published_at", keys):
        if isinstance(one.value, str | int | float) and not isinstance(one.value, bool):
            return str(one.value)
    return None


def payload_of(record: Mapping[str, Any]) -> bytes:
    """The record as the bytes that are stored of it."""
    try:
        return json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half of a pair: left for the article to tell
        return json.dumps(record).encode()


def _lists(value: dict[str, Any], depth: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for name, inner in value.items():
        if isinstance(inner, list) and all(isinstance(one, dict) for one in inner):
            yield name, inner
        elif isinstance(inner, dict) and depth > 1:
            yield from _lists(inner, depth - 1)


def _are_articles(found: list[dict[str, Any]], keys: _Keys) -> bool:
    return any(
        has_text(one, keys)
        or (address_of(one, keys) and any(True for _ in values_of(unwrapped(one), "title", keys)))
        for one in found
    )
