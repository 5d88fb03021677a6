"""Small bars over time."""

from __future__ import annotations

import datetime as dt

import pytest

from pages.bars import HEIGHT, WIDTH, bars, unit_of

FIRST = dt.date(2024, 1, 1)


@pytest.mark.parametrize(
    ("days", "unit"),
    [(1, "day"), (62, "day"), (63, "week"), (500, "week"), (501, "month"), (9000, "year")],
)
def test_a_bar_is_of_more_days_the_longer_the_stretch(days: int, unit: str) -> None:
    assert unit_of(FIRST, FIRST + dt.timedelta(days)) == unit


def test_bars_stand_where_and_as_high_as_their_counts_say() -> None:
    drawn = bars(
        [(FIRST, 2), (dt.date(2024, 1, 3), 4), (dt.date(2024, 1, 4), 0)], FIRST, dt.date(2024, 1, 4)
    )
    assert drawn is not None
    assert [bar.count for bar in drawn.bars] == [2, 4]
    assert [bar.height for bar in drawn.bars] == [HEIGHT / 2, HEIGHT]
    assert drawn.bars[1].x == WIDTH * 2 / 3
    assert drawn.peak.name == "3 January 2024"


def test_few_among_many_are_still_seen_and_the_first_of_equals_is_the_peak() -> None:
    drawn = bars(
        [(FIRST, 1), (dt.date(2024, 1, 2), 5000), (dt.date(2024, 1, 9), 5000)],
        FIRST,
        dt.date(2024, 1, 9),
    )
    assert drawn is not None
    assert min(bar.height for bar in drawn.bars) >= 1
    assert drawn.peak.name == "2 January 2024"


@pytest.mark.parametrize(
    ("start", "unit", "name"),
    [
        (dt.date(2024, 1, 1), "week", "week of 1 January 2024"),
        (dt.date(2024, 2, 1), "month", "February 2024"),
        (dt.date(1960, 1, 1), "year", "1960"),
    ],
)
def test_a_bar_is_named_by_its_unit(start: dt.date, unit: str, name: str) -> None:
    span = {"week": 300, "month": 2000, "year": 20000}[unit]
    drawn = bars([(start, 1)], start, start + dt.timedelta(span))
    assert drawn is not None
    assert (drawn.unit, drawn.peak.name) == (unit, name)


def test_there_is_nothing_to_draw_of_one_day_or_none() -> None:
    assert bars([(FIRST, 3)], FIRST, FIRST) is None
    assert bars([], None, None) is None
    assert bars([], FIRST, dt.date(2024, 2, 1)) is None
