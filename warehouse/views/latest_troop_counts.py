"""How many troops are where, by the latest statement?"""

from __future__ import annotations

from warehouse.views.view import View

LATEST_TROOP_COUNTS = View(
    "latest_troop_counts",
    "The latest statement of how many troops of each nationality are, or were, in each place, "
    "whoever makes it: the rows of count_claims of category troops. The latest is the one "
    "published last, among those the one that speaks of the latest day; one without a place stands "
    "for its story alone. latest_counts has one for each speaker.",
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
SELECT n.nationality, n.place, n.value, n.value_low, n.value_high, n.qualifier, f.counted,
       f.attributed_to, f.as_of_start, f.as_of_end, n.published_date, n.publisher,
       count(*) OVER side AS statements, n.sentence, n.url, n.figure_id, n.article_id
FROM count_claims AS n
JOIN lake.figures AS f ON f.figure_id = n.figure_id
WHERE n.category = 'troops'
WINDOW side AS (PARTITION BY n.nationality, n.place_key)
QUALIFY row_number() OVER (
  PARTITION BY n.nationality, n.place_key
  ORDER BY n.published_date DESC NULLS LAST, n.published_at DESC NULLS LAST,
           f.as_of_end DESC NULLS LAST, n.article_id, f.char_start
) = 1
""",
    question="How many troops are where, by the latest statement?",
    day="published_date",
    order="published_date DESC, nationality, place",
)
