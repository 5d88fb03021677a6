"""What is known of countries (seeds/reference/countries.csv) that several readers ask."""

from __future__ import annotations

from functools import cache

from transforms.reference import reference


@cache
def _month_first() -> frozenset[str]:
    return frozenset(row["alpha3"] for row in reference("countries") if row["month_first"])


def writes_month_first(country: str | None) -> bool:
    """Whether the press of a country (ISO 3166-1 alpha-3) means 4 March by 03/04."""
    return country in _month_first()
