"""Messages of news agencies: each news item of a NewsML-G2 message as an input."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from flows.readers.item import Item, at_most
from transforms.model import NEWSML, RawArticle, Reject

#: Tags of a message that are held in memory, some 400 bytes each.
_TAGS = 1_000_000


def read_newsml(stream: BinaryIO, item: Item) -> Iterator[RawArticle | Reject]:
    """A news item as one input; of a message each item that holds a text: ``file#2``.

    Items of pictures, and packages that only group others, are left out. What is no XML is an
    input all the same: reading it says what is wrong.
    """
    payload = at_most(stream, item.limits.input_bytes + 1)
    if len(payload) > item.limits.input_bytes:
        yield item.too_large("the file")
        return
    if payload.count(b"<") > _TAGS:
        yield item.reject(
            "too_many_tags", f"more than {_TAGS:,} tags; split the message, a file an item"
        )
        return
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(payload.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        yield item.raw("", NEWSML, payload)
        return
    if etree.QName(root).localname == "newsItem":
        yield item.raw("", NEWSML, payload)
        return
    items = [one for one in root.iter("{*}newsItem") if _has_text(one)]
    if not items:
        yield item.reject("empty", "the message holds no news item with a text")
    for number, one in enumerate(items, 1):
        yield item.raw(f"#{number}", NEWSML, etree.tostring(one, encoding="utf-8", with_tail=False))


def _has_text(item: etree._Element) -> bool:
    return next(item.iter("{*}inlineXML", "{*}inlineData"), None) is not None
