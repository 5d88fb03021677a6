"""Whom a page names as the authors of its article."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from transforms.article.blocks import letters
from transforms.article.names import NAME, clean_authors
from transforms.article.others import is_others
from transforms.article.page import Page, line_of, meta_names, types_of
from transforms.article.publishers import is_media_name

#: How deep a list of authors may lie in others.
_DEPTH = 12
#: Of more marked bylines than these no further ones are looked at.
_MOST = 100
#: Letters of a heading that is a title, and not a section's.
_TITLE = 10
_ORGANISATION = re.compile(r"(?:Organization|Corporation)$")
_ACCOUNT = re.compile(r"[a-z\d]+(?:[-._][a-z\d]+)+")
_ADDRESSED = re.compile(r"https?://|[()@]|^\w+(?:-\w+)+$")


def read_authors(page: Page) -> tuple[str, ...]:
    """Names from JSON-LD, else meta elements, else bylines that mark themselves as such.

    A person who is named anywhere goes before an organisation that JSON-LD names.
    """
    stated = page.article.get("author") or page.article.get("creator")
    written = list(_people(page, stated))
    names = clean_authors(name for name, _ in written)
    houses_only = all(is_house for _, is_house in written)
    if names and not houses_only:
        return names
    for found in _elsewhere(page):
        if found and (not names or all(map(_is_person, found))):
            return found
    return names


def _elsewhere(page: Page) -> Iterator[tuple[str, ...]]:
    for key in meta_names("authors"):
        contents = page.metas.get(key, ())
        yield clean_authors(_uninverted(key, [c for c in contents if not _ADDRESSED.search(c)]))
    yield clean_authors(_shown_authors(page))


def _uninverted(key: str, written: list[str]) -> list[str]:
    """Scholarly metadata puts the surname first."""
    if not key.startswith(("dc", "citation")):
        return written
    return [re.sub(r"^([^,]+),\s*([^,]+)$", r"\2 \1", name) for name in written]


def _is_person(name: str) -> bool:
    return (
        re.fullmatch(NAME, name) is not None
        and not name.lower().startswith("the ")
        and not is_media_name(name)
    )


def _people(page: Page, value: Any, depth: int = 0) -> Iterator[tuple[str, bool]]:
    """Names in JSON-LD, and whether each is said to be an organisation's."""
    if depth > _DEPTH:
        return
    if isinstance(value, str):
        if not value.startswith(("http://", "https://")) and not _ACCOUNT.fullmatch(value):
            yield html.unescape(value), False
    elif isinstance(value, list):
        for item in value:
            yield from _people(page, item, depth + 1)
    elif isinstance(value, dict):
        is_house = any(_ORGANISATION.search(kind) for kind in types_of(value))
        name = value.get("name")
        if isinstance(name, str | list):
            for written, _ in _people(page, name, depth + 1):
                yield written, is_house
        elif value.get("givenName") and value.get("familyName"):
            yield f"{value['givenName']} {value['familyName']}", False
        elif identifier := value.get("@id"):
            same = [n for n in page.nodes if n.get("@id") == identifier and n.get("name")]
            yield from _people(page, same[:1], depth + 1)


_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|author-?name|author|authors|article-author)(?:$|[\s_-])", re.IGNORECASE
)


def _shown_authors(page: Page) -> list[str]:
    """Names from what marks itself as a byline of the page's article, the surest marks first."""
    tree, own = page.tree, _own(page)
    for path in (
        ".//*[@itemprop='author']//*[@itemprop='name']",
        ".//*[@itemprop='author']",
        ".//a[@rel='author']",
        ".//address//a",
    ):
        some = islice(tree.iterfind(path), _MOST)
        found = [e.text_content() for e in some if not is_others(e, own)]
        found = [text for text in found if 3 <= len(text.strip()) <= 80]
        if found:
            return found[:6]
    every = tree.iter("a", "span", "p", "div", "li")
    marked = (e for e in every if _BYLINE_CLASS.search(e.get("class") or ""))
    for element in islice(marked, _MOST):
        if not is_others(element, own):
            text = " ".join(element.text_content().split())
            if re.match(r"(?:By\s)?[A-ZÀ-Þ]", text) and len(text) <= 80 and len(text.split()) > 1:
                return [text]
    return []


def _own(page: Page) -> frozenset[HtmlElement]:
    """The elements around the headline: the first heading that is the page's title, else its h1."""
    element = page.tree.find(".//title")
    titles = [page.article.get("headline"), *page.metas.get("og:title", ())]
    titles.append(element.text_content() if element is not None else None)
    known = "\n".join(letters(line_of(title) or "", whole=True) for title in titles)
    headings = [*page.tree.iter("h1"), *page.tree.iter("h2")]
    texts = ((heading, letters(heading.text_content(), whole=True)) for heading in headings)
    told = (heading for heading, text in texts if len(text) >= _TITLE and text in known)
    headline = next(told, next(page.tree.iter("h1"), None))
    return frozenset(headline.iterancestors()) if headline is not None else frozenset()
