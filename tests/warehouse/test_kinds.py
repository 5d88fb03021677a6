"""What holds of a lake holds of every kind: SQLite in a folder, PostgreSQL with a folder or S3."""

from __future__ import annotations

import datetime as dt
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import warehouse
from tests.waiting import LIMIT
from tests.warehouse.stories import batch_of, key, raw_id, raw_rows
from tests.warehouse.test_concurrency import READER, go_on, line
from tests.warehouse.test_migrate import changed_lake
from warehouse import LakeError, NoLakeError, SqlError
from warehouse.address import Address
from warehouse.export import export
from warehouse.files import full
from warehouse.lake import Holder, Lake, Publication
from warehouse.maintain import Policy
from warehouse.migrate import migrate

Python = Callable[..., "subprocess.Popen[str]"]

#: Publishes batches for ever.
WRITER = """
import itertools
from tests.warehouse.stories import batch_of
from warehouse.lake import Lake, Publication
from warehouse.reader import lake_address
with Lake.open(lake_address()) as lake, lake.lock("endless run"):
    for number in itertools.count():
        print("writes", flush=True)
        lake.publish(Publication(insert=batch_of(range(number * 10, number * 10 + 10))), "run")
"""

KILLED = """
import os, signal, sys
from warehouse import creation, migrate
from warehouse.lake import Lake
from warehouse.reader import lake_address
from tests.warehouse.test_migrate import changed_target
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1] == "creation":
    creation.set_row_groups = die
    Lake.open(lake_address(), create=True)
else:
    migrate._make = die
    migrate.migrate(lake_address(), target=changed_target())
"""


def ids(numbers: range) -> list[str]:
    return [key("article", n) for n in numbers]


def revised(numbers: range, value: float) -> Publication:
    batch = batch_of(numbers, run="again", value=value)
    tables = {name: rows for name, rows in batch.items() if name != "inputs"}
    return Publication(dict.fromkeys(tables, ids(numbers)), tables)


def known(lake: Lake) -> set[str]:
    rows = lake.query("SELECT path FROM __ducklake_metadata_lake.ducklake_data_file").to_pylist()
    return {row["path"].rpartition("/")[2] for row in rows}


def there(lake: Lake) -> set[str]:
    return {file.name for file in lake.catalog.files.parquet()}


def written(lake: Lake) -> int:
    """A batch, and then a part of it anew; gives the snapshot of the first."""
    first = lake.publish(Publication(insert=batch_of(range(6)), batch=7), "run-1")
    lake.publish(revised(range(2, 4), 1500), "run-2")
    return first


@pytest.fixture(scope="module")
def expected(empty_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The digests of a lake in a folder that was written so."""
    folder = shutil.copytree(empty_lake, tmp_path_factory.mktemp("plain") / "lake")
    with Lake.open(folder) as lake:
        written(lake)
        return lake.digests()


def test_a_lake_is_made_written_revised_and_asked(
    address: Address, expected: dict[str, str], tmp_path: Path
) -> None:
    with pytest.raises(NoLakeError, match="dateline run"):
        Lake.open(address)
    with pytest.raises(NoLakeError):
        warehouse.connect(address)
    with Lake.open(address, create=True) as lake:
        first = written(lake)
        snapshot = lake.history(2)[1]
        assert (snapshot.number, snapshot.run, snapshot.batch) == (first, "run-1", 7)
        rows = lake.fetch("figures", "article_id", ids(range(6)), ["value"])
        assert sorted(row["value"] for row in rows) == [1200] * 4 + [1500] * 2
        assert lake.digests() == expected
        assert lake.add_raws(raw_rows(range(4)), "run-2") == lake.snapshot
        assert len(lake.stored_raws([("wire", "00001.txt", raw_id(1))])) == 1
        broken = batch_of(range(6, 7))
        column = broken["figures"].schema.get_field_index("category")
        broken["figures"] = broken["figures"].set_column(column, "category", [[None]])
        before = lake.snapshot
        with pytest.raises(LakeError, match=r"nothing of 'run run-3' was written: "):
            lake.publish(Publication(insert=broken), "run-3")
        assert (lake.snapshot, lake.counts()["articles"]) == (before, 6)

    with warehouse.connect(address) as reader:
        assert reader.execute("SELECT count(*) FROM article_rows").fetchone() != (0,)
    for at in (first, "run-1"):
        with warehouse.connect(address, at=at) as reader:
            assert reader.execute("SELECT sum(value) FROM figures").fetchone() == (7200,)
    made = export(address, tmp_path / "out", names=["figures"])
    assert pq.ParquetFile(made.path / "figures.parquet").metadata.num_rows == 6
    with Lake.open(address) as lake:
        assert [one.folder for one in lake.exports()] == [str(made.path)]
        assert there(lake) >= known(lake)


def test_a_question_reads_the_lake_and_nothing_else(address: Address, tmp_path: Path) -> None:
    """Of all kinds the catalog and the data can be read, and no other file or secret."""
    with Lake.open(address, create=True) as lake:
        lake.publish(Publication(insert=batch_of(range(3))), "run-1")
        [path] = [
            full(lake.catalog.files, f.path) for f in lake.catalog.files.parquet("main/dates")
        ]
    other = tmp_path / "other.parquet"
    pq.write_table(batch_of(range(1))["dates"], other)
    with warehouse.Reader.open(address) as reader:
        assert reader.ask("SELECT sum(value) AS n FROM figures").to_pylist() == [{"n": 3600.0}]
        assert reader.ask(f"SELECT count(*) AS n FROM '{path}'").to_pylist() == [{"n": 3}]
        assert reader.ask("SELECT count(*) AS n FROM lake.snapshots()").num_rows == 1
        shown = reader.ask("SELECT * FROM duckdb_settings()").to_pylist()
        shown += reader.ask("SELECT * FROM duckdb_databases()").to_pylist()
        assert "Marked" not in str(shown)
        place = address.data or str(tmp_path)
        for question in (
            f"SELECT * FROM '{other}'",
            f"SELECT * FROM read_parquet('{place}/../other.parquet')",
            "SELECT * FROM read_parquet('s3://news/other.parquet')",
            "SELECT * FROM 'http://127.0.0.1:9/other.parquet'",
            "FROM postgres_query('__ducklake_metadata_lake', 'SELECT 1')",
            "FROM postgres_scan('', 'dateline', 'ducklake_metadata')",
            "FROM duckdb_secrets()",
            "DELETE FROM figures",
        ):
            with pytest.raises(SqlError):
                reader.ask(question)


def test_a_reader_and_the_writer_do_not_wait_for_each_other(
    address: Address, python: Python
) -> None:
    with Lake.open(address, create=True) as lake:
        lake.publish(Publication(insert=batch_of(range(3))), "run-1")
        reader = python(READER, address)
        go_on(reader)
        assert line(reader) == "3"
        with lake.lock("run-2"):
            for number in range(1, 4):
                numbers = range(number * 3, number * 3 + 3)
                lake.publish(Publication(insert=batch_of(numbers)), "run-2")
                lake.publish(revised(range(2), float(number)), "run-2")
                go_on(reader)
                assert line(reader) == "3"
        with warehouse.connect(address) as fresh:
            total = "SELECT count(*), sum(value) FROM figures"
            assert fresh.execute(total).fetchone() == (12, 10 * 1200 + 2 * 3)
            lake.publish(Publication(insert=batch_of(range(12, 13))), "run-3")
            assert fresh.execute("SELECT count(*) FROM figures").fetchone() == (13,)


def test_a_killed_writer_is_named_and_leaves_whole_batches_and_no_rubbish(
    address: Address, python: Python
) -> None:
    Lake.open(address, create=True).close()
    writer = python(WRITER)
    for _ in range(3):
        assert line(writer) == "writes"

    waited: list[Holder | None] = []

    class WaitedError(Exception):
        """Raised instead of waiting."""

    def refuse(holder: Holder | None) -> None:
        waited.append(holder)
        raise WaitedError

    with Lake.open(address) as lake:
        with pytest.raises(WaitedError), lake.lock("next run", on_wait=refuse):
            pass  # pragma: no cover
        assert waited[0] is not None
        assert (waited[0].pid, waited[0].owner) == (writer.pid, "endless run")
        assert bool(waited[0].host) == (address.database is not None)
        writer.send_signal(signal.SIGKILL)
        writer.wait(LIMIT)
        # as a writer that died between its files and its commit leaves them
        stray = f"main/figures/ducklake-{'0' * 8}.parquet"
        lake.query(f"COPY (SELECT 1 AS i) TO '{full(lake.catalog.files, stray)}'")
        died = lake._lock.acquire("next run")
        assert died == waited[0]
        lake._lock.release(clean=False)
        with lake.lock("next run"):
            assert there(lake) == known(lake)
            counts = lake.counts()
            batches = counts["articles"] // 10
            assert batches >= 2
            assert counts["articles"] == counts["figures"] == counts["inputs"] == batches * 10
            assert counts["entities"] == counts["mentions"] == batches * 20
            lake.publish(Publication(insert=batch_of(range(batches * 10, 100))), "run")
            digests = lake.digests()
            lake.publish(revised(range(100), 1200), "again")
            assert lake.digests() == digests
        assert lake._lock.acquire("another") is None
        lake._lock.release()


@pytest.mark.parametrize("step", ["creation", "migration"])
def test_what_was_killed_is_done_by_the_next_call(
    step: str, address: Address, python: Python
) -> None:
    if step == "migration":
        _, target = changed_lake(address)
    process = python(KILLED, step)
    assert process.wait(LIMIT) == -signal.SIGKILL, process.communicate()[1]
    if step == "creation":
        with Lake.open(address, create=True) as lake, lake.lock("look"):
            assert set(lake.counts().values()) == {0}
            assert len(there(lake)) == 1  # of lake_info
        return
    assert migrate(address, target=target).snapshot is not None
    with Lake.open(address) as lake, lake.lock("look"):
        assert lake.counts()["figures"] == 400
        assert lake.counts()["mentions"] == 800
        assert there(lake) == known(lake)
        assert len(lake.catalog.backups()) == 2


def test_maintenance_keeps_what_is_kept_and_removes_the_rest(address: Address) -> None:
    with Lake.open(address, create=True) as lake:
        for number in range(5):
            lake.publish(Publication(insert=batch_of(range(number * 4, number * 4 + 4))), "run-1")
        lake.publish(revised(range(4), 7), "run-2")
        digests, middle = lake.digests(), lake.history()[3]
        kept = lake.maintain()
        assert kept.expired == 0
        assert {size.table: size.files for size in kept.after}["figures"] == 1
        stray = f"main/figures/ducklake-{'0' * 8}.parquet"
        lake.query(f"COPY (SELECT 1 AS i) TO '{full(lake.catalog.files, stray)}'")
    with warehouse.connect(address, at=middle.number) as reader:
        assert reader.execute("SELECT count(*) FROM figures").fetchone() == (12,)
    with warehouse.connect(address, at=middle.committed_at) as reader:
        assert reader.execute("SELECT count(*) FROM figures").fetchone() == (12,)
    with Lake.open(address) as lake:
        time.sleep(1.1)  # a backup's time has no parts of a second
        expired = lake.maintain(Policy(0, 0, 1))
        assert expired.expired > 5
        assert expired.waiting.files > 5
        dry = lake.maintain(Policy(0, 0, 1), dry_run=True)
        time.sleep(1.1)
        for _ in range(2):
            last = lake.maintain(Policy(0, 0, 1))
        assert dry.waiting == expired.waiting
        assert last.problems == ()
        assert there(lake) == known(lake)
        assert (last.waiting.files, last.orphans.files) == (0, 0)
        assert last.disk_after.files == len(known(lake))
        assert [copy.path for copy in lake.catalog.backups()] == [last.backup]
        assert lake.catalog.files_in(lake.catalog.backups()[0], lake._connection) == known(lake)
        assert lake.digests() == digests


def test_the_grace_is_kept_to_the_second(address: Address) -> None:
    with Lake.open(address, create=True) as lake:
        before = dt.datetime.now(dt.UTC)
        for number in range(3):
            lake.publish(Publication(insert=batch_of(range(number, number + 1))), "run-1")
        lake.maintain(Policy(0, 0, 1))
        lake.maintain(Policy(0, 0, 1))
        from warehouse.ducklake import needless

        waiting = needless(lake._connection)
        assert waiting
        assert needless(lake._connection, dt.datetime.now(dt.UTC)) == waiting
        assert needless(lake._connection, before) == []


def test_what_is_forgotten_is_in_no_file_and_no_table(address: Address, tmp_path: Path) -> None:
    gone = ids(range(1))
    with Lake.open(address, create=True) as lake:
        lake.publish(Publication(insert=batch_of(range(1))), "run-1")
        lake.publish(Publication(insert=batch_of(range(1, 3))), "run-2")
        lake.maintain()
        tables = batch_of(range(1))
        lake.forget(Publication(dict.fromkeys(tables, gone)), gone, "run-3")
        purged = lake.purge(gone, [raw_id(0)])
        assert purged.files > 0
        assert lake.counts()["articles"] == 2
        assert lake.snapshots_showing(gone, [raw_id(0)]) == []
        for file in lake.catalog.files.parquet("main/articles"):
            found = lake.query(f"SELECT title FROM '{full(lake.catalog.files, file.path)}'")
            assert "Headline 0" not in found["title"].to_pylist()
        notes = (
            lake.query(
                "SELECT * FROM __ducklake_metadata_lake.ducklake_table_column_stats"
            ).to_pylist()
            + lake.query(
                "SELECT * FROM __ducklake_metadata_lake.ducklake_file_column_stats"
            ).to_pylist()
        )
        assert "Headline 1" in str(notes)
        assert "Headline 0" not in str(notes)
        assert len(lake.catalog.backups()) == 1
