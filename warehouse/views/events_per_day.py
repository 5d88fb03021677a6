"""What is reported to have happened on each day?"""

from __future__ import annotations

from warehouse.views.view import View

EVENTS_PER_DAY = View(
    "events_per_day",
    "What is reported to have happened on each day: attacks, and people killed, wounded, "
    "captured, missing, detained or displaced. The day is the one the text gives, else the day of "
    "publication. Not of: longer times, totals so far, rates, what is said again in the article "
    "or by another carrier of its story.",
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
SELECT coalesce(f.as_of_start, f.published_date) AS day,
       CASE WHEN f.as_of_start IS NULL THEN 'publication' ELSE 'text' END AS day_from,
       f.category, f.nationality, coalesce(spot.name, f.place) AS place,
       spot.region AS place_region, coalesce(spot.country, f.place_country) AS place_country,
       count(*) AS figures,
       count(DISTINCT f.article_id) AS articles, count(DISTINCT a.story_id) AS stories,
       min(coalesce(f.value_low, f.value_high)) AS lowest,
       max(coalesce(f.value_high, f.value_low)) AS highest
FROM lake.figures AS f
ANTI JOIN lake.repeats AS again ON again.figure_id = f.figure_id
JOIN lake.articles AS a ON a.article_id = f.article_id
LEFT JOIN lake.entities AS spot
  ON spot.article_id = f.article_id AND spot.entity_id = f.place_entity_id
WHERE f.unit_type = 'count' AND f.unit = '1' AND f.modality = 'actual'
  AND f.category IN ('attacks', 'killed', 'wounded', 'casualties', 'captured', 'missing',
                     'detained', 'displaced')
  AND f.restates IS NULL AND f.conversion_of IS NULL AND f.cumulative IS NOT TRUE
  AND f.as_of_start IS NOT DISTINCT FROM f.as_of_end
  AND coalesce(f.as_of_start, f.published_date) IS NOT NULL
GROUP BY ALL
""",
    question="What is reported to have happened on each day?",
    day="day",
    order="day DESC, category, nationality, place_country, place_region, place",
)
