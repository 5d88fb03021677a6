"""Which blocks of a page are its article: pages of the kinds that are read wrongly elsewhere."""

from __future__ import annotations

import re

import pytest

from tests.transforms.article.inputs import HTML, PLAIN, article, reject
from transforms.article.boxes import _is_named
from transforms.reference import reference

STORY = (
    "The ferry to Aran stopped at noon on Tuesday, when the waves at the pier were four metres.",
    "Some 210 passengers slept in the hall of the school, the harbour master, Orla Keane, said.",
    "Bakers brought 40 loaves, and a doctor looked after two people with bruises on their arms.",
    "“Nobody was frightened,” said Keane, who has seen the boats stay in port on 31 days a year.",
)
LAST = "The next boat leaves on Thursday at seven if the wind turns west, the company said."
NAMES = (
    "Home", "News", "Weather", "Sport", "Radar", "Traffic", "Schools", "Events", "Jobs", "Video",
    "State", "World", "Politics", "Health", "Money", "Crime", "Courts", "Roads", "Water", "Islands",
)  # fmt: skip


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def page(*parts: str, head: str = "") -> str:
    return (
        f"<html lang='en'><head>{head}</head><body><main><article><div class='story'>"
        f"{''.join(parts)}</div></article></main></body></html>"
    )


def menu(item: str, name: str = "article-body") -> str:
    links = "".join(
        f"<{item}><a href='/{n}'>{n} and all else of {n.lower()} here</a></{item}>" for n in NAMES
    )
    return f"<div class='{name}'>{links}</div>"


@pytest.mark.parametrize("item", ["p", "li", "span", "div"])
@pytest.mark.parametrize(
    "story",
    [
        paragraphs(*STORY, LAST),
        "<br><br>".join((*STORY, LAST)),
        "".join(f"<div><span>{line}</span></div>" for line in (*STORY, LAST)),
    ],
)
def test_where_a_menu_is_found_in_place_of_the_body_the_page_is_looked_at_again(
    item: str, story: str
) -> None:
    text = f"<html><body>{menu(item)}<div class='x1'>{story}</div></body></html>"
    assert article(text, HTML).text.split("\n") == [*STORY, LAST]


@pytest.mark.parametrize(
    "links",
    [
        menu("p"),
        "<div class='article-body'>"
        + " | ".join(f"<a href='/{n}'>{n}</a>" for n in NAMES)
        + "</div>",
    ],
)
def test_a_page_that_is_a_menu_alone_is_a_reject_that_says_so(links: str) -> None:
    refused = reject(f"<html><body>{links}</body></html>", HTML)
    assert refused.reason == "no_text"
    assert re.search(r"looked at twice, is a menu of \d+ words", refused.detail)
    assert "fetch the page of the article itself" in refused.detail


def test_a_body_that_the_data_state_is_read_from_a_page_that_shows_a_menu() -> None:
    stated = '{"@type": "NewsArticle", "headline": "Boats", "articleBody": "%s"}'
    data = f'<script type="application/ld+json">{stated % " ".join(STORY)}</script>'
    text = f"<html><head>{data}</head><body>{menu('p')}</body></html>"
    assert article(text, HTML).text.startswith(STORY[0])


def test_lists_in_the_cells_of_a_table_keep_their_text() -> None:
    table = (
        "<table><tr><th>Port</th><th>Boats</th></tr>"
        "<tr><td>Rossaveal</td><td><ul><li>Queen of Aran, in port</li><li>Dún, at sea</li></ul>"
        "</td></tr><tr><td>Doolin <dl><dt>Out</dt><dd>two boats</dd><dt>In</dt><dd>none.</dd></dl>"
        "</td><td>closed<ol><li>Since noon.<ul><li>By order</li></ul></li><li>Till May</li>"
        "</ol>at least</td></tr></table>"
    )
    found = article(page(paragraphs(*STORY), table, paragraphs(LAST)), HTML)
    assert found.text.split("\n") == [
        *STORY,
        "| Port | Boats |",
        "| Rossaveal | Queen of Aran, in port; Dún, at sea |",
        "| Doolin Out: two boats; In: none. | closed Since noon. By order; Till May at least |",
        LAST,
    ]


def test_a_list_in_a_table_of_one_cell_is_a_list() -> None:
    items = "".join(f"<li>{line}</li>" for line in STORY[2:])
    table = f"<table><tr><td>Who helped:<ul>{items}</ul></td></tr></table>"
    found = article(page(paragraphs(*STORY[:2]), table, paragraphs(LAST)), HTML)
    assert found.text.split("\n") == [*STORY[:2], "Who helped:", *STORY[2:], LAST]


QUESTION = "What was the longest time that you ever waited for a boat from the islands to come?"


def test_what_the_text_says_again_is_kept() -> None:
    answers = [(f"<p>{QUESTION}</p>", f"<p>{line}</p>") for line in STORY]
    found = article(page(*(part for pair in answers for part in pair)), HTML)
    assert found.text.split("\n") == [part for line in STORY for part in (QUESTION, line)]
    plain = "\n\n".join(["Boats", *(part for line in STORY for part in (QUESTION, line))])
    assert article(plain, PLAIN).text.count(QUESTION) == len(STORY)


@pytest.mark.parametrize("times", [2, 25])
def test_a_paragraph_directly_behind_itself_is_a_slip(times: int) -> None:
    lines = [*STORY[:2], *[STORY[2]] * times, *STORY[3:]]
    assert article(page(paragraphs(*lines)), HTML).text.split("\n") == list(STORY)
    assert article("\n\n".join(lines), PLAIN).text.split("\n") == list(STORY)


def test_a_text_that_is_shown_twice_is_read_once() -> None:
    narrow = f"<div class='story'>{paragraphs(*STORY)}</div>"
    assert article(page(paragraphs(*STORY), narrow), HTML).text.split("\n") == list(STORY)
    twice = "\n\n".join([*STORY, LAST, *STORY])
    assert article(twice, PLAIN).text.split("\n") == [*STORY, LAST]


def test_a_box_that_says_the_same_between_the_paragraphs_is_read_once() -> None:
    plea = "Our readers in every county pay for this work, and you can do so on the web, too."
    box = f"<div class='plea'><p>{plea}</p></div>"
    found = article(page(*(f"<p>{line}</p>{box}" for line in STORY)), HTML)
    assert found.text.split("\n") == [STORY[0], plea, *STORY[1:]]


BOXES = {
    "subscribe": "<section class='Newsletter-container'><h3>The Morning Boat</h3>"
    "<p>All that you want to know before the first ferry, in your mail.</p></section>",
    "bar": "<div id='wp-notification-bar'><table><tr><td><div>Two months of the paper for a pound."
    "</div></td></tr></table></div>",
    "author": "<div class='authorBio'><p>Pat Flood has told of the islands since 1987 and was born "
    "there.</p></div>",
    "print": "<div class='print-header'><p>This copy is for your own use alone.</p></div>",
    "links": "<div class='latest-news-box'><ul><li><h4><a href='/a'>Bridge shut</a></h4> The "
    "council said on Monday that it would be open again by May.</li></ul></div>",
    "promo": "<article class='promo-item'><h3><a href='/b'>Bridge shut</a></h3><p>A bus is used."
    "</p></article>",
    "caption": "<div class='image-widget'><img src='p.jpg'><p>The pier at noon, seen from the "
    "church.</p></div>",
    "more": "<p class='more-link'>More: <span>The bridge that nobody needs any more</span></p>",
    "many links": "<div class='related-stories'>" + menu("li", "list") + "</div>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_a_box_of_another_name_is_no_text(box: str) -> None:
    found = article(page(paragraphs(*STORY[:3]), box, paragraphs(*STORY[3:], LAST)), HTML)
    assert found.text.split("\n") == [*STORY, LAST]


def test_a_bubble_within_a_sentence_is_left_out_of_it() -> None:
    bubble = (
        "<span class='rollover-block'><a href='/k'>Orla Keane</a><a href='/1'>Master of the port "
        "says boats are safe</a><a href='/2'>Keane to leave in May</a></span>"
    )
    line = STORY[1].replace("Orla Keane", f"<a href='/k'>Orla Keane</a>{bubble}")
    found = article(page(paragraphs(STORY[0], line, *STORY[2:])), HTML)
    assert found.text.split("\n") == list(STORY)


@pytest.mark.parametrize("name", ["newsletter", "modal-enabled", "related-posts-on", "author-box"])
def test_what_holds_the_article_is_it_whatever_its_name(name: str) -> None:
    text = f"<html><body><div class='{name}'>{paragraphs(*STORY, LAST)}</div></body></html>"
    assert article(text, HTML).text.split("\n") == [*STORY, LAST]


@pytest.mark.parametrize(
    "link",
    [
        "<p><b>READ IT HERE | <a href='/x'>Twelve boats still wait in the bay</a></b></p>",
        "<p>More: <a href='/x'>Twelve boats still wait in the bay</a></p>",
        "<li><a href='/x'>Twelve boats still wait in the bay</a> [PHOTOS]</li>",
        "<div><a href='/x'><h3>Boats wait</h3><p>Twelve of them are in the bay.</p></a></div>",
    ],
)
def test_a_link_to_another_story_with_its_label_or_teaser_is_no_text(link: str) -> None:
    found = article(page(paragraphs(*STORY[:3]), link, paragraphs(*STORY[3:], LAST)), HTML)
    assert found.text.split("\n") == [*STORY, LAST]


def test_a_heading_that_a_list_of_contents_links_to_is_kept() -> None:
    heading = "Who looks after the passengers now"
    for address in ("#care", "/boats#care"):
        contents = f"<ul><li><a href='{address}'>{heading}</a></li></ul>"
        text = page(contents, paragraphs(*STORY[:2]), f"<h2 id='care'>{heading}</h2>",
                    paragraphs(*STORY[2:]))  # fmt: skip
        assert heading in article(text, HTML).text.split("\n")[1:]


def test_a_list_of_short_entries_is_text_and_one_of_links_a_menu() -> None:
    ports = [f"{name} Pier: {n} boats" for n, name in enumerate(NAMES, 1)]
    entries = f"<ul>{''.join(f'<li>{port}</li>' for port in ports)}</ul>"
    found = article(page(paragraphs(*STORY), entries), HTML)
    assert [line.removeprefix("- ") for line in found.text.split("\n")] == [*STORY, *ports]
    links = "".join(f"<li><a href='/{port}'>{port}</a></li>" for port in ports)
    found = article(page(f"<ul>{links}</ul>", paragraphs(*STORY)), HTML)
    assert found.text.split("\n") == list(STORY)


@pytest.mark.parametrize("box", ["social-media-embed", "c-tweet embedded", "widget"])
def test_a_post_that_the_article_shows_is_text_whatever_its_box(box: str) -> None:
    post = "All boats stay in port until we say otherwise, and the café at the pier is open."
    source = "<a href='https://posts.example/okeane/77'>12 March 2024</a>"
    quotation = (
        f"<blockquote class='post'><p>{post}</p>— Orla Keane (@okeane) {source}</blockquote>"
    )
    shown = f"<div class='{box}'><div class='inner {box}'>{quotation}</div></div>"
    found = article(page(paragraphs(*STORY[:2]), shown, paragraphs(*STORY[2:])), HTML)
    assert found.text.split("\n") == [
        *STORY[:2], post, "— Orla Keane (@okeane) 12 March 2024", *STORY[2:],
    ]  # fmt: skip


def test_names_of_boxes_are_patterns_of_words_in_lower_case() -> None:
    for row in reference("page_boxes"):
        pattern = row["pattern"].replace("\\", "")
        assert pattern == pattern.lower()
        re.compile(row["pattern"])
    for name in ("storyNewsletter", "newsletter_signup", "NEWSLETTER", "c-newsletter2"):
        assert _is_named(name)
    for name in ("story", "main-text", "newsletterless", "content author", "caption-free-story-x"):
        assert _is_named(name) == name.startswith("caption")
