"""The pool keeps every item, whatever becomes of a worker, and leaves nobody behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest

from flows.pool import LEAST, Failure, Pool
from tests.flows import work
from tests.waiting import LIMIT, until, until_gone


def heavy(_: object) -> int:
    return LEAST


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(2) as one:
        yield one


def test_results_come_in_the_order_of_the_items(pool: Pool) -> None:
    done: list[int] = []
    numbers = list(range(50))
    assert pool.map(work.square, numbers, lambda n: 9000, done.append) == [n * n for n in numbers]
    assert sum(done) == 50
    assert len(done) > 1


class Threads:
    """Other workers behind the door: threads of this process, which have no patience."""

    def __init__(self, workers: int) -> None:
        self.size = workers
        self._pool = ThreadPoolExecutor(workers)

    def submit[R](
        self,
        function: Callable[..., R],
        *arguments: Any,
        patience: float | None = None,
        label: str = "",
    ) -> Future[R]:
        return self._pool.submit(function, *arguments)

    def close(self) -> None:
        self._pool.shutdown()

    def kill(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def test_what_computes_can_be_another() -> None:
    with Pool(2, make=Threads) as other:
        assert other.map(work.square, range(5), heavy) == [0, 1, 4, 9, 16]
        assert set(other.map(work.process, range(3), heavy)) == {os.getpid()}
        assert isinstance(other.map(work.refuse_seven, [7], heavy)[0], Failure)


def test_nothing_to_do(pool: Pool) -> None:
    assert pool.map(work.square, [], heavy) == []


def test_little_work_starts_one_worker_and_much_starts_all(tmp_path: Path) -> None:
    with Pool(2) as fresh:
        fresh.warm(work.process, 0)
        assert len(set(fresh.map(work.process, range(4), lambda n: 10))) == 1
        assert len(set(fresh.map(work.process_in_company, [tmp_path] * 6, heavy))) == 2


def test_what_raises_costs_no_other(pool: Pool) -> None:
    results = pool.map(work.refuse_seven, list(range(12)), lambda n: 10)
    failure = results[7]
    assert isinstance(failure, Failure)
    assert failure.detail.startswith("ValueError: seven is no number (work.py, line ")
    assert [r for r in results if not isinstance(r, Failure)] == [n for n in range(12) if n != 7]


@pytest.mark.parametrize("weight", [10, LEAST])
def test_what_kills_its_worker_costs_no_other(weight: int) -> None:
    with Pool(2) as fresh:
        results = fresh.map(work.die_at_seven, list(range(12)), lambda n: weight)
        assert isinstance(results[7], Failure)
        assert "ended without an answer" in results[7].detail
        assert [r for r in results if isinstance(r, int)] == [n for n in range(12) if n != 7]


def test_a_worker_that_was_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    with Pool(2) as fresh:
        assert fresh.map(work.die_once, [tmp_path / "flag"], heavy) == ["alive"]


def test_what_takes_too_long_is_given_up() -> None:
    """What weighs much may take long, so that only the one that never ends is given up."""
    with Pool(1, patience=0.5) as fresh:
        results = fresh.map(work.never_end_at_seven, [6, 8, 7], lambda n: 1 if n == 7 else 10**7)
        assert results[:2] == [6, 8]
        assert results[2] == Failure("it took more than 1 s", slow=True)


def test_a_result_that_cannot_be_sent_is_a_failure(pool: Pool) -> None:
    results = pool.map(work.unpicklable, [6, 7, 8], lambda n: 1)
    assert results[0] == 6
    assert results[2] == 8
    assert isinstance(results[1], Failure)


def test_what_all_work_needs_and_is_missing_is_raised() -> None:
    with Pool(2) as fresh:
        fresh.warm(work.no_model)
        with pytest.raises(LookupError, match="no such model"):
            fresh.map(work.square, [1], heavy)


def test_workers_import_neither_prefect_nor_the_main_module(pool: Pool) -> None:
    (found,) = pool.map(work.modules, [0], heavy)
    assert isinstance(found, list)
    assert "flows.pool" in found
    for absent in ("prefect", "great_expectations", "pandas", "pytest"):
        assert absent not in found


CHILD = """
import sys
from pathlib import Path
from flows.pool import Pool
from tests.flows import work
from tests.waiting import LIMIT, until, until_gone
with Pool(2) as pool:
    print(*pool.map(work.busy, [Path(sys.argv[1])] * 2, lambda _: 10**6))
"""


def started(folder: Path) -> tuple[subprocess.Popen[str], list[int]]:
    """A process with two workers at work, and their ids."""
    root = Path(__file__).parents[2]
    (busy := folder / "busy").mkdir()
    parent = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(busy)], cwd=root, stdout=subprocess.PIPE, text=True
    )

    def both() -> bool:
        assert parent.poll() is None
        return len(list(busy.iterdir())) == 2

    until(both)
    return parent, [int(path.name) for path in busy.iterdir()]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_their_parent(tmp_path: Path, how: signal.Signals) -> None:
    parent, workers = started(tmp_path)
    with parent:
        children = [child.pid for child in psutil.Process(parent.pid).children(recursive=True)]
        parent.send_signal(how)
        assert parent.wait(LIMIT) != 0
    until_gone({*workers, *children})


def test_an_interrupt_is_the_parents_matter(tmp_path: Path) -> None:
    parent, workers = started(tmp_path)
    for worker in workers:
        os.kill(worker, signal.SIGINT)
    (tmp_path / "go").touch()
    assert parent.communicate(timeout=LIMIT)[0] == "done done\n"
    assert parent.returncode == 0
