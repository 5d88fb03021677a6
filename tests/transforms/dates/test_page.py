"""docs/dates.md tells of every rule, with an example that the rule reads today."""

from __future__ import annotations

from benchmarks import dates_rules
from transforms.dates.en.rules import STAGES


def test_the_page_has_every_rule_with_what_it_reads() -> None:
    text = dates_rules.PAGE.read_text(encoding="utf-8")
    assert dates_rules.page(text) == text, "run python -m benchmarks.dates_rules"


def test_no_rule_is_left_out() -> None:
    told = {name for _, names in dates_rules.stages() for name in names}
    rules = {r.name for stage in STAGES if stage.name != "numbers" for r in stage.rules}
    assert rules - told == dates_rules.HELPERS
