"""Waiting for a sign, so that no test depends on how fast a machine is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import psutil

#: Seconds after which a wait is given up: longer than anything takes, only there to end what hangs.
LIMIT = 600.0
#: Seconds between the first looks and, since looking may cost whoever is waited for, between later
#: ones.
_POLL, _LONGEST = 0.05, 0.5


def until[T](
    sign: Callable[[], T], trouble: Callable[[], object] = lambda: "", limit: float = LIMIT
) -> T:
    """What ``sign`` gives as soon as it is true; ``trouble`` tells what there is instead, if it
    never is."""
    give_up = time.monotonic() + limit
    pause = _POLL
    while not (seen := sign()):
        assert time.monotonic() < give_up, trouble()
        time.sleep(pause)
        pause = min(pause * 1.2, _LONGEST)
    return seen


def until_gone(ids: Iterable[int]) -> None:
    """Until none of these processes is there, but for zombies, which nobody may collect."""
    watched = sorted(ids)
    until(lambda: not any(map(_alive, watched)), lambda: f"still there: {watched}")


def _alive(process: int) -> bool:
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
