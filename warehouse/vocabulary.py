"""The closed sets of values that columns may hold."""

from __future__ import annotations

ENTITY_TYPES = (
    "PERSON",
    "NORP",
    "FAC",
    "ORG",
    "GPE",
    "LOC",
    "PRODUCT",
    "EVENT",
    "WORK_OF_ART",
    "LAW",
)
LINK_STATUSES = ("linked", "local", "ambiguous")

QUALIFIERS = (
    "exact",
    "about",
    "at_least",
    "more_than",
    "at_most",
    "less_than",
    "between",
    "vague",
)
CHANGES = ("none", "up", "down")
UNIT_TYPES = (
    "count",
    "money",
    "percent",
    "ratio",
    "length",
    "area",
    "mass",
    "volume",
    "speed",
    "duration",
    "age",
    "temperature",
    "energy",
    "power",
    "pressure",
    "frequency",
    "data",
    "angle",
    "other",
)
#: Categories of counts in which people are counted, and those of them to whom something happened.
PEOPLE = (
    "troops",
    "killed",
    "wounded",
    "casualties",
    "captured",
    "missing",
    "detained",
    "displaced",
    "people",
)
HARMED = frozenset(PEOPLE) - {"troops", "people"}
#: What was counted and what happened to it: people first, then things.
CATEGORIES = (
    *PEOPLE,
    "equipment",
    "munitions",
    "attacks",
    "places",
    "other",
)
CLAIM_KINDS = ("direct", "indirect", "according_to", "estimate")
SPEAKER_KINDS = (
    "person",
    "government",
    "military",
    "police",
    "organisation",
    "company",
    "medium",
    "document",
    "unnamed",
)
MODALITIES = ("actual", "planned", "possible", "denied")

DATE_TYPES = ("DATE", "TIME", "DURATION", "SET")
DATE_MODS = (
    "START",
    "MID",
    "END",
    "APPROX",
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
)
GRANULARITIES = (
    "time",
    "day",
    "week",
    "month",
    "quarter",
    "season",
    "half",
    "year",
    "decade",
    "century",
)
DIRECTIONS = ("past", "present", "future")

#: Why an input became no article.
REJECT_REASONS = (
    "empty",
    "binary",
    "encoding",
    "truncated",
    "unreadable",
    "malformed",
    "no_text",
    "too_large",
    "too_long",
    "too_many_tags",
    "too_many_attributes",
    "too_many_lines",
    "too_deep",
    "too_slow",
    "not_fetched",
    "gone",
    "forbidden",
    "failed",
)
RUN_STATUSES = ("done", "failed", "broke", "interrupted")
#: What came of a correction.
CORRECTION_STATUSES = (
    "applied",
    "quarantined",
    "obsolete",
    "waiting",
    "withdrawn",
    "unmatched",
)
