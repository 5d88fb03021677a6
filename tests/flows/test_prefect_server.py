"""The private server: waited for properly, private, and gone when its owner is."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from flows.prefect_server import HOST, PrivateServer, ServerError, environment, told
from tests.waiting import LIMIT, until_gone

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all."""
    return tmp_path_factory.mktemp("prefect")


@pytest.fixture(scope="module")
def private(home: Path) -> Iterator[PrivateServer]:
    with PrivateServer(home, home / "server.log") as running:
        yield running.wait()


def test_it_answers_on_this_machine_only(private: PrivateServer) -> None:
    connection = http.client.HTTPConnection(HOST, int(private.address.rpartition(":")[2]))
    connection.request("GET", "/api/health")
    assert connection.getresponse().status == 200
    connection.close()
    assert private.pid is not None
    process = psutil.Process(private.pid)
    listening = [c for c in process.net_connections() if c.status == psutil.CONN_LISTEN]
    assert [c.laddr.ip for c in listening] == [HOST]


def test_its_database_lies_where_it_was_told(private: PrivateServer, home: Path) -> None:
    with sqlite3.connect(home / "prefect.db") as database:
        assert database.execute("SELECT count(*) FROM flow_run").fetchone() == (0,)


def test_it_reports_nothing_home(private: PrivateServer) -> None:
    assert private.pid is not None
    seen = psutil.Process(private.pid).environ()
    assert seen["DO_NOT_TRACK"] == "1"
    assert seen["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert HOST in seen["NO_PROXY"]


def test_it_stops_when_told_and_leaves_nobody(home: Path) -> None:
    server = PrivateServer(home, home / "again.log").start().wait()
    pid = server.pid
    assert pid is not None
    server.stop()
    until_gone([pid])
    server.stop()  # once more does no harm


def test_one_that_is_killed_is_started_again_on_its_port(home: Path) -> None:
    with PrivateServer(home, home / "killed.log") as server:
        server.wait()
        first, address = server.pid, server.address
        assert first is not None
        os.kill(first, signal.SIGKILL)
        until_gone([first])
        connection = http.client.HTTPConnection(
            HOST, int(address.rpartition(":")[2]), timeout=LIMIT
        )
        connection.request("GET", "/api/health")  # waits, and is not refused
        assert connection.getresponse().status == 200
        connection.close()
        second = server.pid
        assert second not in (None, first)
    assert second is not None
    until_gone([second])


def test_one_that_is_killed_while_it_starts_is_started_again(home: Path) -> None:
    with PrivateServer(home, home / "killed.log") as server:
        first = server.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        server.wait()
        assert server.pid not in (None, first)


def test_it_can_be_stopped_while_it_starts(tmp_path: Path) -> None:
    server = PrivateServer(tmp_path, tmp_path / "server.log").start()
    pid = server.pid
    assert pid is not None
    server.stop()
    until_gone([pid])


def test_one_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "prefect.db").write_bytes(b"this is no database" * 100)
    with (
        PrivateServer(tmp_path, tmp_path / "server.log") as server,
        pytest.raises(ServerError) as caught,
    ):
        server.wait()
    assert "ended with code" in str(caught.value)
    assert str(tmp_path / "server.log") in str(caught.value)
    assert "file is not a database" in str(caught.value)


def test_one_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its process never gets as far as serving: Python, as it starts, waits for the test's end."""
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.stdin.buffer.read()\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with (
        PrivateServer(tmp_path / "home", tmp_path / "late.log") as server,
        pytest.raises(ServerError, match="did not answer within 0 s"),
    ):
        server.wait(patience=0.2)


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=f"port {port} of {HOST}"):
            PrivateServer(tmp_path, tmp_path / "server.log", port=port).start()


OWNER = """
import sys
from pathlib import Path
from flows.prefect_server import PrivateServer
home = Path(sys.argv[1])
with PrivateServer(home, home / "owned.log") as server:
    if sys.argv[2] == "serving":
        server.wait()
    print(server.pid, flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("how", "stage"),
    [
        (signal.SIGKILL, "starting"),
        (signal.SIGTERM, "starting"),
        (signal.SIGINT, "starting"),
        (signal.SIGKILL, "serving"),
    ],
)
def test_it_ends_with_its_owner(home: Path, how: signal.Signals, stage: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(home), stage],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline())
        owner.send_signal(how)
        owner.wait(LIMIT)
    until_gone([pid])


def test_the_environment_is_given_back(tmp_path: Path) -> None:
    before = dict(os.environ)
    with told(environment(tmp_path)):
        assert os.environ["PREFECT_HOME"] == str(tmp_path)
    assert dict(os.environ) == before
