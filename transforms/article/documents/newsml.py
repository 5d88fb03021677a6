"""Articles in NewsML-G2: one news item, its text in XHTML, in NITF or as it is."""

from __future__ import annotations

from lxml import etree

from transforms.article.documents.nitf import nitf_article
from transforms.article.documents.stated import (
    Stated,
    read_paragraphs,
    time_of,
    with_stated,
    writers,
)
from transforms.article.documents.xml import (
    attribute,
    blocks,
    every,
    first,
    name_of,
    parsed,
    text_of,
)
from transforms.article.found import Found, NoArticle
from transforms.article.times import Stamp
from transforms.limits import DEFAULT, Limits


def read_newsml(payload: bytes, country: str | None = None, limits: Limits = DEFAULT) -> Found:
    """The article in a news item, or in the first of a message that holds a text.

    Raises :class:`NoArticle` with reason ``empty``, ``malformed``, ``too_many_tags`` or
    ``no_text``.
    """
    root = parsed(payload, limits)
    items = [root] if name_of(root) == "newsItem" else list(every(root, "newsItem"))
    item = next((one for one in items if first(one, "contentSet") is not None), None)
    if item is None:
        raise NoArticle("no_text", "it holds no news item with a text: it may group others")
    content, meta, about = (first(item, name) for name in ("contentSet", "contentMeta", "itemMeta"))
    people = [_name(one) for one in every(meta, "creator")]
    authors, medium = writers([*people, text_of(first(meta, "by")) or ""])
    provider = _name(first(about, "provider"))
    holder = _name(first(item, "rightsInfo", "copyrightHolder"))
    stated = Stated(
        title=text_of(first(meta, "headline")) or text_of(first(about, "title")),
        authors=authors,
        publisher=provider or medium or _name(first(meta, "infoSource")) or holder,
        published=_time(meta, "contentCreated", country)
        or _time(about, "firstCreated", country)
        or _time(about, "versionCreated", country),
        modified=_time(meta, "contentModified", country) or _time(about, "versionCreated", country),
        language=attribute(first(meta, "language"), "tag"),
        location_line=_name(first(meta, "located")),
        external_id=attribute(item, "guid"),
    )
    return _text(content, stated, country)


def _text(content: etree._Element | None, stated: Stated, country: str | None) -> Found:
    inline = first(content, "inlineXML")
    if inline is not None:
        if first(inline, "body.content") is not None:
            return with_stated(nitf_article(inline, country), stated)
        body = first(inline, "body")
        return read_paragraphs(blocks(body if body is not None else inline), stated, country)
    data = first(content, "inlineData")
    if data is None:
        raise NoArticle("no_text", "its text is elsewhere (remoteContent): feed that")
    return read_paragraphs("".join(data.itertext(tag=etree.Element)).split("\n"), stated, country)


def _name(element: etree._Element | None) -> str:
    """The name of a party or a place: in words, else as it is coded literally."""
    named = text_of(first(element, "name")) or text_of(element)
    return named or attribute(element, "literal") or ""


def _time(parent: etree._Element | None, name: str, country: str | None) -> Stamp | None:
    return time_of(text_of(first(parent, name)), country)
