"""Which counts of the same thing, place and days do not agree, and who gives them?"""

from __future__ import annotations

from warehouse.views.view import View

CONFLICTING_COUNTS = View(
    "conflicting_counts",
    "Pairs of counts of the same category, kind, side and place (or in one story, without a "
    "place), both totals or both not, on days that overlap, by two speakers, that do not agree. "
    "Numbers agree where their ranges meet, a tenth to each side where one is only about, and a "
    "fortieth for rounding. A toll that is told later and higher is an update and no conflict. In "
    "a whole country much may happen on a day: there only totals are compared, and what one "
    "article sets against each other. Not of the author's own voice; of things and attacks only "
    "where it is said what happens to them.",
    {
        "category": "what was counted and what happened to it",
        "kind": "which of them: the lemma of the counted noun; people where it says no more",
        "nationality": "ISO 3166-1 alpha-3 of the side counted; null if the text does not say",
        "place": "canonical name of the place, else as written; null if none is given",
        "place_region": "the first-level subdivision that it is or lies in",
        "place_country": "ISO 3166-1 alpha-3 of the place",
        "cumulative": "true: totals so far; false or null: new numbers, or the text does not say",
        "day": "the last day of those on which both held",
        "lower_value": "the lower number",
        "lower_by": "who states it",
        "lower_kind": "kind of speaker",
        "higher_value": "the higher number",
        "higher_by": "who states that",
        "higher_kind": "kind of speaker",
        "difference": "how far apart they are",
        "times": "how many times the lower the higher is",
        "same_article": "whether one article states both",
        "lower_sentence": "the sentence of the lower: the evidence",
        "higher_sentence": "the sentence of the higher",
        "lower_published": "day of publication of the lower",
        "higher_published": "day of publication of the higher",
        "lower_figure_id": "the lower's row in figures",
        "higher_figure_id": "the higher's",
    },
    """
WITH counted AS (
  SELECT n.*, e.event_type,
         CASE n.qualifier WHEN 'about' THEN value_low * 0.9 WHEN 'at_most' THEN 0
                        WHEN 'less_than' THEN 0 ELSE value_low * 0.975 END AS from_number,
         CASE qualifier WHEN 'about' THEN value_high * 1.1 WHEN 'at_least' THEN 'infinity'::DOUBLE
                        WHEN 'more_than' THEN 'infinity'::DOUBLE
                        ELSE value_high * 1.025 END AS to_number,
         place_region IS NULL AND n.place_country IS NOT NULL AS whole_country
  FROM count_claims AS n
  LEFT JOIN lake.events AS e ON e.event_id = n.event_id
  WHERE category NOT IN ('people', 'places', 'other') AND claimed_by_kind <> 'publisher'
    AND day IS NOT NULL AND day - since <= 7
)
SELECT lower.category, lower.kind, lower.nationality, lower.place, lower.place_region,
       lower.place_country,
       lower.cumulative, least(lower.day, higher.day) AS day,
       coalesce(lower.value, lower.value_high) AS lower_value, lower.claimed_by AS lower_by,
       lower.claimed_by_kind AS lower_kind,
       coalesce(higher.value, higher.value_low) AS higher_value,
       higher.claimed_by AS higher_by, higher.claimed_by_kind AS higher_kind,
       coalesce(higher.value, higher.value_low) - coalesce(lower.value, lower.value_high)
         AS difference,
       round(coalesce(higher.value, higher.value_low)
             / nullif(coalesce(lower.value, lower.value_high), 0), 2) AS times,
       lower.article_id = higher.article_id AS same_article,
       lower.sentence AS lower_sentence, higher.sentence AS higher_sentence,
       lower.published_date AS lower_published, higher.published_date AS higher_published,
       lower.figure_id AS lower_figure_id, higher.figure_id AS higher_figure_id
FROM counted AS lower
JOIN counted AS higher
  ON higher.place_key = lower.place_key AND higher.category = lower.category
 AND higher.kind = lower.kind AND higher.claimed_key <> lower.claimed_key
 AND higher.nationality IS NOT DISTINCT FROM lower.nationality
 AND (higher.cumulative IS TRUE) = (lower.cumulative IS TRUE)
 AND lower.to_number < higher.from_number
WHERE (higher.event_type = lower.event_type
       OR lower.category IN ('killed', 'wounded', 'casualties', 'captured', 'missing', 'detained',
                             'displaced', 'troops'))
  AND CASE WHEN lower.cumulative THEN higher.day = lower.day
           ELSE higher.since <= lower.day AND lower.since <= higher.day END
  AND (lower.cumulative OR NOT lower.whole_country OR lower.article_id = higher.article_id)
  AND (lower.article_id = higher.article_id OR lower.published_date >= higher.published_date)
  AND NOT contains(lower(lower.claimed_by), lower(higher.claimed_by))
  AND NOT contains(lower(higher.claimed_by), lower(lower.claimed_by))
""",
    question="Which counts of the same thing, place and days do not agree, and who gives them?",
    day="day",
    order="times DESC, difference DESC, lower_figure_id, higher_figure_id",
)
