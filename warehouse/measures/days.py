"""When a source publishes: articles by day, how soon they are fetched, which days they name."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.catalog import LAKE
from warehouse.columns import Row
from warehouse.measures.state import ARTICLES, State

#: Of how many days up to the newest the articles are counted one by one.
DAYS = 120
#: An article from the future makes no day of the lake's: it would leave all sources silent.
_NOT_AHEAD = f"published_date <= (SELECT CAST(max(ingested_at) AS DATE) FROM {LAKE}.articles) + 1"
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
#: The number of the weekday that a text of SQL (``{0}``) names and nothing else, from 1; else null.
WEEKDAY = f"list_position({_WEEKDAYS!r}, trim(replace(lower({{0}}), 'on ', '')))"


def volumes(state: State) -> Iterator[Row]:
    """Each source: ``source``, ``articles``, ``new``, ``first`` and ``last`` day of publication (a
    day after publication in the lake at most), and ``days``: of the last ones up to the lake's
    newest, how many articles, by day."""
    sources = state.rows(
        "SELECT source, count(*) AS articles, count(*) FILTER (is_new) AS new, "
        f"min(published_date) FILTER ({_NOT_AHEAD}) AS first, "
        f"max(published_date) FILTER ({_NOT_AHEAD}) AS last FROM {ARTICLES} GROUP BY 1 ORDER BY 1"
    )
    held = f"(FROM {ARTICLES} WHERE {_NOT_AHEAD})"
    days = state.rows(
        f"SELECT source, published_date AS day, count(*) AS n FROM {held} "
        f"WHERE published_date > (SELECT max(published_date) FROM {held}) - {DAYS} "
        "GROUP BY ALL ORDER BY ALL"
    )
    for row in sources:
        of = {one["day"]: one["n"] for one in days if one["source"] == row["source"]}
        yield {"name": "volume", "table": "articles", **row, "days": of}


def lags(state: State) -> Iterator[Row]:
    """Each source and novelty: ``articles``, and the quartiles of the hours from publication to
    fetching: ``low``, ``middle``, ``high``."""
    answer = state.rows(
        f"WITH fetched AS (SELECT raw_id, min(fetched_at) AS at FROM {LAKE}.raw_articles "
        "GROUP BY 1), "
        "lag AS (SELECT a.source, a.is_new, epoch(f.at - t.published_at) / 3600 AS hours "
        f"FROM {LAKE}.articles t JOIN {ARTICLES} a USING (article_id) "
        "JOIN fetched f USING (raw_id) WHERE t.published_at IS NOT NULL) "
        "SELECT source, is_new AS new, count(*) AS articles, "
        "approx_quantile(hours, 0.25) AS low, approx_quantile(hours, 0.5) AS middle, "
        "approx_quantile(hours, 0.75) AS high FROM lag GROUP BY ALL ORDER BY ALL"
    )
    for row in answer:
        yield {"name": "lag", "table": "articles", **row}


def weekdays(state: State) -> Iterator[Row]:
    """Each source and novelty: ``articles`` whose texts name days of the week, ``days`` of
    publication, and ``back``: how many names lie 0 to 6 days before publication, whatever the
    readers made of them."""
    number = WEEKDAY.format("d.surface")
    answer = state.rows(
        "WITH named AS (SELECT a.source, a.is_new, article_id, a.published_date, "
        f"(isodow(a.published_date) - {number} + 7) % 7 AS back "
        f"FROM {LAKE}.dates d JOIN {ARTICLES} a USING (article_id) "
        f"WHERE a.published_date IS NOT NULL AND {number} > 0) "
        "SELECT source, is_new AS new, count(DISTINCT article_id) AS articles, "
        "count(DISTINCT published_date) AS days, "
        + ", ".join(f"count(*) FILTER (back = {n}) AS b{n}" for n in range(7))
        + " FROM named GROUP BY ALL ORDER BY ALL"
    )
    for row in answer:
        back = [row.pop(f"b{n}") for n in range(7)]
        yield {"name": "weekdays", "table": "dates", **row, "back": back}


def forgotten(state: State) -> Iterator[Row]:
    """``n``: how many articles were forgotten."""
    found = state.rows(f"SELECT count(DISTINCT article_id) AS n FROM {LAKE}.tombstones")
    yield {"name": "forgotten", "table": "tombstones", **found[0]}
