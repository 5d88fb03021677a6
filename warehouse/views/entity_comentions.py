"""Which pairs are named together, under the old name?"""

from __future__ import annotations

from warehouse.views.view import View

ENTITY_COMENTIONS = View(
    "entity_comentions",
    "The rows of entity_pairs under the name and with the columns that they had before.",
    {
        "entity_id_a": "the one entity",
        "name_a": "its name in the article that names it most",
        "entity_type_a": "OntoNotes label",
        "entity_id_b": "the other entity",
        "name_b": "its name in the article that names it most",
        "entity_type_b": "OntoNotes label",
        "articles": "how many articles name both in one sentence",
        "stories": "how many stories these carry",
        "sentences": "how many sentences name both",
        "first_date": "first day of publication of such an article",
        "last_date": "last day of publication of such an article",
    },
    """
SELECT entity_id_a, name_a, entity_type_a, entity_id_b, name_b, entity_type_b, articles, stories,
       sentences, first_date, last_date
FROM entity_pairs
""",
    question="",
    day="last_date",
    order="articles DESC, entity_id_a, entity_id_b",
)
