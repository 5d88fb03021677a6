"""A process that does the same work again and again when it is told to.

Ways of doing something are compared by turns: each in a process of its own, which has loaded what
it needs, and one pass of each after another, so that a noisy machine slows all of them alike.
Nothing but the standard library is imported here: other environments run it too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

#: What a pass does with the records of a sample; gives CPU seconds by stage, if it has stages.
Work = Callable[[Sequence[dict[str, Any]]], Mapping[str, float]]


def serve(work: Work, sample: Path, warm: int) -> None:
    """Work through the first ``warm`` records, then through the others once for each line of
    standard input, on one core; writes the CPU seconds and those of the stages, as JSON."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    records = [json.loads(line) for line in sample.read_text(encoding="utf-8").splitlines()]
    work(records[:warm])
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.process_time()
        stages = work(records[warm:])
        cost = {"all": time.process_time() - start, **stages}
        print(json.dumps(cost), flush=True)


def by_turns(
    commands: Mapping[str, Sequence[str]], environment: Mapping[str, Mapping[str, str]], passes: int
) -> dict[str, dict[str, float]]:
    """The median CPU seconds of each way and its stages, its command being one that serves.

    Raises ``RuntimeError`` when a process ends early; what it said is on standard error.
    """
    found: dict[str, list[dict[str, float]]] = {name: [] for name in commands}
    with ExitStack() as stack:
        processes = {}
        for name, command in commands.items():
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, **environment.get(name, {})},
            )
            stack.callback(_end, process)
            _answer(name, process)  # one after another: a warm-up is not disturbed by the next
            processes[name] = process
        for _ in range(passes):
            for name, process in processes.items():
                assert process.stdin is not None
                print("pass", file=process.stdin, flush=True)
                found[name].append(json.loads(_answer(name, process)))
    return {
        name: {stage: median(cost[stage] for cost in costs) for stage in costs[0]}
        for name, costs in found.items()
    }


def _answer(name: str, process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    if not (line := process.stdout.readline()):
        raise RuntimeError(f"{name} ended early, with {process.wait()}")
    return line


def _end(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    process.wait()
