"""The pages of articles as they are written: what stands beside the rows, the story's other
carriers, and the lists by month."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from pages import article_lists, articles, links
from pages.opening import Wish, opened
from pages.wanted import Limits
from tests.flows.small_lake import ARTICLE, FIRST, TEXT, build, rows
from warehouse.tables import TABLES_BY_NAME, Row

SECOND, TWIN = "5" * 16, "6" * 16
FIGURE, AGAIN = "f" * 16, "7" * 16


def story() -> dict[str, list[Row]]:
    """The small lake with a second carrier of its story, which repeats its figure, and a duplicate
    of that, read by a known rule; one figure is doubted and one was corrected."""
    made = rows()
    first = made["articles"][0]
    first["url"] = "https://news.example/a?b=1&c=2"
    for article_id, more in ((SECOND, {}), (TWIN, {"duplicate_of": SECOND})):
        other = {
            **copy.deepcopy(first), "article_id": article_id, "title": f"Copy {article_id[0]}",
            "url": "ftp://news.example/a", "similarity": 0.9, "publisher": "Second Post",
            "source_uri": f"{article_id}.txt", "revision": 2, **more,
        }  # fmt: skip
        made["articles"].append(other)
    again = {**made["figures"][0], "figure_id": AGAIN, "article_id": SECOND}
    made["figures"].append({**again, "rule": "digits+counted_written"})

    def table(name: str, *some: dict[str, Any]) -> None:
        made[name] = [TABLES_BY_NAME[name].row(**one) for one in some]

    day = first["published_date"]
    table(
        "repeats",
        {"figure_id": AGAIN, "article_id": SECOND, "of_figure_id": FIGURE,
         "of_article_id": ARTICLE, "story_id": ARTICLE, "published_date": day},
    )  # fmt: skip
    table(
        "warnings",
        {"table_name": "figures", "row_id": FIGURE, "article_id": ARTICLE, "run_id": FIRST,
         "expectation": "count_is_likely", "column_name": "value",
         "detail": "expected <fewer>, found 300"},
    )  # fmt: skip
    corrected = {"article_id": SECOND, "status": "applied", "why": "seen there",
                 "corrected_by": "kim", "corrected_on": dt.date(2025, 5, 1)}  # fmt: skip
    table(
        "corrections",
        {**corrected, "table_name": "figures", "row_id": AGAIN, "column_name": "value",
         "value": "300", "value_read": "30"},
        {**corrected, "table_name": "articles", "row_id": SECOND, "column_name": "title",
         "value": None},
    )  # fmt: skip
    return made


def made_of(lake: Path, limits: Limits = Limits()) -> dict[str, html.HtmlElement]:  # noqa: B008
    """The pages by their addresses."""
    with opened(lake, None, Wish(limits=limits)) as here:
        return {file.path: html.fromstring(file.data) for file in articles.pages(here.site)}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, html.HtmlElement]:
    return made_of(build(tmp_path_factory.mktemp("story") / "lake", story()))


def told(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def row(pages: dict[str, html.HtmlElement], article: str, row_id: str) -> html.HtmlElement:
    (found,) = pages[links.article(article)].xpath(f"//li[@id='r-{row_id}']")
    return found


def test_a_page_has_the_text_line_by_line(pages: dict[str, html.HtmlElement]) -> None:
    page = pages[links.article(ARTICLE)]
    (text,) = page.xpath("//div[@id='text']")
    assert text.text_content() == TEXT
    assert len(text.xpath("p[@dir='auto']")) == 2
    (mark,) = text.xpath(f".//*[@id='m-{FIGURE}']")
    assert (mark.text_content(), mark.get("class"), mark.get("href")) == (
        "Some 300", "f", f"#r-{FIGURE}",
    )  # fmt: skip


def test_only_an_address_of_the_web_is_a_link(pages: dict[str, html.HtmlElement]) -> None:
    (original,) = pages[links.article(ARTICLE)].xpath("//a[contains(., 'The original')]")
    assert original.get("href") == "https://news.example/a?b=1&c=2"
    assert original.get("rel") == "noreferrer noopener"
    assert pages[links.article(SECOND)].xpath("//a[contains(., 'The original')]") == []


def test_a_row_says_what_is_doubted_corrected_and_repeated(
    pages: dict[str, html.HtmlElement],
) -> None:
    first, again = row(pages, ARTICLE, FIGURE), row(pages, SECOND, AGAIN)
    assert [told(one) for one in first.xpath("b")] == ["doubted"]
    assert "A check doubts it (value), count is likely: expected <fewer>, found 300" in told(first)
    assert "Said again by Second Post (Some 300, 28 April 2025)" in told(first)
    (other,) = first.xpath(".//details//p/a")
    assert other.get("href") == links.relative(links.article(ARTICLE), links.article(SECOND, AGAIN))
    assert [told(one) for one in again.xpath("b")] == ["corrected", "repeated"]
    assert "Corrected (applied): value is 300, read as 30. seen there (kim, 1 May 2025)" in told(
        again
    )
    assert "Says what was said before by news" in told(again)


def test_explained_are_the_columns_that_have_a_value(pages: dict[str, html.HtmlElement]) -> None:
    (columns,) = row(pages, SECOND, AGAIN).xpath(".//pre")
    lines = columns.text_content().splitlines()
    assert lines[:4] == ["sentence_no 0, characters 0–8", f"figure_id {AGAIN}", "value 300",
                         "value_low 300"]  # fmt: skip
    assert lines[-1] == "rule digits, counted_written"
    places = [one.get("href") for one in columns.xpath("a")]
    page = pages[links.article(SECOND)]
    named = [told(page.xpath(f"//li[@id='{place[1:]}']")[0]) for place in places]
    assert named == [
        "digits figures, 1 row here; never measured",
        "counted_written figures, 1 row here; never measured",
    ]


def test_a_story_leads_to_its_other_carriers(pages: dict[str, html.HtmlElement]) -> None:
    (carriers,) = pages[links.article(ARTICLE)].xpath("//details[@class='carriers']")
    assert [told(one) for one in carriers.xpath(".//li")] == [
        "Copy 5, Second Post, 28 April 2025, 90% like the story's first article",
        "Copy 6, Second Post, 28 April 2025, a duplicate, 90% like the story's first article",
    ]
    twin = pages[links.article(TWIN)]
    assert "A duplicate: it says the same as Copy 5, Second Post" in told(twin)
    assert "2 earlier versions known" in told(twin)
    assert twin.xpath("//section") == []
    assert "Corrected (applied): title is without a value. seen there (kim, 1 May 2025)" in told(
        pages[links.article(SECOND)]
    )


def test_what_has_no_page_is_named_and_not_linked(tmp_path: Path) -> None:
    lake = build(tmp_path / "lake", story())
    pages = made_of(lake, Limits(articles=1, entities=0))
    (path,) = [one for one in pages if one.count("/") == 2]
    page = pages[path]
    assert len(page.xpath("//details[@class='carriers']//li")) == 2
    assert page.xpath("//main//a[contains(@href, '/')][not(contains(., 'The original'))]") == []


def test_lists_are_by_month_the_newest_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = rows()
    plain = made["articles"][0]
    days = [None, dt.date(2025, 4, 28), dt.date(2025, 4, 29), dt.date(2025, 5, 2)]
    made["articles"] = [
        {
            **plain, "article_id": f"{number}{'a' * 15}", "story_id": f"{number}{'a' * 15}",
            "source_uri": str(number), "published_date": day, "title": f"title {number}",
            "published_at": day and dt.datetime.combine(day, dt.time(7)),
        }
        for number, day in enumerate(days)
    ]  # fmt: skip
    for table in ("figures", "mentions", "entities", "fingerprints", "quarantine"):
        made.pop(table)
    monkeypatch.setattr(article_lists, "LISTED", 1)
    pages = made_of(build(tmp_path / "lake", made))
    listed = {
        path: [told(one) for one in page.xpath("//section[@class='day']//dd/a")]
        for path, page in pages.items()
        if path.count("/") == 1
    }
    assert listed == {
        links.ARTICLES: ["title 3"],
        "articles/2025-05.html": ["title 3"],
        "articles/2025-04.html": ["title 2"],
        "articles/2025-04-2.html": ["title 1"],
        "articles/undated.html": ["title 0"],
    }
    first = pages[links.ARTICLES]
    assert [told(one) for one in first.xpath("//nav[@class='months']//li")] == [
        "May 2025 1", "April 2025 2", "without a day 1",
    ]  # fmt: skip
    assert "4 articles have a page; here are the newest 1, the others by month." in told(first)
    (here,) = pages["articles/2025-04-2.html"].xpath(
        "//nav[@aria-label='Pages of this month']//a[@aria-current='page']"
    )
    assert told(here) == "2"
