"""From addresses to inputs: what a listing names is fetched, and only what may have changed.

What is remembered of an address is what its server answered last. A page whose list gives it the
same time as then is not asked for; others are asked for on condition that they have changed.
"""

from __future__ import annotations

import datetime as dt
import itertools
import logging
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from flows.fetching.answer import Answer, Bounds, Trouble
from flows.fetching.settings import Fetch
from flows.limits import Limits
from flows.readers.item import Item, Link, Seen, SourceState, Unchanged, Visit
from flows.readers.peel import bare, is_compressed
from flows.readers.reading import read_item
from flows.readers.recognise import ENDINGS, kind_of
from transforms.model import RawArticle, Reject, Source

if TYPE_CHECKING:
    from flows.fetching.client import Client

_log = logging.getLogger(__name__)

#: Kinds that may be larger and take longer than a page.
_FILES = frozenset(
    {"jsonl", "csv", "tsv", "parquet", "warc", "zip", "tar", "mbox", "sitemap", "addresses"}
)
#: Endings by media type, for addresses that have none that is known.
_BY_TYPE: Mapping[str, str] = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
}
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
#: Bytes of an answer that its kind is told from.
_HEAD = 8192
#: Visits by address, each a row of ``warehouse.lake.Lake.visits``.
Memory = Mapping[str, Mapping[str, Any]]


def _nothing(_: str) -> Memory:
    return {}


class Web:
    """Servers, and what is remembered of them by source; close it.

    ``ended`` is set when reading shall end at once: what waits raises
    :class:`flows.fetching.outcomes.Ended` then.
    """

    def __init__(
        self,
        settings: Fetch | None = None,
        memory: Callable[[str], Memory] = _nothing,
        ended: threading.Event | None = None,
    ) -> None:
        self.settings = settings or Fetch()
        self.memory = memory
        self._ended = ended
        self._client: Client | None = None
        self._threads: ThreadPoolExecutor | None = None

    def ask(self, address: str, limits: Limits, known: Known) -> Future[Answer | Trouble]:
        """The answer, some time."""
        if self._client is None or self._threads is None:
            from flows.fetching.client import Client

            self._client = Client(self.settings, self._ended)
            self._threads = ThreadPoolExecutor(self.settings.concurrency, "fetch")
        etag, last_modified = known.conditions
        return self._threads.submit(
            self._client.get,
            address,
            bounding(limits, self.settings),
            etag=etag,
            last_modified=last_modified,
        )

    def close(self) -> None:
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
        if self._client is not None:
            self._client.close()


@dataclass(frozen=True)
class Address:
    """A source that is an address of the web: a page, or a list of pages that is followed."""

    source: Source
    path: str
    follow: bool = True

    @property
    def base(self) -> str:
        """What two sources of one name must share: an input of the web is known by its address."""
        return "the web"


@dataclass(frozen=True)
class Known:
    """What is remembered of an address, and may be relied on."""

    row: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_input(self) -> bool:
        return bool(self.row.get("built"))

    @property
    def holds(self) -> bool:
        """Whether all that came of it then is in the lake."""
        if not self.row or self.row["trouble"]:
            return False
        of_one = self.row["raw_id"] is not None or (self.row["status"] or 0) >= 400
        return bool(self.row["built"] if of_one else self.row["whole"])

    @property
    def conditions(self) -> tuple[str | None, str | None]:
        """ETag and Last-Modified to ask with."""
        good = self.row and (self.is_input if self.row["raw_id"] is not None else self.holds)
        return (self.row["etag"], self.row["last_modified"]) if good else (None, None)

    def listed_so(self, listed: str | None) -> bool:
        return listed is not None and self.holds and self.row["listed"] == listed


@dataclass
class Follower:
    """Follows the links of one source; an address that is listed twice is fetched once."""

    web: Web
    source: Source
    limits: Limits
    follow: bool | None = None
    seen: set[str] = field(default_factory=set)
    _memory: Memory | None = None

    def known(self, address: str) -> Known:
        """What is remembered of an address; the lake is asked once a source."""
        if self._memory is None:
            self._memory = self.web.memory(self.source.name)
        return Known(self._memory.get(address, {}))

    def records(
        self, found: Iterable[RawArticle | Reject | Link], item: Item, depth: int = 0
    ) -> Generator[Seen, None, bool]:
        """The records, in their order, and in the place of each link what it leads to; tells
        whether all of them are settled, so that the list need not be read again."""
        settled = True
        waiting: deque[tuple[Link, Known, Future[Answer | Trouble]] | Seen] = deque()
        most, asked = 2 * self.web.settings.concurrency, 0
        for record in itertools.chain(found, (None,)):
            if isinstance(record, Link) and self._followed(record):
                if record.address in self.seen:
                    continue
                self.seen.add(record.address)
                known = self.known(record.address)
                if known.listed_so(record.listed):
                    if known.is_input:
                        waiting.append(Unchanged(self.source.name, record.address))
                else:
                    future = self.web.ask(record.address, self.limits, known)
                    waiting.append((record, known, future))
                    asked += 1
            elif record is not None:
                waiting.append(unfollowed(record, item) if isinstance(record, Link) else record)
            while waiting and (
                record is None or asked >= most or not isinstance(waiting[0], tuple)
            ):
                first = waiting.popleft()
                if isinstance(first, tuple):
                    asked -= 1
                    link, known, future = first
                    one_settled = yield from self.settle(link, known, future.result(), depth)
                    settled = settled and one_settled
                else:
                    yield first
        return settled

    def _followed(self, link: Link) -> bool:
        return link.fetch if self.follow is None else self.follow

    def settle(
        self, link: Link, known: Known, answer: Answer | Trouble, depth: int
    ) -> Generator[Seen, None, bool]:
        """What came of asking for a link."""
        if isinstance(answer, Trouble):
            return (yield from self._troubled(link, known, answer))
        if answer.status == 304:
            if known.is_input:
                yield Unchanged(self.source.name, link.address)
            yield from self._visited(link, known, answer, known.row["raw_id"])
            return True
        try:
            return (yield from self._read(link, known, answer, depth))
        finally:
            answer.close()

    def _troubled(self, link: Link, known: Known, trouble: Trouble) -> Generator[Seen, None, bool]:
        name, address = self.source.name, link.address
        if trouble.reason is None:
            # What was known before is known still: the next answer is compared with it.
            etag, last_modified, listed, raw_id = (
                known.row.get(key) for key in ("etag", "last_modified", "listed", "raw_id")
            )
            yield Visit(
                name,
                address,
                _now(),
                trouble.status,
                etag,
                last_modified,
                listed,
                raw_id,
                trouble.detail,
            )
            return False
        yield Reject(name, address, trouble.reason, f"{address}: {trouble.detail}")
        if trouble.again:
            return False
        visit = Visit(name, address, _now(), trouble.status, listed=link.listed)
        if not _same(visit, known):
            yield visit
        return True

    def _read(
        self, link: Link, known: Known, answer: Answer, depth: int
    ) -> Generator[Seen, None, bool]:
        item = Item(
            link.address,
            answer.at,
            self.source,
            answer.open,
            self.limits,
            name_of(answer.final, answer.media_type),
            address=answer.final,
            headers=answer.headers,
        )
        with answer.open() as body:
            kind = kind_of(item.name, body.read(_HEAD))
        if depth > self.limits.depth and kind in ("feed", "sitemap", "addresses"):
            detail = f"more than {self.limits.depth} lists within lists (limits.depth)"
            yield item.reject("too_deep", detail)
            return True
        found = read_item(item)
        first = next(found, None)
        if first is None:
            given = answer.media_type or "of a type that the server does not tell"
            first = item.reject("unreadable", f"there is no reader for it, it is {given}")
        if isinstance(first, RawArticle) and first.source_uri == link.address:
            if known.is_input and known.row["raw_id"] == first.raw_id:
                yield Unchanged(self.source.name, link.address)
            else:
                yield first
            yield from self._visited(link, known, answer, first.raw_id)
            return True
        settled = yield from self.records(itertools.chain((first,), found), item, depth + 1)
        if settled:
            yield from self._visited(link, known, answer, None)
        else:
            visit = Visit(self.source.name, link.address, answer.at, answer.status)
            if not _same(visit, known):
                yield visit
        return settled

    def _visited(
        self, link: Link, known: Known, answer: Answer, raw_id: str | None
    ) -> Iterator[Visit]:
        """What to remember of an answer, if it is not remembered yet."""
        etag, last_modified = answer.header("etag"), answer.header("last-modified")
        if answer.status == 304:
            etag = etag or known.row["etag"]
            last_modified = last_modified or known.row["last_modified"]
        visit = Visit(
            self.source.name,
            link.address,
            answer.at,
            200,
            etag,
            last_modified,
            link.listed,
            raw_id,
        )
        if not _same(visit, known):
            yield visit


def fetched(place: Address, web: Web, limits: Limits) -> Iterator[Seen]:
    """The inputs of an address, and at last its state."""
    follower = Follower(web, place.source, limits, place.follow)
    known = follower.known(place.path)
    follower.seen.add(place.path)
    answer = web.ask(place.path, limits, known).result()
    if isinstance(answer, Trouble):
        yield SourceState(place.source.name, place.path, f"{place.path}: {answer.detail}")
        return
    if answer.moved:
        _log.warning("%s has moved for good to %s: change the source", place.path, answer.moved)
    yield from follower.settle(Link(place.path, fetch=True), known, answer, 0)
    yield SourceState(place.source.name, place.path)


def unfollowed(link: Link, item: Item) -> RawArticle | Reject:
    """What a list itself holds of an article, where its addresses are not followed."""
    if link.record is not None:
        return link.record
    return item.reject(
        "not_fetched",
        f"only the address {link.address} is given; set `follow = true` on the source to fetch it",
        link.part,
    )


def bounding(limits: Limits, settings: Fetch) -> Callable[[str, str, bytes], Bounds]:
    """What an answer may come to, by what it is."""
    page = Bounds(limits.input_bytes, settings.seconds, "limits.input_bytes")
    file = Bounds(settings.file_bytes, settings.file_seconds, "fetch.file_bytes")

    def of(address: str, media_type: str, head: bytes) -> Bounds:
        large = is_compressed(head) or kind_of(name_of(address, media_type), head) in _FILES
        return file if large else page

    return of


def name_of(address: str, media_type: str) -> str:
    """The name that an answer's kind is told by where its content does not say: the end of its
    address, with an ending by the media type where that has none that says something."""
    name = PurePosixPath(unquote(urlsplit(address).path)).name or "index"
    known = PurePosixPath(bare(name.lower())).suffix in ENDINGS
    if known and media_type not in _PAGES:
        return name
    return name + _BY_TYPE.get(media_type, "") if not known else f"index{_BY_TYPE[media_type]}"


def _same(visit: Visit, known: Known) -> bool:
    """Whether a visit says nothing that is not remembered, and relied on, already."""
    if not known.holds:
        return False
    row = known.row
    return all(
        getattr(visit, key) == row[key]
        for key in ("status", "etag", "last_modified", "listed", "raw_id", "trouble")
    )


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def remembered(rows: Iterable[Mapping[str, Any]]) -> Memory:
    """The rows of ``Lake.visits`` by address."""
    return {row["address"]: row for row in rows}
