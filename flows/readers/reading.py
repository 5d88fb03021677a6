"""From an item to its records: peeled, recognised, read; archives are gone down into."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from flows.readers.formats import FORMATS
from flows.readers.item import Item, Link, read_before
from flows.readers.peel import BROKEN, Expanded, NotCompressed, peeled
from flows.readers.recognise import HEAD, kind_of, kind_of_unnamed
from transforms.model import RawArticle, Reject


def read_item(item: Item, *, unnamed: bool = False) -> Iterator[RawArticle | Reject | Link]:
    """The inputs that an item holds, in its order, and the addresses that it lists.

    ``unnamed`` says that its name tells nothing, as on standard input. Never raises for what the
    item holds or for a failing disk: that is the last record then, a ``Reject`` that says how many
    inputs were read before it.
    """
    count = 0
    try:
        with item.open() as stream:
            for record in _read(stream, item, unnamed):
                yield record
                count += 1
    except EOFError:
        detail = f"the data ends too early{read_before(count)}; get the whole file"
        yield item.reject("truncated", detail)
    except Expanded as error:
        yield item.reject("too_large", f"{error}{read_before(count)}")
    except NotCompressed as error:
        detail = f"this is not {error} data{read_before(count)}; get the file again, or rename it"
        yield item.reject("unreadable", detail)
    except BROKEN as error:
        detail = f"its compressed data is damaged: {error}{read_before(count)}"
        yield item.reject("unreadable", f"{detail}; get the file again")
    except OSError as error:
        detail = f"cannot be read: {error.strerror or error}{read_before(count)}"
        yield item.reject("unreadable", f"{detail}; look at its permissions and the disk")


def kind_of_item(item: Item) -> str | None:
    """The kind of what an item holds, or None if no reader is known; ``OSError`` and what a broken
    stream raises count as readable, since reading it says what is wrong."""
    try:
        with item.open() as stream:
            plain, name = peeled(stream, item.name or item.uri, item.limits.expansion)
            return kind_of(name, plain.peek(HEAD)[:HEAD])
    except (OSError, EOFError, NotCompressed, Expanded, *BROKEN):
        return "unreadable"


def _read(stream: BinaryIO, item: Item, unnamed: bool) -> Iterator[RawArticle | Reject | Link]:
    plain, name = peeled(stream, item.name or item.uri, item.limits.expansion)
    head = _head(plain)
    kind = kind_of_unnamed(head) if unnamed else kind_of(name, head)
    if kind is None:
        return
    reader = FORMATS[kind]
    for record in reader(cast(BinaryIO, plain), item):
        if not isinstance(record, Item):
            yield record
        elif record.depth > item.limits.depth:
            yield record.reject(
                "too_deep",
                f"more than {item.limits.depth} archives within archives (limits.depth); unpack it",
            )
        else:
            yield from read_item(record)


def _head(plain: io.BufferedReader) -> bytes:
    return plain.peek(HEAD)[:HEAD]
