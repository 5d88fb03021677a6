"""What is the newest count of each kind, side and place, by each who counts?"""

from __future__ import annotations

from warehouse.views.view import View

LATEST_COUNTS = View(
    "latest_counts",
    "The newest count of each category and kind, side, place and speaker, with the one that the "
    "same speaker gave in an earlier story. A total is not taken for a new number, and what has no "
    "place is of its own story only. The newest is the one published last, among those the one "
    "that speaks of the latest day, the first of its story.",
    {
        "category": "what was counted and what happened to it",
        "kind": "which of them: the lemma of the counted noun; people where it says no more",
        "nationality": "ISO 3166-1 alpha-3 of the side counted; null if the text does not say",
        "place": "canonical name of the place, else as written; null if none is given",
        "place_region": "the first-level subdivision that it is or lies in",
        "place_country": "ISO 3166-1 alpha-3 of the place",
        "claimed_by": "who states it; the publisher where it is in the author's own voice",
        "claimed_by_kind": "kind of speaker; publisher for the author's own voice",
        "claimed_by_country": "ISO 3166-1 alpha-3 of the speaker or of who they speak for",
        "cumulative": "true: a total so far; false: new; null where the text does not say",
        "value": "the number; the midpoint of a range",
        "value_low": "lower end; null if open",
        "value_high": "upper end; null if open",
        "qualifier": "how the number is meant",
        "day": "the last day on which it held, where the text gives one, else of publication",
        "since": "the first day of those on which it held",
        "day_from": "text, or publication where the text gives no day",
        "published_date": "day of publication",
        "stories": "in how many stories this speaker gives such a number",
        "earlier_value": "the number that the same speaker gave in the story before",
        "earlier_date": "when that was published",
        "publisher": "name of the publisher",
        "url": "canonical URL of the article",
        "figure_id": "figures.figure_id",
        "article_id": "the article",
        "sentence": "the sentence it stands in: the evidence",
    },
    """
WITH of_story AS (
  SELECT *
  FROM count_claims
  QUALIFY row_number() OVER (
    PARTITION BY category, kind, nationality, place_key, claimed_key, cumulative, story_id
    ORDER BY published_date DESC NULLS LAST, published_at DESC NULLS LAST, day DESC NULLS LAST,
             article_id, char_start
  ) = 1
)
SELECT category, kind, nationality, place, place_region, place_country, claimed_by,
       claimed_by_kind, claimed_by_country, cumulative, value, value_low, value_high, qualifier,
       day, since, day_from, published_date, count(*) OVER same AS stories,
       lead(coalesce(value, value_low, value_high)) OVER newest AS earlier_value,
       lead(published_date) OVER newest AS earlier_date,
       publisher, url, figure_id, article_id, sentence
FROM of_story
WINDOW same AS (PARTITION BY category, kind, nationality, place_key, claimed_key, cumulative),
  newest AS (
    PARTITION BY category, kind, nationality, place_key, claimed_key, cumulative
    ORDER BY published_date DESC NULLS LAST, published_at DESC NULLS LAST, day DESC NULLS LAST,
             article_id, char_start
  )
QUALIFY row_number() OVER newest = 1
""",
    question="What is the newest count of each kind, side and place, by each who counts?",
    day="published_date",
    order="published_date DESC, category, place, figure_id",
)
