"""What a file holds: from the bytes of one file to its inputs, by the end of its name.

Each format is a function from a binary stream to records; :data:`FORMATS` is the registry.
A file whose name ends in ``.gz`` besides is decompressed on the way. Memory is bounded by
:data:`transforms.model.LARGEST`, whatever the size of the file.
"""

from __future__ import annotations

import codecs
import datetime as dt
import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import BinaryIO

from flows.readers.values import JsonError, Values
from transforms.model import HTML, JSON, LARGEST, NDJSON, TEXT, RawArticle, Record, Reject, Source

_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Item:
    """Something to read: its place in the source, when it was last modified, how to open it."""

    uri: str
    modified: dt.datetime
    source: Source
    open: Callable[[], AbstractContextManager[BinaryIO]]

    def raw(self, part: str, media_type: str, payload: bytes) -> RawArticle:
        """An input; ``part`` (``#L12``, ``#3`` or nothing) says where in the file it stands."""
        return RawArticle(self.uri + part, media_type, self.modified, payload, self.source)

    def reject(self, reason: str, detail: str, part: str = "") -> Reject:
        return Reject(self.source.name, self.uri + part, reason, f"{self.uri}{part}: {detail}")


Format = Callable[[BinaryIO, Item], Iterator[Record]]


def read_item(item: Item) -> Iterator[Record]:
    """The inputs that a file holds, in its order.

    Never raises for what the file holds or for a failing disk: that is the last record then, a
    ``Reject`` that says how many inputs were read before it. Raises ``LookupError`` for a name
    that no format is known for.
    """
    reader = format_of(item.uri)
    if reader is None:
        raise LookupError(item.uri)
    count = 0
    try:
        with item.open() as plain:
            stream = gzip.GzipFile(fileobj=plain) if is_gzip(item.uri) else plain
            for record in reader(stream, item):  # type: ignore[arg-type]
                yield record
                count += 1
    except EOFError:
        detail = f"the gzip data ends too early{_before(count)}; get the whole file"
        yield item.reject("truncated", detail)
    except (gzip.BadGzipFile, zlib.error) as error:
        detail = f"this is not, or not only, gzip data: {error}{_before(count)}"
        yield item.reject("unreadable", f"{detail}; get the file again, or rename it")
    except OSError as error:
        detail = f"cannot be read: {error.strerror or error}{_before(count)}"
        yield item.reject("unreadable", f"{detail}; look at its permissions and the disk")


def _before(count: int) -> str:
    what = "1 input was" if count == 1 else f"{count} inputs were"
    return f" ({what} read before)" if count else ""


def read_whole(stream: BinaryIO, item: Item, *, media_type: str) -> Iterator[Record]:
    """The whole file as one input."""
    payload = _at_most(stream, LARGEST + 1)
    if len(payload) > LARGEST:
        yield _too_large(item, "the file")
    else:
        yield item.raw("", media_type, payload)


def read_lines(stream: BinaryIO, item: Item) -> Iterator[Record]:
    """Each line that is not blank as an input, ``file#L12``, without its line end.

    A line is not looked into: one that is no JSON is an input all the same. Of a line longer
    than ``LARGEST`` a reject is left, and reading goes on behind it.
    """
    number = found = 0
    while line := stream.readline(LARGEST + 1):
        number += 1
        if number == 1:
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                yield item.reject("encoding", "the file is UTF-16; JSON lines must be UTF-8")
                return
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) > LARGEST and not line.endswith(b"\n"):
            found += 1
            yield _too_large(item, "the line", f"#L{number}")
            while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            continue
        payload = line.rstrip(b"\r\n")
        if payload.strip():
            found += 1
            yield item.raw(f"#L{number}", NDJSON, payload)
    if not found:
        yield item.reject("empty", "the file holds no line")


def read_json(stream: BinaryIO, item: Item) -> Iterator[Record]:
    """A JSON value as one input; of a list, or of values one after another, each: ``file#3``.

    A file that does not even begin as JSON is an input all the same. Where a list breaks off,
    what came before is kept and a reject says where it broke.
    """
    head = _at_most(stream, LARGEST + 1)
    fits = len(head) <= LARGEST
    values = Values(head, stream, LARGEST, ended=fits)
    number = 0
    try:
        for number, text in enumerate(values, 1):
            if number == 1 and fits and not values.is_list and values.at_end():
                yield item.raw("", JSON, head)
                return
            yield item.raw(f"#{number}", JSON, text)
        if not number:
            yield _nothing(item, head, values)
    except JsonError as error:
        if error.reason == "too_large":
            yield _too_large(item, "the JSON value", f"#{error.number}")
        elif error.number == 1 and fits and not values.is_list:
            yield item.raw("", JSON, head)
        else:
            detail = f"{error}{_before(error.number - 1)}; mend the file from there on"
            yield item.reject(error.reason, detail, f"#{error.number}")


def _nothing(item: Item, head: bytes, values: Values) -> Record:
    if values.is_list:
        return item.reject("empty", "the file holds an empty list")
    return item.raw("", JSON, head)


def _too_large(item: Item, what: str, part: str = "") -> Reject:
    limit = f"{LARGEST // (1024 * 1024)} MB" if LARGEST >= _CHUNK else f"{LARGEST} bytes"
    return item.reject("too_large", f"{what} is larger than {limit}; split it", part)


def _at_most(stream: BinaryIO, size: int) -> bytes:
    """Up to ``size`` bytes, without taking that much memory beforehand."""
    chunks = []
    while size > 0 and (chunk := stream.read(min(size, _CHUNK))):
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


#: The formats by the end of a file's name, lower case.
FORMATS: Mapping[str, Format] = {
    ".txt": partial(read_whole, media_type=TEXT),
    ".html": partial(read_whole, media_type=HTML),
    ".htm": partial(read_whole, media_type=HTML),
    ".json": read_json,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
}


def is_gzip(name: str) -> bool:
    return name.lower().endswith(".gz")


def extension(name: str) -> str:
    """The end of a file's name that tells its format, lower case, without ``.gz``."""
    lowered = PurePath(name.lower())
    return (PurePath(lowered.stem) if lowered.suffix == ".gz" else lowered).suffix


def format_of(name: str) -> Format | None:
    return FORMATS.get(extension(name))


def sniffed_name(first_line: bytes) -> str:
    """A name for data that came without one (standard input), from how it begins."""
    start = first_line.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"\x1f\x8b"):
        raise ValueError("is gzip data; decompress it on the way: gzip -dc FILE | ...")
    if start.startswith((b"{", b"[")):
        try:
            value = json.loads(start)
        except ValueError:
            return "stdin.json"
        return "stdin.jsonl" if isinstance(value, dict) else "stdin.json"
    return "stdin.html" if start.startswith(b"<") else "stdin.txt"
