"""``dateline serve``: runs by their schedules, for as long as the command lasts.

The deployments are made on the server that PREFECT_API_URL names; without one a private server is
kept for as long as the command lasts, whose pages are at the address that is printed. Prefect's own
runner is not used: it ends when its server is away for a while, and waits for it when it is to end
itself; :mod:`flows.dispatch` does neither.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from flows.deployments import Deployment
from flows.dispatch import Dispatcher
from flows.launch import PREFECT
from flows.logs import LOGS
from flows.prefect_server import CLIENT, SERVED_BY, PrivateServer, environment, told
from warehouse.address import Address

#: Prefect's own messages stay out of the terminal, where each run tells its sums.
_CONSOLE_LEVEL = "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"
#: Seconds that a private server may take to stop before it is killed.
_GRACE = 1.5
#: Seconds after which the command ends as it is. Its server and its runs end with it; only what a
#: busy machine did not let it say in time is left unsaid.
_AT_LAST = 9.0


def serve(lake: Address, deployments: Sequence[Deployment], *, verbose: bool = False) -> None:
    """Run what is deployed whenever it is due, until interrupted or told to end, which takes less
    than ten seconds.

    Logs go into the lake's folder, where a private server has its database. Raises
    ``ServerError`` if there can be no server and ``RefusedError`` if there is one that will not.
    """
    with _told_to_end() as end, ExitStack() as stack:
        stack.enter_context(told({**CLIENT, SERVED_BY: str(os.getpid())}))
        if not verbose:
            stack.enter_context(told({_CONSOLE_LEVEL: "CRITICAL"}))
        logs = lake.home / LOGS
        logs.mkdir(parents=True, exist_ok=True)
        if not os.environ.get("PREFECT_API_URL"):
            home = lake.home / PREFECT
            stack.enter_context(told(environment(home)))
            # whether it answers is told by who asks it
            server = PrivateServer(home, logs / "serve-server.log", pages=True, say=_silent)
            server.start()
            stack.callback(server.stop, _GRACE)
            stack.enter_context(told({"PREFECT_API_URL": server.api_url}))
            server.wait(given_up=end.is_set)
            _say(f"A private server is at {server.address} until this command ends.")
        for deployment in deployments:
            _say(str(deployment))
        _say(f"The lake is {lake}. Ctrl-C ends it.")
        log_file = None if verbose else logs / "serve-runs.log"
        dispatcher = Dispatcher(deployments, _say, log_file, end.set)
        if not end.is_set():
            dispatcher.start()
        end.wait()
        dispatcher.end()
        if dispatcher.error is not None:
            raise dispatcher.error


@contextmanager
def _told_to_end() -> Iterator[threading.Event]:
    """Set when this process is interrupted or terminated, which does nothing else to it but to
    begin the last seconds that it has."""
    end = threading.Event()

    def told_to_end(*_: object) -> None:
        if not end.is_set():
            end.set()
            at_last = threading.Timer(_AT_LAST, os._exit, [0])
            at_last.daemon = True
            at_last.start()

    before = {
        number: signal.signal(number, told_to_end) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield end
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _silent(_: str) -> None:
    return


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
