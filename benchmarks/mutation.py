"""Inputs that are bent out of shape, and what comes of one: the workers' part of
:mod:`benchmarks.hostile`. A new kind of input is one entry in :data:`KINDS`."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from benchmarks import mutated_files as files
from flows import worker
from transforms.limits import Limits
from transforms.model import HTML, JSON, TEXT, RawArticle, Reject, Source
from transforms.parse import DEFAULT_MODEL
from warehouse.vocabulary import REJECT_REASONS

SAMPLES = Path(__file__).parents[1] / "seeds" / "articles"
#: Bytes after which a mutated input is cut: mutation is about shapes, the limits about sizes.
MOST = 60_000
#: What is put in between: what parsers, numbers, dates and terminals stumble over.
_SPICE = [
    b"<div>" * 300, b"<p>" * 200, b"</", b"<!--", b"]]>", b"<script>", b"&#0;", b"&amp;" * 50,
    b'"', b"{", b"[" * 300, b"\\ud800", b"\\u0000", b"\x00", b"\x1b[31m", b"\xff\xfe",
    b"\xed\xa0\x80", "\u202e\u2066".encode(), "e\u0301".encode() * 40, b"\r", b"\n" * 50,
    b"1" * 5000, b"1 " * 400, b"million " * 100, b"3 March 2024 " * 80, b"31 February 0000 ",
    b"99:99", b"-1e999", b"$", b"%" * 60, b"(" * 200, b'"a ' * 200, b"said that " * 100,
    b"x" * 3000, b"a-" * 400, b"http://" * 60, b"Kari Holm and " * 60, b"killed 3 " * 60,
]  # fmt: skip
_TOKEN = re.compile(rb"\w+|[^\w\s]|\s+")


@dataclass(frozen=True)
class Kind:
    """A kind of input: its samples, and what is done with a mutated one, which says what came of
    it: ``article``, ``inputs`` of a file, ``nothing``, or the reason of a reject."""

    samples: Callable[[], Sequence[bytes]]
    attempt: Callable[[bytes, Limits], str]


@dataclass(frozen=True)
class Outcome:
    """What came of one input, its seconds, and the peak of its process in MB."""

    what: str
    seconds: float
    peak: float


def mutated(samples: Sequence[bytes], rng: random.Random) -> bytes:
    """A sample with one to six things done to it."""
    data = rng.choice(samples)
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        data = rng.choice(_MUTATIONS)(data, rng, samples)[:MOST]
    return data


def _splice(data: bytes, rng: random.Random, samples: Sequence[bytes]) -> bytes:
    other = rng.choice(samples)
    start, length = rng.randrange(len(other) + 1), rng.randrange(2000)
    at = rng.randrange(len(data) + 1)
    return data[:at] + other[start : start + length] + data[at:]


def _cut(data: bytes, rng: random.Random, samples: Sequence[bytes]) -> bytes:
    a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return rng.choice((data[:a], data[a:], data[:a] + data[b:]))


def _double(data: bytes, rng: random.Random, samples: Sequence[bytes]) -> bytes:
    a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:b] + data[a : min(b, a + 500)] * rng.choice((1, 2, 20, 100)) + data[b:]


def _bend(data: bytes, rng: random.Random, samples: Sequence[bytes]) -> bytes:
    bent = bytearray(data)
    for _ in range(rng.choice((1, 3, 30)) if bent else 0):
        bent[rng.randrange(len(bent))] ^= 1 << rng.randrange(8)
    return bytes(bent)


def _swap(data: bytes, rng: random.Random, samples: Sequence[bytes]) -> bytes:
    tokens = _TOKEN.findall(data)
    for _ in range(rng.choice((1, 5, 50)) if tokens else 0):
        a, b = rng.randrange(len(tokens)), rng.randrange(len(tokens))
        tokens[a], tokens[b] = tokens[b], tokens[a]
    return b"".join(tokens)


def _season(data: bytes, rng: random.Random, samples: Sequence[bytes]) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(_SPICE) + data[at:]


_MUTATIONS = (_splice, _cut, _double, _bend, _swap, _season)


@cache
def _files(*suffixes: str) -> tuple[bytes, ...]:
    paths = sorted(path for path in SAMPLES.rglob("*") if path.suffix in suffixes)
    return tuple(path.read_bytes() for path in paths)


@cache
def _records() -> tuple[bytes, ...]:
    lines = tuple(line for file in _files(".jsonl") for line in file.splitlines() if line.strip())
    texts = [file.decode(errors="replace") for file in _files(".txt")]
    made = ({"id": n, "title": "A", "date": "2025-05-01", "text": t} for n, t in enumerate(texts))
    return (*lines, *(json.dumps(record).encode() for record in made))


def _attempt(media_type: str, data: bytes, limits: Limits) -> str:
    source = Source("mutated", "UTC", "USA")
    raw = RawArticle("mutated", media_type, dt.datetime(2025, 5, 1), data, source)
    article = worker.read(raw, limits)
    if isinstance(article, Reject):
        article.detail.encode()
        if article.reason not in REJECT_REASONS:
            raise ValueError(f"an unknown reason: {article.reason}")
        return article.reason
    rows = worker.rows(worker.Job(article, full=True), DEFAULT_MODEL)
    repr(rows).encode()  # that every text in them can be written
    return "article"


#: The kinds of inputs that are mutated.
KINDS = {
    "pages": Kind(partial(_files, ".html", ".htm"), partial(_attempt, HTML)),
    "texts": Kind(partial(_files, ".txt"), partial(_attempt, TEXT)),
    "records": Kind(_records, partial(_attempt, JSON)),
    "archives": Kind(files.archives, partial(files.attempt, "papers.zip")),
    "warcs": Kind(files.web_archives, partial(files.attempt, "crawl.warc")),
    "mail": Kind(files.mail, partial(files.attempt, "letters.mbox")),
    "documents": Kind(files.documents, partial(files.attempt, "boats.docx")),
    "tables": Kind(files.tables, partial(files.attempt, "export.csv")),
    "lists": Kind(files.lists, partial(files.attempt, "feed.rss")),
}


def tried(item: tuple[str, int, int], limits: Limits) -> Outcome:
    """In a worker: what came of the input of a kind, a seed and a number. Raises what it raises."""
    kind, seed, number = item
    data = mutated(KINDS[kind].samples(), random.Random(f"{kind} {seed} {number}"))
    began = time.perf_counter()
    what = KINDS[kind].attempt(data, limits)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Outcome(what, time.perf_counter() - began, peak)
