"""What is said to happen when, from the day of publication on?"""

from __future__ import annotations

from warehouse.views.view import View

SCHEDULED = View(
    "scheduled",
    "What is said to come: every time that lies on or after the day of publication and is no mere "
    "now, with the event that it dates, where one is read. What has been denied is left out.",
    {
        "day": "first day that it is said for",
        "until": "last day",
        "granularity": "how precise the time is: day, week, month ...",
        "time": "the time as written",
        "mod": "TIMEX3 modifier: where the time is a limit, such as ON_OR_BEFORE (by Friday)",
        "event_type": "what is to happen: a type of ref_event_types; null where no event is read",
        "predicate": "the event's word",
        "agent": "who does it, as written",
        "patient": "whom or what it happens to, as written",
        "place": "where, as written",
        "modality": "how sure it is; null where no event is read",
        "said_by": "who says so, where somebody does",
        "days_ahead": "days from publication to its first day",
        "published_date": "day of publication",
        "publisher": "name of the publisher",
        "source": "name of the source it was read from",
        "title": "headline of the article",
        "url": "canonical URL of the article",
        "story_id": "the earliest article that carries the same story",
        "article_id": "the article",
        "date_id": "the row of dates",
        "event_id": "the event",
        "sentence": "the sentence it stands in: the evidence",
    },
    """
WITH told AS (
  SELECT d.date_id, c.claim_id, c.speaker_name, c.speaker
  FROM lake.dates AS d
  JOIN lake.claims AS c
    ON c.article_id = d.article_id AND c.char_start <= d.char_start AND d.char_end <= c.char_end
  QUALIFY row_number() OVER (
    PARTITION BY d.date_id ORDER BY c.char_end - c.char_start, c.claim_id
  ) = 1
)
SELECT d.date_start AS day, d.date_end AS until, d.granularity, d.surface AS "time", d.mod,
       e.event_type, e.predicate, e.agent, e.patient, e.place, e.modality,
       coalesce(t.speaker_name, t.speaker) AS said_by,
       d.date_start - d.published_date AS days_ahead,
       d.published_date, a.publisher, a.source, a.title, a.url, a.story_id, d.article_id, d.date_id,
       e.event_id, coalesce(e.sentence, d.sentence) AS sentence
FROM lake.dates AS d
JOIN lake.articles AS a ON a.article_id = d.article_id
LEFT JOIN lake.events AS e ON e.date_id = d.date_id
LEFT JOIN told AS t ON t.date_id = d.date_id
WHERE d.type IN ('DATE', 'TIME') AND d.granularity <> 'century' AND d.granularity <> 'decade'
  AND d.date_start >= d.published_date
  AND (d.date_start > d.published_date OR d.direction = 'future'
       OR e.modality IN ('planned', 'possible'))
  AND e.modality IS DISTINCT FROM 'denied'
""",
    question="What is said to happen when, from the day of publication on?",
    day="day",
    order="day, until, article_id, date_id, event_id",
)
