"""The kind of a name, from its letters, its words, what stands around it and the whole article."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("Troops entered the Belgorod region on Friday.", "Belgorod region", "GPE"),
        ("The mayor of Vatican City greeted the guests.", "Vatican City", "GPE"),
        ("The report was first aired by Arirang News in Seoul.", "Arirang News", "ORG"),
        ("Officials at the Ministry of Water said the dam held.", "Ministry of Water", "ORG"),
        ("She studied at the University of Malta for a year.", "University of Malta", "ORG"),
        ("Rangers closed the road along the Okavango River.", "Okavango River", "LOC"),
        ("The flight landed at Chileka Airport after midnight.", "Chileka Airport", "FAC"),
        ("Mr Otieno said the harvest had failed.", "Otieno", "PERSON"),
        ("Gen. Halvorsen ordered the retreat.", "Halvorsen", "PERSON"),
        ("Ukrainian forces held the town.", "Ukrainian", "NORP"),
        ("The treaty was signed by the European Union in May.", "European Union", "ORG"),
        ("The Bluewater Fishing Company lost two boats.", "Bluewater Fishing Company", "ORG"),
        ("Hundreds of thousands fled after the Second World War.", "Second World War", "EVENT"),
    ],
)
def test_the_kind_of_a_name(read: Any, text: str, surface: str, kind: str) -> None:
    assert read(text).kinds.get(surface) == kind


def test_a_name_has_one_kind_through_an_article(read: Any) -> None:
    reading = read(
        "Police arrested Daniel Mukwevho on Monday. Mukwevho denied the charges.\n"
        "People in the street said Mukwevho had lived there. In court, Mukwevho was calm."
    )
    kinds = {row["entity_type"] for row in reading.mentions if "Mukwevho" in row["surface"]}
    assert kinds == {"PERSON"}
    assert len(reading.surfaces("Daniel Mukwevho")) == 4


def test_the_byline_and_the_publisher_are_known(read: Any) -> None:
    reading = read(
        "Rain is expected.\nHan Seo-jun, Sori Daily.",
        authors=("Han Seo-jun",),
        publisher="Sori Daily",
    )
    assert reading.kinds["Han Seo-jun"] == "PERSON"
    assert reading.kinds["Sori Daily"] == "ORG"


def test_plural_teams_are_organisations_in_sports_reports_only(read: Any) -> None:
    sport = read(
        "The Badgers beat their rivals in the final game of the season. The Badgers scored two "
        "goals in the second half and the goalkeeper saved a penalty."
    )
    assert sport.kinds.get("Badgers") == "ORG"
    other = read("Miners met the Badgers of the valley. The Badgers keep to old customs.")
    assert other.kinds.get("Badgers") != "ORG"


@pytest.mark.parametrize(
    "text",
    [
        "The Minister of Education, Sport and Culture resigned.",
        "He paid NT$10,000 and US $3 million in fines.",
        "The First Lady and the Head of State waved from the balcony.",
        "Cases of COVID-19 and HIV rose again.",
    ],
)
def test_capitals_that_name_nothing(read: Any, text: str) -> None:
    kinds = set(read(text).kinds.values())
    assert not kinds & {"PERSON", "ORG", "GPE", "LOC", "FAC"}


def test_an_acronym_of_common_words_names_no_organisation(read: Any) -> None:
    reading = read(
        "Doctors treat severe acute kidney injury (SAKI). A patient with SAKI needs rest."
    )
    assert "SAKI" not in reading.kinds
