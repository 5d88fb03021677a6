"""Who says most, of which kind and country are they, and what did they say last?"""

from __future__ import annotations

from warehouse.views.view import View

CLAIMS_BY_SOURCE = View(
    "claims_by_source",
    "Who is reported to say something, how often and in how many stories: one row a speaker. "
    "Speakers with an entity are joined over all articles, others with a name (a report, an "
    "office) within a story; a speaker whom the text does not name (officials, a witness) counts "
    "by kind and country.",
    {
        "speaker": "the fullest name; unnamed with the kind where no speaker of the row is named",
        "speaker_kind": "kind of speaker, as in the latest statement",
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
        "latest_cue": "lemma of the word that ties it to the speaker: say, deny, ask",
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
  SELECT c.claim_id, c.article_id, c.published_date, c.speaker_name, c.speaker_kind,
         c.speaker_country, c.speaker_entity_id, c.quoted, a.story_id,
         coalesce(a.publisher, a.source) AS publisher, coalesce(n.figures, 0) AS figures,
         coalesce(c.speaker_entity_id, lower(c.speaker_name) || ' of story ' || a.story_id,
                  'unnamed ' || c.speaker_kind || ' of ' || coalesce(c.speaker_country, '?'))
           AS who,
         (coalesce(a.published_at, a.published_date, TIMESTAMP '0001-01-01'), c.article_id,
          c.char_start, c.claim_id) AS newest
  FROM lake.claims AS c
  JOIN lake.articles AS a ON a.article_id = c.article_id
  LEFT JOIN numbers AS n ON n.claim_id = c.claim_id
),
counted AS (
  SELECT count(*) AS claims, count(*) FILTER (quoted) AS quoted, sum(figures)::BIGINT AS figures,
         count(DISTINCT article_id) AS articles, count(DISTINCT story_id) AS stories,
         count(DISTINCT publisher) AS publishers, min(published_date) AS first_date,
         max(published_date) AS last_date,
         arg_max({'claim_id': claim_id, 'name': speaker_name, 'kind': speaker_kind,
                  'country': speaker_country, 'entity': speaker_entity_id}, newest) AS latest
  FROM said
  GROUP BY who
)
SELECT coalesce(s.latest.name, CASE s.latest.kind WHEN 'unnamed' THEN 'unnamed'
                               ELSE 'unnamed ' || s.latest.kind END) AS speaker,
       s.latest.kind AS speaker_kind, s.latest.country AS speaker_country,
       s.latest.entity AS speaker_entity_id, s.claims, s.quoted, s.figures, s.articles, s.stories,
       s.publishers, s.first_date, s.last_date, s.latest.claim_id AS latest_claim_id,
       c.cue AS latest_cue, c.surface AS latest
FROM counted AS s
JOIN lake.claims AS c ON c.claim_id = s.latest.claim_id
""",
    question="Who says most, of which kind and country are they, and what did they say last?",
    day="last_date",
    order="stories DESC, claims DESC, speaker, speaker_entity_id",
)
