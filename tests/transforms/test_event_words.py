"""The tables of events, of what is counted and of change: what always holds of them."""

from __future__ import annotations

from transforms.event_words import (
    counted_categories,
    counted_forms,
    event_categories,
    event_words,
    event_words_for,
)
from transforms.figures.en.changes import change_words, change_words_for
from transforms.figures.lexer import word_set
from transforms.reference import reference
from transforms.words import time_words
from warehouse.tables import FIGURES

PARTS = ("verb", "noun", "adjective")
ROLES = ("agent", "patient", "recipient")
#: The event types of PLOVER, draft 0.8.
PLOVER = word_set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT ACCUSE DEMAND REJECT THREATEN PROTEST "
    "MOBILIZE SANCTION COERCE ASSAULT"
)


def test_every_word_of_an_event_has_one_row_of_allowed_values() -> None:
    rows = reference("event_words")
    keys = [(row["word"], row["part"]) for row in rows]
    assert keys == sorted(set(keys))
    types = {row["event_type"] for row in reference("event_types")}
    categories = FIGURES["category"].allowed
    for row in rows:
        assert row["word"] == row["word"].lower()
        assert row["part"] in PARTS
        assert row["event_type"] in ("", *types)
        assert row["category"] in ("", *categories)
        none = ("",) if row["part"] == "noun" else ()
        assert row["role"] in (*ROLES, *none), row
        assert row["subject"] in (ROLES if row["role"] else ("",)), row
        if row["part"] == "adjective":
            assert row["role"] == row["subject"], row


def test_every_type_of_event_has_words_and_a_description() -> None:
    types = [row["event_type"] for row in reference("event_types")]
    assert types == sorted(set(types))
    assert set(types) == {row["event_type"] for row in reference("event_words")} - {""}
    for row in reference("event_types"):
        assert row["description"]
        assert row["plover"] in ("", *PLOVER)


def test_a_use_of_a_word_of_events_is_one_that_is_asked_for() -> None:
    assert event_words_for("verb", "side") >= {"lose", "deploy"}
    assert event_words_for("noun", "toll") == {"toll"}
    put_to = {use for part in PARTS for told in event_words(part).values() for use in told.uses}
    assert put_to == {"bereft", "harm", "side", "toll"}


def test_what_is_counted_is_no_event() -> None:
    rows = reference("counted_words")
    nouns = [row["word"] for row in rows]
    assert nouns == sorted(set(nouns))
    assert not set(nouns) & event_words("noun").keys()
    assert {row["category"] for row in rows} <= set(FIGURES["category"].allowed)
    forms = [form for row in rows for form in row["forms"].split("|") if form]
    assert len(forms) == len(set(forms))
    assert (counted_forms()["people"], counted_forms()["men"]) == ("person", "man")


def test_a_category_comes_from_the_part_that_the_word_is() -> None:
    assert event_categories("verb")["intern"] == "detained"
    assert counted_categories()["intern"] == "people"
    assert event_categories("adjective")["homeless"] == "displaced"
    assert counted_categories()["homeless"] == "people"
    assert counted_categories()["airstrike"] == "attacks"


def test_it_happens_to_the_subject_or_to_the_object() -> None:
    verbs = event_words("verb")
    assert [verbs[word].of_subject for word in ("die", "flee", "kill", "evacuate")] == [
        True,
        True,
        False,
        False,
    ]


def test_words_of_change_have_a_direction_or_a_use_that_is_asked_for() -> None:
    rows = reference("change_words")
    keys = [(row["word"], row["kind"]) for row in rows]
    assert keys == sorted(set(keys))
    uses = {
        "verb": word_set("particle opening closing phrasal transitive amount open still"),
        "noun": word_set("amount verbal"),
        "word": word_set(""),
    }
    for row in rows:
        assert row["direction"] in ("up", "down", "")
        assert row["direction"] or row["uses"], row
        put_to = row["uses"].split("|")
        assert put_to == sorted(set(put_to))
        assert set(put_to) <= {"", *uses[row["kind"]]}, row
    for kind, asked in uses.items():
        assert all(change_words_for(kind, use) for use in asked), kind
    assert change_words_for("verb", "amount") < change_words_for("verb", "transitive")
    assert change_words_for("noun", "verbal") < change_words("noun").keys()


def test_words_of_time_are_asked_for_by_their_class() -> None:
    assert time_words("DEICTIC", "TONIGHT") == {"yesterday", "today", "tomorrow", "tonight"}
    assert {"morning", "night"} <= time_words("DAYPART")
