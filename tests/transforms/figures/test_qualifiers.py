"""How a number is meant, and how a move is told."""

from __future__ import annotations

from typing import Any

import pytest

QUALIFIED = [
    ("Around 12-thousand troops left.", "Around 12-thousand", "about", 12_000),
    ("Some 600 monks left.", "Some 600", "about", 600),
    ("Roughly 300 boats sank.", "Roughly 300", "about", 300),
    ("Nearly 40 boats sank.", "Nearly 40", "about", 40),
    ("About 40 boats sank.", "About 40", "about", 40),
    ("An estimated 40 boats sank.", "An estimated 40", "about", 40),
    ("A hundred or so boats sank.", "A hundred or so", "about", 100),
    ("More than 40 boats sank.", "More than 40", "more_than", 40),
    ("Over 40 boats sank.", "Over 40", "more_than", 40),
    ("The site has 2.5+ million readers.", "2.5+ million", "more_than", 2_500_000),
    ("The site has 2.5+million readers.", "2.5+million", "more_than", 2_500_000),
    ("They have 20+ years of records.", "20+ years", "more_than", 20),
    ("At least 40 boats sank.", "At least 40", "at_least", 40),
    ("No fewer than 40 boats sank.", "No fewer than 40", "at_least", 40),
    ("At least another 40 boats sank.", "At least another 40", "at_least", 40),
    ("They saw 40 or more boats.", "40 or more", "at_least", 40),
    ("Up to 40 boats sank.", "Up to 40", "at_most", 40),
    ("As many as 40 boats sank.", "As many as 40", "at_most", 40),
    ("A maximum of 40 boats may sail.", "A maximum of 40", "at_most", 40),
    ("No more than 40 boats sank.", "No more than 40", "at_most", 40),
    ("Fewer than 40 boats sank.", "Fewer than 40", "less_than", 40),
    ("Under 40 boats sank.", "Under 40", "less_than", 40),
    ("Exactly 40 boats sank.", "40", "exact", 40),
]


@pytest.mark.parametrize(("text", "surface", "qualifier", "value"), QUALIFIED)
def test_a_qualifier_opens_the_right_end(
    figures: Any, text: str, surface: str, qualifier: str, value: float
) -> None:
    (row,) = figures(text)
    assert (row["surface"], row["qualifier"], row["value"]) == (surface, qualifier, value)
    assert (row["value_high"] is None) == (qualifier in ("at_least", "more_than"))
    assert (row["value_low"] is None) == (qualifier in ("at_most", "less_than"))


def test_a_qualifier_reaches_only_its_number(figures: Any) -> None:
    first, second = figures("About 90 boats and 175 rafts sank.")
    assert (first["qualifier"], second["qualifier"]) == ("about", "exact")


def test_a_period_is_not_more_than_itself(figures: Any) -> None:
    rows = figures("The firm will invest $500 million over five years.")
    assert [(row["surface"], row["qualifier"]) for row in rows] == [
        ("$500 million", "exact"),
        ("five years", "exact"),
    ]


def test_a_gain_and_its_end_are_no_range(figures: Any) -> None:
    rows = figures("The share rose 95 to 745 yen.")
    assert [(row["value"], row["change"]) for row in rows] == [(95, "up"), (745, "up")]
    (row,) = figures("Prices rose 5 to 10 percent.")
    assert (row["value_low"], row["value_high"]) == (5, 10)


def test_the_ends_of_a_range_share_their_rate(figures: Any) -> None:
    (row,) = figures("Earnings will be between 3.75 dollars and 4.25 dollars per share.")
    assert (row["value_low"], row["value_high"], row["unit"]) == (3.75, 4.25, "USD/{share}")


def test_talks_over_a_number_are_not_more_than_it(figures: Any) -> None:
    (row,) = figures("They are in talks over ten helicopters.")
    assert (row["surface"], row["qualifier"]) == ("ten", "exact")


def test_a_bound_of_age_opens_its_end(figures: Any) -> None:
    (row,) = figures("Children under the age of 12 travel free.")
    assert (row["surface"], row["qualifier"]) == ("under the age of 12", "less_than")
    assert (row["unit_type"], row["value_high"]) == ("age", 12)


CHANGES = [
    ("Profit rose 12.5%.", ["up"]),
    ("Profit fell by just 3 per cent.", ["down"]),
    ("The index was down 58 points.", ["down"]),
    ("The index is up about 15 percent.", ["up"]),
    ("Sales jumped 60% to $3 million.", ["up", "up"]),
    ("Output grew by 100 tonnes or 2.2 per cent.", ["up", "up"]),
    ("It was a 5% increase.", ["up"]),
    ("The town has 40 wells.", ["none"]),
    ("Lamps were 87 cents apiece, up from 33 cents.", ["up", "none"]),
    ("The list won 12 seats, down from 19.", ["down", "none"]),
    ("Output was 900 tonnes in May, up from a year ago.", ["up"]),
    ("It was 40 metres long, and he got up from a chair.", ["none"]),
]


@pytest.mark.parametrize(("text", "changes"), CHANGES)
def test_a_change_belongs_to_the_amount_of_the_move(
    figures: Any, text: str, changes: list[str]
) -> None:
    assert [row["change"] for row in figures(text)] == changes
