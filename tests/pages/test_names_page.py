"""Names and sources in a real browser: nothing fails, all can be read and reached."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from pages import entities, entity_rows, links, sources
from pages.opening import Wish, opened
from tests.pages import names_lake as made
from tests.pages.browsing import LOOKS, SCHEMES, watched, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.long

#: One page of each kind, and those of the strings that nobody means well with.
PAGES = (
    links.ENTITIES,
    "names/all/s.html",
    links.entity(made.VELL),
    links.entity(made.QUIST),
    links.entity(made.HOSTILE),
    links.entity(made.ENDLESS),
    links.SOURCES,
    sources.address("source", "feed"),
    sources.address("publisher", made.SHELL),
    sources.address("publisher", made.LONG),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages in a folder."""
    folder = tmp_path_factory.mktemp("names")
    with (
        opened(made.lake(folder), None, Wish()) as one,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr("pages.entity_lists.MOST", 2)
        said_of = entity_rows.QUESTIONS["said_of"].replace("<= 15", "<= 1")
        patch.setattr(entity_rows, "QUESTIONS", {**entity_rows.QUESTIONS, "said_of": said_of})
        return write([*entities.pages(one.site), *sources.pages(one.site)], folder / "site")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_are_whole_and_without_hurdles(
    browser: Browser, root: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    with watched(browser, root, width=width, scheme=scheme) as seen:
        for path in PAGES:
            seen.open(path)
            assert seen.troubles == [], path
            assert seen.sideways() == 0, path
    with watched(browser, root, width=width, scheme=scheme) as seen:
        for path in (links.entity(made.VELL), links.ENTITIES, links.SOURCES, PAGES[7]):
            seen.open(path)
            assert seen.hurdles() == [], path


def test_what_is_cut_says_by_keyboard_how_to_see_all(browser: Browser, root: Path) -> None:
    with watched(browser, root, script=False) as seen:
        seen.open(links.entity(made.VELL))
        command = seen.page.locator("details.every code")
        assert not command.is_visible()
        seen.page.locator("details.every summary").focus()
        seen.page.keyboard.press("Enter")
        assert command.inner_text().startswith('dateline sql "SELECT DISTINCT c.* FROM claims')


def test_bars_have_the_colour_of_the_scheme(browser: Browser, root: Path) -> None:
    for scheme, colour in zip(SCHEMES, ("rgb(0, 114, 178)", "rgb(86, 180, 233)"), strict=True):
        with watched(browser, root, scheme=scheme) as seen:
            seen.open(links.entity(made.VELL))
            box = seen.page.get_by_role("img", name="Mentions by day").bounding_box()
            assert box is not None
            assert box["width"] > 1000
            assert seen.ask("getComputedStyle(document.querySelector('rect')).fill") == colour
