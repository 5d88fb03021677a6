"""The pages of questions: their rows, where they lead, and that strings of others stay strings."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from pages import highlights, links, questions
from pages.opening import Wish, opened
from pages.site import asked_views
from pages.wanted import Choice, Limits
from tests.pages import counts_lake, names_lake
from warehouse.reader import query

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return counts_lake.lake(tmp_path_factory.mktemp("counts"))


def made(lake: Path, wish: Wish | None = None) -> dict[str, bytes]:
    """The pages of questions by their addresses, without Vega."""
    with opened(lake, None, wish or Wish()) as here:
        files = {file.path: file.data for file in questions.pages(here.site)}
    files.pop(links.VEGA, None)
    return files


@pytest.fixture(scope="module")
def pages(lake: Path) -> dict[str, bytes]:
    return made(lake)


def tree(page: bytes) -> html.HtmlElement:
    return html.fromstring(page.decode())


def test_every_question_has_a_page_and_stands_in_the_list(pages: dict[str, bytes]) -> None:
    assert [one.view for one in questions.QUESTIONS] == sorted(
        asked_views(), key=[one.view for one in questions.QUESTIONS].index
    )
    assert {one.view for one in questions.QUESTIONS} == set(asked_views())
    listed = tree(pages[links.QUESTIONS]).xpath("//ul[@class='plain questions']//a/@href")
    assert listed == [f"{one.view}.html" for one in questions.QUESTIONS]


def test_every_row_of_the_view_is_there_and_its_number_leads_to_its_mark(
    lake: Path, pages: dict[str, bytes]
) -> None:
    rows = query(
        "SELECT v.figure_id, f.article_id, v.latest::BIGINT AS latest FROM count_timeline AS v "
        "JOIN figures AS f ON f.figure_id = v.figure_id ORDER BY v.day DESC",
        path=lake,
    ).to_pylist()
    page = tree(pages[links.question("count_timeline")])
    shown = page.xpath("//table[contains(@class, 'sortable')]/tbody/tr")
    assert len(shown) == len(rows) == 6
    for row, tr in zip(rows, shown, strict=True):
        [link] = tr.xpath(".//td[@data-head='latest']/a")
        assert link.text_content() == str(row["latest"])
        to = posixpath.normpath(posixpath.join("questions", link.get("href")))
        assert to == links.article(row["article_id"], row["figure_id"])
        [mark] = tr.xpath(".//mark")
        assert mark.text_content() == str(row["latest"])


def test_a_count_is_said_as_it_is_meant(pages: dict[str, bytes]) -> None:
    page = tree(pages[links.question("count_claims")])
    numbers = [cell.text_content() for cell in page.xpath("//td[@data-head='number']")]
    assert {"at least 30", "about 61", "55"} <= set(numbers)
    sorts = page.xpath("//td[@data-head='number']/@data-sort")
    assert len(sorts) == len(numbers)


def test_what_was_still_to_come_stands_first(pages: dict[str, bytes]) -> None:
    page = tree(pages[links.question("scheduled")])
    assert [head.text_content() for head in page.xpath("//tr[@class='group']")] == [
        "March 2025, still to come",
        "May 2025, still to come",
    ]


def test_the_series_is_drawn_with_band_sources_and_their_sentences(
    lake: Path, pages: dict[str, bytes]
) -> None:
    page = tree(pages[links.question("count_timeline")])
    [figure] = page.xpath("//figure")
    assert figure.get("id") == "series-0"
    assert "Killed, people, Vell: totals so far" in figure.text_content()
    drawings = figure.xpath(".//svg")
    assert len(drawings) == 2
    assert drawings[0].get("aria-label") == (
        "Chart over time of 8 statements of 4 sources, 10 to 61, from 1 March 2025 to 6 March 2025."
    )
    piece = pages[links.piece(links.question("count_timeline"))].decode()
    figures = query("SELECT figure_id FROM count_claims", path=lake).to_pylist()
    assert all(links.mark(row["figure_id"]) in piece for row in figures)


@pytest.mark.parametrize("lake_of", [counts_lake.lake, names_lake.lake])
def test_no_string_becomes_markup_and_no_page_breaks_the_policy(
    lake_of: object, tmp_path: Path
) -> None:
    assert callable(lake_of)
    for path, data in made(lake_of(tmp_path)).items():
        said = data.decode()
        assert "\u202e" not in said, path
        if path.endswith(".js"):
            assert said.isascii()
            continue
        assert "<script>alert" not in said, path
        page = tree(data)
        assert not page.xpath("//style | //*[@style] | //@onclick"), path
        assert all(one.get("src") for one in page.xpath("//script")), path
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path


def test_a_page_keeps_to_the_limit_and_links_to_no_page_that_is_not(lake: Path) -> None:
    pages = made(lake, Wish(limits=Limits(articles=1, rows=3)))
    page = tree(pages[links.question("count_timeline")])
    assert len(page.xpath("//table/tbody/tr")) == 3
    assert "1 to 3 of 6 rows" in page.text_content()
    assert len(page.xpath("//td[@data-head='latest']/a")) <= 1


def test_the_choice_is_in_the_line_that_asks_the_same(lake: Path) -> None:
    wish = Wish(choice=Choice(category="killed", since="2025-03-02"))
    page = tree(made(lake, wish)[links.question("count_timeline")])
    [line] = page.xpath("//p[@class='note']/code")
    assert (
        line.text_content() == 'dateline ask count_timeline --category "killed" --since 2025-03-02'
    )


def test_one_state_gives_the_same_bytes(lake: Path, pages: dict[str, bytes]) -> None:
    assert made(lake) == pages


def test_an_empty_answer_says_so(pages: dict[str, bytes]) -> None:
    assert "There are no such rows" in pages[links.question("story_carriers")].decode()


def test_the_overview_is_told_what_is_new_what_disagrees_and_what_is_due(lake: Path) -> None:
    with opened(lake, None, Wish()) as here:
        [newest] = [
            one for one in highlights.latest(here.site) if one.said == "41 people killed"
        ] or [highlights.latest(here.site)[0]]
        assert newest.link.startswith("articles/")
        assert newest.sentence.startswith("In Vell")
        pair = highlights.largest_disagreements(here.site)[0]
        assert [side.said for side in pair.sides] == [
            "35 people killed, Vell",
            "61 people killed, Vell",
        ]
        assert [one.when for one in highlights.due_next(here.site)] == [
            "20 March 2025",
            "1 May 2025",
        ]
        chart = highlights.articles_by_day(here.site)
        assert "Articles by day of publication" in chart
        assert "The same as a table" in chart


def test_more_rows_than_a_page_shows_have_further_pages_up_to_a_limit(lake: Path) -> None:
    def numbers(page: bytes) -> list[str]:
        return [cell.text_content() for cell in tree(page).xpath("//td[@data-head='latest']")]

    whole = numbers(made(lake)[links.question("count_timeline")])
    pages = made(lake, Wish(limits=Limits(rows=2, pages=2)))
    first, second = (pages[links.question("count_timeline", number)] for number in (1, 2))
    assert numbers(first) + numbers(second) == whole[:4]
    assert links.question("count_timeline", 3) not in pages
    assert "3 to 4 of 6 rows" in tree(second).text_content()
    turned = {one.get("href") for one in tree(second).xpath("//nav[@class='pager']/a")}
    assert turned == {"count_timeline.html#rows"}
    assert not tree(second).xpath("//figure")


def test_of_names_by_day_each_day_has_those_that_most_stories_name(lake: Path) -> None:
    daily = next(one for one in questions.QUESTIONS if one.view == "entity_daily")
    assert daily.most_of == ("day", 20)
    with opened(lake, None, Wish()) as here:
        kept = here.site.view("entity_daily")
        rows = here.site.ask(replace(daily, most_of=("day", 1)).sql(kept, 100))
        first = here.site.ask(f"SELECT min(row_no) AS row_no FROM {kept} GROUP BY day ORDER BY ALL")
        assert here.site.ask(f"SELECT count(*) AS rows FROM {kept}")[0]["rows"] > len(rows) > 1
    assert [row["row_no"] for row in rows] == [row["row_no"] for row in first]
