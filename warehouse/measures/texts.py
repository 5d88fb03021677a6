"""What texts and names say of each other: repeated paragraphs, names of two kinds, denominators.

Of whole texts a sample is looked at: some of each source, in the order of their ids, which are
digests, and so by chance.
"""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.catalog import LAKE
from warehouse.columns import Row
from warehouse.measures.state import ARTICLES, State
from warehouse.tables import PEOPLE

#: The articles whose texts are looked at, and how many of a source and of all at most.
SAMPLE = "measured_sample"
OF_A_SOURCE, OF_ALL = 2000, 20_000

#: Shorter lines are headings and captions, which may well be the same.
_PARAGRAPH = 30
_SHOWN = 3
_PLACES = "('GPE', 'LOC', 'FAC')"
#: What stands before the denominator of a rate; looked for in as many characters.
_BEFORE = r"(?i)\b(per|(for|in|of|out of) (every|each)|out of) "
_BEFORE_LENGTH = 16


def _sample(state: State) -> None:
    """Make the table of the articles whose texts are looked at."""
    state.connection.execute(
        f"CREATE TEMPORARY TABLE IF NOT EXISTS {SAMPLE} AS WITH chosen AS ("
        "SELECT article_id, source, row_number() OVER (PARTITION BY source ORDER BY article_id) "
        f"AS n FROM {ARTICLES} QUALIFY n <= {OF_A_SOURCE} ORDER BY n, source LIMIT {OF_ALL}) "
        "SELECT c.source, t.article_id, t.story_id, t.text, t.duplicate_of, t.url, t.title "
        f"FROM {LAKE}.articles t JOIN chosen c USING (article_id)"
    )


def paragraphs(state: State) -> Iterator[Row]:
    """Each source: ``stories``, and ``repeated``: how many of them have its commonest paragraph;
    ``rows`` are the articles that show the commonest ones, with how many stories (``n``)."""
    _sample(state)
    answer = state.rows(
        "WITH lines AS (SELECT source, story_id, article_id, "
        f"trim(unnest(string_split(text, chr(10)))) AS line FROM {SAMPLE}), "
        "told AS (SELECT source, line, count(DISTINCT story_id) AS n, "
        "min(article_id) AS article_id "
        f"FROM lines WHERE length(line) >= {_PARAGRAPH} GROUP BY ALL HAVING n > 1), "
        "first AS (FROM told QUALIFY row_number() OVER (PARTITION BY source ORDER BY n DESC, "
        f"article_id, line) <= {_SHOWN}), "
        f"stories AS (SELECT source, count(DISTINCT story_id) AS stories FROM {SAMPLE} GROUP BY 1) "
        "SELECT s.source, s.stories, f.n, f.article_id, f.line AS sentence, "
        "t.url, coalesce(t.title, '') AS surface "
        "FROM stories s LEFT JOIN first f USING (source) "
        f"LEFT JOIN {SAMPLE} t USING (article_id) ORDER BY s.source, f.n DESC, f.article_id"
    )
    by_source: dict[str, list[Row]] = {}
    for row in answer:
        by_source.setdefault(row["source"], []).append(row)
    for source, rows in by_source.items():
        shown = [row for row in rows if row["n"] is not None]
        yield {
            "name": "repeated_paragraphs",
            "table": "articles",
            "source": source,
            "stories": rows[0]["stories"],
            "repeated": shown[0]["n"] if shown else 0,
            "rows": shown,
        }


def names(state: State) -> Iterator[Row]:
    """Of the names that are mostly persons', how often they stand for a place: ``x`` times in all,
    ``y`` as a place; ``rows`` show the commonest."""
    mixed = (
        "WITH named AS (SELECT lower(name) AS known, "
        "count(*) FILTER (entity_type = 'PERSON') AS persons, "
        f"count(*) FILTER (entity_type IN {_PLACES}) AS places FROM {LAKE}.entities GROUP BY 1), "
        "mixed AS (FROM named WHERE persons > places AND persons + places >= 3) "
    )
    found = state.rows(
        f"{mixed} SELECT coalesce(sum(persons + places), 0)::BIGINT AS x, "
        "coalesce(sum(places), 0)::BIGINT AS y FROM mixed"
    )[0]
    shown = (
        f"{mixed} SELECT e.entity_id, e.article_id, e.name AS surface, "
        "substr(t.text, greatest(1, e.first_char - 79), 160) AS sentence, t.url "
        f"FROM {LAKE}.entities e JOIN mixed ON lower(e.name) = known "
        f"JOIN {LAKE}.articles t USING (article_id)"
    )
    rows = state.rows(
        f"{shown} WHERE e.entity_type IN {_PLACES} AND places > 0 "
        f"ORDER BY places DESC, persons DESC, e.article_id, e.entity_id LIMIT {_SHOWN}"
    )
    yield {
        "name": "persons_as_places",
        "table": "entities",
        **found,
        "rows": rows if found["y"] else [],
    }


def denominators(state: State) -> Iterator[Row]:
    """Of the denominators that texts write in digits, how many are counted as people: ``x``, ``y``;
    ``rows`` show some."""
    people = ", ".join(f"'{category}'" for category in PEOPLE)
    _sample(state)
    counted = (
        f"FROM {LAKE}.figures f JOIN {SAMPLE} t USING (article_id) "
        f"WHERE f.unit_type = 'count' AND f.category IN ({people}) "
        "AND regexp_matches(f.surface, '^[0-9]') "
        f"AND regexp_matches(substr(t.text, greatest(1, f.char_start - {_BEFORE_LENGTH - 1}), "
        f"least({_BEFORE_LENGTH}, f.char_start)), '{_BEFORE}$')"
    )
    written = (
        f"SELECT coalesce(sum(len(regexp_extract_all(text, '{_BEFORE}[0-9]'))), 0)::BIGINT AS x "
        f"FROM {SAMPLE} WHERE duplicate_of IS NULL"
    )
    found = state.rows(f"SELECT ({written}) AS x, count(*) AS y {counted}")[0]
    shown = (
        "SELECT f.figure_id, f.article_id, f.surface, f.sentence, t.url "
        f"{counted} ORDER BY f.figure_id LIMIT {_SHOWN}"
    )
    rows = state.rows(shown) if found["y"] else []
    yield {"name": "denominators", "table": "figures", **found, "rows": rows}
