"""What is chosen for an event whose own clause does not say where, when or by whom it was."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pytest

from transforms.events.agreement import same_days, same_place
from transforms.events.chosen import COLUMNS, LIMIT, weight, weights
from transforms.extract import read_rows
from transforms.model import Article
from transforms.reference import reference

PUBLISHED = dt.date(2025, 6, 12)
Case = tuple[str, str, str, object, str]

MEN = "Greek policemen who were in Split to guard a fair shot and killed a sailor."
PRICES = "Gas prices have risen in and around Chicago after a tornado shut a refinery."
BUSES = "Last week, a landslide swept away two buses, and 12 people are missed in Chitwan."
FIRE = "A fire has forced evacuations in Split. Nobody was hurt."
CHAD = (
    "Greek troops invaded Chad in May. Ministers met in Rome to speak about the invasion of Chad."
)
PORT = "Greek jets attacked Split on Monday. An attack on the port killed nine sailors."
SCHOOL = "Nine people were killed in a Greek airstrike on a school in Split, doctors said."
ANSWER = "Ministers imposed sanctions on Chad for the invasion of Mali."

CHOSEN: tuple[Case, ...] = (
    (MEN, "killed", "place", "Split", "place_from_sentence"),
    (PRICES, "tornado", "place", "Chicago", "place_from_sentence"),
    (BUSES, "landslide", "place", "Chitwan", "place_from_sentence"),
    (FIRE, "fire", "place", "Split", "place_from_sentence"),
    (CHAD, "invasion", "event_start", dt.date(2025, 5, 1), "time_from_event"),
    (CHAD, "invasion", "agent", "Greek troops", "agent_from_event"),
    (PORT, "attack", "event_start", dt.date(2025, 6, 9), "time_from_event"),
    (SCHOOL, "killed", "agent", "Greek", "agent_from_event"),
    (ANSWER, "invasion", "agent", "Chad", "agent_from_sentence"),
)


@cache
def rows(text: str) -> dict[str, list[dict[str, Any]]]:
    article = Article("0" * 16, "test", "0" * 64, text, "0" * 16, published_date=PUBLISHED)
    return read_rows(article)


def event(text: str, surface: str) -> dict[str, Any]:
    return next(row for row in rows(text)["events"] if row["surface"] == surface)


@pytest.mark.parametrize("case", CHOSEN, ids=lambda case: f"{case[1]}, {case[4]}")
def test_what_is_chosen_and_by_which_kind_of_candidate(case: Case) -> None:
    text, surface, column, value, rule = case
    row = event(text, surface)
    assert (row[column], rule in row["rule"].split("+")) == (value, True), row["rule"]


@pytest.mark.parametrize(
    ("text", "surface", "column"),
    [
        # somebody says so there
        (
            "Nine sailors were killed on Monday, the mayor said at a meeting in Rome.",
            "killed",
            "place",
        ),
        # a strike is where it is, and not where those were whom its target had killed
        (
            "Greek jets hit a house in Split where a rebel lived who led the murder of two men.",
            "murder",
            "place",
        ),
        # who does it is no place of it
        ("Ministers spoke of the regions that were annexed by Chad.", "annexed", "place"),
        # another attack, years before
        (
            "Rebels attacked a mill in Split on Monday. The attack of 2011 killed nine.",
            "attacked",
            "agent_entity_id",
        ),
        # nobody makes a storm
        ("Greek jets hit Lota on Monday. A storm hit Split on Sunday.", "storm", "agent"),
    ],
)
def test_what_is_left_open(text: str, surface: str, column: str) -> None:
    row = event(text, surface)
    assert row[column] is None, (row[column], row["rule"])


def test_what_is_known_is_not_chosen_anew() -> None:
    row = event("Rebels killed nine men in Split. Rebels killed six men in Gulu.", "killed")
    assert (row["place"], "from" in row["rule"]) == ("Split", False)


@pytest.mark.parametrize("text", [MEN, BUSES, CHAD, PORT, SCHOOL, PRICES])
def test_what_is_chosen_agrees_with_the_figures_in_an_event(text: str) -> None:
    found = rows(text)
    by_id = {row["event_id"]: row for row in found["events"]}
    for figure in found["figures"]:
        row = by_id.get(figure["event_id"])
        if row is not None and "_from_" in row["rule"]:
            assert same_place(figure, row)
            assert same_days(figure, row)


def test_the_table_of_weights_is_whole() -> None:
    found = [(row["column"], row["sign"]) for row in reference("event_choices")]
    assert found == sorted(set(found))
    assert {column for column, _ in found} == set(COLUMNS)
    assert all(row["description"] for row in reference("event_choices"))
    assert all(weights(column)[LIMIT] > 0 for column in COLUMNS)


def test_signs_add_up_and_unknown_ones_weigh_nothing() -> None:
    both = frozenset(("sentence", "sentence:only"))
    known = weights("place")
    assert weight("place", both) == pytest.approx(known["sentence"] + known["sentence:only"])
    assert weight("place", both | {"sentence:unheard"}) == weight("place", both)
