"""Who and what is in the news on each day?"""

from __future__ import annotations

from warehouse.views.view import View

ENTITY_DAILY = View(
    "entity_daily",
    "How often each entity is named on each day of publication. A story counts on every day on "
    "which it is carried.",
    {
        "day": "day of publication",
        "entity_id": "entities.entity_id",
        "name": "its name in the article of that day that names it most",
        "entity_type": "OntoNotes label",
        "country": "ISO 3166-1 alpha-3",
        "link_status": "how sure it is that all so called are one: linked, local, ambiguous",
        "mentions": "how often it is named",
        "articles": "in how many articles",
        "stories": "in how many stories",
        "sources": "of how many sources",
    },
    """
SELECT e.published_date AS day, e.entity_id,
       arg_max(e.name, (e.mention_count, e.article_id)) AS name,
       min(e.entity_type) AS entity_type, min(e.country) AS country,
       min(e.link_status) AS link_status,
       sum(e.mention_count)::BIGINT AS mentions, count(*) AS articles,
       count(DISTINCT a.story_id) AS stories, count(DISTINCT a.source) AS sources
FROM lake.entities AS e
JOIN lake.articles AS a ON a.article_id = e.article_id
GROUP BY e.published_date, e.entity_id
""",
    question="Who and what is in the news on each day?",
    day="day",
    order="day DESC, stories DESC, mentions DESC, entity_id",
)
