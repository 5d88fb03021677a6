"""Many small batches become few files; nobody notices."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import warehouse
from tests.waiting import LIMIT
from tests.warehouse.stories import batch_of, key
from warehouse import LakeError, ducklake, maintain
from warehouse.compaction import TARGET, groups
from warehouse.ducklake import File, sizes
from warehouse.lake import Lake, Publication
from warehouse.maintain import Heap, Policy

Python = Callable[..., "subprocess.Popen[str]"]
AT_ONCE = Policy(grace_hours=0, keep_backups=1)


def fill(lake: Lake, batches: int = 12, each: int = 4, first: int = 340) -> None:
    """Small batches over a turn of the year, and some revisions."""
    with lake.lock("fill"):
        for number in range(batches):
            start = first + number * each
            lake.publish(Publication(insert=batch_of(range(start, start + each))), f"run-{number}")
        again = batch_of(range(first, first + 3), run="again", value=9)
        gone = [key("article", n) for n in range(first, first + 3)]
        lake.publish(Publication(dict.fromkeys(again, gone), again), "again")


def age(lake: Lake, snapshots: int, days: float) -> None:
    """Make the first snapshots as old as that; for a catalog that nobody has open."""
    source = (
        "import sqlite3, sys\n"
        "with sqlite3.connect(sys.argv[1]) as catalog:\n"
        "    catalog.execute('UPDATE ducklake_snapshot SET snapshot_time = ? '\n"
        "                    'WHERE snapshot_id < ?', sys.argv[2:])\n"
    )
    then = (dt.datetime.now(dt.UTC) - dt.timedelta(days=days)).isoformat(" ")
    subprocess.run(
        [sys.executable, "-c", source, lake.catalog.place, then, str(snapshots)], check=True
    )


def files(lake: Lake) -> int:
    return sum(size.files for size in sizes(lake._connection))


def test_of_copies_made_within_a_second_the_last_is_the_newest(lake: Lake) -> None:
    made = [lake.catalog.back_up() for _ in range(3)]
    folder = made[0].path.parent
    for number, copy in enumerate(made):
        mark = f"-{number}" if number else ""
        copy.path.rename(folder / f"catalog-20260101T000000Z{mark}.sqlite")
    lake.catalog.prune(1)
    assert [copy.path.name for copy in lake.catalog.backups()] == [
        "catalog-20260101T000000Z-2.sqlite"
    ]


def test_small_files_are_merged_and_rows_stay(lake: Lake) -> None:
    fill(lake)
    digests, numbers = lake.digests(), [s.number for s in lake.history()]
    counts = {
        number: lake.query(
            f"SELECT count(*) AS n, sum(value) AS v FROM lake.figures AT (VERSION => {number})"
        ).to_pylist()
        for number in numbers
        if number
    }
    done = lake.maintain()
    before, after = ({s.table: s for s in sizes} for sizes in (done.before, done.after))
    assert before["figures"].files > 12
    assert not before["figures"].delete_files  # what loses rows is written anew
    assert (after["figures"].files, after["figures"].delete_files) == (2, 0)  # one a year
    assert after["inputs"].files == 1
    assert after["figures"].bytes < before["figures"].bytes / 3
    assert lake.digests() == digests
    assert done.expired == 0
    assert done.problems == ()
    assert done.removed == Heap()  # every state is still there
    for number, found in counts.items():
        assert (
            lake.query(
                f"SELECT count(*) AS n, sum(value) AS v FROM lake.figures AT (VERSION => {number})"
            ).to_pylist()
            == found
        )
    again = lake.maintain()
    assert again.before == again.after == done.after
    assert lake.history(1)[0].message is not None
    assert "maintain" in str(lake.history(1)[0].message)


def test_a_dry_run_changes_nothing(lake: Lake) -> None:
    fill(lake)
    snapshot = lake.snapshot
    told = lake.maintain(Policy(expire_days=0, grace_hours=0), dry_run=True)
    assert told.dry_run
    assert told.expired == len(lake.history()) - 1
    assert {s.table: s.files for s in told.after}["figures"] == 2
    assert lake.snapshot == snapshot
    assert told.backup is None
    assert not (lake.path / "backups").exists()
    done = lake.maintain()
    assert {s.table: s.files for s in done.after} == {s.table: s.files for s in told.after}


def test_old_snapshots_expire_but_every_moment_within_the_retention_is_there(lake: Lake) -> None:
    fill(lake)
    number, path = lake.history()[4].number, lake.path
    digests = lake.digests()
    lake.close()
    age(lake, number, 40)
    with Lake.open(path) as opened:
        done = opened.maintain(Policy(expire_days=30))
        # the newest of the old ones is what the lake was thirty days ago
        assert done.expired == number - 1
        kept = [s.number for s in opened.history()]
        assert min(kept) == number - 1
        assert opened.digests() == digests
    moment = dt.datetime.now(dt.UTC) - dt.timedelta(days=29)
    with warehouse.connect(path, at=moment) as then, warehouse.connect(path) as now:
        question = "SELECT count(*) FROM articles"
        assert then.execute(question).fetchone() != now.execute(question).fetchone()
        assert then.execute("SELECT count(*) FROM figures").fetchone() == (32,)


def test_what_is_not_needed_goes_when_no_backup_names_it(lake: Lake) -> None:
    fill(lake)
    digests = lake.digests()
    lake.maintain(Policy(0, 0, 2))
    _make_older(lake, 60)
    first = lake.maintain(Policy(0, 0, 2))
    assert first.expired > 3
    assert first.removed.files == 0  # the first backup names them all
    assert first.waiting.files > 50
    _make_older(lake, 60)
    second = lake.maintain(Policy(0, 0, 2))
    assert second.waiting.files
    time.sleep(1.1)  # a backup's name has no parts of a second
    third = lake.maintain(Policy(0, 0, 1))
    assert second.removed.files + third.removed.files >= first.waiting.files
    assert third.disk_after.files < first.disk_after.files / 3
    assert [b.path for b in lake.catalog.backups()] == [third.backup]
    assert lake.digests() == digests
    assert third.waiting.files == 0


def _make_older(lake: Lake, seconds: int) -> None:
    """Push the kept backups into the past, by their names."""
    for copy in reversed(lake.catalog.backups()):
        then = copy.made_at - dt.timedelta(seconds=seconds)
        copy.path.rename(copy.path.with_name(f"catalog-{then:%Y%m%dT%H%M%S}Z.sqlite"))


def test_a_kept_backup_can_be_gone_back_to(lake: Lake) -> None:
    fill(lake)
    digests, path = lake.digests(), lake.path
    first = lake.maintain(Policy(0, 0, 3))
    lake.publish(Publication(insert=batch_of(range(5))), "later")
    lake.maintain(Policy(0, 0, 3))
    later = lake.digests()
    lake.maintain(Policy(0, 0, 3))
    newest = lake.catalog.backups()[0].path
    lake.close()
    assert first.backup is not None
    shutil.copyfile(first.backup, path / "catalog.sqlite")
    with Lake.open(path) as back:
        assert back.digests() == digests
        # what the later copies need is no orphan
        back.maintain(Policy(0, 0, 3))
    shutil.copyfile(newest, path / "catalog.sqlite")
    with Lake.open(path) as forth:
        assert forth.digests() == later


def test_files_that_nobody_knows_go_when_they_are_old(lake: Lake) -> None:
    fill(lake, 2)
    folder = lake.catalog.layout.data / "main" / "figures"
    old, new, foreign = (
        folder / name for name in ("ducklake-old.parquet", "ducklake-new.parquet", "mine.parquet")
    )
    for path in (old, new, foreign):
        path.write_bytes(b"x" * 7)
    for path in (old, foreign):
        os.utime(path, (0, 0))
    assert lake.maintain(dry_run=True).orphans == Heap(1, 7)
    assert lake.maintain().orphans == Heap(1, 7)
    assert [path.exists() for path in (old, new, foreign)] == [False, True, True]


READER = """
import sys, warehouse
pinned = warehouse.connect(sys.argv[1])
pinned.execute("BEGIN")
question = "SELECT count(*), sum(value) FROM figures JOIN articles USING (article_id)"
first = pinned.execute(question).fetchone()
print("reads", flush=True)
open_all_along = warehouse.connect(sys.argv[1])
looks = 0
import os
while not looks or not os.path.exists(sys.argv[2]):
    with warehouse.connect(sys.argv[1]) as fresh:
        readers = {"pinned": pinned, "open all along": open_all_along, "fresh": fresh}
        for name, connection in readers.items():
            found = connection.execute(question).fetchone()
            assert found == first, (name, found, first)
    looks += 1
print(looks, flush=True)
"""


def test_readers_see_no_error_and_no_change(lake: Lake, python: Python, tmp_path: Path) -> None:
    fill(lake)
    newest, path = lake.snapshot, lake.path
    lake.close()
    age(lake, newest - 2, 40)
    reader = python(READER, path, tmp_path / "stop")
    assert reader.stdout is not None
    assert reader.stdout.readline() == "reads\n", reader.communicate()[1]
    with Lake.open(path) as opened:
        # days that are shorter than the grace do not take a snapshot from under a reader
        assert opened.maintain(Policy(expire_days=0, keep_backups=1)).expired > 5
        opened.maintain(Policy(expire_days=0, keep_backups=1))
    (tmp_path / "stop").touch()
    told, errors = reader.communicate(timeout=LIMIT)
    assert reader.returncode == 0, errors
    assert int(told) >= 1


KILLED = """
import os, signal, sys
from warehouse import compaction, maintain, sqlite
from warehouse.lake import Lake
step, at = sys.argv[2], int(sys.argv[3])
count = 0
def counted(call):
    def wrapped(*them, **more):
        global count
        count += 1
        if count > at:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*them, **more)
    return wrapped
if step == "commit":
    # inside a transaction: what the statement wrote is there, and nobody knows it
    commit, die = compaction.commit, counted(lambda: None)
    compaction.commit = lambda k, c, work, told: commit(k, c, lambda: (work(), die()), told)
else:
    module = sqlite if step == "_copy" else maintain
    setattr(module, step, counted(getattr(module, step)))
with Lake.open(sys.argv[1]) as lake:
    lake.maintain(maintain.Policy(0, 0, 1))
"""


@pytest.mark.parametrize(
    ("step", "at"),
    [
        ("_copy", 0),
        ("_expire", 0),
        ("_compact", 0),
        ("commit", 1),
        ("commit", 5),
        ("_clean_up", 0),
        ("_remove_orphans", 0),
    ],
)
def test_a_killed_maintenance_is_finished_by_the_next(
    step: str, at: int, lake_folder: Path, python: Python
) -> None:
    with Lake.open(lake_folder) as lake:
        fill(lake, 6)
        digests = lake.digests()
    process = python(KILLED, lake_folder, step, at)
    assert process.wait(LIMIT) == -signal.SIGKILL, process.communicate()[1]
    with warehouse.connect(lake_folder) as reader:
        assert reader.execute("SELECT count(*) FROM figures").fetchone() == (24,)
    with Lake.open(lake_folder) as lake:
        done = lake.maintain(AT_ONCE)
        assert lake.digests() == digests
        assert {s.table: s.files for s in done.after}["inputs"] == 1
        known = lake.query(
            "SELECT (SELECT count(*) FROM __ducklake_metadata_lake.ducklake_data_file) + "
            "(SELECT count(*) FROM __ducklake_metadata_lake.ducklake_delete_file) AS n"
        ).to_pylist()[0]["n"]
        assert len(list(lake.catalog.layout.data.rglob("*.parquet"))) == known + done.waiting.files
    assert list((lake_folder / "backups").glob("*.part*")) == []
    assert sorted(p.name for p in lake_folder.iterdir()) == [
        "backups",
        "catalog.sqlite",
        "data",
        "lake.lock",
    ]


def test_files_that_are_gone_already_do_not_stop_the_cleaning(lake: Lake) -> None:
    """As after a kill between the removal of files and the catalog's word of it."""
    fill(lake, 4)
    lake.maintain(Policy(0, 0, 1))
    first = lake.maintain(Policy(0, 0, 1))
    assert first.waiting.files > 20
    files = lake.catalog.files
    files.remove(list(maintain._scheduled(lake._connection, files).values())[:5])
    time.sleep(1.1)  # a backup's name has no parts of a second
    done = lake.maintain(Policy(0, 0, 1))
    assert done.removed.files == first.waiting.files
    assert done.waiting.files == 0


def test_a_table_that_cannot_be_merged_is_said_and_the_others_go_on(
    lake: Lake,
) -> None:
    fill(lake, 4)
    group = next(groups(ducklake.files(lake._connection, "mentions")))
    lost = Path(group[0].path)
    lost.rename(lost.with_suffix(".lost"))
    done = lake.maintain()
    [problem] = done.problems
    assert problem.startswith("mentions: ")
    after = {s.table: s.files for s in done.after}
    assert after["figures"] <= 2
    assert after["mentions"] > 2
    lost.with_suffix(".lost").rename(lost)
    assert lake.maintain().problems == ()


def test_only_the_newest_backups_are_kept(lake: Lake) -> None:
    made = [lake.catalog.back_up() for _ in range(4)]
    assert len({copy.path for copy in made}) == 4
    lake.catalog.prune(2)
    assert len(lake.catalog.backups()) == 2
    lake.maintain()
    assert len(list((lake.path / "backups").iterdir())) == 3


def test_a_damaged_catalog_is_not_kept_as_a_backup(lake: Lake) -> None:
    fill(lake, 1)
    path = lake.path
    lake.close()
    data = bytearray((path / "catalog.sqlite").read_bytes())
    data[4096 : 4096 * 6] = b"\x07" * (4096 * 5)
    (path / "catalog.sqlite").write_bytes(data)
    with pytest.raises(LakeError, match="no backup of"):
        lake.catalog.back_up()
    assert list((lake.path / "backups").iterdir()) == []


@pytest.mark.parametrize("policy", [{"expire_days": -1}, {"grace_hours": -1}, {"keep_backups": 0}])
def test_a_policy_that_makes_no_sense_is_refused(policy: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        Policy(**policy)


def test_files_are_taken_with_smaller_ones_that_are_worth_it() -> None:
    def sizes(*files: File) -> list[list[int]]:
        return [[file.bytes for file in group] for group in groups(files)]

    small = [File(f"t/year=2025/{n}", 100) for n in range(3)]
    assert sizes(*small) == [[100, 100, 100]]
    assert sizes(*small, File("t/year=2026/x", 100)) == [[100, 100, 100]]
    assert sizes(*small, File("t/year=2025/x", 1200)) == [[100, 100, 100, 1200]]
    assert sizes(*small, File("t/year=2025/x", 1201)) == [[100, 100, 100]]
    assert sizes(File("t/x", 5), File("t/y", TARGET)) == []
    assert sizes(File("t/y", TARGET, 0.5)) == [[TARGET]]
    assert sizes(File("t/x", 5, 0.1)) == [[5]]
    assert sizes(File("t/x", 5)) == []
    third = TARGET // 3
    assert sizes(*(File(f"t/{n}", third) for n in range(7))) == [[third] * 3, [third] * 3]


def test_the_grace_is_kept_to_the_second(lake: Lake) -> None:
    """DuckLake's own cleaning takes all of a day for old."""
    before = dt.datetime.now(dt.UTC)
    fill(lake, 3)
    lake.maintain(Policy(0, 0, 1))
    lake.maintain(Policy(0, 0, 1))
    connection, files = lake._connection, lake.catalog.files
    waiting = maintain._scheduled(connection, files)
    assert waiting
    assert maintain._scheduled(connection, files, dt.datetime.now(dt.UTC)) == waiting
    assert maintain._scheduled(connection, files, before) == {}


def test_files_with_marked_rows_are_written_anew(lake: Lake) -> None:
    """Such files stand in lakes of earlier days, whose open transactions they can mislead."""
    lake.publish(Publication(insert=batch_of(range(40))), "run-1")
    lake._connection.execute(
        "DELETE FROM lake.figures WHERE article_id = (SELECT min(article_id) FROM lake.figures)"
    )
    before = {s.table: s for s in sizes(lake._connection)}
    assert before["figures"].delete_files == 1
    done = lake.maintain()
    after = {s.table: s for s in done.after}
    assert after["figures"].delete_files == 0
    assert lake.counts()["figures"] == 39
