"""Expressions that other systems are known to read wrong, each with what they make of it."""

from __future__ import annotations

import pytest

from tests.transforms.dates.conftest import Read

# 2024-10-16 is a Wednesday
PUBLISHED = "2024-10-16"


@pytest.mark.parametrize(
    ("sentence", "surface", "start", "end"),
    [
        pytest.param(
            "The gauge stood at 7 metres in October of last year.",
            "October of last year", "2023-10-01", "2023-10-31",
            id="two dates, or a rolling year",
        ),
        pytest.param(
            "A barge hit the pier on Saturday, and two deckhands were hurt.",
            "Saturday", "2024-10-12", "2024-10-12",
            id="next Saturday in past-tense news",
        ),
        pytest.param(
            "The canal carried 900 barges last year.",
            "last year", "2023-01-01", "2023-12-31",
            id="last year collapsed to one day",
        ),
        pytest.param(
            "The lock is to be rebuilt by mid-2026.",
            "mid-2026", "2026-05-01", "2026-08-31",
            id="1974",
        ),
        pytest.param(
            "Freight had peaked in the early 1990s.",
            "the early 1990s", "1990-01-01", "1993-04-30",
            id="a decade without its beginning",
        ),
        pytest.param(
            "Veterans lined the quay in Kherson on Victory Day.",
            "Victory Day", "2024-05-09", "2024-05-09",
            id="read by nobody",
        ),
        pytest.param(
            "The council will decide on Friday.",
            "Friday", "2024-10-18", "2024-10-18",
            id="a weekday with a future verb",
        ),
        pytest.param(
            "Divers are due to inspect the hull on Tuesday.",
            "Tuesday", "2024-10-22", "2024-10-22",
            id="a weekday with a plan",
        ),
    ],
)  # fmt: skip
def test_one_expression_is_read_whole(
    read: Read, sentence: str, surface: str, start: str, end: str
) -> None:
    rows = read(sentence, PUBLISHED)
    assert [(r["surface"], str(r["date_start"]), str(r["date_end"])) for r in rows] == [
        (surface, start, end)
    ]


def test_neighbours_are_not_merged(read: Read) -> None:
    rows = read("Tolls fell in the first quarter of 2024, May brought more and 2023 less.")
    assert [(row["surface"], row["value"]) for row in rows] == [
        ("the first quarter of 2024", "2024-Q1"),
        ("May", "2024-05"),
        ("2023", "2023"),
    ]


def test_a_time_after_an_event_hangs_on_the_date_of_its_clause(read: Read) -> None:
    rows = read("Oslo signed on Monday, two days after Lisbon did.", PUBLISHED)
    assert [(row["surface"], str(row["date_start"])) for row in rows] == [
        ("Monday", "2024-10-14"),
        ("two days after Lisbon did", "2024-10-12"),
    ]
    assert rows[1]["anchor"] == rows[0]["date_id"]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The harbour may close, and tugs may be idle.", id="may as a month"),
        pytest.param("The permit has the number 2882015.", id="2882015 as a date"),
    ],
)
def test_no_time_is_read(read: Read, sentence: str) -> None:
    assert read(sentence, PUBLISHED) == []
