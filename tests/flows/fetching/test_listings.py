"""Feeds, sitemaps and lists of addresses as files: what each entry gives unfetched."""

from __future__ import annotations

import datetime as dt
import io
import json
from contextlib import nullcontext
from pathlib import Path

import pytest

from flows.limits import Limits
from flows.readers import SourceSpec, read
from flows.readers.item import Item, Link
from flows.readers.reading import read_item
from flows.readers.remote import name_of
from tests.flows.fetching.pages import index, news_sitemap, rss
from transforms.model import RawArticle, Record, Reject, Source

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://post.example.no/world/" xml:lang="nb">
<title>The Norway Post</title><id>urn:1</id><updated>2025-09-02T10:00:00Z</updated>
<entry><title>Ferry &amp; storm</title><id>urn:ferry</id><link href="ferry"/>
<published>2025-09-01T09:30:00+02:00</published><updated>2025-09-02T10:00:00+02:00</updated>
<author><name>Kari Holm</name></author><author><name>Ola Lie</name></author>
<summary>In short.</summary>
<content type="html">&lt;p&gt;A ferry sank off Lissa.&lt;/p&gt;</content></entry>
<entry><title>No address</title><id>urn:none</id>
<content type="text">Two boats sank.</content></entry>
<entry><title>Nothing</title><id>urn:nothing</id></entry>
</feed>"""
RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://a.example.no/"><title>A</title><link>https://a.example.no/</link></channel>
<item rdf:about="https://a.example.no/1"><title>One</title><link>https://a.example.no/1</link>
<dc:date>2025-09-01</dc:date></item></rdf:RDF>"""


def found(content: str | bytes, name: str = "x", address: str | None = None) -> list[object]:
    data = content.encode() if isinstance(content, str) else content
    item = Item(
        name,
        dt.datetime(2025, 9, 3),
        Source("post"),
        lambda: nullcontext(io.BytesIO(data)),
        Limits(),
        address=address,
    )
    return list(read_item(item))


def links(content: str | bytes, address: str | None = None) -> list[Link]:
    return [one for one in found(content, address=address) if isinstance(one, Link)]


def records(path: Path, content: bytes | str) -> list[Record]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read([SourceSpec(path=str(path))]))


class TestFeeds:
    def test_an_entry_with_its_whole_text_is_an_article(self) -> None:
        [ferry, boats, nothing] = found(ATOM)
        assert isinstance(ferry, Link)
        assert ferry.address == "https://post.example.no/world/ferry"
        assert ferry.listed == "2025-09-02T10:00:00+02:00"
        assert ferry.part == "#1"
        assert ferry.record is not None
        assert ferry.record.source_uri == "x#1"
        assert json.loads(ferry.record.payload) == {
            "id": "urn:ferry",
            "title": "Ferry & storm",
            "url": "https://post.example.no/world/ferry",
            "published_at": "2025-09-01T09:30:00+02:00",
            "modified_at": "2025-09-02T10:00:00+02:00",
            "authors": ["Kari Holm", "Ola Lie"],
            "language": "nb",
            "text": "<p>A ferry sank off Lissa.</p>",
        }
        assert isinstance(boats, RawArticle)
        assert json.loads(boats.payload)["text"] == "Two boats sank."
        assert isinstance(nothing, Reject)
        assert nothing.reason == "malformed"

    def test_an_entry_of_a_fetched_feed_is_known_by_its_address(self) -> None:
        [ferry, *_] = links(ATOM, "https://post.example.no/feed")
        assert ferry.record is not None
        assert ferry.record.source_uri == ferry.address

    def test_of_a_summary_only_the_address_is_known(self, tmp_path: Path) -> None:
        entries = [
            ("https://post.example.no/1", "Mon, 01 Sep 2025 10:00:00 GMT", ""),
            ("https://post.example.no/2", "Mon, 01 Sep 2025 10:00:00 GMT", ""),
            ("https://post.example.no/3", "Mon, 01 Sep 2025 10:00:00 GMT", "<p>Two sank.</p>"),
        ]
        first, second, third = records(tmp_path / "feed.xml", rss(entries))
        for record in (first, second):
            assert isinstance(record, Reject)
            assert record.reason == "not_fetched"
            assert "follow = true" in record.detail
        assert isinstance(third, RawArticle)
        assert third.source_uri == "feed.xml#3"

    def test_addresses_are_taken_from_that_of_the_feed(self) -> None:
        feed = rss([("/news/1?utm_source=rss&amp;a=1", "Mon, 01 Sep 2025 10:00:00 GMT", "")])
        [link] = links(feed, "https://post.example.no/feeds/all")
        assert link.address == "https://post.example.no/news/1?utm_source=rss&a=1"

    @pytest.mark.parametrize("told", ["appeared first", "first appeared"])
    def test_what_the_software_of_a_site_adds_is_left_out(self, told: str) -> None:
        footer = f'<p>The post <a href="/1">11 hurt</a> {told} on <a href="/">The Post</a>.</p>'
        entries = [("https://a.example.no/1", "", f"<p>A ferry sank.</p>\n{footer}")]
        [link] = links(rss(entries))
        assert link.record is not None
        assert json.loads(link.record.payload)["text"] == "<p>A ferry sank.</p>"

    def test_rss_1_is_read(self) -> None:
        [link] = links(RDF)
        assert (link.address, link.listed) == ("https://a.example.no/1", "2025-09-01")

    @pytest.mark.parametrize("ending", [".xml", ".rss", ".txt", ".html", ""])
    def test_it_is_known_by_its_content(self, tmp_path: Path, ending: str) -> None:
        first, second, _ = records(tmp_path / f"feed{ending}", ATOM)
        assert isinstance(first, RawArticle)
        assert isinstance(second, RawArticle)
        assert first.media_type == second.media_type == "application/x-ndjson"

    def test_one_that_breaks_off_says_so(self) -> None:
        ferry, *_, reject = found(ATOM[: ATOM.index("<entry><title>No address")])
        assert isinstance(ferry, Link)
        assert isinstance(reject, Reject)
        assert reject.reason == "truncated"
        assert "1 input was read before" in reject.detail

    def test_one_without_entries_says_so(self) -> None:
        [reject] = found(rss([]))
        assert isinstance(reject, Reject)
        assert reject.reason == "empty"

    def test_nothing_outside_of_it_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("secret")
        feed = ATOM.replace(
            "<feed", f'<!DOCTYPE feed [<!ENTITY e SYSTEM "{tmp_path}/secret">]><feed', 1
        ).replace("Two boats sank.", "Two &e; sank.")
        assert "secret" not in repr(found(feed)[1:])

    def test_entities_that_grow_do_not(self) -> None:
        grown = "".join(
            f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "lol">'
            for n in range(12)
        )
        feed = ATOM.replace("<feed", f"<!DOCTYPE feed [{grown}]><feed", 1)
        assert len(repr(found(feed.replace("Two boats", "Two &e11;")))) < 20_000


class TestSitemaps:
    def test_an_address_has_the_time_of_its_change_or_publication(self) -> None:
        sitemap = news_sitemap(
            [("https://a.example.no/1", "2025-09-01"), ("https://a.example.no/2", "2025-09-02")]
        ).replace(b"/1</loc>", b"/1</loc><lastmod>2025-09-05</lastmod>")
        assert [(link.address, link.listed, link.part) for link in links(sitemap)] == [
            ("https://a.example.no/1", "2025-09-05", "#1"),
            ("https://a.example.no/2", "2025-09-02", "#2"),
        ]

    def test_an_index_lists_sitemaps(self) -> None:
        [link] = links(index([("https://a.example.no/s.xml", "2025-09-01")]))
        assert (link.address, link.listed) == ("https://a.example.no/s.xml", "2025-09-01")

    def test_images_are_no_addresses(self) -> None:
        sitemap = (
            b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="i"><url>'
            b"<loc>https://a.example.no/1</loc><image:image><image:loc>https://a.example.no/p.png"
            b"</image:loc></image:image></url></urlset>"
        )
        assert [link.address for link in links(sitemap)] == ["https://a.example.no/1"]

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"<urlset><url><loc>https://a.example.no/1</loc></url><url>", "truncated"),
            (b"<urlset><url><loc>https://a.example.no/1</loc></url></a>", "malformed"),
            (b"<urlset><url><loc>https://a.example.no/1</loc></url><url/></urlset>", "malformed"),
        ],
    )
    def test_what_came_before_a_fault_is_kept(self, content: bytes, reason: str) -> None:
        link, reject = found(content)
        assert isinstance(link, Link)
        assert isinstance(reject, Reject)
        assert reject.reason == reason

    def test_one_without_addresses_says_so(self) -> None:
        [reject] = found(b"<urlset></urlset>")
        assert isinstance(reject, Reject)
        assert reject.reason == "empty"

    def test_entities_are_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("https://secret.example.no/")
        sitemap = (
            f'<!DOCTYPE urlset [<!ENTITY e SYSTEM "{tmp_path}/secret">]>'
            "<urlset><url><loc>&e;</loc></url></urlset>"
        )
        [reject] = found(sitemap)
        assert isinstance(reject, Reject)
        assert "secret.example" not in reject.detail


def test_a_list_of_addresses_is_one_a_line() -> None:
    told = "\ufeffhttps://a.example.no/1\r\n\n  https://a.example.no/2  \n# ours\n"
    assert [(link.address, link.part, link.fetch) for link in links(told)] == [
        ("https://a.example.no/1", "#L1", True),
        ("https://a.example.no/2", "#L3", True),
    ]


def test_a_list_that_is_not_followed_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("https://a.example.no/1\n")
    [reject] = read([SourceSpec(path=str(tmp_path / "list.txt"), follow=False)])
    assert isinstance(reject, Reject)
    assert reject.reason == "not_fetched"


@pytest.mark.parametrize(
    ("address", "media_type", "name"),
    [
        ("https://a.example.no/news/1", "text/html", "1.html"),
        ("https://a.example.no/", "text/html", "index.html"),
        ("https://a.example.no/readme.md", "text/html", "index.html"),
        ("https://a.example.no/readme.md", "text/plain", "readme.md"),
        ("https://a.example.no/a.warc.gz?b=c.html", "application/octet-stream", "a.warc.gz"),
        ("https://a.example.no/feed", "application/rss+xml", "feed.rss"),
        ("https://a.example.no/a.php", "application/pdf", "a.php"),
    ],
)
def test_the_name_of_an_answer_says_what_it_is(address: str, media_type: str, name: str) -> None:
    assert name_of(address, media_type) == name


def test_a_prefix_that_a_sitemap_does_not_declare_costs_nothing() -> None:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    data = (
        f'<urlset xmlns="{space}"><url><loc>https://a.example.no/1</loc><image:x>1</image:x></url>'
        "<url><loc>https://a.example.no/2</loc></url></urlset>"
    )
    links = [one for one in found(data, "map.xml") if isinstance(one, Link)]
    assert [link.address for link in links][:1] == ["https://a.example.no/1"]


def test_a_feed_on_which_its_library_fails_is_a_reject() -> None:
    data = f"<rss><channel><item><title>&#{'1' * 5000};</title></item></channel></rss>"
    [reject] = [one for one in found(data, "feed.rss") if isinstance(one, Reject)]
    assert reject.reason == "malformed"
