"""Reference tables that have become part of another, as views under their old names."""

from __future__ import annotations

from warehouse.views.view import View

REFERENCE_VIEWS: tuple[View, ...] = (
    View(
        "ref_time_zones",
        "Abbreviations of time zones that texts are read to name; part of ref_zones.",
        {"zone": "the abbreviation", "offset": "from UTC; null where it changes over the year"},
        """
SELECT abbreviation AS zone, "offset"
FROM lake.ref_zones
WHERE usual = 'yes' AND in_text = 'yes'
""",
    ),
    View(
        "ref_category_words",
        "Words that decide the category of a count; part of ref_event_words and ref_counted_words.",
        {
            "word": "the lemma",
            "kind": "noun, verb, or complement: what the counted was found or left (dead)",
            "category": "the category of figures",
        },
        """
SELECT word, CASE part WHEN 'adjective' THEN 'complement' ELSE part END AS kind, category
FROM lake.ref_event_words
WHERE category IS NOT NULL
UNION ALL
SELECT word, 'noun', category
FROM lake.ref_counted_words
""",
    ),
)
