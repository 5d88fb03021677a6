"""Asking the lake by key, at a cost that follows the question and not the lake.

The keys are joined as an Arrow table, only the columns asked for are read, and the smallest and
largest key let whole files be skipped where they are sorted by it. Before a column of long texts
is read, the files that hold the keys are found: the others' texts stay unread.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from warehouse.catalog import LAKE
from warehouse.columns import Row, Table
from warehouse.tables import BANDS, INPUTS, RAW_ARTICLES, RUNS, VISITS
from warehouse.transaction import registered

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: What an input is known by: source, source_uri, raw_id (None if it could not be read).
InputKey = tuple[str, str, str | None]

#: Columns that may hold much: texts, payloads, rows as JSON.
LONG_COLUMNS = frozenset({"text", "payload", "row", "signature", "said"})

_KEY = ("source", "source_uri", "raw_id")
_KEYS = pa.schema([(name, pa.string()) for name in _KEY])
_VISITED = "(k.source = t.source AND k.source_uri = t.address) OR k.raw_id = t.raw_id"
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


@contextmanager
def matching_keys(
    connection: DuckDBPyConnection, table: Table, keys: Iterable[InputKey]
) -> Iterator[str]:
    """Makes the keys known to SQL as ``keys k``; gives the condition that a row ``t`` of the table
    has one. A visit has it if it was at the input's address or got its bytes."""
    with registered(connection, "keys", _key_table(keys)):
        yield _VISITED if table is VISITS else _MATCH


def visits(connection: DuckDBPyConnection, source: str) -> list[Row]:
    """What the servers of a source answered last, one row an address: the columns of ``visits``,
    ``built`` (its input is in the ledger) and ``whole`` (the run that asked came to its end, and
    every stored input of the source is in the ledger)."""
    found = connection.execute(
        f"""
        WITH pending AS (
            SELECT count(*) AS left_over FROM {LAKE}.{RAW_ARTICLES.name} AS a
            ANTI JOIN {LAKE}.{INPUTS.name} AS i USING (source, source_uri, raw_id)
            WHERE a.source = $source
        )
        SELECT v.*, i.source IS NOT NULL AS built, r.run_id IS NOT NULL AND left_over = 0 AS whole
        FROM (
            FROM {LAKE}.{VISITS.name} WHERE source = $source
            QUALIFY row_number() OVER (PARTITION BY address ORDER BY visited_at DESC, run_id) = 1
        ) AS v
        CROSS JOIN pending
        LEFT JOIN {LAKE}.{INPUTS.name} AS i ON i.source = v.source AND i.source_uri = v.address
            AND i.raw_id IS NOT DISTINCT FROM v.raw_id
        LEFT JOIN {LAKE}.{RUNS.name} AS r ON r.run_id = v.run_id AND r.status IN ('done', 'failed')
        ORDER BY v.address
        """,
        {"source": source},
    )
    rows: list[Row] = found.to_arrow_table().to_pylist()
    return rows


def sources(connection: DuckDBPyConnection) -> list[str]:
    """The names of the sources that the ledger knows, in order."""
    found = connection.execute(f"SELECT DISTINCT source FROM {LAKE}.{INPUTS.name} ORDER BY 1")
    return [name for (name,) in found.fetchall()]


def count_out_of_date(
    connection: DuckDBPyConnection, recipes: Mapping[str, str], articles: Collection[str]
) -> tuple[int, int]:
    """How many stored inputs were not built by the recipe of their source or are of ``articles``,
    and how many are neither."""
    with _today(connection, recipes, articles):
        row = connection.execute(
            f"SELECT count(*) FILTER ({_OUT_OF_DATE}), count(*) FROM {LAKE}.{INPUTS.name} AS i "
            "JOIN recipes AS w USING (source) WHERE i.raw_id IS NOT NULL"
        ).fetchone()
    assert row is not None
    return row[0], row[1] - row[0]


def out_of_date(
    connection: DuckDBPyConnection, recipes: Mapping[str, str], articles: Collection[str]
) -> Iterator[tuple[InputKey, int]]:
    """The stored inputs that were not built by the recipe of their source or are of ``articles``,
    with the length of their payloads; take all before anything else is asked."""
    with _today(connection, recipes, articles):
        found = connection.execute(
            f"SELECT i.source, i.source_uri, i.raw_id, r.size FROM {LAKE}.{INPUTS.name} AS i "
            "JOIN recipes AS w USING (source) JOIN (SELECT source, source_uri, raw_id, "
            f"octet_length(payload) AS size FROM {LAKE}.{RAW_ARTICLES.name}) AS r "
            "ON r.source = i.source AND r.source_uri = i.source_uri AND r.raw_id = i.raw_id "
            f"WHERE {_OUT_OF_DATE} ORDER BY i.source_uri, i.source, i.raw_id"
        )
        while rows := found.fetchmany(10_000):
            for source, uri, raw_id, size in rows:
                yield (source, uri, raw_id), size


_OUT_OF_DATE = (
    "i.recipe IS DISTINCT FROM w.recipe OR i.article_id IN (SELECT article_id FROM otherwise)"
)


@contextmanager
def _today(
    connection: DuckDBPyConnection, recipes: Mapping[str, str], articles: Collection[str]
) -> Iterator[None]:
    """Makes known to SQL the recipes by source, and the articles that are to be read otherwise."""
    kinds = pa.schema([("source", pa.string()), ("recipe", pa.string())])
    rows = [{"source": name, "recipe": of} for name, of in sorted(recipes.items())]
    ids = pa.table({"article_id": pa.array(sorted(articles), pa.string())})
    with (
        registered(connection, "recipes", pa.Table.from_pylist(rows, schema=kinds)),
        registered(connection, "otherwise", ids),
    ):
        yield


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


def meeting(
    connection: DuckDBPyConnection,
    bands: Collection[int],
    first: dt.date | None,
    last: dt.date | None,
) -> list[tuple[str, int]]:
    """The articles, each with a band of theirs, that have one of the bands; of those published
    between two days or undated, if days are given."""
    if not bands:
        return []
    where, values = "true", []
    if first is not None and last is not None:
        where, values = "published_date BETWEEN ? AND ? OR published_date IS NULL", [first, last]
    with registered(connection, "keys", pa.table({"band": pa.array(bands, pa.int64())})):
        found = connection.execute(
            f"SELECT t.article_id, t.band FROM (FROM {LAKE}.{BANDS.name} WHERE {where}) t "
            "SEMI JOIN keys k ON t.band = k.band ORDER BY ALL",
            values,
        )
        return [(article_id, band) for article_id, band in found.fetchall()]


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
