"""Work for the tests' pools: workers import it by name."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path


def square(number: int) -> int:
    return number * number


def process(_: int) -> int:
    return os.getpid()


def process_slowly(_: int) -> int:
    time.sleep(0.2)
    return os.getpid()


def refuse_seven(number: int) -> int:
    if number == 7:
        raise ValueError("seven is no number")
    return number


def die_at_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(flag: Path) -> str:
    """End the worker, but only the first time."""
    if not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def sleep_at_seven(number: int) -> int:
    if number == 7:
        time.sleep(60)
    return number


def unpicklable(number: int) -> object:
    return (lambda: number) if number == 7 else number


def modules(_: int) -> list[str]:
    return sorted(sys.modules)


def no_model() -> None:
    raise LookupError("there is no such model")


def busy(folder: Path) -> None:
    """Say who works, then work on for longer than any test."""
    (folder / str(os.getpid())).touch()
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        pass
