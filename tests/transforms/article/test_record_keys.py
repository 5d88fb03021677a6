"""Records of others: each producer's shape, the settings' keys, and what is told of the rest."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from tests.transforms.article.inputs import JSON, JSONL, article, reject
from transforms.article.record_keys import OURS, at_path, known_columns
from transforms.article.unused_keys import unused_keys
from transforms.model import Source
from transforms.reference import reference

BODY = (
    "The council of Ostrava approved 12 new trams on Monday. They cost 4.2 million crowns. "
    "Riders had waited for three years."
)
TITLE = "Trams for Ostrava"
URL = "https://ostrava.example/2025/trams"
NOON = dt.datetime(2025, 4, 28, 10)

#: Who writes it, and a record of theirs about one and the same article.
SHAPES: list[tuple[str, dict[str, Any]]] = [
    (
        "news-please",
        {"authors": ["Jana Novotna"], "date_download": "2025-04-29 01:00:00", "date_modify": None,
         "date_publish": "2025-04-28 10:00:00", "description": "Trams.", "filename": "x.json",
         "language": "en", "maintext": BODY, "source_domain": "ostrava.example", "title": TITLE,
         "title_page": None, "title_rss": None, "url": URL},
    ),
    (
        "Media Cloud with texts",
        {"stories_id": 8812, "collect_date": "2025-04-29 03:00:00", "language": "en",
         "media_name": "ostrava.example", "publish_date": "2025-04-28T10:00:00Z", "title": TITLE,
         "url": URL, "text": BODY, "authors": "Jana Novotna"},
    ),
    (
        "GDELT with a text beside it",
        {"url": URL, "url_mobile": "", "title": TITLE, "seendate": "20250428T100000Z",
         "socialimage": "", "domain": "ostrava.example", "language": "English",
         "sourcecountry": "Czech Republic", "content": BODY, "author": "Jana Novotna"},
    ),
    (
        "fundus",
        {"title": TITLE, "authors": ["Jana Novotna"], "lang": "en", "free_access": True,
         "publishing_date": "2025-04-28 10:00:00+00:00", "topics": ["Trams"],
         "body": {"summary": [], "sections": [{"headline": [], "paragraphs": [BODY]}]},
         "html": {"requested_url": URL, "content": "<html></html>",
                  "crawl_date": "2025-04-29 03:00:00"}},
    ),
    (
        "newspaper4k",
        {"url": URL, "title": TITLE, "authors": ["Jana Novotna"], "top_image": "",
         "publish_date": "2025-04-28T10:00:00+00:00", "summary": "", "meta_lang": "en",
         "meta_site_name": "Ostrava Daily", "canonical_link": URL, "text": BODY},
    ),
    (
        "trafilatura",
        {"title": TITLE, "author": "Jana Novotna", "hostname": "ostrava.example",
         "date": "2025-04-28 10:00", "fingerprint": "2f2a", "id": None, "license": None,
         "comments": "", "raw_text": "Trams", "text": BODY, "language": "en", "source": URL,
         "source-hostname": "Ostrava Daily", "excerpt": "Trams.", "categories": "", "tags": ""},
    ),
    (
        "schema.org",
        {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE,
         "articleBody": BODY, "datePublished": "2025-04-28T12:00:00+02:00", "inLanguage": "en-GB",
         "author": [{"@type": "Person", "name": "Jana Novotna"}],
         "publisher": {"@type": "Organization", "name": "Ostrava Daily"},
         "mainEntityOfPage": {"@type": "WebPage", "@id": URL}},
    ),
    (
        "schema.org with one author, the address as @id",
        {"@id": URL, "headline": TITLE, "articleBody": BODY, "inLanguage": "en",
         "datePublished": "2025-04-28T10:00:00Z", "author": {"name": "Jana Novotna"}},
    ),
    (
        "CC-News",
        {"title": TITLE, "text": BODY, "domain": "ostrava.example", "date": "2025-04-28 10:00:00",
         "description": "Trams.", "url": URL, "image_url": "", "author": "Jana Novotna",
         "language": "en"},
    ),
    (
        "Common Crawl's news by language",
        {"requested_url": URL, "plain_text": "", "plaintext": BODY, "title": TITLE,
         "published_date": "2025-04-28T10:00:00", "author": "Jana Novotna", "language": "en",
         "sitename": "Ostrava", "crawl_date": "2025-04-29T00:00:00", "responded_url": URL},
    ),
    (
        "All the News, as a table has it",
        {"Title": TITLE, "Author": "Jana Novotna", "Date": "2025-04-28 10:00:00", "Year": "2025",
         "Content": BODY, "Publication": "Ostrava Daily", "URL": URL, "Language": "en"},
    ),
    (
        "a newsroom's export",
        {"headline": TITLE, "byline": "By Jana Novotna", "body": BODY, "lang": "en", "link": URL,
         "pubDate": "Mon, 28 Apr 2025 10:00:00 GMT", "newspaper": "Ostrava Daily"},
    ),
    (
        "NewsAPI",
        {"source": {"id": None, "name": "Ostrava Daily"}, "author": "Jana Novotna", "title": TITLE,
         "description": "Trams.", "url": URL, "urlToImage": None, "language": "en",
         "publishedAt": "2025-04-28T10:00:00Z", "content": BODY},
    ),
    (
        "Event Registry",
        {"uri": "77", "lang": "eng", "dateTimePub": "2025-04-28T10:00:00Z", "url": URL,
         "title": TITLE, "body": BODY, "source": {"uri": "o.example", "title": "Ostrava Daily"},
         "authors": [{"uri": "jn@o.example", "name": "Jana Novotna", "type": "author"}]},
    ),
    (
        "The Guardian",
        {"id": "world/trams", "webTitle": TITLE, "webUrl": URL, "lang": "en",
         "webPublicationDate": "2025-04-28T10:00:00Z",
         "fields": {"bodyText": BODY, "byline": "Jana Novotna", "headline": "Trams"}},
    ),
    (
        "WordPress",
        {"id": 12, "date": "2025-04-28T10:00:00", "date_gmt": "2025-04-28T08:00:00", "link": URL,
         "title": {"rendered": "Trams for&nbsp;Ostrava"}, "lang": "en", "author": 7,
         "byline": "Jana Novotna", "content": {"rendered": f"<p>{BODY}</p>\n"}},
    ),
    (
        "JSON Feed",
        {"id": URL, "url": URL, "title": TITLE, "content_text": BODY, "language": "en",
         "date_published": "2025-04-28T10:00:00Z", "authors": [{"name": "Jana Novotna"}]},
    ),
    (
        "Webz.io",
        {"thread": {"site": "ostrava.example"}, "uuid": "u1", "url": URL, "author": "Jana Novotna",
         "published": "2025-04-28T13:00:00.000+03:00", "title": TITLE, "text": BODY,
         "language": "english", "crawled": "2025-04-29T00:00:00Z"},
    ),
    (
        "an index of Elasticsearch",
        {"_index": "news", "_id": "k1", "_source": {
            "headline": TITLE, "article_text": BODY, "published": 1745834400000, "permalink": URL,
            "creator": ["Jana Novotna"], "language_code": "en"}},
    ),
]  # fmt: skip


@pytest.mark.parametrize("record", [shape for _, shape in SHAPES], ids=[who for who, _ in SHAPES])
def test_what_others_write_is_known_by_itself(record: dict[str, Any]) -> None:
    found = article(json.dumps(record), JSONL)
    assert found.text == BODY
    assert (found.title, found.url) == (TITLE, URL)
    assert found.published_at == NOON
    assert found.authors == ("Jana Novotna",)
    assert found.language == "en"
    told = json.dumps(record)
    if "Ostrava Daily" in told:
        assert "Ostrava Daily" in (found.publisher, found.source)
    elif "ostrava.example" in (record.get("domain"), record.get("source_domain")):
        assert found.source == "ostrava.example"


def test_our_own_keys_win() -> None:
    found = article(
        json.dumps({"text": "Ours.", "body": "Theirs.", "title": "A", "headline": "B"}), JSON
    )
    assert (found.text, found.title) == ("Ours.", "A")


def test_what_ours_leave_open_others_may_say() -> None:
    found = article(json.dumps({"text": "Ours.", "title": None, "headline": "B"}), JSON)
    assert found.title == "B"


@pytest.mark.parametrize("path", ["content.body", "parts[].body", "a.b"])
def test_the_settings_name_keys_and_paths(path: str) -> None:
    record = {
        "text": "Not this.",
        "content": {"body": "This."},
        "parts": [{"body": "This."}, {"other": 1}],
        "a.b": "This.",
        "day": "28 April 2025 10:00 UTC",
    }
    source = Source("wire", keys=(("text", path), ("published_at", "day")))
    found = article(json.dumps(record), JSON, source=source)
    assert (found.text, found.published_at) == ("This.", NOON)


@pytest.mark.parametrize(
    ("keys", "record", "reason", "said"),
    [
        ({"title": "t"}, {"text": "a", "t": 5}, "malformed", "t is a number, not a string"),
        ({"authors": "w"}, {"text": "a", "w": 3}, "malformed", "w is a number, not a list"),
        ({"text": "t"}, {"text": "a", "t": 5}, "malformed", "t is a number"),
        ({"text": "t"}, {"text": "a"}, "no_text", "no t (its keys: text)"),
        ({"text": "t"}, {"t": " "}, "no_text", "t is blank"),
    ],
)
def test_a_key_of_the_settings_holds_what_it_should(
    keys: dict[str, str], record: dict[str, Any], reason: str, said: str
) -> None:
    source = Source("wire", keys=tuple(keys.items()))
    refused = reject(json.dumps(record), JSON, source=source)
    assert (refused.reason, said in refused.detail) == (reason, True), refused.detail


def test_an_odd_value_under_a_key_of_others_is_let_be() -> None:
    record = {"maintext": BODY, "headline": 5, "lang": 7, "published": "some day", "byline": {},
              "guid": [], "newspaper": False, "dateModified": {}}  # fmt: skip
    found = article(json.dumps(record), JSON)
    assert (found.title, found.authors, found.published_at, found.publisher) == (
        None,
        (),
        None,
        None,
    )
    assert reject(json.dumps({"maintext": 5}), JSON).detail.endswith(
        "maintext is a number, not a string"
    )


@pytest.mark.parametrize(
    "written",
    ["2025-04-28T10:00:00Z", "2025-04-28 10:00:00+00:00", "20250428T100000Z", 1745834400,
     1745834400000, "1745834400", "1745834400000", "Mon, 28 Apr 2025 10:00:00 +0000",
     "Mon, 28 Apr 2025 12:00:00 +0200", "2025-04-28T19:00:00+09:00", "20250428100000"],
)  # fmt: skip
def test_times_in_every_notation(written: str | int) -> None:
    assert article(json.dumps({"body": BODY, "pub_date": written}), JSON).published_at == NOON


@pytest.mark.parametrize("nothing", ["nan", "NaT", "None", "null", "N/A", "", "  "])
def test_what_tables_write_for_nothing_is_nothing(nothing: str) -> None:
    record = {"body": BODY, "date": nothing, "authors": nothing, "url": nothing, "id": 5.0}
    found = article(json.dumps(record), JSON)
    assert (found.published_at, found.authors, found.url, found.external_id) == (
        None,
        (),
        None,
        "5",
    )


@pytest.mark.parametrize(
    "written", ["['Jana Novotna', \"Petr O'Neil\"]", '["Jana Novotna", "Petr O\'Neil"]']
)
def test_a_list_of_names_in_a_cell(written: str) -> None:
    found = article(json.dumps({"body": BODY, "authors": written}), JSON)
    assert found.authors == ("Jana Novotna", "Petr O'Neil")


@pytest.mark.parametrize(
    "key",
    ["text", "maintext", "title", "headline", "authors", "author", "id", "guid", "url", "link",
     "publisher", "language", "source"],
)  # fmt: skip
def test_half_a_character_is_refused_wherever_it_stands(key: str) -> None:
    value = "https://a.example/\ud83d" if key in ("url", "link") else "half \ud83d"
    refused = reject(json.dumps({"body": BODY, key: value}), JSON)
    assert refused.reason == "malformed"
    assert f"{key} holds half of a surrogate pair" in refused.detail
    refused.detail.encode()


class TestMarkup:
    def test_html_is_read_as_html(self) -> None:
        text = f"<p>{BODY}</p><p>Fares stay at 30&nbsp;crowns, it said &amp; explained.</p>"
        found = article(json.dumps({"body": text}), JSON)
        assert found.text == f"{BODY}\nFares stay at 30 crowns, it said & explained."

    def test_no_paragraph_of_a_fragment_is_lost(self) -> None:
        text = (
            "<h2>Why</h2><ul><li>Cost.</li><li>Time.</li></ul><script>x()</script><p>So it is.</p>"
        )
        found = article(json.dumps({"content_html": text}), JSON)
        assert found.text.split("\n") == ["Why", "Cost.", "Time.", "So it is."]

    def test_a_whole_page_says_the_rest(self) -> None:
        page = (
            "<!doctype html><html><head><title>T</title><meta property='og:title' content='Trams'>"
            "<meta property='article:published_time' content='2025-04-28T10:00:00Z'></head><body>"
            f"<article><h1>Trams</h1><p>{BODY}</p><p>{BODY}</p></article></body></html>"
        )
        found = article(json.dumps({"html": page, "url": URL}), JSON)
        assert (found.title, found.published_at, found.url) == ("Trams", NOON, URL)
        assert "<" not in found.text

    @pytest.mark.parametrize(
        "text",
        ["if a < b and c > d then <x> is so.", "He wrote </3 and <3 to her.", "5 < 6 &amp; more",
         "The tag <b> makes it bold.", "<INAUDIBLE> he said."],
    )  # fmt: skip
    def test_a_text_with_a_stray_sign_stays_as_it_is(self, text: str) -> None:
        assert article(json.dumps({"text": text}), JSON).text == text

    def test_html_without_text_is_no_text(self) -> None:
        assert reject(json.dumps({"body": "<p> </p><br/>"}), JSON).reason == "no_text"


class TestUnused:
    def test_what_is_lacking_is_looked_for(self) -> None:
        record = {"story": BODY, "head": "Trams for Ostrava", "pub_dt": "2025-04-28", "n": 3}
        assert unused_keys(record, {}) == {
            "text": "story", "title": "head", "published_at": "pub_dt"
        }  # fmt: skip

    def test_what_is_there_or_mapped_is_not(self) -> None:
        record = {"story": BODY, "headline": "Trams", "pub_dt": "2025-04-28", "day": 1745834400}
        assert unused_keys(record, {"text": "story", "published_at": "day"}) == {}

    @pytest.mark.parametrize(
        "value", [12, True, "monthly", "a" * 50, "1745834400", None, [1], 10**400]
    )
    def test_not_everything_is_a_date(self, value: object) -> None:
        assert unused_keys({"text": "a", "title": "b", "code": value}, {}) == {"published_at": None}


def test_a_path_of_lists_gives_all_that_is_there() -> None:
    assert at_path({"a": [{"b": [1, 2]}, {"b": [3]}, 5]}, "a[].b[]") == [1, 2, 3]
    assert at_path({"a": {"b.c": 1}}, "a.b.c") == 1
    assert at_path({"a": 1}, "a.b") is None


def test_the_table_of_keys_is_sound() -> None:
    rows = reference("record_keys")
    assert {row["our_key"] for row in rows} <= {"", *OURS}
    assert all(row["written_by"] and row["their_key"] for row in rows)
    pairs = [(row["our_key"], row["their_key"]) for row in rows]
    assert len(set(pairs)) == len(pairs)
    used = {row["their_key"] for row in rows if row["our_key"]}
    assert not used & {row["their_key"] for row in rows if not row["our_key"]}
    assert {"maintext", "articlebody"} <= known_columns("text")
