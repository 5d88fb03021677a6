"""Which events does this time date?"""

from __future__ import annotations

from warehouse.views.view import View

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
