"""The table events: which events a text tells of, who takes part, and which figures are in them."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pytest

from transforms.extract import read_rows
from transforms.model import Article

PUBLISHED = dt.date(2025, 6, 12)
Rows = dict[str, list[dict[str, Any]]]


@cache
def rows(text: str) -> Rows:
    article = Article("0" * 16, "test", "0" * 64, text, "0" * 16, published_date=PUBLISHED)
    return read_rows(article)


def event(text: str, predicate: str, nth: int = 0) -> dict[str, Any]:
    found = [row for row in rows(text)["events"] if row["predicate"] == predicate]
    assert len(found) > nth, [row["predicate"] for row in rows(text)["events"]]
    return found[nth]


def figure(text: str, surface: str) -> dict[str, Any]:
    return next(row for row in rows(text)["figures"] if row["surface"] == surface)


def test_who_gave_what_to_whom() -> None:
    text = "Berlin gave Kyiv 18 Leopard tanks in March."
    row = event(text, "give")
    assert (row["agent"], row["patient"], row["recipient"]) == (
        "Berlin",
        "18 Leopard tanks",
        "Kyiv",
    )
    assert row["event_type"] == "aid"
    assert (row["event_start"], row["event_end"]) == (dt.date(2025, 3, 1), dt.date(2025, 3, 31))
    assert None not in (row["agent_entity_id"], row["recipient_entity_id"], row["date_id"])
    assert text[row["char_start"] : row["char_end"]] == row["surface"] == "gave"
    assert row["sentence"] == text
    assert figure(text, "18")["event_id"] == row["event_id"]


def test_one_predicate_heads_two_events() -> None:
    text = "Cholera has killed 60 in Zambia and 12 in Malawi, the ministry said."
    first, second = event(text, "kill"), event(text, "kill", 1)
    assert first["event_id"] != second["event_id"]
    assert (first["place"], second["place"]) == ("Zambia", "Malawi")
    assert figure(text, "60")["event_id"] == first["event_id"]
    assert figure(text, "12")["event_id"] == second["event_id"]


@pytest.mark.parametrize(
    ("text", "surface", "predicate"),
    [
        ("Fourteen miners were killed and 52 injured in a blast on Tuesday.", "52", "injure"),
        ("Police seized 40 rifles after three attacks on shops in Lima.", "three", "attack"),
        ("The toll of the storm rose to 45 on Wednesday.", "45", "toll"),
        ("The firm bought two ships for $40 million.", "$40 million", "buy"),
    ],
)
def test_a_figure_is_in_the_event_that_it_tells_of(text: str, surface: str, predicate: str) -> None:
    assert figure(text, surface)["event_id"] == event(text, predicate)["event_id"]


@pytest.mark.parametrize(
    ("text", "patient"),
    [
        (
            "Police said it was possible some of the hostages could be released.",
            "some of the hostages",
        ),
        ("Crews searched for nine others who were missing in a shaft.", "nine others"),
    ],
)
def test_a_state_and_its_verb_are_one_event(text: str, patient: str) -> None:
    assert [one["patient"] for one in rows(text)["events"]] == [patient]


def test_a_figure_of_no_event_has_none() -> None:
    assert figure("The tower is 40 metres high.", "40 metres")["event_id"] is None


@pytest.mark.parametrize(
    "text",
    [
        "The singer released his fifth album.",
        "A judge overturned the tariff.",
        "Critics blasted the film.",
        "The fossil provided a glimpse of the past.",
        "They took on the challenge.",
    ],
)
def test_words_that_are_meant_otherwise_tell_of_no_event(text: str) -> None:
    assert rows(text)["events"] == []


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("The rebels released nine hostages.", "release"),
        ("A lorry overturned near Hull.", "accident"),
        ("Shells destroyed the bridge.", "damage"),
        ("Chad provided 40 tents to the camp.", "transfer"),
        ("The firm sacked 40 nurses.", "dismissal"),
    ],
)
def test_the_same_words_of_what_they_happen_to(text: str, event_type: str) -> None:
    assert [row["event_type"] for row in rows(text)["events"]] == [event_type]


def test_a_noun_that_says_nothing_of_its_own_is_no_event() -> None:
    assert rows("She wrote of floods.")["events"] == []
    [row] = rows("She wrote of the floods in Sudan.")["events"]
    assert (row["event_type"], row["place"]) == ("flood", "Sudan")


def test_what_was_tried_or_prevented_did_not_happen() -> None:
    assert event("Police prevented the men from robbing a shop.", "rob")["modality"] == "possible"
    assert event("He tried to kill two guards.", "kill")["modality"] == "possible"
    assert event("He killed two guards.", "kill")["modality"] == "actual"


def test_nobody_means_what_a_storm_does() -> None:
    row = event("The storm killed nine sailors off Malta.", "kill")
    assert (row["event_type"], row["agent"]) == ("death", "The storm")


def test_who_buys_does_it() -> None:
    row = event("Kenya bought 12 trucks from Japan.", "buy")
    assert (row["agent"], row["patient"]) == ("Kenya", "12 trucks")


def test_an_event_is_where_a_figure_in_it_is_known_to_be() -> None:
    for row in rows("A hall fell in Riga on Monday. Eight men died.")["events"]:
        assert row["place"] == "Riga"
        assert row["event_start"] == dt.date(2025, 6, 9)


def test_the_next_ones_place_and_day_are_not_a_nouns() -> None:
    text = "On Friday a minister in Oslo spoke of the attack."
    row = next(iter(rows(text)["events"]), None)
    assert row is None or (row["place"], row["event_start"]) == (None, None)


def test_ids_are_the_same_each_time() -> None:
    text = "Shelling killed four people in Odesa and nine in Kharkiv."
    article = Article("0" * 16, "test", "0" * 64, text, "0" * 16, published_date=PUBLISHED)
    assert read_rows(article)["events"] == rows(text)["events"]
    ids = [row["event_id"] for row in rows(text)["events"]]
    assert len(set(ids)) == len(ids) > 1


@pytest.mark.parametrize(
    ("text", "predicate", "days"),
    [
        # the day right behind a noun that dates its clause, or with a relative clause behind it
        (
            "It is shut since the start of the Greek invasion of Lota in May.",
            "invasion",
            "0501-0531",
        ),
        ("He has been ill since the Greek invasion on May 5.", "invasion", "0505-0505"),
        ("He was questioned after the rebel attack on Lota on Monday.", "attack", "0609-0609"),
        ("It carried out a raid in Lota, Chile, on Monday that killed 9.", "raid", "0609-0609"),
        ("Prices have doubled since the Greek invasion began in May.", "invasion", "0501-0531"),
        # a term is no day
        ("A trader was sentenced to more than nine years Monday.", "sentence", "0609-0609"),
        ("So far this year, the army says, floods have killed 40 men.", "kill", "0101-0612"),
        ("At least 40 people are dead after a bus fell on Monday.", "be dead", "0609-0609"),
        ("Nine men were questioned after a 2025 Texas winter storm.", "storm", "0101-1231"),
        # what brought the harm about
        (
            "Two men were killed on Monday after a bus overturned near Homs.",
            "overturn",
            "0609-0609",
        ),
        # the day before a noun, and that of a clause with another day
        ("The war began with the militia-led May 7 attack on Homs.", "attack", "0507-0507"),
        (
            "The army struck rebels on Monday in what was a reply to a raid on Homs on Friday.",
            "raid",
            "0606-0606",
        ),
        ("The rebel took part in the attack on Homs on May 7.", "attack", "0507-0507"),
        ("Ann Berg was convicted last week of 16 thefts.", "convict", "0602-0608"),
        # an event that is named again
        ("Greece invaded Chad on May 5. The Greek invasion shocked us.", "invasion", "0505-0505"),
    ],
)
def test_when_a_sentence_says_an_event_was(text: str, predicate: str, days: str) -> None:
    row = event(text, predicate)
    start, end = (dt.datetime.strptime(f"2025{day}", "%Y%m%d").date() for day in days.split("-"))
    assert (row["event_start"], row["event_end"]) == (start, end)


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("The mayor of Lota has faced many attacks, including a raid on June 2.", "attack"),
        ("On Monday the king thanked the people of the towns seized by rebels.", "seize"),
        ("A man convicted of fraud in Lota was freed on Monday.", "convict"),
        ("As of Monday, floods had killed 40 people in Lota.", "kill"),
        ("As of Monday, nine men had been hurt, and two who died were miners.", "die"),
    ],
)
def test_the_day_of_something_else_is_not_an_events(text: str, predicate: str) -> None:
    found = [row for row in rows(text)["events"] if row["predicate"] == predicate]
    assert [row["event_start"] for row in found] == [None] * len(found)


@pytest.mark.parametrize(
    ("text", "predicate", "place"),
    [
        ("The army continued its offensive in Gulu.", "offensive", "Gulu"),
        ("Gulu has come under rebel attacks.", "attack", "Gulu"),
        ("They were resting in a school in Gulu when rebels shot nine men.", "shoot", "school"),
        ("Nine traders were convicted of fraud by a court in Lota.", "convict", "Lota"),
        ("They met after the withdrawal of Greek troops from Lota.", "withdrawal", "Lota"),
        ("Nine men were killed in a raid in a village in northern Chad.", "kill", "a village"),
        ("Rebels torched the town of Lota on Monday.", "torch", "Lota"),
        ("The town of Homs was captured by rebels on Monday.", "capture", "Homs"),
        ("Homs reopened in May after being shelled by Greek troops.", "shell", "Homs"),
        ("In northern Chad, rebels burned Homs on Monday.", "burn", "Homs"),
    ],
)
def test_where_a_sentence_says_an_event_was(text: str, predicate: str, place: str) -> None:
    assert place in (event(text, predicate)["place"] or "")


@pytest.mark.parametrize(
    ("text", "predicate", "agent"),
    [
        ("A Houthi drone attack hit the port of Homs on Friday.", "attack", "Houthi"),
        ("The militia claimed a deadly attack on Homs on Friday.", "attack", "The militia"),
        ("The militia claimed responsibility for an attack on Homs.", "attack", "The militia"),
        ("The attacks on Israel led by the militia in October shook us.", "attack", "the militia"),
        ("The blaze grew, and the Park Fire destroyed 40 homes.", "destroy", "the Park Fire"),
        ("The rebel took part in the attack on Homs.", "attack", "The rebel"),
        ("The Kenyan coastguard has rescued 40 men.", "rescue", "The Kenyan coastguard"),
        ("Kenya declined to take part in the raid on Homs.", "raid", None),
        ("A swimmer was killed by a bull near the river on Monday.", "kill", "a bull"),
        ("Four farms were damaged by falling rocks on Monday.", "damage", "falling rocks"),
        ("The army carried out a series of raids on Lund.", "raid", "The army"),
        ("The army launched a wave of attacks on Lund on Monday.", "attack", "The army"),
    ],
)
def test_who_a_sentence_says_did_it(text: str, predicate: str, agent: str | None) -> None:
    found = [row for row in rows(text)["events"] if row["predicate"] == predicate]
    assert [row["agent"] for row in found] == [agent] * len(found)
    assert found or agent is None


def test_another_event_of_the_kind_is_not_taken_up() -> None:
    text = "Rebels attacked a man near Gulu on Monday. The first attack on Homs was a shock."
    assert [row["place"] for row in rows(text)["events"]] == ["Gulu", "Homs"]
