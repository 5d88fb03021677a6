"""Reaching a database of PostgreSQL: by psycopg, and as DuckDB's extension is told of it.

Both use libpq, which takes what an address leaves out from its variables (PGHOST, PGUSER,
PGSERVICE ...) and a password from PGPASSWORD or ~/.pgpass. One that is in the address is given to
each past everything that is shown.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

from warehouse.address import Database
from warehouse.errors import LakeError, UnreachableError

if TYPE_CHECKING:
    import psycopg

#: So that either side notices within a minute and a half that the other's machine is gone.
_PATIENCE = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
#: The same of the server, for a connection that holds the lock.
SERVER_PATIENCE = (
    "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; "
    "SET tcp_keepalives_count = 3; SET tcp_user_timeout = '60s'"
)
_PORT = re.compile(r"^(.*?)(?::(\d*))?$")


def parameters(database: Database, application: str | None = None) -> dict[str, str]:
    """What libpq is told of a database, by its names for it, without a password."""
    _, _, rest = database.uri.partition("://")
    place, _, query = rest.partition("?")
    authority, _, name = place.partition("/")
    user, _, hosts = authority.rpartition("@")
    found: dict[str, str] = {}
    pairs = [_PORT.match(host) for host in hosts.split(",")] if hosts else []
    if any(pair and pair[1] for pair in pairs):
        found["host"] = ",".join(pair[1].strip("[]") for pair in pairs if pair)
    if any(pair and pair[2] for pair in pairs):
        found["port"] = ",".join(pair[2] or "" for pair in pairs if pair)
    for key, value in (("user", user), ("dbname", name)):
        if value:
            found[key] = unquote(value)
    if application:
        found["application_name"] = application[:63]
    return {**_PATIENCE, **found, **dict(parse_qsl(query, keep_blank_values=True))}


def conninfo(told: Mapping[str, str]) -> str:
    """Parameters as libpq reads them in one text."""

    def value(text: str) -> str:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    return " ".join(f"{key}={value(text)}" for key, text in told.items())


def application(purpose: str) -> str:
    """What PostgreSQL shows of a connection: whose it is, on which machine."""
    return f"dateline {purpose} {os.getpid()}@{socket.gethostname()}"


@contextmanager
def connected(database: Database, purpose: str = "") -> Iterator[psycopg.Connection[Any]]:
    """A connection that commits each statement by itself; raises ``LakeError`` where there is
    none to be had, and of what goes wrong within."""
    connection = connect(database, purpose)
    try:
        with told(database), connection:
            yield connection
    finally:
        connection.close()


def connect(database: Database, purpose: str = "") -> psycopg.Connection[Any]:
    """As :func:`connected`; whoever asked closes it."""
    try:
        import psycopg
    except ImportError as error:
        raise LakeError(
            f"the lake in {database} takes psycopg: install dateline[postgres]"
        ) from error
    with told(database):
        return psycopg.connect(
            **parameters(database, application(purpose)),  # type: ignore[arg-type]
            password=database.password,
            autocommit=True,
        )


@contextmanager
def told(database: Database) -> Iterator[None]:
    """Say of an error of PostgreSQL which lake it was of; libpq's words hold no password."""
    import psycopg

    try:
        yield
    except psycopg.OperationalError as error:
        raise UnreachableError(
            f"the lake in {database} cannot be reached: {_said(error)}"
        ) from error
    except psycopg.Error as error:
        raise LakeError(f"the lake in {database} cannot be used: {_said(error)}") from error


def _said(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
