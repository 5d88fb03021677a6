"""How many of whom or what are counted where, when and by whom?"""

from __future__ import annotations

from warehouse.views.view import View

COUNT_CLAIMS = View(
    "count_claims",
    "Every count that is stated as fact and has a number, once a story: with who states it, the "
    "side and the place as they can be compared between articles. Not of: what is said again, "
    "in the article or by another carrier of its story, conversions, rates, a part of what is "
    "counted elsewhere (two of the dead).",
    {
        "figure_id": "figures.figure_id",
        "article_id": "the article",
        "story_id": "the earliest article that carries the same story",
        "char_start": "where it starts in articles.text",
        "published_date": "day of publication",
        "published_at": "time of publication, UTC",
        "category": "what was counted and what happened to it",
        "kind": "which of them: the lemma of the counted noun; people where it says no more than "
        "that they are people, or names their nation",
        "nationality": "ISO 3166-1 alpha-3 of the side counted; null if the text does not say",
        "place": "canonical name of the place, else the place as written; null if none is given",
        "place_region": "the first-level subdivision that it is or lies in",
        "place_country": "ISO 3166-1 alpha-3 of the place",
        "place_key": "equal where the place is the same; of its own for each story without one",
        "value": "the number; the midpoint of a range",
        "value_low": "lower end; null if open",
        "value_high": "upper end; null if open",
        "qualifier": "how the number is meant",
        "cumulative": "true: a total so far; false: new; null where the text does not say",
        "day": "the last day on which it held, where the text gives one, else that of publication",
        "since": "the first day",
        "day_from": "text, or publication where the text gives no day",
        "claimed_by": "who states it, by the fullest name; the publisher where it is in the "
        "author's own voice",
        "claimed_by_kind": "kind of speaker; publisher for the author's own voice",
        "claimed_by_country": "ISO 3166-1 alpha-3 of the speaker or of who they speak for",
        "claimed_key": "equal where the speaker is the same; of its own for each story's unnamed",
        "event_id": "the event that it belongs to",
        "publisher": "name of the publisher",
        "source": "name of the source it was read from",
        "url": "canonical URL of the article",
        "sentence": "the sentence it stands in: the evidence",
    },
    """
SELECT f.figure_id, f.article_id, a.story_id, f.char_start, f.published_date, a.published_at,
       f.category,
       CASE WHEN f.counted_head IS NULL
                 OR f.counted_head IN ('person', 'people', 'life', 'victim', 'casualty', 'fatality',
                                       'death', 'dead', 'body', 'other', 'individual')
                 OR (f.category = 'troops'
                     AND f.counted_head IN ('troop', 'soldier', 'force', 'personnel', 'man',
                                            'serviceman', 'member'))
                 OR (f.nationality IS NOT NULL AND contains(  -- 40 Palestinians
                   f.counted, upper(f.counted_head[1]) || f.counted_head[2:]))
            THEN 'people' ELSE f.counted_head END AS kind,
       f.nationality, coalesce(spot.name, f.place) AS place, spot.region AS place_region,
       coalesce(spot.country, f.place_country) AS place_country,
       coalesce(f.place_entity_id, lower(f.place), 'story ' || a.story_id) AS place_key,
       f.value, f.value_low, f.value_high, f.qualifier, f.cumulative,
       coalesce(f.as_of_end, f.published_date) AS day,
       coalesce(f.as_of_start, f.published_date) AS since,
       CASE WHEN f.as_of_start IS NULL THEN 'publication' ELSE 'text' END AS day_from,
       coalesce(c.speaker_name, c.speaker, a.publisher, a.source) AS claimed_by,
       coalesce(c.speaker_kind, 'publisher') AS claimed_by_kind,
       c.speaker_country AS claimed_by_country,
       CASE WHEN c.claim_id IS NULL THEN 'publisher ' || lower(coalesce(a.publisher, a.source))
            WHEN c.speaker_entity_id IS NOT NULL THEN c.speaker_entity_id
            WHEN c.speaker_name IS NOT NULL THEN lower(c.speaker_name)
            ELSE lower(c.speaker) || ' of story ' || a.story_id END AS claimed_key,
       f.event_id, a.publisher, a.source, a.url, f.sentence
FROM lake.figures AS f
ANTI JOIN lake.repeats AS again ON again.figure_id = f.figure_id
JOIN lake.articles AS a ON a.article_id = f.article_id
LEFT JOIN lake.claims AS c ON c.claim_id = f.claim_id
LEFT JOIN lake.entities AS spot
  ON spot.article_id = f.article_id AND spot.entity_id = f.place_entity_id
 AND spot.entity_type IN ('GPE', 'LOC', 'FAC', 'NORP', 'ORG')
WHERE f.unit_type = 'count' AND f.unit = '1' AND f.per IS NULL AND f.modality = 'actual'
  AND f.restates IS NULL AND f.conversion_of IS NULL
  AND coalesce(f.value, f.value_low, f.value_high) IS NOT NULL
  AND NOT (  -- where the sentence has the number once: else it is not known which is meant
    len(string_split(f.sentence, f.surface)) = 2
    AND regexp_matches(string_split(f.sentence, f.surface)[2],
                       '^ of (the|those|these|them|whom|which|its|his|her|their|our|all)\\b'))
""",
    question="How many of whom or what are counted where, when and by whom?",
    day="day",
    order="day DESC, category, place, article_id, figure_id",
)
