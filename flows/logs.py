"""The log of each run, in the lake's folder."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flows.errors import shown
from flows.run_state import Run

#: The folder in the lake's own.
LOGS = "logs"
#: How many runs' logs are kept.
KEPT_LOGS = 50
_OUR_LOGGERS = ("flows", "transforms", "expectations", "warehouse")


@contextmanager
def logged(one: Run, verbose: bool) -> Iterator[Path]:
    """A log of the run in the lake's folder: what our rooms and Prefect say of it.

    Prefect writes to the terminal only if ``verbose``; our own rooms write there what they did
    before.
    """
    path = log_path(one)
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_old(path.parent)
    root = logging.getLogger()
    handlers: list[logging.Handler] = [LogFile(path, encoding="utf-8")]
    if verbose:
        handlers.append(logging.StreamHandler(sys.stderr))
        handlers[1].addFilter(lambda record: record.name.startswith("prefect"))
    for handler in handlers:
        # A handler with a formatter also keeps Prefect from adding one for the terminal.
        handler.setFormatter(Shown("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)
    theirs = [h for h in root.handlers if type(h).__name__ == "PrefectConsoleHandler"]
    for handler in theirs:
        root.removeHandler(handler)
    levels = _listen()
    try:
        yield path
    finally:
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
        for handler in theirs:
            root.addHandler(handler)
        for logger, level in levels.items():
            logger.setLevel(level)


class Shown(logging.Formatter):
    """Names of files and titles in a message steer no terminal in which the log is looked at."""

    def format(self, record: logging.LogRecord) -> str:
        return shown(super().format(record))


class LogFile(logging.FileHandler):
    """A log that a full disk cuts short: what the run has to say then is said elsewhere.

    Prefect would not count one whose name begins with an underscore as a handler of ours.
    """

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the library's)
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)

    def close(self) -> None:
        with suppress(OSError):
            super().close()


def _listen() -> dict[logging.Logger, int]:
    """Let our loggers say what happens, to new listeners only; gives the levels they had."""
    levels = {logger: logger.level for logger in map(logging.getLogger, _OUR_LOGGERS)}
    for logger, level in levels.items():
        for handler in logger.handlers:
            handler.setLevel(max(level, handler.level))
        if not logger.isEnabledFor(logging.INFO):
            logger.setLevel(logging.INFO)
    return levels


def _remove_old(folder: Path) -> None:
    logs = sorted(folder.glob("*Z-*.log"), key=lambda path: path.name)
    for path in logs[: -2 * KEPT_LOGS]:  # two a run
        path.unlink(missing_ok=True)


def log_path(one: Run, what: str = "") -> Path:
    """Where the log of a run lies, or of ``what`` belongs to it."""
    return one.lake.path / LOGS / f"{one.report.run_id}{what}.log"
