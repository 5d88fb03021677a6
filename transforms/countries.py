"""What is known of countries (seeds/reference/countries.csv) that several readers ask."""

from __future__ import annotations

from functools import cache

from transforms.reference import reference


@cache
def _month_first() -> frozenset[str]:
    return frozenset(row["alpha3"] for row in reference("countries") if row["month_first"])


@cache
def country_names() -> dict[str, str]:
    """ISO 3166-1 alpha-3 -> the name that news uses."""
    return {row["alpha3"]: row["name"] for row in reference("countries")}


@cache
def _names() -> frozenset[str]:
    return frozenset(country_names().values())


def is_country(name: str | None) -> bool:
    """Whether the name that news uses for it is that of a country or territory."""
    return name in _names()


@cache
def _codes() -> dict[str, str]:
    return {
        name.casefold(): row["alpha3"]
        for row in reversed(reference("countries"))
        for name in (row["name"], *row["aliases"].split("|"))
        if name
    }


def code_of(name: str | None) -> str | None:
    """ISO 3166-1 alpha-3 of the country that a name or another of its names means, or None."""
    return _codes().get((name or "").strip(" .").casefold())


def writes_month_first(country: str | None) -> bool:
    """Whether the press of a country (ISO 3166-1 alpha-3) means 4 March by 03/04."""
    return country in _month_first()


@cache
def country_words() -> frozenset[str]:
    """Names, aliases and demonyms of countries as they are written, in lower case."""
    return frozenset(
        name.lower()
        for row in reference("countries")
        for name in (row["name"], *row["aliases"].split("|"), *row["demonyms"].split("|"))
        if name
    )
