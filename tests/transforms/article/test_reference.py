"""The reference tables that articles are read with hold what their readers expect."""

from __future__ import annotations

import re
from collections import Counter

import pycountry

from transforms.article.address import country_of_host
from transforms.article.publishers import is_media_name
from transforms.calendar_names import english_months, english_weekdays
from transforms.reference import reference
from transforms.zones import is_zone
from warehouse.tables import ARTICLES


def test_publishers_have_one_site_each_and_real_countries() -> None:
    rows = reference("publishers")
    names = Counter(row["name"] for row in rows)
    domains = Counter(domain for row in rows for domain in row["domains"].split())
    assert [name for name, count in names.items() if count > 1] == []
    assert [domain for domain, count in domains.items() if count > 1] == []
    for row in rows:
        assert row["country"] == "" or pycountry.countries.get(alpha_3=row["country"]), row
        assert row["kind"] in ("agency", "broadcaster", "magazine", "newspaper", "site"), row


def test_publishers_aliases_mean_one_publisher() -> None:
    owners: dict[str, str] = {}
    for row in reference("publishers"):
        for alias in filter(None, (row["name"], *row["aliases"].split(";"))):
            owner = owners.setdefault(alias.casefold(), row["name"])
            assert owner == row["name"], f"{alias} is {owner} and {row['name']}"


def test_country_domains_agree_with_publishers_countries() -> None:
    elsewhere = {"abcnews.go.com", "nikkei.com"}
    for row in reference("publishers"):
        for domain in row["domains"].split():
            country = country_of_host(domain)
            assert country in (None, row["country"]) or domain in elsewhere, (domain, country)


def test_zones_are_zones() -> None:
    for row in reference("zones"):
        assert is_zone(row["zone"]), row
        for country in row["countries"].split():
            assert pycountry.countries.get(alpha_3=country), row


def test_every_month_is_named_and_no_name_means_two() -> None:
    rows = reference("month_names")
    assert [int(row["month"]) for row in rows] == list(range(1, 13))
    names = Counter(name for row in rows for name in row["names"].split(";"))
    assert [name for name, count in names.items() if count > 1] == []
    assert names.keys().isdisjoint(english_months())
    assert set(english_months().values()) == set(range(1, 13))
    assert set(english_weekdays().values()) == set(range(1, 8))


def test_labels_of_header_lines_are_in_lower_case_and_give_columns_of_articles() -> None:
    labels = Counter(row["label"] for row in reference("header_labels"))
    assert [label for label, count in labels.items() if count > 1] == []
    columns = {"", "modified", "published", *ARTICLES.column_names}
    for row in reference("header_labels"):
        assert row["column"] in columns
        assert row["label"] == row["label"].lower()


def test_words_of_media_say_what_they_are_used_for() -> None:
    for row in reference("press_words"):
        assert set(row["uses"].split("|")) <= {"affix", "medium"}, row
    assert is_media_name("Harbour Daily News")
    assert is_media_name("Quay City News Service")
    assert not is_media_name("Harbour daily News Office")


def test_furniture_is_made_of_patterns() -> None:
    for row in reference("furniture"):
        assert re.compile(row["pattern"], re.IGNORECASE).fullmatch("A sentence, in a text.") is None


def test_meta_names_are_in_lower_case() -> None:
    columns = {"title", "authors", "publisher", "published", "modified"}
    for row in reference("meta_names"):
        assert row["column"] in columns
        assert row["name"] == row["name"].lower()
