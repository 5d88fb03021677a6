"""Names of bodies, offices, laws and parties over the words that belong to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.transforms.entities.conftest import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Ports Safety Authority of Malawi fined it.", "Ports Safety Authority of Malawi"),
        ("They wrote to the Chess Federation of Malta.", "Chess Federation of Malta"),
        ("The Seismic and Volcanic Observatory of Fiji said so.",
         "Seismic and Volcanic Observatory of Fiji"),
        ("Kenya's Ministry of Water, Irrigation and Forestry agreed.",
         "Ministry of Water, Irrigation and Forestry"),
        ("The Ministry of Health 2020 survey was wrong.", "Ministry of Health"),
    ],
)  # fmt: skip
def test_a_body_goes_on_behind_its_head(read: Read, text: str, name: str) -> None:
    assert read(text).kinds.get(name) == "ORG"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Talks with Hall County and Rail Corporation of Peru failed.", {"Hall County": "GPE"}),
        ("The firm Arbor Tree Inc. of Toronto won.", {"Toronto": "GPE"}),
        ("The barge of Nordlys Shipping of Bergen sank.", {"Bergen": "GPE"}),
        (
            "The Central Committee of the Communist Party of Vietnam met.",
            {"Central Committee": "ORG", "Communist Party of Vietnam": "ORG"},
        ),
        ("They left the Soviet Union for America.", {"Soviet Union": "GPE", "America": "GPE"}),
        ("The Ministry of Trade, China and India agreed.", {"China": "GPE", "India": "GPE"}),
    ],
)
def test_a_body_ends_before_another_name(read: Read, text: str, names: dict[str, str]) -> None:
    assert names.items() <= read(text).kinds.items()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Amnesty International Kenya objected.", "Amnesty International Kenya"),
        ("Analysts said Greenpeace Germany had sued.", "Greenpeace Germany"),
        ("Air Canada cut its flights.", "Air Canada"),
    ],
)
def test_a_branch_has_its_country(read: Read, text: str, name: str) -> None:
    assert read(text).kinds == {name: "ORG"}


@pytest.mark.parametrize(
    "text", ["He told Reuters Ukraine would win.", "The BBC Ukraine service closed."]
)
def test_a_country_behind_a_body_may_be_a_name_of_its_own(read: Read, text: str) -> None:
    assert read(text).kinds["Ukraine"] == "GPE"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Minister of Health and Welfare Ito Chiyoko resigned.", "Ito Chiyoko"),
        ("Minister of Foreign Affairs Samir Shokri flew to Rome.", "Samir Shokri"),
        ("Minister of Finance Ali Abdul Karim stayed.", "Ali Abdul Karim"),
        ("Judges Leila Nkomo and Peter Sand agreed.", "Leila Nkomo"),
        ("The prize went to K P Devadasan, a teacher.", "K P Devadasan"),
        ("Dr. D.Ganbaatar led the team.", "D.Ganbaatar"),
    ],
)
def test_a_person_without_office_and_with_initials(read: Read, text: str, name: str) -> None:
    assert read(text).kinds.get(name) == "PERSON"


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("Under the Public Order (Amendment) Act, he was fined.", "Public Order (Amendment) Act"),
        ("The Marine Trade (Licences) Bill passed.", "Marine Trade (Licences) Bill"),
    ],
)
def test_a_law_has_its_brackets(read: Read, text: str, law: str) -> None:
    assert read(text).kinds == {law: "LAW"}


def test_a_thing_is_no_body_nor_is_its_short_form(read: Read) -> None:
    text = "The Electronic Counting Machine (ECM) failed. Voters blamed the ECM."
    assert "ORG" not in read(text).kinds.values()


def test_parties_by_their_short_names(read: Read) -> None:
    text = "In Britain the Conservative party lost a seat to Labour. Labour's leader spoke."
    found = read(text)
    assert found.of("Conservative party")["reference_id"] == "org:conservative-party"
    assert found.of("Labour")["reference_id"] == "org:labour-party"
    assert "Labour" not in read("Labour is cheap in Oslo.").kinds
