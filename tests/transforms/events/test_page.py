"""docs/events.md has every rule that clauses are read by, with an example that is read so today."""

from __future__ import annotations

import re

import pytest

from benchmarks import events_rules
from benchmarks.events_rules import RULES, examples
from benchmarks.figures_rules import ROOT
from transforms.figures.rules import Happened, Said, Scened


def test_the_page_has_every_rule_with_what_is_read() -> None:
    text = events_rules.PAGE.read_text(encoding="utf-8")
    assert events_rules.page(text) == text, "run python -m benchmarks.events_rules"


def test_every_rule_has_one_example_and_every_example_a_rule() -> None:
    assert {(kind, rule) for kind in RULES for rule in RULES[kind]} == set(examples())
    lines = events_rules.EXAMPLES.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(examples())


@pytest.mark.parametrize("key", sorted(examples()), ids="-".join)
def test_the_example_of_a_rule_is_read_by_it(key: tuple[str, str]) -> None:
    assert events_rules.shown(examples()[key])


def test_rules_of_figures_and_modules_that_the_page_names_are_there() -> None:
    text = events_rules.PAGE.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:category|source|time|place)_\w+)`", text))
    assert {*Happened, *Scened} <= named <= {*Happened, *Said, *Scened}
    modules = text.partition("## Modules")[2]
    room = ROOT / "transforms" / "events"
    written = {path.stem for path in room.rglob("*.py")} - {"__init__"}
    assert set(re.findall(r"`(\w+)`", modules)) == written
