"""A question can only read: no statement and no function that changes or cleans the lake, however
it is written."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.warehouse.stories import batch_of, key
from warehouse import Reader, SqlError, connect
from warehouse.ducklake import expire
from warehouse.extensions import connection
from warehouse.lake import Lake, Publication
from warehouse.opening import catalog_at
from warehouse.questions import READING


@pytest.fixture(scope="module")
def lake_with_rubbish(empty_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with files that cleaning would remove and others that merging would write anew."""
    folder = Path(shutil.copytree(empty_lake, tmp_path_factory.mktemp("asked") / "lake"))
    with Lake.open(folder) as lake:
        for number in range(3):
            inserted = batch_of(range(number, number + 1))
            lake.publish(Publication(insert=inserted), f"run-{number}")
        again = batch_of(range(1, 2), run="run-3", value=1500)
        gone = [key("article", 1)]
        lake.publish(Publication(dict.fromkeys(again, gone), again), "run-3")
    catalog = catalog_at(folder)
    with closing(connection(tmp_path_factory.mktemp("spill"), catalog.extension)) as writer:
        catalog.attach(writer)
        expire(writer, [2, 3])
    (folder / "data" / "main" / "figures" / "orphan.parquet").write_bytes(b"PAR1")
    return folder


@pytest.fixture(scope="module")
def reader(lake_with_rubbish: Path) -> Iterator[Reader]:
    with Reader.open(lake_with_rubbish) as opened:
        yield opened


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


CLEANING = {
    "ducklake_cleanup_old_files": "'lake', cleanup_all => true",
    "ducklake_expire_snapshots": "'lake', versions => [1]",
    "ducklake_merge_adjacent_files": "'lake'",
    "ducklake_rewrite_data_files": "'lake'",
    "ducklake_delete_orphaned_files": "'lake', cleanup_all => true",
    "ducklake_add_data_files": "'lake', 'figures', '{lake}/data/main/figures/orphan.parquet'",
    "ducklake_set_option": "'lake', 'parquet_compression', 'snappy'",
    "ducklake_set_commit_message": "'lake', 'me', 'nothing'",
    "ducklake_flush_inlined_data": "'lake'",
    "checkpoint": "",
    "force_checkpoint": "'lake'",
    "enable_logging": "",
    "sqlite_query": "'__ducklake_metadata_lake', 'DELETE FROM ducklake_snapshot'",
    "sqlite_scan": "'{lake}/catalog.sqlite', 'ducklake_snapshot'",
    "query": "'FROM ducklake_snapshots(''lake'')'",
    "query_table": "'figures'",
    "json_execute_serialized_sql": "'{{}}'",
    "read_csv": "'/etc/passwd'",
    "ducklake_of_a_later_version": "'lake'",
}
WAYS = [
    "FROM {name}({given})",
    "SELECT 1 WHERE EXISTS (FROM {upper}({given}))",
    'WITH x AS (SELECT * FROM "{upper}" /* a word */ ({given})) FROM x',
    "CALL {name}({given})",
    "-- harmless\nCALL -- call\n {upper}({given})",
    "EXPLAIN ANALYZE FROM {name}({given})",
    "EXPLAIN (ANALYZE, FORMAT json) SELECT * FROM system.main.{name}({given})",
    "DESCRIBE FROM {name}({given})",
    "SUMMARIZE FROM {name}({given})",
    "PIVOT (FROM {name}({given})) ON #1 USING count(*)",
    'FROM (PIVOT (FROM "{upper}" -- a word\n({given})) ON a USING count(*)), figures',
    "SELECT (SELECT count(*) FROM figures, LATERAL (FROM {name}({given})))",
]


@pytest.mark.parametrize("name", CLEANING)
def test_what_changes_or_cleans_is_refused_by_its_name(
    name: str, lake_with_rubbish: Path, reader: Reader
) -> None:
    before = digests(lake_with_rubbish)
    given = CLEANING[name].format(lake=lake_with_rubbish)
    for way in WAYS:
        asked = way.format(name=name, upper=name.upper(), given=given)
        with pytest.raises(SqlError, match=rf"cannot call {name}\(\)"):
            reader.ask(asked)
    assert digests(lake_with_rubbish) == before


@pytest.mark.parametrize(
    "name",
    [
        "set_option('parquet_compression', 'snappy')",
        "merge_adjacent_files()",
        "expire_snapshots(versions => [1])",
        "cleanup_old_files(cleanup_all => true)",
    ],
)
def test_so_is_what_the_lake_itself_offers(
    name: str, lake_with_rubbish: Path, reader: Reader
) -> None:
    before = digests(lake_with_rubbish)
    for way in ("CALL lake.{}", "FROM lake.main.{}", "PIVOT (FROM lake.{}) ON a"):
        with pytest.raises(SqlError, match=rf"cannot call {name.split('(', 1)[0]}\(\)"):
            reader.ask(way.format(name))
    assert digests(lake_with_rubbish) == before


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("EXPLAIN ANALYZE COPY (SELECT 1) TO '{lake}/data/more.csv'", "this is COPY"),
        ("EXPLAIN DELETE FROM figures", "this is DELETE"),
        ("EXPLAIN ANALYZE CALL ducklake_snapshots('lake')", "this is CALL"),
        ("COPY figures TO '{lake}/data/more.csv'", "this is COPY"),
        ("CREATE TEMP VIEW v AS FROM figures; FROM v", "this is CREATE, SELECT"),
        ("CREATE TEMP MACRO m() AS TABLE FROM figures; FROM m()", "this is CREATE, SELECT"),
        ("CREATE TYPE t AS ENUM ('a'); PIVOT figures ON category", "this is CREATE, CREATE"),
        ("PREPARE p AS SELECT 1", "this is PREPARE"),
        ("EXECUTE p", "this is EXECUTE"),
        ("PRAGMA table_info('figures')", "this is PRAGMA"),
        ("PRAGMA enable_profiling", "this is PRAGMA"),
        ("SET threads = 1", "this is SET"),
        ("ATTACH ':memory:' AS other", "this is ATTACH"),
        ("INSTALL httpfs", "this is LOAD"),
        ("LOAD httpfs", "this is LOAD"),
        ("CHECKPOINT", "this is CHECKPOINT"),
        ("SELECT 1; SELECT 2", "this is SELECT, SELECT"),
    ],
)
def test_a_statement_that_does_not_read_is_refused_by_its_kind(
    asked: str, named: str, lake_with_rubbish: Path, reader: Reader
) -> None:
    before = digests(lake_with_rubbish)
    with pytest.raises(SqlError, match=named):
        reader.ask(asked.format(lake=lake_with_rubbish))
    assert digests(lake_with_rubbish) == before


@pytest.mark.parametrize(
    "asked",
    [
        "CALL ducklake_table_info('lake')",
        "CALL lake.snapshots()",
        "FROM lake.table_info()",
        "FROM ducklake_table_changes('lake', 'main', 'figures', 4, 5)",
        "EXPLAIN ANALYZE FROM figures",
        "-- how?\nEXPLAIN (FORMAT json) /* well */ (SELECT 1)",
        "SELECT 'ducklake_cleanup_old_files(''lake'')' -- ducklake_cleanup_old_files('lake')",
        "WITH checkpoint(place) AS (SELECT place FROM figures) FROM checkpoint",
        "PIVOT figures ON category USING sum(value), count(*) GROUP BY place",
        "FROM (PIVOT figures ON category USING max(value::DECIMAL(12, 2))) WHERE (1) IN (1, 2)",
        "FROM range(3) AS numbers(number)",
        "SELECT value FROM figures TABLESAMPLE 1;",
    ],
)
def test_what_reads_is_let_through(asked: str, reader: Reader) -> None:
    assert reader.ask(asked).num_columns


def test_functions_that_are_let_through_are_there(lake_with_rubbish: Path) -> None:
    with connect(lake_with_rubbish) as connected:
        rows = connected.execute("SELECT DISTINCT function_name FROM duckdb_functions()")
        known = {name for (name,) in rows.fetchall()}
    of_the_lake = {n.removeprefix("ducklake_") for n in READING if n.startswith("ducklake_")}
    assert known >= READING - of_the_lake - {"sql_auto_complete"}
