"""Which figures are stated, of what, by whom, where and when?"""

from __future__ import annotations

from warehouse.views.view import View

FIGURE_DETAILS = View(
    "figure_details",
    "Every figure with the article that states it and the names of the entities it points to.",
    {
        "figure_id": "figures.figure_id",
        "article_id": "figures.article_id",
        "published_date": "day of publication",
        "published_at": "time of publication, UTC",
        "publisher": "name of the publisher",
        "source": "name of the source it was read from",
        "title": "headline of the article",
        "url": "canonical URL of the article",
        "surface": "the quantity as written",
        "value": "the number; the midpoint of a range; null if vague",
        "value_low": "lower end; null if open or vague",
        "value_high": "upper end; null if open or vague",
        "qualifier": "how the number is meant",
        "change": "whether it is a move, and which way",
        "unit_type": "dimension of the unit",
        "unit": "UCUM code; ISO 4217 code for money; 1 for counts",
        "unit_name": "English name of the unit",
        "counted": "the noun phrase counted",
        "counted_head": "lemma of its head",
        "subject": "what the quantity speaks of",
        "category": "what was counted and what happened to it",
        "nationality": "ISO 3166-1 alpha-3 of the side counted",
        "predicate": "lemma of the governing verb",
        "modality": "whether it is stated as fact",
        "attributed_to": "source of the claim as written",
        "attributed_name": "canonical name of that source",
        "place": "where it applies, as written",
        "place_name": "canonical name of the place",
        "place_country": "ISO 3166-1 alpha-3 of the place",
        "latitude": "of the place, degrees, WGS 84",
        "longitude": "of the place, degrees, WGS 84",
        "as_of_start": "first day on which it held, if the article says",
        "as_of_end": "last day on which it held, inclusive",
        "event_id": "the event that it belongs to",
        "event_type": "what happens in it: a type of ref_event_types",
        "agent": "who does it, as written",
        "patient": "whom or what it happens to, as written",
        "recipient": "who gets what is given, as written",
        "claim_id": "the claim that states it",
        "speaker_name": "who states it, by the fullest name the article has",
        "cumulative": "true: a total so far; false: new; null where the text does not say",
        "conversion_of": "the figure_id that it is in another unit",
        "restates": "the figure_id of the first statement of the same",
        "story_id": "the earliest article that carries the same story",
        "repeats": "the figure_id of the same statement by an earlier carrier of the story",
        "sentence_no": "number of the sentence in the article, from 0",
        "char_start": "where it starts in articles.text",
        "char_end": "where it ends, exclusive",
        "sentence": "the sentence it stands in: the evidence",
    },
    """
SELECT f.figure_id, f.article_id, f.published_date, a.published_at, a.publisher, a.source,
       a.title, a.url, f.surface, f.value, f.value_low, f.value_high, f.qualifier, f.change,
       f.unit_type, f.unit, f.unit_name, f.counted, f.counted_head, f.subject, f.category,
       f.nationality, f.predicate, f.modality, f.attributed_to, who.name AS attributed_name,
       f.place, spot.name AS place_name, spot.country AS place_country, spot.latitude,
       spot.longitude, f.as_of_start, f.as_of_end, f.event_id, e.event_type, e.agent, e.patient,
       e.recipient, f.claim_id, c.speaker_name, f.cumulative, f.conversion_of, f.restates,
       a.story_id, again.of_figure_id AS repeats, f.sentence_no, f.char_start, f.char_end,
       f.sentence
FROM lake.figures AS f
LEFT JOIN lake.articles AS a ON a.article_id = f.article_id
LEFT JOIN lake.repeats AS again ON again.figure_id = f.figure_id
LEFT JOIN lake.events AS e ON e.event_id = f.event_id
LEFT JOIN lake.claims AS c ON c.claim_id = f.claim_id
LEFT JOIN lake.entities AS who
  ON who.article_id = f.article_id AND who.entity_id = f.attributed_entity_id
LEFT JOIN lake.entities AS spot
  ON spot.article_id = f.article_id AND spot.entity_id = f.place_entity_id
""",
    question="Which figures are stated, of what, by whom, where and when?",
    day="published_date",
    order="published_date DESC, article_id, char_start",
)
