"""Where computing is done: a pool of processes behind one door.

:meth:`Pool.map` is a ``map`` that loses nothing. An item whose work raises, or that takes its
worker down, comes back as a :class:`Failure` and costs no other item. Work is sent in chunks of
about equal weight; workers are started as there is work for them, so that a small run loads one
language model and not several.

Workers are spawned, never import Prefect, leave Ctrl-C to the parent, and end when the parent
ends, however it ends. They are made by ``make``: an executor over a cluster fits there too.
"""

from __future__ import annotations

import atexit
import ctypes
import faulthandler
import gc
import multiprocessing
import os
import signal
import sys
import threading
import traceback
import types
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

#: The least weight worth a worker of its own: loading the model costs about as much as parsing
#: this many characters.
LEAST = 60_000
#: Chunks a worker, so that the last ones end at about the same time and progress is smooth.
CHUNKS = 8
#: Seconds after which one item's work is given up, and more for each character.
PATIENCE = 300.0
PATIENCE_A_CHARACTER = 0.001
_LOOK_UP = 1.0

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Failure:
    """What came of an item instead of a result; ``detail`` is for a person."""

    detail: str


@dataclass(frozen=True)
class _Chunk:
    positions: tuple[int, ...]
    weight: int


class Pool:
    """Processes that compute. Close it, or use it as a context manager."""

    def __init__(
        self,
        workers: int,
        make: Callable[[int], Executor] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self.workers = workers
        self._make = make or processes
        self._patience = patience
        self._executor: Executor | None = None
        self._warm: Future[Any] | None = None
        # Linux sends the parent-death signal when the thread that started a child ends, so all
        # are started by one thread that lives as long as the pool; they inherit its signal mask.
        self._door = ThreadPoolExecutor(1, "pool", initializer=_block_interrupts)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.kill()

    def warm(self, function: Callable[..., object], *arguments: Any) -> None:
        """Begin to load in a first worker what all work needs; :meth:`map` waits for it, and
        raises what it raised."""
        if self._warm is None:
            self._warm = self.submit(function, *arguments)

    def submit[R](self, function: Callable[..., R], *arguments: Any) -> Future[R]:
        """One call in a worker; starts a worker if none is idle."""

        def pass_on() -> Future[R]:
            if self._executor is None:
                self._executor = self._make(self.workers)
            with _no_main():
                return self._executor.submit(function, *arguments)

        return self._door.submit(pass_on).result()

    def map[T, R](
        self,
        function: Callable[[T], R],
        items: Sequence[T],
        weigh: Callable[[T], int],
        progress: Callable[[int], None] = lambda done: None,
    ) -> list[R | Failure]:
        """``function`` of each item, in the order of the items.

        ``weigh`` is about what an item costs, in characters to be parsed. ``progress`` is called
        with the number of items done since the last call. ``function`` is importable by name.
        Raises what :meth:`warm`'s function raised, and nothing that ``function`` raises.
        """
        if self._warm is not None:
            try:
                _awaited(self._warm)
            except BrokenExecutor:
                self._drop()
        results: list[R | Failure | None] = [None] * len(items)
        queue = deque(self._cut([weigh(item) for item in items]))
        flying: dict[Future[list[R | Failure]], _Chunk] = {}

        def send(chunk: _Chunk) -> None:
            patience = self._patience + PATIENCE_A_CHARACTER * chunk.weight
            some = [items[position] for position in chunk.positions]
            try:
                flying[self.submit(_work, function, some, patience)] = chunk
            except BrokenExecutor as error:
                lost: Future[list[R | Failure]] = Future()
                lost.set_exception(error)
                flying[lost] = chunk

        def receive(chunk: _Chunk, answers: list[R | Failure]) -> None:
            for position, answer in zip(chunk.positions, answers, strict=True):
                results[position] = answer
            progress(len(chunk.positions))

        while queue or flying:
            while queue and len(flying) <= self.workers:
                send(queue.popleft())
            done = _first_done(flying)
            if any(isinstance(future.exception(), BrokenExecutor) for future in done):
                wait(flying)  # a broken pool answers all that were sent to it
                done = set(flying)
                self._drop()
            lost = []
            for future in sorted(done, key=lambda future: flying[future].positions):
                chunk = flying.pop(future)
                if future.exception() is None:
                    receive(chunk, future.result())
                else:
                    lost.append(chunk)
            for chunk in lost:
                if len(chunk.positions) == 1:
                    position = chunk.positions[0]
                    receive(chunk, [self._alone(function, items[position], chunk.weight)])
                else:
                    queue.extendleft(_Chunk((p,), chunk.weight) for p in reversed(chunk.positions))
        return [result for result in results if result is not None]

    def _alone[T, R](self, function: Callable[[T], R], item: T, weight: int) -> R | Failure:
        """An item that was in the pool when it broke, with nothing else in it; twice, since the
        first time may have been somebody else's doing."""
        patience = self._patience + PATIENCE_A_CHARACTER * weight
        error: BaseException | None = None
        for _ in range(2):
            try:
                return _awaited(self.submit(_work, function, [item], patience))[0]
            except BrokenExecutor:
                self._drop()
            except Exception as raised:
                error = raised
        if error is not None:
            return Failure(_told(error))
        return Failure(
            "the process that read it ended without an answer, three times: it ran out of memory, "
            f"crashed, or took more than {patience:.0f} s"
        )

    def _cut(self, weights: Sequence[int]) -> Iterator[_Chunk]:
        """Neighbours together, each chunk about equally heavy."""
        size = max(LEAST, sum(weights) // (self.workers * CHUNKS))
        positions: list[int] = []
        heavy = 0
        for position, weight in enumerate(weights):
            positions.append(position)
            heavy += weight
            if heavy >= size:
                yield _Chunk(tuple(positions), heavy)
                positions, heavy = [], 0
        if positions:
            yield _Chunk(tuple(positions), heavy)

    def _drop(self) -> None:
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)

    def close(self) -> None:
        """Let the workers end what they have in hand, and stop them."""
        self._drop()
        self._door.shutdown()

    def kill(self) -> None:
        """Stop the workers at once."""
        children: dict[int, Any] = getattr(self._executor, "_processes", None) or {}
        for process in list(children.values()):
            process.kill()
        self.close()


def _first_done[R](futures: Collection[Future[R]]) -> set[Future[R]]:
    """Those that are done, as soon as there is one. It looks up every second: a signal that comes
    just as the main thread begins to wait is not seen before something wakes it."""
    while True:
        done, _ = wait(futures, _LOOK_UP, FIRST_COMPLETED)
        if done:
            return done


def _awaited[R](future: Future[R]) -> R:
    _first_done([future])
    return future.result()


def processes(workers: int) -> Executor:
    """A pool of processes on this machine, started as there is work for them."""
    return ProcessPoolExecutor(
        workers,
        multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(os.getpid(),),
    )


def die_with_parent(parent: int, kill: int = signal.SIGKILL) -> None:
    """On Linux: have the kernel send this process ``kill`` when ``parent``, its parent, ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, kill)
    if os.getppid() != parent:  # it ended before the signal was asked for
        os._exit(1)


def collect_seldom() -> None:
    """Have Python look for rubbish more seldom: what is imported never is any, and looking for
    some among it takes a sixth of a start."""
    gc.set_threshold(100_000, 20)


def _start_worker(parent: int) -> None:
    collect_seldom()
    # To free a language model object by object takes as long as many an article.
    atexit.register(os._exit, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent(parent)
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    # One thread a worker: no more than the cores that there are, and the same sums in any order.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    sys.meta_path.insert(0, _WithoutPandas())


class _WithoutPandas(MetaPathFinder):
    """Workers make no frames, but Arrow would import pandas, half a second of CPU time and 60 MB,
    to ask of each list whether it is one of its."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("workers do without pandas", name=fullname)


def _end_with_parent() -> None:
    """The portable way: the parent's end closes a pipe."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _block_interrupts() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


@contextmanager
def _no_main() -> Iterator[None]:
    """Hide ``__main__`` from a worker that is being started, which would import it again: it may
    be Prefect's engine or anybody's script, and no work is ever defined there."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _work[T, R](function: Callable[[T], R], items: list[T], patience: float) -> list[R | Failure]:
    """In a worker: the function of each item. What takes too long ends the worker."""
    answers: list[R | Failure] = []
    with Path(os.devnull).open("w") as nowhere:
        for item in items:
            faulthandler.dump_traceback_later(patience, exit=True, file=nowhere)
            try:
                answers.append(function(item))
            except Exception as error:
                answers.append(Failure(_told(error)))
            finally:
                faulthandler.cancel_dump_traceback_later()
    return answers


def _told(error: BaseException) -> str:
    """The exception and the line that raised it, for a person."""
    where = traceback.extract_tb(error.__traceback__)
    at = f" ({Path(where[-1].filename).name}, line {where[-1].lineno})" if where else ""
    return f"{type(error).__name__}: {error}{at}"
