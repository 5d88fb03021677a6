"""The written rules: what a row must mean, beyond what its declaration says."""

from __future__ import annotations

from expectations.model import Pointer, Rule
from expectations.rules import articles, claims, dates, doubts, entities, events, figures, spans
from expectations.structure import pointer, references
from warehouse.tables import ARTICLE_TABLES, CLAIMS, DATES, ENTITIES, EVENTS, FIGURES, MENTIONS

RULES: tuple[Rule, ...] = (
    *articles.RULES,
    *spans.RULES,
    *entities.RULES,
    *dates.RULES,
    *claims.RULES,
    *events.RULES,
    *figures.RULES,
    *doubts.RULES,
)

_ENTITY_KEY = ENTITIES.key

#: Where rows point at rows: the declared references, and those that need two columns or words.
POINTERS: tuple[Pointer, ...] = (
    *(one for table in ARTICLE_TABLES for one in references(table)),
    pointer(MENTIONS, ("article_id", "entity_id"), ENTITIES.name, _ENTITY_KEY),
    pointer(FIGURES, ("article_id", "attributed_entity_id"), ENTITIES.name, _ENTITY_KEY),
    pointer(FIGURES, ("article_id", "place_entity_id"), ENTITIES.name, _ENTITY_KEY),
    *(
        pointer(EVENTS, ("article_id", f"{who}_entity_id"), ENTITIES.name, _ENTITY_KEY)
        for who in ("agent", "patient", "recipient", "place")
    ),
    pointer(CLAIMS, ("article_id", "speaker_entity_id"), ENTITIES.name, _ENTITY_KEY),
    pointer(FIGURES, ("conversion_of",), FIGURES.name, FIGURES.key),
    pointer(FIGURES, ("restates",), FIGURES.name, FIGURES.key),
    pointer(DATES, ("anchor",), DATES.name, DATES.key, besides=("publication",)),
)


def rules_of(table: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if rule.table == table)


def pointers_of(table: str) -> tuple[Pointer, ...]:
    return tuple(one for one in POINTERS if one.table == table)
