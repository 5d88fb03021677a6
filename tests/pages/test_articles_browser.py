"""The pages of articles in a real browser: every row of the samples from its line to its mark and
back, without and with a script, by mouse and by keyboard; looks and hurdles; hostile texts."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser

from pages import articles, links
from pages.opening import Wish, opened
from pages.site import Site
from tests.flows.small_lake import ARTICLE, build, rows
from tests.pages.browsing import LOOKS, WIDTHS, watched, write
from warehouse.tables import Row

pytestmark = pytest.mark.long

TABLES = ("figures", "dates", "mentions", "events", "claims")
#: From a row's line to its mark and from there back to the line, each by a click.
WALK = """async (surfaces) => {
  const wrong = [];
  const settled = () => new Promise(done => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  });
  for (const [id, surface] of Object.entries(surfaces)) {
    const row = document.getElementById(`r-${id}`);
    const link = row && row.querySelector(`a[href="#m-${id}"]`);
    if (!link) { wrong.push(`${id}: no link`); continue; }
    link.click();
    await settled();
    const mark = document.querySelector(':target');
    if (!mark || mark.id !== `m-${id}`) { wrong.push(`${id}: no mark`); continue; }
    const pieces = [...document.querySelectorAll(`#text [data-row="${id}"]`)];
    const told = (pieces.length ? pieces : [mark]).map(piece => piece.textContent).join('');
    if (told !== surface) wrong.push(`${id}: ${told} for ${surface}`);
    if (document.activeElement.closest(`#m-${id}`) !== mark) wrong.push(`${id}: no focus`);
    const leaf = mark.matches('a') ? mark : mark.querySelector('a');
    leaf.click();
    await settled();
    const panel = document.querySelector('#over:popover-open');
    if (panel) {
      const entry = panel.querySelector(`a[href="#r-${id}"]`);
      if (!entry) { wrong.push(`${id}: not in the panel`); continue; }
      entry.click();
      await settled();
      if (panel.matches(':popover-open')) wrong.push(`${id}: the panel stays`);
    }
    if (document.querySelector(':target') !== row) wrong.push(`${id}: not back`);
    if (!row.contains(document.activeElement)) wrong.push(`${id}: focus not in the row`);
  }
  return wrong;
}"""


@pytest.fixture(scope="module")
def surfaces(samples: Path) -> dict[str, dict[str, str]]:
    """Of each sample article, the words of its rows by id."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with opened(samples, None, Wish()) as made:
        for table in TABLES:
            for row in made.site.ask(
                f"SELECT article_id, {table[:-1]}_id AS id, surface FROM lake.{table}"
            ):
                found[row["article_id"]][row["id"]] = row["surface"]
    return found


@pytest.fixture(scope="module")
def site(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with opened(samples, None, Wish(title="Samples")) as made:
        return write(articles.pages(made.site), tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def crowded(surfaces: dict[str, dict[str, str]]) -> str:
    """The article with the most rows."""
    return max(surfaces, key=lambda article_id: (len(surfaces[article_id]), article_id))


def test_every_row_of_the_samples_leads_to_its_words_and_back(
    browser: Browser, site: Path, surfaces: dict[str, dict[str, str]]
) -> None:
    assert sum(map(len, surfaces.values())) > 2_000
    with watched(browser, site) as seen:
        for article_id, some in surfaces.items():
            seen.open(links.article(article_id))
            assert seen.ask(WALK, some) == [], article_id
            listed = seen.ask("document.querySelectorAll('.rows [id^=r-]').length")
            entities = seen.ask("document.querySelectorAll('.rows [id^=r-]:has(.named)').length")
            assert listed - entities == len(some)
        assert seen.troubles == []


def test_without_a_script_every_word_that_is_marked_leads_to_a_row_over_it(
    browser: Browser, site: Path, crowded: str
) -> None:
    with watched(browser, site, script=False) as seen:
        seen.open(links.article(crowded))
        marks = seen.page.locator("#text a[href]")
        assert marks.count() > 50
        for leaf in marks.all()[:15]:
            href = leaf.get_attribute("href") or ""
            row_id = href.removeprefix("#r-")
            mark = seen.page.locator(f"#m-{row_id}, [data-row='{row_id}']")
            assert mark.count() >= 1
            assert (leaf.text_content() or "") in "".join(mark.all_text_contents())
            assert seen.page.locator(href).count() == 1
        assert seen.page.locator("button").count() == 0
        assert seen.troubles == []


def test_by_keyboard_from_word_to_row_and_on(browser: Browser, site: Path, crowded: str) -> None:
    with watched(browser, site) as seen:
        keyboard = seen.page.keyboard
        seen.open(links.article(crowded))
        stop = seen.page.locator("#text a[tabindex='0']")
        assert stop.count() == 1
        stop.focus()
        words = "[...document.querySelectorAll('#text a[href]')].indexOf(document.activeElement)"
        for key in ("j", "ArrowRight", "j"):
            keyboard.press(key)
        assert seen.ask(words) == 3
        keyboard.press("k")
        keyboard.press("ArrowLeft")
        assert seen.ask(words) == 1
        # a word that two rows lie over: both are listed, the smaller one first; Escape goes back
        seen.ask("document.querySelector('#text span > a[id]').focus()")
        at = seen.ask(words)
        inner = seen.ask("document.activeElement.id.slice(2)")
        keyboard.press("Enter")
        panel = seen.page.locator("#over")
        assert panel.is_visible()
        assert panel.locator("a").count() >= 2
        assert panel.locator("a").first.get_attribute("href") == f"#r-{inner}"
        keyboard.press("Escape")
        assert not panel.is_visible()
        assert seen.ask(words) == at
        keyboard.press("Enter")
        keyboard.press("Enter")
        assert seen.ask("location.hash") == f"#r-{inner}"
        # from the row back
        keyboard.press("Enter")
        assert seen.ask("location.hash") == f"#m-{inner}"
        assert seen.ask(words) == at
        assert seen.troubles == []


def test_a_kind_is_switched_off_and_comes_back_with_its_row(
    browser: Browser, site: Path, crowded: str
) -> None:
    with watched(browser, site) as seen:
        seen.open(links.article(crowded))
        figures = seen.page.get_by_role("button", name="Figures")
        section = seen.page.locator("section[data-kind=f]")
        mark = seen.page.locator("#text a.f").first
        color = "a => getComputedStyle(a).backgroundImage"
        lit = mark.evaluate(color)
        assert figures.get_attribute("aria-pressed") == "true"
        figures.click()
        assert figures.get_attribute("aria-pressed") == "false"
        assert not section.is_visible()
        assert mark.evaluate(color) != lit
        before = seen.ask("location.hash")
        alone = seen.page.locator("#text p > a.f").first
        alone.click()
        assert seen.ask("location.hash") == before
        row = section.locator("li").first.get_attribute("id")
        seen.ask("id => { location.hash = id; }", row)
        section.wait_for(state="visible")
        assert figures.get_attribute("aria-pressed") == "true"
        assert seen.troubles == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_fit_and_have_no_hurdles(
    browser: Browser,
    site: Path,
    crowded: str,
    samples: Path,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    with opened(samples, None, Wish()) as made:
        (twin,) = made.site.ask(
            "SELECT min(article_id) AS id FROM lake.articles WHERE duplicate_of IS NOT NULL"
        )
    with watched(browser, site, width=width, scheme=scheme) as seen:
        for path in (links.article(crowded), links.article(twin["id"]), links.ARTICLES):
            seen.open(path)
            assert seen.hurdles() == [], path
            assert seen.sideways() == 0, path
        seen.open(links.article(crowded))
        seen.ask("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert seen.sideways() == 0
        assert seen.troubles == []


def test_a_duplicate_leads_to_the_article_whose_rows_stand_for_both(
    browser: Browser, site: Path, samples: Path
) -> None:
    with opened(samples, None, Wish()) as made:
        twins = made.site.ask(
            "SELECT article_id, duplicate_of FROM lake.articles WHERE duplicate_of IS NOT NULL"
        )
    with watched(browser, site) as seen:
        for twin in twins:
            seen.open(links.article(twin["article_id"]))
            assert seen.page.locator("#text a, .rows").count() == 0
            seen.page.locator("p", has_text="A duplicate").locator("a").click()
            assert seen.page.url.endswith(links.article(twin["duplicate_of"]))
            assert seen.page.locator("#text a").count() > 0
        assert seen.troubles == []


def test_from_the_list_to_an_article(browser: Browser, site: Path) -> None:
    with watched(browser, site) as seen:
        seen.open(links.ARTICLES)
        first = seen.page.locator(".day a").first
        title = first.text_content()
        first.click()
        assert seen.page.locator("h1").text_content() == title
        assert seen.troubles == []


HOSTILE = (
    "</p></div><script>document.title = 'run'</script><img src=x onerror=\"document.title='run'\">"
    " said Jan \u202eevil\u202c & Co.\r\n"
    f"{'x' * 10_000}\n\n"
    "שלום 12 שקלים \u2067and\u2069 🚀👩‍👩‍👧 \u0007 <b>bold</b>\n"
    "مرحبا Some 300 troops left"
)


def hostile() -> dict[str, list[Row]]:
    """The small lake with a text that would like to be more than a text."""
    made = rows()
    article = made["articles"][0]
    article.update(text=HOSTILE, title=f"<script>{'y' * 9_000}\u202e", publisher="<b>Post\u2066")
    article.update(authors=["<i>\u202eA"], url="javascript:alert(1)", source_uri="<u>" + "z" * 999)

    def place(words: str) -> dict[str, Any]:
        start = HOSTILE.index(words)
        return {"char_start": start, "char_end": start + len(words), "surface": words}

    made["figures"][0].update(
        place("12 שקלים \u2067and\u2069 🚀👩‍👩‍👧 \u0007 <b>bo"), counted="</li>\u202e"
    )
    made["mentions"][0].update(place("<script>document.title = 'run'</script><img"))
    made["mentions"].append({**made["mentions"][0], "mention_id": "1" * 16, **place("x" * 9_999)})
    # over a line's end, and across the other
    made["mentions"].append(
        {**made["mentions"][0], "mention_id": "2" * 16, **place("x\n\nשלום 12")}
    )
    made["entities"][0].update(name="</ul><script>document.title = 'run'</script>")
    return made


@pytest.mark.parametrize("width", WIDTHS)
def test_a_hostile_text_is_shown_as_text(browser: Browser, tmp_path: Path, width: int) -> None:
    lake = build(tmp_path / "lake", hostile())
    with opened(lake, None, Wish(title="<script>\u202e")) as made:
        root = write(articles.pages(made.site), tmp_path / "site")
        surfaces = {
            row[f"{table[:-1]}_id"]: row["surface"]
            for table in ("figures", "mentions")
            for row in made.site.ask(f"FROM lake.{table}")
        }
    with watched(browser, root, width=width) as seen:
        seen.open(links.article(ARTICLE))
        # the text as it is, but for the character that a page cannot hold
        assert seen.ask("document.getElementById('text').textContent") == HOSTILE
        assert seen.ask(WALK, surfaces) == []
        assert (
            seen.ask("document.querySelectorAll('.rows details').forEach(d => { d.open = 1; })")
            is None
        )
        assert seen.sideways() == 0
        assert "run" not in seen.page.title()
        assert seen.page.locator("script").count() == 1
        assert seen.page.locator("img").count() == 0
        assert seen.page.locator("a[href^='javascript']").count() == 0
        assert seen.page.locator("#text .u").count() == 6
        assert seen.hurdles() == []
        seen.open(links.ARTICLES)
        assert seen.sideways() == 0
        assert seen.troubles == []


def test_the_same_state_gives_the_same_bytes(samples: Path) -> None:
    def made() -> list[Any]:
        with opened(samples, None, Wish()) as one:
            site: Site = one.site
            return list(articles.pages(site))

    assert made() == made()
