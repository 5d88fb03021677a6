"""What can go wrong with a lake, said for the person who has to do something about it."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path


class LakeError(RuntimeError):
    """The lake cannot do what was asked; the message names the folder and what to do."""


class DiskFullError(LakeError):
    """There is no room left where the lake lies."""


class NoLakeError(LakeError):
    """There is no lake where one was looked for."""


class AddressError(LakeError):
    """What was given as the address of a lake is none that is supported."""


class UnreachableError(LakeError):
    """The database of a lake's catalog cannot be reached, or a connection to it broke."""


class VersionError(LakeError):
    """The lake was written by another version than the one that is installed."""


class SqlError(ValueError):
    """The SQL, or the moment it asks about, is wrong; the message shows where."""


class TargetError(ValueError):
    """The folder that something is to be written into cannot be it; the message says why."""


#: Below so many free bytes a disk is full: a catalog needs some to be opened at all.
_NO_ROOM = 1_000_000


def disk_full(error: BaseException, folder: Path) -> DiskFullError | None:
    """The error to raise instead, if this one came of a full disk: that of the folder.

    A database may say no more than "disk I/O error" of it, so the room that is left is looked at.
    """
    if not _of_no_room(error, folder):
        return None
    return DiskFullError(
        f"the disk that {folder} lies on is full. Make room, then run the same command again: "
        "what was published is kept, and nothing is half written"
    )


def _of_no_room(error: BaseException, folder: Path) -> bool:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    text = str(error).lower()
    if "no space left" in text or "disk is full" in text:
        return True
    return "disk i/o error" in text and shutil.disk_usage(folder).free < _NO_ROOM
