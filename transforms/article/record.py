"""Articles as JSON objects, whose text is clean already and is kept to the character."""

from __future__ import annotations

import json
import re
from typing import Any

from transforms.article.found import Found, NoArticle
from transforms.article.lines import read_dateline
from transforms.article.names import clean_authors, end_byline
from transforms.article.times import Stamp, from_epoch, leading_time, read_time

_LINE = re.compile(r"#L(\d+)$")
_STRINGS = ("title", "url", "source", "publisher", "language")
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def read_record(text: str, source_uri: str, country: str | None = None) -> Found:
    """The article in one JSON object.

    Keys: ``text``, and if known ``id``, ``title``, ``url``, ``published_at`` (or ``date``),
    ``modified_at``, ``source``, ``authors`` (a list or one string), ``publisher``, ``language``.
    Others are left alone. Raises :class:`NoArticle` with reason ``malformed`` or ``no_text``.
    """
    record = _load(text, source_uri)
    body = record.get("text")
    if body is None:
        keys = ", ".join(sorted(record)[:12]) or "none"
        raise _malformed(f"the object has no text (its keys: {keys}): put the article under 'text'")
    if not isinstance(body, str):
        raise _malformed(f"text is {_kind(body)}, not a string")
    values = {name: _string(record, name) for name in _STRINGS}
    authors = _authors(record)
    found = Found(
        text=body,
        title=values["title"],
        authors=clean_authors(authors),
        publisher=values["publisher"],
        published=_time(record, "published_at", country) or _time(record, "date", country),
        modified=_time(record, "modified_at", country),
        url=values["url"],
        language=values["language"],
        external_id=_identifier(record),
        source=values["source"],
    )
    for name, value in (("text", body), *values.items()):
        if value and _HALF_PAIR.search(value):
            raise _malformed(f"{name} holds half of a surrogate pair, which is not a character")
    if not body.strip():
        raise NoArticle("no_text", "text is blank")
    return _with_byline(found)


def _with_byline(found: Found) -> Found:
    import dataclasses

    signed, publisher = end_byline([line.strip() for line in found.text.split("\n")])
    place, agency = read_dateline(found.text)
    return dataclasses.replace(
        found,
        authors=found.authors or signed,
        publisher=found.publisher or publisher or agency,
        location_line=place,
    )


def _load(text: str, source_uri: str) -> dict[str, Any]:
    line = _LINE.search(source_uri)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        at = f"column {error.colno}" if line else f"line {error.lineno}, column {error.colno}"
        raise _malformed(f"not JSON at {at}: {error.msg[0].lower()}{error.msg[1:]}") from error
    except RecursionError as error:
        raise _malformed("the JSON is nested too deeply to be an article") from error
    except ValueError as error:  # a number of thousands of digits
        raise _malformed(f"not JSON that can be read: {error}") from error
    if not isinstance(value, dict):
        raise _malformed(f"the JSON is {_kind(value)}, not an object with a text")
    return value


def _string(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise _malformed(f"{name} is {_kind(value)}, not a string")
    return (value or "").strip() or None


def _identifier(record: dict[str, Any]) -> str | None:
    value = record.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int | None):
        raise _malformed(f"id is {_kind(value)}, not a string or a whole number")
    return None if value is None else str(value).strip() or None


def _authors(record: dict[str, Any]) -> list[str]:
    value = record.get("authors")
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return value
    raise _malformed(f"authors is {_kind(value)}, not a list of strings")


def _time(record: dict[str, Any], name: str, country: str | None) -> Stamp | None:
    value = record.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _malformed(f"{name} is {_kind(value)}, not a time")
    if isinstance(value, str):
        stamp = read_time(value, country) or leading_time(value, country)
    else:
        stamp = _numeric(value)
    if stamp is None:
        raise _malformed(
            f"{name} {str(value)[:60]!r} cannot be read as a time: "
            "write it like 2025-04-28T10:00:00+09:00"
        )
    return stamp


def _numeric(value: float) -> Stamp | None:
    if isinstance(value, int) and 16_000_101 <= value <= 22_001_231:
        return read_time(str(value))
    try:
        return from_epoch(float(value))
    except OverflowError:
        return None


def _malformed(detail: str) -> NoArticle:
    return NoArticle("malformed", detail)


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", str: "a string", bool: "true or false"}
    return kinds.get(type(value), "null" if value is None else "a number")
