"""Saying how far a run is: a live bar on a terminal, plain lines in a log."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from flows.errors import shown

if TYPE_CHECKING:
    from rich.console import Console

    from warehouse.lake import Holder

#: Seconds between two lines of a log.
EVERY = 10.0
#: Seconds over which the pace is taken, so that it is that of now and yet does not jump.
WINDOW = 30.0


class Pace:
    """How quickly articles are built at present, and how long those that are left will take."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, window: float = WINDOW) -> None:
        self._clock = clock
        self._window = window
        self._seen: deque[tuple[float, int]] = deque()

    def told(self, done: int, total: int) -> str:
        """``12 of 80 inputs, 4.1 articles/s, 17 s left``, as far as it is known."""
        now = self._clock()
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()  # a batch that is built once more
        self._seen.append((now, done))
        while len(self._seen) > 2 and self._seen[1][0] <= now - self._window:
            self._seen.popleft()
        since, before = self._seen[0]
        amount = f"{done} of {total} inputs"
        if done <= before or now <= since:
            return amount
        pace = (done - before) / (now - since)
        left = f", {_time((total - done) / pace)} left" if done < total else ""
        return f"{amount}, {pace:.1f} articles/s{left}"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"


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
        self._pace = Pace()

    def say(self, text: str) -> None:
        self._write(shown(text))

    def batch(self, text: str) -> None:
        self._write(shown(text))

    def read(self, inputs: int, new: int) -> None:
        if self._due():
            self._write(f"read {inputs} input{'' if inputs == 1 else 's'}, {new} of them new")

    def build(self, done: int, total: int) -> None:
        told = self._pace.told(done, total)
        if self._due():
            self._write(f"built {told}")

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
            progress.BarColumn(bar_width=None),  # what is left of the line
            progress.TextColumn("{task.fields[amount]}"),
            progress.TimeElapsedColumn(),
            console=console,
            transient=True,
            expand=True,
        )
        self._task = self._bar.add_task("Starting", total=None, amount="")
        self._pace = Pace()

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

        self._bar.console.print(Text(shown(text)))

    def read(self, inputs: int, new: int) -> None:
        self._bar.update(self._task, description="Reading", amount=f"{inputs} inputs, {new} new")

    def build(self, done: int, total: int) -> None:
        self._bar.update(
            self._task,
            description="Building",
            completed=done,
            total=total,
            amount=self._pace.told(done, total),
        )


class Waiting:
    """Says whom the run waits for."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __call__(self, holder: Holder | None) -> None:
        self._progress.say(f"Waiting for {holder or 'another writer'} to end")
