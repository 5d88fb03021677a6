"""One host's turn: how many requests at once, how far apart, and when it is left alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flows.fetching.guard import Clock
from flows.fetching.settings import Fetch

#: After so many failures in a row a host is left alone for the rest of a run.
MANY = 10


class Host:
    """How one host is treated, whoever asks it."""

    def __init__(self, settings: Fetch, clock: Clock) -> None:
        self.delay = settings.delay
        self.given_up: str | None = None
        self._clock = clock
        self._slots = threading.Semaphore(settings.per_host)
        self._lock = threading.Lock()
        self._next = 0.0
        self._failures = 0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits until the host may be asked."""
        with self._slots:
            with self._lock:
                at = max(self._next, time.monotonic())
                self._next = at + self.delay
            self._clock.wait(max(0.0, at - time.monotonic()))
            yield

    def answered(self) -> None:
        self._failures = 0

    def failed(self) -> None:
        self._failures += 1
        if self._failures >= MANY:
            self.given_up = f"the host failed {MANY} times in a row"


class Hosts:
    """The hosts of a run, by scheme, name and port."""

    def __init__(self, settings: Fetch, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._lock = threading.Lock()
        self._hosts: dict[str, Host] = {}

    def __getitem__(self, origin: str) -> Host:
        with self._lock:
            if origin not in self._hosts:
                self._hosts[origin] = Host(self._settings, self._clock)
            return self._hosts[origin]
