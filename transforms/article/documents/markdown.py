"""Articles in Markdown, with front matter in YAML or TOML."""

from __future__ import annotations

import datetime as dt
import html
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from transforms.article.documents.stated import (
    Stated,
    line_of,
    one_line,
    read_paragraphs,
    time_of,
    writers,
)
from transforms.article.found import Found, NoArticle
from transforms.article.times import Stamp

if TYPE_CHECKING:
    from markdown_it.token import Token

#: Characters of a text, its front matter and a block; what is longer was not written by a person.
_LARGEST, _FRONT, _BLOCK = 2_000_000, 65_536, 50_000
_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_UNREAD = re.compile(r"\s*<(?:script|style|iframe|svg|pre)\b", re.IGNORECASE)
#: Keys of front matter in lower case, without what parts their words, in the order of their weight.
_PUBLISHED = ("date", "published", "publishdate", "pubdate", "datepublished", "publishedat")
_MODIFIED = ("updated", "lastmod", "modified", "datemodified", "updatedat", "lastupdated")
_URL = ("canonicalurl", "canonical", "url", "link")
_AUTHORS = ("authors", "author", "byline")
_PUBLISHER = ("publisher", "source", "publication")
_LANGUAGE = ("lang", "language", "locale")
_IDENTIFIER = ("id", "guid", "uuid")


def read_markdown(text: str, country: str | None = None) -> Found:
    """The article in a Markdown text: a line a paragraph, heading, item or row, without markup.

    Raises :class:`NoArticle` with reason ``malformed``, ``too_large`` or ``no_text``.
    """
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    values: dict[str, Any] = {}
    matter = _MATTER.match(text)
    if matter is not None:
        values = _front(matter[1], matter[2])
        text = text[matter.end() :]
    if len(text) > _LARGEST:
        raise NoArticle(
            "too_large", f"a Markdown text has at most {_LARGEST:,} characters: split it"
        )
    if any(len(block) > _BLOCK for block in text.split("\n\n")):
        raise NoArticle(
            "malformed",
            f"a paragraph has more than {_BLOCK:,} characters: is it Markdown?",
        )
    blocks = _blocks(text)
    title = line_of(values.get("title"))
    if title is None and blocks and blocks[0][0] == "h1":
        title = blocks[0][1][:300]
    people, medium = writers(_names(_first(values, _AUTHORS)))
    publisher = line_of(_first(values, _PUBLISHER))
    stated = Stated(
        title=title,
        authors=people,
        publisher=publisher or medium,
        published=_time(values, _PUBLISHED, country),
        modified=_time(values, _MODIFIED, country),
        url=line_of(_first(values, _URL)),
        language=line_of(_first(values, _LANGUAGE)),
        external_id=line_of(_first(values, _IDENTIFIER)),
    )
    return read_paragraphs([line for _, line in blocks], stated, country)


def _front(mark: str, matter: str) -> dict[str, Any]:
    """The values of front matter by their keys in lower case; all but lists and tables are text."""
    import yaml  # type: ignore[import-untyped]

    if len(matter) > _FRONT:
        raise NoArticle("malformed", f"its front matter has more than {_FRONT:,} characters")
    try:
        # the base loader makes text of every value, so that 2025-03-04 stays as it was written
        found = tomllib.loads(matter) if mark == "+++" else yaml.load(matter, yaml.BaseLoader)
    except (tomllib.TOMLDecodeError, yaml.YAMLError, RecursionError, ValueError) as error:
        kind = "TOML" if mark == "+++" else "YAML"
        told = one_line(str(error))[:200]
        raise NoArticle("malformed", f"its front matter is not {kind}: {told}") from error
    if not isinstance(found, Mapping):
        return {}
    return {re.sub(r"[\W_]", "", str(key)).lower(): _plain(value) for key, value in found.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, int | float) else value


def _first(values: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((values[key] for key in keys if values.get(key)), None)


def _names(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, Mapping) else one
        if isinstance(name, str):
            yield name


def _time(values: Mapping[str, Any], keys: tuple[str, ...], country: str | None) -> Stamp | None:
    """The first time that can be read; a text is undated rather than no article."""
    stamps = (time_of(values[key], country) for key in keys if values.get(key))
    return next((stamp for stamp in stamps if stamp is not None), None)


def _blocks(text: str) -> list[tuple[str, str]]:
    """(tag, line) of each block."""
    from markdown_it import MarkdownIt

    found: list[tuple[str, str]] = []
    row: list[str] = []
    tag = ""
    try:
        tokens = MarkdownIt("commonmark").enable("table").parse(text)
    except RecursionError as error:
        raise NoArticle("malformed", "the Markdown is nested too deeply") from error
    for token in tokens:
        if token.type == "tr_close":
            found.append(("tr", " | ".join(row)))
            row = []
        elif token.type == "inline" and tag in ("td", "th"):
            row.append(one_line(_inline(token)))
        elif token.type == "inline":
            found.append((tag, one_line(_inline(token))))
        elif token.type == "html_block" and not _UNREAD.match(token.content):
            content = _TAG.sub(" ", _without_comments(token.content))
            lines = html.unescape(content).split("\n")
            found += [("html", one_line(line)) for line in lines]
        elif token.nesting == 1:
            tag = token.tag
    return [(tag, line) for tag, line in found if line]


def _without_comments(text: str) -> str:
    """The text outside of comments; one that does not end goes to the end of the text."""
    before, *pieces = text.split("<!--")
    if any("-->" not in piece for piece in pieces):
        return before
    return before + "".join(piece.split("-->", 1)[1] for piece in pieces)


def _inline(token: Token) -> str:
    """The text of an inline token; pictures and markup have none."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)
