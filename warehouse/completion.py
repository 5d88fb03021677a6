"""Which values can a filter of a view have? For a shell that completes a line: soon, or none."""

from __future__ import annotations

import threading
from pathlib import Path

from warehouse import filters
from warehouse.address import Address
from warehouse.tables import TABLES
from warehouse.views import View

#: How many values are offered, of how many characters at most, and how long they are looked for.
OFFERED = 60
_LONGEST = 60
_SECONDS = 1.5


def allowed(column: str) -> list[str]:
    """The values that the tables' columns of that name may have, if that is declared."""
    found = (table[column].allowed for table in TABLES if column in table.column_names)
    return sorted({value for some in found for value in some})


def values(lake: str | Path | Address, view: View, column: str, begun: str) -> list[str]:
    """The values that a column of texts has that begin so, whatever the case; in order.

    Raises as :func:`warehouse.reader.connect` does; a search that takes too long gives none.
    """
    import duckdb

    from warehouse.reader import connect

    of = filters.name(column, ("order", "end", "from", "to"))
    with connect(lake) as connection:
        kinds = connection.execute(f"DESCRIBE SELECT {of} FROM {view.name}").fetchall()
        if kinds[0][1] != "VARCHAR":
            return []
        over = threading.Timer(_SECONDS, connection.interrupt)
        over.start()
        try:
            found = connection.execute(
                f"SELECT DISTINCT {of} AS value FROM {view.name} "
                f"WHERE starts_with(lower({of}), lower({filters.literal(begun)})) "
                f"AND length({of}) <= {_LONGEST} AND NOT regexp_matches({of}, '[[:cntrl:]]') "
                f"ORDER BY value LIMIT {OFFERED}"
            ).fetchall()
        except duckdb.InterruptException:
            return []
        finally:
            over.cancel()
    return [value for (value,) in found]
