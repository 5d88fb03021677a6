"""Corrections applied to rows and to articles: pure functions, on rows written for them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from transforms.article.corrected import corrected_article
from transforms.corrections import (
    Correction,
    Corrections,
    correctable,
    corrected_rows,
)
from transforms.events.agreement import ELSEWHERE
from transforms.model import Article
from warehouse.tables import (
    ARTICLE_TABLES,
    ARTICLES,
    ENTITIES,
    EVENTS,
    FIGURES,
    MENTIONS,
    Row,
)

ARTICLE_ID, FIGURE_ID, EVENT_ID, ENTITY_ID = "a" * 16, "f" * 16, "e" * 16, "c" * 16


def correction(table: str, row_id: str, column: str, value: Any) -> Correction:
    return Correction(table, row_id, column, value, "it says so", "kim", dt.date(2025, 4, 30))


def rows() -> dict[str, list[Row]]:
    place = {"place": "Lyon", "place_country": "FRA"}
    of = {"article_id": ARTICLE_ID}
    return {
        "figures": [
            FIGURES.row(
                figure_id=FIGURE_ID, event_id=EVENT_ID, value=12.0, rule="digits", **place, **of
            )
        ],
        "events": [EVENTS.row(event_id=EVENT_ID, rule="verb", **place, **of)],
        "entities": [ENTITIES.row(entity_id=ENTITY_ID, name="Lyon", **of)],
        "mentions": [MENTIONS.row(mention_id="d" * 16, entity_id=ENTITY_ID, **of)],
    }


def test_a_value_is_replaced_and_the_rule_says_so() -> None:
    wanted = Corrections(
        [
            correction("figures", FIGURE_ID, "value", 13.0),
            correction("figures", FIGURE_ID, "category", "killed"),
            correction("mentions", "d" * 16, "entity_type", "GPE"),
            correction("entities", f"{ARTICLE_ID}/{ENTITY_ID}", "country", "FRA"),
            correction("figures", "0" * 16, "value", 1.0),
        ]
    )
    before = rows()
    made, met = corrected_rows(before, wanted)
    (figure,) = made["figures"]
    assert (figure["value"], figure["category"]) == (13.0, "killed")
    assert figure["rule"] == "digits+corrected_category+corrected_value"
    assert made["mentions"][0]["rule"] == "corrected_entity_type"
    assert made["entities"][0]["country"] == "FRA"
    assert {(one.correction.column, one.read, one.obsolete) for one in met} == {
        ("value", 12.0, False),
        ("category", None, False),
        ("entity_type", None, False),
        ("country", None, False),
    }
    assert before == rows()


def test_what_the_readers_give_themselves_changes_nothing() -> None:
    made, met = corrected_rows(rows(), Corrections([correction("figures", FIGURE_ID, "value", 12)]))
    assert made == rows()
    assert [one.obsolete for one in met] == [True]


@pytest.mark.parametrize("table", ["figures", "events"])
def test_a_figure_that_leaves_its_event_says_so(table: str) -> None:
    key = FIGURE_ID if table == "figures" else EVENT_ID
    some = [correction(table, key, "place", "Riga"), correction(table, key, "place_country", "LVA")]
    made, _ = corrected_rows(rows(), Corrections(some))
    told = made["figures"][0]["rule"].split("+")
    assert told[-1] == ELSEWHERE
    back, _ = corrected_rows(
        made, Corrections(correction(table, key, *pair) for pair in _as_read())
    )
    assert ELSEWHERE not in back["figures"][0]["rule"].split("+")


def _as_read() -> list[tuple[str, str]]:
    return [("place", "Lyon"), ("place_country", "FRA")]


def test_half_an_interval_is_left_to_the_checks() -> None:
    made = rows()
    day = dt.date(2025, 4, 28)
    made["events"][0].update(event_start=day, event_end=day)
    half = Corrections([correction("figures", FIGURE_ID, "as_of_start", day)])
    assert corrected_rows(made, half)[0]["figures"][0]["as_of_start"] == day


def article(**given: Any) -> Article:
    return Article(ARTICLE_ID, "a.txt", "b" * 64, "Some text.", "c" * 16, **given)


def corrected(one: Article, values: dict[str, Any], zone: str | None = None) -> Article:
    wanted = [correction("articles", ARTICLE_ID, column, value) for column, value in values.items()]
    return corrected_article(one, Corrections(wanted), zone)[0]


def when(one: Article) -> tuple[str, str | None, str]:
    return (str(one.published_at), one.published_zone, str(one.published_date))


SEOUL = "Asia/Seoul"


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        # the local time stays as it was written
        ({"published_date": dt.date(2025, 5, 4)}, ("2025-05-03 20:00:00", SEOUL, "2025-05-04")),
        ({"published_zone": "UTC"}, ("2025-04-05 05:00:00", "UTC", "2025-04-05")),
        (
            {"published_at": dt.datetime(2025, 5, 3, 16, 0)},
            ("2025-05-03 16:00:00", SEOUL, "2025-05-04"),
        ),
        ({"published_date": None}, ("None", SEOUL, "None")),
        # what is said of both is taken as it is
        (
            {"published_at": dt.datetime(2025, 5, 3), "published_date": dt.date(2025, 5, 2)},
            ("2025-05-03 00:00:00", SEOUL, "2025-05-02"),
        ),
    ],
)
def test_time_zone_and_date_of_publication_go_together(
    values: dict[str, Any], wanted: tuple[str | None, ...]
) -> None:
    at = dt.datetime(2025, 4, 4, 20, 0)
    known = article(
        published_at=at, published_zone=SEOUL, published_date=dt.date(2025, 4, 5), version_at=at
    )
    changed = corrected(known, values)
    assert when(changed) == wanted
    assert (changed.version_at, changed.article_id) == (at, ARTICLE_ID)


def test_an_article_without_a_date_gets_one_in_the_zone_of_its_source() -> None:
    day = {"published_date": dt.date(2025, 5, 4)}
    assert when(corrected(article(), day)) == ("2025-05-04 00:00:00", "UTC", "2025-05-04")
    there = corrected(article(), day, SEOUL)
    assert when(there) == ("2025-05-03 15:00:00", SEOUL, "2025-05-04")


def test_the_country_goes_with_the_publisher() -> None:
    known = {"publisher": "BBC News", "authors": ["Ann Lee"]}
    changed = corrected(article(country="KOR"), known)
    assert changed.country == "GBR"
    assert changed.authors == ("Ann Lee",)
    assert corrected(article(country="KOR"), {"publisher": "The Lissa Sheet"}).country == "KOR"


def test_what_says_which_row_it_is_cannot_be_corrected() -> None:
    for table in ARTICLE_TABLES:
        free = correctable(table)
        assert not {*table.key, "article_id", "text", "surface", "char_start", "rule"} & set(free)
        assert ("published_date" in free) == (table is ARTICLES)
    assert {"place", "place_entity_id", "as_of_start"} <= set(correctable(FIGURES))
