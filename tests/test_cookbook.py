"""The cookbook: twenty questions, each with the answer that the samples give."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.pipeline import run_plainly
from flows.settings import Settings, SourceSpec
from tests.cookbook import PAGE, answer, recipes

SAMPLES = Path(__file__).parent.parent / "seeds" / "articles"

pytestmark = pytest.mark.long


def test_every_answer_of_the_page_is_what_the_samples_give(tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    report = run_plainly(Settings(lake=lake, workers=1), [SourceSpec(path=str(SAMPLES))])
    assert (report.status, report.inputs) == ("done", 39)
    found = recipes()
    titles = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:3] == "## "]
    assert len(found) == len(titles) == 20
    for sql, told in found:
        assert answer(sql, lake) == told, sql
        assert "\n0 rows" not in told, sql
