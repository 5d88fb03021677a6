"""Ctrl-C: how an operator ends a run, after the batch in hand or at once."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from flows.run_state import Run

#: Exit code of a run that was interrupted, and the seconds it may take to end after Ctrl-C twice.
INTERRUPTED, _AT_ONCE = 130, 20.0


@contextmanager
def interruptible(one: Run) -> Iterator[None]:
    """The first Ctrl-C ends the run after the batch in hand, the second at once.

    Prefect may wait for an answer that does not come; then the process is ended as it is, which
    the lake bears as it bears being killed.
    """
    timers: list[threading.Timer] = []

    def ask(number: int, frame: FrameType | None) -> None:
        if one.stop.is_set():
            one.at_once = True
            timers.append(threading.Timer(_AT_ONCE, os._exit, [INTERRUPTED]))
            timers[-1].daemon = True
            timers[-1].start()
            signal.default_int_handler(number, frame)
        one.stop.set()
        # No print here: a signal may arrive in the middle of one.
        os.write(2, b"\nEnding after this batch. Ctrl-C again ends at once.\n")

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        for timer in timers:
            timer.cancel()
