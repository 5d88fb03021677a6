"""What must never be in a lake: keys that stand twice, rows that point at nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warehouse.catalog import LAKE
from warehouse.columns import Row, Table
from warehouse.measures.state import State, broke
from warehouse.tables import (
    ARTICLE_TABLES,
    ARTICLES,
    BANDS,
    CLAIMS,
    DATES,
    ENTITIES,
    EVENTS,
    FIGURES,
    FINGERPRINTS,
    INPUTS,
    MENTIONS,
    QUARANTINE,
    RAW_ARTICLES,
    REJECTS,
    STORY_TABLES,
    TABLES,
    WARNINGS,
)

#: How many rows are shown of what is wrong, and how many characters of a text.
EXAMPLES = 3
TEXT = 160


@dataclass(frozen=True)
class Question:
    """Which rows must not be there: ``sql`` is a FROM clause that gives them as ``t``."""

    name: str
    table: Table
    column: str | None
    sql: str
    points_at: str | None = None


def keys() -> Iterator[Question]:
    """Of each table the rows whose key another row has, too; but for what checks wrote of a row,
    which name it once a column that failed."""
    for table in TABLES:
        if table in (QUARANTINE, WARNINGS):
            continue
        key = ", ".join(f'"{name}"' for name in table.key)
        # by their hash first: it is found much quicker that there are none
        all_of, digest = f"{LAKE}.{table.name}", f"hash({key})"
        alike = f"SELECT {digest} FROM {all_of} GROUP BY 1 HAVING count(*) > 1"
        twice = f"SELECT {key} FROM {all_of} WHERE {digest} IN ({alike}) GROUP BY ALL "
        twice += "HAVING count(*) > 1"
        same = " AND ".join(f't."{name}" IS NOT DISTINCT FROM k."{name}"' for name in table.key)
        sql = f"FROM {all_of} t SEMI JOIN ({twice}) k ON {same}"
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
    same = f"{_digest('t', [child for child, _ in pairs])} = {_digest('p', [k for _, k in pairs])}"
    column = pairs[0][0]
    sql = (
        f'FROM (FROM {LAKE}.{table.name} t WHERE t."{column}" IS NOT NULL AND {where}) t '
        f"ANTI JOIN {LAKE}.{parent} p ON {same}"
    )
    return Question("references", table, column, sql, parent)


def _digest(alias: str, columns: Sequence[str]) -> str:
    """A column; of several the 64 bits of their hash, which is compared much quicker and among a
    hundred million rows is wrong about one with a chance of 1 in 10^11."""
    named = ", ".join(f'{alias}."{column}"' for column in columns)
    return named if len(columns) == 1 else f"hash({named})"


def stories() -> Iterator[Question]:
    """Originals with one text, rows of duplicates, articles that nothing is compared by."""
    articles, originals = f"{LAKE}.{ARTICLES.name}", "duplicate_of IS NULL"
    twice = f"SELECT text_id FROM {articles} WHERE {originals} GROUP BY 1 HAVING count(*) > 1"
    sql = f"FROM (FROM {articles} WHERE {originals}) t SEMI JOIN ({twice}) k USING (text_id)"
    yield Question("one_original", ARTICLES, "text_id", sql)
    copies = f"(SELECT article_id FROM {articles} WHERE duplicate_of IS NOT NULL)"
    for table in ARTICLE_TABLES:
        if table is not ARTICLES:
            sql = f"FROM {LAKE}.{table.name} t SEMI JOIN {copies} d USING (article_id)"
            yield Question("duplicates_have_no_rows", table, "article_id", sql)
    prints, bands = f"{LAKE}.{FINGERPRINTS.name}", f"{LAKE}.{BANDS.name}"
    sql = f"FROM {articles} t ANTI JOIN {prints} p USING (article_id)"
    yield Question("stories_compared", ARTICLES, None, sql)
    signed = f"(FROM {prints} WHERE octet_length(signature) > 0)"
    sql = f"FROM {signed} t ANTI JOIN {bands} b USING (article_id)"
    yield Question("stories_compared", FINGERPRINTS, "signature", sql)


def days() -> Iterator[Question]:
    """Articles published after they were fetched, rows of another day than their article's."""
    articles = f"{LAKE}.{ARTICLES.name}"
    first = f"(SELECT raw_id, min(fetched_at) AS at FROM {LAKE}.{RAW_ARTICLES.name} GROUP BY 1)"
    sql = (
        f"FROM {articles} t JOIN {first} f USING (raw_id) "
        "WHERE (t.published_at > f.at + INTERVAL 1 DAY "
        "OR t.published_date > CAST(f.at + INTERVAL 1 DAY AS DATE))"
    )
    yield Question("published_by_fetch", ARTICLES, "published_at", sql)
    for table in (*ARTICLE_TABLES, *STORY_TABLES):
        if table is not ARTICLES:
            sql = (
                f"FROM {LAKE}.{table.name} t JOIN {articles} a USING (article_id) "
                "WHERE t.published_date IS DISTINCT FROM a.published_date"
            )
            yield Question("days_agree", table, "published_date", sql)


def sound(state: State) -> Iterator[Row]:
    """Each question with its answer: ``name``, ``table``, ``column``, ``points_at``, ``bad`` (how
    many rows must not be there), ``whole`` (of how many), ``rows`` (the first of them, each with
    its key and, as far as there are any, article_id, surface, sentence and url).

    Of one that could not be asked there is a row of :func:`warehouse.measures.state.broke`.
    """
    wholes = _counted(state, [Question("", table, None, _of(table)) for table in TABLES])
    sizes = {question.table.name: n for question, n in wholes}
    for group in (*([one] for one in keys()), references(), stories(), days()):
        for question, bad in _counted(state, list(group)):
            yield _answer(state, question, bad, sizes[question.table.name])


def _of(table: Table) -> str:
    return f"FROM {LAKE}.{table.name} t"


def _counted(
    state: State, questions: Sequence[Question]
) -> Iterator[tuple[Question, int | Exception]]:
    """How many rows each question finds, or why that cannot be said. In one statement, which is
    planned quicker than many; where it fails, one by one."""
    import duckdb

    parts = [f"SELECT {n} AS q, count(*) AS n {one.sql}" for n, one in enumerate(questions)]
    try:
        found = {row["q"]: row["n"] for row in state.rows(" UNION ALL ".join(parts))}
        yield from ((one, found[n]) for n, one in enumerate(questions))
    except duckdb.Error:
        for one in questions:
            try:
                yield one, state.rows(f"SELECT count(*) AS n {one.sql}")[0]["n"]
            except duckdb.Error as error:
                yield one, error


def _answer(state: State, question: Question, bad: int | Exception, whole: int | Exception) -> Row:
    import duckdb

    name, table, column = question.name, question.table, question.column
    for error in (bad, whole):
        if isinstance(error, Exception):
            return broke(name, table.name, error, column)
    row: Row = {
        "name": name,
        "table": table.name,
        "column": column,
        "points_at": question.points_at,
        "bad": bad,
        "whole": whole,
        "rows": [],
    }
    if bad:
        try:
            row["rows"] = state.rows(f"SELECT {_shown(table)} {question.sql} {_order(table)}")
        except duckdb.Error as error:
            return broke(name, table.name, error, column)
    return row


def _shown(table: Table) -> str:
    """What a row is shown by: its key and what it says."""
    there = table.column_names
    columns = [f't."{name}"' for name in table.key]
    columns += [f"t.{name}" for name in ("article_id", "sentence", "url") if name in there]
    if table is ARTICLES:
        columns += ["coalesce(t.title, '') AS surface", f"left(t.text, {TEXT}) AS sentence"]
    elif "surface" in there:
        columns.append("t.surface")
    elif "name" in there:
        columns.append("t.name AS surface")
    return ", ".join(dict.fromkeys(columns))


def _order(table: Table) -> str:
    return f"ORDER BY {', '.join(f't."{name}"' for name in table.key)} LIMIT {EXAMPLES}"
