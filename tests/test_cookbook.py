"""The cookbook: twenty questions, each with the answer that the samples give."""

from __future__ import annotations

import pytest

from tests.cookbook import PAGE, answer, recipes
from tests.jobs import Samples

pytestmark = pytest.mark.long


def test_every_answer_of_the_page_is_what_the_samples_give(samples: Samples) -> None:
    found = recipes()
    titles = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:3] == "## "]
    assert len(found) == len(titles) == 20
    for sql, told in found:
        assert answer(sql, samples.lake) == told, sql
        assert "\n0 rows" not in told, sql
