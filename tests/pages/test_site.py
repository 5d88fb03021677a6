"""A whole site of the samples in a real browser: each page whole, nothing asked of elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from pages.templates import POLICY
from tests.pages.browsing import LOOKS, watched

pytestmark = pytest.mark.long

#: One page of each kind that no test of its own looks at, and the first one.
LOOKED_AT = ("index.html", "quality/index.html", "data/index.html", "questions/index.html")


class Page(HTMLParser):
    """What a page names: places of its own, and addresses that it leads to or loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.policies: list[str | None] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(given["content"])
        if tag == "style" or (tag == "script" and "src" not in given) or "style" in given:
            self.inline.append(self.get_starttag_text() or tag)
        self.inline += [name for name in given if name.startswith("on")]
        for name in ("href", "src"):
            if given.get(name) is not None and tag not in ("use", "image"):
                self.addresses.append(given[name] or "")


@pytest.fixture(scope="session")
def read(whole: Path) -> dict[str, Page]:
    return {
        file.relative_to(whole).as_posix(): Page(file.read_text(encoding="utf-8"))
        for file in sorted(whole.rglob("*.html"))
    }


def targets(path: str, page: Page) -> Iterator[tuple[str, str]]:
    """The places of the site that a page leads to: a file, and a place in it."""
    for address in page.addresses:
        if re.match(r"(https?|mailto|data):", address):
            continue
        place, _, name = address.partition("#")
        file = place.partition("?")[0]
        yield (normpath(join(dirname(path), unquote(file))) if file else path), name


def test_every_link_leads_to_a_file_and_a_place_in_it(whole: Path, read: dict[str, Page]) -> None:
    lost = []
    for path, page in read.items():
        for file, name in targets(path, page):
            there = read[file].ids if file in read else None
            if not (whole / file).is_file() or (name and there is not None and name not in there):
                lost.append((path, file, name))
    assert lost == []
    assert sum(len(page.addresses) for page in read.values()) > 5_000


def test_every_page_can_be_come_to_from_the_first(read: dict[str, Page]) -> None:
    seen, ahead = {"index.html"}, ["index.html"]
    while ahead:
        path = ahead.pop()
        for file, _ in targets(path, read[path]):
            if file in read and file not in seen:
                seen.add(file)
                ahead.append(file)
    assert seen == set(read)


def test_every_page_has_the_policy_and_nothing_that_it_forbids(read: dict[str, Page]) -> None:
    for path, page in read.items():
        assert page.policies == [POLICY], path
        assert page.inline == [], path
        assert len(page.ids) == len(set(page.ids)), path


def test_every_page_opens_without_an_error(
    whole: Path, read: dict[str, Page], browser: Browser
) -> None:
    with watched(browser, whole) as seen:
        for path in read:
            seen.open(path)
        assert seen.troubles == []


@pytest.mark.parametrize("path", LOOKED_AT)
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_page_is_for_everybody(
    whole: Path, browser: Browser, path: str, scheme: str, width: int
) -> None:
    with watched(browser, whole, width=width, scheme=scheme) as seen:  # type: ignore[arg-type]
        seen.open(path)
        assert seen.hurdles() == []
        assert seen.sideways() <= 0
        assert seen.troubles == []


def test_the_first_page_is_light(whole: Path, browser: Browser) -> None:
    loaded: dict[str, int] = {}
    with watched(browser, whole) as seen:
        seen.page.on("response", lambda answer: loaded.update({answer.url: len(answer.body())}))
        seen.open("index.html")
        assert {Path(url).name for url in loaded} <= {"index.html", "site.css", "questions.css"}
        assert sum(loaded.values()) < 300_000
