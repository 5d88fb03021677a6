"""docs/entities.md tells of every rule and reason, with an example in which it is found today."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest

from benchmarks import entities_rules
from benchmarks.entities_rules import Example, examples
from transforms.entities import EntityStudy
from transforms.entities.manual import (
    EVIDENCE,
    MAP_EVIDENCE,
    REASONS,
    RULES,
    VERDICTS,
    EvidenceName,
    MapEvidenceName,
    ReasonName,
    RuleName,
    VerdictName,
)

Study = Callable[..., EntityStudy]


def test_the_page_is_what_the_code_declares() -> None:
    text = entities_rules.PAGE.read_text(encoding="utf-8")
    assert entities_rules.page(text) == text, "run python -m benchmarks.entities_rules"


def test_what_the_code_may_say_is_what_is_declared() -> None:
    """The type check keeps the code to these types; here every one of them has its line."""
    assert get_args(RuleName) == tuple(RULES)
    assert get_args(EvidenceName) == tuple(EVIDENCE)
    assert get_args(ReasonName) == tuple(REASONS)
    assert get_args(MapEvidenceName) == tuple(MAP_EVIDENCE)
    assert get_args(VerdictName) == tuple(VERDICTS)
    assert set(examples("rule")) == set(RULES)
    assert set(examples("reason")) == set(REASONS)


@pytest.mark.parametrize("example", examples("rule").values(), ids=lambda one: str(one.name))
def test_each_rule_reads_its_example(study: Study, example: Example) -> None:
    start = example.text.rindex(example.surface)
    rows = [
        row
        for row in study(example.text).mentions
        if (row["char_start"], row["surface"]) == (start, example.surface)
    ]
    assert [row["rule"] for row in rows] == [example.name]


@pytest.mark.parametrize("example", examples("reason").values(), ids=lambda one: str(one.name))
def test_each_reason_leaves_out_its_example(study: Study, example: Example) -> None:
    start = example.text.rindex(example.surface)
    end = start + len(example.surface)
    found = study(example.text)
    assert example.name in {
        one.reason for one in found.left_out if (one.start, one.end) == (start, end)
    }
    assert all((row["char_start"], row["char_end"]) != (start, end) for row in found.mentions)
