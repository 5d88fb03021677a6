"""The README's pictures: pages of the samples' site as Chromium shows them.

python -m tests.pages.pictures
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from flows.pipeline import run_plainly
from flows.settings import Settings, SourceSpec
from flows.site import make
from tests.pages.browsing import launched
from warehouse.address import Address

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"
#: Pixels of a picture.
WIDTH, HEIGHT = 1200, 720
#: The article whose page is shown, by a part of its title.
ARTICLE = "Drones strike Odesa port"


def pictures(browser: Browser, site: Path, folder: Path) -> list[Path]:
    """Takes the pictures of a site of the samples; gives their files."""
    (article,) = (
        file
        for file in site.glob("articles/*/*.html")
        if f'<h1 dir="auto">{ARTICLE}' in file.read_text(encoding="utf-8")
    )
    shown = {"overview": site / "index.html", "article": article}
    folder.mkdir(parents=True, exist_ok=True)
    for name, file in shown.items():
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(file.as_uri())
        page.screenshot(path=folder / f"{name}.png")
        page.close()
    return [folder / f"{name}.png" for name in shown]


def main() -> None:
    """The command."""
    with tempfile.TemporaryDirectory(prefix="dateline-pictures-") as scratch:
        settings = Settings(lake=Address(Path(scratch) / "lake"), workers=1)
        run_plainly(settings, [SourceSpec(path=str(ROOT / "seeds" / "articles"))])
        make(settings, Path(scratch) / "site")
        with sync_playwright() as playwright:
            browser = launched(playwright)
            for file in pictures(browser, Path(scratch) / "site", FOLDER):
                print(file.relative_to(ROOT))
            browser.close()


if __name__ == "__main__":
    main()
