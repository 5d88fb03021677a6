"""Aggregate expectations look at the run so far, from some number of articles on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.check import Checked
from expectations.totals import Limits, Totals, aggregates, count
from warehouse.tables import Row

Story = dict[str, list[Row]]

USUAL = {"articles": 300, "entities": 900, "mentions": 3000, "dates": 600, "figures": 600}


def seen(articles: int = 300, **more: Any) -> Totals:
    made = more.pop("made", {name: n * articles // 300 for name, n in USUAL.items()})
    return Totals(articles=articles, read=more.pop("read", articles), made=made, **more)


def failing(before: Totals, batch: Totals, limits: Limits | None = None) -> set[str]:
    return {
        one.expectation.label
        for one in aggregates(before, batch, limits or Limits())
        if one.judged
        and one.observed is not None
        and not (
            (one.least is None or one.observed >= one.least)
            and (one.most is None or one.observed <= one.most)
        )
    }


@pytest.mark.parametrize(
    ("batch", "label"),
    [
        (seen(without_entities=100), "articles entities_found"),
        (seen(undated=200), "articles publication_dated"),
        (seen(quarantined={"figures": 60}), "figures rows_pass"),
        (seen(quarantined={"articles": 30}), "articles rows_pass"),
        (seen(made={**USUAL, "figures": 0}), "figures rows_an_article"),
        (seen(made={**USUAL, "mentions": 200}), "mentions rows_an_article"),
    ],
)
def test_each_limit_stops_a_batch(batch: Totals, label: str) -> None:
    assert failing(Totals(), batch) == {label}


def test_what_is_usual_passes() -> None:
    assert failing(seen(), seen()) == set()


def test_few_articles_are_not_judged() -> None:
    assert failing(Totals(), seen(199, undated=199)) == set()
    assert failing(seen(199, undated=199), seen(1)) == {"articles publication_dated"}


def test_a_silent_reader_is_seen_in_the_batch() -> None:
    silent = seen(100, made={"articles": 100, "mentions": 1000, "dates": 200, "figures": 10})
    assert failing(seen(3000), silent) == {"figures no_sudden_drop"}
    few = seen(20, made={"articles": 20, "mentions": 200, "dates": 40, "figures": 0})
    assert failing(seen(3000), few) == set()


def test_limits_can_be_set() -> None:
    assert failing(Totals(), seen(undated=200), Limits(undated=0.7)) == set()
    assert failing(Totals(), seen(10, undated=1), Limits(undated=0, from_articles=5)) == {
        "articles publication_dated"
    }


def test_duplicates_and_other_languages_are_not_expected_to_have_rows(
    story: Callable[..., Story], joined: Callable[..., Story]
) -> None:
    bare = [
        {**story(1)["articles"][0], "duplicate_of": "0123456789abcdef"},
        {**story(2)["articles"][0], "language": "fr"},
        {**story(3)["articles"][0], "language": None},
    ]
    rows = story(0)
    rows["articles"] += bare
    counted = count(rows, {})
    assert (counted.articles, counted.read, counted.without_entities) == (4, 2, 1)


counts = st.dictionaries(st.sampled_from(sorted(USUAL)), st.integers(0, 1000))
totals = st.builds(
    Totals, *(st.integers(0, 1000) for _ in range(4)), made=counts, quarantined=st.just({})
)


@given(totals, totals, totals)
def test_counts_add_up_however_they_are_cut(one: Totals, two: Totals, three: Totals) -> None:
    assert (one + two) + three == one + (two + three)
    assert (one + two).rows_made == one.rows_made + two.rows_made


@given(totals)
def test_rows_made_are_passed_or_quarantined(one: Totals) -> None:
    assert one.rows_made == sum(one.passed.values()) + one.rows_quarantined


def test_a_failed_aggregate_stops_the_batch(
    story: Callable[..., Story], joined: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    rows = joined(*(story(n, published_at=None, published_date=None) for n in range(4)))
    for table in ("entities", "mentions", "dates", "claims", "events", "figures"):
        for row in rows[table]:
            row["published_date"] = None
    limits = Limits(from_articles=4)
    first = check(joined(story(10), story(11)), limits=limits)
    assert first.failed == []
    second = check(rows, first.totals, limits=limits)
    assert second.failed == ["articles publication_dated"]
    assert second.broke == []
    assert not second.publishable
    assert second.totals.articles == 6
    (told,) = (q for q in second.quality if q["outcome"] == "failed")
    assert (told["kind"], told["observed"]) == ("aggregate", "0.6667")
    assert told["detail"] == (
        "expected at most 50% of the articles to have no publication date; found 0.6667"
    )


def test_an_unjudged_aggregate_says_so(
    story: Callable[..., Story], check: Callable[..., Checked]
) -> None:
    checked = check(story(0, published_at=dt.datetime(2026, 3, 7)))
    told = [q for q in checked.quality if q["expectation"] == "publication_dated"]
    assert [(q["outcome"], q["checked"], q["observed"]) for q in told] == [("passed", 0, "0")]
    assert "not judged" in told[0]["detail"]
