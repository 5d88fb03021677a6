"""Who carried this story, when, and what did each change?"""

from __future__ import annotations

from warehouse.views.view import View

STORY_CARRIERS = View(
    "story_carriers",
    "Who carried each story that more than one article carries, when, and what each changed.",
    {
        "story_id": "the story: its earliest article",
        "carriers": "how many articles carry it",
        "article_id": "one of them",
        "part": "original; duplicate: says the same; carrier: says more, less or other",
        "duplicate_of": "the article that says the same before it",
        "published_at": "when it was published, UTC",
        "hours_later": "hours since the original was published; null if either is undated",
        "publisher": "name of the publisher",
        "source": "name of the source it was read from",
        "title": "headline",
        "url": "canonical URL",
        "similarity": "share of three-word sequences in common with the original, estimated",
        "repeated": "how many figures it states that an earlier carrier states",
        "adds": "the figures that no earlier carrier states, as written with what is counted",
        "drops": "the figures of the original that it does not state; empty for a duplicate",
    },
    """
WITH stories AS (
  SELECT story_id, count(*) AS carriers
  FROM lake.articles
  GROUP BY story_id
  HAVING count(*) > 1
),
written AS (
  SELECT figure_id, article_id, char_start, concat_ws(' ', surface, counted) AS words
  FROM lake.figures
),
added AS (
  SELECT w.article_id, list(w.words ORDER BY w.char_start) AS words
  FROM written AS w
  ANTI JOIN lake.repeats AS r ON r.figure_id = w.figure_id
  GROUP BY w.article_id
),
repeated AS (SELECT article_id, count(*) AS figures FROM lake.repeats GROUP BY article_id),
dropped AS (
  SELECT a.article_id, list(w.words ORDER BY w.char_start) AS words
  FROM lake.articles AS a
  JOIN written AS w ON w.article_id = a.story_id
  ANTI JOIN lake.repeats AS r ON r.article_id = a.article_id AND r.of_figure_id = w.figure_id
  WHERE a.story_id <> a.article_id AND a.duplicate_of IS NULL
  GROUP BY a.article_id
)
SELECT a.story_id, s.carriers, a.article_id,
       CASE WHEN a.article_id = a.story_id THEN 'original'
            WHEN a.duplicate_of IS NOT NULL THEN 'duplicate' ELSE 'carrier' END AS part,
       a.duplicate_of, a.published_at,
       round(date_diff('second', first.published_at, a.published_at) / 3600.0, 1) AS hours_later,
       a.publisher, a.source, a.title, a.url, a.similarity,
       coalesce(repeated.figures, 0) AS repeated,
       CASE WHEN a.article_id = a.story_id THEN [] ELSE coalesce(added.words, []) END AS adds,
       coalesce(dropped.words, []) AS drops
FROM lake.articles AS a
JOIN stories AS s ON s.story_id = a.story_id
LEFT JOIN lake.articles AS first ON first.article_id = a.story_id
LEFT JOIN added ON added.article_id = a.article_id
LEFT JOIN repeated ON repeated.article_id = a.article_id
LEFT JOIN dropped ON dropped.article_id = a.article_id
ORDER BY a.story_id, a.published_at NULLS LAST, a.article_id
""",
    question="Who carried this story, when, and what did each change?",
    day="published_at",
    order="story_id, published_at",
)
