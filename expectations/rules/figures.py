"""What is expected of figures."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Any

from expectations.batch import Batch
from expectations.model import Rule
from expectations.rules.writing import rule
from warehouse.tables import FIGURES, PEOPLE, Row

RULES: list[Rule] = []

MOST_PEOPLE = 9e9  # more than live
MOST_PERCENT = 1e7  # inflation has reached some millions of percent a year

_ENDS = ("value_low", "value_high")
_NUMBERS = ("value", *_ENDS)
_MONEY = re.compile(r"[A-Z]{3}(/.+)?")
_COUNT = re.compile(r"1?(/.+)|1")
_PERCENT = re.compile(r"(%|10\*-\d+|\[pp\w+\])(/.+)?")  # basis points are 10*-4


def _numbers(row: Row) -> list[float]:
    return [row[name] for name in _NUMBERS if row[name] is not None]


@rule(RULES, FIGURES, "value", "numbers that are neither infinite nor undefined", reads=_NUMBERS)
def numbers_finite(row: Row, batch: Batch) -> bool:
    return all(math.isfinite(number) for number in _numbers(row))


@rule(
    RULES,
    FIGURES,
    "value",
    "value_low <= value <= value_high, as far as they are known",
    reads=("surface", *_NUMBERS),
)
def value_between_its_ends(row: Row, batch: Batch) -> bool:
    known = [row[name] for name in ("value_low", "value", "value_high") if row[name] is not None]
    return all(one <= other for one, other in pairwise(known))


def _same(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


@rule(
    RULES,
    FIGURES,
    "qualifier",
    "the ends that the qualifier asks for: exact, about: both the value; at_least, more_than: "
    "low the value, high open; at_most, less_than: high the value, low open; between: low < high, "
    "value midway; vague: no number",
    reads=("surface", *_NUMBERS),
)
def ends_of_the_qualifier(row: Row, batch: Batch) -> bool:
    qualifier, value, low, high = (row[name] for name in ("qualifier", *_NUMBERS))
    if qualifier == "vague":
        return not _numbers(row)
    if value is None:
        return False
    if qualifier in ("at_least", "more_than"):
        return high is None and _same(low, value)
    if qualifier in ("at_most", "less_than"):
        return low is None and _same(high, value)
    if qualifier == "between":
        if low is None or high is None:
            return False
        return bool(low < high) and _same(value, (low + high) / 2)
    return _same(low, value) and _same(high, value)


@rule(
    RULES,
    FIGURES,
    "value",
    "no count of people below zero or above nine billion",
    reads=("surface", "category", *_NUMBERS),
)
def people_can_be_that_many(row: Row, batch: Batch) -> bool:
    if row["unit_type"] != "count" or row["category"] not in PEOPLE:
        return True
    return all(0 <= number <= MOST_PEOPLE for number in _numbers(row))


@rule(
    RULES,
    FIGURES,
    "value",
    f"no percentage beyond {MOST_PERCENT:,.0f}",
    reads=("surface", "unit_type", *_NUMBERS),
)
def percent_plausible(row: Row, batch: Batch) -> bool:
    if row["unit_type"] != "percent":
        return True
    return all(abs(number) <= MOST_PERCENT for number in _numbers(row))


@rule(
    RULES,
    FIGURES,
    "unit",
    "the unit of its unit_type: an ISO 4217 code for money, 1 for counts, % or a smaller part "
    "(10*-4) for percent, % for nothing else; each with a slash for a rate",
    reads=("surface", "unit_type"),
)
def unit_of_its_type(row: Row, batch: Batch) -> bool:
    unit, unit_type = row["unit"], row["unit_type"]
    if unit_type == "money":
        return _MONEY.fullmatch(unit) is not None
    if unit_type == "count":
        return _COUNT.fullmatch(unit) is not None
    if unit_type == "percent":
        return _PERCENT.fullmatch(unit) is not None
    return bool(unit.strip()) and unit.split("/")[0] != "%"


@rule(
    RULES,
    FIGURES,
    "category",
    "what was counted, of a count; of any other figure its unit_type",
    reads=("unit_type",),
)
def category_of_its_type(row: Row, batch: Batch) -> bool:
    unit_type, category = row["unit_type"], row["category"]
    if unit_type != "count":
        return bool(category == unit_type)
    return category == "other" or category not in FIGURES["unit_type"].allowed


@rule(
    RULES,
    FIGURES,
    "place_country",
    "the country of the entity that the place names; none without one",
    reads=("place_entity_id",),
)
def country_of_its_place(row: Row, batch: Batch) -> bool:
    country = row["place_country"]
    if country is None:  # of no country, or read before there was the column
        return True
    entity = batch.entities.get((row["article_id"], row["place_entity_id"]))
    if entity is None:  # reference tells of one that is nowhere
        return row["place_entity_id"] is not None
    return bool(country == entity["country"])


@rule(
    RULES,
    FIGURES,
    "as_of_start",
    "as_of_start <= as_of_end, both or neither",
    reads=("as_of_end",),
)
def as_of_an_interval(row: Row, batch: Batch) -> bool:
    start, end = row["as_of_start"], row["as_of_end"]
    if start is None or end is None:
        return start is end
    return bool(start <= end)


@rule(
    RULES,
    FIGURES,
    "as_of_date_id",
    "a date of the same article, which the as-of interval meets",
    reads=("as_of_start", "as_of_end"),
)
def as_of_its_date(row: Row, batch: Batch) -> bool:
    date = batch.dates.get(row["as_of_date_id"])
    if date is None:  # reference tells of one that is nowhere
        return True
    if date["article_id"] != row["article_id"]:
        return False
    ends = (row["as_of_start"], row["as_of_end"], date["date_start"], date["date_end"])
    if None in ends:  # other rules tell of half an interval
        return True
    start, end, date_start, date_end = ends
    return bool(start <= date_end and date_start <= end)
