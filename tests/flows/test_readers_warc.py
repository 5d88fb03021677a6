"""Web archives: which records are inputs, what they carry, and what is told of the others."""

from __future__ import annotations

import datetime as dt
import gzip
import logging
import zlib
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.limits import Limits
from tests.flows.archived import HTML_TYPE, Archive, page, pages
from tests.flows.reading import inputs, reasons, records, reject, unnamed
from tests.properties import examples
from transforms.article import read_article
from transforms.model import HTML, TEXT, Article, RawArticle

A = "https://a.example/news/one"
TEXT_TYPE = ("Content-Type", "text/plain")
GZIP = ("Content-Encoding", "gzip")
CHUNKED = ("Transfer-Encoding", "chunked")
#: Where in an archive, whose identifiers are others each time.
_SHARE = st.floats(0, 1)


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def stored(tmp_path: Path, data: bytes, name: str = "a.warc.gz") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_a_page_carries_its_address_its_time_and_its_headers(tmp_path: Path) -> None:
    headers = [HTML_TYPE, ("ETag", '"7"'), ("X-Note", "one\r\n two")]
    data = Archive().request(A).response(A, page("One"), headers).end()
    (one,) = records(stored(tmp_path, data))
    assert isinstance(one, RawArticle)
    assert one.source_uri == "a.warc.gz#3"
    assert one.media_type == HTML
    assert one.payload == page("One")
    assert one.address == A
    assert one.fetched_at == dt.datetime(2025, 3, 4, 5, 6, 7)
    assert dict(one.headers)["content-type"] == "text/html; charset=utf-8"
    assert dict(one.headers)["etag"] == '"7"'


def test_records_have_one_number_however_the_archive_comes(tmp_path: Path) -> None:
    plain, packed = pages(20, gzip=False).end(), pages(20).end()
    numbers = [f"#{number}" for number in range(2, 22)]
    forms = {
        "a.warc": plain,
        "a.warc.gz": packed,
        "b.warc.gz": gzip.compress(plain),
        "a.warc.zst": zstd.compress(plain),
        "a.bin": packed,
    }
    for name, data in forms.items():
        found = inputs(records(stored(tmp_path, data, name)))
        assert list(found) == [name + number for number in numbers]
        assert list(inputs(unnamed(data))) == [f"-{number}" for number in numbers]
        assert found[name + "#5"] == page("Story 3")


def test_what_is_no_page_is_left_out_and_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    archive = Archive().request(A).response(A, page("One")).revisit(A)
    archive.response("https://a.example/gone", page("Gone"), status="404 Not Found")
    archive.response("https://a.example/moved", b"", status="301 Moved")
    archive.response("https://a.example/i.png", b"\x89PNG", [("Content-Type", "image/png")])
    archive.response("https://a.example/robots.txt", b"User-agent: *", [TEXT_TYPE])
    archive.response("https://a.example/feed", b"<rss><channel/></rss>")
    archive.resource("metadata://wget/log", b"a log", "text/plain")
    with caplog.at_level(logging.WARNING):
        assert list(inputs(records(stored(tmp_path, archive.end())))) == ["a.warc.gz#3"]
    (message,) = caplog.messages
    assert message == (
        "a.warc.gz: 7 records are not pages: feed called text/html (1), image/png (1), "
        "revisit (1), status 301 (1), status 404 (1), text/plain (2)"
    )


def test_texts_and_resources_are_pages(tmp_path: Path) -> None:
    archive = Archive().resource("file:///a.html", page("One"), "text/html")
    archive.response("https://a.example/a/story.txt", b"The dam held.", [TEXT_TYPE])
    archive.response("https://a.example/x", page("X"), [("Content-Type", "application/xhtml+xml")])
    archive.response("https://a.example/y", page("Y"), [("Server", "none")])
    found = [one for one in records(stored(tmp_path, archive.end())) if isinstance(one, RawArticle)]
    assert [one.media_type for one in found] == [HTML, TEXT, HTML, HTML]
    assert [one.address for one in found] == [
        None, "https://a.example/a/story.txt", "https://a.example/x", "https://a.example/y",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([GZIP], gzip.compress(page("One"))),
        ([("Content-Encoding", "deflate")], zlib.compress(page("One"))),
        ([("Content-Encoding", "deflate")], zlib.compress(page("One"), wbits=-15)),
        ([("Content-Encoding", "zstd")], zstd.compress(page("One"))),
        ([CHUNKED], chunked(page("One"))),
        ([GZIP, CHUNKED], chunked(gzip.compress(page("One")))),
        ([GZIP], page("One")),
        ([("Content-Encoding", "br"), CHUNKED], page("One")),
    ],
    ids=["gzip", "deflate", "bare deflate", "zstd", "chunked", "both", "no gzip", "neither"],
)
def test_the_payload_is_decoded_also_where_it_was_decoded_already(
    headers: list[tuple[str, str]], body: bytes
) -> None:
    data = Archive().response(A, body, [HTML_TYPE, *headers]).end()
    assert inputs(unnamed(data)) == {"-#2": page("One")}


def test_the_charset_of_the_header_is_honoured() -> None:
    text = "Жители деревни вернулись домой вечером, сообщила мэрия города. " * 3
    head = [("Content-Type", "text/html; charset=koi8-r")]
    body = f"<html><body><p>{text}</p></body></html>".encode("koi8-r")
    (one,) = unnamed(Archive().response(A, body, head).end())
    assert isinstance(one, RawArticle)
    found = read_article(one)
    assert isinstance(found, Article)
    assert found.text == text.strip()


def test_an_article_without_an_address_has_that_of_its_record() -> None:
    body = page("One", "The dam above the town of Lota held through the night, officials said.")
    head = [HTML_TYPE, ("Last-Modified", "Tue, 04 Mar 2025 05:06:07 GMT")]
    (one,) = unnamed(Archive().response("https://A.example/one?utm_source=x", body, head).end())
    assert isinstance(one, RawArticle)
    found = read_article(one)
    assert isinstance(found, Article)
    assert found.url == "https://a.example/one"
    assert found.published_at is None
    owned = body.replace(b"<head>", b'<head><link rel="canonical" href="https://b.example/own">')
    (one,) = unnamed(Archive().response(A, owned).end())
    assert isinstance(one, RawArticle)
    found = read_article(one)
    assert isinstance(found, Article)
    assert found.url == "https://b.example/own"


class TestBroken:
    def test_a_record_that_was_cut_off_when_fetched(self) -> None:
        data = Archive().response(A, page("One"), WARC_Truncated="length").end()
        found = reject(unnamed(data))
        assert found.reason == "truncated"
        assert f"record 2 ({A}) was cut off when it was fetched (length)" in found.detail

    @pytest.mark.parametrize("packed", [True, False])
    @pytest.mark.parametrize("left", [20, 90, 200])
    def test_a_file_that_breaks_off_keeps_what_came_before(
        self, tmp_path: Path, packed: bool, left: int
    ) -> None:
        archive = pages(3, gzip=packed)
        data = archive.end()[: archive.starts[-1] + left]
        found = records(stored(tmp_path, data, "a.warc"))
        assert [one.source_uri for one in found if isinstance(one, RawArticle)] == [
            "a.warc#2",
            "a.warc#3",
        ]
        assert reasons(found) == [("a.warc#4", "truncated")]
        assert "breaks off in record 4" in reject(found).detail

    def test_behind_a_damaged_gzip_member_reading_goes_on(self, tmp_path: Path) -> None:
        archive = pages(5)
        data = bytearray(archive.end())
        for start in (archive.starts[2], archive.starts[4]):
            data[start + 40] ^= 0xFF
            data[start + 41] ^= 0xFF
        found = records(stored(tmp_path, bytes(data)))
        assert [(one.source_uri, type(one).__name__) for one in found] == [
            ("a.warc.gz#2", "RawArticle"),
            ("a.warc.gz#3", "Reject"),
            ("a.warc.gz#4", "RawArticle"),
            ("a.warc.gz#5", "Reject"),
            ("a.warc.gz#6", "RawArticle"),
        ]
        assert {reason for _, reason in reasons(found)} == {"unreadable"}

    def test_what_is_no_record_ends_the_archive(self) -> None:
        archive = pages(3, gzip=False)
        data, at = archive.end(), archive.starts[2]
        found = unnamed(data[:at] + b"garbage\r\n" + data[at:])
        assert reasons(found) == [("-#3", "malformed")]
        assert len(found) == 2

    def test_a_length_that_is_a_lie_takes_no_memory(self) -> None:
        head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/x\r\n"
        data = head + b"Content-Length: 99999999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<html><p>x"
        assert reasons(unnamed(data)) == [("-#1", "truncated")]

    def test_limits_hold(self) -> None:
        assert reasons(unnamed(pages(4).end(), Limits(members=3)))[-1] == ("-", "too_large")
        bomb = Archive().response(A, gzip.compress(b"<p>" * 9000), [HTML_TYPE, GZIP])
        assert reasons(unnamed(bomb.end(), Limits(input_bytes=9000))) == [("-#2", "too_large")]

    def test_an_archive_without_pages_says_so(self) -> None:
        assert reasons(unnamed(Archive().end())) == [("-", "empty")]

    @settings(max_examples=examples(150), deadline=None)
    @given(st.data())
    def test_no_mutation_makes_reading_raise(self, data: st.DataObject) -> None:
        archive = pages(2, gzip=data.draw(st.booleans()))
        archive.response(A, gzip.compress(page("Z")), [HTML_TYPE, GZIP])
        payload = bytearray(archive.revisit(A).end())
        for _ in range(data.draw(st.integers(1, 12))):
            at = 12 + int(data.draw(_SHARE) * (len(payload) - 13))
            payload[at] = data.draw(st.integers(0, 255))
        payload = payload[: 12 + int(data.draw(_SHARE) * (len(payload) - 12))]
        found = unnamed(bytes(payload))
        assert found
        assert all(one.source_uri.isprintable() for one in found)
