"""The page of search in a real browser: its words, its answers, its address, its keys."""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.links import SEARCH
from pages.search import index
from pages.search.folding import words
from pages.search.reading import Article, Name
from pages.site import Site
from pages.wanted import State
from tests.pages.browsing import LOOKS, watched, write
from tests.pages.search_index import scanned

pytestmark = pytest.mark.long

RUSH = "<script>alert(1)</script>"
LETTERS = "Ö" * 10_000
TURNED = "quay \u202eyauq \U0001f6a2"
LONG = f"{'Before ' * 150}the lighthouse, {'after ' * 150}all."

NAMES = [
    Name("aa" * 8, "Málaga", "GPE", 12, ("port of Málaga",)),
    Name("bb" * 8, "Anna Łodzka", "PERSON", 2, ("Ms Lodzka", "Anna")),
    Name("dd" * 8, LETTERS, "GPE", 1, (TURNED, f"{LETTERS} {LETTERS}")),
    Name("cc" * 8, f"Guild {RUSH}", "ORG", 1, ()),
]
SAID = [
    ("The ferry reached the port of Málaga.", "0123456789abcdef"),
    ("Nobody on the ferry was hurt, the port said.", ""),
    (f"A sign read {RUSH} in red.", ""),
    ("من الميناء \u2067to the quay", ""),
]
ARTICLES = [
    Article("11" * 8, "Ferry aground", "Harbour Post", dt.date(2025, 3, 2), SAID),
    Article("22" * 8, "", "", None, [(LONG, ""), ("Ferries are late.", "")]),
    Article("44" * 8, f"{LETTERS} quay", LETTERS, None, [(f"{LETTERS} {TURNED} {LETTERS}", "")]),
    Article("33" * 8, f"The {RUSH} affair", "Post", dt.date(2025, 1, 1), []),
]
MANY = [
    Article(
        f"{n:016x}",
        f"Notice {n}",
        "Gazette",
        None,
        [(f"Lot {m} of barley {n}.", "") for m in "abc"],
    )
    for n in range(1, 41)
]


def written(folder: Path, names: list[Name], stretches: dict[str, list[Article]]) -> Path:
    """A site with a page of search over these, each stretch with its oldest article first."""
    site = Site(lambda sql, values=(): [], State(3, dt.datetime(2025, 3, 3)), "Harbour")
    page = site.page(SEARCH, "search", start="search/start.js", version="1")
    return write([page, *index(names, stretches.items())], folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    stretches = {"new": ARTICLES[::-1], "old": MANY[::-1]}
    return written(tmp_path_factory.mktemp("search"), NAMES, stretches)


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    """The page of search, as opened; what troubles it fails the test."""
    with watched(browser, folder) as seen:
        seen.open(SEARCH)
        yield seen.page
        assert seen.troubles == []


@pytest.fixture
def found(page: Page) -> Callable[[str], dict[str, Any]]:
    """Asks, waits for the answer, and gives what it says: the items by their heading."""

    def ask(text: str) -> dict[str, Any]:
        page.evaluate("document.getElementById('found').textContent = '?'")
        page.fill("#q", text)
        page.press("#q", "Enter")
        expect(page.locator("#found")).not_to_have_text("?")
        shown = page.evaluate(
            "[...document.querySelectorAll('#results section:not([hidden])')].map((one) => "
            "[one.querySelector('h2').textContent, "
            "[...one.querySelectorAll('li')].map((item) => item.innerText)])"
        )
        return {"said": page.text_content("#found"), **dict(shown)}

    return ask


Found = Callable[[str], dict[str, Any]]


def test_words_are_folded_as_when_the_index_was_made(page: Page) -> None:
    """Over every character that Unicode had when this Python was made, between letters; of the
    long rows of alike ones (Chinese, Korean) over some."""
    every = [
        f"a{chr(code)}b {chr(code)}s 1{chr(code)}2"
        for code in range(1, sys.maxunicode + 1)
        if (category := unicodedata.category(chr(code))) not in ("Cn", "Cs", "Co")
        and (category != "Lo" or code < 0x3400 or code % 32 == 0)
    ]
    hard = ["ΣΊΣΥΦΟΣ.", "U.S.’s 1,000,000.5 x", "e.g.x", "a.b.cd", "12,34 1,234,56", "’s s's S’S"]
    hard += [
        "glasses news countries Ferry's ties dies ies",
        f"{'x' * 70}ies",
        "\U00010400" * 61,
        "İI ıi ﬁne Ǆ ß ẞ 한국어 が",
        "'s",
    ]
    texts = json.dumps(every + hard)
    theirs = json.loads(
        page.evaluate("(texts) => JSON.stringify(JSON.parse(texts).map(dateline.words))", texts)
    )
    assert [t for t, w in zip(every + hard, theirs, strict=True) if w != words(t)] == []


def test_a_name_comes_first_then_titles_then_sentences(page: Page, found: Found) -> None:
    answer = found("malaga")
    assert answer["said"] == "1 name, 1 sentence"
    assert answer["Names"] == ["Málaga place · 12 articles\nalso port of Málaga"]
    assert answer["Sentences"] == [
        "The ferry reached the port of Málaga.\nFerry aground Harbour Post · 2 March 2025"
    ]
    hits = page.eval_on_selector_all(".hit", "(all) => all.map((one) => one.getAttribute('href'))")
    assert hits == [
        f"../names/aa/{'aa' * 8}.html",
        f"../articles/11/{'11' * 8}.html#m-0123456789abcdef",
    ]
    assert page.eval_on_selector_all("mark", "(all) => all.map((one) => one.textContent)") == [
        "Málaga", "Málaga", "Málaga",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("ferry", "1 title, 3 sentences"),
        ("FERRIES", "1 title, 3 sentences"),
        ("ferr", "1 title, 3 sentences"),
        ("ferr port", "Nothing has all these words"),
        ("ferr ", "Nothing has all these words"),
        ("ferry por", "2 sentences"),
        ("łodzka", "1 name"),
        ("ms anna lodz", "1 name"),
        ("Port Málaga's", "1 name, 1 sentence"),
        ("gazette", "Nothing has all these words"),
        ("the", "Too frequent to be looked up: “the”. Add another word."),
        ("'The of' a", "Too frequent to be looked up: “the”, “of”, “a”. Add another word."),
        ('"the of"', "Too frequent to be looked up: each of these words. Add another word."),
        ("the sign", "1 sentence; not looked up: “the”"),
        ("the signs of", "1 sentence; not looked up: “the”, “of”"),
        ("the nowhere", "Nothing has all these words; not looked up: “the”"),
        ("…", "No letters or digits to look for."),
        ("ميناء", "Nothing has all these words"),
        ("الميناء", "1 sentence"),
        ("notice", "40 titles"),
    ],
)
def test_all_words_must_be_there(found: Found, asked: str, said: str) -> None:
    assert found(asked)["said"] == said


def test_words_in_quotes_stand_together(found: Found) -> None:
    assert found('"the ferry was"')["Sentences"][0].startswith("Nobody on the ferry was hurt")
    assert found("“ferry reached” port")["said"] == "1 sentence"
    assert found('"reached ferry"')["said"] == "Nothing has all these words"
    assert found('"port said')["said"] == "1 sentence"


def test_what_others_wrote_is_shown_as_text(page: Page, found: Found) -> None:
    answer = found(RUSH)
    assert answer["said"] == "1 name, 1 title, 1 sentence"
    assert answer["Names"][0].startswith(f"Guild {RUSH}")
    assert page.locator("#results script").count() == 0
    assert page.input_value("#q") == RUSH


def test_a_long_sentence_is_shown_around_the_word(found: Found) -> None:
    (shown,) = found("lighthouse")["Sentences"]
    text, source = shown.split("\n")
    assert source == "Without a title"
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert "the lighthouse, after" in text
    assert len(text) < 420


def test_what_has_no_space_and_what_turns_is_held_within_the_page(page: Page, found: Found) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    for asked in ("Ö" * 70, "öööö", "quay"):
        answer = found(asked)
        assert {"Names", "Titles", "Sentences"} <= answer.keys()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert max(len(item) for kind in ("Names", "Titles") for item in answer[kind]) < 2_000
    assert page.evaluate(
        "[...document.querySelectorAll('#results li')].every((item) => item.offsetHeight < 1000)"
    )


def test_what_is_found_comes_twenty_at_a_time(page: Page, found: Found) -> None:
    answer = found("barley")
    assert answer["said"] == "120 sentences"
    assert len(answer["Sentences"]) == 20
    more = page.get_by_role("button", name="Show 20 more of 120 sentences")
    more.click()
    expect(page.locator("#results li")).to_have_count(40)
    assert page.evaluate("document.activeElement.closest('li').innerText").startswith("Lot")
    assert page.locator("#results li").nth(20).inner_text().startswith("Lot c of barley 7.")
    answer = found('"b of barley 33"')
    assert answer["said"] == "1 sentence"
    # of those that have the words only so many are read at a time
    answer = found('"of barley lot"')
    assert answer["said"] == "no sentence among the first 40 with these words"
    page.get_by_role("button", name="Look through 80 more with these words").click()
    expect(page.locator("#found")).to_contain_text("first 80")


def test_the_question_stands_in_the_address(page: Page, found: Found) -> None:
    address = page.url
    found("notice 7")
    assert page.url == f"{address}#q=notice+7"
    found("malaga & <b>")
    page.go_back()
    expect(page.locator("#found")).to_have_text("1 title")
    assert page.input_value("#q") == "notice 7"
    page.goto(f"{address}#q=m%C3%A1laga")
    page.wait_for_selector("#results li")
    assert page.input_value("#q") == "málaga"
    page.focus(".skip")
    page.keyboard.press("Enter")
    assert page.text_content("#found") == "1 name, 1 sentence"
    # while one types there is one step to go back to
    before = page.evaluate("history.length")
    page.fill("#q", "")
    page.type("#q", "lighth")
    expect(page.locator("#found")).to_have_text("1 sentence")
    assert page.evaluate("history.length") == before
    assert page.url == f"{address}#q=lighth"


def test_arrows_walk_through_what_was_found(page: Page, found: Found) -> None:
    found("malaga")
    page.press("#q", "ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Málaga"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Ferry aground"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Ferry aground"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "q"


def test_a_piece_that_is_missing_is_told(browser: Browser, tmp_path: Path) -> None:
    written(tmp_path, NAMES, {"new": ARTICLES})
    (tmp_path / "search" / "new" / "w0.js").unlink()
    with watched(browser, tmp_path) as seen:
        seen.open(f"{SEARCH}#q=ferry")
        expect(seen.page.locator("#found")).to_contain_text("new/w0.js could not be loaded")


def test_without_its_script_the_page_says_so(browser: Browser, folder: Path) -> None:
    with watched(browser, folder, script=False) as seen:
        seen.open(SEARCH)
        assert "Search needs JavaScript" in seen.page.inner_text("main")
        assert not seen.page.is_visible("#q")


#: The units that the page's own script finds for each question, by index.
ALL_UNITS = """async ([questions, start]) => {
  const indexes = start.articles.map((one) => new dateline.Index(one, 'x'));
  return JSON.stringify(await Promise.all(questions.map((text) => {
    const { words } = dateline.question(`${text} `, new Set(start.left));
    return Promise.all(indexes.map((index) => words.length ? index.all(words) : []));
  })));
}"""


def test_the_browser_finds_what_a_scan_finds(browser: Browser, tmp_path: Path) -> None:
    """Over articles of words by chance, in two stretches and many pieces."""
    chance = random.Random(8)
    pool = [
        f"{a}{b}{c}" for a in "bdgklmnprt" for b in "aeiou" for c in ("", "n", "rt", "ries", "s")
    ]
    pool += ["the", "of", "Ünal", "\U00010428x", "\uffeax", "3,000"]
    share = [1 / (n + 1) for n in range(len(pool))]
    chance.shuffle(pool)

    def article(number: int) -> Article:
        said = [" ".join(chance.choices(pool, share, k=chance.randint(1, 30))) for _ in range(40)]
        return Article(f"{number:016x}", said[0], "", None, [(one, "") for one in said[1:]])

    new, old = ([article(n) for n in some] for some in (range(60), range(60, 150)))
    written(tmp_path, [], {"new": new, "old": old})
    assert len(list((tmp_path / "search" / "old").glob("w*.js"))) > 2
    questions = [" ".join(chance.sample(pool, chance.choice((1, 1, 2, 3)))) for _ in range(120)]
    start = (tmp_path / "search" / "start.js").read_text().split("(", 1)[1].rsplit(")", 1)[0]
    with watched(browser, tmp_path) as seen:
        seen.open(SEARCH)
        theirs = json.loads(seen.ask(ALL_UNITS, [questions, json.loads(start)]))
    wanted = [words(text) for text in questions]
    assert theirs == list(
        map(list, zip(*(scanned(some, wanted) for some in (new, old)), strict=True))
    )
    assert sum(bool(units) for both in theirs for units in both) > 100


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_everyone_can_use_it(
    browser: Browser, folder: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    with watched(browser, folder, width=width, scheme=scheme) as seen:
        seen.open(f"{SEARCH}#q=quay")
        seen.page.wait_for_selector("#results li")
        assert seen.hurdles() == []
        assert seen.sideways() == 0
        assert seen.troubles == []
