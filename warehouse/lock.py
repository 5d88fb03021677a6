"""One writer at a time: an advisory lock on a file, for lakes in a folder.

The kernel releases the lock when its holder ends, however it ends, so a dead holder never
blocks. The file says who holds it. A holder that ends well empties the file; what is found in it
by the next one therefore names a holder that died, after which the lake is tidied up.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import logging
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from warehouse.catalog import Holder
from warehouse.errors import LakeError

log = logging.getLogger(__name__)

#: Seconds between two looks at a lock that another process holds.
POLL = 0.2


class FileLock:
    """The lock of a lake: a :class:`warehouse.catalog.Lock`. Not re-entrant; one object a process
    and lake."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        return self._descriptor is not None

    def acquire(
        self, owner: str, *, on_wait: Callable[[Holder | None], None] | None = None
    ) -> Holder | None:
        """Wait for the lock and take it; gives the holder that died with it, if one did.

        Raises ``LakeError`` if the file cannot be written.
        """
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise _not_writable(self.path, error) from error
        try:
            self._wait(descriptor, on_wait or log_wait)
            died = _read(descriptor)
            _write(descriptor, describe(owner))
        except OSError as error:
            os.close(descriptor)
            raise _not_writable(self.path, error) from error
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return died

    def release(self, *, clean: bool = True) -> None:
        """Give the lock back; ``clean=False`` leaves the next holder to tidy up."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        if clean:
            os.ftruncate(descriptor, 0)
        os.close(descriptor)

    def holder(self) -> Holder | None:
        """Who holds the lock now, as far as the file says."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            return _read(descriptor)
        finally:
            os.close(descriptor)

    def _wait(self, descriptor: int, on_wait: Callable[[Holder | None], None]) -> None:
        told: object = _NOBODY
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = _read(descriptor)
                if holder != told:
                    on_wait(holder)
                    told = holder
                time.sleep(POLL)
            else:
                return


_NOBODY = object()


def describe(owner: str) -> Holder:
    """This process as a holder."""
    since = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
    return Holder(os.getpid(), owner, command, since)


def _read(descriptor: int) -> Holder | None:
    try:
        return Holder(**json.loads(os.pread(descriptor, 65536, 0)))
    except (ValueError, TypeError):
        return None


def _write(descriptor: int, holder: Holder) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(asdict(holder)).encode(), 0)


def _not_writable(path: Path, error: OSError) -> LakeError:
    return LakeError(
        f"{path} cannot be written ({error.strerror}): writing the lake takes permission to write "
        "in its folder, and room on its disk"
    )


def log_wait(holder: Holder | None) -> None:
    """What is done of whom has to be waited for, where nothing else is said."""
    log.warning("waiting for another writer of the lake: %s", holder or "its name is not known")
