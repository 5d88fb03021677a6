"""The page of sets side by side is made of what was measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import figures_measured, sets


def test_the_distance_is_from_the_best_to_the_worst() -> None:
    assert figures_measured.distance([97.0, 90.5, 92.0]) == "6.5"
    assert figures_measured.distance([97.0]) == ""


def test_a_set_is_a_row_and_what_it_does_not_measure_is_empty() -> None:
    found = {"one": (12, {"value F1": 97.0, "place": 80.0}), "two": (1200, {"value F1": 90.5})}
    heads, _, *rows, distance = figures_measured.table(found)
    cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in (heads, *rows, distance)]
    by_name = [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]
    assert [(row["set"], row["figures"], row["value"], row["place"]) for row in by_name] == [
        ("one", "12", "97.0", "80.0"),
        ("two", "1,200", "90.5", ""),
        ("**distance**", "", "6.5", ""),
    ]


def test_the_page_has_a_place_for_it() -> None:
    text = figures_measured.PAGE.read_text(encoding="utf-8")
    made = figures_measured.page(text, ["| set |", "| --- |"])
    assert figures_measured.page(made, ["| set |", "| --- |"]) == made
    assert "| set |\n| --- |\n<!-- /measured -->" in made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of one opening, as others annotate it."""
    text = "A flood drowned 12 goats near Kranj on Monday."
    doc = {"id": "x1", "text": text, "published_at": "2025-06-12T08:00:00Z"}
    figure = {
        **{"text": "12", "start": 16, "end": 18, "low": 12, "high": 12, "qualifier": "exact"},
        **{"unit_type": "count", "head": "goat", "category": ["other", "killed"]},
        **{"attributed_to": None, "place": ["Kranj", "near Kranj"], "modality": "actual"},
        **{"as_of": ["2025-06-09", "2025-06-09"], "nationality": None},
    }
    gold = {"id": "x1", "figures": [figure], "dates": []}
    (tmp_path / "leads").mkdir()
    for kind, line in (("docs", doc), ("gold", gold)):
        path = tmp_path / "leads" / f"leads-dev.{kind}.jsonl"
        path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return tmp_path


def test_a_gold_of_others_is_told_in_the_shape_of_ours(folder: Path) -> None:
    [want] = sets.figures(sets.lines(folder / "leads" / "leads-dev.gold.jsonl"))
    assert (want["char_start"], want["value_low"], want["counted_head"]) == (16, 12, "goat")
    assert (want["place"], want["or"]["place"]) == ("Kranj", ["near Kranj"])
    assert (want["as_of_start"], want["or"]["as_of_start"]) == ("2025-06-09", [])
    assert "change" not in want


def test_sets_that_are_there_are_measured(folder: Path) -> None:
    found = figures_measured.measured(folder)
    assert list(found) == ["own: figures", "own: events", "leads-dev"]
    size, told = found["leads-dev"]
    assert (size, told["value F1"], told["place"]) == (1, 100.0, 100.0)
