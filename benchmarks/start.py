"""What a small run costs beside a bare flow of Prefect's, and where it goes.

    python -m benchmarks.start [--times 5] [--parts]

In turn, so that a noisy machine slows all alike: a flow of one task that does nothing, as
Prefect's own documentation has it (its private server started by Prefect, in a home that has been
used before, so that its database is there); ``dateline run`` over one article into a new lake; the
same again, which finds nothing new. Prints the medians and the ratios to the bare flow, with the
CPU seconds of the command, of Prefect's server and of the workers. ``--parts`` also measures, each
in a process of its own, what is loaded and made at the start.

Bytecode is written in a first round that is not counted, for Prefect as for this project.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from transforms.parse import DEFAULT_MODEL

ROOT = Path(__file__).parents[1]
BARE = "Prefect's bare flow"
COLD = "one article, new lake"
AGAIN = "nothing new"
ROLES = ("command", "server", "workers")

ARTICLE = """Published on: 2025/03/04 09:00
Ferry sinks off Lissa island

LISSA, March 4 - At least 14 people drowned on Monday when a ferry sank off Lissa, the coast guard of Norway said. Rescuers pulled 63 passengers from the water, and about 20 were still missing.

The owner, Nordlinjen, said the ship was built in 1987 and had been inspected two weeks ago. Norway will spend $48 million on the harbour, Transport Minister Kari Holm told reporters on Tuesday.
"""  # noqa: E501

BARE_FLOW = """
from prefect import flow, task

@task
def work():
    return 1

@flow
def bare():
    return work()

bare()
"""

#: What is loaded and made, by name: what comes before, and what is measured.
PARTS = {
    "Prefect's client": ("", "import flows.prefect_flows"),
    "Prefect's server": ("", "from prefect.server.api.server import create_app; create_app()"),
    "its database, migrated": (
        "import asyncio\nfrom prefect.server.database import provide_database_interface as db",
        "asyncio.run(db().create_db())",
    ),
    "Great Expectations": ("import pandas", "from expectations.gx import load; load()"),
    "the language model": (
        "from transforms.parse import load_model",
        f"load_model({DEFAULT_MODEL!r})",
    ),
    "the gazetteer": ("import transforms.entities.gazetteer as g", "g.gazetteer()"),
    "all that a worker needs": (
        "from flows.worker import load",
        f"load({DEFAULT_MODEL!r})",
    ),
    "a new lake": (
        "from warehouse.lake import Lake",
        "Lake.open(folder + '/lake', create=True).close()",
    ),
}
_TIMED = """
import json, sys, time
folder = sys.argv[1]
{before}
cpu, wall = time.process_time(), time.perf_counter()
{measured}
print(json.dumps([time.process_time() - cpu, time.perf_counter() - wall]))
"""
_PERIOD = 0.1


@dataclass(frozen=True)
class Cost:
    """Seconds of the clock and of CPU, the latter also by process."""

    wall: float
    cpu: float
    of: Counter[str]


def environment(**more: str) -> dict[str, str]:
    """Ours without what would change a run, and with bytecode."""
    apart = ("PREFECT", "DATELINE", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(apart)}
    return {**kept, "DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false", **more}


def measure(command: Sequence[str], environ: dict[str, str]) -> Cost:
    """Run a command to its end. Raises ``RuntimeError`` with its output if it fails."""
    before, start = os.times(), time.perf_counter()
    seen: dict[int, tuple[str, float]] = {}
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=output, stderr=output)
        ended = threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, ended, seen))
        watch.start()
        code = process.wait()
        wall = time.perf_counter() - start
        ended.set()
        watch.join()
        if code:
            output.seek(0)
            raise RuntimeError(f"{command} ended with {code}:\n{output.read().decode()[-4000:]}")
    after = os.times()
    user = after.children_user - before.children_user
    cpu = user + after.children_system - before.children_system
    of = Counter[str]()
    for role, spent in seen.values():
        of[role] += spent  # type: ignore[assignment]
    return Cost(wall, cpu, of)


def _watch(pid: int, ended: threading.Event, seen: dict[int, tuple[str, float]]) -> None:
    while not ended.wait(_PERIOD):
        try:
            parent = psutil.Process(pid)
            for process in (parent, *parent.children(recursive=True)):
                try:
                    line = " ".join(process.cmdline())
                    times = process.cpu_times()
                except psutil.Error:
                    continue
                if line:
                    seen[process.pid] = (_role(process.pid == pid, line), times.user + times.system)
        except psutil.Error:
            return


def _role(first: bool, line: str) -> str:
    if first:
        return "command"
    return "server" if "flows.prefect_server" in line or "uvicorn" in line else "workers"


def rounds(times: int, folder: Path) -> dict[str, list[Cost]]:
    """So many rounds of each, in turn; one more comes first and is not counted."""
    article = folder / "news" / "ferry.txt"
    article.parent.mkdir()
    article.write_text(ARTICLE, encoding="utf-8")
    script = folder / "bare.py"
    script.write_text(BARE_FLOW, encoding="utf-8")
    bare = environment(
        PREFECT_HOME=str(folder / "home"),
        PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS="180",  # 20 are too few on a busy machine
    )
    found: dict[str, list[Cost]] = {BARE: [], COLD: [], AGAIN: []}
    for number in range(times + 1):
        lake = ["--lake", str(folder / f"lake{number}")]
        run = [sys.executable, "-m", "flows.command", "run", str(article), *lake]
        for name, command, environ in (
            (BARE, [sys.executable, str(script)], bare),
            (COLD, run, environment()),
            (AGAIN, run, environment()),
        ):
            cost = measure(command, environ)
            if number:
                found[name].append(cost)
                told = f"{name}: {cost.wall:.1f} s, {cost.cpu:.1f} CPU-s"
                print(f"{number} of {times}: {told}", file=sys.stderr, flush=True)
    return found


def parts(times: int) -> dict[str, tuple[float, float]]:
    """The CPU and wall seconds of each part, medians."""
    found = {}
    for name, (before, measured) in PARTS.items():
        took = []
        for _ in range(times):
            with tempfile.TemporaryDirectory(prefix="dateline-start-") as folder:
                done = subprocess.run(
                    [sys.executable, "-c", _TIMED.format(before=before, measured=measured), folder],
                    cwd=ROOT,
                    env=environment(PREFECT_HOME=folder, PREFECT_UI_ENABLED="0"),
                    capture_output=True,
                    check=True,
                )
                took.append(json.loads(done.stdout.splitlines()[-1]))
        cpu, wall = (statistics.median(column) for column in zip(*took, strict=True))
        found[name] = (cpu, wall)
    return found


def main() -> None:
    from rich.console import Console
    from rich.table import Table

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--parts", action="store_true", help="also what is loaded and made")
    options = parser.parse_args()
    console = Console(width=110)
    with tempfile.TemporaryDirectory(prefix="dateline-start-") as folder:
        found = rounds(options.times, Path(folder))
    table = Table(title=f"medians of {options.times}; ratios of each round to its bare flow")
    for heading in ("", "wall s", "of bare", "CPU s", "of bare", *ROLES):
        table.add_column(heading, justify="right" if heading else "left")
    for name, costs in found.items():
        pairs = list(zip(costs, found[BARE], strict=True))
        row = (
            statistics.median(cost.wall for cost in costs),
            statistics.median(cost.wall / bare.wall for cost, bare in pairs),
            statistics.median(cost.cpu for cost in costs),
            statistics.median(cost.cpu / bare.cpu for cost, bare in pairs),
            *(statistics.median(cost.of[role] for cost in costs) for role in ROLES),
        )
        table.add_row(name, *(f"{value:.2f}" for value in row))
    console.print(table)
    if options.parts:
        table = Table(title=f"at the start, each alone, medians of {options.times}")
        for heading in ("", "CPU s", "wall s"):
            table.add_column(heading, justify="right" if heading else "left")
        for name, (cpu, wall) in parts(options.times).items():
            table.add_row(name, f"{cpu:.2f}", f"{wall:.2f}")
        console.print(table)


if __name__ == "__main__":
    main()
