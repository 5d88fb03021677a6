"""What is counted, what happened to it, who says so, where and when."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

COUNTED = [
    ("Around 12-thousand North Korean troops left.", "North Korean troops", "troop"),
    ("Some 500 of the guards left.", "guards", "guard"),
    ("A six-member team left.", "member", "member"),
    ("About 380 Ford and Volvo vans left.", "Ford and Volvo vans", "van"),
    ("They hid 40 very old coins.", "very old coins", "coin"),
    ("A 1,200-strong crowd left.", "crowd", "crowd"),
    ("The blast left seven cooks dead.", "cooks", "cook"),
    ("In all, 20 people left.", "people", "person"),
    ("In all, 20 Greeks left.", "Greeks", "greek"),
]


@pytest.mark.parametrize(("text", "phrase", "head"), COUNTED)
def test_the_counted_noun_phrase_and_its_head(
    figures: Any, text: str, phrase: str, head: str
) -> None:
    (row,) = figures(text)
    assert (row["counted"], row["counted_head"]) == (phrase, head)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The port took 3,000 refugees. The other 1,700 went on.", "1,700"),
        ("The port took 3,000 refugees. Some 500 of them went on.", "Some 500"),
        ("The port took 3,000 refugees. Three were turned back.", "Three"),
    ],
)
def test_a_noun_that_is_left_out_is_understood(figures: Any, text: str, number: str) -> None:
    row = next(row for row in figures(text) if row["surface"] == number)
    assert (row["counted"], row["counted_head"]) == ("refugees", "refugee")


@pytest.mark.parametrize(
    "text",
    [
        "Several firms failed. The stock hit a low of 11.",
        "Several firms failed. The stock traded at 11.",
        "The stock closed at 11 last night.",
    ],
)
def test_a_value_counts_nothing(figures: Any, text: str) -> None:
    row = figures(text)[-1]
    assert (row["surface"], row["counted"]) == ("11", None)


def test_a_number_of_things_counts_them(figures: Any) -> None:
    (row,) = figures("The ministry put the number of relief camps at 277.")
    assert (row["counted"], row["counted_head"]) == ("relief camps", "camp")
    (row,) = figures("The number of refugees rose to 900.")
    assert (row["counted_head"], row["category"]) == ("refugee", "displaced")
    (row,) = figures("The number of people known to have died rose to 900.")
    assert (row["counted_head"], row["category"]) == ("person", "killed")


def test_people_are_understood_from_what_happened(figures: Any) -> None:
    (row,) = figures("At least 4,700 were killed or wounded.")
    assert row["surface"] == "At least 4,700"
    assert (row["counted_head"], row["category"]) == ("person", "casualties")
    assert (row["value_low"], row["value_high"]) == (4700, None)


CATEGORIES = [
    ("The army deployed 300 soldiers.", ["troops"]),
    ("A mine killed 12 farmers.", ["killed"]),
    ("Twelve farmers were killed.", ["killed"]),
    ("Twelve farmers died.", ["killed"]),
    ("The blast left seven cooks dead.", ["killed"]),
    ("There were 40 deaths.", ["killed"]),
    ("Twelve farmers were hurt.", ["wounded"]),
    ("They killed, wounded or captured 5,000 soldiers.", ["casualties"]),
    ("Twelve farmers were killed and 30 wounded.", ["killed", "wounded"]),
    ("The storm displaced 900 families.", ["displaced"]),
    ("Some 900 refugees left.", ["displaced"]),
    ("Police arrested 40 students.", ["detained"]),
    ("They captured 40 soldiers.", ["captured"]),
    ("Twelve sailors are missing.", ["missing"]),
    ("Twelve nuns sang.", ["people"]),
    ("They sent 200 tanks and 3,000 troops.", ["equipment", "troops"]),
    ("They fired 40 missiles.", ["munitions"]),
    ("There were 40 attacks.", ["attacks"]),
    ("They took 40 villages.", ["places"]),
    ("They took 40 apples.", ["other"]),
    ("The rebels took 12 officers prisoner.", ["captured"]),
    ("The rebels took 12 officers captive.", ["captured"]),
    ("They had 40 gunmen.", ["troops"]),
    ("Two of the dead were dockers.", ["killed"]),
    ("Nine of the wounded stayed in hospital, five of them for weeks.", ["wounded", "wounded"]),
    ("Four of the injured died.", ["killed"]),
    ("Ten of the detained were freed.", ["detained"]),
    ("Three of the missing boats came back.", ["equipment"]),
]


@pytest.mark.parametrize(("text", "categories"), CATEGORIES)
def test_the_category_is_what_happened(figures: Any, text: str, categories: list[str]) -> None:
    assert [row["category"] for row in figures(text)] == categories


SUBJECTS = [
    ("The $61 billion aid package passed.", "aid package"),
    ("It spends 12.5% of its revenue.", "revenue"),
    ("The shares rose 5%.", "shares"),
    ("It has a speed of 80 km/h.", "speed"),
    ("The bank cut its growth forecast by 3%.", "growth forecast"),
    ("They built 8 miles of new tunnels.", "new tunnels"),
    ("Women ages 15 to 44 were asked.", "Women"),
    ("The mayor says there are 40 shelters.", None),
    ("The mayor explained that there are 40 shelters.", None),
]


@pytest.mark.parametrize(("text", "subject"), SUBJECTS)
def test_the_subject_is_what_the_quantity_speaks_of(
    figures: Any, text: str, subject: str | None
) -> None:
    assert figures(text)[0]["subject"] == subject


SOURCES = [
    ("The ministry said that 40 farmers had left.", "The ministry"),
    ("Some 40 farmers left, the ministry said.", "the ministry"),
    ("According to the ministry, 40 farmers left.", "the ministry"),
    ("Some 40 farmers left, according to the ministry.", "the ministry"),
    ('"We lost 40 goats," he said.', "he"),
    ("Some 40 farmers were reported dead by the ministry.", "the ministry"),
    ("By the agency's reckoning, 40 farmers left.", "the agency"),
    ("It is an increase of 20% on last year's figures.", None),
    ("Some 40 farmers left.", None),
    ("The ministry sent 40 farmers home.", None),
]


@pytest.mark.parametrize(("text", "source"), SOURCES)
def test_a_claim_has_its_source(figures: Any, text: str, source: str | None) -> None:
    assert [row["attributed_to"] for row in figures(text)] == [source]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("The index slipped 12 points.", "down"),
        ("Stocks edged higher by 12 points.", "up"),
        ("The move pushed the rate on the loan up by 1% to 6%.", "up"),
        ("They opened up the palace to 6 visitors.", "none"),
        ("They searched the rally by 12 guards.", "none"),
    ],
)
def test_a_move_is_told_by_words_of_change(figures: Any, text: str, change: str) -> None:
    assert figures(text)[-1]["change"] == change


def test_all_that_a_verb_reports_has_its_source(figures: Any) -> None:
    rows = figures(
        "The ministry estimated wheat imports at 40 tonnes, and rice imports at 12 tonnes."
    )
    assert [row["attributed_to"] for row in rows] == ["The ministry", "The ministry"]


def test_a_text_may_end_behind_a_number_and_an_opening_mark(figures: Any) -> None:
    (row,) = figures("The mill hired 31 “")
    assert row["value"] == 31


def test_where_something_is_told_is_not_where_it_happened(stated: Any) -> None:
    for verb in ("said", "announced"):
        (row,) = stated(f"The minister {verb} in Geneva that 40 hospitals had closed.")
        assert row["place"] is None


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The raids raised the number of people displaced in Kivu from 900 to 1,200.", "people"),
        ("Officials put the number of homes destroyed at 3,000.", "homes"),
        (
            "The office showed the number of fault reports peaking at 1,500 on Monday.",
            "fault reports",
        ),
    ],
)
def test_a_level_inside_the_phrase_of_its_number_counts_what_that_numbers(
    figures: Any, text: str, counted: str
) -> None:
    assert {row["counted"] for row in figures(text)} == {counted}


def test_a_number_inside_the_phrase_of_another_tally_keeps_its_noun(figures: Any) -> None:
    (row,) = figures("The number of guests staying at 12 hotels is not known.")
    assert row["counted"] == "hotels"


@pytest.mark.parametrize(
    ("outages", "day"),
    [
        ("Some outages could be due to storms on May 3.", None),
        ("Some outages were due to storms on April 25.", dt.date(2025, 4, 25)),
    ],
)
def test_what_happened_takes_no_day_that_is_still_to_come(
    stated: Any, outages: str, day: dt.date | None
) -> None:
    row = stated(f"{outages} At least 14 deaths were confirmed.")[-1]
    assert (row["value"], row["as_of_start"]) == (14, day)


def test_quoted_speech_goes_on_across_sentences(figures: Any) -> None:
    text = '"The dam is gone," Mayor Ann Berg said. "We moved 300 people."'
    (row,) = figures(text)
    assert row["attributed_to"] == "Mayor Ann Berg"


MODALITIES = [
    ("The army sent 300 tents.", "actual"),
    ("The army will send 300 tents.", "planned"),
    ("The army plans to send 300 tents.", "planned"),
    ("The army may send 300 tents.", "possible"),
    ("It could cost $5 million.", "possible"),
    ("The army did not send 300 tents.", "denied"),
    ("The army denied that 300 tents had burned.", "denied"),
    ("It sent no more than 300 tents.", "actual"),
]


@pytest.mark.parametrize(("text", "modality"), MODALITIES)
def test_modality(figures: Any, text: str, modality: str) -> None:
    assert [row["modality"] for row in figures(text)] == [modality]


def test_a_sentence_with_every_column(stated: Any) -> None:
    text = (
        "Norway's defence ministry said on Thursday that about 1,200 Norwegian soldiers "
        "had been deployed to Latvia in March."
    )
    (row,) = stated(text)
    assert text[row["char_start"] : row["char_end"]] == row["surface"] == "about 1,200"
    assert row["value"] == row["value_low"] == row["value_high"] == 1200
    assert (row["unit_type"], row["unit"], row["qualifier"]) == ("count", "1", "about")
    assert (row["counted"], row["counted_head"]) == ("Norwegian soldiers", "soldier")
    assert (row["category"], row["nationality"]) == ("troops", "NOR")
    assert (row["predicate"], row["modality"]) == ("deploy", "actual")
    assert row["attributed_to"] == "Norway's defence ministry"
    assert row["place"] == "Latvia"
    assert row["place_entity_id"] is not None
    assert row["place_country"] == "LVA"
    assert (row["as_of_start"], row["as_of_end"]) == (dt.date(2025, 3, 1), dt.date(2025, 3, 31))
    assert row["as_of_date_id"] is not None
    assert row["sentence"] == text


PLACE_COUNTRIES = [
    ("Nine people were killed in France.", "France", "FRA"),
    ("Nine people were killed in Lyon.", "Lyon", "FRA"),
    ("Nine people were killed in the Sahara.", "the Sahara", None),
    ("Nine people were killed near the front.", "the front", None),
    ("Nine people were killed.", None, None),
]


@pytest.mark.parametrize(("text", "place", "country"), PLACE_COUNTRIES)
def test_the_country_of_a_place_is_that_of_its_entity(
    stated: Any, text: str, place: str | None, country: str | None
) -> None:
    (row,) = stated(text)
    assert (row["place"], row["place_country"]) == (place, country)
