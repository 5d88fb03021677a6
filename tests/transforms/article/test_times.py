from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.article.times import find_time, from_epoch, read_time
from transforms.zones import is_zone, read_zone, tzinfo

MORNING = dt.datetime(2024, 3, 5, 9, 30)


@pytest.mark.parametrize(
    ("written", "local", "zone"),
    [
        ("2024-03-05T09:30:00+09:00", MORNING, "+09:00"),
        ("2024-03-05T09:30:00.000Z", MORNING, "UTC"),
        ("2024-03-05T09:30+0530", MORNING, "+05:30"),
        ("2024-03-05 09:30:00 -03:00", MORNING, "-03:00"),
        ("20240305T093000Z", MORNING, "UTC"),
        ("202403050930", MORNING, None),
        ("Tue, 05 Mar 2024 09:30:00 GMT", MORNING, "UTC"),
        ("Tue, 5 Mar 2024 09:30:00 -0500", MORNING, "-05:00"),
        ("5 March 2024 09:30 KST", MORNING, "Asia/Seoul"),
        ("March 5, 2024, 9:30 a.m. ET", MORNING, "America/New_York"),
        ("Mar. 5, 2024 9.30am", MORNING, None),
        ("Tuesday, March 5th, 2024 at 0930 hrs", MORNING, None),
        ("Tue Mar 05 09:30:00 UTC 2024", MORNING, "UTC"),
        ("Tue Mar 05 2024 09:30:00 GMT+0100 (Central European Standard Time)", MORNING, "+01:00"),
        ("09:30 IST, 5 March 2024", MORNING, None),
        ("5 March 2024 09:30 BST", MORNING, None),
        ("5 March 2024 09:30 CST", MORNING, None),
        ("Tue, 5 Mar 2024 09:30:00 MEST", MORNING, "+02:00"),
        ("5. März 2024, 09:30 Uhr MEZ", MORNING, "+01:00"),
        ("09:30 MESZ, 05.03.2024", MORNING, "+02:00"),
        ("Tue, 05 Mar 2024 09:30:00 UT", MORNING, "UTC"),
        ("2024-03-05T09:30:00 UT", MORNING, "UTC"),
        ("5 March 2024 09:30 (HAEC)", MORNING, "Europe/Paris"),
        ("5 March 2024 09:30 Eastern Standard Time", MORNING, "America/New_York"),
        ("5 March 2024 09:30 central european time", MORNING, "+01:00"),
        ("Tue Mar 05 2024 09:30:00 GMT+0100 (Mitteleuropäische Normalzeit)", MORNING, "+01:00"),
        ("2024-03-05T09:30:00+01:00[Europe/Berlin]", MORNING, "+01:00"),
        ("2024/03/05 09:30", MORNING, None),
        ("2024. 3. 5. 09:30", MORNING, None),
        ("2024年3月5日 09:30", MORNING, None),
        ("5.3.2024, 09:30 Uhr", MORNING, None),
        ("5 de marzo de 2024 09:30", MORNING, None),
        ("5 марта 2024, 09:30", MORNING, None),
        ("Published on: 5 March 2024 | 09:30 (GMT+2)", MORNING, "+02:00"),
        ("9:30 May 5, 2024", dt.datetime(2024, 5, 5, 9, 30), None),
        ("5 March 2024 14.20 GMT", dt.datetime(2024, 3, 5, 14, 20), "UTC"),
        ("12:00 am, 5 March 2024", dt.datetime(2024, 3, 5), None),
        ("4 March 2024 24:00", dt.datetime(2024, 3, 5), None),
    ],
)
def test_reads_a_time_in_any_style(written: str, local: dt.datetime, zone: str | None) -> None:
    stamp = read_time(written)
    assert stamp is not None
    assert (stamp.local, stamp.zone, stamp.has_time) == (local, zone, True)


@pytest.mark.parametrize(
    "written", ["2024-03-05", "5 March 2024", "March 5, 2024", "05-Mar-24", "20240305", "5/3/2024"]
)
def test_a_date_without_a_time_is_its_midnight(written: str) -> None:
    stamp = read_time(written)
    assert stamp is not None
    assert (stamp.local, stamp.has_time) == (dt.datetime(2024, 3, 5), False)


@pytest.mark.parametrize(
    "written",
    ["", "soon", "yesterday", "09:30", "March 2024", "2024", "2024-13-01", "31 April 2024",
     "2024-03-05 or so", "5 Quintember 2024", "12:61 5 March 2024 or 6 March"],
)  # fmt: skip
def test_what_is_no_full_date_is_none(written: str) -> None:
    assert read_time(written) is None


@pytest.mark.parametrize(
    ("country", "day"), [(None, dt.date(2024, 4, 3)), ("GBR", dt.date(2024, 4, 3)),
                         ("USA", dt.date(2024, 3, 4)), ("PHL", dt.date(2024, 3, 4))]
)  # fmt: skip
def test_the_country_decides_between_day_and_month(country: str | None, day: dt.date) -> None:
    stamp = read_time("03/04/2024 10:00", country)
    assert stamp is not None
    assert stamp.local.date() == day


def test_a_number_above_twelve_decides_for_any_country() -> None:
    for written in ("03/25/2024", "25/03/2024"):
        for country in (None, "USA", "GBR"):
            stamp = read_time(written, country)
            assert stamp is not None
            assert stamp.local.date() == dt.date(2024, 3, 25)


def test_seconds_and_milliseconds_count_in_utc_and_are_told_in_the_default_zone() -> None:
    for number in (1_709_652_600, 1_709_652_600_000):
        stamp = from_epoch(number)
        assert stamp is not None
        assert stamp == read_time(str(number))
        at, zone, day = stamp.settle("Pacific/Auckland")
        assert (at, zone) == (dt.datetime(2024, 3, 5, 15, 30), "Pacific/Auckland")
        assert day == dt.date(2024, 3, 6)


def test_settles_in_the_zone_written_before_the_default() -> None:
    stamp = read_time("2024-03-05 00:30 KST")
    assert stamp is not None
    assert stamp.settle("Europe/London") == (
        dt.datetime(2024, 3, 4, 15, 30),
        "Asia/Seoul",
        dt.date(2024, 3, 5),
    )


def test_finds_a_date_within_words() -> None:
    stamp = find_time("By our reporter in Lima, last changed on 5 March 2024 at 09:30 local time")
    assert stamp is not None
    assert stamp.local == MORNING


@pytest.mark.parametrize(
    ("written", "country", "zone"),
    [("IST", None, None), ("IST", "IND", "Asia/Kolkata"), ("IST", "IRL", "Europe/Dublin"),
     ("CST", "CHN", "Asia/Shanghai"), ("CET", None, "+01:00"),
     ("CET", "DEU", "Europe/Berlin"), ("Z", None, "UTC"),
     ("GMT-3", None, "-03:00"), ("Asia/Tokyo", None, "Asia/Tokyo"), ("Mars/Base", None, None),
     ("on", None, None), ("+99:00", None, None)],
)  # fmt: skip
def test_reads_zones(written: str, country: str | None, zone: str | None) -> None:
    assert read_zone(written, country) == zone


@given(st.text(max_size=60))
def test_no_string_makes_it_raise(text: str) -> None:
    for read in (read_time, find_time):
        stamp = read(text)
        if stamp is not None and stamp.zone is not None:
            assert is_zone(stamp.zone)


@given(
    st.datetimes(dt.datetime(1700, 1, 1), dt.datetime(2199, 12, 31)),
    st.integers(-14 * 60, 14 * 60),
)
def test_reads_back_what_python_writes(local: dt.datetime, minutes: int) -> None:
    aware = local.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))
    stamp = read_time(aware.isoformat())
    assert stamp is not None
    at, zone, day = stamp.settle("UTC")
    assert at == aware.astimezone(dt.UTC).replace(tzinfo=None)
    assert tzinfo(zone).utcoffset(None) == aware.utcoffset()
    assert day == aware.date()
