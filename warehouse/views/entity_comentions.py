"""Who and what are named in the same articles?"""

from __future__ import annotations

from warehouse.views.view import View

ENTITY_COMENTIONS = View(
    "entity_comentions",
    "Pairs of entities that articles name together, each pair once.",
    {
        "entity_id_a": "the one entity",
        "name_a": "its most frequent name",
        "entity_type_a": "OntoNotes label",
        "entity_id_b": "the other entity",
        "name_b": "its most frequent name",
        "entity_type_b": "OntoNotes label",
        "articles": "how many articles name both",
        "stories": "how many stories these carry",
        "sentences": "how many sentences name both",
        "first_date": "first day of publication of such an article",
        "last_date": "last day of publication of such an article",
    },
    """
WITH names AS (
  SELECT entity_id, any_value(entity_type) AS entity_type,
         arg_max(name, (n, name)) AS name
  FROM (SELECT entity_id, entity_type, name, count(*) AS n FROM lake.entities GROUP BY ALL)
  GROUP BY entity_id
),
together AS (
  SELECT a.entity_id AS entity_id_a, b.entity_id AS entity_id_b, count(*) AS articles,
         count(DISTINCT told.story_id) AS stories, min(a.published_date) AS first_date,
         max(a.published_date) AS last_date
  FROM lake.entities AS a
  JOIN lake.entities AS b ON a.article_id = b.article_id AND a.entity_id < b.entity_id
  JOIN lake.articles AS told ON told.article_id = a.article_id
  GROUP BY ALL
),
named AS (SELECT DISTINCT article_id, sentence_no, entity_id FROM lake.mentions),
close_together AS (
  SELECT a.entity_id AS entity_id_a, b.entity_id AS entity_id_b, count(*) AS sentences
  FROM named AS a
  JOIN named AS b ON a.article_id = b.article_id AND a.sentence_no = b.sentence_no
                 AND a.entity_id < b.entity_id
  GROUP BY ALL
)
SELECT t.entity_id_a, a.name AS name_a, a.entity_type AS entity_type_a,
       t.entity_id_b, b.name AS name_b, b.entity_type AS entity_type_b,
       t.articles, t.stories, coalesce(c.sentences, 0) AS sentences, t.first_date, t.last_date
FROM together AS t
JOIN names AS a ON a.entity_id = t.entity_id_a
JOIN names AS b ON b.entity_id = t.entity_id_b
LEFT JOIN close_together AS c
  ON c.entity_id_a = t.entity_id_a AND c.entity_id_b = t.entity_id_b
""",
    question="Who and what are named in the same articles?",
    day="last_date",
    order="articles DESC, entity_id_a, entity_id_b",
)
