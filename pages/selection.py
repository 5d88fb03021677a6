"""Which articles and names have a page?

All that the choice lets through, as far as the limits go: first the articles from which a row is
shown on a page of a question, since a number must lead to its sentence, then the newest; of the
names those that most articles name.
"""

from __future__ import annotations

from dataclasses import dataclass

from pages.site import Site, asked_views
from warehouse import filters
from warehouse.asking import view_named

#: The view by which articles are chosen that have a figure of a place or a category.
_FIGURES = "figure_details"
#: Columns of views by which a row that is shown leads to an article.
_ARTICLE = "article_id"
_FIGURE = "figure_id"


@dataclass(frozen=True)
class Chosen:
    """How many articles and names there are, and how many of them have a page."""

    articles: int
    shown_articles: int
    entities: int
    shown_entities: int


def select(site: Site) -> Chosen:
    """Makes ``site_chosen`` (every article let through), ``site_articles`` and ``site_entities``,
    and sets the site's ids. Raises ``SqlError`` for a choice that cannot be asked."""
    site.ask(
        "CREATE OR REPLACE TEMPORARY TABLE site_chosen AS "
        "SELECT article_id, published_date, published_at, duplicate_of FROM lake.articles"
        + _conditions(site)
    )
    site.ask(
        "CREATE OR REPLACE TEMPORARY TABLE site_articles AS "
        "SELECT article_id, published_date FROM site_chosen "
        f"LEFT JOIN (SELECT article_id, true AS shown FROM ({' UNION '.join(_shown(site))})) AS s "
        "USING (article_id) ORDER BY shown NULLS LAST, published_at DESC NULLS LAST, article_id "
        f"LIMIT {site.limits.articles}"
    )
    site.ask(
        "CREATE OR REPLACE TEMPORARY TABLE site_named AS "
        "SELECT entity_id, arg_max(name, (mention_count, published_date, article_id)) AS name, "
        "any_value(entity_type ORDER BY article_id) AS entity_type, count(*) AS articles, "
        "sum(mention_count)::BIGINT AS mentions, min(published_date) AS first_date, "
        "max(published_date) AS last_date "
        "FROM lake.entities SEMI JOIN site_chosen USING (article_id) GROUP BY entity_id"
    )
    site.ask(
        "CREATE OR REPLACE TEMPORARY TABLE site_entities AS FROM site_named "
        f"ORDER BY articles DESC, mentions DESC, entity_id LIMIT {site.limits.entities}"
    )
    for kind in ("article", "entity"):
        table = "site_articles" if kind == "article" else "site_entities"
        ids = frozenset(row["id"] for row in site.ask(f"SELECT {kind}_id AS id FROM {table}"))
        setattr(site, f"{kind}_ids", ids)
    (counts,) = site.ask(
        "SELECT (SELECT count(*) FROM site_chosen) AS articles, "
        "(SELECT count(*) FROM site_named) AS entities"
    )
    return Chosen(
        counts["articles"], len(site.article_ids), counts["entities"], len(site.entity_ids)
    )


def _conditions(site: Site) -> str:
    """Which articles the choice lets through."""
    choice, conditions = site.choice, []
    if choice.place is not None or choice.category is not None:
        with_figures = site.question(_FIGURES, (_ARTICLE,))
        conditions.append(f"article_id IN ({with_figures})")
    for bound, day in ((filters.since, choice.since), (filters.until, choice.until)):
        if day is not None:
            conditions.append(bound("published_date", "DATE", day))
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _shown(site: Site) -> list[str]:
    """Questions for the articles that rows on pages of questions lead to."""
    asked = []
    for name in asked_views():
        among = f"FROM {site.view(name)} WHERE row_no <= {site.limits.rows}"
        if _ARTICLE in view_named(name).columns:
            asked.append(f"SELECT {_ARTICLE} {among}")
        asked += [
            "SELECT f.article_id FROM lake.figures AS f "
            f"WHERE f.figure_id IN (SELECT {one} {among})"
            for one in view_named(name).columns
            if one.endswith(f"_{_FIGURE}")
        ]
    return asked
