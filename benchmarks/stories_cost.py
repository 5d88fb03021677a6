"""Does finding stories cost more in a large lake than in a small one?

    python -m benchmarks.stories_cost CORPUS.jsonl[.gz] [--small 1000] [--large 100000] [--days 30]

Fills two lakes with articles of drawn words, as many a day as the large one has in ``--days`` days
(so that the window of a story holds equally many in proportion, and the large lake's holds
thousands), then builds the same 200 articles of the corpus in both, in turn, three times each.
Prints CPU seconds an article of the whole build, of what is asked of the lake for it, the ratio of
the two lakes and what the table ``bands`` takes on disk.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.stories import documents
from flows import bench as building
from flows.neighbours import Asked, Neighbours, neighbours
from flows.pipeline import run_plainly
from flows.settings import Settings, SourceSpec
from transforms.identity import digest, text_id
from transforms.stories.rules import Rules
from transforms.stories.said import Said
from transforms.stories.sketch import bands, signature
from warehouse.address import Address
from warehouse.lake import Lake, Publication
from warehouse.tables import ARTICLES, BANDS, FINGERPRINTS, Row

_FIRST = dt.date(2024, 6, 1)
_CHUNK = 5_000
_ROUNDS = 3
_NEW = 200


def main(arguments: list[str]) -> None:
    """The command."""
    command = argparse.ArgumentParser(prog="benchmarks.stories_cost", description=__doc__)
    command.add_argument("corpora", nargs="+", type=Path)
    command.add_argument("--small", type=int, default=1_000)
    command.add_argument("--large", type=int, default=100_000)
    command.add_argument("--days", type=int, default=30)
    given = command.parse_args(arguments)
    articles = list(documents(given.corpora))
    random.Random(2).shuffle(articles)
    words = [word for one in articles[:300] for word in one["text"].split()]
    with tempfile.TemporaryDirectory(prefix="dateline-cost-") as scratch:
        lakes = {size: Path(scratch) / str(size) for size in (given.small, given.large)}
        for size, path in lakes.items():
            _fill(path, size, given.large / given.days, words)
        news = Path(scratch) / "news"
        news.mkdir()
        _report(lakes, news, articles, _FIRST + dt.timedelta(days=given.days))


def _fill(path: Path, size: int, a_day: float, words: list[str]) -> None:
    chance = random.Random(size)
    with Lake.open(path, create=True) as lake:
        for start in range(0, size, _CHUNK):
            numbers = range(start, min(start + _CHUNK, size))
            rows = [_article(size - number, a_day, words, chance) for number in numbers]
            prints = [signature(row["text"]) for row in rows]
            tables = {
                ARTICLES.name: ARTICLES.arrow(rows),
                FINGERPRINTS.name: FINGERPRINTS.arrow(_prints(rows, prints)),
                BANDS.name: _bands(rows, prints),
            }
            lake.publish(Publication(insert=tables), "fill")
    print(f"a lake of {size:,} articles", flush=True)


def _article(before: int, a_day: float, words: list[str], chance: random.Random) -> Row:
    """One published so many articles before the last."""
    text = " ".join(chance.choices(words, k=chance.randint(120, 700)))
    article_id = digest("cost", before, len(text))
    day = _FIRST + dt.timedelta(days=30 - 1 - before // a_day)
    return ARTICLES.row(
            article_id=article_id, source="fill", source_uri=article_id, authors=[],
            published_at=dt.datetime.combine(day, dt.time(9)), published_date=day,
            published_zone="UTC", language="en", text=text, sentence_count=1,
            text_id=text_id(text), revision=0, raw_id="0" * 64, run_id="fill",
            ingested_at=dt.datetime(2024, 7, 1), extractor="fill", story_id=article_id,
        )  # fmt: skip


def _prints(rows: list[Row], prints: list[bytes]) -> Iterator[Row]:
    nothing = Said(digest("nothing"), ()).to_json()
    for row, one in zip(rows, prints, strict=True):
        yield FINGERPRINTS.row(
            article_id=row["article_id"], published_date=row["published_date"],
            family_id=row["article_id"], signature=one, said=nothing,
        )  # fmt: skip


def _bands(rows: list[Row], prints: list[bytes]) -> pa.Table:
    found = [bands(one) for one in prints]
    sizes = [len(some) for some in found]
    columns = {
        "band": pa.array([band for some in found for band in some], pa.int64()),
        "article_id": _spread([row["article_id"] for row in rows], sizes, pa.string()),
        "published_date": _spread([row["published_date"] for row in rows], sizes, pa.date32()),
    }
    return pa.table(columns)


def _spread(values: list[Any], sizes: list[int], kind: pa.DataType) -> pa.Array:
    spread = [v for value, n in zip(values, sizes, strict=True) for v in [value] * n]
    return pa.array(spread, kind)


def _report(
    lakes: dict[int, Path], news: Path, articles: list[dict[str, Any]], day: dt.date
) -> None:
    whole: dict[int, list[float]] = {size: [] for size in lakes}
    asking: dict[int, list[float]] = {size: [] for size in lakes}
    for number in range(_ROUNDS):
        for old in news.iterdir():
            old.unlink()
        for one in articles[number * _NEW : (number + 1) * _NEW]:
            text = f"Published: {day:%d %B %Y}\n\n{one['text']}"
            (news / f"{one['id']}.txt").write_text(text, encoding="utf-8")
        for size, path in lakes.items():
            spent = [0.0]

            def timed(
                lake: Lake, asked: Asked, rules: Rules, spent: list[float] = spent
            ) -> Neighbours:
                begun = time.process_time()
                answer = neighbours(lake, asked, rules)
                spent[0] += time.process_time() - begun
                return answer

            building.neighbours = timed  # type: ignore[attr-defined]
            begun = _spent()
            _build(path, news)
            whole[size].append((_spent() - begun) / _NEW)
            asking[size].append(spent[0] / _NEW)
    building.neighbours = neighbours  # type: ignore[attr-defined]
    for size, path in lakes.items():
        held = sum(file.stat().st_size for file in path.rglob("bands/**/*.parquet"))
        there = size + _ROUNDS * _NEW
        print(
            f"{size:>9,} articles: {statistics.median(whole[size]) * 1000:.1f} ms CPU an article, "
            f"of these asking the lake {statistics.median(asking[size]) * 1000:.2f}; "
            f"bands {held / 1e6:.1f} MB, {held / there:,.0f} bytes an article"
        )
    small, large = lakes
    ratio = statistics.median(whole[large]) / statistics.median(whole[small])
    print(f"ratio of the large lake to the small one: {ratio:.2f}")


def _build(path: Path, news: Path) -> None:
    run_plainly(Settings(lake=Address(path), workers=1), [SourceSpec(path=str(news))])


def _spent() -> float:
    """CPU seconds of this process and of its workers that have ended."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main(sys.argv[1:])
