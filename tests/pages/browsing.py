"""A real browser without a network, and what troubles it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright

import pages
from pages.site import File

ASSETS = Path(pages.__file__).parent / "assets"
#: The widths and colour schemes in which pages are looked at.
WIDTHS = (390, 1300)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
#: Both widths and both schemes, but not each with each: what hurdles there are in the layout does
#: not depend on colours.
LOOKS = ((390, "dark"), (1300, "light"))

#: A violation of the page's policy is told as an error.
_TELL = (
    "document.addEventListener('securitypolicyviolation', "
    "e => console.error('policy', e.violatedDirective, e.blockedURI))"
)


def chromium() -> str | None:
    """The system's Chromium."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def launched(playwright: Playwright) -> Browser:
    """That browser, started."""
    return playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])


@dataclass
class Watched:
    """A page, with the errors, reports and failed requests that it has given so far."""

    page: Page
    root: Path
    troubles: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Goes to a place of the site."""
        self.page.goto(f"file://{self.root}/{path}")

    def ask(self, script: str, given: Any = None) -> Any:
        return self.page.evaluate(script, given)

    def sideways(self) -> int:
        """By how many pixels the page is wider than the window."""
        wide: int = self.ask(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return wide

    def hurdles(self) -> list[str]:
        """What axe-core finds of serious or critical hurdles, without its asking for files again,
        which the page's policy forbids."""
        found = Axe().run(self.page, options={"preload": False}).response["violations"]
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:200]}"
            for one in found
            if one["impact"] in ("serious", "critical")
        ]


@contextlib.contextmanager
def watched(
    browser: Browser,
    root: Path,
    *,
    width: int = 1300,
    scheme: Literal["light", "dark"] = "light",
    script: bool = True,
) -> Iterator[Watched]:
    """A page of the site in ``root`` to look at; nothing but files is let through."""
    context = browser.new_context(
        viewport={"width": width, "height": 850},
        color_scheme=scheme,
        offline=True,
        java_script_enabled=script,
    )
    page = context.new_page()
    seen = Watched(page, root)
    page.on("console", lambda told: seen.troubles.append(f"{told.type}: {told.text}"))
    page.on("pageerror", lambda error: seen.troubles.append(f"script: {error}"))
    page.on("requestfailed", lambda request: seen.troubles.append(f"failed: {request.url}"))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("file:", "data:"))
            else seen.troubles.append(f"asked: {request.url}")
        ),
    )
    page.add_init_script(_TELL)
    try:
        yield seen
    finally:
        context.close()


def write(files: Iterable[File], root: Path) -> Path:
    """Files of a site with their styles and scripts, put into a folder."""
    for file in files:
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    shutil.copytree(ASSETS, root / "assets", dirs_exist_ok=True)
    return root
