"""Who publishes decides nothing about which organisation is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.transforms.entities.conftest import Read, parsed_text
from transforms.entities import read_entities
from transforms.model import Parsed
from transforms.reference import reference

PUBLISHERS = {
    "CNN": "USA",
    "BBC News": "GBR",
    "KCNA": "PRK",
    "Reuters": "GBR",
    "Xinhua": "CHN",
    "The Hindu": "IND",
    "Premium Times": "NGA",
    "AFP": "FRA",
    "TASS": "RUS",
    "Al Jazeera": "QAT",
    "Rappler": "PHL",
    "Sydney Morning Herald": "AUS",
}


def linked(parsed: Parsed) -> set[str]:
    """The organisations of the reference table that the text is linked to."""
    _, entities = read_entities(parsed)
    return {
        str(row["reference_id"])
        for row in entities
        if str(row["reference_id"]).startswith("org:") and row["link_status"] == "linked"
    }


def texts() -> Iterator[str]:
    """Every name of every organisation, a few in a text; short forms of parties alone."""
    for row in reference("organisations"):
        names = [row["name"], *filter(None, row["aliases"].split("|"))]
        yield " ".join(f"The talks with {name} went on. Envoys of {name} left." for name in names)
        for name in names:
            if name.isupper() and len(name) < 6:
                yield f"The talks went on. The {name} said that it would come."


def test_no_organisation_is_local_because_of_a_publisher() -> None:
    lost = []
    for text in texts():
        parsed = parsed_text(text)
        alone = linked(parsed)
        for publisher, country in PUBLISHERS.items():
            article = replace(parsed.article, publisher=publisher, country=country)
            if not alone <= linked(replace(parsed, article=article)):
                lost.append((publisher, text))
    assert not lost


@pytest.mark.parametrize(
    ("name", "reference_id"),
    [
        ("The UN", "org:un"),
        ("The EU", "org:eu"),
        ("The G7", "org:g7"),
        ("The AU", "org:african-union"),
        ("The WHO", "org:who"),
        ("The G20", "org:g20"),
        ("BP", "org:bp"),
        ("Congress", "org:us-congress"),
    ],
)
@pytest.mark.parametrize("publisher", ["CNN", "BBC News", "KCNA", "TASS"])
def test_bodies_that_all_know_are_linked(
    read: Read, name: str, reference_id: str, publisher: str
) -> None:
    text = f"{name} met on Tuesday, and the delegates went home."
    found = read(text, publisher=publisher, country=PUBLISHERS[publisher])
    assert found.of(name.removeprefix("The "))["reference_id"] == reference_id


def test_a_party_s_letters_ask_for_their_country(read: Read) -> None:
    text = "The BNP said that the vote was unfair."
    assert read(text).of("BNP")["link_status"] == "local"
    there = read(f"{text} Voters in Bangladesh agreed.")
    assert there.of("BNP")["reference_id"] == "org:bnp"


def test_two_letters_introduced_as_another_body_are_that_body(read: Read) -> None:
    found = read("The Anglers Union (AU) closed two ponds. The AU said so.")
    assert found.of("AU")["reference_id"] is None
    assert found.surfaces("Anglers Union") == ["Anglers Union", "AU", "AU"]


@pytest.mark.parametrize(
    ("text", "reference_id"),
    [
        ("Washington was quiet. Congress passed the bill.", "org:us-congress"),
        ("India was quiet. The ministers of India agreed. Congress lost two seats.", "org:inc"),
        ("Lima was quiet. Peru and Bolivia agreed. Congress lost its speaker.", None),
        ("Delegates came to the 8th Congress in the hall.", None),
    ],
)
def test_congress_is_that_of_the_country_spoken_of(
    read: Read, text: str, reference_id: str | None
) -> None:
    assert read(text).of("Congress")["reference_id"] == reference_id


def test_a_country_in_a_line_of_capitals_stays(read: Read) -> None:
    assert read("US TROOPS LEFT THE BASE\nThey left on Monday.").of("US")["country"] == "USA"


@pytest.mark.parametrize("word", ["IS", "WHO"])
def test_a_word_in_a_line_of_capitals_is_no_body(read: Read, word: str) -> None:
    found = read(f"DRIVER {word} FLED THE SCENE\nThe driver left Lund on Monday.")
    assert word not in found.kinds
