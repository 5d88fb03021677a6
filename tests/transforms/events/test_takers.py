"""Who gets what is given, where it stands beside the thing; who gives what somebody receives."""

from __future__ import annotations

import pytest

from tests.transforms.events.test_rows import event


@pytest.mark.parametrize(
    ("text", "predicate", "recipient"),
    [
        ("Greece approved the sale of 40 jets to Egypt.", "sale", "Egypt"),
        ("Grain destined for Sudan was delivered on Monday.", "deliver", "Sudan"),
        ("Peru donated 40 tonnes of flour bound for Chad.", "donate", "Chad"),
        ("Oslo donated trucks for the army.", "donate", "the army"),
        ("The US sent missiles for Ukraine through Poland.", "send", "Ukraine"),
        ("The ministry provided tents for 400 families.", "provide", "400 families"),
        ("Berlin supplied a package of weapons for Kyiv.", "supply", "Kyiv"),
        ("The US sent troops to Poland.", "send", None),
        ("The army sent 40 soldiers for training.", "send", None),
        ("Norway gave money for a new school.", "give", None),
        ("Norway gave money for a year.", "give", None),
    ],
)
def test_who_gets_it_is_said_beside_the_thing(
    text: str, predicate: str, recipient: str | None
) -> None:
    assert event(text, predicate)["recipient"] == recipient


@pytest.mark.parametrize(
    ("text", "predicate", "parts"),
    [
        (
            "Peru received 40 trucks from Chile in May.",
            "receive",
            ("Chile", "40 trucks", "Peru"),
        ),
        (
            "The party received a donation of £3m from Ann Berg.",
            "donation",
            ("Ann Berg", "£3m", "The party"),
        ),
        (
            "Air Peru took delivery of 12 planes from Boeing.",
            "delivery",
            ("Boeing", "12 planes", "Air Peru"),
        ),
        ("Peru received 40 trucks from a depot.", "receive", (None, "40 trucks", "Peru")),
    ],
)
def test_who_receives_it_is_given_it_by_somebody(
    text: str, predicate: str, parts: tuple[str | None, ...]
) -> None:
    row = event(text, predicate)
    assert (row["agent"], row["patient"], row["recipient"]) == parts


def test_a_sum_in_aid_is_what_is_given() -> None:
    row = event("Washington approved $60 million in military aid for Taiwan.", "aid")
    assert (row["patient"], row["recipient"]) == ("$60 million", "Taiwan")
