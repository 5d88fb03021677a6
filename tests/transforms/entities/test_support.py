"""Buildings, laws, products and works must show more than the tagger's label."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("Ministers backed the Coastal Access Act on Monday.", "Coastal Access Act", "LAW"),
        ("The novel won the Larkspur Prize in October.", "Larkspur Prize", "WORK_OF_ART"),
        ("Guests met at the Tower of the Two Rivers.", "Tower of the Two Rivers", "FAC"),
    ],
)
def test_its_words_give_the_kind(read: Any, text: str, surface: str, kind: str) -> None:
    assert read(text).kinds.get(surface) == kind


@pytest.mark.parametrize(
    "text",
    [
        "She won the Special Award at the weekend.",
        "Shops on the High Street closed early.",
        "The bank said M3 grew and M1 fell.",
        "The firm joined the Bright Rivers Project last year.",
        "Article 12 of Freedonia was read out.",
    ],
)
def test_a_head_of_many_things_names_none(read: Any, text: str) -> None:
    rare = {"FAC", "LAW", "PRODUCT", "WORK_OF_ART"}
    assert not rare & set(read(text).kinds.values())


def test_the_beginning_of_a_company_is_the_company(read: Any) -> None:
    reading = read(
        "Heron Bay Mines Ltd said it had found gold. Heron Bay shares rose.\n"
        "Analysts expect Heron Bay to pay a dividend."
    )
    assert "LOC" not in reading.kinds.values()


def test_a_hospital_company_is_no_hospital(read: Any) -> None:
    reading = read("Hospital Corp of Zambia said its profit rose. Hospital Corp of Zambia is new.")
    assert reading.kinds.get("Hospital Corp of Zambia") in (None, "ORG")


def test_whose_prize_it_is_is_not_part_of_it(read: Any) -> None:
    reading = read("Critics praised Moreau's Academy Award in Paris.")
    assert reading.kinds.get("Academy Award") == "WORK_OF_ART"
    assert "Moreau's Academy Award" not in reading.kinds


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The court cited the Plant, Seed and Orchard Act twice.", "Orchard Act"),
        ("She was named in the Best Jazz Act category.", "Best Jazz Act"),
    ],
)
def test_a_part_of_a_title_is_no_law(read: Any, text: str, surface: str) -> None:
    assert surface not in read(text).kinds


def test_a_river_is_not_the_town_or_county_of_its_name(read: Any) -> None:
    reading = read("Barges on the Red River in Louisiana were held up by low water.")
    if "Red River" in reading.kinds:
        assert reading.of("Red River")["geonames_id"] is None


def test_a_company_is_known_by_its_name_before_the_legal_form(read: Any) -> None:
    reading = read("General Motors Corp said it would hire more workers in Ohio.")
    assert reading.of("General Motors Corp")["reference_id"] == "org:general-motors"


def test_a_radio_keeps_its_number(read: Any) -> None:
    reading = read('"We will wait," the minister told BBC Radio 4 on Monday.')
    assert reading.kinds.get("BBC Radio 4") == "ORG"


def test_two_countries_at_a_hyphen_are_two(read: Any) -> None:
    reading = read("Prices rose again because of the Iran-Iraq war in the Gulf.")
    assert reading.kinds.get("Iran") == reading.kinds.get("Iraq") == "GPE"


def test_the_article_tells_the_river_from_the_shop(read: Any) -> None:
    reading = read("Fires burned across the Amazon in Brazil last month.")
    assert reading.kinds["Amazon"] == "LOC"
    reading = read("Books sold online at Amazon, Google and other firms cost less.")
    assert reading.kinds["Amazon"] == "ORG"


def test_two_words_of_one_field_are_one_name(read: Any) -> None:
    reading = read("Larkspur Savings and Loan Association said it sold two branches.")
    assert reading.kinds.get("Larkspur Savings and Loan Association") == "ORG"


def test_a_compass_word_that_shares_its_sea_is_no_name(read: Any) -> None:
    assert "East" not in read("Catches fell in the East and West Sea of Korea.").kinds


def test_a_known_firm_is_not_widened_into_a_person(read: Any) -> None:
    reading = read("Bookmaker William Hill has stopped taking bets on the race.")
    assert reading.of("William Hill")["reference_id"] == "org:william-hill"


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The agency cut its rating of the notes to B-2 from B-1.", "B-2"),
        ('Crowds shouted "Down with the Old Order" in the square.', "Down with the Old Order"),
        ("He won a Film Writers' Circle Theatre Award in May.", "Circle Theatre Award"),
    ],
)
def test_grades_slogans_and_titles_cut_have_no_row(read: Any, text: str, surface: str) -> None:
    assert surface not in read(text).kinds


def test_one_word_in_brackets_behind_a_body_is_its_short_name(read: Any) -> None:
    reading = read(
        "The Ministry of Tourism (Mintulo) said visits rose. Mintulo will publish more in May."
    )
    assert reading.kinds.get("Mintulo") == "ORG"
    reading = read("The Ministry of Tourism (Lisbon) said visits rose.")
    assert reading.kinds.get("Lisbon") == "GPE"
