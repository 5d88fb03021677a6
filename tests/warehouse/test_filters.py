"""What the values of filters mean, asked of DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.errors import SqlError
from warehouse.filters import condition, literal, name, since, until

TABLE = """
CREATE TABLE t AS FROM (VALUES
  (1, 'Kursk', 10.0::DOUBLE, 3, DATE '2024-05-31', TIMESTAMP '2024-05-31 23:59:59', true,
   ['a', 'B']),
  (2, 'the Kursk region', 20.5, 12, DATE '2024-06-01', TIMESTAMP '2024-06-01', false, []),
  (3, '100%_*\\ null', 0.1, -4, DATE '2025-01-01', TIMESTAMP '2025-01-01 12:00:00', NULL,
   ['xay']),
  (4, 'null', NULL, NULL, NULL, NULL, NULL, NULL),
  (5, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
) AS rows(id, text, number, whole, day, time, flag, listed)
"""
KINDS = {
    "text": "VARCHAR",
    "number": "DOUBLE",
    "whole": "INTEGER",
    "day": "DATE",
    "time": "TIMESTAMP",
    "flag": "BOOLEAN",
    "listed": "VARCHAR[]",
}


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute(TABLE)
        yield made


def met(connection: duckdb.DuckDBPyConnection, where: str) -> list[int]:
    return [
        row[0]
        for row in connection.execute(f"SELECT id FROM t WHERE {where} ORDER BY 1").fetchall()
    ]


@pytest.mark.parametrize(
    ("column", "value", "rows"),
    [
        ("text", "kursk", [1]),
        ("text", "Kur*", [1]),
        ("text", "*KURSK*", [1, 2]),
        ("text", "the*region", [2]),
        ("text", "k_rsk*", []),
        ("text", "100%*", [3]),
        ("text", "1%*", []),
        ("text", "*\\**", [3]),
        ("text", "100%_\\*\\\\ null", [3]),
        ("text", "null", [5]),
        ("text", "\\null", [4]),
        ("text", "*", [1, 2, 3, 4]),
        ("number", "20.5", [2]),
        ("number", ".1", [3]),
        ("number", "10..20.5", [1, 2]),
        ("number", "10..", [1, 2]),
        ("number", "..1e1", [1, 3]),
        ("number", "null", [4, 5]),
        ("whole", "-4", [3]),
        ("whole", "-10..3", [1, 3]),
        ("day", "2024-05-31", [1]),
        ("day", "2024-06", [2]),
        ("day", "2024", [1, 2]),
        ("day", "2024-06..2025", [2, 3]),
        ("day", "..2024-05", [1]),
        ("time", "2024-05-31", [1]),
        ("time", "2024-06..", [2, 3]),
        ("time", "2025-01-01T12:00", [3]),
        ("time", "..2025-01-01T13:00+01:00", [1, 2, 3]),
        ("flag", "yes", [1]),
        ("flag", "No", [2]),
        ("flag", "null", [3, 4, 5]),
        ("listed", "b", [1]),
        ("listed", "*a*", [1, 3]),
        ("listed", "null", [2, 4, 5]),
        ("listed", "*", [1, 3]),
    ],
)
def test_what_a_value_means(
    connection: duckdb.DuckDBPyConnection, column: str, value: str, rows: list[int]
) -> None:
    assert met(connection, condition(column, KINDS[column], value)) == rows


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("number", "twelve", "'twelve' is not a number"),
        ("number", "1,200", "is not a number"),
        ("number", "1 OR true", "is not a number"),
        ("number", "nan", "is not a number"),
        ("number", "..", "from nowhere to nowhere"),
        ("day", "2024-13", "is not a day"),
        ("day", "2023-02-29", "is not a day"),
        ("day", "yesterday", "is not a day"),
        ("day", "2024-01-01' OR true --", "is not a day"),
        ("time", "noon", "is not a time"),
        ("flag", "perhaps", "neither yes nor no"),
        ("text", "half \ud800", "not text in UTF-8"),
    ],
)
def test_what_cannot_be_asked(column: str, value: str, told: str) -> None:
    with pytest.raises(SqlError, match=told):
        condition(column, KINDS[column], value)


def test_since_and_until_take_in_the_whole_of_what_is_named(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    for column in ("day", "time"):
        assert met(connection, since(column, KINDS[column], "2024-06")) == [2, 3]
        assert met(connection, until(column, KINDS[column], "2024-05-31")) == [1]
        assert met(connection, until(column, KINDS[column], "2024")) == [1, 2]
    assert met(connection, until("time", "TIMESTAMP", "9999")) == [1, 2, 3]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_text_in_sql_is_that_text_and_steers_no_terminal(text: str) -> None:
    written = literal(text)
    with duckdb.connect() as connection:
        answer: Any = connection.execute(f"SELECT {written}, 1").fetchone()
    assert answer == (text, 1)
    assert not set(written) & {"\n", "\x1b", "\u202e", "\u2066"}


@pytest.mark.parametrize(
    "value",
    ["' OR true --", "'; DROP TABLE t; --", "\\' OR 1=1", "x\x00", "$$", "* ' *", "') OR ('1'='1"],
)
def test_a_value_stays_a_value(connection: duckdb.DuckDBPyConnection, value: str) -> None:
    if "\0" in value:
        with pytest.raises(SqlError, match="number 0"):
            condition("text", "VARCHAR", value)
        return
    assert met(connection, condition("text", "VARCHAR", value)) == []
    assert met(connection, "true") == [1, 2, 3, 4, 5]


def test_names_are_in_quotes_only_where_they_must_be() -> None:
    assert name("event_type") == "event_type"
    assert name("order", {"order"}) == '"order"'
    assert name('a"b') == '"a""b"'
