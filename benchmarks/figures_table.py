"""Figures against a gold that has the table's own columns, such as benchmarks/gold/figures.*.

DOCS has a line ``{doc_id, published, text}`` a text, with ``country`` (ISO 3166-1 alpha-3 of the
publisher) where dollars need it. GOLD has a line a figure: ``doc_id`` and the columns of figures
but ids, sentence_no and rule. ``or`` names other values of a column that a careful reader may
give (``any``: whichever); an ``optional`` figure may be left out. Phrases are compared without
their article or possessive pronoun.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]

DOCUMENTS = Path(__file__).parent / "gold" / "figures.docs.jsonl"
GOLD = Path(__file__).parent / "gold" / "figures.gold.jsonl"

#: What is compared, in the order of the table.
COLUMNS = (
    "surface",
    "value",
    "value_low",
    "value_high",
    "qualifier",
    "change",
    "unit_type",
    "unit",
    "unit_name",
    "counted",
    "counted_head",
    "subject",
    "category",
    "nationality",
    "predicate",
    "attributed_to",
    "place",
    "as_of_start",
    "as_of_end",
    "modality",
    "sentence",
)
_PHRASES = frozenset(("counted", "subject", "attributed_to", "place"))
_DETERMINERS = frozenset(
    ("a", "an", "the", "its", "his", "her", "their", "our", "my", "your", "this", "these", "those")
)


@dataclass
class Result:
    """Right and judged figures by column, whole rows, the confusion of category, and the wrong."""

    right: Counter[str] = field(default_factory=Counter)
    rows_right: int = 0
    found: int = 0
    read: int = 0
    figures: int = 0
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def share(self, column: str) -> float:
        """The per cent of the gold's figures whose column is right (a missed one is wrong)."""
        return 100 * self.right[column] / max(self.figures, 1)

    @property
    def measures(self) -> dict[str, float]:
        """By name: recall and precision of figures, each column's share and the whole rows'."""
        return {
            "recall": 100 * self.found / max(self.figures, 1),
            "precision": 100 * self.found / max(self.read, 1),
            **{column: self.share(column) for column in COLUMNS},
            "whole row": 100 * self.rows_right / max(self.figures, 1),
        }


def read(documents: Sequence[Json]) -> tuple[dict[str, list[Json]], float, float]:
    """Each text's rows of figures, as the pipeline makes them; CPU seconds of parse and figures."""
    from transforms.dates import read_dates
    from transforms.entities import read_entities
    from transforms.figures import read_figures
    from transforms.model import Article
    from transforms.parse import parse

    rows: dict[str, list[Json]] = {}
    parsing = reading = 0.0
    for document in documents:
        article = Article(
            "0" * 16,
            document["doc_id"],
            "0" * 64,
            document["text"],
            "0" * 16,
            published_date=dt.date.fromisoformat(document["published"]),
            country=document.get("country"),
        )
        begun = time.process_time()
        parsed = parse(article)
        parsing += time.process_time() - begun
        dates = read_dates(parsed)
        mentions, entities = read_entities(parsed)
        begun = time.process_time()
        rows[document["doc_id"]] = read_figures(parsed, dates, mentions, entities)
        reading += time.process_time() - begun
    return rows, parsing, reading


def compare(gold: Sequence[Json], rows: dict[str, list[Json]]) -> Result:
    """The rows that were read beside those of the gold, figure by figure."""
    result = Result()
    for doc_id in dict.fromkeys((*(row["doc_id"] for row in gold), *rows)):
        expected = [row for row in gold if row["doc_id"] == doc_id]
        left = list(rows.get(doc_id, []))
        for want in expected:
            got = _closest(want, left)
            if got is not None:
                left.remove(got)
            elif want.get("optional"):
                continue
            _judge(result, want, got)
        for got in left:
            result.read += 1
            result.confusion["no figure", str(got["category"])] += 1
            result.wrong.append(f"{doc_id} extra   {got['surface']!r} in {got['sentence']!r}")
    return result


def _closest(want: Json, rows: Sequence[Json]) -> Json | None:
    """The row that shares most characters with the gold's figure, of those with its value first."""

    def shared(row: Json) -> tuple[bool, int]:
        start = max(row["char_start"], want["char_start"])
        return _fits(want, row, "value"), min(row["char_end"], want["char_end"]) - start

    return max((row for row in rows if shared(row)[1] > 0), key=shared, default=None)


def _judge(result: Result, want: Json, got: Json | None) -> None:
    result.figures += 1
    if got is None:
        result.confusion[want["category"], "not read"] += 1
        result.wrong.append(f"{want['doc_id']} missed  {want['surface']!r} in {want['sentence']!r}")
        return
    result.found += 1
    result.read += 1
    wrong = [column for column in COLUMNS if not _fits(want, got, column)]
    for column in COLUMNS:
        result.right[column] += column not in wrong
    result.rows_right += not wrong
    right_category = "category" not in wrong
    result.confusion[want["category"], want["category"] if right_category else got["category"]] += 1
    for column in wrong:
        result.wrong.append(
            f"{want['doc_id']} {column:13} {want['surface']!r}: "
            f"{_shown(want.get(column))} read as {_shown(got[column])}"
        )


def _fits(want: Json, got: Json, column: str) -> bool:
    others = want.get("or", {}).get(column, [])
    if others == "any":
        return True
    return any(_equal(column, one, got[column]) for one in (want.get(column), *others))


def _equal(column: str, want: Any, got: Any) -> bool:
    if want is None or got is None:
        return want is got
    if isinstance(want, (int, float)):
        return bool(abs(want - got) <= 1e-6 * max(1.0, abs(want)))
    if column in _PHRASES:
        return _bare(want) == _bare(got)
    return str(want) == str(got)


def _bare(phrase: str) -> str:
    words = phrase.lower().split()
    while len(words) > 1 and words[0] in _DETERMINERS:
        words = words[1:]
    return " ".join(words)


def _shown(value: Any) -> str:
    return repr(value if value is None or isinstance(value, (str, float)) else str(value))


def report(result: Result) -> Iterator[str]:
    """The shares by column and the confusion of category, as lines for a person."""
    yield (
        f"{result.figures} figures in the gold, {result.found} of them read, "
        f"{result.read - result.found} more read"
    )
    for name, share in result.measures.items():
        yield f"  {name:<15} {share:6.1f}%"
    yield "category: gold -> read (figures)"
    for name, read_as in confusions(result):
        yield f"  {name:<12} {read_as}"


def page(texts: int, result: Result) -> Iterator[str]:
    """The shares by column and the confusion of category as a page shows them."""
    yield (
        f"On {texts} texts in news style, written for this project with the full row of each of "
        f"their {result.figures} figures (`benchmarks/gold/figures.*`); a figure that is not read "
        "counts as wrong in every column. Gold and reader have one maker, so expect somewhat less "
        "of other news. Category, side, source, place, time and modality were labelled anew by the "
        "conventions of the passages below, from the text alone."
    )
    yield "\n| measure | right |\n| --- | --- |"
    for name, share in result.measures.items():
        yield f"| {name} | {share:.1f}% |"
    yield "\n| category in the gold | read as (figures) |\n| --- | --- |"
    for name, read_as in confusions(result):
        yield f"| {name} | {read_as} |"


def confusions(result: Result) -> Iterator[tuple[str, str]]:
    """Each category of the gold with what it was read as, the commonest first."""
    for name in sorted({gold for gold, _ in result.confusion}):
        row = [(read, n) for (gold, read), n in result.confusion.items() if gold == name]
        row.sort(key=lambda item: (item[0] != name, -item[1], item[0]))
        yield name, ", ".join(f"{read} {n}" for read, n in row)


def measures(documents: Path = DOCUMENTS, gold: Path = GOLD) -> dict[str, float]:
    """Every measure of a gold by name, in per cent."""
    rows, _, _ = read(lines(documents))
    return compare(lines(gold), rows).measures


def lines(path: Path) -> list[Json]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
