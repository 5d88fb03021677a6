"""Who says most, of which kind and country are they, and what did they say last?"""

from __future__ import annotations

from warehouse.views.view import View

CLAIMS_BY_SOURCE = View(
    "claims_by_source",
    "Who is reported to say something, how often and in how many stories: one row a speaker. "
    "Speakers with an entity are joined over all articles; a speaker whom the text does not name "
    "(officials, a witness) counts by kind and country.",
    {
        "speaker": "the fullest name; the kind where no speaker of the row is named",
        "speaker_kind": "kind of speaker; of an entity the one that it most often is",
        "speaker_country": "ISO 3166-1 alpha-3 of the speaker or of who they speak for",
        "speaker_entity_id": "the entity that the speaker is; null if it is none",
        "claims": "how many statements",
        "quoted": "of these, in quotation marks",
        "figures": "how many figures stand in these, without those of a story's other carriers",
        "articles": "in how many articles",
        "stories": "in how many stories",
        "publishers": "of how many publishers",
        "first_date": "first day of publication of such an article",
        "last_date": "last day",
        "latest_claim_id": "the statement published last",
        "latest": "that statement, as written",
    },
    """
WITH numbers AS (
  SELECT f.claim_id, count(*) AS figures
  FROM lake.figures AS f
  ANTI JOIN lake.repeats AS again ON again.figure_id = f.figure_id
  WHERE f.claim_id IS NOT NULL
  GROUP BY f.claim_id
),
said AS (
  SELECT c.*, a.story_id, coalesce(a.publisher, a.source) AS publisher,
         coalesce(n.figures, 0) AS figures,
         coalesce(who.name, c.speaker_name) AS name, coalesce(who.country, c.speaker_country)
           AS country,
         (coalesce(a.published_at, a.published_date, TIMESTAMP '0001-01-01'), c.claim_id) AS newest
  FROM lake.claims AS c
  JOIN lake.articles AS a ON a.article_id = c.article_id
  LEFT JOIN numbers AS n ON n.claim_id = c.claim_id
  LEFT JOIN lake.entities AS who
    ON who.article_id = c.article_id AND who.entity_id = c.speaker_entity_id
)
SELECT coalesce(mode(name ORDER BY name), 'unnamed ' || mode(speaker_kind ORDER BY speaker_kind))
         AS speaker,
       mode(speaker_kind ORDER BY speaker_kind) AS speaker_kind,
       mode(country ORDER BY country) AS speaker_country, speaker_entity_id,
       count(*) AS claims, count(*) FILTER (quoted) AS quoted, sum(figures)::BIGINT AS figures,
       count(DISTINCT article_id) AS articles, count(DISTINCT story_id) AS stories,
       count(DISTINCT publisher) AS publishers, min(published_date) AS first_date,
       max(published_date) AS last_date, arg_max(claim_id, newest) AS latest_claim_id,
       arg_max(surface, newest) AS latest
FROM said
GROUP BY speaker_entity_id,
         CASE WHEN speaker_entity_id IS NULL
              THEN coalesce(lower(name), speaker_kind || ' of ' || coalesce(country, '?')) END
""",
    question="Who says most, of which kind and country are they, and what did they say last?",
    day="last_date",
    order="stories DESC, claims DESC, speaker, speaker_entity_id",
)
