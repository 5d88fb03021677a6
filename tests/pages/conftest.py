"""What the tests of pages share: the samples' lake and a browser, made once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from flows.settings import Settings
from flows.site import make
from tests.jobs import Samples
from tests.once import made_once
from tests.pages.browsing import chromium, launched
from warehouse.address import Address


@pytest.fixture(scope="session")
def samples(samples: Samples) -> Path:
    """The lake of the sample articles, only to be read."""
    return samples.lake


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """The site of the samples, as the command makes it."""

    def site(folder: Path) -> None:
        make(Settings(lake=Address(samples)), folder / "site")

    return made_once(tmp_path_factory, "site-of-samples", site) / "site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the session; each test has a context of its own. Without one these tests are
    left out, but not where every change is tested."""
    if chromium() is None and not os.environ.get("CI"):
        pytest.skip("there is no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        started = launched(playwright)
        yield started
        started.close()
