"""Where computing is done on one machine: processes that are started as there is work for them.

They are spawned, never import Prefect, leave Ctrl-C to the parent, and end when the parent ends,
however it ends. Of a call that takes too long its process is ended, and with it all that were sent:
this is the executor's matter, and the work itself knows nothing of it.
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
import types
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1


class Processes:
    """Processes on this machine: :class:`flows.pool.Workers`."""

    def __init__(self, workers: int) -> None:
        self.size = workers
        self._pool = ProcessPoolExecutor(
            workers,
            multiprocessing.get_context("spawn"),
            initializer=start_worker,
            initargs=(os.getpid(),),
        )
        # Linux sends the parent-death signal when the thread that started a child ends, so all
        # are started by one thread that outlives them; they inherit its signal mask.
        self._door = ThreadPoolExecutor(1, "processes", initializer=_block_interrupts)

    def submit[R](
        self,
        function: Callable[..., R],
        *arguments: Any,
        patience: float | None = None,
        label: str = "",
    ) -> Future[R]:
        """One call; starts a process if none is idle. One that takes longer than ``patience``
        seconds ends its process: this future, and all that are open, are broken then. Nobody sees
        the ``label`` of a call here."""

        def pass_on() -> Future[R]:
            with _no_main():
                if patience is None:
                    return self._pool.submit(function, *arguments)
                return self._pool.submit(_in_time, patience, function, *arguments)

        return self._door.submit(pass_on).result()

    def close(self) -> None:
        """Let the processes end what they have in hand, and stop them."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._door.shutdown()

    def kill(self) -> None:
        """Stop the processes at once."""
        children: dict[int, Any] = getattr(self._pool, "_processes", None) or {}
        for process in list(children.values()):
            process.kill()
        self.close()


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


def start_worker(parent: int) -> None:
    """What a process does first that computes for ``parent``, its parent, and for nobody else."""
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


def _in_time[R](patience: float, function: Callable[..., R], *arguments: Any) -> R:
    """In a worker: the call. When it takes too long the worker is ended."""
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(patience, exit=True, file=nowhere)
        try:
            return function(*arguments)
        finally:
            faulthandler.cancel_dump_traceback_later()
