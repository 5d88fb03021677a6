"""What rows say, in a line for people."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pages import words
from pages.sayings import Named, length, line
from warehouse.tables import TABLES_BY_NAME

PAGE = "articles/aa/aaaa.html"
KYIV = "1" * 16
NAMED = Named(PAGE, frozenset({KYIV}), frozenset(), {"UKR": "Ukraine"})


def figure(**columns: Any) -> str:
    row = TABLES_BY_NAME["figures"].row(
        **{
            "value": 300.0, "value_low": 300.0, "value_high": 300.0, "qualifier": "exact",
            "change": "none", "unit_type": "count", "unit": "1", "category": "other",
            "modality": "actual", **columns,
        }
    )  # fmt: skip
    return line("figures", row, NAMED)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"counted": "troops", "category": "troops"}, "<b>300 <bdi>troops</bdi></b> · troops"),
        ({"qualifier": "more_than"}, "<b>more than 300</b>"),
        (
            {"qualifier": "between", "value": 6.5, "value_low": 6.0, "value_high": 7.0, "unit": "%",
             "unit_type": "percent", "category": "percent"},
            "<b>6 to 7%</b>",
        ),
        (
            {"value": None, "qualifier": "vague", "counted": "people"},
            "<b>some <bdi>people</bdi></b>",
        ),
        (
            {"value": 4e9, "unit": "GBP", "unit_type": "money", "change": "up"},
            "<b>4,000,000,000 GBP</b> · a rise",
        ),
        (
            {"value": 33.0, "unit": "a", "unit_name": "year", "unit_type": "age"},
            "<b>33 years</b> · age",
        ),
        (
            {"place": "near <Kyiv>", "place_entity_id": KYIV},
            (f'<b>300</b> · place: <a href="../../names/11/{KYIV}.html">'
            "<bdi>near &lt;Kyiv&gt;</bdi></a>"),
        ),
        ({"place": "Lviv", "place_entity_id": "2" * 16}, "<b>300</b> · place: <bdi>Lviv</bdi>"),
        ({"nationality": "UKR", "cumulative": True}, "<b>300</b> · side: Ukraine · a total so far"),
        ({"modality": "denied"}, "<b>300</b> · <i>denied</i>"),
        (
            {"attributed_to": "\u202ethe mayor"},
            "<b>300</b> · according to <bdi>[U+202E]the mayor</bdi>",
        ),
        (
            {"as_of_start": dt.date(2025, 5, 1), "as_of_end": dt.date(2025, 5, 31)},
            "<b>300</b> · May 2025",
        ),
    ],
)  # fmt: skip
def test_a_figure(columns: dict[str, Any], told: str) -> None:
    assert figure(**columns) == told


def date(**columns: Any) -> str:
    row = TABLES_BY_NAME["dates"].row(**{"type": "DATE", "is_relative": False, **columns})
    return line("dates", row, NAMED)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"value": "PT11M", "type": "DURATION"}, "<b>11 minutes</b>"),
        ({"value": "PXW", "type": "DURATION"}, "<b>some weeks</b>"),
        ({"value": "P1D", "type": "SET"}, "<b>1 day</b> · again and again"),
        ({"value": "PRESENT_REF"}, "<b>now</b>"),
        (
            {"value": "2024-08", "mod": "MID", "date_start": dt.date(2024, 8, 11),
             "date_end": dt.date(2024, 8, 20)},
            "<b>11 to 20 August 2024</b> · in the middle",
        ),
        (
            {"value": "2024-09-15T13:20", "type": "TIME", "date_start": dt.date(2024, 9, 15),
             "date_end": dt.date(2024, 9, 15), "is_relative": True,
             "anchor_date": dt.date(2024, 9, 16)},
            "<b>15 September 2024, 13:20</b> · counted from 16 September 2024",
        ),
        ({}, "<b>no calendar day</b>"),
    ],
)  # fmt: skip
def test_a_date(columns: dict[str, Any], told: str) -> None:
    assert date(**columns) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [("P2Y", "2 years"), ("P1CE", "1 century"), ("PT1.5H", "1.5 hours"), ("P1Y6M", "P1Y6M")],
)
def test_a_length(value: str, told: str) -> None:
    assert length(value) == told


def test_an_event_names_who_did_what_to_whom() -> None:
    row = TABLES_BY_NAME["events"].row(
        event_type="transfer", agent="Berlin", patient="18 tanks", recipient="Kyiv",
        recipient_entity_id=KYIV, modality="planned",
    )  # fmt: skip
    assert line("events", row, NAMED) == (
        "<b>transfer</b> · by: <bdi>Berlin</bdi> · whom or what: <bdi>18 tanks</bdi> · to: "
        f'<a href="../../names/11/{KYIV}.html"><bdi>Kyiv</bdi></a> · <i>planned</i>'
    )


def test_a_claim_names_its_speaker_fully_and_as_written() -> None:
    row = TABLES_BY_NAME["claims"].row(
        speaker="the minister", speaker_name="Kari Holm", speaker_kind="government",
        kind="direct", quoted=True,
    )  # fmt: skip
    assert line("claims", row, NAMED) == (
        "<b><bdi>Kari Holm</bdi></b> · here <bdi>the minister</bdi> · government · "
        "in their words · quoted"
    )


@pytest.mark.parametrize(
    ("value", "name", "told"),
    [
        (1, "mile per hour", "mile per hour"),
        (2, "mile per hour", "miles per hour"),
        (0.5, "square foot", "square feet"),
        (-8.3, "degree Celsius", "degrees Celsius"),
        (2, "acre-foot", "acre-feet"),
        (3, "tonne of TNT", "tonnes of TNT"),
        (2, "million barrels per day", "million barrels per day"),
        (2, "century", "centuries"),
        (-1, "degree", "degree"),
    ],
)
def test_a_unit_behind_a_number(value: float, name: str, told: str) -> None:
    assert words.units(value, name) == told
