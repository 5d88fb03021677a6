"""The lake as a whole, judged from numbers written for it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from expectations.whole.catalogue import WHOLE
from expectations.whole.clock import looks_turned, turn
from expectations.whole.compare import OTHERS
from expectations.whole.intervals import at_least, chance_of, so_few, unevenness
from expectations.whole.judge import judge
from expectations.whole.limits import WholeLimits
from expectations.whole.model import WholeFinding, worst_first
from expectations.whole.ratio import Sums, deviations
from warehouse.tables import Row

LIMITS = WholeLimits()
DAY = dt.date(2025, 3, 3)
#: How often news names a weekday 0 to 6 days before its publication.
HABIT = [714, 1015, 608, 333, 204, 138, 141]


def ratio(
    articles: int, of: int, share: float, *, name: str = "nulls", source: str = "wire", **more: Any
) -> Row:
    """``of`` rows in each article, that share of them in every one."""
    x, y = float(of), of * share
    return {
        "name": name,
        "table": "figures",
        "column": "place",
        "value": None,
        "source": source,
        "new": False,
        "articles": articles,
        "x": articles * x,
        "y": articles * y,
        "xx": articles * x * x,
        "yy": articles * y * y,
        "xy": articles * x * y,
        **more,
    }


def volume(days: list[int], *, source: str = "wire", first: dt.date = DAY) -> Row:
    """So many articles on each of the days."""
    by_day = {first + dt.timedelta(days=n): many for n, many in enumerate(days) if many}
    return {
        "name": "volume",
        "table": "articles",
        "source": source,
        "articles": sum(days),
        "new": 0,
        "first": min(by_day, default=None),
        "last": max(by_day, default=None),
        "days": by_day,
    }


def measured(**groups: list[Row]) -> dict[str, list[Row]]:
    names = ("files", "sound", "ratios", "volumes", "weekdays", "lags", "forgotten", "texts")
    return {name: groups.get(name, []) for name in names}


def found(
    now: dict[str, list[Row]], before: dict[str, list[Row]] | None, name: str, **limits: Any
) -> list[WholeFinding]:
    return [one for one in judge(now, before, WholeLimits(**limits)) if one.name == name]


class TestNumbers:
    def test_an_interval_is_wilsons(self) -> None:
        assert at_least(5, 100, 1.96) == pytest.approx(0.0215, abs=1e-4)
        assert at_least(0, 10) == 0
        assert at_least(10, 10) == pytest.approx(10 / (10 + 3.29**2))
        assert at_least(0, 0) == 0

    def test_chances_are_those_of_their_laws(self) -> None:
        assert chance_of(1.96) == pytest.approx(0.025, abs=1e-4)
        assert so_few(0, 3) == pytest.approx(0.0498, abs=1e-4)
        assert so_few(2, 3) == pytest.approx(0.4232, abs=1e-4)
        assert so_few(5, 0) == 1
        assert unevenness([4, 4, 4]) == 1, "never more even than chance"
        assert unevenness([0, 20, 0, 20]) > 10

    def test_rows_of_one_article_count_as_what_they_say(self) -> None:
        """100 articles of 50 rows that are all null or none say no more than 100 rows."""
        alike = Sums(100, 5000, 2500, 250_000, 125_000, 125_000)
        alone = Sums(100, 100, 50, 100, 50, 50)
        assert alike.ratio == alone.ratio == 0.5
        assert alike.variance == pytest.approx(alone.variance)

    def test_a_share_of_none_is_not_certain(self) -> None:
        assert 0 < deviations(Sums.of(ratio(10, 1, 0)), Sums.of(ratio(10, 1, 0.2))) < 5

    def test_sums_add_up(self) -> None:
        one = Sums.of(ratio(10, 4, 0.5))
        assert (one + one).ratio == one.ratio
        assert (one + one).variance < one.variance


class TestClock:
    def test_a_habit_that_is_turned_is_seen_and_how_far(self) -> None:
        later = HABIT[-1:] + HABIT[:-1]
        assert turn(HABIT, later, 500).days == 1
        assert turn(HABIT, later, 500).evidence > 50
        earlier = [n // 20 for n in HABIT[1:] + HABIT[:1]]
        assert turn(HABIT, earlier, 100).days == -1
        assert turn(HABIT, earlier, 100).evidence > 10

    def test_the_same_habit_is_not_turned(self) -> None:
        assert turn(HABIT, HABIT, 900) == turn(HABIT, [], 0) == turn([], HABIT, 900)
        assert turn(HABIT, [n // 30 for n in HABIT], 60).evidence == 0

    def test_names_of_one_article_are_not_many_witnesses(self) -> None:
        later = HABIT[-1:] + HABIT[:-1]
        assert turn(HABIT, later, 30).evidence < LIMITS.clock < turn(HABIT, later, 300).evidence

    def test_without_a_baseline_a_day_off_can_be_seen(self) -> None:
        assert not looks_turned(HABIT)
        assert looks_turned(HABIT[-1:] + HABIT[:-1])
        assert looks_turned(HABIT[1:] + HABIT[:1])

    def test_it_is_told_which_way(self) -> None:
        of: Row = {"name": "weekdays", "table": "dates", "source": "wire", "days": 9}
        was = measured(weekdays=[{**of, "new": True, "articles": 900, "back": HABIT}])
        late = [n // 10 for n in HABIT[-1:] + HABIT[:-1]]
        now = measured(
            weekdays=[
                {**of, "new": False, "articles": 900, "back": HABIT},
                {**of, "new": True, "articles": 90, "back": late},
            ]
        )
        (one,) = found(now, was, "clock")
        assert (one.outcome, one.source) == ("failed", "wire")
        assert "a day later" in one.detail
        assert "articles written since" in one.detail
        assert found(was, was, "clock")[0].outcome == "passed"


class TestRatios:
    def test_a_column_that_came_empty_fails_and_one_that_filled_does_not(self) -> None:
        was, half = measured(ratios=[ratio(60, 9, 0.1)]), measured(ratios=[ratio(60, 9, 0.6)])
        (one,) = found(half, was, "nulls")
        assert (one.outcome, one.where) == ("failed", "figures.place of wire")
        assert one.before == "10% (54 of 540) null"
        assert one.observed == "60% (324 of 540) null"
        assert one.rose is True
        assert one.to_do
        assert found(was, half, "nulls")[0].outcome == "passed"

    def test_a_change_that_is_sure_and_small_is_let_pass(self) -> None:
        was, now = ratio(9000, 9, 0.1), ratio(9000, 9, 0.15)
        assert deviations(Sums.of(was), Sums.of(now)) > LIMITS.deviations
        (one,) = found(measured(ratios=[now]), measured(ratios=[was]), "nulls")
        assert one.outcome == "passed"

    def test_few_articles_are_not_judged(self) -> None:
        was, now = measured(ratios=[ratio(29, 9, 0.0)]), measured(ratios=[ratio(500, 9, 0.9)])
        assert [one.outcome for one in found(now, was, "nulls")] == ["not judged"]
        assert found(now, was, "nulls", articles=20)[0].outcome == "failed"

    def test_a_small_batch_is_seen_in_a_large_lake(self) -> None:
        was = measured(ratios=[ratio(20_000, 9, 0.1)])
        now = measured(ratios=[ratio(20_000, 9, 0.1), ratio(40, 9, 0.8, new=True)])
        (one,) = found(now, was, "nulls")
        assert one.detail.startswith("articles written since")
        assert one.observed == "80% (288 of 360) null"

    def test_small_sources_are_compared_together(self) -> None:
        sources = [f"feed {n}" for n in range(5)]
        was = measured(
            ratios=[ratio(20, 9, 0.1, source=source) for source in sources],
            volumes=[volume([20], source=source) for source in sources],
        )
        now = measured(ratios=[ratio(20, 9, 0.7, source=source) for source in sources])
        assert [one.source for one in found(now, was, "nulls")] == [OTHERS]

    def test_a_source_that_is_new_is_compared_with_nothing(self) -> None:
        was = measured(ratios=[ratio(60, 9, 0.1)])
        now = measured(ratios=[ratio(60, 9, 0.1), ratio(60, 9, 0.9, source="new")])
        assert [one.outcome for one in found(now, was, "nulls")] == ["passed"]

    def test_a_rare_kind_that_is_gone_is_seen_and_a_rarer_one_is_not(self) -> None:
        def kinds(killed: float, missing: float) -> dict[str, list[Row]]:
            rows = {"killed": killed, "missing": missing}
            of = [ratio(900, 50, share, name="kinds", value=kind) for kind, share in rows.items()]
            return measured(ratios=of)

        (one,) = found(kinds(0.0, 0.0), kinds(0.04, 0.01), "kinds")
        assert (one.value, one.subject) == ("killed", "wire/killed")

    def test_a_kind_that_there_was_none_of_may_come(self) -> None:
        old = ratio(90, 9, 0.9, name="kinds", value="en")
        new = [
            ratio(90, 9, 0.4, name="kinds", value="en"),
            ratio(90, 9, 0.5, name="kinds", value="de"),
        ]
        names = {one.value for one in found(measured(ratios=new), measured(ratios=[old]), "kinds")}
        assert names == {"en", "de"}

    def test_a_kind_that_is_gone_altogether_is_seen(self) -> None:
        old = [ratio(90, 9, 0.5, name="kinds", value=kind) for kind in ("en", "de")]
        (one,) = found(measured(ratios=old[:1]), measured(ratios=old), "kinds")
        assert (one.value, one.observed) == ("de", "0% (0 of 810)")

    def test_a_typical_value_is_a_geometric_mean(self) -> None:
        def values(log: float) -> dict[str, list[Row]]:
            return measured(ratios=[ratio(90, 3, log, name="mean_value", value="killed")])

        (one,) = found(values(5.0), values(2.0), "mean_value")
        assert (one.before, one.observed) == ("99 typically (of 270)", "1e+05 typically (of 270)")
        assert found(values(2.2), values(2.0), "mean_value")[0].outcome == "passed"

    def test_fewer_rows_an_article_are_told_beside_those_before(self) -> None:
        def rows(mean: float) -> dict[str, list[Row]]:
            return measured(ratios=[ratio(90, 1, mean, name="rows_an_article", column=None)])

        (one,) = found(rows(4.0), rows(9.0), "rows_an_article")
        assert (one.before, one.observed, one.rose) == ("9 on average", "4 on average", False)


class TestStanding:
    def test_shares_are_judged_by_their_interval(self) -> None:
        def without(articles: int, share: float) -> dict[str, list[Row]]:
            row = ratio(articles, 1, share, name="without_rows", table="entities", column=None)
            y = row["y"]
            return measured(ratios=[{**row, "yy": y, "xy": y}])

        assert found(without(1000, 0.5), None, "without_entity")[0].outcome == "failed"
        assert found(without(40, 0.3), None, "without_entity")[0].outcome == "passed"
        assert found(without(20, 1.0), None, "without_entity")[0].outcome == "not judged"

    def test_a_paragraph_in_many_stories_is_doubted(self) -> None:
        row: Row = {
            "name": "repeated_paragraphs",
            "table": "articles",
            "source": "wire",
            "stories": 200,
            "repeated": 60,
            "rows": [{"article_id": "a" * 16, "sentence": "Sign up here.", "n": 60}],
        }
        (one,) = found(measured(texts=[row]), None, "repeated_paragraphs")
        assert one.outcome == "warned"
        assert one.examples[0].sentence == "Sign up here."
        few = measured(texts=[{**row, "repeated": 9, "stories": 20}])
        assert found(few, None, "repeated_paragraphs")[0].outcome == "passed"

    def test_what_must_never_be_fails_with_one_row(self) -> None:
        row: Row = {
            "name": "keys_unique",
            "table": "dates",
            "column": None,
            "points_at": None,
            "bad": 2,
            "whole": 9000,
            "rows": [{"date_id": "d" * 16, "article_id": "a" * 16, "surface": "Monday"}],
        }
        (one,) = found(measured(sound=[row]), None, "keys_unique")
        assert (one.outcome, one.observed) == ("failed", "2 of 9,000 rows")
        assert (one.examples[0].row_id, one.examples[0].surface) == ("d" * 16, "Monday")


class TestVolumes:
    def test_a_source_that_fell_silent_fails(self) -> None:
        was = measured(volumes=[volume([6] * 14), volume([6] * 14, source="other")])
        now = measured(volumes=[volume([6] * 14), volume([6] * 20, source="other")])
        (one,) = found(now, was, "silent")
        assert (one.outcome, one.source, one.before) == ("failed", "wire", "6 a day")
        assert one.observed == "0 articles in the 6 days up to 2025-03-22"
        assert found(was, was, "silent")[0].outcome == "not judged"

    def test_a_pause_that_uneven_days_explain_is_none(self) -> None:
        uneven = [0, 0, 40, 0, 1, 0, 2, 60, 1, 1, 0, 3, 1, 0]
        was = measured(volumes=[volume(uneven), volume([6] * 14, source="other")])
        now = measured(volumes=[volume(uneven), volume([6] * 16, source="other")])
        assert [one.outcome for one in found(now, was, "silent")] == ["passed"]

    def test_articles_that_are_gone_fail_unless_they_were_forgotten(self) -> None:
        was, now = (
            measured(volumes=[volume([50] * 4)]),
            measured(volumes=[volume([50, 50, 50, 40])]),
        )
        was["forgotten"] = [{"n": 3}]
        now["forgotten"] = [{"n": 3}]
        (one,) = found(now, was, "articles_kept")
        assert (one.outcome, one.before) == ("failed", "200")
        assert "5% are gone" in one.observed
        now["forgotten"] = [{"n": 13}]
        assert found(now, was, "articles_kept")[0].outcome == "passed"

    def test_a_source_that_is_gone_altogether_is_named(self) -> None:
        was = measured(volumes=[volume([50] * 4), volume([50] * 4, source="other")])
        (one,) = found(measured(volumes=[volume([50] * 4)]), was, "articles_kept")
        assert one.source == "other"

    def test_days_are_held_against_days_of_their_kind(self) -> None:
        week = [80, 85, 90, 84, 78, 40, 38]
        assert found(measured(volumes=[volume(week * 3)]), None, "volume_by_day")[0].outcome == (
            "passed"
        )
        doubled = [*week, 80, 170, *week[2:], *week]
        (one,) = found(measured(volumes=[volume(doubled)]), None, "volume_by_day")
        assert (one.outcome, one.value) == ("warned", "2025-03-11")
        gap = [*week, 80, 3, *week[2:], *week]
        (one,) = found(measured(volumes=[volume(gap)]), None, "volume_by_day")
        assert one.observed == "3 articles on 2025-03-11, where 84 are usual"

    def test_a_full_day_that_grew_is_busy(self) -> None:
        was, now = volume([50] * 12), volume([50, 50, 120, *[50] * 9])
        (one,) = found(measured(volumes=[now]), measured(volumes=[was]), "busy")
        assert (one.outcome, one.before, one.value) == ("warned", "50", "2025-03-05")

    def test_a_source_that_stopped_is_doubted_without_a_baseline(self) -> None:
        now = measured(volumes=[volume([6] * 14), volume([6] * 24, source="other")])
        (one,) = found(now, None, "fresh")
        assert (one.outcome, one.source) == ("warned", "wire")
        assert "nothing for 10 days, since 2025-03-16" in one.observed


class TestOutcomes:
    def broken(self, *, unreadable: bool) -> Row:
        return {
            "name": "nulls",
            "table": "figures",
            "column": None,
            "broke": "IOException: no such file",
            "unreadable": unreadable,
        }

    def test_what_could_not_be_asked_broke(self) -> None:
        (one,) = found(measured(ratios=[self.broken(unreadable=True)]), None, "nulls")
        assert (one.outcome, one.detail) == ("broke", "IOException: no such file")

    def test_where_a_file_is_missing_it_is_not_judged(self) -> None:
        files: list[Row] = [
            {"table": "figures", "files": 2, "bad": [("f", "there is no such file")]}
        ]
        now = measured(files=files, ratios=[self.broken(unreadable=True)])
        assert found(now, None, "nulls")[0].outcome == "not judged"
        assert found(now, None, "files_readable")[0].outcome == "failed"
        now = measured(files=files, ratios=[self.broken(unreadable=False)])
        assert found(now, None, "nulls")[0].outcome == "broke", "a column is missing, too"

    def test_what_a_baseline_cannot_say_is_not_judged(self) -> None:
        was = measured(ratios=[self.broken(unreadable=False)])
        outcomes = {one.outcome for one in found(measured(), was, "nulls")}
        assert outcomes == {"not judged"}

    @pytest.mark.parametrize(("severity", "outcome"), [("warning", "warned"), ("error", "failed")])
    def test_a_severity_can_be_set(self, severity: str, outcome: str) -> None:
        was, now = measured(ratios=[ratio(60, 9, 0.1)]), measured(ratios=[ratio(60, 9, 0.9)])
        assert found(now, was, "nulls", severity={"nulls": severity})[0].outcome == outcome
        assert found(now, was, "nulls", severity={"nulls": "off"}) == []

    def test_the_worst_come_first(self) -> None:
        was = measured(ratios=[ratio(60, 9, 0.1), ratio(60, 9, 0.1, source="other")])
        now = measured(ratios=[ratio(60, 9, 0.5), ratio(60, 9, 0.9, source="other")])
        findings = judge(now, was, LIMITS)
        assert [one.source for one in findings if one.outcome == "failed"] == ["other", "wire"]
        assert findings == sorted(findings, key=worst_first)

    def test_each_expectation_says_what_to_do(self) -> None:
        for one in WHOLE.values():
            assert one.expected
            assert one.judged.endswith(".")
            assert len(one.to_do) > 20
