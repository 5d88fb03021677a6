"""What something is given for, as the table of events has it."""

from __future__ import annotations

import datetime as dt

import pytest

from transforms.extract import read_rows
from transforms.model import Article

PURPOSES = {
    "Norway gave Moldova $40 million for the repair of its power grid.": (
        "for the repair of its power grid"
    ),
    "Canada donated 200 tents to Chad for families displaced by the floods.": (
        "for families displaced by the floods"
    ),
    "The foundation provided $5 million to help launch a music programme.": (
        "to help launch a music programme"
    ),
    "Germany sold 14 tanks to Lithuania to replace its old vehicles.": (
        "to replace its old vehicles"
    ),
    "Denmark transferred 8 patrol boats to Kenya in order to fight piracy.": "to fight piracy",
    "The company donated $2 million toward a new wing of the museum.": (
        "toward a new wing of the museum"
    ),
    "Oman donated 200 tents to Chad in a bid to win its favour.": "to win its favour",
    # who gets it, what is paid, how long: no purposes
    "Canada donated 200 tents for Chad.": None,
    "The ministry bought 12 helicopters from Poland for $90 million.": None,
    "Japan donated 40 pumps to Yemen for three years.": None,
    "Walmart gave $10 million to the party.": None,
}


@pytest.mark.parametrize("text", PURPOSES)
def test_what_it_is_given_for(text: str) -> None:
    article = Article(
        "0" * 16, "x", "0" * 64, text, "0" * 16,
        published_date=dt.date(2025, 6, 12), language="en",
    )  # fmt: skip
    given = [
        row
        for row in read_rows(article)["events"]
        if row["event_type"] in ("aid", "sale", "purchase", "transfer")
    ]
    assert [row["purpose"] for row in given] == [PURPOSES[text]]
