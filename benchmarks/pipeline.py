"""How many articles a CPU-second: the whole run and its stages, beside spaCy's own pipeline.

    python -m benchmarks.pipeline CORPUS.jsonl.gz [--source bbc-2004] [--articles 150] [--warm 300]
        [--passes 5] [--glue PATH/bin/python] [--workers 2] [--again] [--no-run]
    python -m benchmarks.pipeline CORPUS.jsonl.gz --growth 1000 10000   (the smallest first)

First, warm and on one core each: spaCy's stock pipeline, the parse, all rows (``benchmarks.speed``)
and with ``--glue`` the libraries that an analyst would put together (``benchmarks.glue``), each in
a process that has read ``--warm`` other articles, by turns, medians of ``--passes``; the ratio of
the rows to spaCy, and the share of each stage. Then the whole run, cold, with all that it starts.

A noisy machine slows all of them alike: quote the ratios. CPU seconds are those of the process; of
a whole run the operating system's, of the process and all that it started. Memory is the largest
sum of the resident memory of the process and its descendants (shared pages counted in each), and
that of the largest one.
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
from typing import Any

import psutil

from benchmarks.speed import costs, ratio

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


def documents(corpus: Path, source: str | None = None) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file, or those of one source."""
    for line in lines(corpus, sys.maxsize):
        record = json.loads(line)
        if source is None or record.get("source") == source:
            yield record


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


def report(sample: Path, options: argparse.Namespace) -> None:
    """Measure every way warm and by turns, and print what an article costs."""
    from rich.console import Console
    from rich.table import Table

    found = costs(sample, options.warm, options.passes, options.glue)
    stock = found["spaCy"]["all"]
    table = Table(title=f"warm, one core: {options.articles} articles after {options.warm} others")
    for heading in ("", "CPU s", "articles per CPU s", "times spaCy", "of the rows"):
        table.add_column(heading, justify="right" if heading else "left")
    for way, cost in found.items():
        seconds = cost["all"]
        table.add_row(
            _WAYS[way], f"{seconds:.2f}", f"{options.articles / seconds:.1f}",
            f"{stock / seconds:.2f}", "",
        )  # fmt: skip
        for stage, part in cost.items():
            if stage != "all" and way == "rows":
                share = f"{100 * part / seconds:.0f}%"
                table.add_row(f"  {stage}", f"{part:.2f}", "", "", share)
            elif stage != "all":
                table.add_row(f"  {stage}", f"{part:.2f}", "", "", "")
    Console(width=110).print(table)
    print(
        f"rows: {ratio(found):.2f} times spaCy's stock pipeline, median of {options.passes} passes"
    )


_WAYS = {
    "spaCy": "spaCy, stock, nlp.pipe, its own threads",
    "parse": "our parse, one thread",
    "rows": "all our rows, one thread",
    "glue": "spaCy, quantulum3, dateparser",
}


def whole(sample: Path, options: argparse.Namespace) -> None:
    """Measure a whole run, cold, with all processes that it starts, and print a table."""
    from rich.console import Console
    from rich.table import Table

    folder = Path(tempfile.mkdtemp(prefix="dateline-benchmark-"))
    try:
        run = [
            sys.executable, "-m", "flows.command", "run", str(sample),
            "--lake", str(folder / "lake"),
        ]  # fmt: skip
        # a corpus may lack dates, which is not what is measured here
        environment = {
            "DATELINE_WORKERS": str(options.workers),
            "DATELINE_MAX_UNDATED_SHARE": "1",
        }
        found = {f"whole run, {options.workers} workers": measure(run, environment)}
        if options.again:
            found["the same run again"] = measure(run, environment)
    finally:
        shutil.rmtree(folder)
    count = options.warm + options.articles
    table = Table(title=f"cold, {count} articles")
    for heading in ("", "CPU s", "articles per CPU s", "wall s", "MB", "MB of one"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, cost in found.items():
        table.add_row(
            name, f"{cost.cpu:.1f}", f"{count / cost.cpu:.1f}", f"{cost.wall:.1f}",
            f"{cost.tree_mb:.0f}", f"{cost.largest_mb:.0f}",
        )  # fmt: skip
    Console(width=110).print(table)


def growth(corpus: Path, sizes: Sequence[int], workers: int) -> None:
    """Measure whole runs over corpora of several sizes, each with a second run that finds nothing
    new, and print how time, memory and the lake grow from the first size; then what an article
    more costs, beside the rows of the same articles made alone, by one warm process."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"growth, {workers} workers")
    for heading in ("articles", "run", "CPU s", "times the first", "wall s", "MB", "MB of one"):
        table.add_column(heading, justify="left" if heading == "run" else "right")
    # a corpus may lack dates, which is not what is measured here
    environment = {"DATELINE_WORKERS": str(workers), "DATELINE_MAX_UNDATED_SHARE": "1"}
    first: dict[str, float] = {}
    runs, lakes = [], []
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
                if name == "everything new":
                    runs.append(cost.cpu)
                    lakes.append(_bytes(folder / "lake"))
            if size == sizes[-1]:
                alone = costs(sample, sizes[0], 1, ways=("rows",))["rows"]["all"]
        finally:
            shutil.rmtree(folder)
    Console(width=110).print(table)
    more = sizes[-1] - sizes[0]
    if more:
        whole, rows = 1000 * (runs[-1] - runs[0]) / more, 1000 * alone / more
        print(
            f"an article more: {whole:.1f} ms of CPU in a run, {rows:.1f} ms for its rows alone: "
            f"{whole / rows:.2f} times; {(lakes[-1] - lakes[0]) / more:.0f} bytes of lake"
        )


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path, help="a JSONL file, as dateline reads it")
    parser.add_argument("--source", help="only the articles of this source")
    parser.add_argument("--articles", type=int, default=150)
    parser.add_argument("--warm", type=int, default=300, help="other articles read before")
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--glue", type=Path, help="the interpreter of benchmarks.glue")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--no-run", action="store_true", help="leave the whole run out")
    parser.add_argument("--again", action="store_true", help="run a second time: nothing is new")
    parser.add_argument("--growth", type=int, nargs="+", metavar="N", help="sizes to compare")
    options = parser.parse_args()
    if options.growth:
        growth(options.corpus, options.growth, options.workers)
        return
    with tempfile.TemporaryDirectory(prefix="dateline-sample-") as folder:
        sample = Path(folder) / "sample.jsonl"
        records = list(
            itertools.islice(
                documents(options.corpus, options.source), options.warm + options.articles
            )
        )
        if len(records) < options.warm + options.articles:  # a third of a small corpus warms up
            options.warm = len(records) // 3
            options.articles = len(records) - options.warm
        with sample.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        report(sample, options)
        if not options.no_run:
            whole(sample, options)


if __name__ == "__main__":
    main()
