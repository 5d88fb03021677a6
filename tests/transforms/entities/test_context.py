"""What is read from the words around a name: datelines, countries spoken of, run-in words."""

from __future__ import annotations

from typing import Any

import pytest


def test_a_dateline_names_its_place_and_its_agency(read: Any) -> None:
    found = read(
        "HALDEN, Norway (Skagerrak News) — The ferry sank within minutes.",
        publisher="Skagerrak News Agency",
    )
    assert found.kinds["HALDEN"] == "GPE"
    assert found.of("HALDEN")["name"] == "Halden"
    assert found.of("HALDEN")["country"] == "NOR"
    assert found.kinds["Skagerrak News"] == "ORG"


def test_an_agency_in_short_is_the_publisher(read: Any) -> None:
    found = read(
        "NAIROBI, Feb 3 (Northgate) -- Rain fell. Analysts polled by Northgate expect more.",
        publisher="Northgate Press",
    )
    assert found.of("Northgate")["name"] == "Northgate Press"
    assert found.of("Northgate")["entity_type"] == "ORG"


@pytest.mark.parametrize("text", ["Gas gave 600 MW.", "A cabin costs NOK 10,000 a week."])
def test_units_and_currencies_are_no_names(read: Any, text: str) -> None:
    assert read(text).mentions == []


def test_a_number_behind_a_place_is_not_its_name(read: Any) -> None:
    found = read("In the capital 96 people died, in Sagaing 18. Myanmar mourned.")
    assert found.kinds["Sagaing"] == "GPE"


def test_a_name_run_into_the_words_beside_it(read: Any) -> None:
    found = read("The respected ComradeKim Jong Unreceived a letter from Pyongyang.")
    assert found.of("Kim Jong Un")["reference_id"] == "person:kim-jong-un"
    assert not any("Unreceived" in row["surface"] for row in found.mentions)


def test_korea_is_the_one_spoken_of(read: Any) -> None:
    north = read("The DPRK held a parade. Korean workers marched in Pyongyang.")
    assert north.of("Korean")["country"] == "PRK"
    alone = read("Korean shares rose on Monday.")
    assert alone.of("Korean")["country"] == "KOR"


def test_one_acronym_of_two_bodies(read: Any) -> None:
    press = read("Reporters Without Borders (RSF) protested. RSF named 40 reporters.")
    force = read("Sudan said the Rapid Support Forces (RSF) had left. The RSF denied it.")
    assert press.of("RSF")["reference_id"] == "org:rsf"
    assert force.of("RSF")["reference_id"] == "org:rsf-sudan"


def test_groups_of_one_country_stay_apart(read: Any) -> None:
    found = read("The British press liked it. Tory members did not; Scottish ones were split.")
    ids = {found.of(name)["entity_id"] for name in ("British", "Tory", "Scottish")}
    assert len(ids) == 3


def test_the_baltic_as_a_sea_and_as_a_quality(read: Any) -> None:
    assert read("Freight from the Baltic to India has risen.").kinds["Baltic"] == "LOC"
    assert read("Baltic ministers met in Riga.").kinds["Baltic"] == "NORP"


def test_a_country_is_not_its_capital(read: Any) -> None:
    found = read("PANAMA CITY - Panama has closed the trail. Since July, Panama has sent 40 back.")
    assert found.of("Panama")["entity_id"] != found.of("PANAMA CITY")["entity_id"]
    assert found.of("Panama")["country"] == "PAN"


def test_a_club_by_one_word_of_its_name(read: Any) -> None:
    found = read(
        "Harrow Rovers scored twice in the last six minutes to beat Tyne Athletic 3-2 in the cup "
        "final. Trailing 2-1, Rovers had managed only two shots when the striker scored. It is "
        "Tyne's third defeat in a final."
    )
    assert found.of("Rovers")["name"] == "Harrow Rovers"
    assert found.of("Tyne")["name"] == "Tyne Athletic"


def test_a_title_of_several_words_is_none_of_the_name(read: Any) -> None:
    found = read("Chancellor of the Exchequer Nora Pelling said on Monday that rates would fall.")
    assert found.kinds["Nora Pelling"] == "PERSON"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The cost of the Crane Creek nuclear plant doubled.", "Crane Creek", "FAC"),
        ("The cost of the Crane Creek nuclear unit doubled.", "Crane Creek", "FAC"),
        ("They fished in the Crane Creek all day.", "Crane Creek", "LOC"),
    ],
)
def test_a_plant_named_after_a_creek_is_a_plant(read: Any, text: str, name: str, kind: str) -> None:
    assert read(text).kinds[name] == kind


def test_a_stock_is_no_place_and_a_park_is(read: Any) -> None:
    found = read("The Strategic Grain Reserve shrank. They camped in the Moremi Game Reserve.")
    assert "Moremi Game Reserve" in found.kinds
    assert not any("Grain" in row["surface"] for row in found.mentions)
