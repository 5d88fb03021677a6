"""What always holds: of periods, of every reading of the grammar's meanings, and of any text."""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from collections.abc import Iterator
from itertools import pairwise

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.dates import fuzz
from benchmarks.dates_score import interval
from tests.properties import examples
from tests.transforms.dates.conftest import Read
from tests.transforms.dates.productions import productions, read_stages, words
from transforms.dates import meanings as m
from transforms.dates.anchors import reads
from transforms.dates.en.rules import STAGES
from transforms.dates.meanings import Meaning
from transforms.dates.patterns import class_name
from transforms.dates.periods import UNITS, Period, shift_day
from transforms.dates.resolve import Anchors, Resolved, resolve
from transforms.dates.timex import CODES
from warehouse.tables import DATES

DAYS = st.dates(dt.date(130, 1, 1), dt.date(9900, 12, 31))


@given(DAYS, st.sampled_from(UNITS), st.integers(-40, 40))
def test_periods_tile_the_calendar(day: dt.date, unit: str, count: int) -> None:
    period = Period.holding(unit, day)
    assert period.first is not None
    assert period.last is not None
    assert period.first <= day <= period.last
    after = period.shift(1)
    assert after.first == period.last + dt.timedelta(1)
    assert period.shift(count).shift(-count) == period
    assert Period.holding(unit, period.first) == Period.holding(unit, period.last) == period


@given(DAYS, st.sampled_from([u for u in UNITS if u != "day"]))
def test_thirds_follow_each_other(day: dt.date, unit: str) -> None:
    period = Period.holding(unit, day)
    thirds = [period.third(which) for which in range(3)]
    assert thirds[0][0] == period.first
    assert thirds[2][1] == period.last
    for (_, end), (start, _) in pairwise(thirds):
        assert end is not None
        assert start == end + dt.timedelta(1)


@given(st.integers(-30_000, 200_000), st.sampled_from(UNITS))
def test_periods_outside_the_calendar_have_no_days(index: int, unit: str) -> None:
    period = Period(unit, index * 7)
    assert (period.first is None) or period.first <= (period.last or dt.date.max)
    assert isinstance(period.value, str)
    assert period.edtf is None or isinstance(period.edtf, str)


@given(DAYS, st.sampled_from(UNITS), st.integers(-9999, 9999))
def test_shifting_a_day_never_leaves_the_calendar(day: dt.date, unit: str, count: int) -> None:
    moved = shift_day(day, unit, count)
    assert moved is None or dt.date.min <= moved <= dt.date.max


# ---- the grammar's own productions

partials: st.SearchStrategy[m.Meaning] = st.one_of(
    st.builds(m.Partial, st.just("month"), st.integers(1, 12)),
    st.builds(m.Partial, st.just("weekday"), st.integers(1, 7)),
    st.builds(m.Partial, st.just("quarter"), st.integers(1, 4)),
    st.builds(m.Partial, st.just("season"), st.integers(1, 4)),
    st.builds(m.Partial, st.just("half"), st.integers(1, 2)),
    st.builds(m.Partial, st.just("day"), st.integers(1, 12), st.integers(1, 31)),
    st.builds(m.Holiday, st.sampled_from(["Easter", "Thanksgiving", "Ramadan", "Victory Day"])),
)
points: st.SearchStrategy[m.Meaning] = st.builds(
    m.Point, st.builds(Period.holding, st.sampled_from(UNITS), DAYS)
)
years: st.SearchStrategy[m.Meaning] = st.one_of(
    st.builds(m.Point, st.builds(Period.of_year, st.just("year"), st.integers(2, 9990))),
    st.builds(m.Relative, st.just("year"), st.integers(-9, 9)),
)
sides = st.sampled_from([-1, 1])
anchor_names = st.sampled_from(["publication", "reference"])
relatives: st.SearchStrategy[m.Meaning] = st.builds(
    m.Relative, st.sampled_from(UNITS), st.integers(-3, 3), anchor_names
)
lengths = st.builds(
    m.Length,
    st.one_of(st.none(), st.integers(1, 400).map(float), st.just(1.5)),
    st.sampled_from([u for u in CODES if u != "half"]),
)
places = st.sampled_from([1, 2, 3, 4, 5, -1])
clocks = st.builds(m.Clock, st.integers(0, 24), st.integers(0, 59))
simple = st.one_of(partials, points, relatives)
meanings: st.SearchStrategy[m.Meaning] = st.one_of(
    simple,
    lengths,
    st.builds(m.Chosen, partials, st.sampled_from([-1, 0, 1])),
    st.builds(m.Inside, partials, years),
    st.builds(m.Section, simple, st.sampled_from(["START", "MID", "END"])),
    st.builds(m.Modified, simple, st.sampled_from(["APPROX", "START", "ON_OR_AFTER"])),
    st.builds(m.Offset, lengths, sides, anchor_names),
    st.builds(m.Stretch, lengths, sides),
    st.builds(m.Range, points, points),
    st.builds(m.Range, partials, partials),
    st.builds(m.Nth, places, st.sampled_from(["week", "day", "month"]), simple),
    st.builds(m.Nth, places, st.just("weekday"), simple, weekday=st.integers(1, 7)),
    st.builds(m.Timed, st.one_of(st.none(), simple), clocks),
    st.builds(m.Weekend, st.sampled_from([None, -1, 0, 1])),
    st.builds(m.Half, st.sampled_from([1, 2]), simple),
    st.builds(m.Holding, st.just("week"), simple),
    st.builds(m.Ended, lengths, points),
    st.builds(m.Account, st.integers(-2, 0), st.one_of(st.none(), years)),
    st.just(m.ToDate()),
)  # fmt: skip


@st.composite
def anchors(draw: st.DrawFn) -> Anchors:
    published = draw(st.one_of(st.none(), st.dates(dt.date(1800, 1, 1), dt.date(2100, 12, 31))))
    told = Anchors(published, draw(st.booleans()))
    tense = draw(st.sampled_from(["past", "future", "present", ""])), draw(st.booleans())
    told.tense = lambda: tense
    before = draw(st.one_of(st.none(), points))
    if before is not None:
        told.remember(0, before, resolve(before, told))
    return told


def edtf_days(text: str) -> tuple[dt.date, dt.date]:
    """First and last day of an EDTF expression, by the edtf library."""
    parsed = edtf.parse_edtf(text)
    return dt.date(*parsed.lower_strict()[:3]), dt.date(*parsed.upper_strict()[:3])


def check(resolved: Resolved) -> None:
    start, end = resolved.start, resolved.end
    assert (start is None) == (end is None)
    if start is None or end is None:
        return
    assert start <= end
    assert resolved.granularity in DATES["granularity"].allowed
    winter = "-24" in (resolved.edtf or "") or "WI" in (resolved.value or "")
    if resolved.edtf is not None and not winter:
        low, high = edtf_days(resolved.edtf.rstrip("~"))
        assert (low, high) == (start, end) or resolved.type == "TIME"
    days = interval(resolved.value)
    if any(end.mod for end in resolved.ends or ()):
        return  # from early May: the value says May
    if days is not None and resolved.mod not in ("START", "MID", "END") and not resolved.holiday:
        assert days == (start.isoformat(), end.isoformat())


@settings(max_examples=examples(400))
@given(meanings, anchors())
def test_value_edtf_and_interval_agree(meaning: m.Meaning, told: Anchors) -> None:
    resolved = resolve(meaning, told)
    assert resolved.type in DATES["type"].allowed
    assert resolved.mod is None or resolved.mod in DATES["mod"].allowed
    assert resolved.direction is None or resolved.direction in DATES["direction"].allowed
    check(resolved)
    for end in resolved.ends or ():
        check(end)


@given(productions(), anchors())
def test_what_the_rules_read_agrees_too(production: tuple[str, str], told: Anchors) -> None:
    _, text = production
    for node in read_stages(text):
        assert 0 <= node.start < node.end <= len(text)
        if isinstance(node.value, Meaning):
            resolved = resolve(node.value, told)
            check(resolved)
            for end in resolved.ends or ():
                check(end)


def test_every_class_of_a_pattern_can_stand_in_a_text() -> None:
    known = set(words())
    for stage in STAGES:
        for rule, expression, _, _ in stage.expressions():
            wanted = set("".join(re.findall(r"\[([^]]*)\]", expression)))
            dead = [n for c in wanted - known if (n := class_name(c))[0].isalnum()]
            assert not dead, f"rule {rule.name}: no word and no rule gives {dead}"


def test_every_rule_has_a_name_and_can_be_reached() -> None:
    for stage in STAGES:
        assert stage.rules
        assert stage.compiled
        for rule in stage.rules:
            assert rule.name.isidentifier()
            assert rule.pattern


def test_a_kind_of_meaning_has_one_reader() -> None:
    with pytest.raises(ValueError, match="two readers of Point"):
        reads(m.Point)(lambda meaning, told: resolve(meaning, told))


def test_classes_keep_their_names() -> None:
    from transforms.dates.patterns import code

    assert class_name(code("MONTH")) == "MONTH"


def test_mutated_sentences_raise_nothing_and_keep_their_offsets() -> None:
    assert fuzz(120, seed=7) > 100


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = os.environ.get("TZ")
    yield
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


TEXT = (
    "Talks that began on Monday ended late last night. On 3 May the ministers will meet again, two "
    "weeks after the truce of April 19. A year ago the price was $3. Sales rose in the third "
    "quarter."
)


@pytest.mark.usefixtures("zone")
def test_the_machine_s_zone_changes_nothing(read: Read) -> None:
    found = []
    for name in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"):
        os.environ["TZ"] = name
        time.tzset()
        found.append(read(TEXT, "2024-04-30"))
    assert len(found[0]) >= 7
    assert all(rows == found[0] for rows in found)


def test_neighbours_change_nothing(read: Read) -> None:
    alone = read(TEXT, "2024-04-30")
    read(
        "In 1812 the war began; in May it was over; in 1813 came another, and in 1814.",
        "2009-01-01",
    )
    assert read(TEXT, "2024-04-30") == alone
