"""The README's pictures can be taken anew, and are as large as those that it shows."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.pages.pictures import FOLDER, HEIGHT, ROOT, WIDTH, pictures

pytestmark = pytest.mark.long


def size(picture: Path) -> tuple[int, ...]:
    """Width and height of a PNG, by its first chunk."""
    return struct.unpack(">II", picture.read_bytes()[16:24])


def test_the_pictures_are_taken_of_the_samples(
    whole: Path, browser: Browser, tmp_path: Path
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    taken = pictures(browser, whole, tmp_path)
    assert len(taken) == 2
    for picture in taken:
        shown = FOLDER / picture.name
        assert size(picture) == size(shown) == (WIDTH, HEIGHT)
        assert picture.stat().st_size > 50_000  # an empty page takes a tenth
        assert f"]({shown.relative_to(ROOT).as_posix()})" in readme
