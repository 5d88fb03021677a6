"""The rows of the first sample that are known to be right, whatever the golden files say."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from flows.readers import SourceSpec, read
from tests.golden.render import SAMPLES
from transforms.article import read_article
from transforms.extract import Rows, read_rows
from transforms.model import Article, RawArticle
from warehouse.tables import Row


@cache
def _rows() -> Rows:
    (record,) = read([SourceSpec(path=str(SAMPLES / "000_a2bdac593a31db87.txt"))])
    assert isinstance(record, RawArticle)
    article = read_article(record)
    assert isinstance(article, Article)
    return read_rows(article)


def test_the_one_count_of_troops_has_every_column() -> None:
    (row,) = [row for row in _rows()["figures"] if row["surface"] == "around 12-thousand"]
    known = {
        "value": 12000,
        "value_low": 12000,
        "value_high": 12000,
        "qualifier": "about",
        "change": "none",
        "unit_type": "count",
        "unit": "1",
        "counted": "North Korean troops",
        "counted_head": "troop",
        "category": "troops",
        "nationality": "PRK",
        "predicate": "deploy",
        "attributed_to": "South Korea's intelligence agency",
        "place": "the Kursk region",
        "as_of_start": dt.date(2024, 10, 1),
        "as_of_end": dt.date(2024, 10, 31),
        "modality": "actual",
    }
    assert {name: row[name] for name in known} == known


def test_dates_and_names_are_no_figures() -> None:
    others = [row["surface"] for row in _rows()["figures"] if row["surface"] != "two"]
    assert others == ["around 12-thousand"]


@pytest.mark.parametrize(
    ("surface", "start", "end"),
    [
        ("Monday", "2025-04-28", "2025-04-28"),
        ("two days after Russia did", "2025-04-26", "2025-04-26"),
        ("last year", "2024-01-01", "2024-12-31"),
        ("Saturday", "2025-04-26", "2025-04-26"),
        ("October of last year", "2024-10-01", "2024-10-31"),
        ("May", "2025-05-01", "2025-05-31"),
        ("Victory Day", "2025-05-09", "2025-05-09"),
    ],
)
def test_dates_point_to_their_days(surface: str, start: str, end: str) -> None:
    rows = [row for row in _rows()["dates"] if row["surface"] == surface]
    assert rows, f"{surface} was not found"
    for row in rows:
        assert (str(row["date_start"]), str(row["date_end"])) == (start, end)


def _entity_of(surface: str) -> list[Row]:
    named = {row["entity_id"] for row in _rows()["mentions"] if row["surface"] == surface}
    return [row for row in _rows()["entities"] if row["entity_id"] in named]


@pytest.mark.parametrize(
    ("surface", "kind", "country"),
    [
        ("North Korea", "GPE", "PRK"),
        ("Democratic People's Republic of Korea", "GPE", "PRK"),
        ("Russia", "GPE", "RUS"),
        ("Ukraine", "GPE", "UKR"),
        ("South Korea", "GPE", "KOR"),
        ("Ukrainian", "NORP", "UKR"),
        ("Russian", "NORP", "RUS"),
        ("North Korean", "NORP", "PRK"),
        ("Pyongyang", "GPE", "PRK"),
        ("Moscow", "GPE", "RUS"),
        ("Vatican City", "GPE", "VAT"),
        ("Kim Jong-un", "PERSON", None),
        ("Vladimir Putin", "PERSON", None),
        ("Donald Trump", "PERSON", None),
        ("Volodymyr Zelenskyy", "PERSON", None),
        ("KCNA", "ORG", None),
        ("Workers' Party", "ORG", None),
        ("Central Military Commission", "ORG", None),
        ("Arirang News", "ORG", None),
    ],
)
def test_names_have_their_kind_and_country(surface: str, kind: str, country: str | None) -> None:
    (entity,) = _entity_of(surface)
    assert entity["entity_type"] == kind
    if country is not None:
        assert entity["country"] == country


def test_all_names_of_the_north_are_one_entity() -> None:
    ids = {
        row["entity_id"]
        for row in _rows()["mentions"]
        if row["surface"]
        in ("North Korea", "the North", "the North's", "Democratic People's Republic of Korea")
    }
    assert len(ids) == 1
    assert any("North" in row["surface"] and "Korea" not in row["surface"]
               for row in _rows()["mentions"])  # fmt: skip
