"""What a state of the lake measures, in a small lake."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.stories import batch_of, key, raw_id, raw_rows
from warehouse.errors import SqlError
from warehouse.lake import Lake, Publication
from warehouse.maintain import Policy
from warehouse.measures import days, files, measure, ratios, sound, texts
from warehouse.measures.examples import Wanted, examples
from warehouse.measures.state import snapshot_of, state
from warehouse.tables import FINGERPRINTS, RUNS, TABLES_BY_NAME, Row

ARTICLES = 20


@pytest.fixture
def filled(lake: Lake) -> Lake:
    """Twenty articles, one a day, all told."""
    publish(lake, range(ARTICLES))
    return lake


def publish(lake: Lake, numbers: range, run: str = "run-1") -> int:
    lake.add_raws(raw_rows(numbers), run)
    batch = batch_of(numbers, run=run)
    batch["fingerprints"] = FINGERPRINTS.arrow(
        FINGERPRINTS.row(
            article_id=key("article", number),
            published_date=dt.date(2025, 1, 1) + dt.timedelta(days=number),
            family_id=key("article", number),
            signature=b"",
        )
        for number in numbers
    )
    return lake.publish(Publication(insert=batch), run)


def change(lake: Lake, sql: str) -> None:
    lake._connection.execute(sql)


def wrong(lake: Lake) -> dict[tuple[str, str, str | None], int]:
    """What must never be there, by expectation, table and column."""
    with state(lake.path) as now:
        rows = list(sound.sound(now))
    assert not [row for row in rows if "broke" in row]
    return {(r["name"], r["table"], r["column"]): r["bad"] for r in rows if r["bad"]}


def of(rows: list[Row], **values: Any) -> list[Row]:
    return [row for row in rows if all(row.get(name) == value for name, value in values.items())]


class TestSound:
    def test_a_sound_lake_has_nothing_wrong(self, filled: Lake) -> None:
        assert wrong(filled) == {}

    def test_keys_references_and_days(self, filled: Lake) -> None:
        first, other = key("article", 0), key("article", 1)
        change(filled, "INSERT INTO lake.dates FROM lake.dates LIMIT 3")
        change(filled, f"DELETE FROM lake.raw_articles WHERE raw_id = '{raw_id(3)}'")
        change(filled, f"DELETE FROM lake.entities WHERE article_id = '{first}'")
        change(
            filled,
            "UPDATE lake.figures SET published_date = DATE '2024-01-01' "
            f"WHERE article_id = '{other}'",
        )
        found = wrong(filled)
        assert found.pop(("keys_unique", "dates", None)) == 6
        assert found.pop(("references", "articles", "raw_id")) == 1
        assert found.pop(("references", "inputs", "raw_id")) == 1
        assert found.pop(("references", "mentions", "entity_id")) == 2
        assert found.pop(("references", "figures", "attributed_entity_id")) == 1
        assert found.pop(("references", "figures", "place_entity_id")) == 1
        assert found.pop(("days_agree", "figures", "published_date")) == 1
        assert found == {}

    def test_stories(self, filled: Lake) -> None:
        one, two, three = (key("article", number) for number in range(3))
        change(
            filled, f"UPDATE lake.articles SET text_id = 'a' WHERE article_id IN ('{one}', '{two}')"
        )
        change(
            filled, f"UPDATE lake.articles SET duplicate_of = '{one}' WHERE article_id = '{three}'"
        )
        change(filled, f"DELETE FROM lake.fingerprints WHERE article_id = '{one}'")
        change(filled, f"UPDATE lake.fingerprints SET signature = 'x' WHERE article_id = '{two}'")
        assert wrong(filled) == {
            ("one_original", "articles", "text_id"): 2,
            ("duplicates_have_no_rows", "entities", "article_id"): 2,
            ("duplicates_have_no_rows", "mentions", "article_id"): 2,
            ("duplicates_have_no_rows", "dates", "article_id"): 1,
            ("duplicates_have_no_rows", "figures", "article_id"): 1,
            ("stories_compared", "articles", None): 1,
            ("stories_compared", "fingerprints", "signature"): 1,
        }

    def test_an_article_published_after_it_was_fetched(self, filled: Lake) -> None:
        later = "published_at = TIMESTAMP '2025-06-03 01:00', published_date = DATE '2025-06-02'"
        change(filled, f"UPDATE lake.articles SET {later} WHERE article_id = '{key('article', 0)}'")
        assert ("published_by_fetch", "articles", "published_at") in wrong(filled)

    def test_the_first_rows_are_shown(self, filled: Lake) -> None:
        change(filled, "INSERT INTO lake.figures FROM lake.figures")
        with state(filled.path) as now:
            (row,) = of(list(sound.sound(now)), name="keys_unique", table="figures")
        assert (row["bad"], row["whole"], len(row["rows"])) == (40, 40, 3)
        assert row["rows"][0]["surface"] == "1,200"
        assert "soldiers" in row["rows"][0]["sentence"]


class TestFiles:
    def test_missing_cut_and_overwritten_files_are_named(self, filled: Lake) -> None:
        with state(filled.path) as now:
            assert not [row for row in files.files(now) if row["bad"]]
        there = {
            table: next((filled.path / "data").rglob(f"{table}/**/*.parquet"))
            for table in ("figures", "dates", "mentions")
        }
        there["figures"].unlink()
        there["dates"].write_bytes(there["dates"].read_bytes()[:-9])
        there["mentions"].write_bytes(bytes(there["mentions"].stat().st_size))
        with state(filled.path) as now:
            bad = {row["table"]: row["bad"] for row in files.files(now) if row["bad"]}
            measured = measure(now)
        assert set(bad) == set(there)
        assert bad["figures"] == [(there["figures"].name, "there is no such file")]
        assert "the catalog says" in bad["dates"][0][1]
        broken = [row for rows in measured.values() for row in rows if "broke" in row]
        assert broken
        assert all(row["unreadable"] for row in broken)
        assert of(measured["ratios"], table="articles", name="nulls"), "the others are measured"


class TestRatios:
    def test_shares_are_added_up_by_article(self, filled: Lake) -> None:
        with state(filled.path) as now:
            now.number_articles()
            rows, counted = list(ratios.ratios(now)), list(ratios.counts(now))
        (nulls,) = of(rows, name="nulls", table="figures", column="predicate")
        wanted = {"articles": 20, "x": 20.0, "y": 20.0, "xx": 20.0, "xy": 20.0, "yy": 20.0}
        assert nulls.items() >= {"source": "wire", "new": True, **wanted}.items()
        (persons,) = of(rows, name="kinds", table="entities", value="PERSON")
        assert (persons["x"], persons["y"], persons["xx"], persons["xy"]) == (40, 20, 80, 40)
        (troops,) = of(rows, name="mean_value", value="troops")
        assert troops["y"] / troops["x"] == pytest.approx(3.0795, abs=1e-4)
        (mentions,) = of(counted, name="rows_an_article", table="mentions")
        assert (mentions["x"], mentions["y"], mentions["yy"]) == (20, 40, 80)
        (without,) = of(counted, name="without_rows", table="claims")
        assert (without["x"], without["y"]) == (20, 20)

    def test_what_was_written_since_is_apart(self, filled: Lake) -> None:
        with state(filled.path) as before:
            since = before.newest()
        publish(filled, range(ARTICLES, ARTICLES + 5), "run-2")
        change(
            filled,
            "UPDATE lake.articles SET ingested_at = TIMESTAMP '2025-06-02' WHERE run_id = 'run-2'",
        )
        with state(filled.path, since=since) as now:
            now.number_articles()
            counted = list(ratios.counts(now))
            (volume,) = days.volumes(now)
        articles = {row["new"]: row["articles"] for row in of(counted, name="rows_an_article")}
        assert articles == {False: 20, True: 5}
        assert (volume["articles"], volume["new"]) == (25, 5)

    def test_a_column_that_is_missing_breaks_one_table(self, filled: Lake) -> None:
        change(filled, "ALTER TABLE lake.events DROP COLUMN agent")
        with state(filled.path) as now:
            measured = measure(now)
        (broken,) = [row for row in measured["ratios"] if "broke" in row]
        assert (broken["table"], broken["unreadable"]) == ("events", False)
        assert "agent" in broken["broke"]


class TestDays:
    def test_an_article_from_the_future_makes_no_day(self, filled: Lake) -> None:
        change(
            filled,
            "UPDATE lake.articles SET published_date = DATE '2031-01-01' "
            f"WHERE article_id = '{key('article', 0)}'",
        )
        with state(filled.path) as now:
            now.number_articles()
            (volume,) = days.volumes(now)
            (lag,) = days.lags(now)
        assert volume["articles"] == 20
        assert (volume["first"], volume["last"]) == (dt.date(2025, 1, 2), dt.date(2025, 1, 20))
        assert sum(volume["days"].values()) == 19
        assert 24 * 131 < lag["middle"] < 24 * 152

    def test_weekdays_are_seen_from_publication_whatever_was_read(self, filled: Lake) -> None:
        change(filled, "UPDATE lake.dates SET date_start = NULL, date_end = NULL")
        with state(filled.path) as now:
            now.number_articles()
            (row,) = days.weekdays(now)
        assert (row["articles"], row["days"]) == (20, 20)
        assert row["back"] == [3, 2, 3, 3, 3, 3, 3], "all say Monday, from Wednesday 1 January on"


class TestTexts:
    def test_repeated_paragraphs_are_those_of_many_stories(self, filled: Lake) -> None:
        change(
            filled,
            "UPDATE lake.articles SET text = concat(text, chr(10), 'Read more of it here, "
            f"every day.') WHERE article_id <> '{key('article', 4)}'",
        )
        with state(filled.path) as now:
            now.number_articles()
            (row,) = texts.paragraphs(now)
        assert (row["stories"], row["repeated"]) == (20, 20)
        assert [(shown["n"], shown["sentence"][:9]) for shown in row["rows"]] == [
            (20, "Aid for R"),
            (19, "Read more"),
        ]

    def test_names_of_persons_that_stand_for_places(self, filled: Lake) -> None:
        change(
            filled,
            "UPDATE lake.entities SET entity_type = 'GPE' WHERE name = 'Rupert' "
            f"AND article_id IN ('{key('article', 1)}', '{key('article', 2)}')",
        )
        with state(filled.path) as now:
            (row,) = texts.names(now)
        assert (row["x"], row["y"], len(row["rows"])) == (20, 2, 2)
        assert {shown["surface"] for shown in row["rows"]} == {"Rupert"}

    def test_denominators_that_are_counted(self, filled: Lake) -> None:
        change(filled, "UPDATE lake.articles SET text = replace(text, ': 1,200', ' per 1,200')")
        change(
            filled, "UPDATE lake.figures SET char_start = char_start + 3, char_end = char_end + 3"
        )
        with state(filled.path) as now:
            now.number_articles()
            (row,) = texts.denominators(now)
        assert (row["x"], row["y"]) == (20, 20)
        assert row["rows"][0]["surface"] == "1,200"


class TestExamples:
    @pytest.mark.parametrize(
        ("wanted", "surface"),
        [
            (Wanted("nulls", "figures", "predicate", "wire"), "1,200"),
            (Wanted("kinds", "mentions", "entity_type", "wire", "PERSON"), "Rupert"),
            (Wanted("kinds", "entities", "entity_type", None, "GPE"), "Strelsau"),
            (Wanted("mean_value", "figures", "value", "wire", "troops", True), "1,200"),
            (Wanted("rows_an_article", "figures", None, "wire", None, False), "Headline 6"),
            (Wanted("without_rows", "events", None, "wire"), "Headline 6"),
            (Wanted("clock", "dates", "surface", "wire"), "Monday"),
            (Wanted("silent", "articles", "published_date", "wire"), "Headline 19"),
            (Wanted("busy", "articles", "published_date", "wire", "2025-01-03"), "Headline 2"),
            (Wanted("duplicates", "articles", "duplicate_of", "wire", None, False), "Headline 6"),
        ],
        ids=lambda value: getattr(value, "name", None),
    )
    def test_each_shows_rows_with_their_text(
        self, wanted: Wanted, surface: str, filled: Lake
    ) -> None:
        with state(filled.path) as now:
            now.number_articles()
            rows = examples(now, wanted)
        assert rows[0]["surface"] == surface
        assert "Ruritania" in rows[0]["sentence"]
        assert rows[0]["article_id"]

    def test_of_what_cannot_be_read_there_are_none(self, filled: Lake) -> None:
        with state(filled.path) as now:
            now.number_articles()
            assert examples(now, Wanted("nulls", "figures", "no_such_column")) == []


class TestBaseline:
    def runs(self, lake: Lake, *statuses: str) -> list[int]:
        """Runs that ended so, each of which published one article; the states after them."""
        made = []
        for number, status in enumerate(statuses):
            run = f"2025010{number}T000000Z-aaaaaaaa"
            publish(lake, range(number, number + 1), run)
            row: Row = {
                column.name: 0 if column.kind.python is int else "" for column in RUNS.columns
            }
            at = dt.datetime(2025, 1, 1)
            row.update(run_id=run, status=status, started_at=at, ended_at=at)
            insert = {RUNS.name: TABLES_BY_NAME[RUNS.name].arrow([row])}
            made.append(lake.publish(Publication(insert=insert), run))
        return made

    @pytest.mark.parametrize(
        ("statuses", "good"),
        [
            (("done", "done"), 0),
            (("done", "failed", "done"), 0),
            (("done", "done", "failed"), 1),
            (("done", "interrupted", "broke"), 0),
        ],
    )
    def test_last_good_is_the_state_before_the_newest_run(
        self, statuses: tuple[str, ...], good: int, lake: Lake
    ) -> None:
        states = self.runs(lake, *statuses)
        assert snapshot_of(lake.path, "last-good").number == states[good]

    def test_without_one_it_says_why(self, lake: Lake) -> None:
        with pytest.raises(SqlError, match="the lake has seen no run"):
            snapshot_of(lake.path, "last-good")
        self.runs(lake, "failed", "done")
        with pytest.raises(SqlError, match="no run before 20250101T000000Z-aaaaaaaa, the newest"):
            snapshot_of(lake.path, "last-good")

    def test_one_that_has_expired_names_those_that_there_are(self, lake: Lake) -> None:
        self.runs(lake, "done", "done", "failed")
        lake.maintain(Policy(expire_days=0, grace_hours=0))
        with pytest.raises(SqlError) as told:
            snapshot_of(lake.path, "last-good")
        assert "the state after 20250101T000000Z-aaaaaaaa" in str(told.value)
        assert "has expired" in str(told.value)
        assert "there are states of 20250102T000000Z-aaaaaaaa" in str(told.value)

    def test_a_run_a_number_and_a_time_mean_what_they_do_elsewhere(self, lake: Lake) -> None:
        states = self.runs(lake, "done", "done")
        assert snapshot_of(lake.path, "20250100T000000Z-aaaaaaaa").number == states[0]
        assert snapshot_of(lake.path, str(states[0])).number == states[0]
        with pytest.raises(SqlError, match="there is no snapshot 999"):
            snapshot_of(lake.path, "999")


def test_a_state_is_one_snapshot(filled: Lake, tmp_path: Path) -> None:
    with state(filled.path) as now:
        publish(filled, range(ARTICLES, ARTICLES + 5), "run-2")
        assert now.rows("SELECT count(*) AS n FROM lake.articles") == [{"n": ARTICLES}]
