"""One state of a lake, to be measured in SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.address import Address
from warehouse.catalog import LAKE
from warehouse.columns import Row
from warehouse.files import Files
from warehouse.history import LAST_GOOD, Snapshot, last_good, resolve, snapshots
from warehouse.reader import attached

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: What DuckDB may hold in memory while it measures; beyond, it spills to the temporary folder.
MEMORY = "1GiB"
#: The articles of the state: article_id, source, ``is_new`` (written since the baseline), ``read``
#: (English, and no duplicate: rows were made from its text), published_date.
ARTICLES = "measured_articles"


@dataclass
class State:
    """A connection that shows one snapshot, and what was asked for since when."""

    connection: DuckDBPyConnection
    snapshot: int
    files: Files
    since: dt.datetime | None = None

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The answer, a mapping a row. Raises ``duckdb.Error`` if it cannot be given."""
        table = self.connection.execute(sql, parameters or {}).to_arrow_table()
        rows: list[Row] = table.to_pylist()
        return rows

    def number_articles(self) -> None:
        """Make the table of articles that the other questions join with.

        Raises ``duckdb.Error`` if the articles cannot be read.
        """
        self.connection.execute(
            f"CREATE OR REPLACE TEMPORARY TABLE {ARTICLES} AS "
            "SELECT article_id, coalesce(source, '') AS source, published_date, "
            "$since IS NULL OR ingested_at > $since AS is_new, "
            "duplicate_of IS NULL AND coalesce(language, 'en') = 'en' AS read "
            f"FROM {LAKE}.articles",
            {"since": self.since},
        )

    def newest(self) -> dt.datetime | None:
        """When the newest of its articles was published in the lake (UTC); None if it has none or
        they cannot be read."""
        import duckdb

        try:
            found = self.rows(f"SELECT max(ingested_at) AS at FROM {LAKE}.articles")
        except duckdb.Error:
            return None
        at: dt.datetime | None = found[0]["at"]
        return at


@contextmanager
def state(
    path: str | Path | Address, at: int | None = None, since: dt.datetime | None = None
) -> Iterator[State]:
    """The lake as it is, or as it was in a snapshot; ``since`` says which articles are new.

    It has no views: a lake whose tables are not as declared can be measured, too. Raises as
    :func:`warehouse.connect` does.
    """
    connection, catalog = attached(path)
    with connection:
        number = snapshots(connection, 1)[0].number if at is None else at
        connection.execute(f"DETACH {LAKE}")
        catalog.attach(connection, read_only=True, snapshot=number)
        connection.execute(f"USE {LAKE}")
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        yield State(connection, number, catalog.files, since)


def snapshot_of(path: str | Path | Address, named: str) -> Snapshot:
    """The snapshot that a run, a number, a time or ``last-good`` means.

    Raises ``SqlError`` naming those that there are, and as :func:`warehouse.connect`.
    """
    connection, _ = attached(path)
    with connection:
        if named == LAST_GOOD:
            return last_good(connection)
        number = resolve(connection, named)
        return next(one for one in snapshots(connection) if one.number == number)


def broke(name: str, table: str, error: Exception, column: str | None = None) -> Row:
    """The row of what could not be asked: ``broke`` says how, ``unreadable`` that it may be for
    want of a file. A question that does not fit the tables is not."""
    import duckdb

    wrong = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException)
    return {
        "name": name,
        "table": table,
        "column": column,
        "broke": f"{type(error).__name__}: {str(error).partition(chr(10))[0]}",
        "unreadable": not isinstance(error, wrong),
    }
