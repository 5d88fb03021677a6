"""The most frequent entities of each kind over a corpus, for a person to look at.

A reader marks the wrong rows in ``benchmarks/gold/entities_wrong.csv`` (kind, name, link, why);
the tables carry the marks, and each kind's share of wrong rows is counted from them.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.entities_gold import KINDS, link_of
from transforms.entities import read_entities
from transforms.identity import text_id
from transforms.model import Article, Parsed
from transforms.parse import DEFAULT_MODEL, parse

MARKS = Path(__file__).parent / "gold" / "entities_wrong.csv"
MOST = 100

Key = tuple[str, str]  # kind, entity_id


@dataclass
class Tally:
    """How often an entity is named, and how."""

    name: str
    link: str
    articles: int = 0
    mentions: int = 0
    surfaces: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)


def corpus(path: Path, articles: int | None = None) -> Iterator[Article]:
    """The articles of a JSON-lines file (.gz too), spread evenly over it if fewer are wanted."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    step = max(1, len(rows) // articles) if articles else 1
    for row in islice(rows[::step], articles):
        yield article(row)


def article(row: dict[str, Any]) -> Article:
    name = str(row["id"])
    return Article(
        article_id=text_id(name),
        source_uri=name,
        raw_id="0" * 64,
        text=row["text"],
        text_id=text_id(row["text"]),
        url=row.get("url"),
        source=row.get("source"),
        title=row.get("title"),
    )


def tally(parses: Iterable[Parsed]) -> dict[Key, Tally]:
    """Every entity of the articles with its counts."""
    found: dict[Key, Tally] = {}
    for parsed in parses:
        mentions, entities = read_entities(parsed)
        surfaces: dict[str, Counter[str]] = defaultdict(Counter)
        for row in mentions:
            surfaces[row["entity_id"]][row["surface"]] += 1
        for row in entities:
            key = (row["entity_type"], row["entity_id"])
            one = found.setdefault(key, Tally(row["name"], link_of(row)))
            one.articles += 1
            one.mentions += row["mention_count"]
            one.surfaces.update(surfaces[row["entity_id"]])
            one.names[row["name"]] += 1
    for one in found.values():
        one.name = one.names.most_common(1)[0][0]
    return found


def most_frequent(found: dict[Key, Tally], most: int = MOST) -> dict[str, list[Tally]]:
    """The entities of each kind in the most articles, the most often named first among equals."""
    ranked: dict[str, list[Tally]] = {}
    for kind in KINDS.values():
        of_kind = [one for (other, _), one in found.items() if other == kind]
        of_kind.sort(key=lambda one: (-one.articles, -one.mentions, one.name, one.link))
        ranked[kind] = of_kind[:most]
    return ranked


def marks(path: Path = MARKS) -> dict[tuple[str, str, str], str]:
    """What a reader found wrong: (kind, name, link) -> why."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {(r["kind"], r["name"], r["link"]): r["why"] for r in csv.DictReader(lines)}


def write(ranked: dict[str, list[Tally]], out: Path) -> list[str]:
    """One table a kind as ``out/KIND.md``, with how each is written, and all as ``out/top.md``.

    Returns a line of sums for each kind.
    """
    out.mkdir(parents=True, exist_ok=True)
    wrong = marks()
    sums, page = [], []
    for kind, rows in ranked.items():
        long = ["| | entity | link | articles | mentions | written | wrong |", "|" + " --- |" * 7]
        short = ["| | entity | link | articles | wrong |", "|" + " --- |" * 5]
        bad = 0
        for rank, one in enumerate(rows, 1):
            why = wrong.get((kind, one.name, one.link), "")
            bad += bool(why)
            name = one.name.replace("|", "/")
            written = ", ".join(" ".join(text.split()) for text, _ in one.surfaces.most_common(4))
            counts = f"{one.articles} | {one.mentions}"
            long.append(f"| {rank} | {name} | {one.link} | {counts} | {written} | {why} |")
            short.append(f"| {rank} | {name} | {one.link} | {one.articles} | {why} |")
        (out / f"{kind}.md").write_text("\n".join(long) + "\n", encoding="utf-8")
        share = 100 * bad / max(len(rows), 1)
        sums.append(f"{kind}: {len(rows)} entities, {bad} wrong ({share:.1f}%)")
        page += [f"### {kind}", "", f"{len(rows)} entities, {bad} wrong.", "", *short, ""]
    (out / "top.md").write_text("\n".join(page), encoding="utf-8")
    return sums


def main(path: Path, articles: int | None, out: Path, model: str = DEFAULT_MODEL) -> int:
    parses = (parse(one, model) for one in corpus(path, articles))
    for line in write(most_frequent(tally(parses)), out):
        print(line)
    print(f"tables in {out}")
    return 0
