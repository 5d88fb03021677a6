"""Rows that show what is wrong with a table, a source or a kind, with the text around them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from warehouse.catalog import LAKE
from warehouse.columns import Row
from warehouse.measures.days import WEEKDAY
from warehouse.measures.state import ARTICLES, State
from warehouse.tables import TABLES_BY_NAME

log = logging.getLogger(__name__)

#: How many are shown, and how many characters of text around each.
EXAMPLES = 3
_AROUND = 160


@dataclass(frozen=True)
class Wanted:
    """Of which rows: those that an expectation speaks of.

    ``source`` is None for all; ``value`` a kind, a category or a day; ``more`` says whether there
    are too many of them or too few, where that matters.
    """

    name: str
    table: str
    column: str | None = None
    source: str | None = None
    value: str | None = None
    more: bool | None = None


def examples(state: State, wanted: Wanted) -> list[Row]:
    """The first rows, those written since the baseline before the others: the table's key, and
    ``article_id``, ``surface``, ``sentence``, ``url``. None where they cannot be read.
    """
    import duckdb

    try:
        return _rows(state, wanted)
    except duckdb.Error as error:
        log.debug("no examples of %s: %s", wanted, error)
        return []


def _rows(state: State, wanted: Wanted) -> list[Row]:
    table = shown_of(wanted)
    where, order = _which(wanted)
    parameters: dict[str, Any] = {}
    if wanted.source is not None:
        where += " AND a.source = $source"
        parameters["source"] = wanted.source
    if "$value" in where:
        parameters["value"] = wanted.value
    key = ", ".join(f't."{name}"' for name in TABLES_BY_NAME[table].key)
    columns = [key] if "article_id" in TABLES_BY_NAME[table].key else [key, "t.article_id"]
    counted = ""
    if wanted.name in _COUNTED:
        counted = (
            f"LEFT JOIN (SELECT article_id, count(*) AS n FROM {LAKE}.{wanted.table} GROUP BY 1) c "
            "USING (article_id) "
        )
    return state.rows(
        f"SELECT {', '.join(columns)}, {_SURFACE.get(table, 't.surface')} AS surface, "
        f"{_SENTENCE.get(table, 't.sentence')} AS sentence, d.url "
        f"FROM {LAKE}.{table} t JOIN {ARTICLES} a USING (article_id) "
        f"JOIN {LAKE}.articles d USING (article_id) {counted}WHERE {where} "
        f"ORDER BY a.is_new DESC{order}, {key} LIMIT {EXAMPLES}",
        parameters,
    )


def shown_of(wanted: Wanted) -> str:
    """The table whose rows are shown."""
    return "articles" if wanted.name in _OF_ARTICLES else wanted.table


_OF_ARTICLES = (
    "rows_an_article",
    "without_rows",
    "without_entity",
    "without_figure",
    "silent",
    "fresh",
    "busy",
    "volume_by_day",
    "duplicates",
    "lag",
)
_COUNTED = ("rows_an_article", "without_rows", "without_entity", "without_figure")
_SURFACE = {"articles": "coalesce(t.title, '')", "entities": "t.name"}
_SENTENCE = {
    "articles": f"left(t.text, {_AROUND})",
    "entities": f"substr(d.text, greatest(1, t.first_char - {_AROUND // 2}), {_AROUND})",
    **dict.fromkeys(
        ("mentions", "dates"),
        f"substr(d.text, greatest(1, t.char_start - {_AROUND // 2}), {_AROUND})",
    ),
}


def _which(wanted: Wanted) -> tuple[str, str]:
    """The condition and what is added to the order."""
    column = f't."{wanted.column}"' if wanted.column else "t.article_id"
    direction = "DESC" if wanted.more else "ASC"
    if wanted.name == "nulls":
        return f"{column} IS NULL", ""
    if wanted.name == "kinds":
        return f"{column} = $value", ""
    if wanted.name == "mean_value":
        return "t.category = $value AND t.value IS NOT NULL", f", t.value {direction}"
    if wanted.name == "rows_an_article":
        if wanted.table == "articles":
            return "a.read", f", t.sentence_count {direction}"
        return "a.read", f", coalesce(n, 0) {direction}"
    if wanted.name in _COUNTED:
        return "a.read AND n IS NULL", ""
    if wanted.name == "duplicates":
        return f"t.duplicate_of IS {'NOT ' if wanted.more else ''}NULL", ""
    if wanted.name in ("after_publication", "dates_ahead"):
        fact = "" if wanted.table == "dates" else " AND t.modality = 'actual'"
        return f"{column} > t.published_date{fact}", f", {column} DESC"
    if wanted.name in ("clock", "clock_alone"):
        return f"{WEEKDAY.format('t.surface')} > 0", ""
    if wanted.value is not None:
        return "t.published_date = CAST($value AS DATE)", ""
    return "true", ", t.published_date DESC"
