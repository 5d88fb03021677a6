"""Full names and short forms that stand side by side."""

from __future__ import annotations

import pytest

from tests.transforms.entities.conftest import Read


@pytest.mark.parametrize(
    ("text", "full", "short"),
    [
        ("Slovenian Teletext (RTS) aired it. RTS is old.", "Slovenian Teletext", "RTS"),
        ("RTS (Slovenian Teletext) aired it. RTS is old.", "Slovenian Teletext", "RTS"),
        (
            "The FRC (Finnish Reindeer Council) met. The FRC left.",
            "Finnish Reindeer Council",
            "FRC",
        ),
        ("Finnish Dairy Railways (VRM) stopped. VRM is late.", "Finnish Dairy Railways", "VRM"),
        ("The Kenyan Bakers Guild, or KBG, met. KBG left.", "Kenyan Bakers Guild", "KBG"),
        ("The Kenyan Bakers Guild, known as KBG, met. KBG left.", "Kenyan Bakers Guild", "KBG"),
        ("KBG, the Kenyan Bakers Guild, met. KBG left.", "Kenyan Bakers Guild", "KBG"),
        ("Togolese Poll Watch, TPW, came. TPW left.", "Togolese Poll Watch", "TPW"),
    ],
)
def test_both_names_are_one_organisation(read: Read, text: str, full: str, short: str) -> None:
    found = read(text)
    assert sorted(set(found.surfaces(full))) == sorted({full, short})
    assert found.of(full)["entity_type"] == "ORG"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("The Kenyan Eliud Barngetuny (KEN) won the race.", "KEN"),
        ("Swiss Salt Works sold 10 million francs (CHF) of bonds.", "CHF"),
        ("The secretary of the Guild of the Bakers' Party of Togo (BPT) spoke.", "BPT"),
    ],
)
def test_other_letters_in_brackets_are_no_short_form_of_the_whole(
    read: Read, text: str, other: str
) -> None:
    found = read(text)
    if other in found.kinds:
        names = found.surfaces(str(found.of(other)["name"]))
        assert all("Barngetuny" not in n and "Salt" not in n and "Guild" not in n for n in names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nurses of King Haakon VII Memorial Hospital met.", "King Haakon VII Memorial Hospital"),
        ("The Queen Sonja II Bridge is shut.", "Queen Sonja II Bridge"),
        ("Buses left Sheikh Omar Road.", "Sheikh Omar Road"),
        ("Crowds filled the Pope John Paul II Stadium.", "Pope John Paul II Stadium"),
    ],
)
def test_a_building_keeps_the_title_of_its_patron(read: Read, text: str, name: str) -> None:
    assert read(text).kinds.get(name) == "FAC"


def test_a_title_and_a_surname_are_no_building(read: Read) -> None:
    assert "Mr Park" not in read("The jury thanked Mr Park for his help.").kinds


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Duke Hartwell played the horn.", "Duke Hartwell"),
        ("The bank named Dean Falkner, 45, its chief.", "Dean Falkner"),
    ],
)
def test_a_title_may_be_a_first_name(read: Read, text: str, name: str) -> None:
    assert read(text).kinds == {name: "PERSON"}


def test_a_title_before_a_whole_name_is_one(read: Read) -> None:
    assert "Anna Falkner" in read("They thanked Dean Anna Falkner for the grant.").kinds


def test_a_person_is_known_with_the_father_s_name(read: Read) -> None:
    found = read("Sergei Viktorovich Lavrov came to Oslo.")
    assert found.of("Sergei Viktorovich Lavrov")["reference_id"] == "person:sergey-lavrov"


def test_first_name_and_father_s_name_are_the_person(read: Read) -> None:
    found = read("Olga Petrovna Sidorova opened the school. Olga Petrovna thanked the cooks.")
    assert found.surfaces("Olga Petrovna Sidorova") == ["Olga Petrovna Sidorova", "Olga Petrovna"]


@pytest.mark.parametrize(
    ("text", "surface", "reference_id"),
    [
        ("The Trump-era tariff ended.", "Trump", "person:donald-trump"),
        ("A Thatcher-era law ended.", "Thatcher", "person:margaret-thatcher"),
        ("The Putin-led council met.", "Putin", "person:vladimir-putin"),
    ],
)
def test_a_time_or_body_is_called_after_one_whom_all_know(
    read: Read, text: str, surface: str, reference_id: str
) -> None:
    assert read(text).of(surface)["reference_id"] == reference_id


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("A Nairobi-based firm sold tea.", "Nairobi", "KEN"),
        ("The Kenya-led mission went home.", "Kenya", "KEN"),
        ("The U.S.-backed fighters left.", "U.S.", "USA"),
        ("The U.S.-led talks and a New York-area school closed.", "U.S.", "USA"),
        ("It is a New York-area school.", "New York", "USA"),
    ],
)
def test_an_adjective_with_a_hyphen_names_its_place(
    read: Read, text: str, surface: str, country: str
) -> None:
    assert read(text).of(surface)["country"] == country


@pytest.mark.parametrize(
    "text",
    [
        "The mayor showed the picture on X. Police came later.",
        "She told her readers so on X.",
        "He wrote on X, once Twitter, that the road was open.",
        "His official X account was silent.",
        "The mayor wrote on X Friday that the road was open.",
    ],
)
def test_x_is_the_platform(read: Read, text: str) -> None:
    assert read(text).of("X")["reference_id"] == "org:twitter"


def test_x_is_no_platform_in_other_names(read: Read) -> None:
    found = read("Malcolm X spoke, and Gen X listened on X Street as X-rays were taken.")
    assert all(row["reference_id"] != "org:twitter" for row in found.entities)


@pytest.mark.parametrize("name", ["Abdul “Duke” Hakim", "Nat “Queen” Cope", 'Abdul "Duke" Hakim'])
def test_a_title_in_quotation_marks_is_a_name(read: Read, name: str) -> None:
    found = read(f"{name}, a founding member of the group, has died in Perth.")
    assert found.kinds[name] == "PERSON"
