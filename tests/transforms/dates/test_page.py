"""docs/dates.md tells of every rule, way and reason, with an example that is read so today."""

from __future__ import annotations

from benchmarks import dates_rules
from transforms.dates.en.reasons import REASONS
from transforms.dates.en.rules import STAGES
from transforms.dates.ways import WAYS


def test_the_page_has_every_rule_with_what_it_reads() -> None:
    text = dates_rules.PAGE.read_text(encoding="utf-8")
    assert dates_rules.page(text) == text, "run python -m benchmarks.dates_rules"


def test_no_rule_is_left_out() -> None:
    told = {name for _, names in dates_rules.stages() for name in names}
    rules = {r.name for stage in STAGES if stage.name != "numbers" for r in stage.rules}
    assert rules - told == dates_rules.HELPERS


def test_every_example_is_of_a_name_that_there_is() -> None:
    assert set(dates_rules.explained("reason")) == set(REASONS)
    assert set(dates_rules.explained("way")) == set(WAYS)
