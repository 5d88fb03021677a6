"""From the id of any row to the article that it was read from, with all that was read beside it.

Questions are put together of ids that were looked at before and of names that are declared; DuckDB
would load pandas to bind a parameter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.address import Address
from warehouse.catalog import LAKE, quoted
from warehouse.columns import Row, Table
from warehouse.errors import SqlError
from warehouse.tables import ARTICLE_TABLES, ARTICLES, ENTITIES, QUARANTINE, REPEATS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from warehouse.history import At

#: The tables whose rows are characters of a text.
SPANNED: tuple[Table, ...] = tuple(t for t in ARTICLE_TABLES if "char_start" in t.column_names)
#: How many digits of an id must be given, and how many rows, articles and carriers are named.
LEAST_DIGITS = 6
NAMED = 10
_DIGITS = re.compile(r"[0-9a-f]{6,16}")
_ID = re.compile(r"[0-9a-f]{16}")

#: Of an article, what tells it from others.
_TOLD = "article_id, title, publisher, source, published_at, published_date, url, duplicate_of"


@dataclass(frozen=True)
class Found:
    """A row with the table it is in and its id."""

    table: str
    row_id: str
    row: Row

    @property
    def span(self) -> tuple[int, int] | None:
        """The characters that it was read from; None for an article and an entity."""
        start, end = self.row.get("char_start"), self.row.get("char_end")
        return (start, end) if isinstance(start, int) and isinstance(end, int) else None


@dataclass(frozen=True)
class Link:
    """A row that another one names in one of its columns."""

    column: str
    found: Found


@dataclass
class Evidence:
    """What there is to see of a row.

    ``rows`` are those of the article that stand in its text, in the order of the text; ``marks``
    are those that the row itself is: an entity is its mentions, an article is none. Of a
    quarantined row, ``quarantined`` says what was wrong, once for each check.
    """

    found: Found
    article: Row
    rows: list[Found]
    marks: list[Found]
    points_at: list[Link] = field(default_factory=list)
    pointed_at_by: list[Link] = field(default_factory=list)
    #: figures of other articles of the story that say the same: repeats, or repeated by
    repeats: list[tuple[str, Row]] = field(default_factory=list)
    #: an entity's other articles, how many name it, and the other articles of an article's story
    named_in: list[Row] = field(default_factory=list)
    naming: int = 0
    carriers: list[Row] = field(default_factory=list)
    quarantined: list[Row] = field(default_factory=list)


def evidence(
    lake: str | Path | Address, row_id: str, *, at: At | None = None, article: str | None = None
) -> Evidence:
    """The evidence of the row whose id is, or alone begins with, ``row_id``.

    ``article`` chooses among the articles that name an entity. Raises ``SqlError`` for an id that
    is none, that is nowhere or that is the beginning of several, and what
    :func:`warehouse.reader.connect` raises.
    """
    from warehouse.reader import connect
    from warehouse.transaction import one_state

    wanted = _digits(row_id)
    chosen = None if article is None else _digits(article)
    with connect(lake, at) as connection, one_state(connection):
        return _Search(connection).evidence(wanted, chosen)


def _digits(given: str) -> str:
    text = given.strip().lower()
    if not _DIGITS.fullmatch(text):
        raise SqlError(
            f"{given!r} is not the id of a row: it has 16 digits of 0 to 9 and a to f, and "
            f"{LEAST_DIGITS} of them are enough if no other id begins so"
        )
    return text


class _Search:
    """A search in one state of a lake, which may be of an earlier version of the tables."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection
        there = self._all(
            f"SELECT DISTINCT table_name FROM duckdb_tables() WHERE database_name = '{LAKE}'"
        )
        self._there = {row["table_name"] for row in there}

    def evidence(self, wanted: str, chosen: str | None) -> Evidence:
        table, row_id, article_id = self._place(wanted, chosen)
        if table == QUARANTINE.name:
            return self._quarantined(row_id)
        article = self._article(article_id)
        rows, entities = self._rows_of(article)
        if table == ARTICLES.name:
            own = {name: value for name, value in article.items() if name != "text"}
            made = Evidence(Found(table, row_id, own), article, rows, [])
            made.carriers = self._carriers(article)
            return made
        found = next(
            one for one in (*rows, *entities) if (one.table, one.row_id) == (table, row_id)
        )
        marks = [found]
        if table == ENTITIES.name:
            marks = [one for one in rows if one.row.get("entity_id") == row_id]
        made = Evidence(found, article, rows, marks)
        _link(made, entities)
        if table == ENTITIES.name:
            made.naming, made.named_in = self._naming(row_id, article_id)
        if table == "figures":
            made.repeats = list(self._repeats(row_id))
        return made

    def _place(self, wanted: str, chosen: str | None) -> tuple[str, str, str]:
        """The table, the whole id and the article of the one row that is meant."""
        only = "" if chosen is None else f" AND {_begins('article_id', chosen)}"
        parts = [
            f"SELECT '{table.name}' AS table_name, {table.key[0]} AS row_id, article_id "
            f"FROM {LAKE}.{table.name} WHERE {_begins(table.key[0], wanted)}{only}"
            for table in (ARTICLES, *SPANNED)
            if table.name in self._there
        ]
        if ENTITIES.name in self._there:
            parts.append(
                "SELECT 'entities', entity_id, arg_max(article_id, (mention_count, published_date, "
                f"article_id)) FROM {LAKE}.{ENTITIES.name} WHERE {_begins('entity_id', wanted)}"
                f"{only} GROUP BY entity_id"
            )
        asked = f"{' UNION ALL '.join(parts)} ORDER BY ALL LIMIT {NAMED + 1}"
        rows = self._all(asked) if parts else []
        if not rows and QUARANTINE.name in self._there:
            rows = self._all(
                f"SELECT DISTINCT '{QUARANTINE.name}' AS table_name, row_id, "
                f"coalesce(article_id, '') AS article_id FROM {LAKE}.{QUARANTINE.name} "
                # the key of an entity has its article before it
                f"WHERE ({_begins('row_id', wanted)} OR contains(row_id, '/{wanted}')){only} "
                f"ORDER BY ALL LIMIT {NAMED + 1}"
            )
        if len(rows) == 1:
            return rows[0]["table_name"], rows[0]["row_id"], rows[0]["article_id"]
        if rows:
            named = ", ".join(f"{row['row_id']} ({row['table_name']})" for row in rows[:NAMED])
            more = " and more" if len(rows) > NAMED else ""
            raise SqlError(f"several ids begin with {wanted}: {named}{more}; give more digits")
        where = "" if chosen is None else f" in an article whose id begins with {chosen}"
        raise SqlError(
            f"there is no row {wanted}{where}, nor is one in quarantine. A row is made anew when "
            "its article is: `--at` a snapshot, a time or a run asks an earlier state of the lake"
        )

    def _article(self, article_id: str) -> Row:
        (row,) = self._all(f"FROM {LAKE}.{ARTICLES.name} WHERE article_id = {quoted(article_id)}")
        return row

    def _rows_of(self, article: Row) -> tuple[list[Found], list[Found]]:
        """The rows of an article in the order of its text, the longer ones first, and its
        entities."""
        day = article["published_date"]
        of = f"article_id = {quoted(article['article_id'])} AND published_date " + (
            "IS NULL" if day is None else f"= DATE '{day}'"
        )
        rows = [
            Found(table.name, row[table.key[0]], row)
            for table in SPANNED
            if table.name in self._there
            for row in self._all(f"FROM {LAKE}.{table.name} WHERE {of}")
        ]
        rows.sort(key=lambda one: (one.row["char_start"], -one.row["char_end"], one.row_id))
        entities = self._all(f"FROM {LAKE}.{ENTITIES.name} WHERE {of} ORDER BY first_char")
        return rows, [Found(ENTITIES.name, row["entity_id"], row) for row in entities]

    def _carriers(self, article: Row) -> list[Row]:
        story = article.get("story_id")
        if story is None:  # a lake of before there were stories
            return []
        return self._all(
            f"SELECT {_TOLD} FROM {LAKE}.{ARTICLES.name} WHERE story_id = {quoted(story)} "
            f"AND article_id <> {quoted(article['article_id'])} "
            "ORDER BY published_at NULLS LAST, article_id"
        )

    def _naming(self, entity_id: str, article_id: str) -> tuple[int, list[Row]]:
        """How many articles name an entity, and the newest others that do."""
        rows = self._all(
            f"WITH named AS (SELECT article_id, mention_count FROM {LAKE}.{ENTITIES.name} "
            f"WHERE entity_id = {quoted(entity_id)}) "
            f"SELECT {_TOLD}, mention_count, count(*) OVER () AS naming "
            f"FROM named JOIN {LAKE}.{ARTICLES.name} USING (article_id) "
            f"ORDER BY published_at DESC NULLS LAST, article_id LIMIT {NAMED + 1}"
        )
        naming = max([row.pop("naming") for row in rows], default=0)
        return naming, [row for row in rows if row["article_id"] != article_id][:NAMED]

    def _repeats(self, figure_id: str) -> Iterator[tuple[str, Row]]:
        if REPEATS.name not in self._there:
            return
        for how, mine, other in (
            ("repeats", "figure_id", "of_figure_id"),
            ("repeated by", "of_figure_id", "figure_id"),
        ):
            rows = self._all(
                f"WITH said AS (SELECT {other} AS figure_id FROM {LAKE}.{REPEATS.name} "
                f"WHERE {mine} = {quoted(figure_id)}) "
                f"SELECT figure_id, surface, counted, {_TOLD} FROM (SELECT article_id, figure_id, "
                f"surface, counted FROM said JOIN {LAKE}.figures USING (figure_id)) "
                f"JOIN {LAKE}.{ARTICLES.name} USING (article_id) "
                "ORDER BY published_at NULLS LAST, figure_id"
            )
            for row in rows:
                yield how, row

    def _quarantined(self, row_id: str) -> Evidence:
        held = self._all(
            f"FROM {LAKE}.{QUARANTINE.name} WHERE row_id = {quoted(row_id)} "
            "ORDER BY run_id DESC, expectation"
        )
        last = held[0]
        row: Row = json.loads(last["row"])
        found = Found(last["table_name"], row_id, row)
        rows: list[Found] = []
        article: Row = {}
        if last["article_id"] is not None and self._all(
            f"SELECT 1 AS one FROM {LAKE}.{ARTICLES.name} "
            f"WHERE article_id = {quoted(last['article_id'])}"
        ):
            article = self._article(last["article_id"])
            rows, _ = self._rows_of(article)
        made = Evidence(found, article, rows, [found] if found.span and article else [])
        made.quarantined = [
            {name: one[name] for name in ("expectation", "column_name", "detail", "run_id")}
            for one in held
        ]
        return made

    def _all(self, sql: str) -> list[Row]:
        asked = self._connection.execute(sql)
        names = [column[0] for column in asked.description or ()]
        return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]


def _begins(column: str, digits: str) -> str:
    """The condition that an id begins so: a stretch, which files are skipped by."""
    if len(digits) == 16:
        return f"{column} = '{digits}'"
    return f"{column} BETWEEN '{digits}' AND '{digits}g'"


def _link(made: Evidence, entities: Sequence[Found]) -> None:
    """What the row points at within its article, and what points at it."""
    known = {one.row_id: one for one in (*made.rows, *entities)}
    made.points_at = [Link(column, known[to]) for column, to in _ids(made.found) if to in known]
    # an entity's own mentions are its marks
    others = (one for one in made.rows if one not in made.marks)
    made.pointed_at_by = [
        Link(column, one) for one in others for column, to in _ids(one) if to == made.found.row_id
    ]


def _ids(one: Found) -> Iterator[tuple[str, str]]:
    """The columns in which a row names another one."""
    for column, value in one.row.items():
        if not isinstance(value, str) or value == one.row_id or column == "article_id":
            continue
        if _ID.fullmatch(value):
            yield column, value


def plain(row: Row, row_id: str) -> dict[str, Any]:
    """The columns of a row that say something, without its id and where it stands."""
    left_out = {"article_id", "published_date", "sentence_no", "char_start", "char_end", "surface"}
    return {
        name: value
        for name, value in row.items()
        if name not in left_out and value is not None and value != row_id
    }
