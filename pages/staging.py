"""How does a site appear? As a whole: beside the old one, in whose place it is put at one stroke.

What has not changed is a second name of the old file (a hard link), so that a build writes only
what is new. A build that is killed leaves the old site as it was.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pages.site import File
from warehouse.errors import LakeError, TargetError

#: The file by which a folder is known as a site; it says what the site is of.
MANIFEST = "site.json"
#: ``renameat2``'s flag by which two names change places, and its word for the working directory.
_EXCHANGE, _HERE = 2, -100


@dataclass
class Written:
    """What a build came to: files, their bytes, and those of them that are new or changed."""

    files: int = 0
    size: int = 0
    new: int = 0
    new_size: int = 0
    gone: int = 0


@dataclass
class Staging:
    """The folder in which a site is made, and the one that it replaces, if there is one."""

    part: Path
    old: Path | None
    written: Written = field(default_factory=Written)
    _seen: set[str] = field(default_factory=set)

    def put(self, file: File) -> None:
        """Adds a file; the address must be new and lie in the site."""
        place = self._place(file.path)
        before = self.old / file.path if self.old else None
        if before is not None and _holds(before, file.data):
            _link(before, place)
            self._count(len(file.data), new=False)
        else:
            place.write_bytes(file.data)
            self._count(len(file.data), new=True)

    def take(self, path: str, made: Path) -> None:
        """Adds a file that was made elsewhere on the same disk, and is moved."""
        place = self._place(path)
        before = self.old / path if self.old else None
        size = made.stat().st_size
        if before is not None and _equal(before, made):
            _link(before, place)
            made.unlink()
            self._count(size, new=False)
        else:
            made.rename(place)
            self._count(size, new=True)

    def _place(self, path: str) -> Path:
        place = self.part / path
        if path in self._seen or not place.resolve().is_relative_to(self.part.resolve()):
            raise ValueError(f"{path!r} is there already, or lies outside the site")
        self._seen.add(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def _count(self, size: int, *, new: bool) -> None:
        self.written.files += 1
        self.written.size += size
        self.written.new += new
        self.written.new_size += size * new


@contextlib.contextmanager
def staging(target: Path, lake: Path) -> Iterator[Staging]:
    """A folder to make a site in, which takes the place of ``target`` at the end if all went well.

    ``target`` must not exist, be empty or be a site. Raises ``TargetError`` for what is none of
    these, lies in the lake (but for its folder ``site``) or is being written by another build, and
    ``LakeError`` if the disk does not take it.
    """
    part = target.with_name(f".{target.name}.part")
    lost = target.with_name(f".{target.name}.old")
    _check(target, lake)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if lost.exists() and not target.exists():  # a build ended between two renames
            lost.rename(target)
        part.mkdir(exist_ok=True)
    except OSError as error:
        raise TargetError(f"{target} cannot be written: {error.strerror}: {part}") from error
    with contextlib.ExitStack() as held:
        held.enter_context(_locked(part, target))
        try:
            _empty(part)
            old = target if target.is_dir() else None
            made = Staging(part, old)
            yield made
            if old is not None:
                held.enter_context(_locked(old, target))
                made.written.gone = sum(
                    str(file.relative_to(old)) not in made._seen
                    for file in old.rglob("*")
                    if file.is_file()
                )
            _publish(part, target, lost)
        except OSError as error:
            raise LakeError(f"the site in {target} cannot be written: {error}") from error
        finally:
            for left in (part, lost):
                if target.exists() or left == part:
                    shutil.rmtree(left, ignore_errors=True)


def manifest(facts: dict[str, object]) -> File:
    """The file that says what the site is of."""
    return File(MANIFEST, (json.dumps(facts, indent=1, ensure_ascii=False) + "\n").encode())


def _check(target: Path, lake: Path) -> None:
    if target == lake or lake.is_relative_to(target):
        raise TargetError(f"{target} holds the lake: name another folder")
    if target.is_relative_to(lake) and target != lake / "site":
        raise TargetError(f"{target} lies in the lake's own folder: name another one")
    if not target.exists():
        return
    if not target.is_dir():
        raise TargetError(f"{target} is a file: name a folder")
    if any(target.iterdir()) and not (target / MANIFEST).is_file():
        raise TargetError(
            f"{target} is not empty and no site of dateline: name a folder that does not exist, "
            "or empty this one"
        )


@contextlib.contextmanager
def _locked(folder: Path, target: Path) -> Iterator[None]:
    """A lock on a folder, which tells what a killed build left from what another is writing."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TargetError(f"another build is writing {target}: wait for it") from None
        yield
    finally:
        os.close(lock)


def _publish(part: Path, target: Path, lost: Path) -> None:
    """Puts the site in its place: the two change names where the system can do that at a stroke."""
    if not target.exists():
        part.rename(target)
    elif not _exchanged(part, target):
        target.rename(lost)
        part.rename(target)


def _exchanged(one: Path, other: Path) -> bool:
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return done == 0


def _holds(file: Path, data: bytes) -> bool:
    try:
        return file.stat().st_size == len(data) and file.read_bytes() == data
    except OSError:
        return False


def _equal(one: Path, other: Path) -> bool:
    """Whether two files hold the same bytes, read in pieces."""
    try:
        if one.stat().st_size != other.stat().st_size:
            return False
        with one.open("rb") as a, other.open("rb") as b:
            while piece := a.read(1 << 20):
                if piece != b.read(1 << 20):
                    return False
    except OSError:
        return False
    return True


def _link(file: Path, place: Path) -> None:
    """A second name, or a copy on a disk that has no such thing."""
    try:
        os.link(file, place)
    except OSError:
        shutil.copyfile(file, place)


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
