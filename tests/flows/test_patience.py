"""Work that takes too long is ended, and nothing else is."""

from __future__ import annotations

import datetime as dt
import signal
import threading
import time

import pytest

from flows.command.patience import TookTooLong, within
from flows.command.rows import RowsOf
from transforms.limits import DEFAULT, Limits
from transforms.model import TEXT, RawArticle, Reject, Source


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


def test_a_record_that_takes_too_long_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    slow, first, last = (record(name) for name in ("slow", "first", "last"))

    def read(raw: RawArticle, limits: Limits = DEFAULT) -> Reject:
        while raw.source_uri == "slow":
            time.sleep(0.01)
        return Reject("wire", raw.source_uri, "empty", "empty")

    monkeypatch.setattr("flows.worker.read", read)
    with RowsOf("no_model", limits=Limits(seconds=1)) as rows_of:
        [one] = rows_of(first)["rejects"]
        [two] = rows_of(slow)["rejects"]
        monkeypatch.undo()
        # A process of its own reads the rest, with nothing of what was interrupted.
        [three] = rows_of(last)["rejects"]
    assert [one["reason"], two["reason"], three["reason"]] == ["empty", "too_slow", "empty"]
    assert "limits.seconds" in two["detail"]


def record(name: str) -> RawArticle:
    return RawArticle(name, TEXT, dt.datetime(2025, 1, 1), b"", Source("wire"))
