"""One state of a lake, to be measured in SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.catalog import LAKE
from warehouse.columns import Row

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
    since: dt.datetime | None = None

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The answer, a mapping a row. Raises ``duckdb.Error`` if it cannot be given."""
        table = self.connection.execute(sql, list(parameters)).to_arrow_table()
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
        """When the newest of its articles was published in the lake (UTC)."""
        found = self.rows(f"SELECT max(ingested_at) AS at FROM {LAKE}.articles")
        at: dt.datetime | None = found[0]["at"]
        return at


@contextmanager
def state(
    path: str | Path, at: int | None = None, since: dt.datetime | None = None
) -> Iterator[State]:
    """The lake as it is, or as it was in a snapshot; ``since`` says which articles are new.

    Raises as :func:`warehouse.connect` does.
    """
    from warehouse.history import snapshots
    from warehouse.reader import connect

    if at is None:
        with connect(path) as connection:
            at = snapshots(connection, 1)[0].number
    with connect(path, at) as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        yield State(connection, at, since)
