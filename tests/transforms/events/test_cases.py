"""Where, when, whose, by whom and how sure: sentences of our own, each for a construction."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pytest

from tests.transforms.events.apart_cases import CASES as APART_CASES
from tests.transforms.events.cases import CASES, Case
from tests.transforms.events.fate_cases import CASES as FATE_CASES
from tests.transforms.events.more_cases import CASES as MORE_CASES
from tests.transforms.events.scene_cases import CASES as SCENE_CASES
from tests.transforms.events.story_cases import CASES as STORY_CASES
from tests.transforms.events.sure_cases import CASES as SURE_CASES
from transforms.dates import read_dates
from transforms.entities import read_entities
from transforms.figures import read_figures
from transforms.model import Article
from transforms.parse import parse

PUBLISHED = dt.date(2025, 6, 12)


@cache
def rows(text: str) -> tuple[dict[str, Any], ...]:
    article = Article("0" * 16, "test", "0" * 64, text, "0" * 16, published_date=PUBLISHED)
    parsed = parse(article)
    mentions, entities = read_entities(parsed)
    return tuple(read_figures(parsed, read_dates(parsed), mentions, entities))


def holds(row: dict[str, Any], column: str, expected: Any) -> bool:
    if column == "as_of":
        found = row["as_of_start"] and (str(row["as_of_start"]), str(row["as_of_end"]))
        return bool(found == expected)
    if column == "place" and expected is not None:
        return expected in (row["place"] or "")
    return bool(row[column] == expected)


@pytest.mark.parametrize(
    "case",
    [*CASES, *MORE_CASES, *STORY_CASES, *SCENE_CASES, *FATE_CASES, *APART_CASES, *SURE_CASES],
    ids=lambda case: f"{case[0]}: {case[2]}",
)
def test_what_a_clause_says_of_a_figure(case: Case) -> None:
    _, text, surface, columns = case
    row = next((row for row in rows(text) if row["surface"] == surface), None)
    assert row is not None, [row["surface"] for row in rows(text)]
    wrong = {
        column: (row[column] if column in row else (row["as_of_start"], row["as_of_end"]))
        for column, expected in columns.items()
        if not holds(row, column, expected)
    }
    assert not wrong, row["rule"]
