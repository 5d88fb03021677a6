"""The rules of figures and the reasons of numbers left out, with an example each, for the docs.

``python -m benchmarks.figures_rules`` writes both tables between the marks of docs/figures.md
anew. The examples are benchmarks/gold/figures.examples.jsonl: a line ``{rule, text, surface}``, or
``{reason, text, surface}`` where the surface is of the number that is left out; with ``country``
(ISO 3166-1 alpha-3 of the publisher) where the rule asks for it, and ``dates`` false for what is
said only where the reader of dates has claimed nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.pages import renewed
from transforms.considered import LeftOut
from transforms.dates import read_dates
from transforms.entities import read_entities
from transforms.figures import study_figures
from transforms.figures.en.reasons import REASONS
from transforms.figures.rules import STEPS
from transforms.model import Article
from transforms.parse import parse
from warehouse.tables import Row

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "figures.md"
EXAMPLES = ROOT / "benchmarks" / "gold" / "figures.examples.jsonl"
MARKS = {
    name: (f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n") for name in ("rules", "reasons")
}

Json = dict[str, Any]


@cache
def examples() -> dict[str, dict[str, Json]]:
    """The examples by what they show (rule or reason) and its name."""
    found: dict[str, dict[str, Json]] = {"rule": {}, "reason": {}}
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        example = json.loads(line)
        kind = "rule" if "rule" in example else "reason"
        found[kind][example[kind]] = example
    return found


def read(example: Json) -> tuple[list[Row], list[LeftOut]]:
    """What is read of an example, and what is left out."""
    article = Article(
        "0" * 16, "example", "0" * 64, example["text"], "0" * 16,
        published_date=dt.date(2025, 4, 28), country=example.get("country"),
    )  # fmt: skip
    parsed = parse(article)
    dates = read_dates(parsed) if example.get("dates", True) else []
    return study_figures(parsed, dates, *read_entities(parsed))


def shown(example: Json) -> Row:
    """The row of an example that the rule made. Raises ``LookupError`` where there is none."""
    for row in read(example)[0]:
        if row["surface"] == example["surface"] and example["rule"] in row["rule"].split("+"):
            return row
    raise LookupError(f"no row of {example['surface']!r} by {example['rule']}: {example['text']}")


def refused(example: Json) -> LeftOut:
    """The number of an example that is left out. Raises ``LookupError`` where there is none."""
    for one in read(example)[1]:
        surface = example["text"][one.start : one.end]
        if surface == example["surface"] and one.reason == example["reason"]:
            return one
    raise LookupError(f"{example['surface']!r} is not left out as {example['reason']}")


def rules() -> Iterator[tuple[str, ...]]:
    """The cells of the table of rules. Raises ``KeyError`` for a rule without an example."""
    yield "step", "rule", "example", "surface", "value", "unit", "counted", "category"
    for step, names in STEPS.items():
        for name in names:
            row = shown(example := examples()["rule"][name])
            counted = row["counted"] or ""
            told = (row["surface"], _value(row), row["unit"], counted, row["category"])
            yield step, f"`{name}`", example["text"], *told


def _value(row: Row) -> str:
    ends = ("value_low", "value_high") if row["qualifier"] == "between" else ("value",)
    values = [row[end] for end in ends if row[end] is not None]
    return " to ".join(f"{value:,.12g}" if value % 1 == 0 else f"{value:.4g}" for value in values)


def reasons() -> Iterator[tuple[str, ...]]:
    """The cells of the table of reasons. Raises ``KeyError`` for a reason without an example."""
    yield "reason", "what it says", "example", "left out", "seen"
    for name, told in REASONS.items():
        example = examples()["reason"][name]
        yield f"`{name}`", told, example["text"], example["surface"], refused(example).detail


def page(text: str) -> str:
    """The page with its tables made anew."""
    for name, table in (("rules", rules), ("reasons", reasons)):
        begin, end = MARKS[name]
        text = renewed(text, begin, end, _markdown(table()))
    return text


def _markdown(rows: Iterator[tuple[str, ...]]) -> str:
    lines = [
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |" for cells in rows
    ]
    columns = lines[0].count(" | ") + 1
    return "\n".join([lines[0], "|" + " --- |" * columns, *lines[1:]]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
