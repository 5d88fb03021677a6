"""The pages of questions in a real browser: charts that are drawn again under the page's policy,
points that lead to their sentences, rows that are filtered and sorted."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from pages import articles, links, questions
from pages.opening import Wish, opened
from tests.pages import counts_lake
from tests.pages.browsing import LOOKS, watched, write

pytestmark = pytest.mark.long

expect.set_options(timeout=30_000)  # a busy machine draws slowly

TIMELINE = links.question("count_timeline")
MAP = links.question("events_per_day")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of questions, put into a folder."""
    folder = tmp_path_factory.mktemp("questions")
    with opened(counts_lake.lake(folder), None, Wish()) as here:
        files = [*questions.pages(here.site), *articles.pages(here.site)]
        return write(files, folder / "site")


def test_every_page_is_drawn_again_without_trouble(browser: Browser, root: Path) -> None:
    with watched(browser, root) as seen:
        for question in questions.QUESTIONS:
            seen.open(links.question(question.view))
            live = seen.page.locator("figure[id]").count()
            expect(seen.page.locator("figure[id] .live svg")).to_have_count(live)
            assert seen.page.locator("style").count() == 0
        assert seen.troubles == []


def test_a_point_says_what_it_is_and_leads_to_its_sentence(browser: Browser, root: Path) -> None:
    with watched(browser, root) as seen:
        seen.open(TIMELINE)
        points = seen.page.locator(".live .mark-symbol.role-mark path")
        expect(points).to_have_count(8)
        points.first.hover()
        tooltip = seen.page.locator("#vg-tooltip-element")
        expect(tooltip).to_be_visible()
        expect(tooltip).to_contain_text("police")
        expect(tooltip).to_contain_text("1 March 2025")
        assert seen.troubles == []
        points.first.click()
        seen.page.wait_for_url("**/articles/**#m-*")
        mark = seen.page.url.partition("#")[2]
        assert seen.page.locator(f"[id='{mark}']").inner_text().startswith("10")
        assert seen.troubles == []


def test_one_may_choose_a_part_of_the_world(browser: Browser, root: Path) -> None:
    with watched(browser, root) as seen:
        seen.open(MAP)
        expect(seen.page.locator("#map .live svg")).to_be_visible()
        seen.page.get_by_label("Look at").select_option("Africa")
        expect(seen.page.locator("#map figcaption")).to_have_text("Africa")
        assert seen.troubles == []


def test_rows_are_filtered_and_sorted(browser: Browser, root: Path) -> None:
    with watched(browser, root) as seen:
        seen.open(TIMELINE)
        rows = seen.page.locator("table.sortable tbody tr")
        seen.page.get_by_label("Rows with the words").fill("POLICE vell")
        expect(seen.page.get_by_role("status")).to_have_text("4 of the 6 rows shown")
        expect(seen.page.locator("table.sortable tbody tr:visible")).to_have_count(4)
        seen.page.get_by_label("Rows with the words").fill("")
        expect(seen.page.locator("table.sortable tbody tr:visible")).to_have_count(6)
        seen.page.get_by_role("button", name="highest").click()
        expect(rows.first.locator("[data-head=highest]")).to_have_text("10")
        seen.page.get_by_role("button", name="highest").press("Enter")
        expect(rows.first.locator("[data-head=highest]")).to_have_text("61")
        assert seen.page.locator("th[aria-sort=descending]").count() == 1
        assert seen.troubles == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("path", [TIMELINE, MAP])
def test_nothing_stands_in_anybodys_way(
    browser: Browser, root: Path, path: str, scheme: Literal["light", "dark"], width: int
) -> None:
    with watched(browser, root, width=width, scheme=scheme) as seen:
        seen.open(path)
        expect(seen.page.locator(".live svg").first).to_be_visible()
        assert seen.hurdles() == []
        assert seen.sideways() == 0


def test_a_page_without_scripts_has_its_drawings_and_rows(browser: Browser, root: Path) -> None:
    with watched(browser, root, script=False, width=390) as seen:
        seen.open(TIMELINE)
        expect(seen.page.locator(".drawn.narrow svg")).to_be_visible()
        expect(seen.page.locator(".drawn.wide svg")).to_be_hidden()
        expect(seen.page.locator("table.sortable tbody tr")).to_have_count(6)
        expect(seen.page.locator(".hint")).to_be_hidden()
        assert seen.troubles == []
