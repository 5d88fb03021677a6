"""The Parquet files of a lake where they lie: what the warehouse does with them past DuckDB.

DuckDB writes and reads them. They are listed to find such as nobody knows, and removed when nobody
needs them: in a folder (:class:`Folder`) or in an object store (:class:`warehouse.stores.Store`).
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

#: Bytes that are copied at once.
_PIECE = 1 << 20


@dataclass(frozen=True, order=True)
class File:
    """A file: its path seen from the place of the data, its bytes, when it was written (seconds
    since 1970)."""

    path: str
    bytes: int
    written: float

    @property
    def name(self) -> str:
        """The last part of the path, which no other file of the lake has."""
        return PurePosixPath(self.path).name


class Files(Protocol):
    """The files at one place; the place need not be there yet."""

    @property
    def place(self) -> str:
        """The folder or the address of the store, as DuckDB takes it, with no slash at its end."""

    def prepare(self) -> None:
        """Make the place for a new lake, where there is something to make."""

    def parquet(self, under: str = "") -> list[File]:
        """The Parquet files, below one folder of the place, in the order of their paths."""

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files; those that are gone are no error."""

    def read(self, path: str) -> AbstractContextManager[BinaryIO]:
        """The bytes of a file. Raises ``OSError``."""

    def write(self, path: str, stream: BinaryIO) -> None:
        """A file with those bytes: whole, or none of that name. Raises ``OSError``."""


def full(files: Files, path: str) -> str:
    """A path seen from the place as DuckDB takes it."""
    return f"{files.place}/{path}"


def inside(files: Files, path: str) -> str | None:
    """A path of the catalog's seen from the place of the data; None if it leads out of it."""
    place = f"{files.place}/"
    seen = path.removeprefix(place)
    if seen.startswith("/") or "://" in seen or ".." in PurePosixPath(seen).parts:
        return None
    return seen


@dataclass(frozen=True)
class Folder:
    """The files in a folder, of this machine or one that several share."""

    folder: Path

    @property
    def place(self) -> str:
        return str(self.folder)

    def prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)

    def parquet(self, under: str = "") -> list[File]:
        found = []
        for path in (self.folder / under).rglob("*.parquet"):
            try:
                is_now = path.stat()
            except FileNotFoundError:  # removed since it was listed
                continue
            if stat.S_ISREG(is_now.st_mode):
                seen = path.relative_to(self.folder).as_posix()
                found.append(File(seen, is_now.st_size, is_now.st_mtime))
        return sorted(found)

    def remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            (self.folder / path).unlink(missing_ok=True)

    def read(self, path: str) -> AbstractContextManager[BinaryIO]:
        return (self.folder / path).open("rb")

    def write(self, path: str, stream: BinaryIO) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.part")
        try:
            with part.open("wb") as written:
                shutil.copyfileobj(stream, written, _PIECE)
                written.flush()
                os.fsync(written.fileno())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
