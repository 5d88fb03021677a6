"""Shares and means by source, with what an honest comparison of two states needs.

Rows of one article are alike, so shares of rows are compared by articles: of each article there is
``x`` (of how many) and ``y`` (how many of them), and of all articles of a source the sums of both,
of their squares and of their product. From these follow the share and how far it varies
(``expectations.whole.ratio``); the same sums serve means, whose ``x`` is 1 an article.

One pass over each table; what comes back are some rows a source.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.catalog import LAKE
from warehouse.columns import Row, Table
from warehouse.measures.state import ARTICLES, State, broke
from warehouse.tables import ARTICLE_TABLES, CLAIMS, DATES, ENTITIES, EVENTS, FIGURES, MENTIONS
from warehouse.tables import ARTICLES as ARTICLE_TABLE

#: Columns with few values whose shares are measured beside the declared closed sets.
_OPEN_KINDS = ((EVENTS.name, "event_type"), (ARTICLE_TABLE.name, "language"))
#: The articles of a table, each with how many rows it has there.
_WHOLE = "measured_whole"
_NONE: Row = {"y": 0.0, "yy": 0.0, "xy": 0.0}
#: Columns that are null for a reason of their own, which other measures look at.
_OTHER_NULLS = ("duplicate_of", "similarity", "sentence_count")
#: Tables whose rows an article are counted.
COUNTED: tuple[Table, ...] = (ENTITIES, MENTIONS, FIGURES, DATES, CLAIMS, EVENTS)


@dataclass(frozen=True)
class Part:
    """One share or mean: what SQL adds up of the rows of an article.

    ``name`` is the measure, ``column`` and ``value`` what it is of.
    """

    name: str
    column: str | None
    value: str | None
    y: str
    x: str = "count(*)"


def ratios(state: State) -> Iterator[Row]:
    """``name``, ``table``, ``column``, ``value``, ``source``, ``new`` (of articles written since
    the baseline), ``articles`` (that have any), ``x``, ``y``, ``xx``, ``yy``, ``xy``."""
    import duckdb

    for table in ARTICLE_TABLES:
        try:
            yield from _of_rows(state, table)
            yield from _kinds(state, table)
            if table is FIGURES:
                yield from _values(state)
        except duckdb.Error as error:
            yield broke("nulls", table.name, error)


def counts(state: State) -> Iterator[Row]:
    """The same of how many rows the articles that were read have, and how many have none."""
    import duckdb

    for table in COUNTED:
        try:
            yield from _of_articles(state, table)
        except duckdb.Error as error:
            yield broke("rows_an_article", table.name, error)


def _parts(table: Table) -> Iterator[Part]:
    for column in table.columns:
        name = f't."{column.name}"'
        if column.nullable and column.name not in _OTHER_NULLS:
            yield Part("nulls", column.name, None, f"count(*) - count({name})")
    if table is FIGURES:
        yield _after("as_of_start")
    elif table is EVENTS:
        yield _after("event_start")
    elif table is DATES:
        dated = "t.date_start IS NOT NULL AND t.published_date IS NOT NULL"
        later = f"count(*) FILTER ({dated} AND t.date_start > t.published_date)"
        yield Part("dates_ahead", "date_start", None, later, f"count(*) FILTER ({dated})")
    elif table is ARTICLE_TABLE:
        yield Part("duplicates", "duplicate_of", None, "count(t.duplicate_of)")
        yield Part(
            "mean_sentences",
            "sentence_count",
            None,
            "coalesce(sum(t.sentence_count), 0)",
            "count(t.sentence_count)",
        )


def _after(column: str) -> Part:
    """Of what is stated as a fact and dated, what begins after its publication."""
    dated = f"t.modality = 'actual' AND t.{column} IS NOT NULL AND t.published_date IS NOT NULL"
    later = f"count(*) FILTER ({dated} AND t.{column} > t.published_date)"
    return Part("after_publication", column, None, later, f"count(*) FILTER ({dated})")


def _kinds(state: State, table: Table) -> Iterator[Row]:
    """The share of each value of the columns with few, by source and novelty: of those that there
    are by a pass a column, since an article has few of them."""
    known = [(c.name, c.allowed) for c in table.columns if c.allowed]
    known += [(name, ()) for of, name in _OPEN_KINDS if of == table.name]
    if not known:
        return
    state.connection.execute(
        f"CREATE OR REPLACE TEMPORARY TABLE {_WHOLE} AS SELECT a.source, a.is_new, article_id, "
        f"count(*) AS x FROM {LAKE}.{table.name} t JOIN {ARTICLES} a USING (article_id) "
        "GROUP BY a.source, a.is_new, article_id"
    )
    wholes = state.rows(
        "SELECT source, is_new AS new, count(*) AS articles, sum(x)::DOUBLE AS x, "
        f"sum(x * x)::DOUBLE AS xx FROM {_WHOLE} GROUP BY ALL ORDER BY ALL"
    )
    for column, allowed in known:
        found = state.rows(
            f'WITH per AS (SELECT article_id, "{column}" AS value, count(*) AS y '
            f'FROM {LAKE}.{table.name} WHERE "{column}" IS NOT NULL GROUP BY ALL) '
            "SELECT value, source, is_new AS new, sum(y)::DOUBLE AS y, sum(y * y)::DOUBLE AS yy, "
            f"sum(x * y)::DOUBLE AS xy FROM per JOIN {_WHOLE} USING (article_id) GROUP BY ALL"
        )
        by_key = {(row["value"], row["source"], row["new"]): row for row in found}
        values = allowed or sorted({row["value"] for row in found})
        for value, whole in itertools.product(values, wholes):
            part = by_key.get((value, whole["source"], whole["new"]), _NONE)
            yield {
                "name": "kinds",
                "table": table.name,
                "column": column,
                "value": value,
                **whole,
                **{name: part[name] for name in _NONE},
            }


def _values(state: State) -> Iterator[Row]:
    """The mean of the logarithm of figures, by category."""
    found = state.rows(
        "WITH per AS (SELECT article_id, category, count(*) AS x, "
        f"sum(log10(1 + abs(value))) AS y FROM {LAKE}.{FIGURES.name} WHERE value IS NOT NULL "
        "GROUP BY ALL) SELECT category AS value, source, is_new AS new, count(*) AS articles, "
        "sum(x)::DOUBLE AS x, sum(y) AS y, sum(x * x)::DOUBLE AS xx, sum(y * y) AS yy, "
        f"sum(x * y) AS xy FROM per JOIN {ARTICLES} USING (article_id) GROUP BY ALL ORDER BY ALL"
    )
    for row in found:
        yield {"name": "mean_value", "table": FIGURES.name, "column": "value", **row}


def _of_rows(state: State, table: Table) -> Iterator[Row]:
    """Each part of a table, by source and novelty."""
    parts = list(_parts(table))
    by_x = {x: f"x{n}" for n, x in enumerate(dict.fromkeys(part.x for part in parts))}
    named = [(part, by_x[part.x], f"y{n}") for n, part in enumerate(parts)]
    inner = [f"{sql} AS {name}" for sql, name in by_x.items()]
    inner += [f"{part.y} AS {y}" for part, _, y in named]
    outer = [
        sql
        for x in by_x.values()
        for sql in (
            f"count(*) FILTER ({x} > 0) AS {x}_n",
            f"sum({x})::DOUBLE AS {x}_s",
            f"sum({x} * {x})::DOUBLE AS {x}_q",
        )
    ]
    outer += [
        sql
        for _, x, y in named
        for sql in (
            f"sum({y})::DOUBLE AS {y}_s",
            f"sum({y} * {y})::DOUBLE AS {y}_q",
            f"sum({x} * {y})::DOUBLE AS {y}_x",
        )
    ]
    answer = state.rows(
        f"WITH per AS (SELECT a.source, a.is_new, {', '.join(inner)} FROM {LAKE}.{table.name} t "
        f"JOIN {ARTICLES} a USING (article_id) GROUP BY a.source, a.is_new, article_id) "
        f"SELECT source, is_new, {', '.join(outer)} FROM per GROUP BY ALL ORDER BY ALL"
    )
    for row in answer:
        for part, x, y in named:
            yield {
                "name": part.name,
                "table": table.name,
                "column": part.column,
                "value": part.value,
                "source": row["source"],
                "new": row["is_new"],
                "articles": row[f"{x}_n"],
                "x": row[f"{x}_s"],
                "y": row[f"{y}_s"],
                "xx": row[f"{x}_q"],
                "yy": row[f"{y}_q"],
                "xy": row[f"{y}_x"],
            }


def _of_articles(state: State, table: Table) -> Iterator[Row]:
    """How many rows the articles that were read have, and how many of them have none."""
    answer = state.rows(
        f"WITH counted AS (SELECT article_id, count(*) AS n FROM {LAKE}.{table.name} GROUP BY 1) "
        "SELECT a.source, a.is_new, count(*) AS articles, "
        "coalesce(sum(n), 0)::DOUBLE AS rows, coalesce(sum(n * n), 0)::DOUBLE AS squares, "
        "(count(*) - count(n))::DOUBLE AS without "
        f"FROM {ARTICLES} a LEFT JOIN counted USING (article_id) WHERE a.read "
        "GROUP BY ALL ORDER BY ALL"
    )
    for row in answer:
        whole = float(row["articles"])
        of: Row = {
            "table": table.name,
            "column": None,
            "value": None,
            "source": row["source"],
            "new": row["is_new"],
            "articles": row["articles"],
            "x": whole,
            "xx": whole,
        }
        rows, without = row["rows"], row["without"]
        yield {**of, "name": "rows_an_article", "y": rows, "yy": row["squares"], "xy": rows}
        yield {**of, "name": "without_rows", "y": without, "yy": without, "xy": without}
