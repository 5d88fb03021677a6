"""Web archives: the pages that servers answered with, each with its address, time and headers."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from flows.readers.gzip_members import GzipMembers
from flows.readers.item import Item, at_most
from flows.readers.peel import peeled
from flows.readers.recognise import HEAD, by_content
from transforms.model import HTML, TEXT, RawArticle, Reject

_log = logging.getLogger(__name__)

#: Bytes that the headers of an answer may have.
_HEADERS = 65_536
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})")
_MEDIA: dict[str, str] = {"text/html": HTML, "application/xhtml+xml": HTML, "text/plain": TEXT}
#: Texts that tell of a site and not of the world: /robots.txt, /.well-known/security.txt.
_OF_SITE = re.compile(r"/(?:\.well-known/)?[\w-]+\.txt", re.IGNORECASE)
#: Endings of texts that are written for machines.
_FOR_MACHINES = re.compile(r"\.(?:js|mjs|css|csv|map|json|xml|svg|ya?ml|log)$", re.IGNORECASE)
#: Records that are there beside the pages and are not told of.
_BESIDE = WarcRecordType.warcinfo | WarcRecordType.request | WarcRecordType.metadata


@dataclass(frozen=True)
class _Answer:
    """What a record holds: the headers of the answer, names in lower case, and its body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


def read_warc(stream: BinaryIO, item: Item) -> Iterator[RawArticle | Reject]:
    """The pages of a WARC, as it is or compressed: ``file#12`` is its twelfth record.

    A page is a response with status 200, or a resource, that is HTML or a text; its payload is
    decoded. Other records are left out, with one warning a file. A record that breaks off is a
    reject; behind a gzip member that is damaged reading goes on. Raises what a broken stream does.
    """
    left_out: Counter[str] = Counter()
    number = 0
    members = _members(stream, item)
    source = _Source(members or peeled(stream, "", item.limits.expansion)[0])
    going = True
    while going:
        broken_off = False
        try:
            for record in ArchiveIterator(source, parse_http=False, stream_detect=False):
                number += 1
                if number > item.limits.members:
                    yield _too_many(item)
                    return
                seen = _read(record, item, f"#{number}", members)
                if isinstance(seen, str):
                    left_out[seen] += 1
                elif seen is not None:
                    broken_off = isinstance(seen, Reject) and seen.reason in _BROKEN
                    yield seen
        except OSError as error:
            if source.error is None and (members is None or members.broken is None):
                number += 1
                yield _no_record(item, number, error)
                break
        if source.error is not None and not broken_off:
            raise source.error
        going = members is not None and members.broken is not None
        if members is not None and going:
            if not broken_off:
                number += 1
                yield _broken(item, f"#{number}", f"record {number}", members)
            going = members.resume()
    if left_out:
        _log.warning("%s: %s", item.uri, _told(left_out))


_BROKEN = frozenset({"truncated", "unreadable"})


class _Source:
    """A stream as fastwarc reads it: forward, and what reading raises kept in ``error``, since it
    would end the process."""

    def __init__(self, stream: io.RawIOBase | io.BufferedReader) -> None:
        self._stream = stream
        self._at = 0
        self.error: Exception | None = None

    def read(self, size: int = _HEADERS) -> bytes:
        if self.error is not None:
            return b""
        try:
            data = self._stream.read(size) or b""
        except Exception as error:
            self.error = error
            return b""
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._at  # asked only where it stands

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        """The stream is closed by who opened it."""


def _members(stream: BinaryIO, item: Item) -> GzipMembers | None:
    """The members of a .warc.gz that can be sought in."""
    if not stream.seekable():
        return None
    start = stream.tell()
    head = stream.read(HEAD)
    stream.seek(start)
    try:
        plain = zlib.decompressobj(31).decompress(head, 16)
    except zlib.error:
        return None
    if not plain.startswith(b"WARC/"):
        return None
    return GzipMembers(stream, item.limits.expansion, b"WARC/")


def _read(
    record: WarcRecord, item: Item, part: str, members: GzipMembers | None
) -> RawArticle | Reject | str | None:
    """An input, a reject, or what to call the record among those left out; None for those beside
    the pages."""
    kind = record.record_type
    address = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    where = f"record {part[1:]} ({_shown(address)})"
    if record.headers.get("Content-Length") is None:
        return _broken(item, part, where, members)
    if kind & _BESIDE:
        return None
    if kind not in (WarcRecordType.response, WarcRecordType.resource):
        return str(kind).split(".")[-1].lower()
    if kind == WarcRecordType.response and not address.startswith(("http://", "https://")):
        return f"{address.partition(':')[0][:20] or 'no'} address"
    answer, size = _answer(record, item.limits.input_bytes, kind)
    if answer is None:
        cut = size < min(record.content_length, _HEADERS)
        return _broken(item, part, where, members) if cut else "no HTTP"
    if answer.status != 200:
        return f"status {answer.status}"
    media_type = _media_type(answer, address, kind)
    if media_type is None:
        return answer.header("content-type").split(";")[0].strip().lower()[:60] or "no type"
    if size > item.limits.input_bytes + _HEADERS:
        return item.too_large(where, part)
    if size < record.content_length:
        return _broken(item, part, where, members)
    why = record.headers.get("WARC-Truncated")
    if why or record.headers.get("WARC-Segment-Number"):
        why = f"was cut off when it was fetched ({why})" if why else "is in several parts"
        return item.reject("truncated", f"{where} {why}; fetch it again", part)
    body = _decoded(answer, item.limits.input_bytes)
    if body is None:
        coding = answer.header("content-encoding") or answer.header("transfer-encoding")
        return item.reject("unreadable", f"{where} is not {coding} data, as it says", part)
    if len(body) > item.limits.input_bytes:
        return item.too_large(where, part)
    content = by_content(body[:HEAD])
    if content not in (None, "html"):
        return f"{content} called {answer.header('content-type').split(';')[0][:60]}"
    web = address if address.startswith(("http://", "https://")) else None
    return item.raw(
        part,
        HTML if content == "html" else media_type,
        body,
        address=web,
        headers=answer.headers,
        fetched_at=_time(record),
    )


def _broken(item: Item, part: str, where: str, members: GzipMembers | None) -> Reject:
    """The reject of a record that is not whole."""
    if members is not None and members.broken is not None and not members.ended:
        return item.reject("unreadable", f"the gzip data {members.broken} in {where}", part)
    return item.reject("truncated", f"the file breaks off in {where}; get the whole file", part)


def _answer(record: WarcRecord, limit: int, kind: WarcRecordType) -> tuple[_Answer | None, int]:
    """The answer in a record, and the bytes that were read of it; no more of the body than its
    headers ask for."""
    reader = cast(BinaryIO, record.reader)
    if kind == WarcRecordType.resource:
        said = record.headers.get("Content-Type") or ""
        headers: tuple[tuple[str, str], ...] = (("content-type", said),)
        if _MEDIA.get(said.split(";")[0].strip().lower()) != HTML:
            return _Answer(200, headers, b""), 0
        body = at_most(reader, limit + _HEADERS + 1)
        return _Answer(200, headers, body), len(body)
    head = at_most(reader, _HEADERS)
    status, end = _STATUS.match(head), _HEADERS_END.search(head)
    if status is None or end is None:
        return None, len(head)
    headers = tuple(_headers(head[: end.start()]))
    answer = _Answer(int(status[1]), headers, head[end.end() :])
    said = answer.header("content-type").split(";")[0].strip().lower()
    if answer.status != 200 or (said and said not in _MEDIA):
        return answer, 0
    more = at_most(reader, limit + 1) if len(head) == _HEADERS else b""
    return _Answer(answer.status, headers, answer.body + more), len(head) + len(more)


def _headers(head: bytes) -> Iterator[tuple[str, str]]:
    unfolded = re.sub(rb"\r?\n[ \t]+", b" ", head)
    for line in re.split(rb"\r?\n", unfolded)[1:]:
        name, colon, value = line.partition(b":")
        if colon and name.strip():
            yield _text(name).lower(), _text(value)


def _text(written: bytes) -> str:
    try:
        text = written.decode("utf-8")
    except UnicodeDecodeError:
        text = written.decode("latin-1")
    return "".join(c for c in text.strip() if c.isprintable())


def _media_type(answer: _Answer, address: str, kind: WarcRecordType) -> str | None:
    said = answer.header("content-type").split(";")[0].strip().lower()
    media_type = _MEDIA.get(said)
    if not said and by_content(answer.body[:HEAD]) == "html":
        return HTML
    if media_type == TEXT:
        try:
            path = urlsplit(address).path
        except ValueError:
            return None
        machines = _OF_SITE.fullmatch(path) or _FOR_MACHINES.search(path)
        return None if machines or kind == WarcRecordType.resource else TEXT
    return media_type


def _decoded(answer: _Answer, limit: int) -> bytes | None:
    """The body without its codings, up to a byte more than the limit; None if it has others.

    Archives often keep a body that was decoded already under the headers that it came with."""
    body = answer.body
    codings = answer.header("content-encoding").lower().split(",")
    if "chunked" in answer.header("transfer-encoding").lower():
        codings.append("chunked")
    for coding in reversed([coding.strip() for coding in codings]):
        if coding in ("", "identity", "none"):
            continue
        try:
            body = _without(body, coding, limit)
        except (OSError, zlib.error):
            plain = body[:HEAD].lstrip()
            if coding != "chunked" and not plain.startswith(b"<") and by_content(plain) != "html":
                return None
    return body


def _without(body: bytes, coding: str, limit: int) -> bytes:
    stream = io.BytesIO(body)
    if coding in ("gzip", "x-gzip"):
        return at_most(cast(BinaryIO, GzipReader(stream)), limit + 1)
    if coding == "deflate":
        try:
            return zlib.decompressobj().decompress(body, limit + 1)
        except zlib.error:
            return zlib.decompressobj(-15).decompress(body, limit + 1)
    if coding == "br":
        return at_most(cast(BinaryIO, BrotliReader(stream)), limit + 1)
    if coding == "zstd":
        return at_most(cast(BinaryIO, ZstdReader(stream)), limit + 1)
    if coding == "chunked":
        return at_most(cast(BinaryIO, ChunkedReader(stream)), limit + 1)
    raise OSError(f"no reader for {coding}")


def _time(record: WarcRecord) -> dt.datetime | None:
    """When it was fetched, in UTC without a zone."""
    date = record.headers.get("WARC-Date")
    if not date:
        return None
    try:
        at = dt.datetime.fromisoformat(date.strip())
        return (at.astimezone(dt.UTC) if at.tzinfo else at).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _no_record(item: Item, number: int, error: OSError) -> Reject:
    return item.reject(
        "malformed",
        f"what follows record {number - 1} is not a WARC record ({str(error)[:100].rstrip('.')}); "
        "get the file again",
        f"#{number}",
    )


def _too_many(item: Item) -> Reject:
    return item.reject(
        "too_large",
        f"it holds more than {item.limits.members:,} records (limits.members); split it",
    )


def _shown(address: str) -> str:
    return "".join(c for c in address[:200] if c.isprintable()) or "without an address"


def _told(left_out: Counter[str]) -> str:
    one = left_out.total() == 1
    count = "1 record is not a page" if one else f"{left_out.total():,} records are not pages"
    kinds = [f"{_shown(kind)} ({number:,})" for kind, number in sorted(left_out.items())]
    if len(kinds) > 12:
        kinds = [*kinds[:12], f"{len(kinds) - 12} more kinds"]
    return f"{count}: {', '.join(kinds)}"
