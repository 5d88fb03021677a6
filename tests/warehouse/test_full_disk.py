"""A disk that is full in the middle of a commit: nothing half, and room makes it good again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import LIMIT

ROOT = Path(__file__).parents[2]

#: In a mount namespace of its own: publishes until the disk is full, makes room and goes on.
SCRIPT = """
import subprocess, sys
from pathlib import Path
import warehouse
from tests.warehouse.stories import batch_of
from warehouse.errors import LakeError
from warehouse.lake import Lake, Publication

small, large = Path(sys.argv[1]), Path(sys.argv[2])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1100k", "tmpfs", small], check=True)
batches = [batch_of(range(n, n + 150)) for n in range(0, 1800, 150)]
published = 0
try:
    with Lake.open(small / "lake", create=True) as lake, lake.lock("run"):
        for batch in batches:
            lake.publish(Publication(insert=batch), "run")
            published += 1
except LakeError as error:
    print("full:", error)
with warehouse.connect(small / "lake") as connection:
    print("articles", *connection.execute("SELECT count(*) FROM articles").fetchone(), published)
subprocess.run(["mount", "-o", "remount,size=200m", small], check=True)
with Lake.open(small / "lake") as lake, lake.lock("run"):
    for batch in batches[published:]:
        lake.publish(Publication(insert=batch), "run")
with Lake.open(large / "lake", create=True) as other, other.lock("run"):
    for batch in batches:
        other.publish(Publication(insert=batch), "run")
with Lake.open(small / "lake") as lake, Lake.open(large / "lake") as other:
    print("equal", lake.digests() == other.digests())
known = {p.name for p in (large / "lake").iterdir()} | {"catalog.sqlite-shm", "catalog.sqlite-wal"}
print("odd", sorted(p.name for p in (small / "lake").iterdir() if p.name not in known))
"""

pytestmark = pytest.mark.long


def namespaces() -> list[str]:
    """The command that gives a script mounts of its own, or skip where that is not allowed."""
    for command in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
        trial = [*command, "sh", "-c", "mount -t tmpfs tmpfs /mnt"]
        if subprocess.run(trial, capture_output=True, check=False).returncode == 0:
            return command
    pytest.skip("this machine lets nobody mount a small disk")


def test_a_full_disk_costs_the_batch_in_hand_and_nothing_else(tmp_path: Path) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.mkdir()
    large.mkdir()
    done = subprocess.run(
        [*namespaces(), sys.executable, "-c", SCRIPT, str(small), str(large)],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    *full, articles, equal, odd = done.stdout.splitlines()
    assert len(full) == 1, full
    assert full[0].startswith("full: the disk that ")
    assert full[0].endswith("what was published is kept, and nothing is half written")
    _, counted, published = articles.split()
    assert int(counted) == 150 * int(published)
    assert 0 < int(published) < 12
    assert equal == "equal True"
    assert odd == "odd []"
