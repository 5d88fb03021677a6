from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.transforms.article.inputs import HTML, article, reject

PARAGRAPHS = (
    "The reservoir above Ronda is full for the first time in eleven years, the water board said.",
    "Engineers opened two of its four gates on Sunday and let out 14 cubic metres a second.",
    "“We had forgotten the sound,” said a woman who has lived below the dam since 1988.",
)
BODY = "\n".join(PARAGRAPHS)


def page(
    head: str = "", before: str = "", after: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS
) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head><body>'
        f"<nav><a href='/'>Home</a> <a href='/water'>Water</a></nav>"
        f"<main><article>{before}{body}{after}</article></main>"
        f"<footer><p>© 2024 Serrania Post. All rights reserved.</p></footer></body></html>"
    )


def json_ld(*nodes: dict[str, object]) -> str:
    return f'<script type="application/ld+json">{json.dumps(nodes)}</script>'


NODE: dict[str, object] = {
    "@type": "NewsArticle",
    "headline": "Reservoir full after eleven years",
    "author": [{"@type": "Person", "name": "Inés Robles"}, {"name": "by Karl Voss"}],
    "publisher": {"@type": "Organization", "name": "Serrania Post"},
    "datePublished": "2024-03-05T08:30:00Z",
    "dateModified": "2024-03-06T07:00:00Z",
    "inLanguage": "en-GB",
    "url": "https://www.example.org/water/reservoir?utm_medium=feed",
}


def test_paragraphs_are_lines_and_furniture_is_gone() -> None:
    found = article(
        page(
            before="<h1>Reservoir full</h1><p class='byline'>By Inés Robles</p>",
            after="<p>Share this article</p><p>Read more: Rain in Spain</p>"
            "<div class='comments'><p>You must be logged in to add a comment.</p></div>",
        ),
        HTML,
    )
    assert found.text == BODY
    assert found.title == "Reservoir full"
    assert found.authors == ("Inés Robles",)


def test_json_ld_gives_the_columns() -> None:
    found = article(page(json_ld(NODE)), HTML)
    assert found.title == "Reservoir full after eleven years"
    assert found.authors == ("Inés Robles", "Karl Voss")
    assert found.publisher == "Serrania Post"
    assert found.published_at == dt.datetime(2024, 3, 5, 8, 30)
    assert found.version_at == dt.datetime(2024, 3, 6, 7)
    assert found.url == "https://www.example.org/water/reservoir"
    assert found.language == "en"


def test_the_article_of_this_page_is_taken_among_others() -> None:
    other = {**NODE, "headline": "Another story", "url": "https://www.example.org/other"}
    link = '<link rel="canonical" href="https://www.example.org/water/reservoir">'
    found = article(page(link + json_ld(other, NODE)), HTML)
    assert found.title == "Reservoir full after eleven years"


@pytest.mark.parametrize(
    "script",
    [
        "//<![CDATA[\n{}\n//]]>",
        "<!-- {} -->",
        "{};",
        '{{"@graph": [{{"@type": "WebSite", "name": "x"}}, {}]}}',
    ],
)
def test_json_ld_is_read_through_its_wrappings(script: str) -> None:
    text = script.format(json.dumps(NODE)[:-1] + ",}")
    found = article(page(f'<script type="application/ld+json">{text}</script>'), HTML)
    assert found.published_date == dt.date(2024, 3, 5)


def test_meta_elements_give_the_columns() -> None:
    head = (
        '<meta property="og:title" content="Reservoir full &amp; open">'
        '<meta property="og:site_name" content="Serrania Post">'
        '<meta property="og:url" content="https://example.org/water/reservoir/">'
        '<meta property="article:author" content="https://www.facebook.com/serrania">'
        '<meta name="author" content="Inés Robles, water correspondent">'
        '<meta property="article:published_time" content="2024-03-05T09:30:00+01:00">'
        '<meta property="article:modified_time" content="2024-03-05T12:30:00+01:00">'
        '<meta property="og:locale" content="en_GB">'
    )
    found = article(page(head), HTML)
    assert found.title == "Reservoir full & open"
    assert found.authors == ("Inés Robles",)
    assert found.publisher == "Serrania Post"
    assert found.published_at == dt.datetime(2024, 3, 5, 8, 30)
    assert found.published_zone == "+01:00"
    assert found.version_at == dt.datetime(2024, 3, 5, 11, 30)
    assert found.url == "https://example.org/water/reservoir/"


def test_of_two_notations_of_one_instant_the_local_one_tells_the_zone() -> None:
    node = {**NODE, "datePublished": "2024-03-04T22:30:00Z"}
    meta = '<meta property="article:published_time" content="2024-03-05T09:30:00+11:00">'
    found = article(page(json_ld(node) + meta), HTML)
    assert found.published_at == dt.datetime(2024, 3, 4, 22, 30)
    assert (found.published_zone, found.published_date) == ("+11:00", dt.date(2024, 3, 5))


def test_scholarly_names_are_turned_round() -> None:
    head = (
        '<meta name="dc.creator" content="Robles, Inés"><meta name="dc.creator" content="Voss, K">'
    )
    assert article(page(head), HTML).authors == ("Inés Robles", "K Voss")


@pytest.mark.parametrize(
    "shown",
    [
        '<time datetime="2024-03-05T09:30:00+01:00" pubdate>yesterday</time>',
        '<span class="published-date">Published: 5 March 2024 09:30 (GMT+1)</span>',
        '<div itemprop="datePublished" content="2024-03-05T09:30:00+01:00">5/3</div>',
    ],
)
def test_a_date_shown_on_the_page_is_read(shown: str) -> None:
    found = article(page(before=shown), HTML)
    assert found.published_at == dt.datetime(2024, 3, 5, 8, 30)


def test_the_address_tells_the_date_when_nothing_else_does() -> None:
    link = '<link rel="canonical" href="https://example.org/2024/mar/05/reservoir-full">'
    assert article(page(link), HTML).published_date == dt.date(2024, 3, 5)


def test_a_front_page_as_canonical_address_is_not_believed() -> None:
    link = '<link rel="canonical" href="https://example.org/">'
    first = article(page(link), HTML, uri="a.html")
    second = article(page(link), HTML, uri="b.html")
    assert first.url is None
    assert first.article_id != second.article_id


def test_a_relative_canonical_address_is_completed() -> None:
    head = (
        '<link rel="canonical" href="/water/reservoir">'
        '<meta property="og:url" content="https://example.org/water/reservoir?x=1">'
    )
    assert article(page(head), HTML).url == "https://example.org/water/reservoir"


def test_the_site_is_cut_from_the_title() -> None:
    site = '<meta property="og:site_name" content="Serrania Post">'
    head = f"<title>Reservoir full | Serrania Post</title>{site}"
    assert article(page(head), HTML).title == "Reservoir full"


def test_the_parts_of_a_cut_body_are_put_together() -> None:
    more = [f"Paragraph {n} of the part that follows tells how the {n} gates were built." for n in
            range(2, 9)]  # fmt: skip
    parts = "".join(
        f"<div class='row'><div class='body-part'>{''.join(f'<p>{p}</p>' for p in part)}</div>"
        "<div class='ad'>Advertisement</div></div>"
        for part in (PARAGRAPHS, more[:3], more[3:])
    )
    text = f"<html><body><article>{parts}</article><p>Contact us</p></body></html>"
    assert article(text, HTML).text == "\n".join([*PARAGRAPHS, *more])


def test_a_page_laid_out_by_tables_is_read() -> None:
    cells = "<td><a href='/'>Home</a><br><a href='/w'>Water</a></td>"
    body = "".join(f"<p>{p}</p>" for p in (*PARAGRAPHS, *(f"{p} Again." for p in PARAGRAPHS)))
    found = article(
        f"<html><body><table><tr>{cells}<td>{body}</td></tr></table></body></html>", HTML
    )
    assert found.text.split("\n")[:3] == list(PARAGRAPHS)
    assert "|" not in found.text


def test_a_body_that_scripts_would_build_is_taken_from_the_data() -> None:
    node = {**NODE, "articleBody": "\n\n".join(PARAGRAPHS)}
    text = f"<html><head>{json_ld(node)}</head><body><div id='root'></div></body></html>"
    assert article(text, HTML).text == BODY


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<nav><a href='/'>Home</a><a href='/a'>World</a><a href='/b'>Sport</a></nav>",
        "<div id='root'></div><noscript>Enable JavaScript to run this app.</noscript>",
        "<h1>Page not found</h1>",
        "<ul>"
        + "".join(f"<li><a href='/{n}'>Story number {n}</a></li>" for n in range(9))
        + "</ul>",
    ],
)
def test_a_page_without_a_body_is_no_article(body: str) -> None:
    refused = reject(f"<html><head><title>Post</title></head><body>{body}</body></html>", HTML)
    assert refused.reason == "no_text"
    assert "desk/story.txt" in refused.detail


def _nested(depth: int) -> str:
    deep = "<div>" * depth + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</div>" * depth
    return f"<html><body><article>{deep}</article></body></html>"


def test_deep_nesting_is_read_as_far_as_parsers_go() -> None:
    assert article(_nested(150), HTML).text == BODY
    assert reject(_nested(5000), HTML).reason == "too_deep"


def test_links_to_other_stories_are_no_text() -> None:
    link = "<p><a href='/x'>Twelve villages still wait for their water to return</a></p>"
    quoted = "<p>The board’s <a href='/r'>report of last year on the two dams</a> was silent.</p>"
    found = article(page(after=f"{link}{quoted}<p>The gates close again on Friday.</p>"), HTML)
    assert found.text.split("\n")[-2:] == [
        "The board’s report of last year on the two dams was silent.",
        "The gates close again on Friday.",
    ]
    assert "Twelve villages" not in found.text


def test_every_wording_of_the_headline_is_taken_off_the_head() -> None:
    head = '<meta property="og:title" content="Full again: the reservoir of Ronda">'
    before = "<p>WATER</p><h1>Full again: the reservoir of Ronda</h1><p>Reservoir full</p>"
    found = article(page(head + "<title>Reservoir full</title>", before=before), HTML)
    assert found.text == BODY


def test_paragraphs_that_the_data_run_together_are_taken_from_the_page() -> None:
    many = tuple(f"{p} It was day {n} of the rains in the hills." for n, p in
                 enumerate(PARAGRAPHS * 4))  # fmt: skip
    node = {**NODE, "articleBody": "".join(many)}
    text = "<br><br>".join(many)
    html = f"<html><head>{json_ld(node)}</head><body><div class='x'>{text}</div></body></html>"
    assert article(html, HTML).text == "\n".join(many)
