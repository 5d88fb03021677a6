"""What is seldom so in a row that was read rightly: warnings, which keep no row back."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

from expectations.batch import Batch
from expectations.geography import PLACES, far_from_all
from expectations.model import Rule
from expectations.place_names import is_country_or_region, is_known_everywhere
from expectations.rules.writing import rule
from warehouse.tables import ENTITIES, FIGURES, PEOPLE, Row

RULES: list[Rule] = []

#: Fewer other places than these say too little of where a story is.
OTHER_PLACES = 3
FAR_KM = 4_000
_DENOMINATOR = re.compile(r"\b(?:per|(?:for|in|of|out of) (?:every|each)|out of) $", re.IGNORECASE)
_DENOMINATOR_LENGTH = 16
_QUOTED = 200


def _quoted(text: str) -> str:
    told = " ".join(text.split())
    return f'"{told if len(told) <= _QUOTED else told[: _QUOTED - 1] + "…"}"'


def _as_of(row: Row, batch: Batch) -> str:
    days = f"{row['as_of_start']} to {row['as_of_end']}"
    told = f'"{row["surface"]}" {days}, published on {row["published_date"]}'
    return f"{told}: {_quoted(row['sentence'])}"


@rule(
    RULES,
    FIGURES,
    "as_of_end",
    "nothing stated as actual to lie on days after publication: to begin later, or to begin on the "
    "day of publication and go on beyond its week",
    reads=("as_of_start", "modality", "published_date"),
    found=_as_of,
    kind="warning",
)
def actual_by_its_publication(row: Row, batch: Batch) -> bool:
    start, end, published = row["as_of_start"], row["as_of_end"], row["published_date"]
    if row["modality"] != "actual" or None in (start, end, published) or end <= published:
        return True
    week = published + dt.timedelta(days=6 - published.weekday())
    return bool(start < published or (start == published and end <= week))


def _neighbour(row: Row, batch: Batch) -> Row | None:
    """The figure before or after this one of its sentence, with its noun and its place though a
    place of its own stands beside each; None where there is none."""
    if row["unit_type"] != "count" or not row["counted_head"] or row["place_entity_id"] is None:
        return None
    figures = batch.figures_of_sentence[row["article_id"], row["sentence_no"]]
    places = batch.places_of_sentence.get((row["article_id"], row["sentence_no"]), [])
    if len(figures) < 2 or len(places) < 2:
        return None
    ends = [0, *(one["char_start"] for one in figures), len(batch.text(row))]
    between = [{e for at, e in places if one <= at < other} for one, other in pairwise(ends)]
    here = next(n for n, one in enumerate(figures) if one["figure_id"] == row["figure_id"])
    for n, one in enumerate(figures):
        shared = all(one[name] == row[name] for name in ("counted_head", "place_entity_id"))
        if n == here or not shared or one["value"] == row["value"]:
            continue
        if _apart(between[n], between[here]) or _apart(between[n + 1], between[here + 1]):
            return one
    return None


def _apart(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and not one & other


def _with_neighbour(row: Row, batch: Batch) -> str:
    other = _neighbour(row, batch)
    beside = f' and "{other["surface"]}"' if other is not None else ""
    place, said = row["place"] or "", _quoted(row["sentence"])
    return f'"{row["surface"]}"{beside} both in {_quoted(place)}: {said}'


@rule(
    RULES,
    FIGURES,
    "place",
    "two numbers of one noun in one sentence, with a place beside each, not both to be at one",
    reads=("counted_head", "place_entity_id", "sentence_no", "value"),
    found=_with_neighbour,
    kind="warning",
)
def places_of_a_list_parted(row: Row, batch: Batch) -> bool:
    return _neighbour(row, batch) is None


@rule(
    RULES,
    FIGURES,
    "category",
    "the denominator of a rate not to be counted as people: per 100,000 women",
    reads=("unit_type", "char_start"),
    found=lambda row, batch: f'"{row["surface"]}": {_quoted(row["sentence"])}',
    kind="warning",
)
def denominator_not_counted(row: Row, batch: Batch) -> bool:
    if row["unit_type"] != "count" or row["category"] not in PEOPLE:
        return True
    start = row["char_start"]
    return _DENOMINATOR.search(batch.text(row), max(0, start - _DENOMINATOR_LENGTH), start) is None


def _elsewhere(row: Row, batch: Batch) -> str:
    others = [one["name"] for one in batch.located[row["article_id"]] if one is not row]
    told = ", ".join(others[:6])
    return f'"{row["name"]}" ({row["country"]}) beside {told}: {_quoted(_line(row, batch))}'


def _line(row: Row, batch: Batch) -> str:
    """The text around the first mention."""
    text, at = batch.text(row), row["first_char"] or 0
    return text[max(0, at - 80) : at + 80]


@rule(
    RULES,
    ENTITIES,
    "country",
    f"no place more than {FAR_KM:,} km from all others of its article, unless the article names "
    "something else of its country, or it is a country, a region or a city known everywhere",
    reads=("name", "entity_type", "latitude", "longitude"),
    found=_elsewhere,
    kind="warning",
)
def place_not_alone_far_away(row: Row, batch: Batch) -> bool:
    if row["entity_type"] not in PLACES or None in (row["latitude"], row["longitude"]):
        return True
    located = batch.located[row["article_id"]]
    if len(located) <= OTHER_PLACES or is_country_or_region(row["name"]):
        return True
    if is_known_everywhere(row["name"]):
        return True
    if row["country"] is None or batch.countries[row["article_id"], row["country"]] > 1:
        return True
    others = [one for one in located if one["entity_id"] != row["entity_id"]]
    return not far_from_all(row, others, FAR_KM)
