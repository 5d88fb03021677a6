"""Every sample article gives the rows that a person has reviewed in ``tests/golden/articles``."""

from __future__ import annotations

from functools import cache

import pytest

from tests.golden.render import FOLDER, renderings


@cache
def _rendered() -> dict[str, str]:
    return dict(renderings())


def test_every_sample_has_its_golden_file() -> None:
    assert sorted(_rendered()) == sorted(path.name for path in FOLDER.iterdir())


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_rows_are_as_reviewed(name: str) -> None:
    golden = (FOLDER / name).read_text(encoding="utf-8")
    assert _rendered().get(name, "").split("\n") == golden.split("\n"), (
        "the rows differ from those reviewed: if the new ones are right, run "
        "`make golden` and review the diff"
    )
