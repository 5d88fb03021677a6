"""Articles in NITF, the News Industry Text Format."""

from __future__ import annotations

from lxml import etree

from transforms.article.documents.stated import Stated, line_of, read_paragraphs, time_of, writers
from transforms.article.documents.xml import attribute, blocks, every, first, parsed, text_of
from transforms.article.found import Found, NoArticle
from transforms.article.times import Stamp
from transforms.limits import DEFAULT, Limits

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_nitf(payload: bytes, country: str | None = None, limits: Limits = DEFAULT) -> Found:
    """The article in a NITF document.

    Raises :class:`NoArticle` with reason ``empty``, ``malformed``, ``too_many_tags`` or
    ``no_text``.
    """
    return nitf_article(parsed(payload, limits), country)


def nitf_article(root: etree._Element, country: str | None) -> Found:
    """The article below an element of NITF. Raises :class:`NoArticle` with reason ``no_text``."""
    content = first(root, "body.content")
    if content is None:
        raise NoArticle("no_text", "it has no body.content, where NITF keeps the text")
    data, head = first(root, "docdata"), first(root, "body.head")
    authors, medium = writers(_bylines(head))
    distributor = text_of(first(head, "distributor"))
    holder = attribute(first(data, "doc.copyright"), "holder")
    line = first(head, "dateline")
    story = time_of(attribute(first(line, "story.date"), "norm"), country)
    stated = Stated(
        title=text_of(first(head, "hl1")) or text_of(first(head, "hedline"))
        or text_of(first(root, "title")),
        authors=authors,
        publisher=distributor or medium or holder,
        published=_time(data, "date.release") or _time(data, "date.issue") or story
        or time_of(attribute(first(root, "pubdata"), "date.publication")),
        url=attribute(first(root, "pubdata"), "ex-ref"),
        language=attribute(root, _LANG),
        location_line=text_of(first(line, "location")),
        external_id=attribute(first(data, "doc-id"), "id-string"),
    )  # fmt: skip
    return read_paragraphs(blocks(content), stated, country)


def _bylines(head: etree._Element | None) -> list[str]:
    """The people that bylines name, or their texts."""
    found: list[str] = []
    for byline in every(head, "byline"):
        people = [text for person in every(byline, "person") if (text := text_of(person))]
        text = text_of(byline)
        found += people or ([text] if text else [])
    return found


def _time(data: etree._Element | None, name: str) -> Stamp | None:
    return time_of(line_of(attribute(first(data, name), "norm")))
