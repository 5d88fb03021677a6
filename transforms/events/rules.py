"""What the readers of clauses call things: how sure a clause is and why, how a phrase is tied."""

from __future__ import annotations

from typing import Literal

#: What the parser attached wrongly (mending.py).
Mending = Literal[
    "elided_verb", "gapped", "distributed", "recipient", "counted_with", "on_border",
    "next_subject", "after_relative", "after_day", "auxiliary", "local_time",
]  # fmt: skip

#: What a way over the parse crosses; "" for what has no name.
Step = Literal[
    "",
    "shared",
    "listed",
    "reported",
    "clause_of",
    "own_clause",
    "main_clause",
    "subordinate",
    "event_noun",
    "following",
]

#: How the phrase of a place is tied to its sentence.
Form = Literal["prep", "possessive", "modifier", "subject", "object"]

#: Whether a thing is stated as fact, and what tells that it is not.
Modality = Literal["actual", "planned", "possible", "denied"]
Ground = Literal["", "rejected", "negated", "demand", "plan", "condition", "modal", "future"]

#: What tells whose the counted are.
Siding = Literal["phrase", "listed", "actor", "level"]

#: How a text names who says so.
Saying = Literal["reported", "quoted", "according", "estimate"]
