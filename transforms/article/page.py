"""The statements of a page about itself, gathered once: meta elements and JSON-LD."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from typing import Any

from lxml.html import HtmlElement

from transforms.article.others import is_box
from transforms.reference import reference

Node = dict[str, Any]

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|NewsItem|Report|Review)$")


@cache
def meta_names(column: str) -> tuple[str, ...]:
    """The meta elements that hold a column, the surest first."""
    return tuple(r["name"] for r in reference("meta_names") if r["column"] == column)


@dataclass
class Page:
    """A page's tree, its meta contents by name (lower case), its JSON-LD objects, and among
    those the one of its own article (empty if there is none).

    ``country`` (ISO 3166-1 alpha-3) decides the order of numeric dates.
    """

    tree: HtmlElement
    country: str | None
    metas: dict[str, list[str]] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    article: Node = field(default_factory=dict)

    def first(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            yield from self.metas.get(name, ())


def read_page(tree: HtmlElement, country: str | None) -> Page:
    """Gather the statements of the page whose tree it is."""
    page = Page(tree, country, _metas(tree), list(_json_ld(tree)))
    page.article = _main_node(page)
    return page


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    is_others = _others(tree)
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        # microdata inside a figure tells of the picture, inside a box of another story
        if not content or any(True for _ in element.iterancestors("figure", "aside")):
            continue
        if element.get("itemprop") and is_others(element):
            continue
        for attribute in ("property", "name", "itemprop"):
            for name in (element.get(attribute) or "").lower().split():
                metas.setdefault(name, []).append(content)
    return metas


def _others(tree: HtmlElement) -> Callable[[HtmlElement], bool]:
    """Whether an element stands in a box of others' bylines; one that holds an h1 is none."""
    own: set[HtmlElement] = set()
    for headline in tree.iter("h1"):
        own.update(takewhile(lambda around: around not in own, headline.iterancestors()))

    @cache
    def is_within(parent: HtmlElement | None) -> bool:
        around = parent.iterancestors("div", "section") if parent is not None else ()
        return parent is not None and any(
            is_box(one) and one not in own for one in (parent, *around)
        )

    return lambda element: is_within(element.getparent())


def _json_ld(tree: HtmlElement) -> Iterator[Node]:
    """Every object in the page's JSON-LD, outer ones first."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        yield from _objects(_load(script.text or ""), 0)


_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


def _load(text: str) -> Any:
    text = _COMMENT.sub("", text).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text), html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any, depth: int) -> Iterator[Node]:
    if depth > 12:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            if isinstance(item, dict | list):
                yield from _objects(item, depth + 1)


def types_of(node: Node) -> list[str]:
    """The schema.org types of an object."""
    types = node.get("@type")
    return [t for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)]


def _main_node(page: Page) -> Node:
    """The node of the page's own article: the one with its address, else the first with a
    headline.
    """
    nodes = [
        node
        for node in page.nodes
        if any(_ARTICLE_TYPE.search(kind) for kind in types_of(node))
        and (node.get("headline") or node.get("datePublished") or node.get("name"))
    ]
    own = {_bare(url) for url in addresses(page)}
    for node in nodes:
        entity = node.get("mainEntityOfPage")
        entity = entity.get("@id") or entity.get("url") if isinstance(entity, dict) else entity
        if any(isinstance(u, str) and _bare(u) in own for u in (node.get("url"), entity)):
            return node
    return nodes[0] if nodes else {}


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*$|/$", "", url.strip())


def addresses(page: Page) -> Iterator[str]:
    """The addresses the page gives as its own, the canonical one first."""
    for link in page.tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            yield link.get("href", "").strip()
    yield from page.metas.get("og:url", ())


def text_of(value: Any) -> str | None:
    """A string value with its escapes undone; None if it is none or blank."""
    if not isinstance(value, str):
        return None
    return html.unescape(html.unescape(value)).strip() or None


def line_of(value: Any) -> str | None:
    """A string value as one line without markup."""
    text = text_of(value)
    return " ".join(re.sub(r"<[^<>]{1,40}>", "", text).split()) or None if text else None
