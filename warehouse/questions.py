"""What a question to the lake may be: one statement that reads, through functions that only read.

That a lake is attached to be read holds back statements, not functions: some of DuckLake's remove
files or write some, and DuckDB's ``query`` runs any text. So the question is parsed by DuckDB
itself, and each function that it reads rows from must stand in :data:`READING`; one that is not
known is refused, also one that a later version brings. A question cannot define anything (no view,
no macro) and cannot be put together while it runs, so that no other function can be behind a name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from warehouse.errors import SqlError

if TYPE_CHECKING:
    import duckdb
    from duckdb import DuckDBPyConnection

#: The functions of tables that a question may call, by their names without a catalog's: they read
#: the lake, its history, its files, what DuckDB says of itself, or nothing at all.
READING = frozenset(
    # the lake as DuckLake shows it, as lake.NAME() and as ducklake_NAME('lake')
    [
        name
        for shown in (
            "snapshots", "current_snapshot", "last_committed_snapshot", "table_info", "list_files",
            "table_changes", "table_insertions", "table_deletions", "options", "settings",
        )
        for name in (shown, f"ducklake_{shown}")
    ]
    # rows of nothing, and of values
    + ["range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree"]
    # the lake's own files; the connection holds all others back
    + ["read_parquet", "parquet_scan", "parquet_schema", "parquet_metadata",
       "parquet_file_metadata", "parquet_kv_metadata", "parquet_full_metadata",
       "parquet_bloom_probe", "glob"]
    # what there is
    + ["duckdb_columns", "duckdb_constraints", "duckdb_databases", "duckdb_dependencies",
       "duckdb_extensions", "duckdb_functions", "duckdb_indexes", "duckdb_keywords",
       "duckdb_memory", "duckdb_optimizers", "duckdb_schemas", "duckdb_sequences",
       "duckdb_settings", "duckdb_tables", "duckdb_types", "duckdb_views", "pragma_table_info",
       "pragma_show", "pragma_storage_info", "pragma_database_size", "pragma_version",
       "pragma_collations", "pragma_platform", "pg_timezone_names", "icu_calendar_names",
       "summary", "sql_auto_complete"]
)  # fmt: skip

_SPACE = r"(?:\s|--[^\n]*\n|/\*.*?\*/)*"
_OPTION = rf"{_SPACE}(?:ANALYZE|FORMAT\s+'?\w+'?){_SPACE}"
_EXPLAIN = re.compile(
    rf"{_SPACE}EXPLAIN\b(?:{_SPACE}ANALYZE\b)?(?:{_SPACE}\({_OPTION}(?:,{_OPTION})*\))?",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_CALL = re.compile(rf"{_SPACE}CALL\b", re.IGNORECASE | re.DOTALL)
_WAYS = "SELECT, WITH, FROM, DESCRIBE, SHOW, SUMMARIZE, PIVOT, EXPLAIN"


def reading(connection: DuckDBPyConnection, sql: str) -> str:
    """The question as it is to be run, which is as it was asked but for ``CALL f()``: ``FROM f()``.

    Raises ``SqlError``, with the name of what is refused, for one that does not only read, and
    ``duckdb.Error`` for one that is no SQL.
    """
    import duckdb

    statements = connection.extract_statements(sql)
    kinds = [statement.type for statement in statements]
    select = duckdb.StatementType.SELECT
    if not statements:
        raise SqlError("there is no SQL to run")
    if kinds == [duckdb.StatementType.CALL]:
        head = _CALL.match(sql)
        if not head:  # CHECKPOINT is one to DuckDB
            raise _no_question(_split(sql)[0].upper())
        sql = f"FROM {sql[head.end() :]}"
    elif kinds == [duckdb.StatementType.EXPLAIN]:
        head = _EXPLAIN.match(sql)
        _check(_functions(connection, sql[head.end() :] if head else sql))
        return sql
    elif kinds[-1:] == [select] and len(kinds) > 1:
        # PIVOT alone makes two of one: a type of the values that there are, and the question
        if len(_split(sql)) > 1 or set(kinds[:-1]) != {duckdb.StatementType.CREATE}:
            raise _no_question(", ".join(kind.name for kind in kinds))
        _check(_called(connection, sql))
        return sql
    elif kinds != [select]:
        raise _no_question(", ".join(kind.name for kind in kinds))
    _check(_functions(connection, sql))
    return sql


def _no_question(what: str) -> SqlError:
    return SqlError(
        f"this is {what}, which a question to the lake cannot be: give one statement that reads "
        f"({_WAYS})"
    )


def _check(functions: set[str]) -> None:
    refused = sorted(functions - READING)
    if refused:
        named = ", ".join(f"{name}()" for name in refused)
        raise SqlError(
            f"a question to the lake cannot call {named}: only functions that are known to read "
            "and to change nothing are let through (docs/architecture-storage.md names them); "
            "`dateline maintain` keeps the lake tidy"
        )


def _functions(connection: DuckDBPyConnection, sql: str) -> set[str]:
    """The functions that a question reads rows from, wherever it does."""
    row = connection.execute("SELECT json_serialize_sql(CAST(? AS VARCHAR))", [sql]).fetchone()
    parsed = json.loads(row[0]) if row else {"error": True}
    if parsed["error"]:
        if parsed.get("error_type") == "parser":
            raise SqlError(f"Parser Error: {parsed.get('error_message')}")
        raise _no_question(_split(sql)[0].upper())
    return set(_named(parsed["statements"]))


def _named(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("type") == "TABLE_FUNCTION":
            yield str(node["function"].get("function_name", "?")).lower()
        for value in node.values():
            yield from _named(value)
    elif isinstance(node, list):
        for value in node:
            yield from _named(value)


def _called(connection: DuckDBPyConnection, sql: str) -> set[str]:
    """The names with brackets behind them that are not known to be of functions of values: for a
    question that DuckDB does not show parsed."""
    import duckdb

    rows = connection.execute(
        "SELECT lower(function_name), bool_and(function_type IN ('scalar', 'aggregate', 'macro')) "
        "FROM duckdb_functions() GROUP BY ALL"
    ).fetchall()
    harmless: dict[str, bool] = dict(rows)
    found = set()
    for (word, kind), (after, _) in pairwise(_words(sql)):
        if after.startswith("(") and kind in (
            duckdb.token_type.identifier,
            duckdb.token_type.keyword,
        ):
            # what is no function at all may be one of the lake's, but for words of the grammar
            unknown = kind == duckdb.token_type.keyword
            if not harmless.get(_bare(word), unknown):
                found.add(_bare(word))
    return found


def _split(sql: str) -> list[str]:
    """The first word of each statement of a text."""
    import duckdb

    first: list[str] = []
    between = True
    for word, kind in _words(sql):
        ends = kind == duckdb.token_type.operator and word.startswith(";")
        if between and not ends:
            first.append(_bare(word))
        between = ends
    return first


def _words(sql: str) -> list[tuple[str, duckdb.token_type]]:
    """The words of a text and their kinds; a comment stands at the end of the word before it."""
    import duckdb

    data = sql.encode()
    marks = [mark for mark in duckdb.tokenize(sql) if mark[1] != duckdb.token_type.comment]
    ends = [at for at, _ in marks[1:]] + [len(data)]
    return [(data[at:end].decode(), kind) for (at, kind), end in zip(marks, ends, strict=True)]


def _bare(word: str) -> str:
    """A word without quotes, case, and a comment behind it."""
    quoted = _QUOTED.match(word)
    return (quoted[1].replace('""', '"') if quoted else re.split(r"[\s/-]", word)[0]).lower()
