"""What is counted on each day and in each place, totals and new numbers apart?"""

from __future__ import annotations

from warehouse.views.view import View

COUNT_TIMELINE = View(
    "count_timeline",
    "What is counted for each stretch of days and place: totals so far and new numbers apart. One "
    "row for each category and kind, side, place and stretch; each story's statement once, without "
    "what is said again or converted.",
    {
        "day": "the last day on which it held, where the text gives one, else of publication",
        "since": "the first day; the same for a count of one day",
        "day_from": "text, or publication where the text gives no day",
        "category": "what was counted and what happened to it",
        "kind": "which of them: the lemma of the counted noun; people where it says no more",
        "nationality": "ISO 3166-1 alpha-3 of the side counted; null if the text does not say",
        "place": "canonical name of the place, else as written; null if none is given",
        "place_region": "the first-level subdivision that it is or lies in",
        "place_country": "ISO 3166-1 alpha-3 of the place",
        "cumulative": "true: a total so far; false: new; null where the text does not say",
        "lowest": "the lowest number stated",
        "highest": "the highest number stated",
        "latest": "the number that was published last",
        "claimed_by": "who states that one",
        "speakers": "how many different speakers state a number",
        "figures": "how many statements",
        "stories": "in how many stories",
        "figure_id": "the row of figures of the latest",
        "article_id": "its article",
        "sentence": "its sentence: the evidence",
    },
    """
SELECT day, since, day_from, category, kind, nationality, arg_max(place, newest) AS place,
       arg_max(place_region, newest) AS place_region,
       arg_max(place_country, newest) AS place_country,
       cumulative,
       min(coalesce(value_low, value_high)) AS lowest,
       max(coalesce(value_high, value_low)) AS highest,
       arg_max(coalesce(value, value_low, value_high), newest) AS latest,
       arg_max(claimed_by, newest) AS claimed_by, count(DISTINCT claimed_key) AS speakers,
       count(*) AS figures, count(DISTINCT story_id) AS stories,
       arg_max(figure_id, newest) AS figure_id, arg_max(article_id, newest) AS article_id,
       arg_max(sentence, newest) AS sentence
FROM (
  SELECT *, (coalesce(published_at, published_date, TIMESTAMP '0001-01-01'), figure_id) AS newest
  FROM count_claims
  WHERE day IS NOT NULL
)
GROUP BY day, since, day_from, category, kind, nationality, place_key, cumulative
""",
    question="What is counted on each day and in each place, totals and new numbers apart?",
    day="day",
    order="day DESC, category, kind, place, cumulative, figure_id",
)
