"""The project's own gold: sentences of each construction with what they mean, in full."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.transforms.dates.conftest import Read

Json = dict[str, Any]

GOLD = Path(__file__).parents[3] / "benchmarks" / "gold"
KEYS = ("text", "type", "value", "date_start", "date_end")


def lines(name: str) -> list[Json]:
    text = (GOLD / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


DOCUMENTS = lines("dates.docs.jsonl")
EXPRESSIONS = lines("dates.gold.jsonl")


@pytest.mark.parametrize("document", DOCUMENTS, ids=[d["text"][:60] for d in DOCUMENTS])
def test_every_expression_of_the_sentence_is_read(read: Read, document: Json) -> None:
    expected = [
        tuple(row[key] for key in KEYS)
        for row in EXPRESSIONS
        if row["doc_id"] == document["doc_id"]
    ]
    found = [
        (
            row["surface"],
            row["type"],
            row["value"],
            row["date_start"] and str(row["date_start"]),
            row["date_end"] and str(row["date_end"]),
        )
        for row in read(document["text"], document["dct"])
    ]
    assert found == expected


def test_the_gold_points_at_its_own_words() -> None:
    texts = {document["doc_id"]: document["text"] for document in DOCUMENTS}
    assert len(EXPRESSIONS) >= 200
    for row in EXPRESSIONS:
        assert texts[row["doc_id"]][row["start"] : row["end"]] == row["text"]
