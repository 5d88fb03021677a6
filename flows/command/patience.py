"""A bound on the time of a piece of work that is done in this process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TookTooLong(BaseException):
    """The time is over. No ``Exception``: work that bears with those must not bear with this."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises :class:`TookTooLong` in what is done here when it takes more seconds.

    It comes between two steps of Python, so one call of a C library is not cut short. Outside the
    main thread, where there are no signals, there is no bound.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(number: int, frame: FrameType | None) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
