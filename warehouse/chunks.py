"""A table cut into stretches of its order that fit into memory.

DuckDB's sort of long texts fails where they do not fit; the stretches can be sorted one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from warehouse.catalog import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Bytes of the values in a stretch.
LIMIT = 64_000_000
#: Bytes that any value takes.
_VALUE = 16
#: What tells the bytes of longer ones.
_SIZES = {"VARCHAR": "strlen", "BLOB": "octet_length"}
ALL = "true"


def chunks(
    connection: DuckDBPyConnection,
    name: str,
    types: Mapping[str, str],
    order: Sequence[str],
    limit: int = LIMIT,
    within: str = ALL,
) -> list[str]:
    """Conditions in SQL that cut the rows sorted by ``order`` (nulls last) into stretches, first
    to last; together they hold each row once.

    ``types`` has the SQL type of every column. A stretch is larger than ``limit`` only where all
    its rows agree in every column of ``order``. The same rows give the same stretches.
    """
    if not order:
        return [within]
    column, *rest = order
    cut: list[str] = []
    for low, high, size in _stretches(connection, name, types, column, limit, within):
        if low is None or high is None:
            condition = f'{within} AND "{column}" IS NULL'
        else:
            kind = types[column]
            ends = f"CAST({quoted(low)} AS {kind}) AND CAST({quoted(high)} AS {kind})"
            condition = f'{within} AND "{column}" BETWEEN {ends}'
        if size > limit and low == high:
            cut += chunks(connection, name, types, rest, limit, condition)
        else:
            cut.append(condition)
    return cut or [within]


def _stretches(
    connection: DuckDBPyConnection,
    name: str,
    types: Mapping[str, str],
    column: str,
    limit: int,
    within: str,
) -> list[tuple[str | None, str | None, int]]:
    """First and last value, as text, and bytes of each stretch; nulls, and a value that is larger
    than the limit, are a stretch of their own."""
    sizes = [f"{_VALUE * len(types)}"] + [
        f'coalesce({_SIZES[kind]}("{c}"), 0)' for c, kind in types.items() if kind in _SIZES
    ]
    return connection.execute(
        f"""
WITH sized AS (
  SELECT "{column}" AS v, sum({" + ".join(sizes)}) AS size FROM "{name}" WHERE {within} GROUP BY v
),
summed AS (
  SELECT v, size, size > {limit} AS large, sum(size) OVER upto AS total,
         count(*) FILTER (size > {limit}) OVER upto AS larger
  FROM sized
  WINDOW upto AS (ORDER BY v ASC NULLS LAST ROWS UNBOUNDED PRECEDING)
)
SELECT CAST(min(v) AS VARCHAR), CAST(max(v) AS VARCHAR), CAST(sum(size) AS BIGINT)
FROM summed
GROUP BY v IS NULL, total // {limit}, larger, large
ORDER BY min(v) ASC NULLS LAST
"""
    ).fetchall()
