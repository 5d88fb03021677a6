"""What a page says of its article outside the body: JSON-LD, meta elements, microdata.

Each column has its candidates in the order in which pages are right about them; the first that
can be read is taken.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

from transforms.article.names import clean_authors
from transforms.article.times import Stamp, from_epoch, read_time
from transforms.reference import reference

Node = dict[str, Any]

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|NewsItem|Report|Review)$")


@cache
def _names(column: str) -> tuple[str, ...]:
    return tuple(r["name"] for r in reference("meta_names") if r["column"] == column)


@dataclass
class Metadata:
    """What the page says; times are as written."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: Stamp | None = None
    modified: Stamp | None = None
    url: str | None = None
    language: str | None = None
    body: str | None = None


@dataclass
class _Page:
    """The page's statements, gathered once: meta contents by name, JSON-LD nodes."""

    tree: HtmlElement
    country: str | None
    metas: dict[str, list[str]] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    article: Node = field(default_factory=dict)

    def first(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            yield from self.metas.get(name, ())


def read_metadata(tree: HtmlElement, country: str | None = None) -> Metadata:
    """The metadata of a page, from its tree, which is left as it is."""
    page = _Page(tree, country, _metas(tree), list(_json_ld(tree)))
    page.article = _main_node(page)
    return Metadata(
        title=_title(page),
        authors=_authors(page),
        publisher=_publisher(page),
        published=_published(page),
        modified=_modified(page),
        url=_url(page),
        language=_language(page),
        body=_text(page.article.get("articleBody")),
    )


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        # microdata inside a figure tells of the picture
        if not content or any(True for _ in element.iterancestors("figure", "aside")):
            continue
        for attribute in ("property", "name", "itemprop"):
            for name in (element.get(attribute) or "").lower().split():
                metas.setdefault(name, []).append(content)
    return metas


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


def _types(node: Node) -> list[str]:
    types = node.get("@type")
    return [t for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)]


def _main_node(page: _Page) -> Node:
    """The node of the page's own article: the one with its address, else the first with a
    headline.
    """
    nodes = [
        node
        for node in page.nodes
        if any(_ARTICLE_TYPE.search(kind) for kind in _types(node))
        and (node.get("headline") or node.get("datePublished") or node.get("name"))
    ]
    own = {_bare(url) for url in _addresses(page)}
    for node in nodes:
        entity = node.get("mainEntityOfPage")
        entity = entity.get("@id") or entity.get("url") if isinstance(entity, dict) else entity
        if any(isinstance(u, str) and _bare(u) in own for u in (node.get("url"), entity)):
            return node
    return nodes[0] if nodes else {}


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*$|/$", "", url.strip())


def _addresses(page: _Page) -> Iterator[str]:
    for link in page.tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            yield link.get("href", "").strip()
    yield from page.metas.get("og:url", ())


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return html.unescape(html.unescape(value)).strip() or None


def _line(value: Any) -> str | None:
    text = _text(value)
    return " ".join(re.sub(r"<[^<>]{1,40}>", "", text).split()) or None if text else None


def _title(page: _Page) -> str | None:
    site = _publisher(page)
    headline = _without_site(_line(page.article.get("headline")), site)
    shown = [h for h in (_line(h.text_content()) for h in page.tree.iter("h1")) if h]
    shared = next((_line(title) for title in page.metas.get("og:title", ())), None)
    if shared in shown:
        return shared
    if headline and not headline.endswith(("...", "…")):
        return headline
    for written in page.first(_names("title")):
        title = _without_site(_line(written), site)
        if title:
            # the headline on the page says more than one cut for sharing
            return next((h for h in shown if h.startswith(title.rstrip(".… "))), title)
    if len(shown) == 1:
        return shown[0]
    element = page.tree.find(".//title")
    return _without_site(_line(element.text_content()), site) if element is not None else headline


def _without_site(title: str | None, site: str | None) -> str | None:
    """The title without the site's name behind a bar or a dash."""
    if not title:
        return None
    parts = re.split(r"\s+[|»·]\s+|\s+[-–—]\s+", title)
    if site and len(parts) > 1:
        names = {site.casefold(), site.casefold().removeprefix("the ")}
        while len(parts) > 1 and parts[-1].casefold().removeprefix("the ") in names:
            title = title[: title.rindex(parts.pop())].rstrip(" |»·-–—")
    return title


def _authors(page: _Page) -> tuple[str, ...]:
    names = clean_authors(_people(page.article.get("author") or page.article.get("creator")))
    if names:
        return names
    for key in _names("authors"):
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


def _publisher(page: _Page) -> str | None:
    value = page.article.get("publisher")
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict) and not value.get("name") and value.get("@id"):
        same = [n for n in page.nodes if n.get("@id") == value["@id"] and n.get("name")]
        value = same[0] if same else value
    name = _line(value.get("name") if isinstance(value, dict) else value)
    if name and not name.startswith(("http", "@")):
        return name
    lines = (_line(written) for written in page.first(_names("publisher")))
    return next((line for line in lines if line), None)


def _stamp(value: Any, country: str | None) -> Stamp | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return from_epoch(value)
    return read_time(value, country) if isinstance(value, str) and len(value) < 100 else None


def _stamps(page: _Page, keys: tuple[str, ...], names: Iterable[str]) -> list[Stamp]:
    written = [page.article.get(key) for key in keys]
    written += list(page.first(names))
    stamps = [_stamp(value, page.country) for value in written]
    return [stamp for stamp in stamps if stamp is not None]


def _published(page: _Page) -> Stamp | None:
    stamps = _stamps(page, ("datePublished", "dateCreated", "uploadDate"), _names("published"))
    shown = _time_elements(page)
    if stamps:
        return _told_in_zone([*stamps, *shown])
    if shown:
        return shown[0]
    for node in page.nodes:
        if _types(node)[:1] in (["WebPage"], ["ItemPage"]):
            stamp = _stamp(node.get("datePublished"), page.country)
            if stamp is not None:
                return stamp
    return None


def _modified(page: _Page) -> Stamp | None:
    stamps = _stamps(page, ("dateModified",), _names("modified"))
    for element in page.tree.iter("time"):
        marks = " ".join(element.get(a) or "" for a in ("class", "itemprop"))
        if not stamps and _UPDATED.search(marks):
            stamp = _stamp(element.get("datetime"), page.country)
            stamps += [stamp] if stamp else []
    return _told_in_zone(stamps) if stamps else None


def _told_in_zone(stamps: list[Stamp]) -> Stamp:
    """The first stamp, in the page's own zone if another one tells the same instant in it.

    Systems write UTC where editors write local time: of two notations of one instant, the local
    one says more.
    """
    first = stamps[0]
    if first.has_time and first.zone is None:
        same = [s for s in stamps[1:] if s.zone and s.local == first.local]
        return same[0] if same else first
    if first.zone != "UTC" or not first.has_time:
        return first
    instant = first.settle("UTC")[0].replace(second=0, microsecond=0)
    for other in stamps[1:]:
        if other.zone not in (None, "UTC") and other.has_time:
            try:
                at = other.settle("UTC")[0]
            except (OverflowError, ValueError):
                continue
            if at.replace(second=0, microsecond=0) == instant:
                return other
    return first


_DATE_CLASS = re.compile(
    r"publish|posted|timestamp|dateline|byline|post-date|entry-date|date", re.IGNORECASE
)
_UPDATED = re.compile(r"updat|modif", re.IGNORECASE)


def _time_elements(page: _Page) -> list[Stamp]:
    """Times shown on the page in elements that mark themselves as its date."""
    sure: list[Stamp] = []
    others: list[Stamp] = []
    for element in page.tree.iter("time", "abbr", "span", "div", "p", "li"):
        marks = " ".join(element.get(a) or "" for a in ("class", "id", "itemprop"))
        prop = (element.get("itemprop") or "").lower()
        if element.tag != "time" and not _DATE_CLASS.search(marks):
            continue
        if _UPDATED.search(marks) or prop == "datemodified":
            continue
        written = element.get("datetime") or element.get("content") or element.get("title")
        stamp = _stamp(written, page.country) if written else None
        if stamp is None:
            text = " ".join(element.text_content().split()) if len(element) < 6 else ""
            if not text or len(text) > 80 or _UPDATED.match(text):
                continue
            stamp = _stamp(text, page.country)
        if stamp is None:
            continue
        if prop == "datepublished" or element.get("pubdate") is not None:
            sure.append(stamp)
        else:
            others.append(stamp)
    return sure + others


def _url(page: _Page) -> str | None:
    base = next(iter(page.metas.get("og:url", ())), None)
    for address in _addresses(page):
        if address.startswith(("http://", "https://")):
            return address
        if base and base.startswith("http"):
            return urljoin(base, address)
    entity = page.article.get("mainEntityOfPage")
    entity = entity.get("@id") if isinstance(entity, dict) else entity
    for written in (page.article.get("url"), entity):
        if isinstance(written, str) and written.startswith(("http://", "https://")):
            return written
    return None


def _language(page: _Page) -> str | None:
    value = page.article.get("inLanguage")
    value = value.get("name") or value.get("alternateName") if isinstance(value, dict) else value
    if isinstance(value, str) and value:
        return value
    declared: str | None = page.tree.get("lang") or page.tree.get(
        "{http://www.w3.org/XML/1998/namespace}lang"
    )
    if declared:
        return declared
    return next(page.first(["og:locale", "content-language", "dc.language", "language"]), None)
