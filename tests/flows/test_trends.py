"""Which days a report shows, and what a lake says of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import warehouse
from flows.trends import stretch, trends_of
from tests.flows.small_lake import build, rows

DAY = dt.date(2025, 4, 28)  # a Monday


@pytest.mark.parametrize(
    ("days", "unit", "first"),
    [
        ([(DAY, 1)], "day", DAY - dt.timedelta(days=59)),
        ([(DAY - dt.timedelta(days=400), 1), (DAY, 9)], "day", DAY - dt.timedelta(days=59)),
        ([(DAY - dt.timedelta(days=300), 5), (DAY, 5)], "week", DAY - dt.timedelta(weeks=59)),
        ([(dt.date(2021, 1, 9), 5), (DAY, 5)], "month", dt.date(2020, 5, 1)),
        ([(dt.date(1970, 1, 9), 5), (DAY, 5)], "year", dt.date(1966, 1, 1)),
        ([(dt.date(1, 1, 1), 5), (dt.date(1, 1, 3), 5)], "week", dt.date(1, 1, 1)),
    ],
)
def test_the_shortest_stretches_are_shown_that_hold_most_articles(
    days: list[tuple[dt.date, int]], unit: str, first: dt.date
) -> None:
    assert stretch(days) == (unit, first)


def test_a_lake_says_of_its_days_and_runs(tmp_path: Path) -> None:
    made = rows()
    with warehouse.connect(build(tmp_path / "lake", made)) as connection:

        def ask(sql: str, values: object) -> list[dict[str, object]]:
            found = connection.execute(sql, list(values))  # type: ignore[call-overload]
            told: list[dict[str, object]] = found.to_arrow_table().to_pylist()
            return told

        found = {one.title: one for one in trends_of(ask, made["runs"])}
    assert found["Articles a day by source"].series == {"news": [1]}
    assert found["Articles a day by source"].labels == ["2025-04-28"]
    assert found["Figures an article, by day"].series == {"figures": [1.0]}
    assert found["Share of articles without a figure, by day"].series == {"without a figure": [0]}
    assert found["Inputs of each run"].series["unchanged"] == [0, 2]
    assert found["Expectations that did not pass"].series["failed"] == [1, None]
