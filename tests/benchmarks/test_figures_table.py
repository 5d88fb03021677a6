"""Figures against gold with the table's own columns, on rows made for it."""

from __future__ import annotations

import json
import re
from typing import Any

from benchmarks import figures_table, gate

ROW: dict[str, Any] = {
    **dict.fromkeys(figures_table.COLUMNS),
    "doc_id": "d",
    "char_start": 0,
    "char_end": 5,
    "surface": "Three",
    "value": 3.0,
    "category": "people",
    "counted": "people",
    "sentence": "Three people left the town.",
}


def test_a_row_like_the_gold_is_right_in_every_column() -> None:
    result = figures_table.compare([ROW], {"d": [dict(ROW)]})
    assert set(result.measures.values()) == {100.0}


def test_a_missed_figure_is_wrong_everywhere_and_one_too_many_costs_precision() -> None:
    other = {**ROW, "char_start": 15, "char_end": 18}
    result = figures_table.compare([ROW], {"d": [other]})
    assert result.measures["recall"] == 0
    assert result.measures["precision"] == 0
    assert result.confusion == {("people", "not read"): 1, ("no figure", "people"): 1}


def test_phrases_are_compared_without_their_article_and_gold_may_name_other_readings() -> None:
    gold = {**ROW, "place": "the town", "or": {"category": ["displaced"], "predicate": "any"}}
    read = {**ROW, "place": "town", "category": "displaced", "predicate": "leave"}
    result = figures_table.compare([gold], {"d": [read]})
    assert result.measures["whole row"] == 100.0
    assert not result.wrong


def test_an_optional_figure_may_be_left_out() -> None:
    assert figures_table.compare([{**ROW, "optional": True}], {"d": []}).figures == 0


def test_the_gold_is_whole_and_true_to_its_texts() -> None:
    texts = {one["doc_id"]: one["text"] for one in figures_table.lines(figures_table.DOCUMENTS)}
    gold = figures_table.lines(figures_table.GOLD)
    assert len(gold) >= 250
    for row in gold:
        text = texts[row["doc_id"]]
        assert text[row["char_start"] : row["char_end"]] == row["surface"]
        assert row["sentence"] in text
        assert set(figures_table.COLUMNS) <= set(row)


def test_the_page_shows_every_measure_at_or_above_its_floor() -> None:
    page = (gate.FLOORS.parent.parent / "docs" / "figures.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^\| ([\w ]+) \| ([\d.]+)% \|$", page, flags=re.MULTILINE))
    floors = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    for measure in ("recall", "precision", *figures_table.COLUMNS, "whole row"):
        assert float(shown[measure]) >= floors[f"figures.{measure}"], measure
    modules = {
        path.stem for path in (gate.FLOORS.parent.parent / "transforms/figures/en").glob("*.py")
    }
    stages = page.split("| stage |")[1].split("\n\n")[0]
    named = re.findall(r"`(\w+)`", "".join(re.findall(r"\| ([^|]+) \|$", stages, re.MULTILINE)))
    assert named
    assert set(named) <= modules
