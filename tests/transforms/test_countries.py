"""What a country decides is decided alike for an article's header and for its body."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from transforms.article import read_article
from transforms.countries import writes_month_first
from transforms.extract import read_rows
from transforms.model import Article, RawArticle, Source
from transforms.reference import reference
from transforms.zones import offsets_in_text, read_zone

TEXT = """Harbour reopens

Published: {day} 10:30 {zone}

The harbour of Quay Point was opened again on {day} at 10:30 a.m. {zone}, its master said.
"""


def read(country: str | None, day: str, zone: str) -> tuple[Article, list[str]]:
    """The article by a publisher of that country, and the EDTF values that its body holds."""
    source = Source("quay", country=country)
    payload = TEXT.format(day=day, zone=zone).encode()
    raw = RawArticle("quay.txt", "text/plain", dt.datetime(2024, 6, 1), payload, source)
    article = read_article(raw)
    assert isinstance(article, Article)
    return article, [row["edtf"] for row in read_rows(article)["dates"] if row["edtf"]]


@pytest.mark.parametrize("country", ["USA", "PHL", "PRI", "VIR", "ASM", "MNP", "GBR", "KEN", None])
def test_header_and_body_agree_on_day_and_month(country: str | None) -> None:
    article, values = read(country, "05/04/2024", "UTC")
    day = dt.date(2024, 5, 4) if writes_month_first(country) else dt.date(2024, 4, 5)
    assert article.published_date == day
    assert values == [f"{day}T10:30:00Z"]


@pytest.mark.parametrize(
    ("country", "zone", "offset"),
    [
        ("USA", "CST", "-06:00"),
        ("CHN", "CST", "+08:00"),
        ("TWN", "CST", "+08:00"),
        ("IND", "IST", "+05:30"),
        ("IRL", "IST", "+01:00"),
        ("PHL", "PST", "+08:00"),
        ("BGD", "BST", "+06:00"),
        ("KOR", "KST", "+09:00"),
        ("IDN", "WIB", "+07:00"),
    ],
)
def test_header_and_body_agree_on_an_abbreviation_s_zone(
    country: str | None, zone: str, offset: str
) -> None:
    summer = zone == "BST" or country == "IRL"
    article, values = read(country, "15/7/2024" if summer else "15/1/2024", zone)
    told = dt.datetime.fromisoformat(values[0])
    assert values[0].endswith(offset)
    assert article.published_at is not None
    assert told.astimezone(dt.UTC).replace(tzinfo=None) == article.published_at


@pytest.mark.parametrize("zone", ["IST", "CST", "BST", "AST"])
def test_a_zone_of_several_countries_is_none_in_header_and_body_without_its_country(
    zone: str,
) -> None:
    article, values = read(None, "15/1/2024", zone)
    assert article.published_at == dt.datetime(2024, 1, 15, 10, 30)
    assert article.published_zone == "UTC"
    assert values == ["2024-01-15T10:30:00"]


def test_an_abbreviation_of_something_else_is_no_zone_in_a_text() -> None:
    assert read_zone("NPT", "NPL") == "Asia/Kathmandu"
    assert "NPT" not in offsets_in_text("NPL")


def test_every_abbreviation_has_one_usual_zone_and_offsets_that_are_its_zone_s() -> None:
    rows = reference("zones")
    assert sorted(row["abbreviation"] for row in rows if row["usual"]) == sorted(
        {row["abbreviation"] for row in rows}
    )
    for row in rows:
        of_all = {
            other["in_text"] for other in rows if other["abbreviation"] == row["abbreviation"]
        }
        assert of_all in ({""}, {"yes"}), row
        if row["offset"] and "/" in row["zone"]:
            zone = ZoneInfo(row["zone"])
            found = {dt.datetime(2024, month, 15, tzinfo=zone).strftime("%:z") for month in (1, 7)}
            assert row["offset"] in found, row


def test_countries_that_write_the_month_first_say_so_in_their_table() -> None:
    for row in reference("countries"):
        assert row["month_first"] in ("", "yes")
        assert writes_month_first(row["alpha3"]) == (row["month_first"] == "yes")
    assert not writes_month_first(None)
