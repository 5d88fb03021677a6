"""Computing that loses nothing: a ``map`` over workers behind one door.

An item whose work raises, or that takes its worker down, comes back as a :class:`Failure` and costs
no other item. Work is sent in chunks of about equal weight; workers are started as there is work
for them, so that a small run loads one language model and not several.

Who computes is behind :class:`Workers`: processes of this machine (:mod:`flows.processes`), or what
``make`` gives, such as a cluster's (:mod:`flows.cluster`).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass
from typing import Any, Protocol

from flows.errors import ClusterError, told
from flows.processes import Processes

#: The least weight worth a worker of its own: loading the model costs about as much as parsing
#: this many characters.
LEAST = 60_000
#: Chunks a worker, so that the last ones end at about the same time and progress is smooth.
CHUNKS = 8
#: Seconds after which a chunk is given up, and more for each character.
PATIENCE = 300.0
PATIENCE_A_CHARACTER = 0.001
#: How often an item is tried that loses its worker.
TRIES = 3
_LOOK_UP = 1.0
_ENDED = (
    "the process that read it ended without an answer, three times: it ran out of memory, or "
    "crashed"
)


@dataclass(frozen=True)
class Failure:
    """What came of an item instead of a result; ``detail`` is for a person. ``slow`` if it was
    given up for the time that it took."""

    detail: str
    slow: bool = False


class Lost(BrokenExecutor):
    """The worker of this call ended without an answer, and with it no other call."""


class Slow(Lost):
    """The worker of this call was ended, since the call took longer than its patience."""


class Workers(Protocol):
    """The door to what computes: processes here, a cluster elsewhere.

    Where a worker is lost, or ended since a call took longer than its patience, the future of its
    call raises :class:`Lost`, if no other call is lost with it; else the futures of all calls that
    were open raise ``BrokenExecutor``, and the pool then makes new workers. ``ClusterError`` says
    that nobody computes any more.
    """

    @property
    def size(self) -> int:
        """How many calls are worked on at once, at present."""

    def submit[R](
        self,
        function: Callable[..., R],
        *arguments: Any,
        patience: float | None = None,
        label: str = "",
    ) -> Future[R]:
        """One call, of a function that is importable by name; ``patience`` in seconds. ``label`` is
        what people see of it who look at the workers."""

    def close(self) -> None:
        """Let them end what they have in hand, and stop them."""

    def kill(self) -> None:
        """Stop them at once."""


@dataclass(frozen=True)
class _Chunk:
    positions: tuple[int, ...]
    weight: int
    losses: int = 0

    @property
    def told(self) -> str:
        """Which items, counted from 1: ``8`` or ``1-to-25``."""
        first, last = self.positions[0] + 1, self.positions[-1] + 1
        return f"{first}" if first == last else f"{first}-to-{last}"


class Pool:
    """Workers that compute. Close it, or use it as a context manager."""

    def __init__(
        self,
        workers: int,
        make: Callable[[int], Workers] = Processes,
        patience: float = PATIENCE,
    ) -> None:
        self.workers = workers
        self._make = make
        self._patience = patience
        self._computing: Workers | None = None
        self._warm: Future[Any] | None = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.kill()

    def warm(self, function: Callable[..., object], *arguments: Any, label: str = "") -> None:
        """Begin to load in a first worker what all work needs; :meth:`map` waits for it, and
        raises what it raised."""
        if self._warm is None:
            self._warm = self.submit(function, *arguments, label=label)

    def submit[R](
        self,
        function: Callable[..., R],
        *arguments: Any,
        patience: float | None = None,
        label: str = "",
    ) -> Future[R]:
        """One call in a worker; starts a worker if none is idle."""
        return self._at_work().submit(function, *arguments, patience=patience, label=label)

    def map[T, R](
        self,
        function: Callable[[T], R],
        items: Sequence[T],
        weigh: Callable[[T], int],
        progress: Callable[[int], None] = lambda done: None,
        label: str = "",
    ) -> list[R | Failure]:
        """``function`` of each item, in the order of the items.

        ``weigh`` is about what an item costs, in characters to be parsed. ``progress`` is called
        with the number of items done since the last call. ``function`` is importable by name.
        ``label`` says what is computed, to people who look at the workers.
        Raises what :meth:`warm`'s function raised, ``ClusterError`` if nobody computes any more,
        and nothing that ``function`` raises.
        """
        if self._warm is not None:
            try:
                awaited(self._warm)
            except BrokenExecutor as error:
                if not isinstance(error, Lost):
                    self._drop()
        results: list[R | Failure | None] = [None] * len(items)
        queue = deque(self._cut([weigh(item) for item in items]))
        flying: dict[Future[list[R | Failure]], _Chunk] = {}

        def send(chunk: _Chunk) -> None:
            some = [items[position] for position in chunk.positions]
            about = f"{label}-{chunk.told}-of-{len(items)}"
            try:
                future = self.submit(_work, function, some, patience=self._time(chunk), label=about)
            except BrokenExecutor as error:
                future = Future()
                future.set_exception(error)
            flying[future] = chunk

        def receive(chunk: _Chunk, answers: list[R | Failure]) -> None:
            for position, answer in zip(chunk.positions, answers, strict=True):
                results[position] = answer
            progress(len(chunk.positions))

        def lost(chunk: _Chunk, error: BaseException) -> None:
            losses = chunk.losses + 1
            if len(chunk.positions) > 1:
                queue.extendleft(_Chunk((p,), chunk.weight) for p in reversed(chunk.positions))
            elif not isinstance(error, Lost):
                position = chunk.positions[0]
                receive(chunk, [self._alone(function, items[position], self._time(chunk))])
            elif isinstance(error, Slow):
                receive(chunk, [_too_slow(self._time(chunk))])
            elif losses == TRIES:
                receive(chunk, [Failure(_ENDED)])
            else:
                queue.appendleft(_Chunk(chunk.positions, chunk.weight, losses))

        while queue or flying:
            while queue and len(flying) < self._window():
                send(queue.popleft())
            done = _first_done(flying)
            if any(_all_broke(future) for future in done):
                wait(flying)  # a broken pool answers all that were sent to it
                done = set(flying)
                self._drop()
            failed: list[tuple[_Chunk, BaseException]] = []
            for future in sorted(done, key=lambda future: flying[future].positions):
                chunk, trouble = flying.pop(future), future.exception()
                if trouble is None:
                    receive(chunk, future.result())
                elif isinstance(trouble, ClusterError):
                    raise trouble
                else:
                    failed.append((chunk, trouble))
            for chunk, trouble in failed:
                lost(chunk, trouble)
        return [result for result in results if result is not None]

    def _at_work(self) -> Workers:
        if self._computing is None:
            self._computing = self._make(self.workers)
        return self._computing

    def _window(self) -> int:
        """How many chunks are under way: one for each worker, and some that wait for the next."""
        size = self._at_work().size
        return size + max(1, size // 4)

    def _time(self, chunk: _Chunk) -> float:
        """The seconds that a chunk may take."""
        return self._patience + PATIENCE_A_CHARACTER * chunk.weight

    def _alone[T, R](self, function: Callable[[T], R], item: T, patience: float) -> R | Failure:
        """An item that was in the pool when it broke, with nothing else in it; twice, since the
        first time may have been somebody else's doing, unless that took all of its patience."""
        error: BaseException | None = None
        for _ in range(TRIES - 1):
            began = time.monotonic()
            try:
                return awaited(self.submit(_work, function, [item], patience=patience))[0]
            except Slow:
                return _too_slow(patience)
            except Lost:
                continue
            except BrokenExecutor:
                self._drop()
                if time.monotonic() - began >= patience:
                    return _too_slow(patience)
            except ClusterError:
                raise
            except Exception as raised:
                error = raised
        return Failure(_ENDED if error is None else told(error))

    def _cut(self, weights: Sequence[int]) -> Iterator[_Chunk]:
        """Neighbours together, each chunk about equally heavy."""
        if not weights:
            return
        size = max(LEAST, sum(weights) // (self._at_work().size * CHUNKS))
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
        computing, self._computing = self._computing, None
        if computing is not None:
            computing.close()

    def close(self) -> None:
        """Let the workers end what they have in hand, and stop them."""
        self._drop()

    def kill(self) -> None:
        """Stop the workers at once."""
        computing, self._computing = self._computing, None
        if computing is not None:
            computing.kill()


def _first_done[R](futures: Collection[Future[R]]) -> set[Future[R]]:
    """Those that are done, as soon as there is one. It looks up every second: a signal that comes
    just as the main thread begins to wait is not seen before something wakes it."""
    while True:
        done, _ = wait(futures, _LOOK_UP, FIRST_COMPLETED)
        if done:
            return done


def awaited[R](future: Future[R]) -> R:
    """What the future gives; a signal is seen meanwhile."""
    _first_done([future])
    return future.result()


def _all_broke(future: Future[Any]) -> bool:
    error = future.exception()
    return isinstance(error, BrokenExecutor) and not isinstance(error, Lost)


def _too_slow(patience: float) -> Failure:
    return Failure(f"it took more than {patience:.0f} s", slow=True)


def _work[T, R](function: Callable[[T], R], items: list[T]) -> list[R | Failure]:
    """In a worker: the function of each item."""
    answers: list[R | Failure] = []
    for item in items:
        try:
            answers.append(function(item))
        except Exception as error:
            answers.append(Failure(told(error)))
    return answers
