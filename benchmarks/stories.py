"""Are the carriers of a story found, and nothing else? Planted edits of a corpus of articles.

``python -m benchmarks.stories CORPUS.jsonl[.gz] ... --articles 1000 --seed 1`` draws articles,
plants the edits of :mod:`benchmarks.planted`, reads every text and groups them all at once. A line
of the corpus is an object with ``id``, ``text`` and, if known, ``date``.

It prints for each edit how many of its texts are in their article's story, and how many of those
are duplicates; precision and recall over pairs (of articles and the edits of up to 15% of words);
how many follow-ups were taken as duplicate, and as the story; and how often a figure of the
articles is counted with and without the copies.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import itertools
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from dateutil import parser

from benchmarks.planted import CARRIERS, FOLLOW_UPS, LOOSE, carriers, follow_ups, vocabulary
from flows.readers import SourceSpec
from flows.readers import read as read_sources
from transforms.article import read_article
from transforms.extract import read_rows
from transforms.identity import text_id
from transforms.model import JSON, Article, RawArticle, Source
from transforms.stories.grouping import Place, Teller, families, grouped
from transforms.stories.repeated import Statement, repeated
from transforms.stories.rules import DEFAULT
from transforms.stories.said import content, said
from transforms.stories.sketch import signature
from warehouse.tables import Row

#: ``map``, or that of a pool.
Mapped = Callable[[Callable[["Text"], "Read | None"], list["Text"]], Iterable["Read | None"]]
#: Hours within which the carriers of a story are published.
_HOURS = 47


@dataclass(frozen=True)
class Text:
    """A planted text: of which article, by which edit (empty: the article itself)."""

    base: str
    edit: str
    text: str
    published_at: dt.datetime | None

    @property
    def name(self) -> str:
        return f"{self.base} {self.edit}"


@dataclass(frozen=True)
class Read:
    """What was read of a text."""

    text: Text
    text_id: str
    teller: Teller
    figures: list[Row]


def documents(paths: list[Path]) -> Iterator[dict[str, Any]]:
    """The articles of the corpora."""
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else Path.open
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                yield {**json.loads(line), "id": f"{path.name.partition('.')[0]}-{number}"}


def published(document: Mapping[str, Any], chance: random.Random) -> dt.datetime:
    """When it was published; some day of a year where that cannot be read."""
    try:
        at = parser.parse(str(document.get("date") or "").partition(".")[0])
        return at.replace(tzinfo=None)
    except (ValueError, OverflowError):
        return dt.datetime(2004, 1, 1) + dt.timedelta(hours=chance.randrange(365 * 24))


def read(text: Text) -> Read | None:
    """A text as the pipeline reads it; None if it is no article."""
    line = json.dumps({"id": text.name, "text": text.text})
    at = text.published_at
    raw = RawArticle(text.name, JSON, dt.datetime(2024, 1, 1), line.encode(), Source("planted"))
    article = read_article(raw)
    if not isinstance(article, Article):
        return None
    rows = read_rows(article)
    figures = rows.get("figures", [])
    teller = Teller(text.name, at, signature(article.text), said(article.text, rows))
    return Read(text, text_id(article.text), teller, figures)


def from_documents(
    documents: Sequence[Mapping[str, Any]],
    number: int,
    seed: int,
    mapped: Mapped = map,
    only: Sequence[str] = (),
) -> list[Read]:
    """Every text of so many articles, read; of the edits only those named, if any are."""
    chance = random.Random(seed)
    drawn = chance.sample(documents, min(number, len(documents)))
    some = chance.sample(documents, min(400, len(documents)))
    words = vocabulary({d["id"]: d["text"] for d in some})
    bases = [Text(d["id"], "", d["text"], published(d, chance)) for d in drawn]
    reads = [one for one in mapped(read, bases) if one is not None]
    more: list[Text] = []
    for one in reads:
        base = one.text
        assert base.published_at is not None
        edits = carriers(base.text, words, chance) | follow_ups(base.text, one.figures, chance)
        for edit, text in edits.items():
            later = dt.timedelta(hours=chance.randrange(1, _HOURS))
            if not only or edit in only:
                more.append(Text(base.base, edit, text, base.published_at + later))
    return reads + [one for one in mapped(read, more) if one is not None]


def places(reads: list[Read]) -> dict[str, Place]:
    """The place of each text; of equal texts the first stands for all."""
    first: dict[str, Read] = {}
    for one in sorted(reads, key=lambda one: one.teller.order):
        first.setdefault(one.text_id, one)
    found = grouped((one.teller for one in first.values()), DEFAULT).places
    return {one.text.name: found[first[one.text_id].text.name] for one in reads}


def measured(reads: list[Read]) -> Iterator[str]:
    """The lines of the report."""
    found = places(reads)
    story = {one.text.name: found[one.text.name].story_id for one in reads}
    base = {one.text.base: one.text.name for one in reads if not one.text.edit}
    first: dict[str, str] = {}
    for one in sorted(reads, key=lambda one: one.teller.order):
        first.setdefault(one.text_id, one.text.name)
    twice = {
        one.text.name
        for one in reads
        if first[one.text_id] != one.text.name or found[one.text.name].same_as is not None
    }
    yield f"{len(base)} articles, {len(reads)} texts"
    for edit in (*CARRIERS, *LOOSE, *FOLLOW_UPS):
        some = [one for one in reads if one.text.edit == edit]
        joined = sum(story[one.text.name] == story[base[one.text.base]] for one in some)
        same = sum(one.text.name in twice for one in some)
        yield f"{edit:14} {joined:5} of {len(some):5} in the story, {same:5} duplicates"
    pairs = _pairs(reads, story)
    yield f"pairs: precision {pairs.precision:.4f}, recall {pairs.recall:.4f}"
    without = f"precision but for follow-ups {pairs.right / (pairs.right + pairs.strange):.4f}"
    yield f"  {without}"
    yield f"  {pairs.follow_ups} pairs with a follow-up, {pairs.strange} of other articles"
    yield from _figures(_counted(reads), found, first)


@dataclass(frozen=True)
class _Pairs:
    """Pairs of texts of one story: those that are, those that were found, and of what else."""

    true: int
    right: int
    follow_ups: int
    strange: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.follow_ups + self.strange)

    @property
    def recall(self) -> float:
        return self.right / self.true


def _counted(reads: list[Read]) -> list[Read]:
    return [one for one in reads if one.text.edit in ("", *CARRIERS)]


def _pairs(reads: list[Read], story: Mapping[str, str]) -> _Pairs:
    counted, every = _counted(reads), [one for one in reads if one.text.edit not in LOOSE]
    sizes = Counter(one.text.base for one in counted)
    true = sum(size * (size - 1) // 2 for size in sizes.values())
    by_story: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for one in every:
        kind = one.text.edit if one.text.edit in FOLLOW_UPS else ""
        by_story[story[one.text.name]][one.text.base, kind] += 1
    right = wrong = strange = 0
    for parts in by_story.values():
        right += sum(size * (size - 1) // 2 for (_, kind), size in parts.items() if not kind)
        for (a, size), (b, other) in itertools.combinations(parts.items(), 2):
            wrong += size * other
            strange += size * other if a[0] != b[0] else 0
    return _Pairs(true, right, wrong - strange, strange)


def _figures(
    counted: list[Read], found: Mapping[str, Place], first: Mapping[str, str]
) -> Iterator[str]:
    own = sum(len(one.figures) for one in counted if not one.text.edit)
    every = sum(len(one.figures) for one in counted)
    rows = [
        one for one in counted
        if first[one.text_id] == one.text.name and found[one.text.name].same_as is None
    ]  # fmt: skip
    stories: dict[str, list[Read]] = defaultdict(list)
    for one in sorted(rows, key=lambda one: one.teller.order):
        stories[found[one.text.name].story_id].append(one)
    left = sum(len(one.figures) for one in rows)
    repeats = sum(
        len(repeated([[Statement(r["figure_id"], content(r)) for r in o.figures] for o in some]))
        for some in stories.values()
    )
    yield f"figures of the articles {own}; of all carriers {every} ({every / own:.2f} times)"
    once = left - repeats
    yield f"  without duplicates {left}, without repeats {once} ({once / own:.2f} times)"


def gated() -> dict[str, float]:
    """Precision and recall in per cent over edits of the sample articles: what the gate holds."""
    samples = Path(__file__).parents[1] / "seeds" / "articles"
    records = (one for one in read_sources([SourceSpec(path=str(samples))]))
    found = [read_article(one) for one in records if isinstance(one, RawArticle)]
    articles = {one.article_id: one for one in found if isinstance(one, Article)}
    tellers = [
        Teller(one.article_id, one.published_at, signature(one.text))
        for one in articles.values()
        if one.language == "en"
    ]
    # one of a story, of which the samples have carriers to show what comes of them
    alone = sorted(family[0].article_id for family in families(tellers, DEFAULT))
    documents = [
        {"id": one, "text": articles[one].text, "date": str(articles[one].published_at or "")}
        for one in alone
    ]
    reads = from_documents(documents, len(documents), 1, map)
    pairs = _pairs(reads, {name: place.story_id for name, place in places(reads).items()})
    return {"precision": 100 * pairs.precision, "recall": 100 * pairs.recall}


def main(arguments: list[str]) -> None:
    """The command."""
    command = argparse.ArgumentParser(prog="benchmarks.stories", description=__doc__)
    command.add_argument("corpora", nargs="+", type=Path)
    command.add_argument("--articles", type=int, default=1000)
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--workers", type=int, default=2)
    command.add_argument(
        "--edits",
        default="",
        help="only these, with commas: headline,one word,5%% of words,prefix,credit",
    )
    given = command.parse_args(arguments)
    only = [edit for edit in given.edits.split(",") if edit]
    with ProcessPoolExecutor(given.workers) as pool:
        mapped = partial(pool.map, chunksize=8)
        every = list(documents(given.corpora))
        reads = from_documents(every, given.articles, given.seed, mapped, only)
    for line in measured(reads):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
