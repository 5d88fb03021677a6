"""Annotated sets of openings of articles, read as the project's own gold is.

A set is two files of one line an article: NAME.docs.jsonl ``{id, text, published_at}`` and
NAME.gold.jsonl ``{id, figures, dates}``, a figure with ``text, start, end, low, high, qualifier,
unit_type, head, category, attributed_to, place, as_of, modality, nationality`` and, where it is
judged, ``change``; a list holds the answers that are right.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from transforms.extract import read_rows
from transforms.model import Article

Json = dict[str, Any]
#: Rows by article and table.
Read = Mapping[str, Mapping[str, list[Json]]]


def lines(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def pairs(folders: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """The documents and the gold of every set that has both, by folder and name."""
    for folder in folders:
        for documents in sorted(folder.glob("*.docs.jsonl")):
            gold = documents.with_name(documents.name.replace(".docs.", ".gold."))
            if gold.exists():
                yield documents, gold


def shown(value: float | None) -> str:
    """A measure in a table; nothing where it is not measured."""
    return "" if value is None else f"{value:.1f}"


def documents(folder: Path, name: str) -> dict[str, Json]:
    """The articles of a set by id, in the shape of our own gold's."""
    return {
        doc["id"]: {"doc_id": doc["id"], "published": _published(doc), "text": doc["text"]}
        for doc in lines(folder / f"{name}.docs.jsonl")
    }


def figures(gold: list[Json]) -> list[Json]:
    """The figures of a set's gold in the shape of our own."""
    return [_wanted(doc["id"], figure) for doc in gold for figure in doc["figures"]]


def _wanted(doc_id: str, given: Json) -> Json:
    """A figure of such a gold in the shape of our own, its lists of answers under ``or``."""
    named = {"counted_head": "head", "char_start": "start", "char_end": "end", "surface": "text"}
    named |= {"value_low": "low", "value_high": "high"}
    wanted: Json = {"doc_id": doc_id, "optional": given.get("optional"), "or": {}}
    columns = ("qualifier", "change", "unit_type", "category", "attributed_to", "place")
    for column, name in {**named, **{c: c for c in (*columns, "modality", "nationality")}}.items():
        if name in given:
            wanted[column], *wanted["or"][column] = options(given[name])
    as_of = given["as_of"]
    several = bool(as_of) and (as_of[0] is None or isinstance(as_of[0], list))
    pairs = [one or [None, None] for one in (as_of if several else [as_of])]
    for n, end in enumerate(("as_of_start", "as_of_end")):
        wanted[end], *wanted["or"][end] = [pair[n] for pair in pairs]
    return wanted


def options(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def _published(doc: Json) -> str:
    return str(doc.get("published") or doc.get("published_at") or doc.get("date"))[:10]


def rows(doc: Json) -> dict[str, list[Json]]:
    """Every row of a text; ids are of its own, as is its article."""
    article = Article(
        f"{doc['doc_id']:0<16}"[:16],
        doc["doc_id"],
        "0" * 64,
        doc["text"],
        "0" * 16,
        published_date=dt.date.fromisoformat(doc["published"]),
        country=doc.get("country"),
        language="en",
    )
    return read_rows(article)
