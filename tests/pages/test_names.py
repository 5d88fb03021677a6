"""The pages of names and of sources, over a lake made for them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from lxml import html

from pages import entities, links, sources
from pages.opening import Wish, opened
from pages.templates import POLICY
from pages.wanted import Choice, Limits
from tests.pages import names_lake as made
from warehouse.reader import query

#: Parts of a site that other modules make.
ELSEWHERE = {
    links.OVERVIEW,
    links.QUESTIONS,
    links.ARTICLES,
    links.SEARCH,
    links.DOWNLOADS,
    links.QUALITY,
    links.question("conflicting_counts"),
    "assets/site.css",
    "assets/names.css",
}
ALL = Limits()


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.lake(tmp_path_factory.mktemp("names"))


def site(lake: Path, limits: Limits = ALL, choice: Choice | None = None) -> dict[str, bytes]:
    """Every page of names and sources, by its address."""
    with opened(lake, None, Wish(limits=limits, choice=choice or Choice())) as one:
        files = [*entities.pages(one.site), *sources.pages(one.site)]
    pages = {file.path: file.data for file in files}
    assert len(pages) == len(files)
    return pages


@pytest.fixture(scope="module")
def pages(lake: Path) -> dict[str, bytes]:
    return site(lake)


def said(page: bytes) -> str:
    """The words of a page, in one line."""
    return " ".join(html.fromstring(page.decode()).text_content().split())


def leads(path: str, page: bytes) -> Iterator[str]:
    """Where the links of a page lead, from the site's first folder."""
    for _, _, link, _ in html.fromstring(page.decode()).iterlinks():
        if not link.startswith("https://www.geonames.org/"):
            file, hash_, name = link.partition("#")
            to = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            yield to + hash_ + name


def section(page: bytes, heading: str) -> html.HtmlElement:
    """The part of a page below a heading."""
    (found,) = html.fromstring(page.decode()).xpath("//section[h2[.=$heading]]", heading=heading)
    return found


def headings(page: bytes) -> list[str]:
    return [one.text_content() for one in html.fromstring(page.decode()).xpath("//h2")]


def test_every_link_leads_to_a_page_and_a_place_that_are_there(
    lake: Path, pages: dict[str, bytes]
) -> None:
    rows = query(
        "SELECT row_id, article_id FROM article_rows WHERE table_name <> 'entities'", path=lake
    )
    there = {links.article(row["article_id"], row["row_id"]) for row in rows.to_pylist()}
    there |= {links.article(made.article_id(number)) for number in range(len(made.ARTICLES))}
    seen = 0
    for path, page in pages.items():
        for to in leads(path, page):
            file, hash_, name = to.partition("#")
            seen += 1
            if file in pages:
                ids = html.fromstring(pages[file].decode()).xpath("//@id")
                assert not hash_ or name in ids, (path, to)
            else:
                assert to in there or file in ELSEWHERE, (path, to)
    assert seen > 200


def test_ids_and_the_names_of_regions_are_of_one_place(pages: dict[str, bytes]) -> None:
    for page in pages.values():
        tree = html.fromstring(page.decode())
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert set(tree.xpath("//@aria-labelledby")) <= set(ids)


def test_the_policy_is_kept(pages: dict[str, bytes]) -> None:
    for page in pages.values():
        tree = html.fromstring(page.decode())
        assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [POLICY]
        assert not tree.xpath("//script | //style | //@style | //@*[starts-with(name(), 'on')]")


def test_the_same_state_gives_the_same_bytes(lake: Path, pages: dict[str, bytes]) -> None:
    assert site(lake) == pages


def test_a_country_is_linked_and_its_side_counted(pages: dict[str, bytes]) -> None:
    page = pages[links.entity(made.SOLANIA)]
    words = said(page)
    assert "country or territory" in words
    assert "Named 2 times in 1 article, of 4 March 2025." in words
    assert "https://www.geonames.org/1001" in words
    assert "12.5000° S, 33.2500° E" in words
    assert "One known thing" in words
    told = section(page, "Figures about it").text_content()
    assert "40 Solanians" in told
    assert "whose side is counted" in told
    assert "1,200 troops" in told
    assert "who does it" in told
    assert "where it is" in told
    (away,) = html.fromstring(page.decode()).xpath("//a[contains(@href, 'geonames')]")
    assert away.get("rel") == "noreferrer noopener"


def test_a_town_may_be_another(pages: dict[str, bytes]) -> None:
    page = pages[links.entity(made.VELL)]
    words = said(page)
    assert "region or town · Solania · North Vell" in words
    assert "In 4 of 4 articles another place of the name comes close" in words
    assert "https://www.geonames.org/1004" in page.decode()
    assert "1 of the articles has no date" in words
    assert "whose side" not in words  # it is no country
    events = section(page, "Events it takes part in")
    assert "to whom it happens, where it is" in events.text_content()
    assert [one.text for one in events.xpath(".//td[@data-head='Who']//bdi")] == ["Solania"]
    assert events.xpath(".//td[@data-head='Who']//a/@href") == [
        links.relative(links.entity(made.VELL), links.entity(made.SOLANIA))
    ]
    assert not events.xpath(".//td[@data-head='Where']//a")  # the page itself


def test_who_speaks_says_something_and_gives_figures(pages: dict[str, bytes]) -> None:
    path = links.entity(made.QUIST)
    page = pages[path]
    words = said(page)
    assert "person:mara-quist of the table ref_persons" in words
    assert "president" in words
    assert "M. Quist, Mara van Quist" in words
    told = section(page, "What it says")
    assert [one.text_content() for one in told.xpath(".//p[@class='evidence']")] == [
        "“In Solania 1,200 troops left Vell”",
        "Vell wept",
    ]
    assert "say · 4 March 2025" in " ".join(told.text_content().split())
    first = links.article(
        made.article_id(1), made.an_id("claim", 1, "In Solania 1,200 troops left Vell")
    )
    assert told.xpath(".//a/@href")[0] == links.relative(path, first)
    assert "1,200 troops" in section(page, "Figures it gives").text_content()
    assert "What others say that name it" not in headings(page)
    assert "Events it takes part in" not in headings(page)


def test_what_is_said_of_a_name_is_said_by_others(pages: dict[str, bytes]) -> None:
    told = section(pages[links.entity(made.VELL)], "What others say that name it")
    lines = [" ".join(one.text_content().split()) for one in told.xpath(".//p[@class='note']")]
    assert lines == [
        "Doctors · say · 20 April 2025",
        "Mara Quist · say · 4 March 2025",
        "Vell police · say · 3 March 2025",
        "Mara Quist · say · 3 March 2025",
    ]


def test_names_of_one_sentence_are_in_company(pages: dict[str, bytes]) -> None:
    told = section(pages[links.entity(made.VELL)], "Named with")
    assert [" ".join(one.text_content().split()) for one in told.xpath(".//li")] == [
        "Mara Quist 2",
        "Solanian 2",
        "Solania 1",
    ]


def test_mentions_are_drawn_over_time(pages: dict[str, bytes]) -> None:
    (drawn,) = html.fromstring(pages[links.entity(made.VELL)].decode()).xpath("//svg")
    assert drawn.get("role") == "img"
    assert drawn.get("aria-label") == (
        "Mentions by day, 3 March 2025 to 20 April 2025. Most: 3, 3 March 2025."
    )
    assert len(drawn.xpath(".//rect")) == 3
    assert not html.fromstring(pages[links.entity(made.SOLANIA)].decode()).xpath("//svg")


@pytest.mark.parametrize(
    "part", ["spellings", "company", "said", "said_of", "figures", "given", "events", "articles"]
)
def test_the_question_for_all_rows_gives_as_many(
    part: str, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list cut to one row says how many there are, and the command it gives shows these."""
    from pages import entity_rows

    cut = re.sub(r"<= \d+\n", "<= 1\n", entity_rows.QUESTIONS[part])
    monkeypatch.setattr(entity_rows, "QUESTIONS", {**entity_rows.QUESTIONS, part: cut})
    asked = 0
    for page in site(lake).values():
        for command in re.findall(
            r"(\d+) of (\d+): how to see all</summary>\n<pre.*?><code>(.*?)</code>", page.decode()
        ):
            shown, total, code = command
            sql = unescape(code).removeprefix('dateline sql "').removesuffix('"')
            assert query(sql, path=lake).num_rows == int(total) > int(shown) == 1
            assert not set('`$\\"!') & set(sql)
            asked += 1
    assert asked or part in ("spellings", "given", "events")


def test_articles_and_names_without_a_page_are_not_linked(lake: Path) -> None:
    few = site(lake, Limits(articles=1, entities=2))
    assert sorted(path for path in few if re.match("names/../", path)) == sorted(
        links.entity(one) for one in (made.VELL, made.QUIST)
    )
    for path, page in few.items():
        for to in leads(path, page):
            assert (
                not to.startswith("articles/") or to == links.ARTICLES or made.article_id(3) in to
            )
    assert "2 of 7 names have a page" in said(few[links.ENTITIES])
    assert "Vell wept" in said(few[links.entity(made.QUIST)])


def test_a_choice_of_days_is_kept(lake: Path) -> None:
    some = site(lake, choice=Choice(since="2025-03-01", until="2025-03-03"))
    assert "Named 3 times in 1 article" in said(some[links.entity(made.VELL)])
    assert "Doctors" not in said(some[links.entity(made.VELL)])
    assert links.entity(made.HOSTILE) not in some
    assert "1 article, published on 3 March 2025" in said(some[sources.address("source", "feed")])


def test_what_others_wrote_is_shown_as_text(pages: dict[str, bytes]) -> None:
    for page in pages.values():
        assert b"<script>" not in page
        assert "\u202e" not in page.decode()
        assert max(map(len, re.findall(r"\S+", said(page)))) <= 600
    hostile = html.fromstring(pages[links.entity(made.HOSTILE)].decode())
    assert hostile.xpath("//h1")[0].text == made.SCRIPT
    assert "[U+202E]" in said(pages[links.entity(made.VELL)])
    assert made.RIGHT_TO_LEFT in said(pages[links.entity(made.PORT)])
    assert said(pages[links.entity(made.ENDLESS)]).count("Ö" * 299 + "…")


def test_the_list_of_names_has_each_kind(pages: dict[str, bytes]) -> None:
    page = pages[links.ENTITIES]
    assert headings(page) == ["People", "Organisations", "Places", "Groups"]
    assert "7 names, each with a page" in said(page)
    places = section(page, "Places").xpath(".//li")
    assert [" ".join(one.text_content().split()) for one in places] == [
        "Vell Solania · 4",
        "Solania 1",
        f"{made.RIGHT_TO_LEFT} 1",
    ]


def test_many_names_are_listed_by_letter(lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.entity_lists.MOST", 1)
    monkeypatch.setattr("pages.entity_lists.A_PAGE", 1)
    many = site(lake)
    assert [path for path in many if path.startswith("names/all/")] == [
        "names/all/m.html",
        "names/all/o.html",
        "names/all/s.html",
        "names/all/s-2.html",
        "names/all/s-3.html",
        "names/all/v.html",
        "names/all/other.html",
    ]
    assert "The 1 that most articles name, of 3." in said(many[links.ENTITIES])
    assert "3 names, page 2 of 3." in said(many["names/all/s-2.html"])
    listed = {
        to
        for path, page in many.items()
        if path.startswith("names/all/")
        for to in leads(path, page)
    }
    assert {links.entity(one) for one in made.BY_ID} <= listed


def test_a_source_says_how_it_fares_and_hides_who_asks(pages: dict[str, bytes]) -> None:
    page = pages[sources.address("source", "feed")]
    words = said(page)
    assert "5 articles, published from 3 March 2025 to 2 May 2025." in words
    assert "1 of 5 (20%)" in words
    assert "half within 22 minutes, nine of ten within 23 minutes (of 4 articles" in words
    assert "3 articles: nobody else here carries the story" in words
    assert "https://feed.example/rss" in words
    assert "empty 1" in words
    assert f"there is nothing in it {made.SCRIPT}" in words
    quiet = said(pages[sources.address("source", "quiet")])
    assert "No article of it is shown here." in quiet
    assert "https://quiet.example answered 500" in quiet
    for page in pages.values():
        assert b"secret" not in page
        assert b"/home/anna" not in page


def test_counts_that_do_not_agree_stand_side_by_side(pages: dict[str, bytes]) -> None:
    for part, name in (("source", "feed"), ("publisher", "Dune Post"), ("publisher", made.SHELL)):
        path = sources.address(part, name)
        told = section(pages[path], "Counts that do not agree")
        assert [one.text for one in told.xpath(".//div/p/a/b")] == ["25", "40"]
        assert told.xpath(".//div[@class='sides']//a/@href") == [
            links.relative(path, links.article(made.article_id(n), made.an_id("figure", n, value)))
            for n, value in ((2, "25"), (0, "40"))
        ]
        assert "Vell police said 40 Solanians were hurt in Vell." in told.text_content()
    assert "Counts that do not agree" not in headings(
        pages[sources.address("publisher", made.LONG)]
    )


def test_a_publisher_says_whose_stories_it_carries(pages: dict[str, bytes]) -> None:
    page = pages[sources.address("publisher", made.SHELL)]
    assert "1 article: a story that stood elsewhere before" in said(page)
    assert section(page, "Its own stories and others’").xpath(".//li//a//text()") == ["Dune Post"]
    assert "Mara Quist" in said(pages[sources.address("publisher", "Dune Post")])


def test_a_command_is_given_only_for_a_name_that_a_shell_takes_as_it_stands(
    lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pages import source_rows

    cut = {name: re.sub(r"<= \d+\n", "<= 1\n", sql) for name, sql in source_rows._QUESTIONS.items()}
    monkeypatch.setattr(source_rows, "_QUESTIONS", cut)
    few = site(lake)
    asked = 0
    for path, page in few.items():
        if path.startswith("sources/") and path != links.SOURCES:
            for total, code in re.findall(
                r"1 of (\d+): how to see all</summary>\n<pre.*?><code>(.*?)</code>", page.decode()
            ):
                sql = unescape(code).removeprefix('dateline sql "').removesuffix('"')
                assert query(sql, path=lake).num_rows == int(total)
                asked += 1
    assert asked >= 4
    assert b"touch x" in few[sources.address("publisher", made.SHELL)]
    assert b"dateline sql" not in few[sources.address("publisher", made.SHELL)]


def test_only_the_largest_publishers_have_a_page(
    lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.carried.PUBLISHERS", 1)
    few = site(lake)
    assert "The 1 largest of 3" in said(few[links.SOURCES])
    assert [path for path in few if path.startswith("sources/publisher")] == [
        sources.address("publisher", "Dune Post")
    ]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(40, "40 seconds"), (1331, "22 minutes"), (9000, "2 hours"), (3 * 86400, "3 days")],
)
def test_a_delay_is_said_in_its_largest_unit(seconds: float, words: str) -> None:
    assert words in sources.delay({"measured": 1, "median": seconds, "most": seconds})


def test_an_archive_has_no_delay() -> None:
    told = sources.delay({"measured": 2, "median": 70_000_000.0, "most": 80_000_000.0})
    assert "half of the articles were 2 years old" in told
    assert "is not known" in told


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("https://a:b@news.example/feed.xml?key=1#x", "https://news.example/feed.xml"),
        ("/home/anna/news", "news"),
        ("news/*.html", "*.html"),
    ],
)
def test_where_a_source_is_read_is_shown_without_secrets(path: str, shown: str) -> None:
    assert sources.place(path) == shown
