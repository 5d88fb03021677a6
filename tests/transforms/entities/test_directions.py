"""Regions written short after towns, and parts of countries that a direction names."""

from __future__ import annotations

import pytest

from tests.transforms.entities.conftest import Read


@pytest.mark.parametrize(
    ("text", "town", "short", "region"),
    [
        ("ST. JOSEPH, MO. (Reuters) - A mill shut.", "ST. JOSEPH", "MO.", "Missouri"),
        ("SCRANTON, PA. (AP) - A mill shut.", "SCRANTON", "PA.", "Pennsylvania"),
        ("PEORIA, ILL., May 3 (AP) - A mill shut.", "PEORIA", "ILL.", "Illinois"),
        ("The mill in Bangor, Me., is to shut.", "Bangor", "Me.", "Maine"),
        ("They met in Lewiston, Me.", "Lewiston", "Me.", "Maine"),
        ("The mill in Salem, Ore., is to shut.", "Salem", "Ore.", "Oregon"),
    ],
)
def test_a_region_s_short_form_after_its_town(
    read: Read, text: str, town: str, short: str, region: str
) -> None:
    found = read(text)
    assert found.of(town)["country"] == "USA"
    assert found.of(short)["name"] == region


def test_a_short_form_after_another_name_is_a_word(read: Read) -> None:
    found = read("It was Anna, Me. and my sister.")
    assert "Me." not in found.kinds


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A judge of the Southern District of New York agreed.", "Southern District"),
        ("A judge of the Eastern District of Virginia agreed.", "Eastern District"),
        ("Fog hid Oregon's Central Coast.", "Central Coast"),
        ("The North Shore of Maui was flooded.", "North Shore"),
        ("Gales hit Spain's East Coast.", "East Coast"),
        ("Gales hit the West Coast of Ireland.", "West Coast"),
    ],
)
def test_a_direction_is_no_far_off_place(read: Read, text: str, name: str) -> None:
    found = read(text)
    if name in found.kinds:
        assert found.of(name)["country"] is None


def test_a_direction_is_linked_in_its_country(read: Read) -> None:
    found = read("Surfers came to Australia's Central Coast. Sydney is near.")
    assert found.of("Central Coast")["country"] == "AUS"


def test_a_coast_of_the_country_itself_stays_known(read: Read) -> None:
    found = read("Storms hit the East Coast of the United States.")
    assert found.of("East Coast")["reference_id"] == "region:east-coast"


def test_a_dateline_may_stand_below_a_caption(read: Read) -> None:
    text = "A boat lies in the harbour. File Photo\nTALLINN (Reuters) - The ferry was late."
    assert read(text).of("TALLINN")["country"] == "EST"


def test_signing_lines_are_no_part_of_a_name(read: Read) -> None:
    found = read("The ferry was late.\n(Reporting by Anna Berg Editing by Tom Field)")
    assert "Anna Berg" in found.kinds


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Across much of Western Kenya the rains failed.", "Western Kenya", "KEN"),
        ("Fires burned in Northern California.", "Northern California", "USA"),
        ("Roads in South Florida were closed.", "South Florida", "USA"),
    ],
)
def test_a_part_of_a_country_has_its_country(
    read: Read, text: str, name: str, country: str
) -> None:
    entity = read(text).of(name)
    assert (entity["entity_type"], entity["country"]) == ("LOC", country)
    assert entity["geonames_id"] is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The fair in New South Wales was closed.", "New South Wales"),
        ("Herds in Western Australia were moved.", "Western Australia"),
        ("People in northern Kenya fled.", "Kenya"),
    ],
)
def test_what_is_called_by_a_direction_stays_whole(read: Read, text: str, name: str) -> None:
    assert read(text).of(name)["geonames_id"] is not None


def test_the_only_region_that_is_called_so_needs_no_country(read: Read) -> None:
    assert read("Fishing in the Eastern Cape was poor.").of("Eastern Cape")["country"] == "ZAF"
    assert (
        read("Chicago was wet. The Central Valley was dry.").of("Central Valley")["country"] is None
    )


def test_a_building_keeps_the_prince_it_is_called_after(read: Read) -> None:
    text = "Patients at Prince of Wales Hospital waited."
    assert read(text).kinds == {"Prince of Wales Hospital": "FAC"}
