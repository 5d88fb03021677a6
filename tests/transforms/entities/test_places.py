"""Which place a name means."""

from __future__ import annotations

from typing import Any

import pytest

from transforms.entities.gazetteer import gazetteer
from transforms.entities.gazetteer import place_aliases as aliases
from transforms.entities.names import fold
from transforms.entities.place import CITY, COUNTRY, REGION
from transforms.entities.place_tables import fold_all
from transforms.reference import reference


@pytest.mark.parametrize(
    ("text", "surface", "geonames_id"),
    [
        ("The fire in Paris, Texas, was put out.", "Paris", 4717560),
        ("France said talks in Paris would go on.", "Paris", 2988507),
        ("Shells fell on the Kursk region of Russia.", "Kursk region", 538555),
        ("A train from Moscow reached Kursk, a city in Russia.", "Kursk", 538560),
        ("Tbilisi protested as Georgia held its election.", "Georgia", 614540),
        ("Voters in Atlanta and Savannah chose Georgia's governor.", "Georgia", 4197000),
        ("The protest in Kiev, Ukraine, was peaceful.", "Kiev", 703448),
        ("A flood hit St. Louis, Mo., at dawn.", "St. Louis", 4407066),
        ("The storm passed Springfield, Ill., on Sunday.", "Springfield", 4250542),
    ],
)
def test_the_place_meant(read: Any, text: str, surface: str, geonames_id: int) -> None:
    assert read(text).of(surface)["geonames_id"] == geonames_id


def test_a_place_near_the_publishers_town(read: Any) -> None:
    text = "Two people were hurt in Dublin on Sunday, police said."
    assert read(text, url="http://www.columbusherald.com/x").of("Dublin")["country"] == "USA"
    assert read(text).of("Dublin")["country"] == "IRL"


def test_a_great_city_abroad_is_meant_unless_the_small_one_is_near(read: Any) -> None:
    text = "A cruise ship from Naples reached Jacksonville, Florida, on Monday."
    assert read(text).of("Naples")["country"] == "ITA"
    text = "A fire in Naples drew crews from Fort Myers, Florida, on Monday."
    assert read(text).of("Naples")["country"] == "USA"


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        (
            "In Sudan, Kassala is worst hit, followed by Gedaref and River Nile.",
            "River Nile",
            "GPE",
        ),
        ("In Sudan, Khartoum, Sennar and White Nile were flooded.", "White Nile", "GPE"),
        ("In Sudan the boat sank on the River Nile at dawn.", "River Nile", "LOC"),
        ("In Sudan two Red Sea ports were closed.", "Red Sea", "LOC"),
        ("Nigeria's army left Bayelsa, Edo and Cross River.", "Cross River", "GPE"),
    ],
)
def test_a_water_without_its_article_is_the_region_called_after_it(
    read: Any, text: str, surface: str, kind: str
) -> None:
    assert read(text).of(surface)["entity_type"] == kind


def test_a_region_and_its_short_name_are_one(read: Any) -> None:
    reading = read(
        "Drones struck the Kursk region overnight. Troops had left Kursk in spring, Russia said."
    )
    assert reading.of("Kursk")["entity_id"] == reading.of("Kursk region")["entity_id"]


def test_an_unclear_place_says_so(read: Any) -> None:
    entity = read("The school in Springfield was closed.").of("Springfield")
    assert entity["link_status"] == "ambiguous"
    assert entity["runner_up"].startswith("geonames:")


def test_an_unknown_place_stays_local(read: Any) -> None:
    entity = read("Elders of the village of Qorzhembe met in Qorzhembe on Monday.").of("Qorzhembe")
    assert entity["link_status"] == "local"
    assert entity["geonames_id"] is None


def test_countries_carry_their_codes(read: Any) -> None:
    reading = read("The U.S. and the UK imposed sanctions on Burma.")
    codes = {row["surface"]: reading.of(row["surface"])["country"] for row in reading.mentions}
    assert codes == {"U.S.": "USA", "UK": "GBR", "Burma": "MMR"}
    assert reading.of("U.S.")["geonames_id"] == 6252001


class TestGazetteer:
    def test_levels(self) -> None:
        levels = {place.level for place in gazetteer().find("Paris")}
        assert CITY in levels
        country = gazetteer().country("FRA")
        assert country is not None
        assert country.level == COUNTRY

    def test_regions_have_the_centre_of_their_towns(self) -> None:
        region = next(p for p in gazetteer().find("Kursk") if p.level == REGION)
        assert region.latitude == pytest.approx(51.7, abs=0.5)
        assert gazetteer().by_id(region.geonames_id) == region

    def test_folding_many_names_is_folding_each(self) -> None:
        import pyarrow as pa

        names = ["The Hague", "São Paulo", "N'Djamena", "Kurskaya oblast'", "A", "An Nasiriyah"]
        assert fold_all(pa.array(names)).to_pylist() == [fold(name) for name in names]

    def test_every_alias_and_country_is_in_it(self) -> None:
        places = gazetteer()
        for alias, rows in aliases().items():
            for name, country, level in rows:
                assert any(p.country == country and p.level == level for p in places.find(name)), (
                    f"place_aliases: {alias} -> {name}, {country}"
                )
        for row in reference("countries"):
            assert places.country(row["alpha3"]), row["alpha3"]
