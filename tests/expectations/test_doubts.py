"""Warnings name rows that are seldom right, and keep none of them back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from expectations.report import write_report
from expectations.rules import RULES
from expectations.summary import summarise
from warehouse.tables import Row

Story = dict[str, list[Row]]
Make = Callable[..., Story]
Check = Callable[..., Any]

TWO_TOWNS = "Floods hurt 12 herders near Tolmin and 30 herders near Bled."
RATE = "The illness struck 40 per 1,000 herders."


@pytest.fixture
def flood(story: Make) -> Callable[..., Story]:
    """A story of one sentence with its figures, each at a place, and the places it names."""

    def make(text: str, *figures: tuple[str, str], places: tuple[str, ...] = ()) -> Story:
        rows = story(text=text, sentence_count=1)
        mention, entity, figure = rows["mentions"][0], rows["entities"][0], rows["figures"][0]
        rows.update({name: [] for name in rows if name != "articles"})
        for n, name in enumerate(places):
            at = text.index(name)
            key = {"entity_id": f"{n:016x}"}
            told = {"name": name, "mention_count": 1, "first_char": at}
            rows["entities"].append({**entity, **key, **told})
            span = {"char_start": at, "char_end": at + len(name), "surface": name}
            rows["mentions"].append({**mention, **key, **span, "mention_id": f"{n:016x}"})
        ids = {name: row["entity_id"] for name, row in zip(places, rows["entities"], strict=True)}
        for n, (surface, place) in enumerate(figures):
            at = text.index(surface)
            value = float(surface.replace(",", ""))
            rows["figures"].append(
                {
                    **figure,
                    **{"figure_id": f"{n:016x}", "surface": surface, "sentence": text},
                    **{"char_start": at, "char_end": at + len(surface), "qualifier": "exact"},
                    **{"value": value, "value_low": value, "value_high": value},
                    **{"counted": "herders", "counted_head": "herder", "category": "people"},
                    **{"place": place or None, "place_entity_id": ids.get(place)},
                    **{"attributed_to": None, "attributed_entity_id": None, "place_country": None},
                    **{"as_of_start": None, "as_of_end": None, "as_of_date_id": None},
                    **{"event_id": None, "claim_id": None},
                }
            )
        return rows

    return make


def doubts(check: Check, rows: Story) -> list[tuple[str, str]]:
    """Expectation and row of each warning; every row passes."""
    checked = check(rows)
    assert checked.publishable
    assert checked.quarantine == []
    assert {name: len(frame) for name, frame in checked.passed.items()} == {
        name: len(made) for name, made in rows.items()
    }
    return [(row["expectation"], row["row_id"]) for row in checked.warnings]


@pytest.mark.parametrize(
    ("start", "end", "modality", "doubted"),
    [
        ("2026-03-07", "2026-04-30", "actual", True),
        ("2026-03-09", "2026-03-09", "actual", True),
        ("2026-03-09", "2026-03-09", "planned", False),
        ("2026-03-07", "2026-03-08", "actual", False),  # this weekend
        ("2026-03-01", "2026-03-31", "actual", False),  # this month
        ("2026-03-07", "2026-03-07", "actual", False),
    ],
)
def test_what_is_actual_lies_before_its_publication(
    start: str, end: str, modality: str, doubted: bool, flood: Any, check: Check
) -> None:
    rows = flood(TWO_TOWNS, ("12", ""))
    days = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    rows["figures"][0].update(as_of_start=days[0], as_of_end=days[1], modality=modality)
    found = doubts(check, rows)
    assert found == [("actual_by_its_publication", f"{0:016x}")] * doubted


@pytest.mark.parametrize(
    ("text", "first", "second", "doubted"),
    [
        (TWO_TOWNS, "Tolmin", "Tolmin", True),
        (TWO_TOWNS, "Tolmin", "Bled", False),
        ("Near Tolmin 12 herders and near Bled 30 herders were hurt.", "Bled", "Bled", True),
        ("Floods hurt 12 herders and 30 herders in Tolmin near Bled.", "Tolmin", "Tolmin", False),
    ],
)
def test_numbers_of_one_noun_are_at_the_places_beside_them(
    text: str, first: str, second: str, doubted: bool, flood: Any, check: Check
) -> None:
    rows = flood(text, ("12", first), ("30", second), places=("Tolmin", "Bled"))
    found = doubts(check, rows)
    assert found == [("places_of_a_list_parted", f"{n:016x}") for n in (0, 1) if doubted]


@pytest.mark.parametrize(
    ("text", "surface", "doubted"),
    [
        (RATE, "1,000", True),
        ("The fair drew one in every 6 herders.", "6", True),
        ("The fair drew 6 herders.", "6", False),
        ("The fair in Bled drew 6 herders.", "6", False),
    ],
)
def test_what_a_rate_is_over_counts_nobody(
    text: str, surface: str, doubted: bool, flood: Any, check: Check
) -> None:
    found = doubts(check, flood(text, (surface, "")))
    assert found == [("denominator_not_counted", f"{0:016x}")] * doubted


@pytest.mark.parametrize(
    ("name", "country", "others", "doubted"),
    [
        ("Lorne", "AUS", 3, True),
        ("Lorne", "AUS", 2, False),  # too few to tell where the story is
        ("Lorne", "HRV", 3, False),  # it names more of that country
        ("Melbourne", "AUS", 3, False),
        ("Australia", "AUS", 3, False),
        ("France", "AUS", 3, False),  # also a name of people, but here a place
        ("Victoria", "AUS", 3, False),
    ],
)
def test_a_small_place_is_not_alone_on_the_far_side_of_the_earth(
    name: str, country: str, others: int, doubted: bool, flood: Any, check: Check
) -> None:
    towns = ("Tolmin", "Bled", "Piran")[:others]
    text = f"The tour from {name} saw {', '.join(towns)} and the sea."
    rows = flood(text, places=(*towns, name))
    for row in rows["entities"]:
        row["country"] = "HRV"
    rows["entities"][-1].update(latitude=-38.5, longitude=143.9, country=country)
    found = doubts(check, rows)
    article = rows["articles"][0]["article_id"]
    row_id = f"{article}/{others:016x}"
    assert found == [("place_not_alone_far_away", row_id)] * doubted


def test_each_warning_has_a_test() -> None:
    told = Path(__file__).read_text(encoding="utf-8")
    names = {rule.name for rule in RULES if rule.kind == "warning"}
    assert names
    assert {name for name in names if f'"{name}"' not in told} == set()


def test_a_warning_quotes_what_was_read(flood: Any, check: Check) -> None:
    checked = check(flood(TWO_TOWNS, ("12", "Tolmin"), ("30", "Tolmin"), places=("Tolmin", "Bled")))
    first = checked.warnings[0]
    assert first["detail"].startswith("expected two numbers of one noun")
    assert first["detail"].endswith(f'; found "12" and "30" both in "Tolmin": "{TWO_TOWNS}"')
    [result] = [row for row in checked.quality if row["outcome"] == "warned"]
    assert (result["kind"], result["failed"]) == ("warning", 2)


def test_a_row_in_quarantine_is_not_doubted_too(flood: Any, check: Check) -> None:
    rows = flood(RATE, ("1,000", ""))
    rows["figures"][0]["unit"] = "people"
    checked = check(rows)
    assert [row["expectation"] for row in checked.quarantine] == ["unit_of_its_type"]
    assert checked.warnings == []


def test_the_report_shows_them_and_says_passed(flood: Any, check: Check, tmp_path: Path) -> None:
    checked = check(flood(RATE, ("1,000", "")))
    summary = summarise(checked.quality, checked.quarantine, warnings=checked.warnings)
    assert summary.verdict == "passed"
    assert [one.expectation for one in summary.warnings] == ["denominator_not_counted"]
    page = write_report(checked.quality, checked.quarantine, tmp_path, warnings=checked.warnings)
    told = page.read_text(encoding="utf-8")
    assert "1 warned" in told
    assert "published, but doubted" in told
    assert RATE in told
