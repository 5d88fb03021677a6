"""Where a name begins and ends."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("President Amara Okonjo met the delegation.", "Amara Okonjo"),
        ("Defence chief Gen. Ruslan Petrenko resigned on Monday.", "Ruslan Petrenko"),
        ("Lawmaker Park Min-ho criticised the plan.", "Park Min-ho"),
        ("The minister, Leila Haddad-Nassar, left at noon.", "Leila Haddad-Nassar"),
        ("The Dutch Senate approved the bill.", "Dutch Senate"),
        ("Critics of the Bank of Zambia's policy spoke.", "Bank of Zambia"),
        ("The Guild of Maltese Bakers (GMB) met.", "Guild of Maltese Bakers"),
        ("The Guild of Maltese Bakers (GMB) met.", "GMB"),
        ("Judges at the Lagos State High Court agreed.", "Lagos State High Court"),
        ("Yesterday Russia's army withdrew.", "Russia"),
    ],
)
def test_the_span_of_a_name(read: Any, text: str, surface: str) -> None:
    assert surface in read(text).kinds


def test_a_list_of_places_is_split(read: Any) -> None:
    kinds = read("Flights to Kenya, Uganda and Rwanda were cancelled.").kinds
    assert {"Kenya", "Uganda", "Rwanda"} <= set(kinds)


@pytest.mark.parametrize(
    ("text", "name", "times"),
    [
        ("The mayor of Kumasi spoke. He praised the Kumasi Ring Road Works.", "Kumasi", 1),
        ("The mayor of Kumasi spoke. Kumasi is hot, and in Kumasi Monday was too.", "Kumasi", 3),
        ("Ines Marković left. Marković Hall Lights shone.", "Marković", 0),
        ("Ines Marković left. Mayor Marković is back.", "Marković", 1),
    ],
)
def test_an_established_name_inside_a_longer_one_is_none_of_its_own(
    read: Any, text: str, name: str, times: int
) -> None:
    assert [row["surface"] for row in read(text).mentions].count(name) == times


def test_names_that_the_article_establishes_are_found_again(read: Any) -> None:
    reading = read(
        "The Korean Coast Watch Agency (KCWA) rescued nine sailors.\n"
        "Relatives thanked the KCWA. A spokesman for KCWA said the search went on."
    )
    assert [row["surface"] for row in reading.mentions].count("KCWA") == 3
