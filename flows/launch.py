"""A run as an operator starts it: one command, a private server if there is none, Ctrl-C, logs.

The server starts first, since it takes longest; sources are read, the model and the libraries
loaded beside it.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress

from flows.errors import UsageError
from flows.interrupts import interruptible
from flows.logs import log_path, logged
from flows.pipeline import conclude, walk
from flows.prefect_server import CLIENT, HOST, PrivateServer, environment, reachable, told
from flows.processes import collect_seldom
from flows.progress import Bar, Lines, Progress, Waiting
from flows.report import RunReport
from flows.run_state import Run, RunError, opened
from flows.settings import Settings, SourceSpec

log = logging.getLogger(__name__)

#: The folder in the lake's own where Prefect keeps its files and its database.
PREFECT = "prefect"


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
        waiting = Waiting(progress)
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
    if one.report.status == "done" and settings.site.folder is not None:
        from flows.site import publish

        progress.say(f"Making the site in {settings.site.folder}")
        one.report.site = publish(settings)
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
        server = PrivateServer(home, log_path(one, "-server"))
        stack.enter_context(server.start())
        stack.enter_context(told({"PREFECT_API_URL": server.api_url}))
    stack.enter_context(told(CLIENT))
    new = one.look_ahead()
    from flows.prefect_flows import under_prefect  # after the environment is set

    if new:
        one.load_checks()
    if server is not None:
        server.wait(given_up=one.stop.is_set)
    if one.stop.is_set():
        with suppress(RunError):
            walk(one)  # nothing has been begun: only the run's row
    else:
        under_prefect(one, private=server is not None)


def _to_stderr(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
