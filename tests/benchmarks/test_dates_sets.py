"""Sets of times side by side: what is measured of each kind of gold, and how far they lie apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.dates_sets import BEGIN, END, PAGE, Set, measured, page, table


def written(folder: Path, name: str, docs: list[Any], gold: list[Any]) -> tuple[Path, Path]:
    paths = folder / f"{name}.docs.jsonl", folder / f"{name}.gold.jsonl"
    for path, lines in zip(paths, (docs, gold), strict=True):
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return paths


def timex(start: int, end: int, value: str, kind: str = "DATE") -> dict[str, Any]:
    return {"doc_id": "a", "start": start, "end": end, "text": "", "type": kind, "value": value}


TEXT = "The lock is shut now. It broke on Monday and stays shut for ten days."


def test_a_gold_of_timex3_is_read_in_its_words(tmp_path: Path) -> None:
    gold = [timex(17, 20, "PRESENT_REF"), timex(34, 40, "2024-06-10"), timex(60, 68, "P10D")]
    gold[2]["type"] = "DURATION"
    one = measured(
        *written(tmp_path, "x", [{"doc_id": "a", "dct": "2024-06-12", "text": TEXT}], gold)
    )
    assert (one.name, one.kind, one.documents, one.expressions) == ("x", "TIMEX3", 1, 3)
    assert one.f1["value"] == one.f1["interval"] == 100.0
    assert one.lost == (0.0, 0.0, 0.0)


def test_a_gold_of_days_alone_is_asked_for_them_alone(tmp_path: Path) -> None:
    docs = [{"doc_id": "a", "dct": "2024-06-12", "text": TEXT}]
    one = measured(*written(tmp_path, "x", docs, [timex(34, 40, "2024-06-10")]))
    assert (one.kind, one.f1["interval"]) == ("from-to", 100.0)


def test_passages_are_measured_by_their_days(tmp_path: Path) -> None:
    docs = [{"id": "a", "published_at": "2024-06-12T10:00:00Z", "text": TEXT}]
    dates = [
        {"start_char": 34, "end_char": 40, "start": "2024-06-10", "end": "2024-06-10"},
        {"start_char": 0, "end_char": 3, "start": "2024-06-12", "end": "2024-06-12"},
    ]
    one = measured(*written(tmp_path, "x", docs, [{"id": "a", "dates": dates}]))
    assert (one.kind, list(one.f1)) == ("passages", ["interval"])
    assert one.lost == (50.0, 0.0, 0.0)


def test_the_table_says_how_far_the_foreign_sets_lie_apart() -> None:
    def of(name: str, kind: str, value: float) -> Set:
        return Set(name, kind, 2, 9, dict.fromkeys(("value", "interval"), value), (1, 2, 3), 0.5)

    lines = list(table([of("own", "own", 100), of("b", "TIMEX3", 80), of("c", "from-to", 90)]))
    assert lines[-2].startswith("| **mean of the foreign sets** |")
    assert "| 85.0 | 85.0 |" in lines[-2]
    assert "| 10.0 | 10.0 |" in lines[-1]


def test_the_page_has_a_place_for_the_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page(text, ["| a |"]).split(BEGIN)[1].split(END)[0] == "| a |\n"
