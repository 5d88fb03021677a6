"""Structural expectations follow the declarations, in every direction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from expectations.rules import POINTERS
from expectations.structure import references, structure, types
from warehouse.columns import STRING
from warehouse.tables import (
    ARTICLE_TABLES,
    DATES,
    FIGURES,
    MENTIONS,
    TABLES,
    Column,
    Row,
    Table,
)

Story = dict[str, list[Row]]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_declared_promise_is_asked(table: Table) -> None:
    asked = {(one.name, one.column) for one in structure(table)}
    for column in table.columns:
        assert (("not_null", column.name) in asked) is not column.nullable
        assert (("allowed", column.name) in asked) is bool(column.allowed)
        assert (("pattern", column.name) in asked) is bool(column.pattern)
    assert ("unique", table.key[0] if len(table.key) == 1 else None) in asked
    assert {one.column for one in types(table)} == {None, *table.column_names}


def test_a_column_more_is_an_expectation_more() -> None:
    colour = Column("colour", STRING, "the colour", allowed=("red", "blue"), pattern="[a-z]+")
    wider = replace(MENTIONS, columns=(*MENTIONS.columns, colour))
    more = [one for one in structure(wider) if one not in structure(MENTIONS)]
    assert [(one.name, one.column) for one in more] == [
        ("not_null", "colour"),
        ("allowed", "colour"),
        ("pattern", "colour"),
    ]


def test_a_value_more_is_allowed() -> None:
    def allowed(table: Table) -> list[str]:
        (one,) = (e for e in structure(table) if e.name == "allowed" and e.column == "mod")
        values: list[str] = one.arguments["value_set"]
        return values

    mod = DATES["mod"]
    wider = replace(mod, allowed=(*mod.allowed, "NEVER"))
    columns = tuple(wider if column is mod else column for column in DATES.columns)
    assert allowed(replace(DATES, columns=columns)) == [*allowed(DATES), "NEVER"]


def test_every_declared_reference_is_followed() -> None:
    pointed = {(one.table, one.column, one.parent) for one in POINTERS}
    assert ("mentions", "article_id", "articles") in pointed
    assert ("figures", "as_of_date_id", "dates") in pointed
    for table in ARTICLE_TABLES:
        for one in references(table):
            assert (one.table, one.column, one.parent) in pointed


def test_a_reference_to_what_is_not_declared_is_refused() -> None:
    lost = Column("lost", STRING, "a lost thing", references="attic.thing_id")
    with pytest.raises(ValueError, match=r"figures\.lost references attic\.thing_id"):
        references(replace(FIGURES, columns=(*FIGURES.columns, lost)))


#: A value of a column that breaks the promise beside it.
BROKEN: list[tuple[str, str, Any, str]] = [
    ("mentions", "surface", None, "not_null"),
    ("mentions", "mention_id", "no digest", "pattern"),
    ("mentions", "mention_id", "0123456789abcdef\n", "pattern"),
    ("mentions", "mention_id", "0123456789abcdef0", "pattern"),
    ("figures", "qualifier", "perhaps", "allowed"),
    ("figures", "nationality", "slv", "pattern"),
    ("figures", "place_country", "Slovenia", "pattern"),
    ("figures", "as_of_date_id", "0123456789abcdef", "reference"),
    ("figures", "place_entity_id", "0123456789abcdef", "reference"),
    ("dates", "anchor", "0123456789abcdef", "reference"),
    ("dates", "article_id", "0123456789abcdef", "reference"),
    ("figures", "value", "many", "type"),
    ("figures", "sentence_no", 1.5, "type"),
    ("dates", "date_end", "2026-03-06", "type"),
    ("mentions", "surface", 7, "type"),
    ("mentions", "char_start", True, "type"),
    ("dates", "date_end", dt.datetime(2026, 3, 6), "type"),
    ("articles", "published_at", dt.datetime(2026, 3, 6, tzinfo=dt.UTC), "type"),
    ("articles", "authors", "Ana Vidmar", "type"),
    ("articles", "authors", [1], "type"),
    ("articles", "title", "lone \ud800", "type"),
]


def test_a_value_that_breaks_a_promise_is_quarantined(
    story: Callable[..., Story], joined: Callable[..., Story], check: Callable[..., Any]
) -> None:
    stories = [story(number) for number in range(len(BROKEN))]
    for rows, (table, column, value, _) in zip(stories, BROKEN, strict=True):
        rows[table][-1][column] = value
    ids = [rows["entities"][0]["article_id"] for rows in stories]
    checked = check(joined(*stories))
    assert not checked.broke
    found = {
        (q["article_id"], q["table_name"], q["expectation"], q["column_name"])
        for q in checked.quarantine
    }
    for article_id, (table, column, value, expectation) in zip(ids, BROKEN, strict=True):
        known = None if (table, column) == ("articles", "article_id") else article_id
        wanted = (value if column == "article_id" else known, table, expectation, column)
        assert wanted in found
        passed = checked.passed[table]["article_id"].tolist().count(article_id)
        assert passed == len(stories[0][table]) - 1, wanted


def test_a_mention_of_no_entity_is_quarantined(
    story: Callable[..., Story], check: Callable[..., Any]
) -> None:
    rows = story()
    rows["mentions"][0]["entity_id"] = "0123456789abcdef"
    (lost,) = (q for q in check(rows).quarantine if q["expectation"] == "reference")
    assert (lost["table_name"], lost["column_name"]) == ("mentions", "entity_id")
    assert lost["row_id"] == rows["mentions"][0]["mention_id"]


def test_rows_that_share_a_key_are_all_kept_back(
    story: Callable[..., Story], check: Callable[..., Any]
) -> None:
    rows = story()
    rows["figures"].append(dict(rows["figures"][0]))
    checked = check(rows)
    key = rows["figures"][0]["figure_id"]
    assert [(q["row_id"], q["expectation"]) for q in checked.quarantine] == [
        (key, "unique"),
        (f"{key}#2", "unique"),
    ]


def test_a_key_of_two_columns_is_unique(
    story: Callable[..., Story], check: Callable[..., Any]
) -> None:
    rows = story()
    rows["entities"].append(dict(rows["entities"][1]))
    checked = check(rows)
    unique = [q for q in checked.quarantine if q["expectation"] == "unique"]
    assert [q["table_name"] for q in unique] == ["entities", "entities"]
    assert len(checked.passed["entities"]) == 1
