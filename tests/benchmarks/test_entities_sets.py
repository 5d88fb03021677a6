"""Sets of names side by side: what is measured of each kind of gold, and how far they lie apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.entities_sets import BEGIN, END, PAGE, Set, measured, of_spans, page, table

TEXT = "Anna Berg opened the school in Nairobi. The Ministry of Health paid."


def written(folder: Path, gold: list[dict[str, Any]]) -> tuple[Path, Path]:
    paths = folder / "x.docs.jsonl", folder / "x.gold.jsonl"
    docs = [{"doc_id": "a", "text": TEXT}]
    for path, lines in zip(paths, (docs, gold), strict=True):
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return paths


def span(start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"doc_id": "a", "start": start, "end": end, **more}


def test_a_gold_of_spans_is_compared_without_articles(tmp_path: Path) -> None:
    gold = [
        span(0, 9, type="PER"),
        span(31, 38, type="LOC"),
        span(40, 62, type="ORG"),
    ]
    one = measured(*written(tmp_path, gold))
    assert (one.name, one.gold, one.documents, one.names) == ("x", "spans", 1, 3)
    assert one.f1 == {"PER": 100.0, "ORG": 100.0, "LOC": 100.0, "all": 100.0}
    assert one.lost == (0.0, 0.0, 0.0, 0.0)


def test_a_gold_of_places_is_asked_where_they_lie(tmp_path: Path) -> None:
    right = span(31, 38, geonames_id=184745, lat=-1.28, lon=36.82)
    one = measured(*written(tmp_path, [right]))
    assert (one.gold, one.f1) == ("places", {"places": 100.0})


def test_what_is_lost_is_told_by_how() -> None:
    gold = [{(0, 4): "PER", (6, 9): "ORG", (12, 15): "LOC", (20, 24): "LOC"}]
    read = [{(0, 4): "PER", (6, 9): "PER", (12, 18): "LOC", (30, 33): "ORG"}]
    one = of_spans("x", gold, read)
    assert one.f1["all"] == pytest.approx(25.0)
    assert one.lost == (25.0, 25.0, 25.0, 25.0)


def test_the_table_says_how_far_the_foreign_sets_lie_apart() -> None:
    def of(name: str, gold: str, value: float) -> Set:
        f1 = dict.fromkeys(("PER", "ORG", "LOC", "all"), value)
        return Set(name, gold, 2, 9, f1, 0.5, (1, 2, 3, 4))

    lines = list(table([of("own", "own", 99), of("b", "spans", 80), of("c", "spans", 90)]))
    assert lines[-1].startswith("| **best less worst** | | | | 10.0 | 10.0 | 10.0 | 10.0 |")
    assert len({line.count("|") for line in lines}) == 1


def test_the_page_keeps_what_stands_around_its_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    made = page(text, ["| a |"])
    assert made.startswith(text.split(BEGIN)[0] + BEGIN + "| a |\n" + END)
    assert made.endswith(text.split(END)[1])
