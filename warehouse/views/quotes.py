"""What was said word for word, by whom?"""

from __future__ import annotations

from warehouse.views.view import View

QUOTES = View(
    "quotes",
    "What is quoted word for word, with its speaker: one row a quotation.",
    {
        "published_date": "day of publication",
        "speaker": "who says it, by the fullest name, else as written",
        "speaker_kind": "kind of speaker",
        "speaker_country": "ISO 3166-1 alpha-3 of the speaker or of who they speak for",
        "quote": "the words, from the first to the last",
        "cue": "lemma of the word that ties it to the speaker",
        "addressee": "who is spoken to, as written",
        "said_start": "first day on which it was said, if the article says",
        "said_end": "last day, inclusive",
        "figures": "the quantities in it, as written",
        "continues": "the claim_id of the statement that it goes on with",
        "publisher": "name of the publisher",
        "source": "name of the source it was read from",
        "title": "headline of the article",
        "url": "canonical URL of the article",
        "story_id": "the earliest article that carries the same story",
        "article_id": "the article",
        "claim_id": "claims.claim_id",
        "speaker_entity_id": "the entity that the speaker is",
        "sentence": "the sentence it begins in: the evidence",
    },
    """
WITH numbers AS (
  SELECT claim_id, list(surface ORDER BY char_start) AS figures
  FROM lake.figures
  WHERE claim_id IS NOT NULL
  GROUP BY claim_id
)
SELECT c.published_date, coalesce(c.speaker_name, c.speaker) AS speaker, c.speaker_kind,
       c.speaker_country AS speaker_country, c.surface AS quote, c.cue,
       c.addressee, c.said_start, c.said_end, coalesce(n.figures, []) AS figures, c.continues,
       a.publisher, a.source, a.title, a.url, a.story_id, c.article_id, c.claim_id,
       c.speaker_entity_id, c.sentence
FROM lake.claims AS c
JOIN lake.articles AS a ON a.article_id = c.article_id
LEFT JOIN numbers AS n ON n.claim_id = c.claim_id
WHERE c.kind = 'direct'
""",
    question="What was said word for word, by whom?",
    day="published_date",
    order="published_date DESC, article_id, claim_id",
)
