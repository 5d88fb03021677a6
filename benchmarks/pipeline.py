"""How many articles a CPU-second: the whole run and its stages, beside the bare parse.

    python -m benchmarks.pipeline CORPUS.jsonl.gz --articles 500 [--workers 2] [--again]
    python -m benchmarks.pipeline CORPUS.jsonl.gz --growth 1000 10000

Every stage reads the same articles, each in a process of its own, one after another in one call,
so that a noisy machine slows all of them alike: quote the ratios. CPU seconds are the operating
system's, of the process and all that it started. Memory is the largest sum of the resident memory
of the process and its descendants (shared pages counted in each), and that of the largest one.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_PERIOD = 0.2


@dataclass(frozen=True)
class Cost:
    """What a command cost: seconds of CPU and of the clock, megabytes of memory."""

    cpu: float
    wall: float
    tree_mb: float
    largest_mb: float


def lines(corpus: Path, count: int) -> Iterator[bytes]:
    """The first ``count`` lines of a JSONL file, gzipped or not."""
    opened = gzip.open if corpus.suffix == ".gz" else open
    with opened(corpus, "rb") as file:
        yield from itertools.islice(file, count)


def measure(command: Sequence[str], environment: dict[str, str] | None = None) -> Cost:
    """Run a command to its end. Raises ``RuntimeError`` with its output if it fails."""
    before = os.times()
    start = time.perf_counter()
    peak = [0.0, 0.0]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env={**os.environ, **(environment or {})}
        )
        ended = threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, ended, peak))
        watch.start()
        code = process.wait()
        ended.set()
        watch.join()
        if code:
            output.seek(0)
            raise RuntimeError(f"{command} ended with {code}:\n{output.read().decode()[-4000:]}")
    after = os.times()
    cpu = (
        after.children_user - before.children_user + after.children_system - before.children_system
    )
    return Cost(cpu, time.perf_counter() - start, *peak)


def _watch(pid: int, ended: threading.Event, peak: list[float]) -> None:
    while not ended.wait(_PERIOD):
        try:
            parent = psutil.Process(pid)
            sizes = []
            for process in [parent, *parent.children(recursive=True)]:
                try:
                    sizes.append(process.memory_info().rss / 1e6)
                except psutil.NoSuchProcess:
                    continue
        except psutil.NoSuchProcess:
            return
        peak[0] = max(peak[0], sum(sizes))
        peak[1] = max(peak[1], max(sizes, default=0.0))


# stages, each run in a process of its own by --stage


def stage(name: str, corpus: Path) -> None:
    """Do one stage over every article of a JSONL file."""
    import datetime as dt

    from transforms.article import read_article
    from transforms.extract import read_rows
    from transforms.model import Article, RawArticle, Source
    from transforms.parse import load_model

    nlp = load_model() if name in {"parse", "load"} else None
    if name == "load":
        return
    moment = dt.datetime(2000, 1, 1)
    source = Source("corpus")
    for number, line in enumerate(lines(corpus, sys.maxsize), 1):
        if nlp is not None:
            nlp(json.loads(line)["text"])
            continue
        raw = RawArticle(f"{corpus.name}#L{number}", "application/x-ndjson", moment, line, source)
        article = read_article(raw)
        if name == "rows" and isinstance(article, Article):
            read_rows(article)


def report(corpus: Path, articles: int, workers: int, again: bool) -> None:
    """Measure every stage and print a table."""
    from rich.console import Console
    from rich.table import Table

    folder = Path(tempfile.mkdtemp(prefix="dateline-benchmark-"))
    try:
        sample = folder / "sample.jsonl"
        with sample.open("wb") as file:
            file.writelines(lines(corpus, articles))
        characters = sum(len(json.loads(line)["text"]) for line in lines(sample, articles))
        python = [sys.executable, "-m", "benchmarks.pipeline", str(sample), "--stage"]
        run = [
            sys.executable, "-m", "flows.command", "run", str(sample),
            "--lake", str(folder / "lake"),
        ]  # fmt: skip
        environment = {"DATELINE_WORKERS": str(workers)}
        costs = {"load the model": measure([*python, "load"])}
        costs["bare parse"] = measure([*python, "parse"])
        costs["read articles"] = measure([*python, "read"])
        costs["articles and rows"] = measure([*python, "rows"])
        costs[f"whole run, {workers} workers"] = measure(run, environment)
        if again:
            costs["the same run again"] = measure(run, environment)
    finally:
        shutil.rmtree(folder)
    loading = costs["load the model"].cpu
    parse = costs["bare parse"].cpu - loading
    table = Table(title=f"{articles} articles, {characters:,} characters")
    for heading in (
        "stage",
        "CPU s",
        "articles per CPU s",
        "of the parse",
        "wall s",
        "MB",
        "MB of one",
    ):
        table.add_column(heading, justify="left" if heading == "stage" else "right")
    for name, cost in costs.items():
        net = cost.cpu - loading if name == "bare parse" else cost.cpu
        table.add_row(
            name,
            f"{net:.1f}",
            f"{articles / net:.1f}" if name != "load the model" else "",
            f"{net / parse:.2f}",
            f"{cost.wall:.1f}",
            f"{cost.tree_mb:.0f}",
            f"{cost.largest_mb:.0f}",
        )
    Console(width=110).print(table)


def growth(corpus: Path, sizes: Sequence[int], workers: int) -> None:
    """Measure whole runs over corpora of several sizes, each with a second run that finds nothing
    new, and print how time and memory grow from the first size."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"growth, {workers} workers")
    for heading in ("articles", "run", "CPU s", "times the first", "wall s", "MB", "MB of one"):
        table.add_column(heading, justify="left" if heading == "run" else "right")
    # a corpus may lack dates, which is not what is measured here
    environment = {"DATELINE_WORKERS": str(workers), "DATELINE_MAX_UNDATED_SHARE": "1"}
    first: dict[str, float] = {}
    for size in sizes:
        folder = Path(tempfile.mkdtemp(prefix="dateline-growth-"))
        try:
            sample = folder / "sample.jsonl"
            with sample.open("wb") as file:
                file.writelines(lines(corpus, size))
            run = [
                sys.executable, "-m", "flows.command", "run", str(sample),
                "--lake", str(folder / "lake"),
            ]  # fmt: skip
            for name in ("everything new", "nothing new"):
                cost = measure(run, environment)
                times = cost.cpu / first.setdefault(name, cost.cpu)
                print(f"{size:,} articles, {name}: {cost}", file=sys.stderr, flush=True)
                table.add_row(
                    f"{size:,}",
                    name,
                    f"{cost.cpu:.1f}",
                    f"{times:.2f}",
                    f"{cost.wall:.1f}",
                    f"{cost.tree_mb:.0f}",
                    f"{cost.largest_mb:.0f}",
                )
        finally:
            shutil.rmtree(folder)
    Console(width=110).print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="a JSONL file, as dateline reads it")
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--again", action="store_true", help="run a second time: nothing is new")
    parser.add_argument("--growth", type=int, nargs="+", metavar="N", help="sizes to compare")
    parser.add_argument(
        "--stage", choices=("load", "parse", "read", "rows"), help=argparse.SUPPRESS
    )
    options = parser.parse_args()
    if options.stage:
        stage(options.stage, options.corpus)
    elif options.growth:
        growth(options.corpus, options.growth, options.workers)
    else:
        report(options.corpus, options.articles, options.workers, options.again)


if __name__ == "__main__":
    main()
