"""What is at an address, told by its content: archives, tables and pages."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import Any

from flows.readers import SourceSpec, read
from flows.readers.remote import Web
from tests.flows.fetching.pages import page, rss
from tests.flows.fetching.server import QUICK, Page, Site
from transforms.model import RawArticle, Record, Reject


def records(site: Site, path: str, **more: Any) -> list[Record]:
    return list(read([SourceSpec(path=site.at(path), name="post", **more)], web=Web(QUICK)))


def test_an_archive_at_an_address_is_read_like_a_file(site: Site) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "First.")
        archive.writestr("b.html", page(2))
    site.pages["/dump?id=7"] = Page(
        packed.getvalue(), headers={"Content-Type": "application/octet-stream"}
    )
    found = records(site, "/dump?id=7")
    assert [record.source_uri for record in found] == [
        site.at("/dump?id=7/a.txt"),
        site.at("/dump?id=7/b.html"),
    ]
    assert [r.media_type for r in found if isinstance(r, RawArticle)] == ["text/plain", "text/html"]


def test_lines_may_be_more_than_a_page_may(site: Site) -> None:
    line = b'{"text": "' + b"A boat sank. " * 1000 + b'"}\n'
    site.pages["/news.jsonl.gz"] = Page(
        gzip.compress(line * 3000), headers={"Content-Type": "application/gzip"}
    )
    found = records(site, "/news.jsonl.gz")
    assert len(found) == 3000
    assert found[-1].source_uri == site.at("/news.jsonl.gz#L3000")


def test_a_feed_that_is_not_followed_gives_its_texts(site: Site) -> None:
    site.pages["/feed"] = Page(
        rss([(site.at("/1"), "", "<p>Two sank.</p>"), (site.at("/2"), "", "")])
    )
    whole, short = records(site, "/feed", follow=False)
    assert isinstance(whole, RawArticle)
    assert whole.source_uri == site.at("/1")
    assert isinstance(short, Reject)
    assert short.reason == "not_fetched"
    assert site.paths() == ["/feed"]


def test_lists_within_lists_end(site: Site) -> None:
    for number in range(9):
        site.pages[f"/list{number}"] = Page(
            site.at(f"/list{number + 1}").encode(), headers={"Content-Type": "text/plain"}
        )
    [reject] = records(site, "/list0")
    assert isinstance(reject, Reject)
    assert reject.reason == "too_deep"
    assert len(site.paths()) < 6


def test_what_has_no_reader_is_told(site: Site) -> None:
    site.pages["/a"] = Page(b"%PDF-1.7 ...", headers={"Content-Type": "application/pdf"})
    [reject] = records(site, "/a")
    assert isinstance(reject, Reject)
    assert reject.reason == "unreadable"
    assert "application/pdf" in reject.detail
