"""Who and what are named in one sentence?"""

from __future__ import annotations

from warehouse.views.view import View

ENTITY_PAIRS = View(
    "entity_pairs",
    "Pairs of entities that are named in one sentence, each pair once.",
    {
        "entity_id_a": "the one entity",
        "name_a": "its name in the article that names it most",
        "entity_type_a": "OntoNotes label",
        "entity_id_b": "the other entity",
        "name_b": "its name in the article that names it most",
        "entity_type_b": "OntoNotes label",
        "sentences": "how many sentences name both",
        "articles": "in how many articles",
        "stories": "in how many stories",
        "first_date": "first day of publication of such an article",
        "last_date": "last day",
        "article_id": "the article of that day: where to look",
        "sentence_no": "and the number of the sentence in it, from 0",
    },
    """
WITH named AS (
  SELECT DISTINCT article_id, sentence_no, entity_id FROM lake.mentions
),
in_article AS (
  SELECT a.article_id, a.entity_id AS entity_id_a, b.entity_id AS entity_id_b,
         count(*) AS sentences, min(a.sentence_no) AS sentence_no
  FROM named AS a
  JOIN named AS b ON a.article_id = b.article_id AND a.sentence_no = b.sentence_no
                 AND a.entity_id < b.entity_id
  GROUP BY a.article_id, a.entity_id, b.entity_id
),
together AS (
  SELECT t.entity_id_a, t.entity_id_b, sum(t.sentences)::BIGINT AS sentences,
         count(*) AS articles, count(DISTINCT told.story_id) AS stories,
         min(told.published_date) AS first_date, max(told.published_date) AS last_date,
         arg_max({'article_id': t.article_id, 'sentence_no': t.sentence_no},
                 (coalesce(told.published_date, DATE '0001-01-01'), t.article_id)) AS latest
  FROM in_article AS t
  JOIN lake.articles AS told ON told.article_id = t.article_id
  GROUP BY t.entity_id_a, t.entity_id_b
),
names AS (
  SELECT entity_id, arg_max(name, (mention_count, article_id)) AS name,
         min(entity_type) AS entity_type
  FROM lake.entities
  GROUP BY entity_id
)
SELECT t.entity_id_a, a.name AS name_a, a.entity_type AS entity_type_a,
       t.entity_id_b, b.name AS name_b, b.entity_type AS entity_type_b, t.sentences, t.articles,
       t.stories, t.first_date, t.last_date, t.latest.article_id,
       t.latest.sentence_no
FROM together AS t
JOIN names AS a ON a.entity_id = t.entity_id_a
JOIN names AS b ON b.entity_id = t.entity_id_b
""",
    question="Who and what are named in one sentence?",
    day="last_date",
    order="stories DESC, sentences DESC, entity_id_a, entity_id_b",
)
