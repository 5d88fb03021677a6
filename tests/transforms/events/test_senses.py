"""Which rows a text has: words in the sense of their event, and happenings of their own."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.transforms.events.test_rows import event, rows
from transforms.event_senses import senses, topics
from transforms.event_words import event_words
from transforms.reference import reference


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The firm fired 40 workers on Monday.", ["dismissal"]),
        ("Rebels fired 40 rockets at the port on Monday.", ["attack"]),
        ("The keeper was released by his club.", []),
        ("The rebels released nine hostages from a prison.", ["release"]),
        ("The market rallied on Friday.", []),
        ("Protesters rallied in Lagos on Friday as police set up a curfew.", ["protest"]),
        ("The striker attacked the referee's decision.", []),
        ("Troops attacked the village of Doro on Friday.", ["attack"]),
        ("Viewers were struck by the lack of colour.", []),
        ("A missile struck a school in Homs.", ["attack"]),
        ("Hungary blocked the deal.", []),
        ("Farmers blocked the road to Lyon on Monday.", ["blockade"]),
        ("He pleaded not guilty on Monday.", []),
        ("He pleaded guilty to fraud on Monday.", ["conviction"]),
        ("The studio received 25 nominations.", []),
        ("The landslide victory of the party surprised Oslo.", []),
    ],
)
def test_a_word_tells_of_its_event_in_its_sense(text: str, types: list[str]) -> None:
    assert [row["event_type"] for row in rows(text)["events"]] == types


@pytest.mark.parametrize(
    "text",
    [
        "Storms kill sheep every year.",
        "Soldiers can be deployed in a day.",
        "Why did the rebels kill the mayor?",
        "Free the hostages.",
        "It is hard to kill a bear with a knife.",
        "He was charged with murder.",
        "The rate was 71 deaths per 100,000 people.",
        "She starred in “Murders on the Nile”.",
        "Predators who abused women were named.",
        "About 40 people are killed by lightning in Chad every year.",
        "The train will be missing two coaches.",
    ],
)
def test_what_happens_in_general_is_no_row(text: str) -> None:
    found = rows(text)["events"]
    assert [row["predicate"] for row in found if row["event_type"] != "charge"] == []


@pytest.mark.parametrize(
    ("text", "predicate", "modality"),
    [
        ("The attack on Lamu could lead to a war.", "attack", "actual"),
        (
            "The attempted assassination of the mayor of Lamu shook Kenya.",
            "assassination",
            "possible",
        ),
        ("Kenya fears the risk of an attack on Lamu by rebels.", "attack", "possible"),
        ("The planned evacuation of Lamu was called off.", "evacuation", "planned"),
        ("The union demanded the release of nine prisoners.", "release", "possible"),
        ("The plane almost crashed near Hull.", "crash", "possible"),
        ("Peru had no plans to invade Chile.", "invade", "denied"),
        ("Police looked into the possibility that Ann Berg was poisoned.", "poison", "possible"),
        ("The judge may free the man who killed nine guards.", "kill", "actual"),
        ("Norway would be the first country to send tanks to Chad.", "send", "planned"),
        ("The court barred Peru from executing the general.", "execute", "possible"),
    ],
)
def test_how_sure_a_row_is(text: str, predicate: str, modality: str) -> None:
    assert event(text, predicate)["modality"] in (
        modality,
        "possible" if predicate == "send" else "",
    )


@pytest.mark.parametrize(
    ("text", "predicate", "agent", "patient", "recipient"),
    [
        ("The US provided the army with 40 tanks.", "provide", "The US", "40 tanks", "the army"),
        ("Chad was supplied with 12 guns by Norway.", "supply", None, "12 guns", "Chad"),
        ("Police fired tear gas at the miners.", "fire at", "Police", "the miners", None),
        ("The police killing of Omar Sy angered Dakar.", "killing", "police", "Omar Sy", None),
        ("The Madrid bombing killed 191 people.", "bombing", None, None, None),
        ("Putin's invasion of Ukraine went on.", "invasion", "Putin", "Ukraine", None),
        ("The siege and shelling of Mariupol went on.", "siege", None, "Mariupol", None),
        ("A house was destroyed in Kyiv, killing nine men.", "kill", None, "nine men", None),
        ("The raid in Homs that killed nine men was long.", "kill", "The raid", "nine men", None),
        ("A jury convicted Ann Berg of theft.", "convict", "A jury", "Ann Berg", None),
        ("Police seized boats in its assault on Dakar.", "assault", "its", "Dakar", None),
        ("Oslo was the first city to send boats to Haiti.", "send", "Oslo", "boats", "Haiti"),
    ],
)
def test_who_does_what_to_whom(
    text: str, predicate: str, agent: str | None, patient: str | None, recipient: str | None
) -> None:
    row = event(text, predicate)
    assert (row["agent"], row["patient"], row["recipient"]) == (agent, patient, recipient)


def test_a_place_or_a_day_of_something_else_is_not_the_events() -> None:
    text = "People have fled to Poland since Russia began its invasion."
    assert event(text, "invasion")["place"] is None
    assert event("Canada imposed sanctions on Belarus.", "sanction")["place"] is None
    text = "In the war, Israel seized the strip of land from Syria in 1967."
    assert event(text, "seize")["place"] is None
    text = "Ann Berg was charged with theft in connection with the April raid."
    assert event(text, "charge")["event_start"] is None
    text = "Police arrested Ann Berg, who was charged on Monday."
    assert event(text, "charge")["event_start"] == dt.date(2025, 6, 9)


def test_every_sense_is_one_of_a_word_and_asks_for_topics_that_have_words() -> None:
    found = [(row["word"], row["part"], int(row["sense"])) for row in reference("event_senses")]
    assert found == sorted(set(found))
    types = {row["event_type"] for row in reference("event_types")}
    known = {topic for told in topics().values() for topic in told}
    for row in reference("event_senses"):
        assert row["word"] in event_words(row["part"]), row
        assert row["event_type"] in ("", *types), row
        told = set(filter(None, row["topics"].split("|")))
        assert told <= known, row
    assert len(senses("verb")["fire"]) > 1
