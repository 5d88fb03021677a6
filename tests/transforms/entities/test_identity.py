"""Which mentions are one entity, within an article and across articles."""

from __future__ import annotations

from typing import Any


def test_north_korea_by_all_its_names(read: Any) -> None:
    reading = read(
        "North Korea fired a missile on Friday. The North's leader watched the launch, state "
        "media said. The Democratic People's Republic of Korea does not recognise the North "
        "Pacific treaty. The DPRK has fired ten missiles this year, and the North plans more."
    )
    assert reading.surfaces("North Korea") == [
        "North Korea",
        "The North",
        "Democratic People's Republic of Korea",
        "DPRK",
        "the North",
    ]
    assert reading.of("DPRK")["country"] == "PRK"


def test_the_north_of_an_article_that_speaks_of_no_korea(read: Any) -> None:
    reading = read("Rain is expected in the North of England and in Wales on Sunday.")
    assert all(row["country"] != "PRK" for row in reading.entities)


def test_demonyms_point_to_their_country(read: Any) -> None:
    reading = read("Ukrainian troops fought Russian soldiers, and many Russians fled.")
    assert reading.of("Ukrainian")["country"] == "UKR"
    assert reading.of("Ukrainian")["entity_type"] == "NORP"
    assert reading.of("Russian")["entity_id"] == reading.of("Russians")["entity_id"]
    assert reading.of("Russian")["name"] == "Russian"


def test_spellings_of_a_person_are_one_entity_across_articles(read: Any) -> None:
    texts = [
        ("Ukrainian President Volodymyr Zelenskyy spoke in Kyiv.", "Volodymyr Zelenskyy"),
        ("President Volodymyr Zelensky of Ukraine flew to Paris.", "Volodymyr Zelensky"),
        ("Ukraine's leader Volodymyr Zelenskiy met senators.", "Volodymyr Zelenskiy"),
        ("In Ukraine, Mr. Zelensky thanked the crews.", "Zelensky"),
    ]
    assert len({read(text).of(surface)["entity_id"] for text, surface in texts}) == 1


def test_hyphens_and_capitals_do_not_part_names(read: Any) -> None:
    one = read("Leader Kim Jong-un visited the plant.").of("Kim Jong-un")
    other = read("Leader Kim Jong Un visited the plant.").of("Kim Jong Un")
    assert one["entity_id"] == other["entity_id"]
    assert one["reference_id"] == "person:kim-jong-un"


def test_two_people_of_one_surname_stay_two(read: Any) -> None:
    reading = read(
        "Grace Wanjiru won the seat of Nyeri. Wanjiru thanked the voters.\n"
        "Her brother Daniel Wanjiru lost in Meru. Wanjiru conceded at midnight."
    )
    assert reading.surfaces("Grace Wanjiru") == ["Grace Wanjiru", "Wanjiru"]
    assert reading.surfaces("Daniel Wanjiru") == ["Daniel Wanjiru", "Wanjiru"]


def test_a_known_surname_is_not_guessed(read: Any) -> None:
    reading = read("Farmers in Bolivia told Hernan Macron that the rains were late. Macron nodded.")
    assert reading.of("Macron")["name"] == "Hernan Macron"
    assert reading.of("Macron")["reference_id"] is None


def test_an_acronym_is_its_organisation(read: Any) -> None:
    reading = read("The Lake Tana Fishing Union (LTFU) called a strike. The LTFU has 900 members.")
    assert reading.of("LTFU")["name"] == "Lake Tana Fishing Union"
    assert reading.of("LTFU")["mention_count"] == 3


def test_agencies_and_parties_are_linked(read: Any) -> None:
    reading = read("The state news agency KCNA cited the Workers' Party of North Korea on Monday.")
    assert reading.of("KCNA")["reference_id"] == "org:kcna"
    assert reading.of("Workers' Party")["reference_id"] == "org:wpk"
