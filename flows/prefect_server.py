"""A private Prefect server for as long as a command lasts.

Prefect has no way to run without a server. When PREFECT_API_URL names none, :class:`PrivateServer`
starts one in a process of its own, on 127.0.0.1 and a free port, with its database in the lake's
folder and nothing reported home. It ends with the command, however that ends.

Measured: 4 CPU-seconds to start, of which 3 import Prefect's server. A new database would take 6
more, and is ready made (:mod:`flows.prefect_database`). The command imports and reads meanwhile.
"""

from __future__ import annotations

import contextlib
import http.client
import logging
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from flows import prefect_database
from warehouse.errors import disk_full

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
#: Seconds that a server may take to start, on a busy machine and with a new database.
PATIENCE = 180.0
#: Seconds that it may take to stop before it is killed.
GRACE = 10.0
#: How often it is started again when it is killed.
RESTARTS = 30
_POLL = 0.1
_TAIL = 15
#: The parts of Prefect's API that a run asks.
_ASKED = ("/admin", "/csrf-token", "/flows", "/flow_runs", "/task_runs", "/logs", "/artifacts",
          "/events")  # fmt: skip


class ServerError(RuntimeError):
    """The private server did not start; the message holds the end of its log."""


#: Tells a run that a schedule started which process serves it.
SERVED_BY = "_DATELINE_SERVED_BY"
#: What a client of Prefect is told, whichever its server is: nothing is reported home (both
#: switches have to be off), and what our own rooms log is shown with the run.
CLIENT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "flows,warehouse",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}


def environment(home: Path) -> dict[str, str]:
    """What Prefect, as server or client, is told through the environment: where to keep its
    files, that nothing is reported home, and that its own machine is reached without a proxy."""
    hosts = [os.environ.get("NO_PROXY") or os.environ.get("no_proxy"), HOST, "localhost"]
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "NO_PROXY": ",".join(filter(None, hosts)),
        **CLIENT,
    }


def reachable() -> bool:
    """Whether this machine can talk to itself: in a network namespace of its own it may not."""
    with socket.socket() as listener, socket.socket() as caller:
        try:
            listener.bind((HOST, 0))
            listener.listen()
            caller.settimeout(1.0)
            caller.connect(listener.getsockname())
        except OSError:
            return False
    return True


class PrivateServer:
    """A server on this machine. :meth:`start` does not wait, :meth:`wait` does.

    ``home`` is where its database lies. ``pages`` also serves Prefect's web pages and schedules
    deployments, which takes longer to start. A server that is killed while it serves is started
    again: its port stays open here, so that its clients only have to wait; ``say`` tells of it.
    """

    def __init__(
        self,
        home: Path,
        log: Path,
        *,
        pages: bool = False,
        port: int = 0,
        say: Callable[[str], None] = log.warning,
    ) -> None:
        self.home = home
        self.log = log
        self._pages = pages
        self._port = port
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None
        self._listener: socket.socket | None = None
        self._keeper: threading.Thread | None = None
        self._stopping = threading.Event()
        self._turn = threading.Lock()
        self._started = 0.0

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self._port}"

    @property
    def api_url(self) -> str:
        return f"{self.address}/api"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> Self:
        """Start the process. The port is bound here, so nobody can take it meanwhile.

        Raises ``ServerError`` if the port that was asked for is taken or the database cannot be
        made. To be called in a thread that outlives the server: on Linux the server ends with the
        thread that started it.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, self._port))
        except OSError as error:
            listener.close()
            raise ServerError(f"port {self._port} of {HOST}: {error.strerror}") from None
        try:
            prefect_database.provide(self.home)
        except (OSError, sqlite3.Error) as error:
            listener.close()
            why = disk_full(error, self.home) or error
            raise ServerError(f"no database for Prefect in {self.home}: {why}") from error
        listener.listen(128)
        self._listener = listener
        self._port = listener.getsockname()[1]
        self._stopping.clear()
        self._spawn()
        return self

    def _spawn(self) -> None:
        assert self._listener is not None
        descriptor = self._listener.fileno()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.prefect_server", str(descriptor), str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env={**os.environ, **self._environment()},
                pass_fds=[descriptor],
                start_new_session=True,  # Ctrl-C in the terminal is not for the server
            )
        self._started = time.monotonic()

    def _keep(self) -> None:
        """Start the server again whenever it ends, in a thread that lives as long as it."""
        for _ in range(RESTARTS):
            process = self._process
            if process is not None:
                process.wait()
            with self._turn:
                if process is None or self._stopping.is_set():
                    return
                self._say("Prefect's private server ended; it is started again")
                _close_input(process)
                self._spawn()
        with self._turn:
            if self._listener is not None and not self._stopping.is_set():
                self._say("Prefect's private server is not started again if it ends once more")
                self._listener.close()  # the last one has it; then whoever asks is refused
        self._stopping.wait()  # the server ends with the thread that started it

    def wait(
        self, patience: float = PATIENCE, given_up: Callable[[], bool] = lambda: False
    ) -> Self:
        """Wait until the server answers, or the wait is given up; one that is killed meanwhile is
        started again.

        Raises ``ServerError`` if it does not answer in time, or has ended by itself.
        """
        assert self._process is not None
        killed = 0
        while not self._healthy() and not given_up():
            ended = self._process.poll()
            if ended == -signal.SIGKILL and killed < RESTARTS:
                killed += 1
                self._say("Prefect's private server was killed; it is started again")
                _close_input(self._process)
                self._spawn()
            elif ended is not None:
                raise ServerError(self._trouble(f"ended with code {ended} while it started"))
            if time.monotonic() - self._started > patience:
                raise ServerError(self._trouble(f"did not answer within {patience:.0f} s"))
            time.sleep(_POLL)
        if self._keeper is None:
            self._keeper = threading.Thread(target=self._keep, name="keep-server", daemon=True)
            self._keeper.start()
        return self

    def stop(self, grace: float = GRACE) -> None:
        """Stop the server: politely, after ``grace`` seconds at once. Nothing is left of it."""
        self._stopping.set()
        with self._turn:
            process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(grace)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        finally:
            _close_input(process)
            if self._listener is not None:
                self._listener.close()
        if self._keeper is not None:
            self._keeper.join()
            self._keeper = None

    def __enter__(self) -> Self:
        return self if self._process else self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _environment(self) -> dict[str, str]:
        told = {
            **environment(self.home),
            "PREFECT_API_URL": self.api_url,
            "PREFECT_UI_ENABLED": "1" if self._pages else "0",
            "PREFECT_SERVER_UI_API_URL": self.api_url,
            "PREFECT_LOGGING_COLORS": "false",
            "PREFECT__SERVER_FINAL": "1",
        }
        if not self._pages:
            told["PREFECT__SERVER_EPHEMERAL"] = "1"  # only the services that record runs
            told["PREFECT_API_BLOCKS_REGISTER_ON_START"] = "0"  # a run uses none
        return told

    def _healthy(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self._port, timeout=5)
        try:
            connection.request("GET", "/api/health")
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _trouble(self, what: str) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        tail = "\n".join(f"  {line}" for line in lines[-_TAIL:])
        if full := disk_full(RuntimeError(f"disk I/O error? {tail}"), self.home):
            return f"Prefect's private server {what}: {full}"
        return f"Prefect's private server {what}. Its log, {self.log}, ends with:\n{tail}"


def _close_input(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()


@contextlib.contextmanager
def told(values: Mapping[str, str]) -> Iterator[None]:
    """The environment with these values, for as long as the block lasts."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _serve(descriptor: int, parent: int) -> None:
    """In the server's process: serve on an open socket until told to stop or left alone."""
    from flows.processes import collect_seldom, die_with_parent

    die_with_parent(parent)
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()

    collect_seldom()
    import uvicorn
    from prefect.server.api import server

    # A request is matched with one router after the other, each made when it is come to.
    order = sorted(server.API_ROUTERS, key=lambda router: router.prefix not in _ASKED)
    server.API_ROUTERS = tuple(order)  # type: ignore[assignment]
    config = uvicorn.Config(
        server.create_app,
        factory=True,
        log_level="warning",
        lifespan="on",
        timeout_graceful_shutdown=3,
    )
    with socket.socket(fileno=descriptor) as listener:
        uvicorn.Server(config).run(sockets=[listener])


def _end_with_parent() -> None:
    """The portable way: the parent's end closes our standard input."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
