"""What search finds of a lake: its names, its articles, and the rows that sentences lead to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from pages import search
from pages.links import SEARCH
from pages.opening import Wish, opened
from pages.search.folding import words
from pages.search.reading import Article, article_ids, articles, names
from pages.site import Site
from pages.wanted import Limits
from tests.pages.browsing import watched, write
from warehouse.columns import Row

MARKED = ("mention", "figure", "date", "event", "claim")


@pytest.fixture
def site(samples: Path) -> Iterator[Site]:
    with opened(samples, None, Wish()) as here:
        yield here.site


def read(site: Site) -> dict[str, Article]:
    return {one.article_id: one for one in articles(site, article_ids(site))}


def test_articles_come_newest_first(site: Site) -> None:
    every = [one.day for one in articles(site, article_ids(site))]
    assert len(every) == len(site.article_ids)
    days = [day for day in every if day is not None]
    assert days == sorted(days, reverse=True)
    assert every[: len(days)] == days


def test_every_word_of_a_text_is_in_a_sentence_but_not_twice_for_a_duplicate(site: Site) -> None:
    found = read(site)
    rows = site.ask("SELECT article_id, text, duplicate_of FROM lake.articles")
    for row in rows:
        of_sentences = [w for text, _ in found[row["article_id"]].sentences for w in words(text)]
        assert of_sentences == ([] if row["duplicate_of"] else words(row["text"]))
    assert any(row["duplicate_of"] for row in rows)


def test_sentences_are_those_of_the_lake_and_lead_to_the_first_row_in_them(site: Site) -> None:
    found = read(site)
    rows: dict[str, Row] = {
        row["id"]: row
        for kind in MARKED
        for row in site.ask(
            f"SELECT {kind}_id AS id, article_id, sentence_no, char_start, surface "
            f"FROM lake.{kind}s"
        )
    }
    known = site.ask("SELECT DISTINCT article_id, sentence FROM lake.figures")
    assert known
    for row in known:
        assert row["sentence"] in [text for text, _ in found[row["article_id"]].sentences]
    leading = 0
    for article in found.values():
        firsts: dict[int, int] = {}
        for row in rows.values():
            if row["article_id"] == article.article_id:
                number = row["sentence_no"]
                firsts[number] = min(firsts.get(number, row["char_start"]), row["char_start"])
        for text, row_id in article.sentences:
            if row_id:
                row = rows[row_id]
                leading += 1
                assert row["article_id"] == article.article_id
                assert row["surface"].split()[0] in text
                assert row["char_start"] == firsts[row["sentence_no"]]
    assert leading > 300


def test_names_have_their_other_spellings(site: Site) -> None:
    found = list(names(site))
    assert {one.entity_id for one in found} == site.entity_ids
    assert [one.articles for one in found] == sorted((one.articles for one in found), reverse=True)
    (states,) = (one for one in found if one.name == "United States")
    assert "U.S." in states.spellings
    assert all(words(one.name) != words(other) for one in found for other in one.spellings)


def test_only_what_has_a_page_is_found(samples: Path) -> None:
    with opened(samples, None, Wish(limits=Limits(articles=9, entities=4, rows=1))) as here:
        assert set(read(here.site)) == here.site.article_ids
        assert len(here.site.article_ids) == 9
        assert {one.entity_id for one in names(here.site)} == here.site.entity_ids


def test_one_state_makes_one_index(samples: Path) -> None:
    made = []
    for _ in range(2):
        with opened(samples, None, Wish()) as here:
            made.append(list(search.pages(here.site)))
    assert made[0] == made[1]
    paths = [file.path for file in made[0]]
    assert len(set(paths)) == len(paths)
    assert {"search/index.html", "search/start.js"} <= set(paths)


@pytest.mark.long
def test_the_samples_are_found_in_a_browser(site: Site, browser: Browser, tmp_path: Path) -> None:
    write(search.pages(site), tmp_path)
    with watched(browser, tmp_path) as seen:
        seen.open(f"{SEARCH}#q=kursk+region")
        page, said = seen.page, seen.page.locator("#found")
        expect(said).to_have_text("1 name, 9 sentences")
        name, *sentences = page.eval_on_selector_all(
            ".hit", "(all) => all.map((one) => one.getAttribute('href'))"
        )
        assert name.startswith("../names/")
        assert all("#m-" in address for address in sentences)
        for asked, answer in (
            ('"a third night"', "1 title, 1 sentence"),
            ("vavau", "Nothing has all these words"),
            ("embalses catalanes", "1 title"),
        ):
            page.fill("#q", asked)
            page.press("#q", "Enter")
            expect(said).to_have_text(answer)
        assert seen.troubles == []
