"""What is reported to have happened on each day?"""

from __future__ import annotations

from warehouse.views.view import View

EVENTS_PER_DAY = View(
    "events_per_day",
    "What is reported to have happened on each day: attacks, and people killed, wounded, "
    "captured, missing, detained or displaced, as count_claims has them. The day is the one the "
    "text gives, else the day of publication, as day_from tells: then it may have been earlier. "
    "Not of: longer times and totals so far.",
    {
        "day": "calendar day",
        "day_from": "text, or publication where the text gives no day",
        "category": "what happened",
        "nationality": "ISO 3166-1 alpha-3 of the side counted",
        "place": "canonical name of the place, else the place as written",
        "place_region": "the first-level subdivision that it is or lies in",
        "place_country": "ISO 3166-1 alpha-3 of the place",
        "figures": "how many statements",
        "articles": "in how many articles",
        "stories": "in how many stories",
        "lowest": "the lowest number stated",
        "highest": "the highest number stated",
    },
    """
SELECT day, day_from, category, nationality, place, place_region, place_country,
       count(*) AS figures, count(DISTINCT article_id) AS articles,
       count(DISTINCT story_id) AS stories, min(coalesce(value_low, value_high)) AS lowest,
       max(coalesce(value_high, value_low)) AS highest
FROM count_claims
WHERE category IN ('attacks', 'killed', 'wounded', 'casualties', 'captured', 'missing', 'detained',
                   'displaced')
  AND cumulative IS NOT TRUE AND since = day
GROUP BY ALL
""",
    question="What is reported to have happened on each day?",
    day="day",
    order="day DESC, category, nationality, place_country, place_region, place",
)
