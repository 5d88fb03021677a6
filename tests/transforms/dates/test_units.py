"""Every unit of time in every frame that takes one: each has a value, and fortnights are weeks."""

from __future__ import annotations

import pytest

from transforms.dates import read_dates
from transforms.dates.timex import CODES
from transforms.model import Article
from transforms.parse import parse

FRAMES = (
    "It rained over the past {}.",
    "Sales fell in the {} ended June 30.",
    "It lasted a {} or so.",
    "The last {} was wet and the following {} dry.",
    "It met three {}s ago, and in two {}s it will meet again.",
)


@pytest.mark.parametrize("unit", [*CODES, "fortnight"])
def test_every_unit_can_be_read_in_every_frame(unit: str) -> None:
    for frame in FRAMES:
        article = Article("0" * 16, "x", "0" * 64, frame.replace("{}", unit), "0" * 16)
        for row in read_dates(parse(article)):
            assert row["value"], row
            assert "fortnight" not in row["value"]


def test_a_fortnight_is_two_weeks() -> None:
    text = "She won three times over the past fortnight."
    (row,) = read_dates(parse(Article("0" * 16, "x", "0" * 64, text, "0" * 16)))
    assert (row["surface"], row["value"]) == ("the past fortnight", "P2W")
