"""Asking the lake by key, at a cost that follows the question and not the lake.

The keys are joined as an Arrow table, only the columns asked for are read, and the smallest and
largest key let whole files be skipped where they are sorted by it. Before a column of long texts
is read, the files that hold the keys are found: the others' texts stay unread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from warehouse.catalog import LAKE
from warehouse.columns import Row, Table
from warehouse.tables import RAW_ARTICLES
from warehouse.transaction import registered

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: What an input is known by: source, source_uri, raw_id (None if it could not be read).
InputKey = tuple[str, str, str | None]

#: Columns that may hold much: texts, payloads, rows as JSON.
LONG_COLUMNS = frozenset({"text", "payload", "row"})

_KEY = ("source", "source_uri", "raw_id")
_KEYS = pa.schema([(name, pa.string()) for name in _KEY])
_MATCH = (
    "k.source = t.source AND k.source_uri = t.source_uri AND k.raw_id IS NOT DISTINCT FROM t.raw_id"
)


def present(
    connection: DuckDBPyConnection, table: Table, keys: Sequence[InputKey]
) -> set[InputKey]:
    """Those of the keys that the table has a row for."""
    if not keys:
        return set()
    bounds, values = _bounds("source_uri", [key[1] for key in keys])
    with registered(connection, "keys", _key_table(keys)):
        found = connection.execute(
            f"SELECT k.* FROM keys k SEMI JOIN (FROM {LAKE}.{table.name} WHERE {bounds}) t "
            f"ON {_MATCH}",
            values,
        ).fetchall()
    return {(source, uri, raw_id) for source, uri, raw_id in found}


def raw_rows(connection: DuckDBPyConnection, keys: Sequence[InputKey]) -> list[Row]:
    """The rows of raw_articles under the keys, payload included, in the order of the key."""
    if not keys:
        return []
    bounds, limits = _bounds("source_uri", [key[1] for key in keys])
    columns = RAW_ARTICLES.column_names
    with registered(connection, "keys", _key_table(keys)):
        return _matching(connection, RAW_ARTICLES, columns, _MATCH, bounds, limits)


def rows_with(
    connection: DuckDBPyConnection,
    table: Table,
    column: str,
    values: Collection[Any],
    columns: Iterable[str] | None,
) -> list[Row]:
    """The rows whose ``column`` holds one of ``values``, in the order of the table's key."""
    chosen = tuple(columns) if columns is not None else table.column_names
    for name in (column, *chosen):
        table[name]
    if not values:
        return []
    wanted = pa.table({"wanted": pa.array(values, table[column].kind.arrow)})
    bounds, limits = _bounds(column, values)
    with registered(connection, "keys", wanted):
        return _matching(connection, table, chosen, f"t.{_name(column)} = k.wanted", bounds, limits)


def _matching(
    connection: DuckDBPyConnection,
    table: Table,
    columns: Sequence[str],
    match: str,
    where: str,
    values: list[Any],
) -> list[Row]:
    """The rows that match the registered keys, found by file first if they are long."""
    if LONG_COLUMNS.intersection(columns):
        found = connection.execute(
            f"SELECT DISTINCT filename FROM (SELECT *, filename FROM {LAKE}.{table.name} "
            f"WHERE {where}) t SEMI JOIN keys k ON {match}",
            values,
        ).fetchall()
        where, values = "list_contains(?, filename)", [[name for (name,) in found]]
    answer = connection.execute(
        f"SELECT {', '.join(map(_name, columns))} FROM (FROM {LAKE}.{table.name} WHERE {where}) t "
        f"SEMI JOIN keys k ON {match} ORDER BY {', '.join(map(_name, table.key))}",
        values,
    )
    rows: list[Row] = answer.to_arrow_table().to_pylist()
    return rows


def _bounds(column: str, values: Collection[Any]) -> tuple[str, list[Any]]:
    known = [value for value in values if value is not None]
    if not known:
        return "false", []
    return f"{_name(column)} BETWEEN ? AND ?", [min(known), max(known)]


def _key_table(keys: Iterable[InputKey]) -> pa.Table:
    return pa.Table.from_pylist(
        [dict(zip(_KEY, key, strict=True)) for key in sorted(set(keys), key=_sortable)],
        schema=_KEYS,
    )


def _sortable(key: InputKey) -> tuple[str, str, str]:
    return (key[0], key[1], key[2] or "")


def _name(column: str) -> str:
    return f'"{column}"'
