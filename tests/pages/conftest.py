"""What the tests of pages share: the samples' lake and a browser, made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.jobs import Samples
from tests.pages.browsing import launched


@pytest.fixture(scope="session")
def samples(samples: Samples) -> Path:
    """The lake of the sample articles, only to be read."""
    return samples.lake


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the session; each test has a context of its own."""
    with sync_playwright() as playwright:
        started = launched(playwright)
        yield started
        started.close()
