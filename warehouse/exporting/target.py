"""Where an export appears: a folder or a file that is there when it is complete, or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from warehouse.errors import LakeError, TargetError

#: Inside a folder that exists; beside what does not, the name is made of the target's.
_PART = ".export.part"


def check_folder(folder: Path, lake: Path) -> None:
    """Raise ``TargetError`` unless the folder is new or empty, and not in the lake's."""
    _check_outside(folder, lake)
    if folder.is_dir():
        if any(entry.name != _PART for entry in folder.iterdir()):
            raise TargetError(
                f"{folder} is not empty: name a folder that does not exist, or empty this one"
            )
    elif folder.exists():
        raise TargetError(f"{folder} is a file: name a folder")


def check_file(file: Path, lake: Path) -> None:
    """Raise ``TargetError`` unless the file is new, and not in the lake's folder."""
    _check_outside(file, lake)
    if file.is_dir():
        raise TargetError(f"{file} is a folder: name a file")
    if file.exists():
        raise TargetError(f"{file} exists: name another file, or remove this one")


def _check_outside(target: Path, lake: Path) -> None:
    if target.is_relative_to(lake):
        raise TargetError(f"{target} lies in the lake's own folder: name another one")


@contextlib.contextmanager
def part_of(target: Path) -> Iterator[Path]:
    """An empty folder beside the target, or in it if it exists (it may be a mount), that is gone
    afterwards. A lock on it tells what a killed export left from what another is writing."""
    part = target / _PART if target.is_dir() else target.with_name(f".{target.name}{_PART}")
    try:
        part.mkdir(parents=True, exist_ok=True)
        lock = os.open(part, os.O_RDONLY)
    except OSError as error:
        raise TargetError(f"{target} cannot be written: {error.strerror}: {part}") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TargetError(
                f"another export is writing {target}: wait for it, or name another one"
            ) from None
        try:
            _empty(part)
            yield part
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    finally:
        os.close(lock)


def _empty(part: Path) -> None:
    for entry in part.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def publish_folder(part: Path, folder: Path, last: str) -> None:
    """Let the files of ``part`` appear in the folder, the one called ``last`` after the others."""
    with _in_place():
        if part.parent != folder:
            part.rename(folder)
            return
        for file in sorted(part.iterdir(), key=lambda file: file.name == last):
            file.rename(folder / file.name)
        part.rmdir()


def publish_file(made: Path, file: Path) -> None:
    """Let the one file of a part appear under its name."""
    with _in_place():
        if file.exists():
            raise TargetError(f"{file} was made by another meanwhile: name another file")
        made.rename(file)
        made.parent.rmdir()


@contextlib.contextmanager
def _in_place() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LakeError(
            f"the export is complete but cannot be put in its place: {error}"
        ) from error


def settled(file: Path) -> str:
    """The SHA-256 of a file that is on the disk, and will be after a loss of power."""
    with file.open("rb") as stream:
        os.fsync(stream.fileno())
        return hashlib.file_digest(stream, "sha256").hexdigest()
