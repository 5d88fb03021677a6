"""How days are put together, which kinds get a colour, and when an axis is logarithmic."""

from __future__ import annotations

import datetime as dt

import pytest

from pages.plots import OTHERS, Calendar, crowded, far, most, name, powers

DAY = dt.date


@pytest.mark.parametrize(
    ("last", "unit", "start", "said"),
    [
        (DAY(2024, 6, 20), "day", DAY(2024, 5, 15), "15 May 2024"),
        (DAY(2025, 4, 1), "week", DAY(2024, 5, 13), "13 to 19 May 2024"),
        (DAY(2028, 4, 1), "month", DAY(2024, 5, 1), "May 2024"),
        (DAY(2034, 4, 1), "year", DAY(2024, 1, 1), "2024"),
    ],
)
def test_the_longer_the_time_the_wider_its_stretches(
    last: dt.date, unit: str, start: dt.date, said: str
) -> None:
    calendar = Calendar(DAY(2024, 5, 1), last)
    assert calendar.unit == unit
    assert calendar.start(DAY(2024, 5, 15)) == start
    assert calendar.said(start) == said


def test_the_ends_of_the_calendar_are_no_trouble() -> None:
    calendar = Calendar(DAY(1, 1, 1), DAY(9999, 12, 31))
    assert calendar.said(calendar.start(DAY(9999, 12, 31))) == "1 January to 31 December 9999"
    assert Calendar(DAY(9999, 12, 1), DAY(9999, 12, 31)).said(DAY(9999, 12, 31)) == (
        "31 December 9999"
    )


def test_numbers_are_summed_by_stretch_and_kind() -> None:
    calendar = Calendar(DAY(2024, 1, 1), DAY(2027, 1, 1))
    days = [(DAY(2024, 5, 2), "a", 2), (DAY(2024, 5, 30), "a", 3), (DAY(2024, 5, 30), "b", 1)]
    kept = [(row["start"], row["end"], row["kind"], row["count"]) for row in calendar.counted(days)]
    assert kept == [
        ("2024-05-01", "2024-06-01", "a", 5),
        ("2024-05-01", "2024-06-01", "b", 1),
    ]  # fmt: skip


def test_a_day_far_off_squeezes_nothing() -> None:
    days = [DAY(1945, 5, 8), *(DAY(2024, 5, number) for number in range(1, 31))]
    assert crowded(days, 0.95) == (DAY(2024, 5, 1), DAY(2024, 5, 30))
    assert crowded([DAY(2024, 5, 1)]) == (DAY(2024, 5, 1), DAY(2024, 5, 1))


def test_the_rarest_kinds_share_a_colour() -> None:
    assert most({"a": 1, "b": 9, "c": 5}, 2) == ["b", "c", "a"]
    assert most({"a": 1, "b": 9, "c": 5, "d": 1}, 2) == ["b", "c", OTHERS]


def test_an_axis_is_logarithmic_where_few_numbers_would_hide_the_rest() -> None:
    assert far([2, 30, 40, 39_000])
    assert not far([20_000, 30_000, 39_000])
    assert not far([0, 2, 39_000])
    assert powers(3, 39_000)["values"] == [1, 10, 100, 1_000, 10_000, 100_000]


def test_names_are_cut_and_their_characters_seen() -> None:
    assert name("  the\n Ministry ") == "the Ministry"
    assert name("x" * 10_000, 5) == "xxxxx…"
    assert name("a\u202eb") == "a[U+202E]b"
