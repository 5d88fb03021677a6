"""docs/figures.md tells of every rule and every reason, with an example that is read so today."""

from __future__ import annotations

import pytest

from benchmarks import figures_rules
from benchmarks.figures_rules import examples
from transforms.figures.en.exclusions import TESTS
from transforms.figures.en.reasons import REASONS, Reason
from transforms.figures.rules import (
    STEPS,
    Aged,
    Form,
    Happened,
    Joined,
    Moved,
    Noun,
    Qualified,
    Said,
    Scened,
    Settled,
    Written,
)  # fmt: skip

KINDS = (Form, Written, Joined, Aged, Settled, Qualified, Moved, Noun, Happened, Said, Scened)


def test_the_page_has_every_rule_and_reason_with_what_is_read() -> None:
    text = figures_rules.PAGE.read_text(encoding="utf-8")
    assert figures_rules.page(text) == text, "run python -m benchmarks.figures_rules"


def test_every_rule_that_is_declared_has_a_step_and_an_example() -> None:
    declared = sorted(rule.value for kind in KINDS for rule in kind if rule)
    assert declared == sorted(name for names in STEPS.values() for name in names)
    assert declared == sorted(examples()["rule"])


def test_every_reason_says_what_it_means_and_has_an_example() -> None:
    assert list(REASONS) == list(Reason)
    assert sorted(examples()["reason"]) == sorted(Reason)
    assert all(told.endswith(".") for told in REASONS.values())


def test_one_test_has_one_reason() -> None:
    reasons = [reason for reason, _ in TESTS]
    assert len(set(reasons)) == len(reasons)
    assert reasons == [reason for reason in Reason if reason in reasons], "in the order they say"


@pytest.mark.parametrize("rule", sorted(examples()["rule"]))
def test_the_example_of_a_rule_is_read_by_it(rule: str) -> None:
    example = examples()["rule"][rule]
    row = figures_rules.shown(example)
    assert example["text"][row["char_start"] : row["char_end"]] == example["surface"]


@pytest.mark.parametrize("reason", sorted(examples()["reason"]))
def test_the_example_of_a_reason_is_left_out_for_it(reason: str) -> None:
    example = examples()["reason"][reason]
    left_out = figures_rules.refused(example)
    assert left_out.reader == "figures"
    rows, _ = figures_rules.read(example)
    assert example["surface"] not in {row["surface"] for row in rows}
