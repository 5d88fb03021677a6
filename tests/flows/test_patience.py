"""Work that takes too long is ended, and nothing else is."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from flows.command.patience import TookTooLong, within


def test_what_takes_too_long_is_ended_though_it_bears_with_errors() -> None:
    def bears_all() -> None:
        while True:
            try:
                time.sleep(10)
            except Exception:
                continue

    with pytest.raises(TookTooLong), within(0.05):
        bears_all()


def test_what_is_done_in_time_leaves_no_alarm_behind() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with within(60):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == before


def test_there_is_no_bound_outside_the_main_thread() -> None:
    done: list[bool] = []

    def work() -> None:
        with within(0.001):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
