"""Which days are spoken of most?"""

from __future__ import annotations

from warehouse.views.view import View

DAYS_NAMED = View(
    "days_named",
    "How often each calendar day is spoken of.",
    {
        "day": "calendar day",
        "articles": "how many articles speak of it",
        "stories": "how many stories these carry",
        "expressions": "how many expressions point to exactly this day",
        "first_published": "first day of publication of such an article",
        "last_published": "last day of publication of such an article",
    },
    """
SELECT d.date_start AS day, count(DISTINCT d.article_id) AS articles,
       count(DISTINCT a.story_id) AS stories, count(*) AS expressions,
       min(d.published_date) AS first_published, max(d.published_date) AS last_published
FROM lake.dates AS d
JOIN lake.articles AS a ON a.article_id = d.article_id
WHERE d.date_start = d.date_end
GROUP BY ALL
""",
    question="Which days are spoken of most?",
    day="day",
    order="articles DESC, day",
)
