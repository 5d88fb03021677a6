"""Which characters of which article was this row read from?"""

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
