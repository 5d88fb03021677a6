"""What readers give and take: an item to be read, and what comes of it.

An item is a file, a member of an archive or an answer of a server: bytes with a name. A reader of
a format makes records of it. Beside articles and rejects there are records that tell of reading
itself: what was not fetched again, what a server said, how a source fared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Protocol

from flows.limits import Limits
from transforms.model import RawArticle, Reject, Source

_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Visit:
    """What a server answered to one request: what the next request of the address begins from.

    ``listed`` is the time that a feed or sitemap gave the address, as written there. Times are UTC
    without a zone. ``trouble`` is why it gave nothing this time and is to be asked again.
    """

    source: str
    address: str
    visited_at: dt.datetime
    status: int | None
    etag: str | None = None
    last_modified: str | None = None
    listed: str | None = None
    raw_id: str | None = None
    trouble: str | None = None


@dataclass(frozen=True)
class Unchanged:
    """An input that need not be read again: nothing has changed at its address."""

    source: str
    source_uri: str


@dataclass(frozen=True)
class SourceState:
    """How reading a source went, told when it is over; ``trouble`` says why it was not read.

    ``hints`` are keys of its records that look of use and are not used, each as a sentence.
    """

    source: str
    path: str
    trouble: str | None = None
    hints: tuple[str, ...] = ()


#: What reading yields. The first three are inputs and are counted; the others tell of reading.
Seen = RawArticle | Reject | Unchanged | Visit | SourceState


@dataclass(frozen=True)
class Link:
    """An address that a feed, a sitemap or a list names.

    ``listed`` is the time that it gives, as written there; ``record`` is the article itself, where
    the list holds it (a feed with whole texts). ``fetch`` says that it is fetched where the source
    does not say otherwise: there is nothing else in a list of addresses.
    """

    address: str
    listed: str | None = None
    record: RawArticle | None = None
    part: str = ""
    fetch: bool = False


class Unreadable(Exception):  # noqa: N818 - an outcome with a message for people
    """An item is damaged, or not what it says it is; the message says how."""


class Budget(Protocol):
    """What may still come out of the archives around an item."""

    def add(self, size: int) -> None:
        """Count bytes that came out. Raises ``Expanded`` beyond what may."""


@dataclass(frozen=True)
class Item:
    """Something to read: its place in the source, when it was last modified, how to open it.

    ``name`` is what its format is told by where its content does not say: the end of its place,
    without what was peeled off. ``depth`` counts the archives around it, ``spent`` what came out
    of them. ``address`` and ``headers`` are those that it was fetched from and with.
    """

    uri: str
    modified: dt.datetime
    source: Source
    open: Callable[[], AbstractContextManager[BinaryIO]]
    limits: Limits = field(default_factory=Limits)
    name: str = ""
    depth: int = 0
    address: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    spent: Budget | None = None

    def raw(
        self,
        part: str,
        media_type: str,
        payload: bytes,
        *,
        address: str | None = None,
        headers: tuple[tuple[str, str], ...] = (),
        fetched_at: dt.datetime | None = None,
    ) -> RawArticle:
        """An input; ``part`` (``#L12``, ``#3`` or nothing) says where in the item it stands."""
        return RawArticle(
            self.uri + part,
            media_type,
            fetched_at or self.modified,
            payload,
            self.source,
            address or self.address,
            headers or self.headers,
        )

    def reject(self, reason: str, detail: str, part: str = "") -> Reject:
        return Reject(self.source.name, self.uri + part, reason, f"{self.uri}{part}: {detail}")

    def too_large(self, what: str, part: str = "") -> Reject:
        """The reject of what is larger than an input may be."""
        limit = self.limits.input_bytes
        told = f"{limit // _CHUNK} MB" if limit >= _CHUNK else f"{limit} bytes"
        return self.reject(
            "too_large", f"{what} is larger than {told} (limits.input_bytes); split it", part
        )

    def member(
        self,
        name: str,
        modified: dt.datetime,
        opener: Callable[[], AbstractContextManager[BinaryIO]],
        spent: Budget | None = None,
    ) -> Item:
        """An item within this one: a file in an archive."""
        return replace(
            self,
            uri=f"{self.uri}/{name}",
            name=name,
            modified=modified,
            open=opener,
            depth=self.depth + 1,
            spent=spent or self.spent,
        )


#: A reader of a format: what is in the stream that stands at its beginning.
Format = Callable[[BinaryIO, Item], Iterator[RawArticle | Reject | Link | Item]]


def at_most(stream: BinaryIO, size: int) -> bytes:
    """Up to ``size`` bytes, without taking that much memory beforehand."""
    chunks = []
    while size > 0 and (chunk := stream.read(min(size, _CHUNK))):
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


def read_before(count: int) -> str:
    """``" (3 inputs were read before)"``, of what broke off."""
    what = "1 input was" if count == 1 else f"{count} inputs were"
    return f" ({what} read before)" if count else ""
