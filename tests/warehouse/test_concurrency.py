"""One writer, any number of readers, and what is left when a process is killed."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import warehouse
from tests.waiting import LIMIT
from tests.warehouse.stories import batch_of, key, raw_rows
from warehouse import LakeError, transaction
from warehouse.lake import Holder, Lake, Publication
from warehouse.lock import FileLock
from warehouse.tables import INPUTS
from warehouse.tidy import tidy

Python = Callable[..., "subprocess.Popen[str]"]

HOLDER = """
import sys
from pathlib import Path
from warehouse.lock import FileLock
lock = FileLock(Path(sys.argv[1]))
lock.acquire("run of the other", on_wait=lambda holder: print(f"waits for {holder}", flush=True))
print("holds", flush=True)
sys.stdin.readline()
lock.release()
"""

READER = """
import sys, warehouse
with warehouse.connect(sys.argv[1]) as connection:
    connection.execute("BEGIN")
    for _ in sys.stdin:
        print(*connection.execute("SELECT count(*) FROM figures").fetchone(), flush=True)
"""

#: Publishes batches for ever, each of which doubles the articles of the last one.
WRITER = """
import itertools, sys
from tests.warehouse.stories import batch_of
from warehouse.lake import Lake, Publication
with Lake.open(sys.argv[1], create=True) as lake, lake.lock("endless run"):
    for number in itertools.count():
        print("writes", flush=True)
        lake.publish(Publication(insert=batch_of(range(number * 10, number * 10 + 10))), "run")
"""


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = process.stdout.readline().strip()
    assert said, process.communicate()[1]
    return said


def go_on(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_a_second_writer_waits_and_says_for_whom(tmp_path: Path, python: Python) -> None:
    path = tmp_path / "lake.lock"
    first = python(HOLDER, path)
    assert line(first) == "holds"
    second = python(HOLDER, path)
    told = line(second)
    assert told.startswith(f"waits for run of the other (process {first.pid}, ")
    go_on(first)
    assert line(second) == "holds"
    assert first.wait(LIMIT) == 0


def test_a_dead_holder_does_not_block_and_is_named(tmp_path: Path, python: Python) -> None:
    path = tmp_path / "lake.lock"
    process = python(HOLDER, path)
    assert line(process) == "holds"
    lock = FileLock(path)
    named = lock.holder()
    assert named is not None
    assert named.pid == process.pid
    process.send_signal(signal.SIGKILL)
    process.wait(LIMIT)
    assert lock.acquire("next", on_wait=lambda _: pytest.fail("waited for the dead")) == named
    lock.release()
    assert lock.acquire("another") is None
    assert lock.held
    lock.release()


def test_a_lock_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(LakeError, match=r"missing/lake\.lock cannot be written"):
        FileLock(tmp_path / "missing" / "lake.lock").acquire("a run")


def test_a_writer_spills_into_its_lake_and_cleans_up(lake: Lake) -> None:
    lake.query("SET memory_limit = '30MB'")
    lake.query("SET preserve_insertion_order = false")
    lake.query("SET threads = 1")
    kept = lake.query(
        "SELECT i, md5(i::VARCHAR) AS m FROM range(500000) t(i) ORDER BY m OFFSET 499990"
    )
    assert kept.num_rows == 10
    assert [path for _, path in lake.catalog.layout.spills]
    lake.close()
    assert lake.catalog.layout.spills == []


def test_two_lakes_in_one_process_exclude_each_other(lake: Lake) -> None:
    class WaitedError(Exception):
        """Raised instead of waiting."""

    def refuse(holder: Holder | None) -> None:
        raise WaitedError(holder)

    with (
        Lake.open(lake.path) as other,
        lake.lock("first"),
        pytest.raises(WaitedError, match="first"),
        other.lock("second", on_wait=refuse),
    ):
        pass  # pragma: no cover
    with lake.lock("again"):
        pass


def test_a_reader_and_the_writer_do_not_wait_for_each_other(lake: Lake, python: Python) -> None:
    """The reader keeps its transaction, and its snapshot, through many commits."""
    lake.publish(Publication(insert=batch_of(range(3))), "run-1")
    reader = python(READER, lake.path)
    go_on(reader)
    assert line(reader) == "3"
    with lake.lock("run-2"):
        for number in range(1, 6):
            numbers = range(number * 3, number * 3 + 3)
            lake.add_raws(raw_rows(numbers), "run-2")
            lake.publish(Publication(insert=batch_of(numbers)), "run-2")
            go_on(reader)
            assert line(reader) == "3"
    with warehouse.connect(lake.path) as fresh:
        assert fresh.execute("SELECT count(*) FROM figures").fetchone() == (18,)


def test_an_open_connection_sees_what_is_published_meanwhile(lake: Lake) -> None:
    with warehouse.connect(lake.path) as connection:
        for number in range(2):
            assert connection.execute("SELECT count(*) FROM figures").fetchone() == (number,)
            lake.publish(Publication(insert=batch_of(range(number, number + 1))), "run-1")


def test_an_open_transaction_sees_no_row_twice_when_its_files_are_replaced(lake: Lake) -> None:
    """DuckLake marks deleted rows, and a second mark in the same file hides the first from it."""
    lake.publish(Publication(insert=batch_of(range(60))), "run-1")
    asked = {"figures": "figure_id", "dates": "date_id", "mentions": "mention_id"}
    for number, (low, high) in enumerate(((15, 23), (23, 42), (40, 47), (0, 60), (58, 60))):
        with warehouse.connect(lake.path) as connection:
            connection.execute("BEGIN")
            total = connection.execute("SELECT sum(value) FROM figures").fetchone()
            changed = batch_of(range(low, high), value=float(number))
            gone = [key("article", n) for n in range(low, high)]
            tables = tuple(name for name in changed if name != "inputs")
            lake.publish(
                Publication(dict.fromkeys(tables, gone), {n: changed[n] for n in tables}),
                f"run-{number}",
            )
            assert connection.execute("SELECT sum(value) FROM figures").fetchone() == total
            for table, name in asked.items():
                rows, keys = connection.execute(
                    f"SELECT count(*), count(DISTINCT {name}) FROM {table}"
                ).fetchone() or (0, 1)
                assert rows == keys == (120 if table == "mentions" else 60)
            connection.execute("COMMIT")
            assert connection.execute("SELECT sum(value) FROM figures").fetchone() != total
    assert lake.query("SELECT count(*) AS n FROM lake.articles").to_pylist() == [{"n": 60}]


def test_rows_without_an_article_stay_when_their_file_is_written_anew(lake: Lake) -> None:
    rows = [
        INPUTS.row(
            source="wire",
            source_uri=f"{n}.txt",
            raw_id=f"{n:064d}",
            article_id=article,
            run_id="run-1",
        )
        for n, article in enumerate(("a", None, "b", None))
    ]
    lake.publish(Publication(insert={INPUTS.name: INPUTS.arrow(rows)}), "run-1")
    lake.publish(Publication({INPUTS.name: ["a"]}), "run-2")
    lake.publish(Publication(forget={INPUTS.name: [("wire", "3.txt", f"{3:064d}")]}), "run-3")
    left = lake.query("SELECT source_uri FROM lake.inputs ORDER BY 1").to_pylist()
    assert [row["source_uri"] for row in left] == ["1.txt", "2.txt"]


def test_an_open_lake_sees_what_another_writer_did(lake: Lake) -> None:
    with Lake.open(lake.path) as other:
        other.publish(Publication(insert=batch_of(range(2))), "run-1")
        number = lake.publish(Publication(insert=batch_of(range(2, 4))), "run-2")
        assert lake.counts()["articles"] == 4 == other.counts()["articles"]
        assert other.snapshot == number


def test_tidying_spares_what_is_known_old_or_not_ours(lake: Lake, tmp_path: Path) -> None:
    lake.publish(Publication(insert=batch_of(range(3))), "run-1")
    lake.publish(Publication({"figures": _ids(1)}), "run-2")  # a delete file
    known = set(lake.catalog.layout.data.rglob("*.parquet"))
    folder = lake.catalog.layout.data / "main" / "figures" / "year=2025"
    stray, old = folder / "ducklake-stray.parquet", folder / "ducklake-old.parquet"
    foreign = folder / "notes.parquet"
    for path in (stray, old, foreign):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    dead, alive = lake.path / "spill-999999999-0", lake.catalog.layout.spill(77)
    for spilled in (dead, alive):
        spilled.mkdir()
    now = dt.datetime.now(dt.UTC).isoformat()
    # the lake is also spelt in another way, as through a link
    (tmp_path / "link").symlink_to(lake.path)
    with Lake.open(tmp_path / "link") as linked:
        removed = tidy(linked._connection, linked.catalog, Holder(1, "run", "dateline", now))
        assert [file.name for file in removed] == [stray.name]
        assert set(lake.catalog.layout.data.rglob("*.parquet")) == {*known, old, foreign}
        assert (dead.exists(), alive.exists()) == (False, True)
        assert linked.counts()["figures"] == 2


@pytest.mark.parametrize("pause", [0.0, 0.05, 0.15])
def test_a_killed_writer_leaves_whole_batches_and_no_rubbish(
    pause: float, lake_folder: Path, python: Python
) -> None:
    writer = python(WRITER, lake_folder)
    for _ in range(3):
        assert line(writer) == "writes"
    time.sleep(pause)
    writer.send_signal(signal.SIGKILL)
    writer.wait(LIMIT)
    with Lake.open(lake_folder) as lake, lake.lock("next run"):
        counts = lake.counts()
        batches = counts["articles"] // 10
        assert batches >= 2
        assert counts["articles"] == counts["figures"] == counts["inputs"] == batches * 10
        assert counts["entities"] == counts["mentions"] == batches * 20
        known = lake.query(
            "SELECT count(*) AS n FROM __ducklake_metadata_lake.ducklake_data_file"
        ).to_pylist()[0]["n"]
        assert len(list(lake.catalog.layout.data.rglob("*.parquet"))) == known
        rest = range(batches * 10, 100)
        lake.publish(Publication(insert=batch_of(rest)), "run")
        digests = lake.digests()
        lake.publish(
            Publication(dict.fromkeys(batch_of(range(1)), _ids(100)), batch_of(range(100))), "again"
        )
        assert lake.digests() == digests
    assert sorted(p.name for p in lake_folder.iterdir()) == ["catalog.sqlite", "data", "lake.lock"]


def _ids(count: int) -> list[str]:
    column: list[str] = batch_of(range(count))["articles"]["article_id"].to_pylist()
    return column


@pytest.mark.parametrize("step", ["tables", "settle", "replace"])
def test_a_lake_whose_making_was_killed_is_made_by_the_next_one(
    step: str, tmp_path: Path, python: Python
) -> None:
    source = """
import os, signal, sys
from pathlib import Path
from warehouse import sqlite
from warehouse.lake import Lake
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
step = sys.argv[2]
if step == "tables":
    sqlite.settle = die
elif step == "settle":
    settle = sqlite.settle
    sqlite.settle = lambda path: (settle(path), die())
else:
    replace = Path.replace
    Path.replace = lambda *them: (replace(*them), die())
Lake.open(sys.argv[1], create=True)
"""
    folder = tmp_path / "lake"
    assert python(source, folder, step).wait(LIMIT) == -signal.SIGKILL
    with Lake.open(folder, create=True) as lake:
        assert set(lake.counts().values()) == {0}
        with lake.lock("look"):
            files = list(lake.catalog.layout.data.rglob("*.parquet"))
        assert len(files) == 1  # of lake_info
    assert sorted(p.name for p in folder.iterdir()) == ["catalog.sqlite", "data", "lake.lock"]


def test_two_that_make_the_same_lake_make_one(tmp_path: Path, python: Python) -> None:
    source = (
        "import sys; from warehouse.lake import Lake\n"
        "with Lake.open(sys.argv[1], create=True) as lake: print(lake.snapshot, lake.facts)"
    )
    both = [python(source, tmp_path / "lake") for _ in range(2)]
    assert len({line(process) for process in both}) == 1
    assert [process.wait(LIMIT) for process in both] == [0, 0]


def test_a_catalog_kept_locked_is_tried_again_and_then_said(
    lake: Lake, python: Python, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program writes the catalog past the lock."""
    monkeypatch.setattr(transaction, "PAUSE", 0.001)
    monkeypatch.setattr(transaction, "ATTEMPTS", 2)
    lake.publish(Publication(insert=batch_of(range(1))), "run-1")
    other = python(
        "import sqlite3, sys\n"
        "other = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "other.execute('BEGIN IMMEDIATE')\n"
        "print('holds', flush=True)\n"
        "sys.stdin.readline()\n",
        lake.catalog.place,
    )
    assert line(other) == "holds"
    with pytest.raises(LakeError, match="keeps the catalog locked"):
        lake.publish(Publication(insert=batch_of(range(1, 2))), "run-2")
    assert lake.counts()["articles"] == 1
    go_on(other)
    assert other.wait(LIMIT) == 0
    lake.publish(Publication(insert=batch_of(range(1, 2))), "run-2")
    assert lake.counts()["articles"] == 2


def test_only_a_busy_catalog_is_busy(lake: Lake) -> None:
    is_busy = lake.catalog.is_busy
    assert is_busy(RuntimeError('Failed to commit: database is locked: "COMMIT"'))
    assert not is_busy(RuntimeError("disk is full"))
