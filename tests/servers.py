"""A cluster of PostgreSQL and an S3-compatible server for tests, on this machine alone.

Each is made once a session and worker, and stopped by who made it. Where a part is missing its
tests are skipped, but not in CI.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

#: The keys of the S3-compatible server and the password of PostgreSQL: no log may have them.
PASSWORD = "Marked-catalog-7f3a"
KEY, SECRET = "AKMARKEDSTOREKEY", "Marked-store-9c1e"
BUCKET = "news"
#: PostgreSQL refuses to run as root.
_OTHER = "postgres"


def missing(what: str) -> None:
    """Skip the test, or let it fail in CI."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@dataclass
class Cluster:
    """A cluster that is up: its folder and port; the superuser is ``postgres``."""

    binaries: Path
    folder: Path
    port: int

    def address(self, database: str, user: str = "postgres", schema: str | None = None) -> str:
        """The address of a lake in a database, without a password."""
        more = f"?schema={schema}" if schema else ""
        return f"postgres://{user}@127.0.0.1:{self.port}/{database}{more}"

    def execute(self, sql: str, database: str = "postgres") -> list[Any]:
        """Run a statement as the superuser; gives its rows, if it has some."""
        import psycopg

        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", password=PASSWORD, dbname=database,
            autocommit=True,
        ) as connection:  # fmt: skip
            done = connection.execute(sql)
            return done.fetchall() if done.description else []

    def new_database(self) -> str:
        """An empty database; gives its name."""
        name = f"t{secrets.token_hex(6)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def start(self) -> None:
        options = (
            f"-c port={self.port} -c listen_addresses=127.0.0.1 -c shared_buffers=32MB "
            f"-c unix_socket_directories={self.folder} -c fsync=off -c full_page_writes=off"
        )
        self._control("start", "-o", options, "-l", str(self.folder / "log"))

    def stop(self, mode: str = "fast") -> None:
        self._control("stop", "-m", mode)

    def restart(self) -> None:
        """End all connections as a restart of the machine would, and come back."""
        self.stop("immediate")
        self.start()

    def _control(self, *arguments: str) -> None:
        # whatever it starts must not keep a pipe of ours
        _run(self.binaries / "pg_ctl", "-D", str(self.folder / "data"), "-w", *arguments)


def _run(*command: str | Path) -> None:
    subprocess.run(
        [*_as_other(), *map(str, command)],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
    )


@contextmanager
def _ended_with_us(binaries: Path, folder: Path) -> Iterator[None]:
    """Ends a cluster that would outlive a session that is killed: by a process that waits for the
    end of its input, which comes with ours."""
    end = (
        f"read -r _; '{binaries}/pg_ctl' -D '{folder}/data' -m immediate stop; rm -rf '{folder}'/*"
    )
    watcher = subprocess.Popen(
        [*_as_other(), "sh", "-c", end],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )
    try:
        yield
    finally:
        watcher.communicate()


def _as_other() -> list[str]:
    return ["runuser", "-u", _OTHER, "--"] if os.geteuid() == 0 else []


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def postgres() -> Iterator[Cluster]:
    """A cluster of its own in a temporary folder."""
    if not shutil.which("pg_config") or not importlib.util.find_spec("psycopg"):
        missing("PostgreSQL or psycopg is not installed")
    told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
    binaries = Path(told.stdout.strip())
    if not (binaries / "initdb").exists():
        missing("PostgreSQL's server is not installed")
    folder = Path(tempfile.mkdtemp(prefix="dateline-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _OTHER)
        word = folder / "word"
        word.write_text(PASSWORD)
        word.chmod(0o644)
        _run(
            binaries / "initdb", "-D", folder / "data", "-U", "postgres", "--no-sync",
            "-A", "scram-sha-256", f"--pwfile={word}", "-E", "UTF8", "--locale=C",
        )  # fmt: skip
        cluster = Cluster(binaries, folder, free_port())
        with _ended_with_us(binaries, folder):
            cluster.start()
            yield cluster
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class ObjectStore:
    """An S3-compatible server that is up, and what was asked of it: method and path."""

    endpoint: str
    asked: list[tuple[str, str]]

    @property
    def environment(self) -> dict[str, str]:
        """The variables that reach it."""
        return {
            "AWS_ENDPOINT_URL_S3": self.endpoint,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1",
        }

    def new_prefix(self) -> str:
        return f"s3://{BUCKET}/{secrets.token_hex(6)}"


@contextmanager
def object_store() -> Iterator[ObjectStore]:
    """A server of this process with one bucket."""
    if not importlib.util.find_spec("moto"):
        missing("moto is not installed")
    moto: Any = importlib.import_module("moto.server")
    application = moto.DomainDispatcherApplication
    asked: list[tuple[str, str]] = []
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    call = application.__call__

    def noting(self: Any, environ: Any, start_response: Any) -> Any:
        asked.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        return call(self, environ, start_response)

    application.__call__ = noting
    server.start()
    try:
        host, port = server.get_host_and_port()
        store = ObjectStore(f"http://{host}:{port}", asked)
        httpx.put(f"{store.endpoint}/{BUCKET}").raise_for_status()
        yield store
    finally:
        server.stop()
        application.__call__ = call
