"""How well articles are read from pages: the body, the title, the authors, the date.

    python -m benchmarks.article PATH [--wrong] [--peer]

PATH is a folder with ``article-extraction/`` (``ground-truth.json``: articleBody by page;
``html/ID.html.gz``) and ``pages/COUNTRY/`` (``NAME_DATE.html.gz`` and ``NAME.json``, whose n-th
version, in the order of their names, is the n-th page). Either may be missing.

Bodies are compared by shingles of four words: precision and recall are the means over pages of
what was found rightly, too much, and too little, each as a share of the page's shingles, so that
long pages weigh no more than short ones. Titles and authors are right when equal but for case and
punctuation; a date is right when the calendar day, and separately when the instant, is equal.
With ``--peer`` trafilatura reads the same pages in the same run, quickly and with its fallbacks.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from transforms.article import read_article
from transforms.model import Article, RawArticle, Reject, Source

_WORD = re.compile(r"\w+")
_EPOCH = dt.datetime(1970, 1, 1)

Pair = tuple[str, str]


def read_page(path: Path) -> Article | Reject:
    raw = RawArticle(
        path.name, "text/html", _EPOCH, gzip.decompress(path.read_bytes()), Source("benchmark")
    )
    return read_article(raw)


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(
        tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)) if words
    )


def body_scores(pairs: Iterable[Pair]) -> tuple[float, float, float]:
    """Precision, recall and F1 of (gold, found) bodies."""
    right = over = under = 0.0
    for gold, found in pairs:
        expected, got = shingles(gold), shingles(found)
        hit = sum((expected & got).values())
        extra = sum((got - expected).values())
        missed = sum((expected - got).values())
        total = hit + extra + missed
        if total:
            right, over, under = right + hit / total, over + extra / total, under + missed / total
    precision = right / (right + over) if right + over else 0.0
    recall = right / (right + under) if right + under else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def peer_text(path: Path, *, fast: bool) -> str:
    """The body as trafilatura alone reads it."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.extract(
        gzip.decompress(path.read_bytes()), fast=fast, include_comments=False
    )
    return found or ""


def score_peer(gold: dict[Path, str]) -> None:
    """Prints the peer's scores; ``gold`` is the body by page."""
    for fast in (True, False):
        started = time.process_time()
        found = {path: peer_text(path, fast=fast) for path in gold}
        each = 1000 * (time.process_time() - started) / len(gold)
        precision, recall, f1 = body_scores((text, found[path]) for path, text in gold.items())
        print(
            f"  trafilatura{' fast' if fast else ''}: precision {precision:.4f}, "
            f"recall {recall:.4f}, F1 {f1:.4f}; {each:.0f} CPU-ms a page"
        )


def _text(article: Article | Reject) -> str:
    return article.text if isinstance(article, Article) else ""


def score_bodies(folder: Path, *, wrong: bool, peer: bool) -> None:
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    started = time.process_time()
    found = {key: read_page(folder / "html" / f"{key}.html.gz") for key in gold}
    seconds = time.process_time() - started
    pairs = {key: (item["articleBody"], _text(found[key])) for key, item in gold.items()}
    precision, recall, f1 = body_scores(pairs.values())
    rejected = sum(isinstance(article, Reject) for article in found.values())
    print(
        f"bodies        {len(pairs)} pages: precision {precision:.4f}, recall {recall:.4f}, "
        f"F1 {f1:.4f}; {rejected} rejected; {1000 * seconds / len(pairs):.0f} CPU-ms a page"
    )
    if peer:
        bodies = {folder / "html" / f"{key}.html.gz": v["articleBody"] for key, v in gold.items()}
        score_peer(bodies)
    if wrong:
        worst = sorted((body_scores([pair]), key) for key, pair in pairs.items())
        for (p, r, f), key in sorted(worst, key=lambda item: item[0][2])[:25]:
            print(f"  {f:.3f} (precision {p:.3f}, recall {r:.3f}) {key}")


def _pages(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for gold in sorted(folder.glob("*/*.json")):
        versions = json.loads(gold.read_text(encoding="utf-8"))
        pages = sorted(gold.parent.glob(f"{gold.stem}_*.html.gz"))
        for page, version in zip(pages, sorted(versions), strict=False):
            yield page, versions[version]


def _gold_body(gold: dict[str, Any]) -> str:
    body = gold.get("body") or {}
    lines = list(body.get("summary", ()))
    for section in body.get("sections", ()):
        lines += [*section["headline"], *section["paragraphs"]]
    return "\n".join(lines)


def _plain(text: str | None) -> str:
    return " ".join(_WORD.findall((text or "").casefold()))


def score_pages(folder: Path, *, wrong: bool, peer: bool) -> None:
    counts: Counter[str] = Counter()
    bodies: list[Pair] = []
    total = 0
    for page, gold in _pages(folder):
        total += 1
        article = read_page(page)
        bodies.append((_gold_body(gold), _text(article)))
        if isinstance(article, Reject):
            print(f"  {page.name}: {article.reason}: {article.detail}")
            continue
        at = dt.datetime.fromisoformat(gold["publishing_date"])
        instant = at.astimezone(dt.UTC).replace(tzinfo=None)
        names = [_plain(name) for name in article.authors]
        checks = {
            "title": (_plain(article.title) == _plain(gold["title"]), article.title, gold["title"]),
            "authors": (
                sorted(names) == sorted(_plain(name) for name in gold["authors"]),
                article.authors,
                gold["authors"],
            ),
            "day": (article.published_date == at.date(), article.published_date, at.date()),
            "instant": (
                article.published_at is not None
                and abs(article.published_at - instant) < dt.timedelta(minutes=1),
                article.published_at,
                instant,
            ),
        }
        for name, (right, got, expected) in checks.items():
            counts[name] += right
            if wrong and not right:
                print(f"  {page.name}: {name} {got!r}, gold {expected!r}")
    for name in ("title", "authors", "day", "instant"):
        print(f"{name:<13} {counts[name]} of {total} pages: {counts[name] / total:.3f}")
    precision, recall, f1 = body_scores(bodies)
    print(f"pages' bodies precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}")
    if peer:
        score_peer({page: _gold_body(gold) for page, gold in _pages(folder)})


def main() -> None:
    parser = argparse.ArgumentParser(description="Score how articles are read from pages.")
    parser.add_argument("path", type=Path, help="folder with article-extraction/ and pages/")
    parser.add_argument("--wrong", action="store_true", help="list what was read wrongly")
    parser.add_argument("--peer", action="store_true", help="trafilatura beside it")
    arguments = parser.parse_args()
    if (arguments.path / "article-extraction").is_dir():
        score_bodies(
            arguments.path / "article-extraction", wrong=arguments.wrong, peer=arguments.peer
        )
    if (arguments.path / "pages").is_dir():
        score_pages(arguments.path / "pages", wrong=arguments.wrong, peer=arguments.peer)


if __name__ == "__main__":
    main()
