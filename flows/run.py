"""A run as an operator starts it: one command, a private server if there is none, Ctrl-C, logs.

The server starts first, since it takes longest; sources are read, the model and the libraries
loaded beside it.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType

from flows.errors import UsageError
from flows.pipeline import conclude, walk
from flows.pool import collect_seldom
from flows.progress import Bar, Lines, Progress
from flows.report import RunReport
from flows.server import CLIENT, HOST, PrivateServer, environment, reachable, told
from flows.session import Run, RunError, opened
from flows.settings import Settings, SourceSpec
from warehouse.lake import Holder

log = logging.getLogger(__name__)

#: Folders in the lake's own: Prefect's files and database, and the logs.
PREFECT, LOGS = "prefect", "logs"
#: How many runs' logs are kept.
KEPT_LOGS = 50
#: Exit code of a run that was interrupted, and the seconds it may take to end after Ctrl-C twice.
INTERRUPTED, _AT_ONCE = 130, 20.0
_OUR_LOGGERS = ("flows", "transforms", "expectations", "warehouse")


def run(
    settings: Settings,
    sources: Sequence[SourceSpec],
    *,
    command: str = "run",
    verbose: bool = False,
) -> RunReport:
    """Run over the sources; what came of it is in the report, also when it did not end well.

    ``command`` is what ``runs`` calls it: the command ``rebuild`` has no sources, it builds what
    the lake holds.

    With PREFECT_API_URL set the run is told to that server, else to a private one that ends with
    it. The first Ctrl-C ends the run after the batch in hand, the second at once. ``verbose``
    shows Prefect's own messages. Raises ``UsageError`` for what the user has to mend and
    ``LakeError`` if there can be no lake.
    """
    from rich.console import Console

    collect_seldom()
    console = Console(stderr=True)
    progress: Progress = Bar(console) if console.is_terminal else Lines(_to_stderr)
    with ExitStack() as stack:
        stack.enter_context(progress)
        waiting = _Waiting(progress)
        opening = opened(settings, sources, command=command, progress=progress, on_wait=waiting)
        one = stack.enter_context(opening)
        stack.enter_context(interruptible(one))
        one.report.log = stack.enter_context(logged(one, verbose))
        try:
            _walk(one, stack)
        except BaseException as error:
            if one.report.ended_at is None:  # before there was anything to walk
                conclude(one, error)
            if isinstance(error, UsageError):
                raise
            log.info("the run ended with", exc_info=True)
        return one.report


def _walk(one: Run, stack: ExitStack) -> None:
    server = None
    if not os.environ.get("PREFECT_API_URL"):
        if not reachable():
            one.progress.say(
                f"Nothing answers on {HOST} (is the loopback interface down?): "
                "this run goes on without Prefect's server"
            )
            if one.look_ahead():
                one.load_checks()
            with suppress(RunError):
                walk(one)
            return
        home = one.lake.path / PREFECT
        stack.enter_context(told(environment(home)))
        server = PrivateServer(home, _log_path(one, "-server"))
        stack.enter_context(server.start())
        stack.enter_context(told({"PREFECT_API_URL": server.api_url}))
    stack.enter_context(told(CLIENT))
    new = one.look_ahead()
    from flows.orchestration import under_prefect  # after the environment is set

    if new:
        one.load_checks()
    if server is not None:
        server.wait(given_up=one.stop.is_set)
    if one.stop.is_set():
        with suppress(RunError):
            walk(one)  # nothing has been begun: only the run's row
    else:
        under_prefect(one, private=server is not None)


class _Waiting:
    """Says whom the run waits for."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __call__(self, holder: Holder | None) -> None:
        self._progress.say(f"Waiting for {holder or 'another writer'} to end")


@contextmanager
def interruptible(one: Run) -> Iterator[None]:
    """The first Ctrl-C ends the run after the batch in hand, the second at once.

    Prefect may wait for an answer that does not come; then the process is ended as it is, which
    the lake bears as it bears being killed.
    """
    timers: list[threading.Timer] = []

    def ask(number: int, frame: FrameType | None) -> None:
        if one.stop.is_set():
            one.at_once = True
            timers.append(threading.Timer(_AT_ONCE, os._exit, [INTERRUPTED]))
            timers[-1].daemon = True
            timers[-1].start()
            signal.default_int_handler(number, frame)
        one.stop.set()
        # No print here: a signal may arrive in the middle of one.
        os.write(2, b"\nEnding after this batch. Ctrl-C again ends at once.\n")

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        for timer in timers:
            timer.cancel()


@contextmanager
def logged(one: Run, verbose: bool) -> Iterator[Path]:
    """A log of the run in the lake's folder: what our rooms and Prefect say of it.

    Prefect writes to the terminal only if ``verbose``; our own rooms write there what they did
    before.
    """
    path = _log_path(one)
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_old(path.parent)
    root = logging.getLogger()
    handlers: list[logging.Handler] = [LogFile(path, encoding="utf-8")]
    if verbose:
        handlers.append(logging.StreamHandler(sys.stderr))
        handlers[1].addFilter(lambda record: record.name.startswith("prefect"))
    for handler in handlers:
        # A handler with a formatter also keeps Prefect from adding one for the terminal.
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
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


def _log_path(one: Run, what: str = "") -> Path:
    return one.lake.path / LOGS / f"{one.report.run_id}{what}.log"


def _to_stderr(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
