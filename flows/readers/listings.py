"""What names articles by their addresses: feeds, sitemaps, lists of addresses.

Each entry is a ``Link``. Where a feed holds the whole text of an entry, the link has it as a record
of its own, for those who do not follow it. Nothing is fetched here.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO
from urllib.parse import urljoin

from lxml import etree

from flows.errors import told
from flows.readers.item import Item, Link, at_most, read_before
from transforms.model import NDJSON, RawArticle, Reject

_ENDED = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
#: What a site's software says below each entry of a feed: "The post TITLE appeared first on SITE."
_FOOTER = re.compile(
    r"\s*<p>\s*The post <a [^<>]*>[^<>]*</a> (?:appeared first|first appeared) on "
    r"<a [^<>]*>[^<>]*</a>\.?\s*</p>\Z"
)
_LONGEST_FOOTER = 2048
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?\Z", re.IGNORECASE)
_LONGEST_ADDRESS = 8192
#: Bytes at the end of a feed in which its root ends.
_END = 4096
#: Elements of a sitemap that hold an address.
_ENTRIES = frozenset({"url", "sitemap"})


def read_feed(stream: BinaryIO, item: Item) -> Iterator[RawArticle | Reject | Link]:
    """The entries of RSS of every version and of Atom: ``feed.xml#3``.

    An entry without an address is an input if it holds a text, and a reject if not.
    """
    import feedparser

    payload = at_most(stream, item.limits.input_bytes + 1)
    if len(payload) > item.limits.input_bytes:
        yield item.too_large("the feed")
        return
    where = item.address or ""
    try:
        found = feedparser.parse(
            io.BytesIO(payload), response_headers={"content-location": where} if where else {}
        )
    except Exception as error:  # it knows no error of its own: of what is odd, its parts raise any
        yield item.reject("malformed", f"the feed cannot be read: {told(error)}; mend it")
        return
    base = where or found.feed.get("link") or ""
    for number, entry in enumerate(found.entries, 1):
        yield _entry(entry, found.feed, base, item, f"#{number}")
    count = len(found.entries)
    if not _ENDED.search(payload[-_END:]):
        yield item.reject("truncated", f"the feed ends too early{read_before(count)}; get it again")
    elif not count and found.bozo:
        yield item.reject("malformed", f"the feed cannot be read: {found.bozo_exception}; mend it")
    elif not count:
        yield item.reject("empty", "the feed holds no entry")


def _entry(
    entry: Mapping[str, Any], feed: Mapping[str, Any], base: str, item: Item, part: str
) -> RawArticle | Reject | Link:
    address = _address(base, entry.get("link") or entry.get("id") or "")
    text = _whole_text(entry)
    record = None
    if text:
        # A feed moves on: what was its third entry is its fourth tomorrow.
        lasting = item.address is not None and address is not None
        raw = item.raw(part, NDJSON, _record(entry, feed, address, text))
        record = RawArticle(
            address if lasting and address else raw.source_uri,
            raw.media_type,
            raw.fetched_at,
            raw.payload,
            raw.source,
            raw.address,
            raw.headers,
        )
    if address is None:
        why = "the entry has neither an address nor a text; ask whoever makes the feed"
        return record or item.reject("malformed", why, part)
    return Link(address, _updated(entry) or entry.get("published"), record, part)


def _updated(entry: Mapping[str, Any]) -> str | None:
    # feedparser gives the time of publication where there is none
    return entry["updated"] if "updated" in set(entry) else None


def _whole_text(entry: Mapping[str, Any]) -> str | None:
    """The longest content of an entry; what it only has a summary of has none."""
    contents = [str(one.get("value") or "") for one in entry.get("content", ())]
    text = max(contents, key=len, default="").strip()
    end = text[-_LONGEST_FOOTER:]
    return text.removesuffix(end) + _FOOTER.sub("", end) or None


def _record(
    entry: Mapping[str, Any], feed: Mapping[str, Any], address: str | None, text: str
) -> bytes:
    """An entry by our keys, as JSON that is the same whenever the entry is."""
    named = [one.get("name") for one in entry.get("authors", ())] or [entry.get("author")]
    language = _LANGUAGE.match(feed.get("language") or "")
    values = {
        "id": entry.get("id"),
        "title": entry.get("title"),
        "url": address,
        "published_at": entry.get("published") or _updated(entry),
        "modified_at": _updated(entry),
        "authors": [name for name in named if name],
        "publisher": entry.get("publisher")
        or (entry.get("source") or {}).get("title")
        or feed.get("publisher"),
        "language": language[1].lower() if language else None,
        "text": text,
    }
    kept = {key: value for key, value in values.items() if value}
    return json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace")


def read_sitemap(stream: BinaryIO, item: Item) -> Iterator[RawArticle | Reject | Link]:
    """The addresses of a sitemap or of an index of sitemaps, with the time that it gives them:
    of news their publication, of all else when they were last modified."""
    number = 0
    try:
        for number, values in enumerate(_sitemap_entries(stream), 1):
            if number > item.limits.members:
                most = f"more than {item.limits.members} addresses (limits.members)"
                yield item.reject("too_large", f"the sitemap holds {most}; split it")
                return
            listed = values.get("lastmod") or values.get("publication_date")
            address = _address(item.address or "", values.get("loc", ""))
            part = f"#{number}"
            if address is None:
                named = values.get("loc") or "nothing"
                yield item.reject("malformed", f"{named[:200]!r} is no address", part)
            else:
                yield Link(address, listed, part=part)
    except etree.XMLSyntaxError as error:
        reason = "truncated" if "Premature end" in str(error) else "malformed"
        detail = f"the sitemap breaks off: {error}{read_before(number)}; get it again"
        yield item.reject(reason, detail)
        return
    if not number:
        yield item.reject("empty", "the sitemap holds no address")


def _sitemap_entries(stream: BinaryIO) -> Iterator[dict[str, str]]:
    """What stands in each entry by the names of the elements; memory stays that of one."""
    values: dict[str, str] = {}
    for _, element in etree.iterparse(
        stream, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    ):
        if not isinstance(element.tag, str):
            continue
        name = re.split("[}:]", element.tag)[-1]  # an undeclared prefix stays before the name
        if name not in _ENTRIES:
            if not len(element) and element.text:
                values.setdefault(name, element.text.strip())
            continue
        yield values
        values = {}
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def read_addresses(stream: BinaryIO, item: Item) -> Iterator[RawArticle | Reject | Link]:
    """One address a line; lines that begin with # are comments."""
    for number, line in enumerate(_lines(stream), 1):
        named = line.strip()
        if not named or named.startswith("#"):
            continue
        address = _address("", named)
        if address is None:
            yield item.reject("malformed", f"{named[:200]!r} is no address", f"#L{number}")
        else:
            yield Link(address, part=f"#L{number}", fetch=True)


def _lines(stream: BinaryIO) -> Iterable[str]:
    first = True
    while line := stream.readline(_LONGEST_ADDRESS):
        yield line.removeprefix(codecs.BOM_UTF8 if first else b"").decode("utf-8", "replace")
        first = False


def _address(base: str, named: str) -> str | None:
    """An address as an absolute one, if it is one."""
    try:
        address = urljoin(base, named.strip())
    except ValueError:
        return None
    fits = address.startswith(("http://", "https://")) and len(address) < _LONGEST_ADDRESS
    return address if fits and not re.search(r"\s", address) else None
