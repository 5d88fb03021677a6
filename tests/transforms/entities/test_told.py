"""What the words beside a name tell of it: its kind, whose it is, and that it is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.transforms.entities.conftest import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Another records company, Veradine, also said so.", "Veradine", "ORG"),
        ("He settled with the State University of Haiti.", "State University of Haiti", "ORG"),
        ("A mob attacked the US Capitol.", "US Capitol", "FAC"),
        ("The newly crowned Miss Kansas Alexis Smith spoke.", "Alexis Smith", "PERSON"),
    ],
)
def test_the_kind_is_told(read: Read, text: str, name: str, kind: str) -> None:
    assert read(text).kinds.get(name) == kind


def test_a_surname_that_is_no_place_is_the_person_s(read: Read) -> None:
    text = "Nedbank recently appointed Dumisani Hlophe as head of sales. Hlophe holds a degree."
    found = read(text)
    assert found.surfaces("Dumisani Hlophe") == ["Dumisani Hlophe", "Hlophe"]


def test_a_first_name_before_a_shared_surname_is_nobody_else_s(read: Read) -> None:
    text = "Kevin Seaford was not there. The brothers Kevin and Nate Tucker were."
    found = read(text)
    assert found.surfaces("Kevin Seaford") == ["Kevin Seaford"]


def test_a_surname_before_another_person_is_still_that_person_s(read: Read) -> None:
    found = read("Isaac Newton was born then. Newton and Galileo Galilei changed science.")
    assert found.surfaces("Isaac Newton") == ["Isaac Newton", "Newton"]


def test_the_acronym_of_a_list_of_words_is_no_body(read: Read) -> None:
    text = "The firm ended its diversity, equity and inclusion policies. Critics of DEI cheered."
    assert "DEI" not in read(text).kinds


def test_any_one_of_a_country_s_is_no_name(read: Read) -> None:
    found = read("Chief US District Judge Mark Walden issued an order.")
    assert found.kinds == {"US": "GPE", "Mark Walden": "PERSON"}


def test_what_only_stands_in_quotation_marks_is_a_title(read: Read) -> None:
    assert "PERSON" not in read('The drama "Ted Lesso," won. Many saw "Ted Lesso" twice.').kinds


def test_states_in_a_list_are_not_within_each_other(read: Read) -> None:
    text = "Two each were reported in Maryland, Georgia, Massachusetts and Virginia."
    assert read(text).of("Georgia")["country"] == "USA"


def test_a_surname_that_is_also_another_s_does_not_name_the_country(read: Read) -> None:
    text = "Petro and Uribe of Lake City, and Petro's aide, left the U.S. for Cuba. Congress voted."
    assert read(text).of("Congress")["reference_id"] == "org:us-congress"
