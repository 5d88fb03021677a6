"""Mutated inputs: the same number gives the same bytes, and each is accounted for."""

from __future__ import annotations

import random

import pytest

from benchmarks.mutation import KINDS, mutated, tried
from transforms.limits import Limits
from warehouse.vocabulary import REJECT_REASONS

FILES = sorted(KINDS.keys() - {"pages", "texts", "records"})


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_number_makes_its_input_again(kind: str) -> None:
    samples = KINDS[kind].samples()
    one, again = (mutated(samples, random.Random(f"{kind} 1 7")) for _ in range(2))
    assert one == again
    assert any(mutated(samples, random.Random(seed)) not in samples for seed in range(5))


@pytest.mark.parametrize("kind", FILES)
def test_what_comes_of_a_mutated_file_is_said(kind: str) -> None:
    outcomes = {tried((kind, 3, number), Limits()).what for number in range(40)}
    assert outcomes <= {"inputs", "nothing", *REJECT_REASONS}
    assert "inputs" in outcomes


@pytest.mark.parametrize("kind", FILES)
def test_a_sample_as_it_is_gives_inputs(kind: str) -> None:
    for sample in KINDS[kind].samples():
        assert KINDS[kind].attempt(sample, Limits()) == "inputs"
