"""Which times are spoken of, in which sentence, and what do they date?"""

from __future__ import annotations

from warehouse.views.view import View

DATE_DETAILS = View(
    "date_details",
    "Every time in a text with its sentence and the events that it dates.",
    {
        "date_id": "dates.date_id",
        "article_id": "the article",
        "published_date": "day of publication",
        "surface": "the time as written",
        "type": "TIMEX3 type",
        "value": "TIMEX3 value",
        "date_start": "first day it points to; null if it names no calendar time",
        "date_end": "last day, inclusive",
        "granularity": "size of what it points to",
        "direction": "where it lies from its anchor",
        "rule": "which rule read it",
        "events": "the events that it dates: type, word, agent, patient, place, modality, "
        "event_id, and the rules that read them, which say how the time is tied to it",
        "figures": "the quantities whose day it gives, as written with what is counted",
        "publisher": "name of the publisher",
        "source": "name of the source it was read from",
        "title": "headline of the article",
        "url": "canonical URL of the article",
        "story_id": "the earliest article that carries the same story",
        "sentence": "the sentence it stands in: the evidence",
    },
    """
WITH happening AS (
  SELECT date_id,
         list({'event_type': event_type, 'predicate': predicate, 'agent': agent,
               'patient': patient, 'place': place, 'modality': modality,
               'event_id': event_id, 'rule': rule}
              ORDER BY char_start, event_id) AS events
  FROM lake.events
  WHERE date_id IS NOT NULL
  GROUP BY date_id
),
counted AS (
  SELECT as_of_date_id AS date_id,
         list(concat_ws(' ', surface, counted) ORDER BY char_start) AS figures
  FROM lake.figures
  WHERE as_of_date_id IS NOT NULL
  GROUP BY as_of_date_id
)
SELECT d.date_id, d.article_id, d.published_date, d.surface, d.type, d.value, d.date_start,
       d.date_end, d.granularity, d.direction, d.rule, coalesce(h.events, []) AS events,
       coalesce(n.figures, []) AS figures, a.publisher, a.source, a.title, a.url, a.story_id,
       d.sentence
FROM lake.dates AS d
JOIN lake.articles AS a ON a.article_id = d.article_id
LEFT JOIN happening AS h ON h.date_id = d.date_id
LEFT JOIN counted AS n ON n.date_id = d.date_id
""",
    question="Which times are spoken of, in which sentence, and what do they date?",
    day="date_start",
    order="published_date DESC, article_id, date_id",
)
