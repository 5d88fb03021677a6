"""Views of days and of the times that events have."""

from __future__ import annotations

from warehouse.views.view import View

DAYS_NAMED = View(
    "days_named",
    "How often each calendar day is spoken of.",
    {
        "day": "calendar day",
        "articles": "how many articles speak of it",
        "stories": "how many stories these carry",
        "expressions": "how many expressions point to exactly this day",
        "first_published": "first day of publication of such an article",
        "last_published": "last day of publication of such an article",
    },
    """
SELECT d.date_start AS day, count(DISTINCT d.article_id) AS articles,
       count(DISTINCT a.story_id) AS stories, count(*) AS expressions,
       min(d.published_date) AS first_published, max(d.published_date) AS last_published
FROM lake.dates AS d
JOIN lake.articles AS a ON a.article_id = d.article_id
WHERE d.date_start = d.date_end
GROUP BY ALL
""",
    question="Which days are spoken of most?",
    day="day",
    order="articles DESC, day",
)

EVENT_DATES = View(
    "event_dates",
    "The expressions of time that say when events happen, each with its event and its sentence.",
    {
        "date_id": "the row of dates",
        "surface": "the time as written",
        "date_start": "first day it points to",
        "date_end": "last day, inclusive",
        "event_id": "the event that it dates",
        "event_type": "what happens: a type of ref_event_types",
        "predicate": "the event's word",
        "agent": "who does it, as written",
        "patient": "whom or what it happens to, as written",
        "place": "where, as written",
        "modality": "whether it is stated as fact",
        "published_date": "day of publication",
        "article_id": "the article",
        "sentence": "the sentence that the event stands in: the evidence",
    },
    """
SELECT d.date_id, d.surface, d.date_start, d.date_end, e.event_id, e.event_type, e.predicate,
       e.agent, e.patient, e.place, e.modality, e.published_date, e.article_id, e.sentence
FROM lake.events AS e
JOIN lake.dates AS d ON d.date_id = e.date_id
""",
    question="Which events does this time date?",
    day="date_start",
    order="date_start, event_id",
)
