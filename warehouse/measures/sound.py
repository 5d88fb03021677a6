"""What must never be in a lake: keys that stand twice, rows that point at nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.catalog import LAKE
from warehouse.columns import Row, Table
from warehouse.measures.state import State
from warehouse.tables import (
    ARTICLES,
    CLAIMS,
    DATES,
    ENTITIES,
    EVENTS,
    FIGURES,
    INPUTS,
    MENTIONS,
    RAW_ARTICLES,
    REJECTS,
    TABLES,
)

#: How many rows are shown of what is wrong.
EXAMPLES = 3


@dataclass(frozen=True)
class Question:
    """Which rows must not be there: ``sql`` is a FROM clause that gives them as ``t``."""

    name: str
    table: Table
    column: str | None
    sql: str
    points_at: str | None = None


def keys() -> Iterator[Question]:
    """Of each table the rows whose key another row has, too."""
    for table in TABLES:
        key = ", ".join(f'"{name}"' for name in table.key)
        twice = f"SELECT {key} FROM {LAKE}.{table.name} GROUP BY ALL HAVING count(*) > 1"
        same = " AND ".join(f't."{name}" IS NOT DISTINCT FROM k."{name}"' for name in table.key)
        sql = f"FROM {LAKE}.{table.name} t SEMI JOIN ({twice}) k ON {same}"
        yield Question("keys_unique", table, None, sql)


def references() -> Iterator[Question]:
    """The rows that point at a row that is not there: as declared, and by two columns."""
    for table in TABLES:
        for column in table.columns:
            if column.references is not None:
                parent, _, key = column.references.partition(".")
                yield _points(table, ((column.name, key),), parent)
    by_entity = (
        (MENTIONS, "entity_id"),
        (FIGURES, "attributed_entity_id"),
        (FIGURES, "place_entity_id"),
        *((EVENTS, f"{who}_entity_id") for who in ("agent", "patient", "recipient", "place")),
        (CLAIMS, "speaker_entity_id"),
    )
    for table, name in by_entity:
        yield _points(table, ((name, "entity_id"), ("article_id", "article_id")), ENTITIES.name)
    yield _points(FIGURES, (("conversion_of", "figure_id"),), FIGURES.name)
    yield _points(FIGURES, (("restates", "figure_id"),), FIGURES.name)
    yield _points(DATES, (("anchor", "date_id"),), DATES.name, "t.anchor <> 'publication'")
    for table in (ARTICLES, INPUTS, REJECTS):
        yield _points(table, (("raw_id", "raw_id"),), RAW_ARTICLES.name)
    yield _points(ARTICLES, (("raw_id", "raw_id"), ("article_id", "article_id")), INPUTS.name)


def _points(
    table: Table, pairs: tuple[tuple[str, str], ...], parent: str, where: str = "true"
) -> Question:
    same = " AND ".join(f't."{child}" = p."{key}"' for child, key in pairs)
    column = pairs[0][0]
    sql = (
        f'FROM (FROM {LAKE}.{table.name} t WHERE t."{column}" IS NOT NULL AND {where}) t '
        f"ANTI JOIN {LAKE}.{parent} p ON {same}"
    )
    return Question("references", table, column, sql, parent)


def sound(state: State) -> Iterator[Row]:
    """Each question with its answer: ``name``, ``table``, ``column``, ``points_at``, ``bad`` (how
    many rows must not be there), ``whole`` (of how many), ``rows`` (the first of them).

    Of one that could not be asked there is ``broke`` instead: how.
    """
    import duckdb

    for question in (*keys(), *references()):
        row: Row = {
            "name": question.name,
            "table": question.table.name,
            "column": question.column,
            "points_at": question.points_at,
        }
        try:
            row.update(_answer(state, question))
        except duckdb.Error as error:
            row["broke"] = f"{type(error).__name__}: {error}"
        yield row


def _answer(state: State, question: Question) -> Row:
    table = question.table
    order = ", ".join(f't."{name}"' for name in table.key)
    bad = state.rows(f"SELECT count(*) AS n {question.sql}")[0]["n"]
    whole = state.rows(f"SELECT count(*) AS n FROM {LAKE}.{table.name}")[0]["n"]
    rows = state.rows(f"SELECT t.* {question.sql} ORDER BY {order} LIMIT {EXAMPLES}") if bad else []
    return {"bad": bad, "whole": whole, "rows": rows}
