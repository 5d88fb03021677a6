"""Run ids sort as runs begin."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.run_state import run_id_at
from tests.properties import examples

MOMENTS = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1))


@settings(max_examples=examples(200))
@given(MOMENTS, st.timedeltas(dt.timedelta(microseconds=1), dt.timedelta(seconds=3)))
def test_a_later_run_has_a_greater_id(began: dt.datetime, after: dt.timedelta) -> None:
    assert run_id_at(began) < run_id_at(began + after)


def test_an_id_tells_the_second_in_utc() -> None:
    found = run_id_at(dt.datetime(2025, 4, 28, 9, 0, 5, 17))
    second, letters = found.split("-")
    assert second == "20250428T090005Z"
    assert len(letters) == 8
    assert letters.isalpha()
