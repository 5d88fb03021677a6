"""Who wrote the article of a page: its own byline, and nobody else's."""

from __future__ import annotations

import re

import pytest

from tests.transforms.article.inputs import HTML, article
from tests.transforms.article.test_html import json_ld, page
from transforms.reference import reference

BY = '<span class="byline">By <a rel="author" href="/people/ana">Ana Rojas</a></span>'
OTHER = '<a rel="author" href="/people/olaf">Olaf Berg</a>'
HEADLINE = "<h1>Ferry strike in Lissa goes on</h1>"
HOUSE = {"@type": "NewsMediaOrganization", "name": "Quay Press"}


def authors(head: str = "", before: str = HEADLINE, after: str = "") -> tuple[str, ...]:
    return article(page(head, before, after), HTML).authors


def node(author: object, *others: dict[str, object]) -> str:
    story = {"@type": "NewsArticle", "headline": "Ferry strike in Lissa goes on", "author": author}
    return json_ld(story, *others)


@pytest.mark.parametrize(
    "others",
    [
        f"<aside><p>More of {OTHER}</p></aside>",
        f'<section class="comments"><p class="author">{OTHER}</p></section>',
        f'<ol><li class="comment" id="comment-12"><address>{OTHER}</address> Well said.</li></ol>',
        '<form id="respond"><label class="author" for="a">Your Name</label></form>',
        f'<div class="related-stories"><div>{OTHER}</div></div>',
        f'<div class="most-read"><p itemprop="author">{OTHER}</p></div>',
        f'<div class="post-card"><span class="card__meta">{OTHER}</span></div>',
        f'<div><h3><a href="/b">Port opens again after a week</a></h3><p>By {OTHER}</p></div>',
        f'<a href="/b"><h4>Port opens again after a week</h4></a><div><span>{OTHER}</span></div>'
        .join(("<li>", "</li>")),
        f"<article><p>Another story, by {OTHER}</p></article>",
        f"<nav>{OTHER}</nav>",
        f'<div class="sidebar"><div class="widget">{OTHER}</div></div>',
        '<aside><meta itemprop="author" content="Olaf Berg"></aside>',
        '<div class="comments"><meta itemprop="author" content="Olaf Berg"></div>',
    ],
)  # fmt: skip
def test_bylines_of_others_are_not_the_article_s(others: str) -> None:
    assert authors(after=others) == ()
    assert authors(before=HEADLINE + BY, after=others) == ("Ana Rojas",)
    assert authors(before=others + HEADLINE + BY) == ("Ana Rojas",)


def test_a_box_that_holds_the_headline_is_the_article_s_own() -> None:
    for name in ("has-sidebar content-sidebar", "card", "related-wrapper"):
        assert authors(before=f'<div class="{name}">{HEADLINE}{BY}</div>') == ("Ana Rojas",)
    heading = "<h2>Ferry strike in Lissa goes on</h2>"
    head = '<meta property="og:title" content="Ferry strike in Lissa goes on">'
    logo = "<aside><h1>Quay Post</h1></aside>"
    boxed = f'{logo}<div class="card">{heading}{BY}</div>'
    assert authors(head, before=boxed) == ("Ana Rojas",)


@pytest.mark.parametrize(
    ("head", "before", "expected"),
    [
        # a person's byline goes before the house that the data name
        (node(HOUSE), HEADLINE + BY, ("Ana Rojas",)),
        (node([HOUSE]) + '<meta name="author" content="Ana Rojas">', HEADLINE, ("Ana Rojas",)),
        (node({"@type": "Organization", "name": "Quay"}), HEADLINE + BY, ("Ana Rojas",)),
        # no person's: the house stays, also beside what names no person
        (node(HOUSE), HEADLINE, ("Quay Press",)),
        (node(HOUSE) + '<meta name="author" content="Harbour Daily News">', HEADLINE,
         ("Quay Press",)),
        (node(HOUSE), HEADLINE + '<p class="author">The Ministry of Ports</p>', ("Quay Press",)),
        # both in the data are as they are
        (node([{"@type": "Person", "name": "Ana Rojas"}, HOUSE]), HEADLINE,
         ("Ana Rojas", "Quay Press")),
        # a person by reference, an account by its name alone
        (node({"@id": "#ana"}, {"@type": "Person", "@id": "#ana", "name": "Ana Rojas"}), HEADLINE,
         ("Ana Rojas",)),
        (node({"@id": "#ana"}), HEADLINE, ()),
        (node({"@type": "Person", "name": "ana-r"}) + '<meta name="author" content="Ana Rojas">',
         HEADLINE, ("Ana Rojas",)),
        # meta elements
        ('<meta name="authors" content="Ana Rojas, Olaf Berg">', HEADLINE,
         ("Ana Rojas", "Olaf Berg")),
        ('<meta name="authors" content="Ana Rojas; Olaf Berg">', HEADLINE,
         ("Ana Rojas", "Olaf Berg")),
        ('<meta name="Authors" content="Ana Rojas"><meta name="authors" content="Olaf Berg">',
         HEADLINE, ("Ana Rojas", "Olaf Berg")),
        ('<meta name="citation_authors" content="Rojas, Ana">', HEADLINE, ("Ana Rojas",)),
    ],
)  # fmt: skip
def test_a_person_s_byline_goes_first(head: str, before: str, expected: tuple[str, ...]) -> None:
    assert authors(head, before) == expected


def test_a_reference_that_leads_to_itself_ends() -> None:
    assert authors(node({"@id": "#a"}, {"@id": "#a", "name": {"@id": "#a"}})) == ()


def test_boxes_of_bylines_are_patterns() -> None:
    for row in reference("byline_boxes"):
        assert re.compile(row["pattern"]).fullmatch("") is None


CUT = "Ferry strike in Lissa goes on as the port’s..."
WHOLE = "Ferry strike in Lissa goes on as the port's crews stay out"
LIVE, STORY = "Lissa strike LIVE: Crews walk out again", "Ferry crews strike in Lissa - updates"


@pytest.mark.parametrize(
    ("headline", "kind", "shared", "shown", "title"),
    [
        # cut in the data and for sharing: the heading that it begins, whatever its quotes
        (CUT, "NewsArticle", "Ferry strike in Lissa?", WHOLE, WHOLE),
        (CUT, "NewsArticle", "Ferry strike goes on", "Lissa", "Ferry strike goes on"),
        # a page that is written on: what is shared, not its newest entry
        (LIVE, "LiveBlogPosting", STORY, LIVE, STORY),
        (LIVE, "NewsArticle", STORY, LIVE, LIVE),
    ],
)
def test_the_title_is_whole_and_the_whole_page_s(
    headline: str, kind: str, shared: str, shown: str, title: str
) -> None:
    head = json_ld({"@type": kind, "headline": headline})
    head += f'<meta property="og:title" content="{shared}">'
    assert article(page(head, f"<h1>{shown}</h1>"), HTML).title == title
