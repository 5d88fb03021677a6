"""What is a schedule, and what is said of what is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.cron import checked
from tests.properties import examples


@pytest.mark.parametrize(
    "schedule",
    ["* * * * *", "*/15 * * * *", "0 6 * * 1-5", "5,35 0-23/2 1 jan-mar sun", "0 0 29 2 *",
     "0 0 31 2 mon", "0 0 * * 7"],
)  # fmt: skip
def test_five_fields_are_a_schedule(schedule: str) -> None:
    assert checked(schedule) == schedule


def test_spaces_are_as_many_as_one_likes() -> None:
    assert checked("  0  6 *\t* * ") == "0 6 * * *"


@pytest.mark.parametrize(
    ("schedule", "why"),
    [
        ("often", "it has 1 field: give minute, hour"),
        ("0 0 6 * * *", "it has 6 fields: give minute, hour"),
        ("0 6 * * * 2027 0", "without seconds or a year"),
        ("@reboot", "of five fields"),
        ("@daily", "of five fields"),
        ("r r * * *", "its minute is 'r'"),
        ("0 h(1-3) * * *", "its hour is 'h(1-3)'"),
        ("60 * * * *", "not from 0 to 59"),
        ("0 5-3 * * *", "its hour is '5-3'"),
        ("*/0 * * * *", "its minute is '*/0'"),
        ("0 0 * june *", "its month is 'june'"),
        ("0 0 L * *", "its day of month is 'L'"),
        ("0 0 30 2 *", "never comes: no such month has a day 30"),
        ("0 0 31 4,jun *", "never comes"),
        ("", "it has 0 fields"),
        ("0,, * * * *", "its minute is ''"),
    ],
)
def test_anything_else_is_refused_with_what_to_do(schedule: str, why: str) -> None:
    with pytest.raises(ValueError, match=r"not a schedule|never comes") as caught:
        checked(schedule)
    assert why in str(caught.value)


def fields(least: int, greatest: int) -> st.SearchStrategy[str]:
    numbers = st.integers(least, greatest)
    ranges = st.tuples(numbers, numbers).map(lambda ends: f"{min(ends)}-{max(ends)}")
    parts = st.one_of(st.just("*"), numbers.map(str), ranges)
    steps = st.one_of(st.just(""), st.integers(1, greatest).map(lambda step: f"/{step}"))
    return st.lists(st.tuples(parts, steps).map("".join), min_size=1, max_size=3).map(",".join)


@pytest.mark.hypothesis
@settings(max_examples=examples(200), deadline=None)
@given(st.tuples(fields(0, 59), fields(0, 23), fields(1, 31), fields(1, 12), fields(0, 7)))
def test_what_is_taken_is_a_schedule_of_prefects(five: tuple[str, ...]) -> None:
    from prefect.client.schemas.schedules import CronSchedule

    try:
        schedule = checked(" ".join(five))
    except ValueError as error:
        assert "never comes" in str(error)  # noqa: PT017 (what else there is, is taken)
        return
    assert CronSchedule(cron=schedule).cron == schedule
