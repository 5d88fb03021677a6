"""Words and numbers that look like a time and are none, beside those that are."""

from __future__ import annotations

import pytest

from tests.transforms.dates.conftest import Read


@pytest.mark.parametrize(
    "sentence",
    [
        "You may go, she said, and they may follow.",
        "The march began in the rain.",
        "He sat in the sun and read The Sun.",
        "It was his second goal, in the 89th minute.",
        "Nobody moved for a split second.",
        "They won 3-2 and lost 6-4.",
        "The price rose to $1,999 from 1,850.",
        "The index closed at 2024.5 points.",
        "Version 2.1.3 replaces version 2.0.12.",
        "Flight 1990 was sent to gate 2001.",
        "Ms. May and Judge August met April Jones.",
        "The stock number is 2882015.",
        "He wrote about The Fall.",
        "Three-quarters of the votes and a quarter of the seats were lost.",
        "The 52-year-old is a mother of two.",
        "The fall of the government was the fall of an era.",
        "Call 555-1234 or 0800 2020 20.",
        "It cost 2019 euros and weighed 1500 kg.",
        "As soon as the rain stopped they left.",
        "He reads USA Today.",
        "The club met at Mar-a-Lago.",
        "They joined the March of Hope and the March for Bread.",
        "They joined the “March of Hope”.",
        "The tug is a BR-2000.",
    ],
)  # fmt: skip
def test_no_time_is_read(read: Read, sentence: str) -> None:
    assert [row["surface"] for row in read(sentence)] == []


@pytest.mark.parametrize(
    ("sentence", "surfaces"),
    [
        ("It opened in May and shut in March.", ["May", "March"]),
        ("Sales fell in the Jan-to-March period.", ["Jan", "March"]),
        ("On Sun, June 9 it rained.", ["Sun, June 9"]),
        ("Thirty seconds later it fell.", ["Thirty seconds later"]),
        ("In the fall of 2021 they left.", ["the fall of 2021"]),
        ("The vote of May 5 was close.", ["May 5"]),
        ("He sold 2000 cars in 2000.", ["2000"]),
    ],
)
def test_the_same_words_as_times(read: Read, sentence: str, surfaces: list[str]) -> None:
    assert [row["surface"] for row in read(sentence)] == surfaces
