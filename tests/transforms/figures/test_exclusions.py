"""What is no quantity, and what looks like none and is one."""

from __future__ import annotations

from typing import Any

import pytest

NONE = [
    "The dam broke in 2014.",
    "It began on 5 May 2019.",
    "The 2012-13 season was short.",
    "The train left at 2.15pm.",
    "The train left at 7 p.m. sharp.",
    "The train left at 19:30.",
    "She finished 155th.",
    "It was the first flood of the 20th century.",
    "Shares of the S&P 500 fell.",
    "He sold his iPhone 11.",
    "An F-16 crashed.",
    "The Leopard 2 is heavy.",
    "The G7 met.",
    "The Group of Seven met.",
    "A Boeing 737 landed.",
    "Article 4 says so.",
    "See page 12.",
    "He lives at 31 Wilton Road.",
    "Call 555-0199.",
    "Ring (613) 555-0142 or 613-555-0143 today.",
    "The desk answers on +44 20 7946 0018, the hotline on 020 7946 0019.",
    "See pages 12-14.",
    "All was well.-0-",
    "The PS2 sold out.",
    "In case 22-451 the judge was late.",
    "He came at nearly half past five.",
    "They drew 2-2.",
    "One never knows.",
    "No one came.",
    "The new one costs less.",
    "The one who left was sad.",
    "At one point he slept.",
    "Once he sang.",
    "It was a mix.",
    "Flight 404 a was late.",
    "COVID-19 spread.",
    "A third man came.",
    "In the second half he slept.",
    "They are open 24/7.",
    "Version 1.2.3 is out.",
    "The patrol is due at 0930 hours.",
    "They sell software for 68020-based machines.",
    "Lindholm unveiled its new long-range 747 jet.",
    "The system 4200 works with the older printers.",
    "He praised his men as a match for a hundred.",
    "They drill a-match-for-a-hundred pilots.",
]


@pytest.mark.parametrize("text", NONE)
def test_a_number_that_measures_nothing_is_no_figure(stated: Any, text: str) -> None:
    assert [row["surface"] for row in stated(text)] == []


@pytest.mark.parametrize(
    ("text", "surface", "counted"),
    [
        ("One soldier fell.", "One", "soldier"),
        ("The 747 crash killed 12 nuns.", "12", "nuns"),
        ("The army has 2,000 tents.", "2,000", "tents"),
        ("It carried 1100 books.", "1100", "books"),
        ("They gave Peru 30 trucks.", "30", "trucks"),
        ("There were 50,000 in the square.", "50,000", None),
        ("It lost 203-719 votes a day.", "203-719", "votes"),
        ("They hired 3 bar staff.", "3", "bar staff"),
        ("Half were children.", "Half", None),
        ("Nearly half voted no.", "Nearly half", None),
        ("More than a third said so.", "More than a third", None),
        ("Less than a quarter came.", "Less than a quarter", None),
        ("The council voted 5-2 to close it.", "5-2", None),
    ],
)
def test_a_number_that_counts_is_one(
    stated: Any, text: str, surface: str, counted: str | None
) -> None:
    found = {row["surface"]: row["counted"] for row in stated(text)}
    assert surface in found
    assert found[surface] == counted


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Sales were 8% more than a year before.", ["8%"]),
        ("It took more than a year.", ["more than a year"]),
        ("Less than a week before the fair, he left.", ["Less than a week"]),
        ("Some 900 guests came in 2024, 1.3% fewer than the year before.", ["Some 900", "1.3%"]),
    ],
)
def test_a_year_that_is_compared_with_is_no_figure(
    stated: Any, text: str, surfaces: list[str]
) -> None:
    assert [row["surface"] for row in stated(text)] == surfaces
