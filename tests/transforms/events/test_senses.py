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
        ("Gunmen armed with rifles robbed a bank.", ["theft"]),
        ("The party expelled Ann Berg on Monday.", []),
        ("Peru expelled two Chilean diplomats on Monday.", ["deportation"]),
        ("The mayor gave a speech and provided a dose of calm.", []),
        ("The judge threatened to sanction the lawyers.", []),
        ("Biden's withdrawal surprised Moscow.", []),
        ("The Israeli withdrawal from Doro came after the war.", ["withdrawal"]),
        ("Police captured the suspect in Lota after the murder trial.", ["detention"]),
        ("Rebels captured 40 soldiers near Doro.", ["capture"]),
        ("I am going to be shooting ‘The Running Man’ in May.", []),
        ("Heat killed nine people in Ghent in May.", ["death"]),
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
        "The bullet came very close to killing the mayor.",
        "He was accused of kidnapping and murdering agent Omar Sy in 1985.",
        "Police accuse Omar Sy of stabbing a nurse, abducting two girls.",
        "Heat kills the weak, killing 40 people each year.",
        "Chad does not support a full-scale invasion of Peru.",
        "Arrests along the border dropped 29% in June.",
        "The number of attacks on journalists in Chad rose last year.",
        "We can introduce sanctions against Chad.",
        "It is time for the war to end in a way where all the hostages are released.",
    ],
)
def test_what_happens_in_general_is_no_row(text: str) -> None:
    found = rows(text)["events"]
    assert [row["predicate"] for row in found if row["event_type"] != "charge"] == []


@pytest.mark.parametrize(
    ("text", "predicate", "modality"),
    [
        ("The attack on Lamu could lead to a war.", "attack", "actual"),
        ("The attack on Lamu would mean war.", "attack", "possible"),
        ("The war could end with the surrender of the rebels.", "surrender", "possible"),
        ("The doctors called on Chad to join an arms embargo of Peru.", "embargo", "possible"),
        ("He has tried to appeal his conviction.", "conviction", "actual"),
        ("The general failed to provide his troops with guns.", "provide", "denied"),
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
        ("The rebel-led attack on Lamu was long.", "attack", None, "Lamu", None),
        ("The Hamas-led attack on Lamu killed nine soldiers.", "attack", "Hamas", "Lamu", None),
        ("Chad began an invasion of Peru in May.", "invasion", "Chad", "Peru", None),
        ("The union called for a boycott of the firm.", "boycott", None, "the firm", None),
        ("He served time in prison for raping a girl.", "rape", "He", "a girl", None),
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
    assert event("His death sent waves through the town of Ghent.", "death")["place"] is None
    text = "Ann Berg was released as part of a swap between Peru and Chad."
    assert event(text, "release")["place"] is None
    text = "The union called for a boycott of the firm on Wednesday."
    assert event(text, "boycott")["event_start"] is None
    text = "In the war, Israel seized the strip of land from Syria in 1967."
    assert event(text, "seize")["place"] is None
    text = "Ann Berg was charged with theft in connection with the April raid."
    assert event(text, "charge")["event_start"] is None
    text = "Police arrested Ann Berg, who was charged on Monday."
    assert event(text, "charge")["event_start"] == dt.date(2025, 6, 9)


def test_a_day_right_behind_a_noun_is_its_own() -> None:
    text = "He used the room to speak about the rebels' attack on Chad last year."
    assert event(text, "attack")["event_start"] == dt.date(2024, 1, 1)
    text = "Leaders condemned the Hamas-led attack on Lota on May 7, which killed nine people."
    assert event(text, "attack")["event_start"] == dt.date(2025, 5, 7)


def test_a_number_with_its_own_participle_is_not_that_of_the_verb_before() -> None:
    text = "Two people were killed and at least 13 injured on Tuesday in Ghent."
    found = [(row["predicate"], row["patient"]) for row in rows(text)["events"]]
    assert found == [("kill", "Two people"), ("injure", "13")]


def test_a_fire_that_burned_homes_was_where_the_fire_was() -> None:
    text = "A 500-acre fire in Lota, Chile, that has burned homes was sparked by boys."
    assert event(text, "burn")["place"] == "Lota"


def test_every_sense_asks_for_something_that_its_type_and_those_before_it_do_not() -> None:
    """A row that asks for nothing is no row: the word alone tells of its event, or, without a type,
    of none."""
    asked = ("patient", "agent", "beside", "without", "topics")
    of_word: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for row in reference("event_senses"):
        told = event_words(row["part"])[row["word"]]
        conditions = tuple(row[name] for name in asked)
        before = of_word.setdefault((row["word"], row["part"]), [])
        assert told.event_type, row
        assert row["event_type"] != "", row
        assert any(conditions) or before, row
        assert conditions not in before, row
        assert ("",) * len(asked) not in before, row  # it would never be tried
        before.append(conditions)
        for name in asked:
            listed = row[name].split("|")
            assert listed == sorted(set(listed)), row


def test_every_sense_is_one_of_a_word_and_asks_for_topics_that_have_words() -> None:
    found = [(row["word"], row["part"], int(row["sense"])) for row in reference("event_senses")]
    assert found == sorted(set(found))
    types = {row["event_type"] for row in reference("event_types")}
    known = {topic for told in topics().values() for topic in told}
    for row in reference("event_senses"):
        assert row["word"] in event_words(row["part"]), row
        assert row["event_type"] in types, row
        told = set(filter(None, row["topics"].split("|")))
        assert told <= known, row
    assert len(senses("verb")["fire"]) > 1
