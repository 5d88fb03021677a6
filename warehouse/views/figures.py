"""Views of figures and of what is counted in them."""

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

LATEST_TROOP_COUNTS = View(
    "latest_troop_counts",
    "The latest statement of how many troops of each nationality are, or were, in each place: "
    "counts of category troops that are stated as fact and have a number. The latest is the one "
    "published last, among those the one that speaks of the latest day.",
    {
        "nationality": "ISO 3166-1 alpha-3 of the side counted; null if the text does not say",
        "place": "canonical name of the place, else the place as written; null if none is given",
        "value": "the number; the midpoint of a range",
        "value_low": "lower end; null if open",
        "value_high": "upper end; null if open",
        "qualifier": "how the number is meant",
        "counted": "the noun phrase counted",
        "attributed_to": "source of the claim as written; null in the author's own voice",
        "as_of_start": "first day on which it held, if the article says",
        "as_of_end": "last day on which it held",
        "published_date": "day of publication of the statement",
        "publisher": "who published it",
        "statements": "how many such statements the lake has for this nationality and place, each "
        "story's once",
        "sentence": "the sentence it stands in: the evidence",
        "url": "canonical URL of the article",
        "figure_id": "the statement's row in figures",
        "article_id": "the article",
    },
    """
SELECT f.nationality, coalesce(spot.name, f.place) AS place, f.value, f.value_low, f.value_high,
       f.qualifier, f.counted, f.attributed_to, f.as_of_start, f.as_of_end, f.published_date,
       a.publisher, count(*) FILTER (again.figure_id IS NULL) OVER side AS statements, f.sentence,
       a.url, f.figure_id, f.article_id
FROM lake.figures AS f
LEFT JOIN lake.articles AS a ON a.article_id = f.article_id
LEFT JOIN lake.repeats AS again ON again.figure_id = f.figure_id
LEFT JOIN lake.entities AS spot
  ON spot.article_id = f.article_id AND spot.entity_id = f.place_entity_id
WHERE f.category = 'troops' AND f.modality = 'actual'
  AND coalesce(f.value, f.value_low, f.value_high) IS NOT NULL
  AND f.restates IS NULL
WINDOW side AS (PARTITION BY f.nationality, coalesce(spot.name, f.place))
QUALIFY row_number() OVER (
  PARTITION BY f.nationality, coalesce(spot.name, f.place)
  ORDER BY f.published_date DESC NULLS LAST, a.published_at DESC NULLS LAST,
           f.as_of_end DESC NULLS LAST, f.article_id, f.char_start
) = 1
""",
    question="How many troops are where, by the latest statement?",
    day="published_date",
    order="published_date DESC, nationality, place",
)

EVENTS_PER_DAY = View(
    "events_per_day",
    "What is reported to have happened on each day: attacks, and people killed, wounded, "
    "captured, missing, detained or displaced. The day is the one the text gives, else the day of "
    "publication. Not of: longer times, totals so far, rates, what is said again in the article "
    "or by another carrier of its story.",
    {
        "day": "calendar day",
        "day_from": "text, or publication where the text gives no day",
        "category": "what happened",
        "nationality": "ISO 3166-1 alpha-3 of the side counted",
        "place": "canonical name of the place, else the place as written",
        "figures": "how many statements",
        "articles": "in how many articles",
        "stories": "in how many stories",
        "lowest": "the lowest number stated",
        "highest": "the highest number stated",
    },
    """
SELECT coalesce(f.as_of_start, f.published_date) AS day,
       CASE WHEN f.as_of_start IS NULL THEN 'publication' ELSE 'text' END AS day_from,
       f.category, f.nationality, coalesce(spot.name, f.place) AS place,
       count(*) AS figures, count(DISTINCT f.article_id) AS articles,
       count(DISTINCT a.story_id) AS stories, min(coalesce(f.value_low, f.value_high)) AS lowest,
       max(coalesce(f.value_high, f.value_low)) AS highest
FROM lake.figures AS f
ANTI JOIN lake.repeats AS again ON again.figure_id = f.figure_id
JOIN lake.articles AS a ON a.article_id = f.article_id
LEFT JOIN lake.entities AS spot
  ON spot.article_id = f.article_id AND spot.entity_id = f.place_entity_id
WHERE f.unit_type = 'count' AND f.unit = '1' AND f.modality = 'actual'
  AND f.category IN ('attacks', 'killed', 'wounded', 'casualties', 'captured', 'missing',
                     'detained', 'displaced')
  AND f.restates IS NULL AND f.conversion_of IS NULL AND f.cumulative IS NOT TRUE
  AND f.as_of_start IS NOT DISTINCT FROM f.as_of_end
  AND coalesce(f.as_of_start, f.published_date) IS NOT NULL
GROUP BY ALL
""",
    question="What is reported to have happened on each day?",
    day="day",
    order="day DESC, category, nationality, place",
)
