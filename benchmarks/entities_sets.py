"""How well names are read on several sets side by side, and how far the sets lie apart.

``python -m benchmarks.entities_sets FOLDER...`` measures every NAME.docs.jsonl that has a
NAME.gold.jsonl beside it, after the gold of our own, and writes the table of
docs/entities-measured.md between its marks. A gold (see :mod:`benchmarks.entities`) is one of

- spans: PER, ORG and LOC, compared exactly; F1 of each and of all; our own gold is measured so too;
- places: GeoNames ids or coordinates of given spans; the share that is right.

Beside F1 the table says where it is lost, in percent: of the gold what no span of ours touches,
what is read with other limits and with another kind; of what is read what touches no gold.

The error is one standard error if other documents of the same kind had been drawn: documents are
drawn again, with replacement, by a fixed seed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.entities import (
    TYPES,
    article,
    measure,
    place_spans,
    predict,
    read_lines,
    score_places,
)
from benchmarks.entities_gold import passages, predicted
from benchmarks.pages import renewed
from benchmarks.sets import pairs, shown
from transforms.parse import DEFAULT_MODEL, parse

Json = dict[str, Any]
Spans = Mapping[tuple[int, int], str]

PAGE = Path(__file__).parent.parent / "docs" / "entities-measured.md"
BEGIN, END = "<!-- sets: begin -->\n", "<!-- sets: end -->\n"

#: The kinds of a gold of spans, in the order of the columns.
KINDS = ("PER", "ORG", "LOC", "all")
_LOST = ("missed", "in excess", "other limits", "other kind")
_DRAWS = 200


@dataclass(frozen=True)
class Set:
    """A set measured: how much it holds, F1 by kind or the places right, in percent, the error of
    the last, and what is lost by ``_LOST``."""

    name: str
    gold: str
    documents: int
    names: int
    f1: Mapping[str, float]
    error: float
    lost: tuple[float, ...] = ()


def of_spans(name: str, gold: Sequence[Spans], read: Sequence[Spans], kind: str = "spans") -> Set:
    """A set of spans, one mapping of span to kind a document."""
    counts = [_counts(wanted, found) for wanted, found in zip(gold, read, strict=True)]
    total = sum(counts, Counter())
    f1 = {
        k: measure(total[f"{k} right"], total[f"{k} read"], total[f"{k} gold"])["F1"] for k in KINDS
    }
    names, made = max(total["all gold"], 1), max(total["all read"], 1)
    lost = (
        100 * total["missed"] / names,
        100 * total["in excess"] / made,
        100 * total["other limits"] / names,
        100 * total["other kind"] / names,
    )
    return Set(name, kind, len(gold), total["all gold"], f1, _error(counts), lost)


def _counts(gold: Spans, read: Spans) -> Counter[str]:
    counts: Counter[str] = Counter()
    for side, spans in (("gold", gold), ("read", read)):
        for kind in spans.values():
            counts[f"{kind} {side}"] += 1
            counts[f"all {side}"] += 1
    for span, kind in gold.items():
        if read.get(span) == kind:
            counts[f"{kind} right"] += 1
            counts["all right"] += 1
        elif span in read:
            counts["other kind"] += 1
        else:
            counts["other limits" if _touches(span, read) else "missed"] += 1
    counts["in excess"] = sum(not _touches(span, gold) for span in read)
    return counts


def _touches(span: tuple[int, int], others: Spans) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _error(counts: Sequence[Counter[str]]) -> float:
    """The standard error of the F1 of all over documents drawn again."""
    chance = random.Random(1)
    drawn = []
    for _ in range(_DRAWS):
        total = sum(chance.choices(counts, k=len(counts)), Counter[str]())
        drawn.append(measure(total["all right"], total["all read"], total["all gold"])["F1"])
    return statistics.stdev(drawn) if len(counts) > 1 else 0.0


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span as it is compared: without a leading "the" and a trailing 's."""
    found = text[start:end]
    return start + 4 * found[:4].lower().startswith("the "), end - 2 * found.endswith(("'s", "’s"))


def measured(documents: Path, gold: Path, model: str = DEFAULT_MODEL) -> Set:
    """One set of files."""
    texts, rows = read_lines(documents), read_lines(gold)
    name = documents.name.removesuffix(".docs.jsonl")
    by_doc: dict[str, list[Json]] = defaultdict(list)
    for row in rows:
        by_doc[row["doc_id"]].append(row)
    if any("geonames_id" in row for row in rows):
        return _of_places(name, texts, by_doc, model)
    wanted: list[Spans] = []
    read: list[Spans] = []
    for doc in texts:
        found = list(predict(parse(article(doc), model)))
        for side, lines in ((wanted, by_doc[doc["doc_id"]]), (read, found)):
            side.append({trimmed(doc["text"], r["start"], r["end"]): r["type"] for r in lines})
    return of_spans(name, wanted, read)


def _of_places(name: str, texts: Sequence[Json], gold: Mapping[str, list[Json]], model: str) -> Set:
    results = []
    for doc in texts:
        rows = gold.get(doc["doc_id"], [])
        placed = list(place_spans(parse(article(doc), model), rows))
        one = score_places(rows, placed)
        results.append((one["gold"] * one["right"] / 100, one["gold"]))
    right, total = map(sum, zip(*results, strict=True))
    chance = random.Random(1)
    drawn = []
    for _ in range(_DRAWS):
        some = chance.choices(results, k=len(results))
        drawn.append(100 * sum(r for r, _ in some) / max(sum(n for _, n in some), 1))
    error = statistics.stdev(drawn)
    return Set(name, "places", len(texts), total, {"places": 100 * right / max(total, 1)}, error)


def own(model: str = DEFAULT_MODEL) -> Set:
    """The gold of our own by the three kinds."""
    wanted: list[Spans] = []
    read: list[Spans] = []
    for one in passages():
        for side, mentions in ((wanted, one.mentions), (read, predicted(one, model))):
            side.append({m.span[1:]: TYPES[m.kind] for m in mentions if m.kind in TYPES})
    return of_spans("entities", wanted, read, "own")


def table(sets: Sequence[Set]) -> Iterator[str]:
    """The sets as a table, and how far those of spans that are not ours lie apart."""
    heads = ("PER", "ORG", "LOC", "all", "places", "±", *_LOST)
    yield f"| set | gold | documents | names | {' | '.join(heads)} |"
    yield "| --- | --- | --- | --- |" + " --- |" * len(heads)
    for one in sets:
        cells = [shown(one.f1.get(kind)) for kind in (*KINDS, "places")]
        lost = [shown(value) for value in one.lost] or [""] * len(_LOST)
        head = f"| {one.name} | {one.gold} | {one.documents} | {one.names} |"
        yield f"{head} {' | '.join(cells)} | {one.error:.1f} | {' | '.join(lost)} |"
    foreign = [one for one in sets if one.gold == "spans"]
    if len(foreign) > 1:
        apart = [max(o.f1[k] for o in foreign) - min(o.f1[k] for o in foreign) for k in KINDS]
        cells = [shown(value) for value in apart]
        yield f"| **best less worst** | | | | {' | '.join(cells)} |" + " |" * (2 + len(_LOST))


def page(text: str, lines: Sequence[str]) -> str:
    """The page with its table made anew."""
    return renewed(text, BEGIN, END, "".join(f"{line}\n" for line in lines))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.entities_sets", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    sets = [own()]
    sets += [measured(*pair) for pair in pairs(options.folders)]
    lines = list(table(sets))
    print("\n".join(lines))
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
