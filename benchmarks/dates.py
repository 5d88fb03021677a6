"""How well expressions of time are read, and how fast.

``python -m benchmarks.dates score DOCS.jsonl GOLD.jsonl [--table] [--wrong]`` prints every measure,
characters a second on one core and the share of the parse's CPU time (``--table`` for a gold that
keeps to the table's own conventions, such as benchmarks/gold/dates.*.jsonl); ``python -m
benchmarks.dates predict DOCS.jsonl OUT.jsonl`` writes TIMEX3 predictions; ``python -m
benchmarks.dates fuzz [N]`` reads N mutated sentences and checks that nothing is raised and that
spans stay true.

DOCS has a line ``{doc_id, dct, text}`` a document, dct its creation time; GOLD and OUT a line
``{doc_id, start, end, text, type, value}`` an expression, offsets in characters, end exclusive.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.dates_adapter import Timex, timexes
from benchmarks.dates_score import MEASURES, matched, scores
from transforms.dates import read_dates
from transforms.dates.narrative import is_narrative
from transforms.dates.read import read_expressions
from transforms.model import Article
from transforms.parse import parse

Json = dict[str, Any]


@dataclass
class Cost:
    """What reading cost, in CPU seconds, and how many characters were read."""

    characters: int = 0
    parse: float = 0.0
    dates: float = 0.0


def predict(documents: Sequence[Json], *, table: bool = False) -> tuple[list[Json], Cost]:
    """The TIMEX3 of every document, and what reading them cost.

    With ``table`` the expressions are as the table has them, not as the annotated corpora do.
    The first document is read once before the clock starts, so that models, tables and grammar
    are loaded.
    """
    cost = Cost()
    rows: list[Json] = []
    if documents:
        read_expressions(parse(article(documents[0])))
    for document in documents:
        begun = time.process_time()
        parsed = parse(article(document))
        parsed_at = time.process_time()
        expressions = read_expressions(parsed)
        cost.parse += parsed_at - begun
        cost.dates += time.process_time() - parsed_at
        cost.characters += len(document["text"])
        narrative = is_narrative([e.meaning for e in expressions], parsed)
        found = [Timex(e.start, e.end, e.resolved.type, e.resolved.value) for e in expressions]
        rows += [
            {
                "doc_id": document["doc_id"],
                "start": timex.start,
                "end": timex.end,
                "text": document["text"][timex.start : timex.end],
                "type": timex.type,
                "value": timex.value,
            }
            for timex in (found if table else timexes(parsed, expressions, narrative))
        ]
    return rows, cost


def article(document: Json) -> Article:
    """A document as an article published at its creation time."""
    dct = str(document.get("dct") or "")
    return Article(
        article_id="0" * 16,
        source_uri=str(document["doc_id"]),
        raw_id="0" * 64,
        text=document["text"],
        text_id="0" * 16,
        published_date=dt.date.fromisoformat(dct[:10]) if len(dct) >= 10 else None,
    )


def report(gold: Sequence[Json], rows: Sequence[Json], cost: Cost) -> Iterator[str]:
    """The measures as lines for a person."""
    yield f"{len(gold)} expressions in the gold, {len(rows)} predicted"
    for measure, score in scores(gold, rows).items():
        yield (
            f"{measure:9} F1 {score.f1:6.2f}   precision {score.precision:6.2f}   "
            f"recall {score.recall:6.2f}"
        )
    if cost.dates and cost.parse:
        yield f"{cost.characters / cost.dates:,.0f} characters a second on one core"
        yield f"{100 * cost.dates / cost.parse:.1f}% of the parse's CPU time"


def wrong(gold: Sequence[Json], rows: Sequence[Json]) -> Iterator[str]:
    """What was missed, read too much, or read otherwise."""
    for document in sorted({row["doc_id"] for row in (*gold, *rows)}):
        expected = [row for row in gold if row["doc_id"] == document]
        found = [row for row in rows if row["doc_id"] == document]
        pairs = matched(expected, found)
        for want, got in pairs:
            same = all(want[key] == got[key] for key in ("start", "end", "type", "value"))
            if not same:
                yield f"other   {document}: {_shown(want)} read as {_shown(got)}"
        met = [id(row) for pair in pairs for row in pair]
        yield from (f"missed  {document}: {_shown(w)}" for w in expected if id(w) not in met)
        yield from (f"extra   {document}: {_shown(g)}" for g in found if id(g) not in met)


def _shown(row: Json) -> str:
    return f"{row['text']!r} {row['type']} {row['value']} at {row['start']}"


def read_lines(path: Path) -> list[Json]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


# ---- fuzz

_SLICE = 5000
#: Sentences that are read as one article.
_LINES = 20
_PIECES = (
    "Monday", "Sept.", "May", "second", "the", "last", "next", "two", "weeks", "ago", "2024",
    "29 February", "31", "13/13/2024", "0000", "9999", "24:00", "12.5.24", "p.m.", "BC", "480",
    "the 1990s", "'99", "Ramadan", "Easter", "Q5", "from", "to", "-", "between", "and", "early",
    "century", "a million years ago", "99999999999999999999", "one", "half", "of", "\n", "’s", "🎉",
    "year-earlier", "fiscal", "quarter", "ended", "Victory Day", "1/0", "in", "every", "\x00", "ß",
)  # fmt: skip
_SENTENCES = (
    "The army said on Monday that 40 soldiers had crossed the river two days after the floods.",
    "Sales rose 4% in the third quarter ended Sept. 30 from $3 million a year earlier.",
    "From 3 to 7 May 2024 the talks went on until 10:30 p.m. each night in Vienna.",
    "In the early 1990s, some 500 years after Columbus, the port was closed for half a decade.",
    "The bill, due by the end of next month, was first read on 14/02/2023 in the last week of May.",
)


def fuzz(count: int, seed: int = 1) -> int:
    """Reads mutated sentences; how many rows they gave.

    Raises ``AssertionError`` naming the text whose rows have wrong offsets or intervals.
    """
    chance = random.Random(seed)
    rows = 0
    for number, done in enumerate(range(0, count, _LINES)):
        # as lines of one article, since the parser is slow on a text of one sentence
        text = "\n".join(mutated(chance) for _ in range(min(_LINES, count - done)))
        day = dt.date(2024, 2, 29) + dt.timedelta(number % 900)
        published = None if number % 7 == 0 else day
        parsed = parse(article({"doc_id": "fuzz", "text": text, "dct": published or ""}))
        for row in read_dates(parsed):
            rows += 1
            assert text[row["char_start"] : row["char_end"]] == row["surface"] != "", text
            if row["date_start"] is not None:
                assert row["date_start"] <= row["date_end"], (text, row)
    return rows


def mutated(chance: random.Random) -> str:
    """One of the sentences with words of time dropped, doubled, swapped and thrown in."""
    words = chance.choice(_SENTENCES).split(" ")
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(words) + 1)
        kind = chance.random()
        if kind < 0.6 or not words:
            words.insert(at, chance.choice(_PIECES))
        elif kind < 0.8:
            words.pop(min(at, len(words) - 1))
        else:
            other = chance.randrange(len(words))
            words[other], words[at % len(words)] = words[at % len(words)], words[other]
    text = " ".join(words)
    if chance.random() < 0.2:
        cut = chance.randrange(len(text) + 1)
        text = text[:cut] + chance.choice("./-,:'’\"()0123456789") + text[cut:]
    return text


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dates", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    scoring = commands.add_parser("score", help="every measure against a gold")
    scoring.add_argument("documents", type=Path)
    scoring.add_argument("gold", type=Path)
    scoring.add_argument(
        "--table", action="store_true", help="the gold keeps to the conventions of the table"
    )
    scoring.add_argument("--wrong", action="store_true", help="also list what was read wrong")
    predicting = commands.add_parser("predict", help="write predictions")
    predicting.add_argument("documents", type=Path)
    predicting.add_argument("out", type=Path)
    fuzzing = commands.add_parser("fuzz", help="read mutated sentences")
    fuzzing.add_argument("count", type=int, nargs="?", default=100_000)
    options = parser.parse_args(arguments)
    if options.command == "fuzz":
        done = read = 0
        while done < options.count:  # told slice by slice: all of it takes a quarter of an hour
            size = min(_SLICE, options.count - done)
            read += fuzz(size, seed=1 + done // _SLICE)
            done += size
            print(f"{done} sentences, {read} rows, nothing raised", flush=True)
        return 0
    documents = read_lines(options.documents)
    rows, cost = predict(documents, table=getattr(options, "table", False))
    if options.command == "predict":
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        options.out.write_text("".join(lines), encoding="utf-8")
        return 0
    gold = read_lines(options.gold)
    print("\n".join(report(gold, rows, cost)))
    if options.wrong:
        print("\n".join(wrong(gold, rows)))
    return 0


__all__ = ["MEASURES", "fuzz", "main", "predict"]

if __name__ == "__main__":
    sys.exit(main())
