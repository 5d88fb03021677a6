"""Which questions have a page, and what does each show first?"""

from __future__ import annotations

from pages.questions import coming, counting, giving, happenings, others, speakers
from pages.questions.question import Question

_FIGURE = ("article_id", "figure_id")

#: In the order in which they are listed, the most asked first.
QUESTIONS: tuple[Question, ...] = (
    Question(
        "latest_counts",
        (
            "value",
            "counts",
            "place",
            "claimed_by",
            "day",
            "cumulative",
            "earlier_value",
            "sentence",
        ),
        select="f.surface AS said",
        joins="LEFT JOIN figures AS f ON f.figure_id = v.figure_id",
        marks={"value": _FIGURE},
        sentences={"sentence": "said"},
        heads={"value": "number", "earlier_value": "earlier number of the same"},
        charts=counting.latest,
    ),
    Question(
        "count_timeline",
        (
            "day",
            "counts",
            "place",
            "cumulative",
            "lowest",
            "highest",
            "latest",
            "claimed_by",
            "stories",
            "sentence",
        ),
        select="f.article_id, f.surface AS said, f.sentence",
        joins="LEFT JOIN figures AS f ON f.figure_id = v.figure_id",
        marks={"latest": _FIGURE},
        sentences={"sentence": "said"},
        heads={"claimed_by": "who gives the latest"},
        charts=counting.over_time,
    ),
    Question(
        "conflicting_counts",
        (
            "counts",
            "place",
            "day",
            "times",
            "lower_value",
            "lower_by",
            "lower_sentence",
            "higher_value",
            "higher_by",
            "higher_sentence",
        ),
        select="l.article_id AS lower_article, h.article_id AS higher_article, "
        "l.surface AS lower_said, h.surface AS higher_said",
        joins="LEFT JOIN figures AS l ON l.figure_id = v.lower_figure_id "
        "LEFT JOIN figures AS h ON h.figure_id = v.higher_figure_id",
        marks={
            "lower_value": ("lower_article", "lower_figure_id"),
            "higher_value": ("higher_article", "higher_figure_id"),
        },
        sentences={"lower_sentence": "lower_said", "higher_sentence": "higher_said"},
        heads={
            "times": "times as high",
            "lower_value": "lower",
            "higher_value": "higher",
            "lower_by": "who says the lower",
            "higher_by": "who says the higher",
            "lower_sentence": "sentence of the lower",
            "higher_sentence": "sentence of the higher",
        },
        charts=counting.conflicts,
    ),
    Question(
        "scheduled",
        ("day", "time", "event_type", "predicate", "said_by", "published_date", "sentence"),
        select="strftime(v.day, '%Y-%m') || CASE WHEN v.day >= n.newest THEN ' ahead' ELSE '' END "
        "AS month",
        joins="CROSS JOIN (SELECT max(published_date) AS newest FROM articles) AS n",
        marks={"time": ("article_id", "date_id"), "predicate": ("article_id", "event_id")},
        sentences={"sentence": "time"},
        heads={"event_type": "what", "predicate": "in the words", "agent": "who"},
        order="v.day < n.newest, abs(v.day - n.newest)",
        group="month",
        charts=coming.scheduled,
    ),
    Question(
        "claims_by_source",
        (
            "speaker",
            "speaker_kind",
            "speaker_country",
            "stories",
            "claims",
            "quoted",
            "figures",
            "last_date",
            "latest",
        ),
        select="c.article_id",
        joins="LEFT JOIN claims AS c ON c.claim_id = v.latest_claim_id",
        names={"speaker": "speaker_entity_id"},
        marks={"latest": ("article_id", "latest_claim_id")},
        sentences={"latest": None},
        heads={"last_date": "last on", "latest": "what they said last"},
        charts=speakers.claims,
    ),
    Question(
        "quotes",
        ("published_date", "speaker", "speaker_kind", "quote", "figures", "publisher"),
        names={"speaker": "speaker_entity_id"},
        marks={"quote": ("article_id", "claim_id")},
        sentences={"quote": None},
        heads={"figures": "numbers in it"},
        charts=speakers.quotes,
    ),
    Question(
        "transfers",
        (
            "published_date",
            "event_type",
            "giver",
            "receiver",
            "surface",
            "thing",
            "purpose",
            "modality",
            "said_by",
            "sentence",
        ),
        marks={"surface": _FIGURE, "event_type": ("article_id", "event_id")},
        sentences={"sentence": "surface"},
        heads={"event_type": "kind", "surface": "sum or number", "modality": "stated as"},
        charts=giving.transfers,
    ),
    Question(
        "events_per_day",
        (
            "day",
            "category",
            "nationality",
            "place",
            "place_country",
            "lowest",
            "highest",
            "figures",
            "stories",
            "sentence",
        ),
        select="n.article_id, n.figure_id, n.sentence, n.said",
        joins="""LEFT JOIN (
          SELECT c.day, c.day_from, c.category, c.nationality, c.place, c.place_region,
                 c.place_country, c.article_id, c.figure_id, c.sentence, f.surface AS said
          FROM count_claims AS c
          JOIN figures AS f ON f.figure_id = c.figure_id
          WHERE c.cumulative IS NOT TRUE AND c.since = c.day
          QUALIFY row_number() OVER (
            PARTITION BY c.day, c.day_from, c.category, c.nationality, c.place, c.place_region,
                         c.place_country
            ORDER BY coalesce(c.value_high, c.value_low) DESC, c.figure_id) = 1
        ) AS n
          ON n.day = v.day AND n.day_from = v.day_from AND n.category = v.category
         AND n.nationality IS NOT DISTINCT FROM v.nationality
         AND n.place IS NOT DISTINCT FROM v.place
         AND n.place_region IS NOT DISTINCT FROM v.place_region
         AND n.place_country IS NOT DISTINCT FROM v.place_country""",
        marks={"highest": _FIGURE},
        sentences={"sentence": "said"},
        heads={"figures": "statements", "sentence": "sentence of the highest"},
        charts=happenings.per_day,
    ),
    Question(
        "latest_troop_counts",
        ("value", "nationality", "place", "attributed_to", "as_of_end", "statements", "sentence"),
        select="f.surface AS said",
        joins="LEFT JOIN figures AS f ON f.figure_id = v.figure_id",
        marks={"value": _FIGURE},
        sentences={"sentence": "said"},
        heads={"value": "number", "as_of_end": "as of"},
    ),
    Question(
        "count_claims",
        ("day", "value", "counts", "place", "cumulative", "claimed_by", "sentence"),
        select="f.surface AS said",
        joins="LEFT JOIN figures AS f ON f.figure_id = v.figure_id",
        marks={"value": _FIGURE},
        sentences={"sentence": "said"},
        heads={"value": "number"},
    ),
    Question(
        "figure_details",
        (
            "published_date",
            "surface",
            "counted",
            "category",
            "place_name",
            "speaker_name",
            "modality",
            "sentence",
        ),
        marks={"surface": _FIGURE},
        sentences={"sentence": "surface"},
        heads={"modality": "stated as", "speaker_name": "who says so"},
        charts=others.figures,
    ),
    Question(
        "date_details",
        ("published_date", "surface", "date_start", "date_end", "type", "dated", "sentence"),
        select="list_transform(v.events, e -> e.predicate) AS dated",
        marks={"surface": ("article_id", "date_id")},
        sentences={"sentence": "surface"},
        heads={"date_start": "first day", "date_end": "last day", "dated": "what it dates"},
        charts=others.dates,
    ),
    Question(
        "event_dates",
        (
            "date_start",
            "surface",
            "event_type",
            "predicate",
            "agent",
            "patient",
            "place",
            "modality",
            "sentence",
        ),
        marks={"surface": ("article_id", "date_id"), "predicate": ("article_id", "event_id")},
        sentences={"sentence": "predicate"},
        heads={
            "date_start": "day",
            "event_type": "what",
            "predicate": "in the words",
            "agent": "who",
            "patient": "to whom or what",
            "modality": "stated as",
        },
        charts=others.dated_events,
    ),
    Question(
        "days_named",
        ("day", "articles", "stories", "expressions", "first_published", "last_published"),
        select="s.article_id, s.date_id",
        joins="""LEFT JOIN (
          SELECT date_start, article_id, date_id FROM dates WHERE date_start = date_end
          QUALIFY row_number() OVER (
            PARTITION BY date_start ORDER BY published_date DESC, date_id) = 1
        ) AS s ON s.date_start = v.day""",
        marks={"expressions": ("article_id", "date_id")},
        heads={"first_published": "first spoken of", "last_published": "last spoken of"},
        charts=others.days,
    ),
    Question(
        "entity_daily",
        ("day", "name", "entity_type", "country", "mentions", "articles", "stories", "sources"),
        names={"name": "entity_id"},
        heads={"entity_type": "kind"},
        charts=others.daily,
        most_of=("day", 20),
    ),
    Question(
        "entity_pairs",
        ("name_a", "name_b", "stories", "articles", "sentences", "last_date", "context"),
        select="m.mention_id, m.surface AS said, "
        r"regexp_replace(substring(a.text, greatest(m.char_start - 149, 1), 400), "
        r"CASE WHEN m.char_start > 149 THEN '^\S*\s+|\s+\S*$' ELSE '\s+\S*$' END, "
        r"' … ', 'g') AS context",
        joins="""LEFT JOIN (
          SELECT article_id, sentence_no, entity_id, min(mention_id) AS mention_id,
                 arg_min(surface, mention_id) AS surface,
                 arg_min(char_start, mention_id) AS char_start
          FROM mentions GROUP BY ALL
        ) AS m ON m.article_id = v.article_id AND m.sentence_no = v.sentence_no
              AND m.entity_id = v.entity_id_a
        LEFT JOIN articles AS a ON a.article_id = v.article_id""",
        names={"name_a": "entity_id_a", "name_b": "entity_id_b"},
        marks={"sentences": ("article_id", "mention_id")},
        sentences={"context": "said"},
        heads={
            "name_a": "the one",
            "name_b": "the other",
            "last_date": "last on",
            "context": "there",
        },
        charts=others.pairs,
    ),
    Question(
        "story_carriers",
        (
            "story",
            "part",
            "published_at",
            "hours_later",
            "publisher",
            "title",
            "repeated",
            "adds",
            "drops",
        ),
        select="coalesce(o.title, v.story_id) AS story",
        joins="LEFT JOIN articles AS o ON o.article_id = v.story_id",
        marks={"title": ("article_id", "")},
        heads={
            "published_at": "published",
            "hours_later": "hours later",
            "repeated": "figures repeated",
            "adds": "figures added",
            "drops": "figures left out",
            "part": "role",
        },
        group="story",
        charts=others.carriers,
    ),
    Question(
        "source_health",
        (
            "source",
            "path",
            "state",
            "last_read",
            "last_success",
            "last_new",
            "failures",
            "trouble",
            "not_fetched",
        ),
        heads={"not_fetched": "addresses to ask again"},
    ),
    Question(
        "quality_summary",
        (
            "run_id",
            "table_name",
            "expectations",
            "passed",
            "failed",
            "broke",
            "rows_checked",
            "rows_quarantined",
        ),
    ),
)
