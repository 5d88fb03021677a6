"""Whom a page names as the authors of its article."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from transforms.article.names import clean_authors
from transforms.article.page import Page, meta_names


def read_authors(page: Page) -> tuple[str, ...]:
    """Names from JSON-LD, else meta elements, else bylines that mark themselves as such."""
    names = clean_authors(_people(page.article.get("author") or page.article.get("creator")))
    if names:
        return names
    for key in meta_names("authors"):
        written = [
            content
            for content in page.metas.get(key, ())
            if not re.search(r"https?://|[()@]|^\w+(?:-\w+)+$", content)
        ]
        names = clean_authors(_uninverted(key, written))
        if names:
            return names
    return clean_authors(_shown_authors(page.tree))


def _uninverted(key: str, written: list[str]) -> list[str]:
    """Scholarly metadata puts the surname first."""
    if not key.startswith(("dc", "citation")):
        return written
    return [re.sub(r"^([^,]+),\s*([^,]+)$", r"\2 \1", name) for name in written]


def _people(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if not value.startswith(("http://", "https://")):
            yield html.unescape(value)
    elif isinstance(value, list):
        for item in value:
            yield from _people(item)
    elif isinstance(value, dict):
        name = value.get("name")
        if isinstance(name, str | list):
            yield from _people(name)
        elif value.get("givenName") and value.get("familyName"):
            yield f"{value['givenName']} {value['familyName']}"


_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|author-?name|author|authors|article-author)(?:$|[\s_-])", re.IGNORECASE
)


def _shown_authors(tree: HtmlElement) -> list[str]:
    """Names from what marks itself as a byline on the page, the surest marks first."""
    for path in (
        ".//*[@itemprop='author']//*[@itemprop='name']",
        ".//*[@itemprop='author']",
        ".//a[@rel='author']",
        ".//address//a",
    ):
        found = [element.text_content() for element in tree.findall(path)]
        found = [text for text in found if 3 <= len(text.strip()) <= 80]
        if found:
            return found[:6]
    for element in tree.iter("a", "span", "p", "div", "li"):
        if _BYLINE_CLASS.search(element.get("class") or ""):
            text = " ".join(element.text_content().split())
            if re.match(r"(?:By\s)?[A-ZÀ-Þ]", text) and len(text) <= 80 and len(text.split()) > 1:
                return [text]
    return []
