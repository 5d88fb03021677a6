"""A site appears as a whole, and the one that was there stands until then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pages import staging as module
from pages.site import File
from pages.staging import MANIFEST, Staging, manifest, staging
from warehouse.errors import TargetError

NOTHING = Path("/nowhere/lake")


def make(target: Path, files: dict[str, str]) -> Staging:
    with staging(target, NOTHING) as made:
        for path, text in files.items():
            made.put(File(path, text.encode()))
        made.put(manifest({"site": 1}))
    return made


def texts(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.mark.parametrize("exchanging", [True, False])
def test_a_second_build_writes_what_changed_and_takes_away_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanging: bool
) -> None:
    if not exchanging:
        monkeypatch.setattr(module, "_exchanged", lambda one, other: False)
    target = tmp_path / "site"
    first = make(target, {"index.html": "one", "a/b.html": "same", "a/old.html": "old"})
    assert (first.written.files, first.written.new, first.written.gone) == (4, 4, 0)
    kept = (target / "a/b.html").stat().st_ino
    second = make(target, {"index.html": "two", "a/b.html": "same", "new.html": "new"})
    assert (second.written.files, second.written.new, second.written.gone) == (4, 2, 1)
    assert (second.written.size, second.written.new_size) == (3 + 4 + 3 + 15, 6)
    assert texts(target) == {
        "a/b.html": "same",
        "index.html": "two",
        "new.html": "new",
        MANIFEST: '{\n "site": 1\n}\n',
    }
    assert (target / "a/b.html").stat().st_ino == kept
    assert list(tmp_path.iterdir()) == [target]


def test_a_build_that_fails_leaves_the_old_site(tmp_path: Path) -> None:
    target = tmp_path / "site"
    make(target, {"index.html": "one"})
    before = texts(target)
    with pytest.raises(ValueError, match="there already"):
        make(target, {"index.html": "two", MANIFEST: "in its place"})
    assert texts(target) == before
    assert list(tmp_path.iterdir()) == [target]


def test_a_build_that_is_killed_leaves_the_old_site_and_the_next_one_clears_up(
    tmp_path: Path,
) -> None:
    target = tmp_path / "site"
    make(target, {"index.html": "one"})
    before = texts(target)
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom pages.site import File\n"
        "from pages.staging import staging\n"
        f"with staging(Path({str(target)!r}), Path({str(NOTHING)!r})) as made:\n"
        "    made.put(File('index.html', b'two'))\n    print('put', flush=True)\n"
        "    time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == b"put\n"
        with pytest.raises(TargetError, match="another build is writing"):
            make(target, {"index.html": "three"})
        os.kill(killed.pid, signal.SIGKILL)
    assert texts(target) == before
    make(target, {"index.html": "four"})
    assert texts(target)["index.html"] == "four"
    assert list(tmp_path.iterdir()) == [target]


def test_a_build_that_ended_between_two_renames_is_mended(tmp_path: Path) -> None:
    target = tmp_path / "site"
    make(target, {"index.html": "one"})
    target.rename(tmp_path / ".site.old")
    with pytest.raises(ZeroDivisionError), staging(target, NOTHING):
        raise ZeroDivisionError
    assert texts(target)["index.html"] == "one"


def test_a_folder_that_is_no_site_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "holiday"
    folder.mkdir()
    (folder / "photo.jpg").write_text("sea")
    with pytest.raises(TargetError, match="no site of dateline"):
        make(folder, {"index.html": "one"})
    with pytest.raises(TargetError, match="is a file"):
        make(folder / "photo.jpg", {})
    assert texts(folder) == {"photo.jpg": "sea"}


def test_the_lake_is_never_a_site(tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    for target in (lake, tmp_path, lake / "data"):
        with pytest.raises(TargetError), staging(target, lake):
            pass
    with staging(lake / "site", lake) as made:
        made.put(manifest({}))
    assert (lake / "site" / MANIFEST).is_file()


@pytest.mark.parametrize("path", ["../out.html", "/etc/out.html", "a.html"])
def test_an_address_is_new_and_within_the_site(tmp_path: Path, path: str) -> None:
    with staging(tmp_path / "site", NOTHING) as made:
        made.put(File("a.html", b""))
        with pytest.raises(ValueError, match=r"there already|outside"):
            made.put(File(path, b""))
        made.put(manifest({}))


def test_what_was_made_elsewhere_is_moved_or_left_if_it_is_the_same(tmp_path: Path) -> None:
    for text, new in (("rows", True), ("rows", False), ("more", True)):
        with staging(tmp_path / "site", NOTHING) as made:
            file = made.part / ".rows"
            file.write_text(text)
            made.take("data/rows.csv", file)
            assert made.written.new == new
            made.put(manifest({}))
    assert texts(tmp_path / "site")["data/rows.csv"] == "more"
