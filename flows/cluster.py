"""Where computing is done on many machines: a Dask cluster, one that is there or one made here.

Each task is one call, which a worker hands to a process of its own (:mod:`flows.dask_worker`). Only
workers get any whose versions are those that are here; they are asked as they join. Who counts:
Dask sends a call whose worker was lost to another one, until its ``allowed-failures`` are used up;
then, and where the process of a call ended and not its worker, the call is lost, and the pool
decides whether it is tried again.

All of Dask's client runs in one thread, on an event loop of its own.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import pickle
import re
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from typing import Any

from flows import dask_worker
from flows.errors import ClusterError, told
from flows.pool import Lost, awaited
from flows.versions import versions

log = logging.getLogger(__name__)

#: Seconds for which a scheduler is awaited, a worker's first process, and any worker at all.
CONNECT, CHECK, ARRIVAL = 30.0, 60.0, 120.0
#: Seconds between two looks at who is there, and that closing may take.
_EVERY, _CLOSE = 1.0, 15.0
#: Dask looks at itself fifty times a second, and at its workers' threads a hundred times, which do
#: nothing but wait: docs/cluster.md advises the same for clusters elsewhere.
_SELDOM = {
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.tick.limit": "10s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.worker.profile.enabled": False,
}
_NOT_IN_KEYS = re.compile(r"\s+")


class Cluster:
    """A Dask cluster: :class:`flows.pool.Workers`.

    ``address`` is that of its scheduler; without one, one is started in this process, whose worker
    has ``workers`` threads with a process each. ``say`` tells the operator a line.

    Raises ``ClusterError`` if no scheduler answers.
    """

    def __init__(
        self,
        workers: int,
        model: str,
        address: str | None = None,
        say: Callable[[str], None] = lambda text: None,
        arrival: float = ARRIVAL,
    ) -> None:
        self._threads, self._model, self._address = workers, model, address
        self._wanted = versions(model)
        self._say = say
        self._arrival = arrival
        self._numbers = itertools.count(1)
        self._there: dict[str, int] = {}
        self._good: set[str] = set()
        self._refused: dict[str, str] = {}
        self._checks: dict[str, asyncio.Task[None]] = {}
        self._first: set[str] | None = None
        self._calls: set[asyncio.Task[Any]] = set()
        self._watching: list[asyncio.Task[None]] = []
        self._trouble: ClusterError | None = None
        self._was_good = self._closed = False
        self._local: Any = None
        self._client: Any = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="cluster", daemon=True)
        self._thread.start()
        try:
            awaited(self._in_loop(self._open()))
        except BaseException:
            self.kill()
            raise

    @property
    def size(self) -> int:
        """The threads of the workers that were not refused; they come and go."""
        threads = [n for at, n in list(self._there.items()) if at not in self._refused]
        return max(1, sum(threads))

    def submit[R](
        self,
        function: Callable[..., R],
        *arguments: Any,
        patience: float | None = None,
        label: str = "",
    ) -> Future[R]:
        """One call, as a task that is named after ``label`` on the cluster's page."""
        try:
            # By name, whatever Dask would do: nobody's code is sent.
            packed = pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            failed: Future[R] = Future()
            failed.set_exception(error)
            return failed
        return self._in_loop(self._call(dask_worker.Packed(packed), patience, label))

    def close(self) -> None:
        """Take back what is open, and leave the cluster as it is; end the one of this process."""
        if self._closed:
            return
        self._closed = True
        with suppress(Exception):  # whatever cannot be closed any more
            self._in_loop(self._close()).result(_CLOSE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_CLOSE)
        if not self._loop.is_running():
            self._loop.close()

    def kill(self) -> None:
        """The same: Dask cancels what is open, and each worker ends the process that has it."""
        self.close()

    def _in_loop[R](self, coroutine: Coroutine[Any, Any, R]) -> Future[R]:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    # opening and closing

    async def _open(self) -> None:
        import dask.config
        from distributed import Client

        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"})
        if self._address is None:
            self._local = await _local(self._threads)
        self._client = Client(
            self._local or self._address,
            asynchronous=True,
            set_as_default=False,
            timeout=CONNECT,
            name="dateline",
        )
        try:
            await self._client
            self._there = await self._client.nthreads()
        except (OSError, ValueError, RuntimeError) as error:  # the last: TLS is required here
            raise ClusterError(
                f"no Dask scheduler answers at {self._address}: start one with `dask scheduler`, "
                f"or see whether it and its TLS settings are right ({told(error)})"
            ) from error
        page = self._client.dashboard_link if self._address or page_possible() else None
        self._say(f"Computing on {self}" + (f", whose page is {page}" if page else ""))
        self._found = asyncio.Event()
        self._watching = [asyncio.create_task(self._watch())]

    async def _close(self) -> None:
        if self._client is not None:
            for task in (*self._calls, *self._checks.values(), *self._watching):
                task.cancel()
            await asyncio.gather(*self._calls, return_exceptions=True)
            await self._client.close()
        if self._local is not None:
            await self._local.close()
            dask_worker.CHILDREN.end()

    def __str__(self) -> str:
        return f"the Dask cluster at {self._address}" if self._address else "a Dask cluster here"

    # who is there

    async def _watch(self) -> None:
        """Look who joins and leaves, until the cluster is of no use any more."""
        alone_since = self._loop.time()
        while self._trouble is None:
            try:
                self._there = await asyncio.wait_for(self._client.nthreads(), CONNECT)
            except (OSError, ValueError, TimeoutError) as error:
                self._give_up(f"the scheduler at {self._address} is gone ({told(error)})")
                return
            self._look()
            if self._good:
                alone_since = self._loop.time()
            elif self._all_refused() and not self._was_good:
                self._give_up(f"no worker of {self} can be used. {self._why()}")
            elif self._loop.time() - alone_since > self._arrival:
                self._give_up(
                    f"{self} has had no worker that can be used for {self._arrival:.0f} s. "
                    + (self._why() or "Start one with `dask worker`")
                )
            await asyncio.sleep(_EVERY)

    def _look(self) -> None:
        for gone in {*self._good, *self._refused, *self._checks} - set(self._there):
            self._good.discard(gone)
            self._refused.pop(gone, None)
            if check := self._checks.pop(gone, None):
                check.cancel()
        for new in set(self._there) - self._good - set(self._refused) - set(self._checks):
            self._checks[new] = asyncio.create_task(self._check(new))
        if self._first is None:
            self._first = set(self._checks)
        self._tell()

    async def _check(self, worker: str) -> None:
        ask = self._client.run(
            dask_worker.check, self._model, self._wanted, workers=[worker], on_error="return"
        )
        try:
            found = (await asyncio.wait_for(ask, CHECK)).get(worker)
        except (OSError, TimeoutError) as error:
            found = error
        self._checks.pop(worker, None)
        if worker not in self._there or isinstance(found, OSError | Lost):
            pass  # it left meanwhile; if it did not, it is asked again
        elif found is None:
            self._good.add(worker)
            self._was_good = True
        elif isinstance(found, dask_worker.Refused):
            self._refuse(worker, found.why)
        else:
            self._refuse(worker, f"it has no such dateline ({told(found)})")
        if self._first is not None:
            self._first.discard(worker)
        self._tell()

    def _refuse(self, worker: str, why: str) -> None:
        if worker not in self._refused:
            self._good.discard(worker)
            self._refused[worker] = why
            log.warning("the worker at %s is left out: %s", worker, why)
            self._say(f"The worker at {worker} is left out: {why}")

    def _tell(self) -> None:
        """Let calls go out, or hold them back. The first wait until all who are there were asked,
        so that those who answer first do not get everything."""
        asked = self._first is not None and not self._first & set(self._checks)
        if self._trouble or (self._good and asked):
            self._found.set()
        else:
            self._found.clear()

    def _all_refused(self) -> bool:
        return bool(self._there) and set(self._there) <= set(self._refused)

    def _why(self) -> str:
        return ". ".join(f"{worker}: {why}" for worker, why in self._refused.items())

    def _give_up(self, why: str) -> None:
        self._trouble = ClusterError(why)
        self._tell()

    # calls

    async def _call(self, question: dask_worker.Packed, patience: float | None, label: str) -> Any:
        task = asyncio.current_task()
        if task is not None:
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)
        answer = None
        while answer is None:
            await self._found.wait()
            if self._trouble:
                raise self._trouble
            answer = await self._sent(question, patience, label, sorted(self._good))
        fine, value = pickle.loads(answer)
        if not fine:
            raise value
        return value

    async def _sent(
        self, question: dask_worker.Packed, patience: float | None, label: str, workers: list[str]
    ) -> bytes | None:
        """The answer of one of these workers; none if it has to be sent to others."""
        from distributed import KilledWorker

        key = _NOT_IN_KEYS.sub("-", f"dateline-{label or 'call'}-{next(self._numbers)}")
        future = self._client.submit(
            partial(dask_worker.call, self._model, self._wanted, patience),
            question,
            key=key,
            workers=workers,
            allow_other_workers=False,
            pure=False,
        )
        result = asyncio.ensure_future(future.result())
        try:
            while not result.done():
                await asyncio.wait({result}, timeout=_EVERY)
                if self._trouble:
                    raise self._trouble
                if not result.done() and not set(workers) & set(self._there):
                    return None
            answer: bytes = result.result()
            return answer
        except dask_worker.Refused as refusal:
            self._refuse(refusal.worker, refusal.why)
            self._tell()
            return None
        except KilledWorker as error:
            raise Lost(str(error)) from None
        except asyncio.CancelledError:
            if self._closed or not future.cancelled():
                raise
            raise ClusterError(f"{self} has cancelled a task, or its scheduler is gone") from None
        finally:
            result.cancel()
            if not future.done():
                await self._client.cancel([future])
            future.release()


async def _local(threads: int) -> Any:
    """A scheduler and a worker in this process, which are reached from nowhere else. Their page is
    on a free port of the loopback interface."""
    import dask.config
    from distributed import LocalCluster, Security

    with dask.config.set(_SELDOM):
        return await LocalCluster(
            n_workers=1,
            threads_per_worker=threads,
            processes=False,
            protocol="inproc",
            security=Security(require_encryption=False),  # TLS settings are for those far away
            memory_limit=0,
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": page_possible()},
            worker_dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,  # of a call that is lost the pool says so
            asynchronous=True,
        )


def page_possible() -> bool:
    """Whether Dask can show its page."""
    return find_spec("bokeh") is not None
