"""A lake in another place is the same lake: its history too, or its newest state alone."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import warehouse
from tests.kinds import KINDS
from tests.warehouse.stories import batch_of
from tests.warehouse.test_maintain import fill
from warehouse import LakeError
from warehouse.copying import copy
from warehouse.digests import digests
from warehouse.lake import Lake, Publication
from warehouse.tables import TABLES

if TYPE_CHECKING:
    import subprocess

    from warehouse.address import Address

NAMES = [table.name for table in TABLES]
#: Tables that :func:`fill` writes.
WRITTEN = ["articles", "figures", "inputs"]


@pytest.fixture
def origin(empty_lake: Path, tmp_path: Path) -> Iterator[Lake]:
    """A lake in a folder whose name no other kind's lake has."""
    with Lake.open(shutil.copytree(empty_lake, tmp_path / "origin")) as opened:
        yield opened


def reference(lake: Lake, value: str) -> None:
    lake.publish_reference([("towns", ["name", "note"], [["Lissa", None], ["Sorel", value]])])


def history(lake: Lake | Path | Address) -> dict[int, dict[str, str]]:
    """The digest of every table in every snapshot that has them, through a reader's eyes."""
    path: Path | Address = lake.path if isinstance(lake, Lake) else lake
    with Lake.open(path) as opened:
        numbers = [one.number for one in opened.history() if one.number]
    found = {}
    for number in numbers:
        with warehouse.connect(path, number) as then:
            found[number] = digests(then, WRITTEN)
    return found


def test_every_snapshot_goes_over_with_its_number_its_time_and_its_rows(
    lake: Lake, tmp_path: Path
) -> None:
    reference(lake, "a")
    fill(lake, batches=3)
    reference(lake, "b")
    done = copy(lake.path, tmp_path / "copy")
    with Lake.open(tmp_path / "copy") as copied:
        assert copied.history() == lake.history()
        assert copied.sizes() == lake.sizes()
        assert history(copied) == history(lake)
        assert copied.query("FROM lake.ref_towns").to_pylist()[1] == {"name": "Sorel", "note": "b"}
    assert done.snapshots == len(lake.history())
    assert (done.had, done.tables["articles"]) == (0, 12)


@pytest.mark.parametrize("address", KINDS[1:], indirect=True)
def test_to_another_kind_and_back_every_snapshot_is_the_same(
    origin: Lake, address: Address, tmp_path: Path
) -> None:
    fill(origin, batches=4, each=2)
    origin.publish(Publication(insert=batch_of(range(690, 692))), "last")
    expected, told = history(origin), origin.history()
    there = copy(origin.path, address)
    assert history(address) == expected
    with Lake.open(address) as copied:
        assert copied.history() == told
    back = copy(address, tmp_path / "back")
    assert history(tmp_path / "back") == expected
    assert (back.files, back.bytes, back.tables) == (there.files, there.bytes, there.tables)
    with Lake.open(tmp_path / "back") as copied:
        assert copied.history() == told
        # types and options went over, too: it can be written, maintained and copied on
        copied.publish(Publication(insert=batch_of(range(700, 702))), "later")
        origin.publish(Publication(insert=batch_of(range(700, 702))), "later")
        assert copied.digests() == origin.digests()
        assert copied.maintain().problems == ()
    with Lake.open(address) as copied:
        copied.publish(Publication(insert=batch_of(range(700, 702))), "later")
        assert copied.digests() == origin.digests()
        assert copied.maintain().problems == ()


@pytest.mark.parametrize("address", KINDS[-1:], indirect=True)
def test_the_newest_state_goes_to_any_kind(origin: Lake, address: Address) -> None:
    reference(origin, "a")
    fill(origin, batches=2)
    copy(origin.path, address, history=False)
    with Lake.open(address) as copied:
        assert digests(copied._connection, NAMES) == digests(origin._connection, NAMES)


def test_both_go_on_each_for_itself(lake: Lake, tmp_path: Path) -> None:
    fill(lake, batches=2)
    copy(lake.path, tmp_path / "copy")
    with Lake.open(tmp_path / "copy") as copied:
        before = lake.digests()
        copied.publish(Publication(insert=batch_of(range(700, 702))), "later")
        assert lake.digests() == before != copied.digests()
        lake.publish(Publication(insert=batch_of(range(700, 702))), "later")
        assert lake.digests() == copied.digests()
        assert copied.maintain().problems == ()


def test_the_newest_state_alone_is_one_snapshot_in_few_files(lake: Lake, tmp_path: Path) -> None:
    reference(lake, "a")
    fill(lake)
    done = copy(lake.path, tmp_path / "copy", history=False)
    with Lake.open(tmp_path / "copy") as copied:
        assert digests(copied._connection, NAMES) == digests(lake._connection, NAMES)
        assert copied.query("FROM lake.ref_towns").to_pylist() == (
            lake.query("FROM lake.ref_towns").to_pylist()
        )
        # known by the run that made it, as in the lake it comes of
        assert copied.history(1)[0].run == lake.history(1)[0].run
        assert sum(size.files for size in copied.sizes()) < sum(size.files for size in lake.sizes())
        assert (
            copied.publish_reference(
                [("towns", ["name", "note"], [["Lissa", None], ["Sorel", "a"]])]
            )
            == []
        )
    assert done.snapshots == 1


@pytest.mark.parametrize("whole", [True, False])
def test_one_that_was_killed_is_no_lake_and_the_same_call_goes_on(
    lake: Lake, tmp_path: Path, python: Callable[..., subprocess.Popen[str]], whole: bool
) -> None:
    fill(lake, batches=4)
    source = (
        "import os, signal, sys\n"
        "from warehouse import copying\n"
        "def dies(done, total):\n"
        "    if done > total / 2:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "copying.copy(sys.argv[1], sys.argv[2], history=sys.argv[3] == 'True', progress=dies)\n"
    )
    killed = python(source, lake.path, tmp_path / "copy", whole)
    assert killed.wait(60) == -signal.SIGKILL
    with pytest.raises(warehouse.NoLakeError):
        Lake.open(tmp_path / "copy")
    done = copy(lake.path, tmp_path / "copy", history=whole)
    assert (done.had > 0) is whole
    with Lake.open(tmp_path / "copy") as copied:
        assert copied.digests() == lake.digests()


def test_a_lake_is_not_written_over(lake: Lake, tmp_path: Path) -> None:
    with pytest.raises(LakeError, match="there is a lake"):
        copy(lake.path, lake.path)
    copy(lake.path, tmp_path / "copy")
    with pytest.raises(LakeError, match="there is a lake"):
        copy(lake.path, tmp_path / "copy")


def test_files_that_are_not_of_the_lake_are_in_the_way(lake: Lake, tmp_path: Path) -> None:
    fill(lake, batches=1)
    strange = tmp_path / "copy" / "data" / "main" / "articles" / "ducklake-0.parquet"
    strange.parent.mkdir(parents=True)
    strange.write_bytes(b"PAR1")
    for whole in (True, False):
        with pytest.raises(LakeError, match="files of a"):
            copy(lake.path, tmp_path / "copy", history=whole)
    assert strange.exists()


def test_a_file_that_is_gone_is_named(lake: Lake, tmp_path: Path) -> None:
    fill(lake, batches=1)
    lost = next((lake.path / "data").rglob("articles/**/*.parquet"))
    lost.unlink()
    with pytest.raises(LakeError, match=lost.name):
        copy(lake.path, tmp_path / "copy")
