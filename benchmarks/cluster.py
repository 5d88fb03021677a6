"""What does it cost to compute on a Dask cluster, and is anything lost with its workers?

    python -m benchmarks.cluster cost CORPUS.jsonl[.gz] [--articles 300] [--rounds 3]
    python -m benchmarks.cluster lost CORPUS.jsonl[.gz] [--articles 2000] [--kills 10]
    python -m benchmarks.cluster feed CORPUS.jsonl[.gz] [--articles 2000] [--rounds 3]
    python -m benchmarks.cluster client CORPUS.jsonl[.gz] [--articles 1000]

A scheduler and two workers of one thread each are started as commands on the loopback interface,
with the options that docs/cluster.md advises.

``cost`` makes the rows of the same articles by two processes and by the cluster, by turns, both
warm, and prints CPU seconds of all processes that have a part in it and their ratio (of medians).
Of the cluster it also says what the first rows took, with two language models to load.

``lost`` makes them once by two processes, then by the cluster, of which a worker is killed (-9) as
so many equal parts of the articles are done, and compares the digests of all rows.

``feed`` sends the same articles to workers that answer at once with rows made before, and prints
what an article costs the client and the scheduler: how quickly they could feed workers.

``client`` builds a lake of the same articles with two processes, and prints what all that the
client does itself (reading sources, planning, checking, publishing) costs an article, beside what
the processes do: of all that, a cluster takes over only the latter.

CPU seconds are those of the operating system for each process, children included.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import itertools
import json
import os
import pickle
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from benchmarks.pipeline import documents, lines
from flows import worker
from flows.cluster import Cluster
from flows.pipeline import run_plainly
from flows.pool import Failure, Pool
from flows.settings import SourceSpec, load_settings
from transforms.model import NDJSON, Article, RawArticle, Source
from transforms.parse import DEFAULT_MODEL

_ROOT = Path(__file__).parents[1]
_DASK = "from dask.__main__ import main; main()"
_LIMIT = 120.0
#: As docs/cluster.md advises.
_SELDOM = {
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "10s",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "5s",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
}


def main(arguments: Sequence[str]) -> None:
    """The command."""
    command = argparse.ArgumentParser(prog="benchmarks.cluster", description=__doc__)
    command.add_argument("what", choices=("cost", "lost", "feed", "client"))
    command.add_argument("corpus", type=Path)
    command.add_argument("--articles", type=int, default=0)
    command.add_argument("--rounds", type=int, default=3)
    command.add_argument("--kills", type=int, default=10)
    given = command.parse_args(arguments)
    if given.what == "client":
        client(given.corpus, given.articles or 1000)
        return
    jobs = _jobs(given.corpus, given.articles or (300 if given.what == "cost" else 2000))
    with tempfile.TemporaryDirectory(prefix="dateline-cluster-") as folder:
        if given.what == "cost":
            cost(jobs, given.rounds, Path(folder))
        elif given.what == "lost":
            lost(jobs, given.kills, Path(folder))
        else:
            feed(jobs, given.rounds, Path(folder))


def _jobs(corpus: Path, count: int) -> list[worker.Job]:
    at = dt.datetime(2025, 1, 1)
    found: list[worker.Job] = []
    for record in itertools.islice(documents(corpus), 2 * count):
        payload = json.dumps(record).encode()
        article = worker.read(RawArticle(str(record.get("id")), NDJSON, at, payload, Source("c")))
        if isinstance(article, Article) and len(found) < count:
            found.append(worker.Job(article, full=True))
    return found


def canned(job: worker.Job, model: str) -> Any:
    """In a worker: the rows of the first article it was given, whatever it is given."""
    if not _CANNED:
        _CANNED.append(pickle.dumps(worker.rows(job, model)))
    return pickle.loads(_CANNED[0])  # new ones each time: what is the same is sent once


_CANNED: list[bytes] = []
_ROWS = partial(worker.rows, model=DEFAULT_MODEL)


class Commands:
    """A scheduler and two workers, started in a folder that takes their logs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.scheduler = self._start("scheduler", "--port", "0")
        self.address = self._said(folder / "0.log", "Scheduler at:")
        self.workers = [
            self._start("worker", self.address, "--nthreads", "1", "--memory-limit", "0")
            for _ in range(2)
        ]
        self.all = [psutil.Process(one.pid) for one in (self.scheduler, *self.workers)]

    def _start(self, *command: str) -> psutil.Popen:
        number = len(list(self._folder.glob("*.log")))
        here = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0")
        environment = {**os.environ, "PYTHONPATH": str(_ROOT), **_SELDOM}
        with (self._folder / f"{number}.log").open("wb") as log:
            return psutil.Popen(
                [sys.executable, "-c", _DASK, *command, *here],
                stdout=log,
                stderr=log,
                env=environment,
            )

    def _said(self, log: Path, words: str) -> str:
        give_up = time.monotonic() + _LIMIT
        while words not in (text := log.read_text()):
            if time.monotonic() > give_up:
                raise RuntimeError(f"no scheduler after {_LIMIT:.0f} s:\n{text}")
            time.sleep(0.1)
        return text.split(words)[1].split()[0]

    def lose_one(self, number: int) -> None:
        """Kill a worker, by turns one and the other; its nanny starts another one."""
        nanny = self.workers[number % len(self.workers)]
        give_up = time.monotonic() + _LIMIT
        while time.monotonic() < give_up:
            for child in nanny.children():
                if "spawn_main" in " ".join(child.cmdline()):
                    child.kill()
                    return
            time.sleep(0.1)
        raise RuntimeError("a worker did not come back")

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            children = process.children(recursive=True)
            process.terminate()
            for child in children:
                if child.is_running():
                    child.kill()
            process.kill()
            process.wait()


@contextmanager
def _cluster(folder: Path) -> Iterator[tuple[Pool, Commands]]:
    commands = Commands(folder)
    try:

        def make(workers: int) -> Cluster:
            made = Cluster(workers, DEFAULT_MODEL, commands.address)
            give_up = time.monotonic() + _LIMIT
            while made.size < workers and time.monotonic() < give_up:
                time.sleep(0.1)
            return made

        with Pool(2, make) as pool:
            yield pool, commands
    finally:
        commands.stop()


def _seconds(process: psutil.Process) -> float:
    """CPU seconds of a process and of those that descend from it."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


def _together(processes: Sequence[psutil.Process]) -> float:
    return sum(_seconds(process) for process in processes)


def _computing(workers: Sequence[psutil.Process]) -> float:
    """CPU seconds of the processes that workers hand calls to."""
    below = (child for one in workers for child in one.children(recursive=True))
    return sum(_seconds(child) for child in below if "flows.child" in child.cmdline())


def _clocks(commands: Commands) -> dict[str, Callable[[], float]]:
    scheduler, *workers = commands.all
    return {
        "client": _alone,
        "scheduler": partial(_seconds, scheduler),
        "workers": lambda: _together(workers) - _computing(workers),
        "their processes": partial(_computing, workers),
    }


def _alone() -> float:
    times = psutil.Process().cpu_times()
    return times.user + times.system


def _made(pool: Pool, function: Callable[[worker.Job], Any], jobs: list[worker.Job]) -> list[Any]:
    found = pool.map(function, jobs, worker.weight_of_job, label="rows")
    failed = [one for one in found if isinstance(one, Failure)]
    if failed:
        raise RuntimeError(f"{len(failed)} articles failed, the first: {failed[0].detail}")
    return found


def _spent(call: Callable[[], object], clocks: dict[str, Callable[[], float]]) -> dict[str, float]:
    before = {name: clock() for name, clock in clocks.items()}
    start = time.perf_counter()
    call()
    spent = {"wall": time.perf_counter() - start}
    return {**spent, **{name: clock() - before[name] for name, clock in clocks.items()}}


def cost(jobs: list[worker.Job], rounds: int, folder: Path) -> None:
    """Both ways by turns."""
    with _cluster(folder) as (there, commands), Pool(2) as here:
        dask = _clocks(commands)
        print(
            f"starting scheduler and workers: {dask['scheduler']() + dask['workers']():.2f} CPU s"
        )
        few = jobs[: max(40, len(jobs) // 4)]
        first = _spent(partial(_made, there, _ROWS, few), dask)
        print(f"cluster, {len(few)} articles with two models to load: {_told(first, len(few))}")
        _made(here, _ROWS, few)
        started = [child for child in psutil.Process().children() if child not in commands.all]
        processes: dict[str, Callable[[], float]] = {
            "client": _alone,
            "processes": partial(_together, started),
        }
        spent: dict[str, list[float]] = {"processes": [], "cluster": []}
        for _ in range(rounds):
            for name, pool, clocks in (
                ("processes", here, processes),
                ("cluster", there, dask),
            ):
                found = _spent(partial(_made, pool, _ROWS, jobs), clocks)
                spent[name].append(sum(found.values()) - found["wall"])
                print(f"{name}, {len(jobs)} articles, warm: {_told(found, len(jobs))}", flush=True)
        medians = {name: statistics.median(values) for name, values in spent.items()}
        print(f"medians: {medians}")
        print(f"the cluster takes {medians['cluster'] / medians['processes']:.3f} times the CPU")


def _told(spent: dict[str, float], articles: int) -> str:
    total = sum(spent.values()) - spent["wall"]
    parts = ", ".join(
        f"{name} {1000 * value / articles:.2f}" for name, value in spent.items() if name != "wall"
    )
    return f"{total:.2f} CPU s, {spent['wall']:.1f} s; ms an article: {parts}"


def lost(jobs: list[worker.Job], kills: int, folder: Path) -> None:
    """The rows of both ways, one of them with workers killed."""
    with Pool(2) as here:
        expected = _digest(_made(here, _ROWS, jobs))
    with _cluster(folder) as (there, commands):
        done, killed = 0, 0

        def progress(more: int) -> None:
            nonlocal done, killed
            done += more
            while killed < kills and done >= (killed + 1) * len(jobs) / (kills + 1):
                commands.lose_one(killed)
                killed += 1

        start = time.perf_counter()
        found = there.map(_ROWS, jobs, worker.weight_of_job, progress, "rows")
        seconds = time.perf_counter() - start
    failed = Counter(one.detail for one in found if isinstance(one, Failure))
    same = _digest(found) == expected
    print(f"{len(jobs)} articles in {seconds:.0f} s, {killed} workers killed, failed: {failed}")
    print(f"rows {'equal' if same else 'NOT equal'} to the process pool's: {expected}")
    if failed or not same or killed < kills:
        sys.exit(1)


def _digest(found: list[Any]) -> str:
    return hashlib.sha256("\n".join(map(repr, found)).encode()).hexdigest()[:16]


def feed(jobs: list[worker.Job], rounds: int, folder: Path) -> None:
    """Workers that answer at once."""
    from benchmarks.cluster import canned as importable  # and not from __main__

    function = partial(importable, model=DEFAULT_MODEL)
    with _cluster(folder) as (there, commands):
        made = _made(there, function, jobs[:40])
        sent = statistics.mean(len(pickle.dumps(job)) for job in jobs)
        print(f"an article: {sent:.0f} bytes there, {len(pickle.dumps(made[0])):.0f} back")
        clocks = _clocks(commands)
        for _ in range(rounds):
            found = _spent(partial(_made, there, function, jobs), clocks)
            print(f"{len(jobs)} articles: {_told(found, len(jobs))}", flush=True)


def client(corpus: Path, count: int) -> None:
    """A whole run, without Prefect."""
    with tempfile.TemporaryDirectory(prefix="dateline-client-") as folder, Pool(2) as here:
        sample = Path(folder) / "sample.jsonl"
        sample.write_bytes(b"".join(lines(corpus, count)))
        settings = load_settings(lake=Path(folder) / "lake", max_undated_share=1.0)
        clocks: dict[str, Callable[[], float]] = {
            "client": _alone,
            "processes": lambda: _seconds(psutil.Process()) - _alone(),
        }
        run = partial(run_plainly, settings, [SourceSpec(path=str(sample))], pool=here)
        print(f"{count} articles: {_told(_spent(run, clocks), count)}")


if __name__ == "__main__":
    main(sys.argv[1:])
