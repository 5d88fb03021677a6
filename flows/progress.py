"""Saying how far a run is: a live bar on a terminal, plain lines in a log."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.console import Console

#: Seconds between two lines of a log.
EVERY = 10.0


class Progress:
    """Who listens to a run. This one keeps silent."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return

    def say(self, text: str) -> None:
        """Something the operator should know now."""

    def batch(self, text: str) -> None:
        """A batch has been published; what came of it."""

    def read(self, inputs: int, new: int) -> None:
        """So many inputs have been read, so many of them are to be built."""

    def build(self, done: int, total: int) -> None:
        """Of the inputs to be built, so many are done."""


class Several(Progress):
    """Several listeners as one."""

    def __init__(self, *listeners: Progress) -> None:
        self.listeners = list(listeners)

    def say(self, text: str) -> None:
        for listener in self.listeners:
            listener.say(text)

    def batch(self, text: str) -> None:
        for listener in self.listeners:
            listener.batch(text)

    def read(self, inputs: int, new: int) -> None:
        for listener in self.listeners:
            listener.read(inputs, new)

    def build(self, done: int, total: int) -> None:
        for listener in self.listeners:
            listener.build(done, total)


class Lines(Progress):
    """A line for each batch, and one now and then."""

    def __init__(self, write: Callable[[str], None], every: float = EVERY) -> None:
        self._write = write
        self._every = every
        self._last = time.monotonic()

    def say(self, text: str) -> None:
        self._write(text)

    def batch(self, text: str) -> None:
        self._write(text)

    def read(self, inputs: int, new: int) -> None:
        if self._due():
            self._write(f"read {inputs} inputs, {new} of them new")

    def build(self, done: int, total: int) -> None:
        if self._due():
            self._write(f"built {done} of {total} inputs")

    def _due(self) -> bool:
        now = time.monotonic()
        if now - self._last < self._every:
            return False
        self._last = now
        return True


class Bar(Progress):
    """A live bar, gone when the run is over."""

    def __init__(self, console: Console) -> None:
        from rich import progress

        self._bar = progress.Progress(
            progress.SpinnerColumn(),
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            progress.TextColumn("{task.fields[amount]}"),
            progress.TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("Starting", total=None, amount="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def say(self, text: str) -> None:
        from rich.text import Text

        self._bar.console.print(Text(text))

    def read(self, inputs: int, new: int) -> None:
        self._bar.update(self._task, description="Reading", amount=f"{inputs} inputs, {new} new")

    def build(self, done: int, total: int) -> None:
        self._bar.update(
            self._task,
            description="Building",
            completed=done,
            total=total,
            amount=f"{done} of {total} inputs",
        )
