"""Who gives, sells or sends what to whom, how much and what for?"""

from __future__ import annotations

from warehouse.views.view import View

TRANSFERS = View(
    "transfers",
    "Who gives, sells or sends what to whom: one row a gift, sale, purchase or transfer, and for "
    "each sum or number in it, once a story. Pronouns that are not resolved are null.",
    {
        "published_date": "day of publication",
        "event_type": "aid, transfer, sale, purchase or trafficking",
        "giver": "who gives or sells, by name, else as written",
        "giver_country": "ISO 3166-1 alpha-3 of the giver",
        "receiver": "who gets it; of a purchase who buys",
        "receiver_country": "ISO 3166-1 alpha-3 of the receiver",
        "thing": "what changes hands, as written; of a number what is counted",
        "value": "the sum or number; the midpoint of a range; null if none is given",
        "value_low": "lower end; null if open",
        "value_high": "upper end; null if open",
        "unit": "ISO 4217 code of money; 1 of counts; UCUM code",
        "unit_type": "money, count, mass ...",
        "surface": "the sum or number as written",
        "purpose": "what for, as written",
        "event_start": "first day on which it happens, if the article says",
        "event_end": "last day",
        "modality": "whether it is stated as fact",
        "cumulative": "true: a total so far; false: new; null where the text does not say",
        "said_by": "who says so, where somebody does",
        "publisher": "name of the publisher",
        "source": "name of the source it was read from",
        "url": "canonical URL of the article",
        "story_id": "the earliest article that carries the same story",
        "article_id": "the article",
        "event_id": "the event",
        "figure_id": "the sum or number's row in figures",
        "sentence": "the sentence it stands in: the evidence",
    },
    """
WITH deals AS MATERIALIZED (
  SELECT published_date, article_id, sentence_no, event_id, event_type, agent, agent_entity_id,
         patient, recipient, recipient_entity_id, purpose, event_start, event_end, modality,
         claim_id, sentence
  FROM lake.events
  WHERE event_type IN ('aid', 'transfer', 'sale', 'purchase', 'trafficking')
),
sums AS MATERIALIZED (
  SELECT f.event_id, f.figure_id, f.unit_type, f.unit, f.surface, f.counted, f.value, f.value_low,
         f.value_high, f.modality, f.cumulative, f.claim_id
  FROM lake.figures AS f
  SEMI JOIN deals AS d ON d.event_id = f.event_id
  ANTI JOIN lake.repeats AS again ON again.figure_id = f.figure_id
  WHERE f.restates IS NULL AND f.conversion_of IS NULL
    AND f.unit_type IN ('money', 'count', 'mass', 'volume')
),
given AS (
  SELECT d.*, d.patient IS NULL AND s.event_id IS NULL AS bare
  FROM deals AS d
  LEFT JOIN (SELECT DISTINCT event_id FROM sums) AS s ON s.event_id = d.event_id
),
whole AS (  -- "gave $2 billion in aid to Chad": the aid only says who gets what is given
  SELECT *, count(*) FILTER (NOT bare) OVER beside AS told,
         coalesce(recipient, max(recipient) FILTER (bare) OVER beside) AS getter,
         coalesce(recipient_entity_id, max(recipient_entity_id) FILTER (bare) OVER beside)
           AS getter_id
  FROM given
  WINDOW beside AS (PARTITION BY article_id, sentence_no)
),
named AS (
  SELECT * REPLACE (
           CASE WHEN told = 1 THEN getter ELSE recipient END AS recipient,
           CASE WHEN told = 1 THEN getter_id ELSE recipient_entity_id END AS recipient_entity_id,
           CASE WHEN lower(agent) NOT IN ('i', 'we', 'he', 'she', 'it', 'they') THEN agent END
             AS agent)
  FROM whole
  WHERE NOT bare OR told = 0
),
parties AS MATERIALIZED (
  SELECT e.article_id, e.entity_id, e.name, e.country
  FROM lake.entities AS e
  SEMI JOIN (
    SELECT article_id, agent_entity_id AS entity_id FROM named
    UNION
    SELECT article_id, recipient_entity_id FROM named
  ) AS p ON p.article_id = e.article_id AND p.entity_id = e.entity_id
)
SELECT e.published_date, e.event_type,
       CASE WHEN e.event_type <> 'purchase' THEN coalesce(giver.name, e.agent) END AS giver,
       CASE WHEN e.event_type <> 'purchase' THEN giver.country END AS giver_country,
       CASE WHEN e.event_type = 'purchase' THEN coalesce(giver.name, e.agent)
            WHEN lower(e.recipient) NOT IN ('me', 'us', 'him', 'her', 'it', 'them', 'he', 'they')
            THEN coalesce(receiver.name, e.recipient) END AS receiver,
       CASE WHEN e.event_type = 'purchase' THEN giver.country ELSE receiver.country END
         AS receiver_country,
       CASE WHEN f.unit_type = 'count' THEN coalesce(f.counted, e.patient) ELSE e.patient END
         AS thing,
       f.value, f.value_low, f.value_high, f.unit, f.unit_type, f.surface, e.purpose,
       e.event_start, e.event_end, coalesce(f.modality, e.modality) AS modality, f.cumulative,
       coalesce(c.speaker_name, c.speaker) AS said_by, a.publisher, a.source, a.url, a.story_id,
       e.article_id, e.event_id, f.figure_id, e.sentence
FROM named AS e
JOIN lake.articles AS a ON a.article_id = e.article_id
LEFT JOIN sums AS f
  ON f.event_id = e.event_id
 AND (f.unit_type = 'money' OR e.patient IS NULL OR contains(e.patient, f.surface))
 AND NOT coalesce(contains(e.recipient, f.surface), false)
LEFT JOIN lake.claims AS c ON c.claim_id = coalesce(f.claim_id, e.claim_id)
LEFT JOIN parties AS giver
  ON giver.article_id = e.article_id AND giver.entity_id = e.agent_entity_id
LEFT JOIN parties AS receiver
  ON receiver.article_id = e.article_id AND receiver.entity_id = e.recipient_entity_id
WHERE coalesce(e.agent, e.recipient) IS NOT NULL
""",
    question="Who gives, sells or sends what to whom, how much and what for?",
    day="published_date",
    order="published_date DESC, article_id, event_id, figure_id",
)
