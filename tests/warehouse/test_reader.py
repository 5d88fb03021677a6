"""What an analyst reads: tables, views, earlier states; and what a question may not do."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import warehouse
from tests.warehouse.stories import TEXT, batch_of, key
from warehouse import Reader, SqlError
from warehouse.address import Address
from warehouse.columns import Row
from warehouse.history import At, resolve, snapshots
from warehouse.lake import Lake, Publication
from warehouse.reader import lake_address
from warehouse.tables import TABLES, TABLES_BY_NAME
from warehouse.views import VIEWS, View


@pytest.fixture(scope="module")
def told(empty_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake in which run-1 told of two articles and run-2 revised one and told of a third."""
    folder = Path(shutil.copytree(empty_lake, tmp_path_factory.mktemp("told") / "lake"))
    with Lake.open(folder) as lake:
        lake.publish(Publication(insert=batch_of(range(2))), "run-1")
        again = batch_of(range(1, 3), run="run-2", value=1500)
        gone = [key("article", 1)]
        lake.publish(Publication(dict.fromkeys(again, gone), again), "run-2")
    return folder


@pytest.fixture(scope="module")
def reader(told: Path) -> Iterator[Reader]:
    with Reader.open(told) as opened:
        yield opened


def ask(reader: Reader, sql: str) -> list[Row]:
    rows: list[Row] = reader.ask(sql).to_pylist()
    return rows


def ask_once(sql: str, path: Path, at: At | None = None) -> list[Row]:
    rows: list[Row] = warehouse.query(sql, path=path, at=at).to_pylist()
    return rows


def test_tables_and_views_are_asked_by_name(told: Path) -> None:
    with warehouse.connect(told) as connection:
        assert connection.execute("SELECT count(*) FROM figures").fetchone() == (3,)
        named = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
    assert {table.name for table in TABLES} | {view.name for view in VIEWS} <= named


def test_the_lake_is_the_one_named_or_set_or_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_LAKE", raising=False)
    assert lake_address() == Address(Path("lake"))
    monkeypatch.setenv("DATELINE_LAKE", "elsewhere")
    assert lake_address() == Address(Path("elsewhere"))
    assert lake_address("here") == Address(Path("here"))


def test_a_snapshot_a_time_a_day_and_a_run_mean_a_snapshot(told: Path) -> None:
    with warehouse.connect(told) as connection:
        second, first, created, *_ = snapshots(connection)
        meant: dict[At, int] = {
            second.number: second.number,
            created.number: created.number,
            str(first.number): first.number,
            "run-1": first.number,
            "run-2": second.number,
            first.committed_at: first.number,
            first.committed_at.replace(tzinfo=dt.UTC): first.number,
            first.committed_at.isoformat(): first.number,
            second.committed_at - dt.timedelta(microseconds=1): first.number,
            second.committed_at.date().isoformat(): second.number,
            "2999-01-01T00:00:00+02:00": second.number,
        }
        assert {at: resolve(connection, at) for at in meant} == meant
        for at in ("run-3", 99, "99", "1999-01-01", dt.datetime(1999, 1, 1), "Monday"):
            with pytest.raises(SqlError, match=r"the lake has snapshots 0 .* to 3 "):
                resolve(connection, at)


@pytest.mark.parametrize(("at", "values"), [("run-1", [1200, 1200]), (3, [1200, 1500, 1500])])
def test_tables_and_views_are_as_they_were(told: Path, at: At, values: list[float]) -> None:
    with Reader.open(told, at) as reader:
        figures = ask(reader, "SELECT value FROM figures ORDER BY value")
        details = ask(reader, "SELECT value FROM figure_details ORDER BY value")
    assert [row["value"] for row in figures] == values == [row["value"] for row in details]


def test_a_moment_that_there_is_not_is_refused(told: Path) -> None:
    with pytest.raises(SqlError, match="the latest runs are run-2, run-1"):
        ask_once("SELECT 1", told, "run-3")


def test_views_stand_over_a_snapshot_from_before_there_were_tables(told: Path) -> None:
    assert ask_once("SHOW TABLES", told, 0) == []


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_has_the_columns_that_it_declares(view: View, reader: Reader) -> None:
    described = ask(reader, f"DESCRIBE {view.name}")
    assert [row["column_name"] for row in described] == list(view.columns)
    assert view.name not in TABLES_BY_NAME
    ask(reader, f"SELECT * FROM {view.name}")


def test_figure_details_names_source_speaker_and_place(reader: Reader) -> None:
    [row] = ask(reader, "FROM figure_details WHERE article_id = '" + key("article", 0) + "'")
    assert (row["title"], row["url"], row["publisher"]) == (
        "Headline 0",
        "https://example.org/0",
        "Strelsau Post",
    )
    assert (row["attributed_name"], row["place_name"], row["value"]) == (
        "Rupert",
        "Strelsau",
        1200,
    )


def test_latest_troop_counts_has_the_last_statement_of_each_side_and_place(reader: Reader) -> None:
    [row] = ask(reader, "FROM latest_troop_counts")
    assert (row["nationality"], row["place"], row["value"], row["statements"]) == (
        "RUR",
        "Strelsau",
        1500,
        3,
    )
    assert row["published_date"] == dt.date(2025, 1, 3)


def test_troops_that_are_planned_denied_or_vague_are_not_counted(lake: Lake) -> None:
    batch = batch_of(range(4))
    rows = batch["figures"].to_pylist()
    rows[1]["modality"], rows[2]["modality"] = "planned", "denied"
    rows[3]["value"] = rows[3]["value_low"] = rows[3]["value_high"] = None
    batch["figures"] = TABLES_BY_NAME["figures"].arrow(rows)
    lake.publish(Publication(insert=batch), "run-1")
    [row] = ask_once("FROM latest_troop_counts", lake.path)
    assert (row["figure_id"], row["statements"]) == (key("figure", 0), 1)


def test_entities_named_together_are_paired_once(reader: Reader) -> None:
    [row] = ask(reader, "FROM entity_comentions")
    assert sorted([row["name_a"], row["name_b"]]) == ["Rupert", "Strelsau"]
    assert (row["articles"], row["sentences"]) == (3, 3)
    assert (row["first_date"], row["last_date"]) == (dt.date(2025, 1, 1), dt.date(2025, 1, 3))


def test_events_fall_on_the_day_of_the_text_else_of_publication(lake: Lake) -> None:
    batch = batch_of(range(4))
    rows = batch["figures"].to_pylist()
    for row in rows:
        row["category"] = "wounded"
    rows[0].update(as_of_start=dt.date(2024, 12, 24), as_of_end=dt.date(2024, 12, 24), value_low=9)
    rows[1].update(as_of_start=None, as_of_end=None)
    rows[2].update(as_of_start=dt.date(2024, 12, 1))
    batch["figures"] = TABLES_BY_NAME["figures"].arrow(rows)
    lake.publish(Publication(insert=batch), "run-1")
    found = ask_once("FROM events_per_day ORDER BY day", lake.path)
    assert [(r["day"], r["day_from"], r["lowest"], r["highest"]) for r in found] == [
        (dt.date(2024, 12, 24), "text", 9, 1200),
        (dt.date(2025, 1, 2), "publication", 1200, 1200),
        (dt.date(2025, 1, 4), "text", 1200, 1200),
    ]


def test_days_named_counts_expressions_of_one_day(reader: Reader) -> None:
    assert [(r["day"], r["articles"]) for r in ask(reader, "FROM days_named ORDER BY day")] == [
        (dt.date(2025, 1, day), 1) for day in (1, 2, 3)
    ]


def test_every_row_leads_back_to_its_article(reader: Reader) -> None:
    for name, table in (("mention", "mentions"), ("figure", "figures"), ("date", "dates")):
        rows = ask(reader, f"SELECT {name}_id AS id, * FROM {table}")
        for row in rows:
            [found] = ask(reader, f"FROM article_rows WHERE row_id = '{row['id']}'")
            assert found["table_name"] == table
            assert found["surface"] == row["surface"]
            assert row["surface"] in found["context"]
            assert found["title"].startswith("Headline")
    assert len(ask(reader, "FROM article_rows WHERE table_name = 'entities'")) == 6


def test_context_is_the_text_around_cut_at_its_ends(lake: Lake) -> None:
    batch = batch_of(range(1))
    long = "é🙂" * 300
    article = batch["articles"].to_pylist()[0]
    article["text"] = long + TEXT + long
    batch["articles"] = TABLES_BY_NAME["articles"].arrow([article])
    start = len(long) + TEXT.index("1,200")
    [figure] = batch["figures"].to_pylist()
    figure.update(char_start=start, char_end=start + 5)
    batch["figures"] = TABLES_BY_NAME["figures"].arrow([figure])
    lake.publish(Publication(insert=batch), "run-1")
    [row] = ask_once("FROM article_rows WHERE table_name = 'figures'", lake.path)
    assert row["context"] == article["text"][start - 120 : start + 125]
    [row] = ask_once("FROM article_rows WHERE table_name = 'dates'", lake.path)
    assert row["context"] == article["text"][: row["char_end"] + 120]


def test_quality_summary_counts_results_and_quarantined_rows(lake: Lake) -> None:
    quality = TABLES_BY_NAME["quality"]
    results = [
        quality.row(
            run_id="run-1",
            batch_no=batch_no,
            table_name="figures",
            expectation=expectation,
            kind="row",
            outcome=outcome,
            checked=10,
            failed=0,
            checked_at=dt.datetime(2025, 6, 1),
        )
        for batch_no, expectation, outcome in (
            (1, "offsets", "passed"),
            (2, "offsets", "failed"),
            (1, "bounds", "broke"),
        )
    ]
    held = [
        TABLES_BY_NAME["quarantine"].row(
            table_name="figures",
            row_id=row_id,
            expectation=expectation,
            detail="no",
            row="{}",
            run_id="run-1",
        )
        for row_id, expectation in (("a", "offsets"), ("a", "bounds"), ("b", "offsets"))
    ]
    tables = {
        "quality": quality.arrow(results),
        "quarantine": TABLES_BY_NAME["quarantine"].arrow(held),
    }
    lake.publish(Publication(insert=tables), "run-1")
    assert ask_once("FROM quality_summary", lake.path) == [
        {
            "run_id": "run-1",
            "table_name": "figures",
            "expectations": 2,
            "passed": 1,
            "failed": 1,
            "broke": 1,
            "rows_checked": 20,
            "rows_quarantined": 2,
        }
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO runs SELECT * FROM runs",
        "DELETE FROM figures",
        "CREATE TABLE more (i INTEGER)",
        "COPY figures TO '{lake}/data/figures.csv'",
        "COPY figures TO '{lake}/figures.csv'",
        "ATTACH '{lake}/data/other.db'",
        "EXPORT DATABASE '{lake}/data/out'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "USE memory",
        "SELECT 1; DROP TABLE figures",
        "DROP TABLE figures; SELECT 1",
        "DELETE FROM __ducklake_metadata_lake.ducklake_snapshot",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        (
            "SELECT * FROM sqlite_query('__ducklake_metadata_lake', "
            "'DELETE FROM ducklake_snapshot RETURNING snapshot_id')"
        ),
        "CALL ducklake_expire_snapshots('lake', versions => [2])",
        "CALL ducklake_delete_orphaned_files('lake', cleanup_all => true)",
        "",
        "SELEKT 1",
        "SELECT nothing FROM figures",
        "SELECT * FROM told",
    ],
)
def test_a_question_can_only_read(sql: str, told: Path, reader: Reader) -> None:
    before = files(told), ask(reader, "FROM lake.snapshots()")
    with pytest.raises(SqlError) as caught:
        ask(reader, sql.format(lake=told))
    assert str(caught.value)
    assert (files(told), ask(reader, "FROM lake.snapshots()")) == before


def files(folder: Path) -> list[tuple[Path, int]]:
    return sorted((path, path.stat().st_size) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "sql",
    [
        "FROM figures",
        "WITH f AS (FROM figures) SELECT value FROM f",
        "DESCRIBE figures",
        "SUMMARIZE figures",
        "SHOW ALL TABLES",
        "EXPLAIN SELECT * FROM figures",
        "PIVOT figures ON category USING sum(value) GROUP BY place",
        "SELECT * FROM figures AT (VERSION => 2)",
        "FROM lake.snapshots()",
        "SELECT 1; ",
    ],
)
def test_every_way_of_reading_is_let_through(sql: str, reader: Reader) -> None:
    assert ask(reader, sql)


def test_parameters_are_passed_as_values(told: Path) -> None:
    sql = "SELECT count(*) AS n FROM figures WHERE value > ?"
    assert warehouse.query(sql, [1300], path=told).to_pylist() == [{"n": 2}]


def test_a_wrong_column_is_shown_where_it_stands(reader: Reader) -> None:
    with pytest.raises(SqlError, match=r"valeu[\s\S]*value[\s\S]*LINE 1"):
        ask(reader, "SELECT valeu FROM figures")
