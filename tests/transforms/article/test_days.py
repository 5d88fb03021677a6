"""Days of publication in doubt: placeholders, and what an address says."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.transforms.article.inputs import HTML, PLAIN, article, raw
from tests.transforms.article.test_html import json_ld, page
from transforms.article import read_article
from transforms.article.days import day_of_address
from transforms.model import MAIL, MARKDOWN, NDJSON, NEWSML, NITF, Article, Source
from transforms.reference import reference

SITE = "https://post.example"
DAY = dt.date(2024, 7, 13)


def told(*, ld: str = "", meta: str = "", shown: str = "", at: str = "/ferry") -> str:
    """A page with a date in its JSON-LD, in a meta element, below its headline; and its address."""
    head = f'<link rel="canonical" href="{SITE}{at}">'
    if ld:
        head += json_ld({"@type": "NewsArticle", "headline": "Ferry strike", "datePublished": ld})
    if meta:
        head += f'<meta property="article:published_time" content="{meta}">'
    before = "<h1>Ferry strike</h1>" + (f'<p class="date">{shown}</p>' if shown else "")
    return page(head, before)


@pytest.mark.parametrize(
    "written",
    [
        "0001-01-01T00:00:00Z", "0001-01-01", "01/01/0001", "1/1/0001 12:00:00 AM",
        "0000-00-00 00:00:00", "1970-01-01", "1970-01-01T00:00:00Z", "1970-01-01T01:00:00+01:00",
        "1969-12-31T19:00:00-05:00", "Thu, 01 Jan 1970 00:00:00 GMT", "January 1, 1970",
        "1900-01-01T00:00:00", "1899-12-30", "1601-01-01T00:00:00Z",
    ],
)  # fmt: skip
def test_a_placeholder_is_no_date(written: str) -> None:
    for html in (
        told(ld=written),
        told(meta=written),
        told(shown=written),
        page(before=f"<p>{written}</p>"),
        page(f'<script>var page = {{"publishDate": "{written}"}}</script>'),
    ):
        assert article(html, HTML).published_date is None
    assert article(told(ld=written, meta="2024-07-13"), HTML).published_date == DAY
    assert article(told(ld=written, shown="13 July 2024"), HTML).published_date == DAY
    assert article(told(ld=written, at="/2024/07/13/ferry"), HTML).published_date == DAY
    changed = told(ld="2024-07-13") + f'<meta property="article:modified_time" content="{written}">'
    assert article(changed, HTML).version_at == dt.datetime(2024, 7, 13)


def test_an_old_paper_s_address_confirms_the_day() -> None:
    old = article(told(meta="1970-01-01", at="/1970/01/01/archives/ferry.html"), HTML)
    assert old.published_date == dt.date(1970, 1, 1)


@pytest.mark.parametrize(
    ("dates", "at", "day"),
    [
        # none of the page's: the address stands in
        ({}, "/2024/07/13/ferry", "2024-07-13"),
        ({}, "/2024/jul/13/ferry", "2024-07-13"),
        ({}, "/news/2024-07-13/ferry", "2024-07-13"),
        ({}, "/news/ferry-2024-07-13", "2024-07-13"),
        # a month is no day
        ({}, "/2024/07/ferry", None),
        # the page's disagree: the one that the address says
        ({"ld": "2024-08-20", "meta": "2024-07-13T09:00:00Z"}, "/2024/07/13/ferry", "2024-07-13"),
        ({"ld": "2024-08-20", "shown": "13 July 2024"}, "/2024/07/13/ferry", "2024-07-13"),
        ({"ld": "2024-08-20", "meta": "2024-07-12T23:30:00Z"}, "/2024/07/13/ferry", "2024-07-12"),
        ({"ld": "2024-08-20", "meta": "2024-07-13"}, "/ferry-2024-07-13", "2024-07-13"),
        ({"ld": "2024-08-20", "meta": "2024-07-04"}, "/2024/07/ferry", "2024-07-04"),
        # one that the page says once, and the address another
        ({"ld": "2001-01-01T00:00:00Z"}, "/2024/07/13/ferry", "2024-07-13"),
        ({"ld": "2024-08-20T08:00:00Z"}, "/2024/07/13/ferry", "2024-07-13"),
        # what is in the words of an address, and a month, outweigh none
        ({"ld": "2024-08-20T08:00:00Z"}, "/ferry-2024-07-13", "2024-08-20"),
        ({"ld": "2024-08-20T08:00:00Z"}, "/2024/07/ferry", "2024-08-20"),
        # two of the page's that agree
        ({"ld": "2024-08-20", "meta": "2024-08-20"}, "/2024/07/13/ferry", "2024-08-20"),
        # others' dates on the page do not speak for a month
        ({"ld": "2024-08-20", "shown": "3 July 2024"}, "/2024/07/ferry", "2024-08-20"),
        # the same day, told in another zone
        ({"ld": "2024-07-14T02:10:00Z"}, "/2024/07/13/ferry", "2024-07-14"),
        # numbers that are no day
        ({"ld": "2024-08-20"}, "/2024/13/40/ferry", "2024-08-20"),
        ({"ld": "2024-08-20"}, "/1206/31/33/ferry", "2024-08-20"),
    ],
)
def test_the_day_in_an_address_weighs(dates: dict[str, str], at: str, day: str | None) -> None:
    found = article(told(**dates, at=at), HTML)
    assert (str(found.published_date) if found.published_date else None) == day


def test_the_address_that_a_page_was_fetched_from_weighs_if_it_names_none() -> None:
    fetched = article(page(), HTML, uri=f"{SITE}/2024/07/13/ferry")
    assert fetched.published_date == DAY


def test_an_address_means_a_day_or_a_month() -> None:
    assert day_of_address(None) is None
    assert day_of_address("https://[bad/2024/07/13/a") is None
    assert day_of_address(f"{SITE}/show?day=/2024/07/13/") is None
    month = day_of_address(f"{SITE}/2024/02/ferry")
    assert month is not None
    assert (month.first, month.last) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert month.stamp is None


@pytest.mark.parametrize("written", ["soon", "1970-01-01T00:00:00Z", "0001-01-01", "31/31/2024"])
def test_no_kind_of_input_is_refused_for_its_date(written: str) -> None:
    text = "The ferry to Lissa lay still for a second day, the port said."
    item = f"<contentCreated>{written}</contentCreated>"
    inputs = {
        PLAIN: f"Published: {written}\n\nFerry strike\n\n{text}",
        MARKDOWN: f"---\ndate: {written}\nlastmod: {written}\n---\n{text}",
        NDJSON: f'{{"text": "{text}", "published_at": "{written}", "modified_at": "{written}"}}',
        HTML: told(ld=written, meta=written, shown=written),
        MAIL: f"From: a@post.example\nSubject: Ferry strike\nDate: {written}\n\n{text}\n",
        NITF: f'<nitf><head><docdata><date.issue norm="{written}"/></docdata></head>'
        f"<body><body.content><p>{text}</p></body.content></body></nitf>",
        NEWSML: f'<newsItem guid="a"><contentMeta>{item}</contentMeta><contentSet><inlineData>'
        f"{text}</inlineData></contentSet></newsItem>",
    }
    for kind, payload in inputs.items():
        found = article(payload, kind)
        assert (found.published_at, found.published_date) == (None, None), kind


@pytest.mark.parametrize(
    ("address", "zone", "offset"),
    [("post.example.in", "IST", 5.5), ("post.example.ie", "IST", 1), ("www.rte.ie", "IST", 1),
     ("post.example.co.uk", "BST", 1), ("post.example.bd", "BST", 6), ("post.example.cn", "CST", 8),
     ("post.example", "IST", 0), ("post.example.de", "MESZ", 2), ("post.example", "MEST", 2)],
)  # fmt: skip
def test_the_country_of_a_page_s_site_decides_what_its_zone_means(
    address: str, zone: str, offset: float
) -> None:
    html = page(
        f'<link rel="canonical" href="https://{address}/a">',
        f"<h1>Ferry strike</h1><p class='date'>13 July 2024, 10:00 {zone}</p>",
    )
    found = article(html, HTML)
    assert found.published_at == dt.datetime(2024, 7, 13, 10) - dt.timedelta(hours=offset)


def test_the_source_s_country_goes_before_the_site_s_and_a_dateline_names_one() -> None:
    html = page(
        '<link rel="canonical" href="https://post.example.ie/a">',
        "<h1>Ferry strike</h1><p class='date'>13 July 2024, 10:00 IST</p>",
    )
    found = read_article(raw(html, HTML, source=Source("desk", country="ISR")))
    assert isinstance(found, Article)
    assert found.published_zone == "Asia/Jerusalem"
    text = "Published: 13 July 2024 10:00 IST\n\nPATNA, {}, July 13 (Quay Wire) -- The dam held.\n"
    assert article(text.format("India")).published_zone == "Asia/Kolkata"
    assert article(text.format("Bihar")).published_zone == "UTC"


def test_placeholders_are_days() -> None:
    for row in reference("placeholder_dates"):
        assert dt.date.fromisoformat(row["day"]) < dt.date(1971, 1, 1)
