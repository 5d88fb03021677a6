"""Views of articles: where a row stands, and who carried a story."""

from __future__ import annotations

from warehouse.views.view import View

ARTICLE_ROWS = View(
    "article_rows",
    "From the id of any row back to the article and the characters it was read from.",
    {
        "row_id": "mention_id, figure_id, date_id or entity_id",
        "table_name": "the table the row is in",
        "article_id": "the article",
        "published_date": "day of publication",
        "publisher": "name of the publisher",
        "title": "headline",
        "url": "canonical URL",
        "source": "name of the source it was read from",
        "source_uri": "where it was read",
        "sentence_no": "number of the sentence, from 0; null for an entity, which has many",
        "char_start": "where it starts in articles.text (an entity: where it is first named)",
        "char_end": "where it ends, exclusive; null for an entity",
        "surface": "the characters themselves (an entity: its name)",
        "context": "the text around it, up to 120 characters on each side",
    },
    """
WITH rows AS (
  SELECT mention_id AS row_id, 'mentions' AS table_name, article_id, sentence_no, char_start,
         char_end, surface
  FROM lake.mentions
  UNION ALL
  SELECT figure_id, 'figures', article_id, sentence_no, char_start, char_end, surface
  FROM lake.figures
  UNION ALL
  SELECT date_id, 'dates', article_id, sentence_no, char_start, char_end, surface
  FROM lake.dates
  UNION ALL
  SELECT event_id, 'events', article_id, sentence_no, char_start, char_end, surface
  FROM lake.events
  UNION ALL
  SELECT claim_id, 'claims', article_id, sentence_no, char_start, char_end, surface
  FROM lake.claims
  UNION ALL
  SELECT entity_id, 'entities', article_id, NULL, first_char, NULL, name
  FROM lake.entities
)
SELECT r.row_id, r.table_name, r.article_id, a.published_date, a.publisher, a.title, a.url,
       a.source, a.source_uri, r.sentence_no, r.char_start, r.char_end, r.surface,
       substring(a.text, greatest(r.char_start - 119, 1),
                 coalesce(r.char_end, r.char_start) + 120 - greatest(r.char_start - 120, 0)
       ) AS context
FROM rows AS r
JOIN lake.articles AS a ON a.article_id = r.article_id
""",
    question="Which characters of which article was this row read from?",
    day="published_date",
    order="published_date DESC, article_id, char_start",
)

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
