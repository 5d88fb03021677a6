"""From an item to its records: peeled, recognised, read; archives are gone down into."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO, cast

from flows.readers.formats import COMPRESSED, FORMATS
from flows.readers.item import Item, Link, Unreadable, read_before
from flows.readers.peel import BROKEN, Expanded, NotCompressed, bare, peeled
from flows.readers.recognise import HEAD, kind_of, kind_of_unnamed
from transforms.model import RawArticle, Reject

_log = logging.getLogger(__name__)


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
    except Unreadable as error:
        yield item.reject("unreadable", f"{error}{read_before(count)}; get the file again")
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
    except (OSError, EOFError, NotCompressed, Expanded, Unreadable, *BROKEN):
        return "unreadable"


def _read(stream: BinaryIO, item: Item, unnamed: bool) -> Iterator[RawArticle | Reject | Link]:
    start = stream.tell() if stream.seekable() else None
    plain, name = peeled(stream, item.name or item.uri, item.limits.expansion)
    head = _head(plain)
    kind = kind_of_unnamed(head) if unnamed else kind_of(name, head)
    if kind is None:
        return
    left_out: Counter[str] = Counter()
    read_one = False
    bare_stream = cast(BinaryIO, plain)
    if kind in COMPRESSED and start is not None:
        stream.seek(start)
        bare_stream = stream
    for record in FORMATS[kind](bare_stream, item):
        members = read_item(record) if isinstance(record, Item) else (record,)
        number = 0
        for number, member in enumerate(members, 1):  # noqa: B007 (counted)
            yield member
        if number:
            read_one = True
        elif isinstance(record, Item):
            left_out[ending(record)] += 1
    if left_out and read_one:
        _log.warning("%s", told_left_out(item.uri, left_out))
    elif not read_one:
        told = f"nothing that can be read, only {listed(left_out)}" if left_out else "nothing"
        yield item.reject("empty", f"the file holds {told}")


def ending(item: Item) -> str:
    """The end of an item's name, by which a person knows its kind."""
    return PurePath(bare((item.name or item.uri).lower())).suffix or "no ending"


def told_left_out(where: object, kinds: Counter[str]) -> str:
    """The warning that files of a folder or an archive were left out, by their endings."""
    files = "1 file was" if kinds.total() == 1 else f"{kinds.total()} files were"
    return f"{where}: {files} left out, there is no reader for {listed(kinds)}"


def listed(kinds: Counter[str]) -> str:
    return ", ".join(f"{kind} ({count})" for kind, count in sorted(kinds.items()))


def _head(plain: io.BufferedReader) -> bytes:
    return plain.peek(HEAD)[:HEAD]
