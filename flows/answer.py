"""One question that a lake of news can answer, for the end of a run."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.lake import Lake
from warehouse.tables import Row

#: Questions that a lake of news may answer, best first: what is asked, and of which figures.
_QUESTIONS = (
    (
        "How many troops were reported, by whom, where and as of when?",
        "category = 'troops' AND attributed_to IS NOT NULL AND place IS NOT NULL",
    ),
    (
        "How many were killed, by whose account?",
        "category = 'killed' AND attributed_to IS NOT NULL",
    ),
    ("How much money, and for what?", "unit_type = 'money' AND subject IS NOT NULL"),
    ("What was counted, by whose account?", "counted IS NOT NULL AND attributed_to IS NOT NULL"),
    ("What was counted?", "counted IS NOT NULL"),
)
_COLUMNS = "value, qualifier, counted, attributed_to, place, as_of_start, as_of_end, sentence"
_MONEY = "value, qualifier, unit, subject, attributed_to, sentence"


@dataclass(frozen=True)
class Answer:
    """A question, its SQL as an analyst would write it, and the row that answers it."""

    question: str
    sql: str
    row: Row


def first_answer(lake: Lake) -> Answer | None:
    """The first question that the lake has an answer to."""
    for question, where in _QUESTIONS:
        columns = _MONEY if "money" in where else _COLUMNS
        asked = f"SELECT {columns} FROM {{}} WHERE {where} ORDER BY published_date DESC, figure_id"
        rows = lake.query(f"{asked.format('lake.figures')} LIMIT 1").to_pylist()
        if rows:
            return Answer(question, f"{asked.format('figures')} LIMIT 1", rows[0])
    return None
