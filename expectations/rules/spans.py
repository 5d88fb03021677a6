"""What is expected of every row that stands for a place in a text."""

from __future__ import annotations

from expectations.batch import Batch
from expectations.model import Rule
from expectations.rules.writing import rule
from warehouse.tables import CLAIMS, DATES, ENTITIES, EVENTS, FIGURES, MENTIONS, Row

RULES: list[Rule] = []

SPANS = (MENTIONS, FIGURES, DATES, CLAIMS, EVENTS)
CHILDREN = (ENTITIES, *SPANS)
_OFFSETS = ("char_start", "char_end")


@rule(
    RULES,
    SPANS,
    "char_start",
    "0 <= char_start < char_end <= length of the article's text",
    reads=_OFFSETS,
    found=lambda row, batch: (
        f"{row['char_start']}..{row['char_end']} in a text of {len(batch.text(row))} characters"
    ),
)
def offsets_in_text(row: Row, batch: Batch) -> bool:
    return bool(0 <= row["char_start"] < row["char_end"] <= len(batch.text(row)))


def _at(row: Row, batch: Batch) -> str:
    start, end = max(row["char_start"], 0), max(row["char_end"], 0)
    return batch.text(row)[start:end]


@rule(
    RULES,
    SPANS,
    "surface",
    "the surface to be the text between its offsets",
    reads=_OFFSETS,
    found=lambda row, batch: (
        f'surface "{row["surface"]}" where the text has "{_at(row, batch)[:200]}"'
    ),
)
def surface_is_the_text(row: Row, batch: Batch) -> bool:
    return bool(row["surface"] == _at(row, batch))


@rule(RULES, SPANS, "surface", "a surface without white space around it")
def surface_trimmed(row: Row, batch: Batch) -> bool:
    surface: str = row["surface"]
    return bool(surface) and surface == surface.strip()


@rule(
    RULES,
    SPANS,
    "sentence_no",
    "the number of one of the article's sentences",
    found=lambda row, batch: (
        f"sentence {row['sentence_no']} of {batch.article(row)['sentence_count']}"
    ),
)
def sentence_of_the_article(row: Row, batch: Batch) -> bool:
    count = batch.article(row)["sentence_count"]
    return row["sentence_no"] >= 0 and (count is None or row["sentence_no"] < count)


@rule(
    RULES,
    CHILDREN,
    "published_date",
    "the article's published_date",
    found=lambda row, batch: (
        f"{row['published_date']} where the article has {batch.article(row)['published_date']}"
    ),
)
def published_with_its_article(row: Row, batch: Batch) -> bool:
    return bool(row["published_date"] == batch.article(row)["published_date"])


@rule(
    RULES,
    CHILDREN,
    "article_id",
    "an article that is not a duplicate of another: a story's rows are made once",
    found=lambda row, batch: (
        f"a row of {row['article_id']}, a duplicate of {batch.article(row)['duplicate_of']}"
    ),
)
def not_of_a_duplicate(row: Row, batch: Batch) -> bool:
    return batch.article(row)["duplicate_of"] is None


def _folded(text: str) -> str:
    return " ".join(text.split())


@rule(
    RULES,
    (FIGURES, DATES, EVENTS),
    "sentence",
    "an evidence sentence with the surface in it; null in a lake that was brought forward",
    reads=("surface",),
)
def sentence_holds_the_surface(row: Row, batch: Batch) -> bool:
    return row["sentence"] is None or _folded(row["surface"]) in _folded(row["sentence"])
