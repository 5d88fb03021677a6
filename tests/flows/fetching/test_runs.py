"""Feeds and sitemaps of a real server, run after run over one lake: only news is fetched."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.forgetting import forget
from flows.pipeline import run_plainly, walk
from flows.pool import Pool
from flows.report import RunReport
from flows.run_state import Interrupted, Run, opened
from flows.settings import Settings, SourceSpec
from tests.flows.fetching.pages import index, listed, news_sitemap, page, rss
from tests.flows.fetching.server import QUICK, Page, Site, dripping, endless
from tests.waiting import until
from warehouse.lake import Lake

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("no_data_docs")]

Go = Callable[..., RunReport]
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def quick(settings: Settings) -> Settings:
    return settings.model_copy(update={"fetch": QUICK})


@pytest.fixture
def go(quick: Settings, pool: Pool) -> Go:
    def run(*specs: SourceSpec) -> RunReport:
        report = run_plainly(quick, specs, pool=pool)
        assert report.sums_hold
        return report

    return run


def rows(settings: Settings, table: str) -> list[dict[str, Any]]:
    with Lake.open(settings.lake) as lake:
        found: list[dict[str, Any]] = lake.query(f"FROM lake.{table}").to_pylist()
    return found


def counts(report: RunReport) -> dict[str, int]:
    return {part: count for part, count in report.counts.items() if count}


def spec(site: Site, path: str = "/feed.xml", **more: Any) -> SourceSpec:
    return SourceSpec(path=site.at(path), name="post", **more)


def feed_of(site: Site, numbers: range) -> bytes:
    return rss((site.at(f"/news/{n}"), listed(n), "") for n in numbers)


def test_a_feed_and_a_news_sitemap_of_50_entries_each(site: Site, go: Go, quick: Settings) -> None:
    for number in range(60):
        site.pages[f"/news/{number}"] = Page(page(number), headers=HTML, etag=f'"{number}"')
    site.pages["/feed.xml"] = Page(feed_of(site, range(50)), etag='"f1"')
    sitemap = [(site.at(f"/news/{n}"), f"2025-09-01T{n // 60:02}:{n % 60:02}Z") for n in range(50)]
    site.pages["/map.xml"] = Page(news_sitemap(sitemap), etag='"m1"')
    sources = (
        spec(site),
        SourceSpec(path=site.at("/map.xml"), name="map"),
    )

    report = go(*sources)
    assert counts(report) == {"new": 50, "unchanged": 50}  # each page is of both sources
    assert site.statuses() == {200: 102}
    stored = rows(quick, "raw_articles")
    assert len(stored) == 100
    assert {row["source_uri"] for row in stored} == {
        site.at(f"/news/{number}") for number in range(50)
    }
    assert json.loads(stored[0]["headers"])[0][0] == "server"
    assert stored[0]["address"].startswith(site.at("/news/"))
    assert stored[0]["media_type"] == "text/html"

    # Nothing has changed: only the lists are asked for, and say so.
    site.log.clear()
    report = go(*sources)
    assert report.nothing_new
    assert site.statuses() == {304: 2}

    # Two new entries, one changed, and an old one that the list gives a new time.
    site.log.clear()
    changed = [
        (site.at(f"/news/{n}"), listed(n) if n not in (7, 8) else listed(900 + n), "")
        for n in range(2, 52)
    ]
    site.pages["/news/7"] = Page(page(7, killed=90), headers=HTML, etag='"7b"')
    site.pages["/feed.xml"] = Page(rss(changed), etag='"f2"')
    report = go(*sources)
    assert counts(report) == {"new": 2, "revised": 1, "unchanged": 47}
    assert site.statuses() == {200: 4, 304: 2}  # the feed, 50, 51 and 7; the sitemap and 8
    assert site.paths() == ["/feed.xml", "/map.xml", *(f"/news/{n}" for n in (50, 51, 7, 8))]

    site.log.clear()
    assert go(*sources).nothing_new
    assert site.statuses() == {304: 2}


def test_whatever_servers_do_each_address_is_accounted_for(
    site: Site, quick: Settings, pool: Pool
) -> None:
    short = {**HTML, "Content-Length": "5000", "Connection": "close"}
    site.pages |= {
        "/news/1": Page(page(1), headers=HTML),
        "/news/2": Page(status=301, headers={"Location": "/moved/2"}),
        "/moved/2": Page(page(2), headers=HTML),
        "/news/3": Page(status=404),
        "/news/4": [Page(status=429, headers={"Retry-After": "1"}), Page(page(4), headers=HTML)],
        "/news/5": [Page(status=500), Page(page(5), headers=HTML)],
        "/news/6": dripping(site),
        "/news/7": endless(site),
        "/news/8": Page(page(8), headers=short),
        "/news/9": Page(status=503),
        "/news/10": Page(b"%PDF-1.7 ...", headers={"Content-Type": "application/pdf"}),
        "/news/11": Page(status=302, headers={"Location": "http://169.254.169.254/"}),
        "/feed.xml": Page(feed_of(site, range(1, 12)), etag='"f1"'),
    }
    fetch = QUICK.model_copy(
        update={"seconds": 3, "private": False, "allow": ("127.0.0.1",), "retries": 1}
    )
    limits = quick.limits.model_copy(update={"input_bytes": 100_000})
    chosen = quick.model_copy(update={"fetch": fetch, "limits": limits})
    report = run_plainly(chosen, [spec(site)], pool=pool)
    assert report.sums_hold
    assert report.status == "done"
    assert counts(report) == {"new": 4, "rejects": 5}
    told = {row["source_uri"].rpartition("/")[2]: row["reason"] for row in rows(chosen, "rejects")}
    assert told == {
        "3": "gone",
        "7": "too_large",
        "8": "truncated",
        "10": "unreadable",
        "11": "forbidden",
    }
    waiting = {one.address.rpartition("/")[2]: one.status for one in report.sources.waiting}
    assert waiting == {"6": None, "9": 503}
    (read,) = rows(chosen, "source_reads")
    assert (read["inputs"], read["new_inputs"], read["rejects"]) == (9, 9, 5)
    assert read["not_fetched"] == 2
    (second,) = [row for row in rows(chosen, "raw_articles") if row["source_uri"].endswith("/2")]
    assert second["address"] == site.at("/moved/2")

    # What failed for a while is asked again, although its list has not changed since; what is
    # settled is not.
    site.log.clear()
    for number in (6, 8, 9):
        site.pages[f"/news/{number}"] = Page(page(number), headers=HTML)
    report = run_plainly(chosen, [spec(site)], pool=pool)
    assert report.sums_hold
    assert counts(report) == {"new": 3, "unchanged": 8}
    assert site.paths() == ["/feed.xml", *(f"/news/{n}" for n in (11, 6, 7, 8, 9))]


def test_a_run_that_broke_before_it_built_loses_nothing(
    site: Site, go: Go, quick: Settings, pool: Pool
) -> None:
    for number in range(3):
        site.pages[f"/news/{number}"] = Page(page(number), headers=HTML, etag=f'"{number}"')
    site.pages["/feed.xml"] = Page(feed_of(site, range(3)), etag='"f1"')

    def break_down(run: Run) -> None:
        raise RuntimeError("the power went")

    with opened(quick, [spec(site)], pool=pool) as run, pytest.raises(RuntimeError):
        walk(run, building=break_down)
    assert len(rows(quick, "raw_articles")) == 3
    assert rows(quick, "inputs") == []

    site.log.clear()
    assert counts(go(spec(site))) == {"new": 3}
    assert site.statuses() == {200: 4}
    site.log.clear()
    assert go(spec(site)).nothing_new
    assert site.statuses() == {304: 1}


def test_an_index_leads_to_sitemaps_and_one_that_has_not_changed_is_not_asked_for(
    site: Site, go: Go
) -> None:
    for number in range(4):
        site.pages[f"/news/{number}"] = Page(page(number), headers=HTML)
    times = {"a": "2025-09-01", "b": "2025-09-02"}
    for name, numbers in (("a", (0, 1)), ("b", (2, 3))):
        site.pages[f"/{name}.xml"] = Page(
            news_sitemap((site.at(f"/news/{n}"), listed(n)) for n in numbers)
        )
    site.pages["/index.xml"] = Page(index((site.at(f"/{k}.xml"), v) for k, v in times.items()))
    assert counts(go(spec(site, "/index.xml"))) == {"new": 4}
    assert site.statuses() == {200: 7}

    site.log.clear()
    times["b"] = "2025-09-03"
    site.pages["/index.xml"] = Page(index((site.at(f"/{k}.xml"), v) for k, v in times.items()))
    report = go(spec(site, "/index.xml"))
    assert counts(report) == {"unchanged": 2}
    assert site.paths() == ["/b.xml", "/index.xml"]


def test_a_page_is_a_source_and_one_that_fails_stops_no_other(
    site: Site, go: Go, quick: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    site.pages["/old"] = Page(status=301, headers={"Location": "/a"})
    site.pages["/a"] = Page(page(1), headers=HTML, last_modified="Mon, 01 Sep 2025 10:00:00 GMT")
    site.pages["/down"] = Page(status=500)
    with caplog.at_level(logging.WARNING):
        report = go(spec(site, "/down"), spec(site, "/old"))
    assert (report.status, counts(report)) == ("failed", {"new": 1})
    assert report.message is not None
    assert "1 source could not be read; the others were read" in report.message
    assert "the server answers 500" in report.message
    assert f"/old has moved for good to {site.at('/a')}" in caplog.text
    troubles = {row["path"]: row["trouble"] for row in rows(quick, "source_reads")}
    assert troubles[site.at("/old")] is None
    assert troubles[site.at("/down")]

    site.pages["/down"] = Page(page(2), headers=HTML)
    site.log.clear()
    assert counts(go(spec(site, "/down"), spec(site, "/old"))) == {"new": 1, "unchanged": 1}
    assert site.statuses() == {200: 1, 301: 1, 304: 1}


def test_what_is_forgotten_leaves_no_visit(site: Site, go: Go, quick: Settings, pool: Pool) -> None:
    for number in range(3):
        site.pages[f"/news/{number}"] = Page(page(number), headers=HTML, etag=f'"{number}"')
    site.pages["/feed.xml"] = Page(feed_of(site, range(3)), etag='"f1"')
    go(spec(site))
    secret = site.at("/news/1")
    (article,) = [
        row["article_id"] for row in rows(quick, "articles") if row["source_uri"] == secret
    ]
    forget(quick, [article], "a court said so", pool=pool)
    for table in ("visits", "raw_articles", "inputs"):
        column = "address" if table == "visits" else "source_uri"
        assert secret not in {row[column] for row in rows(quick, table)}

    # It is met again, is not let in, and leaves no trace.
    site.pages["/feed.xml"] = Page(feed_of(site, range(3)), etag='"f2"')
    assert counts(go(spec(site))) == {"forgotten": 1, "unchanged": 2}
    assert secret not in {row["address"] for row in rows(quick, "visits")}


def test_a_run_that_is_to_end_does_not_wait_for_a_server(
    site: Site, quick: Settings, pool: Pool
) -> None:
    site.pages["/news/1"] = dripping(site)
    site.pages["/feed.xml"] = Page(feed_of(site, range(1, 2)))

    with opened(quick, [spec(site)], pool=pool) as run:

        def stop_when_asked() -> None:
            until(lambda: "/news/1" in site.paths())
            run.stop.set()

        ending = threading.Thread(target=stop_when_asked)
        ending.start()
        with pytest.raises(Interrupted, match="not everything was read"):
            walk(run)
        ending.join()
        assert run.report.status == "interrupted"


def test_a_list_of_addresses_is_a_file(site: Site, go: Go, tmp_path: Path) -> None:
    site.pages["/a"] = Page(page(1), headers=HTML)
    site.pages["/b.txt"] = Page(b"Two boats sank off Lissa on Monday.", headers={})
    listing = tmp_path / "addresses.txt"
    listing.write_text(f"# ours\n{site.at('/a')}\n\n{site.at('/b.txt')}\n{site.at('/a')}\n")
    assert counts(go(SourceSpec(path=str(listing), name="list"))) == {"new": 2}
    assert site.paths() == ["/a", "/b.txt"]
    site.log.clear()
    assert counts(go(SourceSpec(path=str(listing), name="list"))) == {"unchanged": 2}
