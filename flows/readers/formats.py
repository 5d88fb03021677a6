"""What a file holds, by kind: from the bytes of one item to its inputs.

Each format is a function from a binary stream to records; :data:`FORMATS` is the registry. Memory
is bounded by ``limits.input_bytes``, whatever the size of the file.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import BinaryIO

from flows.readers.archives import read_tar, read_zip
from flows.readers.columns import read_parquet
from flows.readers.delimited import read_delimited
from flows.readers.item import Format, Item, at_most, read_before
from flows.readers.listings import read_addresses, read_feed, read_sitemap
from flows.readers.mail import read_mailbox
from flows.readers.newsml import read_newsml
from flows.readers.records import loaded, records
from flows.readers.values import JsonError, Values
from flows.readers.warc import read_warc
from flows.readers.wrappers import payload_of, wrapped
from transforms.model import (
    DOCX,
    HTML,
    JSON,
    MAIL,
    MARKDOWN,
    MHTML,
    NDJSON,
    NITF,
    TEXT,
    RawArticle,
    Reject,
)

_CHUNK = 1024 * 1024


def read_whole(stream: BinaryIO, item: Item, *, media_type: str) -> Iterator[RawArticle | Reject]:
    """The whole item as one input."""
    payload = at_most(stream, item.limits.input_bytes + 1)
    if len(payload) > item.limits.input_bytes:
        yield item.too_large("the file")
    else:
        yield item.raw("", media_type, payload)


def read_lines(stream: BinaryIO, item: Item) -> Iterator[RawArticle | Reject]:
    """Each line that is not blank as an input, ``file#L12``, without its line end.

    A line is not looked into: one that is no JSON is an input all the same. Of a line longer
    than ``limits.input_bytes`` a reject is left, and reading goes on behind it.
    """
    limit = item.limits.input_bytes
    number = found = 0
    while line := stream.readline(limit + 1):
        number += 1
        if number == 1:
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                yield item.reject("encoding", "the file is UTF-16; JSON lines must be UTF-8")
                return
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) > limit and not line.endswith(b"\n"):
            found += 1
            yield item.too_large("the line", f"#L{number}")
            while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            continue
        payload = line.rstrip(b"\r\n")
        if payload.strip():
            found += 1
            yield item.raw(f"#L{number}", NDJSON, payload)
        else:
            number += _skip_blank(stream)
    if not found:
        yield item.reject("empty", "the file holds no line")


def _skip_blank(stream: BinaryIO) -> int:
    """Reads over the line ends that come next in the buffer, all at once: a file may hold millions
    of nothing else. How many there were."""
    if not isinstance(stream, io.BufferedReader):
        return 0
    ahead = stream.peek()
    blank = len(ahead) - len(ahead.lstrip(b"\n"))
    return len(stream.read(blank)) if blank else 0


def read_json(stream: BinaryIO, item: Item) -> Iterator[RawArticle | Reject]:
    """A JSON value as one input; of a list, or of values one after another, each: ``file#3``.

    A file that does not even begin as JSON is an input all the same. Where a list breaks off,
    what came before is kept and a reject says where it broke.
    """
    limit = item.limits.input_bytes
    head = at_most(stream, limit + 1)
    fits = len(head) <= limit
    values = Values(head, stream, limit, ended=fits)
    number = 0
    try:
        for number, text in enumerate(values, 1):
            if number == 1 and fits and not values.is_list and values.at_end():
                yield from _object(head, item)
                return
            yield item.raw(f"#{number}", JSON, text)
        if not number:
            yield _nothing(item, head, values)
    except JsonError as error:
        if error.reason == "too_large":
            yield item.too_large("the JSON value", f"#{error.number}")
        elif error.number == 1 and fits and not values.is_list:
            yield item.raw("", JSON, head)
        else:
            detail = f"{error}{read_before(error.number - 1)}; mend the file from there on"
            yield item.reject(error.reason, detail, f"#{error.number}")


def _object(data: bytes, item: Item) -> Iterator[RawArticle | Reject]:
    """One value: an article, or an object that is wrapped around a list of them."""
    value = loaded(data)
    found = None if value is None else wrapped(value, dict(item.source.keys))
    if found is None:
        yield item.raw("", JSON, data)
    elif not found:
        yield item.reject("empty", "the list of articles in it is empty")
    else:
        for number, article in enumerate(found, 1):
            yield item.raw(f"#{number}", JSON, payload_of(article))


def _nothing(item: Item, head: bytes, values: Values) -> RawArticle | Reject:
    if values.is_list:
        return item.reject("empty", "the file holds an empty list")
    return item.raw("", JSON, head)


def _records(read: Callable[[BinaryIO, Item], Iterator[RawArticle | Reject]]) -> Format:
    """The reader of a kind that holds records."""
    return lambda stream, item: records(read(stream, item), item)


#: The readers by kind, as :mod:`flows.readers.recognise` names them.
FORMATS: Mapping[str, Format] = {
    "text": partial(read_whole, media_type=TEXT),
    "html": partial(read_whole, media_type=HTML),
    "markdown": partial(read_whole, media_type=MARKDOWN),
    "docx": partial(read_whole, media_type=DOCX),
    "mail": partial(read_whole, media_type=MAIL),
    "mhtml": partial(read_whole, media_type=MHTML),
    "nitf": partial(read_whole, media_type=NITF),
    "newsml": read_newsml,
    "mbox": read_mailbox,
    "zip": read_zip,
    "tar": read_tar,
    "warc": read_warc,
    "json": _records(read_json),
    "jsonl": _records(read_lines),
    "csv": _records(read_delimited),
    "tsv": _records(partial(read_delimited, tabs=True)),
    "parquet": _records(read_parquet),
    "feed": read_feed,
    "sitemap": read_sitemap,
    "addresses": read_addresses,
}
#: Kinds whose readers take the file as it lies, compressed or not.
COMPRESSED = frozenset({"warc"})
