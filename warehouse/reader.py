"""Reading a lake: a DuckDB connection for analysts, and single questions for the command."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from warehouse import address
from warehouse.address import Address
from warehouse.errors import SqlError
from warehouse.questions import reading

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

    from warehouse.catalog import Catalog
    from warehouse.history import At

    #: What rooms that do not know DuckDB call a connection.
    Connection = DuckDBPyConnection

_numbers = itertools.count()


def lake_address(path: str | Path | Address | Address | None = None) -> Address:
    """The lake's address: as given, else that of DATELINE_LAKE, DATELINE_DATA and DATELINE_HOME,
    else ``lake`` in the working directory.

    Raises ``AddressError`` for one that there can be no lake at.
    """
    if path is not None:
        return address.read(path)
    lake, data, home = (os.environ.get(f"DATELINE_{name}") for name in ("LAKE", "DATA", "HOME"))
    return address.read(lake or "lake", data or None, home or None)


def connect(path: str | Path | Address | None = None, at: At | None = None) -> DuckDBPyConnection:
    """A read-only DuckDB connection to the lake: ``SELECT ... FROM figures``, views included.

    ``at`` shows the lake as it was: a snapshot's number, a time (naive is UTC; a date means the
    end of that day) or a run id (as it was after the run). The pipeline may write meanwhile;
    each query sees the newest state, and the queries of a transaction one and the same. Close
    the connection when done.

    Raises ``AddressError``, ``NoLakeError``, ``VersionError`` or ``LakeError`` for a lake that
    cannot be read and ``SqlError`` for an ``at`` that there is not.
    """
    return _connected(path, at)[0]


def _connected(
    path: str | Path | Address | None, at: At | None
) -> tuple[DuckDBPyConnection, Catalog]:
    from warehouse.catalog import LAKE
    from warehouse.history import resolve
    from warehouse.views import make_views

    connected, catalog = attached(path)
    try:
        if at is not None:
            pin(connected, catalog, resolve(connected, at))
        else:
            connected.execute(f"USE {LAKE}")
            make_views(connected)
    except BaseException:
        connected.close()
        raise
    return connected, catalog


def attached(path: str | Path | Address | None = None) -> tuple[DuckDBPyConnection, Catalog]:
    """A connection to which the lake is attached for reading, without views; raises as
    :func:`connect`."""
    from warehouse.extensions import connection
    from warehouse.opening import catalog_at
    from warehouse.version import check_version

    catalog = catalog_at(lake_address(path))
    spill = Path(tempfile.gettempdir()) / f"dateline-{os.getpid()}-{next(_numbers)}"
    connected = connection(spill, catalog.extension)
    try:
        catalog.attach(connected, read_only=True)
        check_version(connected, catalog.layout)
    except BaseException:
        connected.close()
        raise
    return connected, catalog


def pin(connection: DuckDBPyConnection, catalog: Catalog, snapshot: int) -> None:
    """Let a connection of :func:`connect` show the lake as it was in this snapshot."""
    from warehouse.catalog import LAKE
    from warehouse.views import make_views

    connection.execute("USE memory")
    connection.execute(f"DETACH {LAKE}")
    catalog.attach(connection, read_only=True, snapshot=snapshot)
    connection.execute(f"USE {LAKE}")
    make_views(connection, lenient=True)


class Reader:
    """Asks a lake in SQL where a question can do no harm: for questions that others wrote.

    Only questions that read are let through (:mod:`warehouse.questions`), and only the lake's own
    files can be read. Close it, or use it as a context manager.
    """

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: str | Path | Address | None = None, at: At | None = None) -> Self:
        """As :func:`connect`, and raises the same."""
        from warehouse.catalog import quoted

        connection, catalog = _connected(path, at)
        data = quoted(f"{catalog.files.place}/")
        connection.execute(f"SET allowed_directories = [{data}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        return cls(connection)

    def ask(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """The answer to one question; raises ``SqlError`` if it is wrong or does not read."""
        import duckdb

        try:
            question = reading(self._connection, sql)
            return self._connection.execute(question, list(parameters)).to_arrow_table()
        except duckdb.Error as error:
            raise SqlError(str(error)) from error

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def query(
    sql: str,
    parameters: Sequence[Any] = (),
    *,
    path: str | Path | Address | None = None,
    at: At | None = None,
) -> pa.Table:
    """The answer to one question in SQL, asked through a :class:`Reader`."""
    with Reader.open(path, at) as reader:
        return reader.ask(sql, parameters)
