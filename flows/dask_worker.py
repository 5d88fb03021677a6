"""What a Dask worker does for a run: it hands calls to processes of its own (:mod:`flows.child`).

Dask's scheduler imports this module too, to read what tasks are: it needs nothing but the standard
library. A worker that Dask's nanny started is daemonic, and ``multiprocessing`` gives it no
children, but it may start programs.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import IO, Any

from flows.child import receive, send
from flows.pool import Lost, Slow
from flows.versions import differences

#: Seconds after which a process that nobody needs is ended, with the language model that it holds.
IDLE = 300.0
#: Seconds between two looks whether a call is still wanted.
_LOOK_UP = 0.5


class Refused(Exception):  # noqa: N818 (no error of the work)
    """The worker at this address would not make the rows that the client would, and why."""

    def __init__(self, worker: str, why: str) -> None:
        super().__init__(worker, why)
        self.worker, self.why = worker, why


class Packed(bytes):
    """A pickled call or answer. Dask writes what a task that failed was given into its log."""

    def __repr__(self) -> str:
        return f"<{len(self)} bytes>"


class Cancelled(Exception):  # noqa: N818 (no error)
    """Nobody wants the answer any more."""


def call(model: str, wanted: Mapping[str, str], patience: float | None, question: Packed) -> Packed:
    """A task: the answer of a process of this worker.

    Raises :class:`Refused` if the versions here are not those that are ``wanted``, ``Lost`` if the
    process ended without an answer, ``Slow`` if it was ended after ``patience`` seconds.
    """
    from distributed import get_worker

    worker = get_worker()
    key = worker.get_current_task()
    child = _take(worker.address, model, wanted)
    try:
        answer = child.ask(question, patience, lambda: _unwanted(worker, key))
    except BaseException:
        child.end()
        raise
    CHILDREN.give(child)
    return Packed(answer)


async def check(model: str, wanted: Mapping[str, str], dask_worker: Any) -> None:
    """Start a first process, and raise :class:`Refused` if it has not the versions ``wanted``."""
    address = dask_worker.address
    CHILDREN.give(await asyncio.to_thread(_take, address, model, wanted))


def _take(address: str, model: str, wanted: Mapping[str, str]) -> Child:
    child = CHILDREN.take(model)
    if different := differences(child.versions, wanted):
        child.end()
        raise Refused(address, different)
    return child


def _unwanted(worker: Any, key: Any) -> bool:
    """Whether the task was cancelled, its client is gone, or the worker is ending."""
    task = worker.state.tasks.get(key)
    return task is None or task.state == "cancelled" or worker.status.name in ("closing", "closed")


class Child:
    """A process that computes, as its worker sees it. Raises ``Lost`` if it does not start."""

    def __init__(self, model: str) -> None:
        self.model = model
        self.idle_since = 0.0
        paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        self._process = _starter().submit(_start, paths).result()
        self.versions: dict[str, str] = pickle.loads(self.ask(model.encode(), None, lambda: False))

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, question: bytes, patience: float | None, unwanted: Callable[[], bool]) -> bytes:
        """The answer. Raises ``Lost`` if the process ends before it, ``Slow`` if none has come
        after ``patience`` seconds, :class:`Cancelled` if it is ``unwanted``; end it then."""
        give_up = None if patience is None else time.monotonic() + patience
        try:
            send(_open(self._process.stdin), question)
            answers = select.poll()
            answers.register(_open(self._process.stdout), select.POLLIN)
            while not answers.poll(_LOOK_UP * 1000):
                if give_up is not None and time.monotonic() >= give_up:
                    raise Slow(f"it took more than {patience:.0f} s")
                if unwanted():
                    raise Cancelled
            return receive(_open(self._process.stdout))
        except (OSError, EOFError):
            raise Lost("the process ended without an answer") from None

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            try:
                _open(stream).close()
            except OSError:
                continue  # what was not sent never will be


class Children:
    """The processes of a worker that have nothing to do, the latest first."""

    def __init__(self) -> None:
        self._idle: list[Child] = []
        self._lock = threading.Lock()
        self._sweeper: threading.Thread | None = None

    def take(self, model: str) -> Child:
        """One that has this language model, or a new one. Raises ``Lost`` if none starts."""
        with self._lock:
            fit = [child for child in self._idle if child.model == model]
            for child in fit:
                self._idle.remove(child)
            dead = [child for child in fit if not child.alive]
            alive = [child for child in fit if child.alive]
            self._idle += alive[:-1]
        for child in dead:
            child.end()
        return alive[-1] if alive else Child(model)

    def give(self, child: Child) -> None:
        """It has nothing to do; after a while it is ended."""
        child.idle_since = time.monotonic()
        with self._lock:
            self._idle.append(child)
            if self._sweeper is None:
                self._sweeper = threading.Thread(target=self._sweep, name="sweep", daemon=True)
                self._sweeper.start()

    def end(self, before: float | None = None) -> None:
        """End those that are idle, or that were already ``before`` a time."""
        with self._lock:
            old = [one for one in self._idle if before is None or one.idle_since < before]
            self._idle = [one for one in self._idle if one not in old]
        for child in old:
            child.end()

    def _sweep(self) -> None:
        while True:
            time.sleep(IDLE / 10)
            self.end(time.monotonic() - IDLE)


#: Those of this process, if it is a worker.
CHILDREN = Children()


def _start(paths: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": paths}  # it finds what its worker finds
    # Dask's nanny has its workers give memory back at once, which they must then ask for again.
    environment.pop("MALLOC_TRIM_THRESHOLD_", None)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "flows.child", str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )


@cache
def _starter() -> ThreadPoolExecutor:
    """One thread that starts all processes and outlives them: Linux sends them the signal of
    their parent's death when the thread ends that started them. They inherit its signal mask."""
    return ThreadPoolExecutor(1, "children", _block_interrupts)


def _block_interrupts() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _open(stream: IO[bytes] | None) -> Any:
    if stream is None:
        raise OSError("it has no pipe")
    return stream
