"""How far a site is: a live line on a terminal, lines in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flows.progress import EVERY


@contextmanager
def making() -> Iterator[Callable[[str, str], None]]:
    """Gives what hears of each file that is made: its part of the site, and its address."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines()
        return
    from rich.progress import Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("choosing what has a page")
        count = 0

        def told(part: str, path: str) -> None:
            nonlocal count
            count += 1
            bar.update(task, description=f"{part}: {count:,} files")

        yield told


def _lines() -> Callable[[str, str], None]:
    """Says in a log how far it is, when a while has passed."""
    last, count = time.monotonic(), 0

    def told(part: str, path: str) -> None:
        nonlocal last, count
        count += 1
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            print(f"{part}: {count:,} files", file=sys.stderr, flush=True)

    return told
