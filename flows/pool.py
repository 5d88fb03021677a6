"""Computing that loses nothing: a ``map`` over workers behind one door.

An item whose work raises, or that takes its worker down, comes back as a :class:`Failure` and costs
no other item. Work is sent in chunks of about equal weight; workers are started as there is work
for them, so that a small run loads one language model and not several.

Who computes is behind :class:`Workers`: processes of this machine (:mod:`flows.processes`), or what
``make`` gives, such as a cluster's.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass
from typing import Any, Protocol

from flows.errors import told
from flows.processes import Processes

#: The least weight worth a worker of its own: loading the model costs about as much as parsing
#: this many characters.
LEAST = 60_000
#: Chunks a worker, so that the last ones end at about the same time and progress is smooth.
CHUNKS = 8
#: Seconds after which a chunk is given up, and more for each character.
PATIENCE = 300.0
PATIENCE_A_CHARACTER = 0.001
_LOOK_UP = 1.0


@dataclass(frozen=True)
class Failure:
    """What came of an item instead of a result; ``detail`` is for a person. ``slow`` if it was
    given up for the time that it took."""

    detail: str
    slow: bool = False


class Workers(Protocol):
    """The door to what computes: processes here, a cluster elsewhere.

    Where a worker is lost, or ended since a call took longer than its patience, the futures of all
    calls that were open raise ``BrokenExecutor``; the pool then makes new workers.
    """

    def submit[R](
        self, function: Callable[..., R], *arguments: Any, patience: float | None = None
    ) -> Future[R]:
        """One call, of a function that is importable by name; ``patience`` in seconds."""

    def close(self) -> None:
        """Let them end what they have in hand, and stop them."""

    def kill(self) -> None:
        """Stop them at once."""


@dataclass(frozen=True)
class _Chunk:
    positions: tuple[int, ...]
    weight: int


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

    def warm(self, function: Callable[..., object], *arguments: Any) -> None:
        """Begin to load in a first worker what all work needs; :meth:`map` waits for it, and
        raises what it raised."""
        if self._warm is None:
            self._warm = self.submit(function, *arguments)

    def submit[R](
        self, function: Callable[..., R], *arguments: Any, patience: float | None = None
    ) -> Future[R]:
        """One call in a worker; starts a worker if none is idle."""
        if self._computing is None:
            self._computing = self._make(self.workers)
        return self._computing.submit(function, *arguments, patience=patience)

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
            some = [items[position] for position in chunk.positions]
            try:
                flying[self.submit(_work, function, some, patience=self._time(chunk))] = chunk
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
                    receive(chunk, [self._alone(function, items[position], self._time(chunk))])
                else:
                    queue.extendleft(_Chunk((p,), chunk.weight) for p in reversed(chunk.positions))
        return [result for result in results if result is not None]

    def _time(self, chunk: _Chunk) -> float:
        """The seconds that a chunk may take."""
        return self._patience + PATIENCE_A_CHARACTER * chunk.weight

    def _alone[T, R](self, function: Callable[[T], R], item: T, patience: float) -> R | Failure:
        """An item that was in the pool when it broke, with nothing else in it; twice, since the
        first time may have been somebody else's doing, unless that took all of its patience."""
        error: BaseException | None = None
        for _ in range(2):
            began = time.monotonic()
            try:
                return _awaited(self.submit(_work, function, [item], patience=patience))[0]
            except BrokenExecutor:
                self._drop()
                if time.monotonic() - began >= patience:
                    return Failure(f"it took more than {patience:.0f} s", slow=True)
            except Exception as raised:
                error = raised
        if error is not None:
            return Failure(told(error))
        return Failure(
            "the process that read it ended without an answer, three times: it ran out of memory, "
            "or crashed"
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


def _awaited[R](future: Future[R]) -> R:
    _first_done([future])
    return future.result()


def _work[T, R](function: Callable[[T], R], items: list[T]) -> list[R | Failure]:
    """In a worker: the function of each item."""
    answers: list[R | Failure] = []
    for item in items:
        try:
            answers.append(function(item))
        except Exception as error:
            answers.append(Failure(told(error)))
    return answers
