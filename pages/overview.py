"""The first page: what is in the lake, and what it says that one would want to see first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pages import highlights, links
from pages.site import File, Site, asked_views
from warehouse.asking import view_named
from warehouse.columns import Row

#: What is counted on top, by table: as people call it, and the page that it leads to.
_COUNTED = {
    "figures": ("figures", links.question("figure_details")),
    "events": ("events", links.question("events_per_day")),
    "claims": ("statements", links.question("claims_by_source")),
    "dates": ("dates", links.question("date_details")),
    "mentions": ("mentions of names", links.ENTITIES),
}
#: How many languages and publishers are named.
_NAMED = 8


@dataclass(frozen=True)
class Tile:
    """A number with what it counts, and the page that it leads to."""

    value: int
    what: str
    page: str


def pages(site: Site) -> Iterator[File]:
    """The overview."""
    (facts,) = site.ask(_FACTS)
    yield site.page(
        links.OVERVIEW,
        "overview",
        facts=facts,
        tiles=_tiles(site, facts),
        by_day=highlights.articles_by_day(site),
        latest=highlights.latest(site),
        disagreements=highlights.largest_disagreements(site),
        due=highlights.due_next(site),
        languages=site.ask(_BY.format(column="language", limit=_NAMED)),
        publishers=site.ask(_BY.format(column="publisher", limit=_NAMED)),
        unnamed=site.ask(_UNNAMED)[0]["articles"],
        rejects=site.ask(
            "SELECT reason, count(*) AS rejects FROM lake.rejects GROUP BY reason "
            "ORDER BY rejects DESC, reason"
        ),
        verdict=_verdict(site),
        questions=[(name, view_named(name).question) for name in asked_views()],
        shown=_shown(site, facts),
    )


_FACTS = """
SELECT count(*) AS articles, count(DISTINCT a.story_id) AS stories,
       count(*) FILTER (a.duplicate_of IS NOT NULL) AS duplicates,
       count(*) FILTER (a.published_date IS NULL) AS undated,
       count(DISTINCT a.publisher) AS publishers,
       min(a.published_date) AS first_date, max(a.published_date) AS last_date,
       max(a.published_at) AS newest, max(a.ingested_at) AS taken_in
FROM lake.articles AS a SEMI JOIN site_chosen USING (article_id)
"""
_BY = """
SELECT {column} AS name, count(*) AS articles, count(*) OVER () AS different
FROM lake.articles SEMI JOIN site_chosen USING (article_id)
WHERE {column} IS NOT NULL
GROUP BY name ORDER BY articles DESC, name LIMIT {limit}
"""

_UNNAMED = (
    "SELECT count(*) AS articles FROM lake.articles SEMI JOIN site_chosen USING (article_id) "
    "WHERE publisher IS NULL"
)


def _tiles(site: Site, facts: Row) -> list[Tile]:
    tiles = [
        Tile(facts["articles"], "articles", links.ARTICLES),
        Tile(facts["stories"], "different stories", links.question("story_carriers")),
    ]
    for table, (what, page) in _COUNTED.items():
        (row,) = site.ask(
            f"SELECT count(*) AS rows FROM lake.{table} SEMI JOIN site_chosen USING (article_id)"
        )
        tiles.append(Tile(row["rows"], what, page))
    return tiles


def _verdict(site: Site) -> Row | None:
    """What the newest run that checked something came to: checks by their outcome."""
    rows = site.ask(
        "WITH worst AS (SELECT "
        "max(list_position(['passed', 'warned', 'failed', 'broke'], outcome)) AS outcome "
        "FROM lake.quality WHERE run_id = (SELECT max(run_id) FROM lake.quality) "
        "GROUP BY table_name, expectation, column_name) "
        "SELECT count(*) AS checks, count(*) FILTER (outcome = 1) AS passed, "
        "count(*) FILTER (outcome = 2) AS warned, count(*) FILTER (outcome > 2) AS failed "
        "FROM worst"
    )
    return rows[0] if rows and rows[0]["checks"] else None


def _shown(site: Site, facts: Row) -> dict[str, tuple[int, int]]:
    """Of what only a part has a page: how many have one, and how many there are."""
    (named,) = site.ask("SELECT count(*) AS names FROM site_named")
    every = {
        "articles": (len(site.article_ids), facts["articles"]),
        "names": (len(site.entity_ids), named["names"]),
    }
    return {what: both for what, both in every.items() if both[0] < both[1]}
