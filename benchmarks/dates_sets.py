"""How well times are read on several sets side by side, and how far the sets lie apart.

``python -m benchmarks.dates_sets FOLDER...`` measures every NAME.docs.jsonl that has a
NAME.gold.jsonl beside it, after the gold of our own, and writes the table of
docs/dates-measured.md between its marks. A gold is one of three kinds:

- TIMEX3 (:mod:`benchmarks.dates`), read in the words of the annotated corpora;
- from-to: the same lines of DATE and TIME without any PRESENT_REF and the like, read as the table
  has it;
- passages: a line ``{id, dates: [{start_char, end_char, start, end}]}`` a text, of whose dates the
  days count (recall and precision of days as their F1).

Beside F1 the table says where it is lost, in percent: of the gold what is missed, of what is read
what is in no gold, and of the gold what is found with other days.

The error is one standard error of the interval F1 if other documents of the same kind had been
drawn: documents are drawn again, with replacement, by a fixed seed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.dates import article, predict, read_lines
from benchmarks.dates_score import Score, scores
from benchmarks.pages import renewed
from benchmarks.sets import pairs, shown
from transforms.dates import read_dates
from transforms.parse import parse

Json = dict[str, Any]

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "dates-measured.md"
OWN = ROOT / "benchmarks" / "gold"
BEGIN, END = "<!-- sets: begin -->\n", "<!-- sets: end -->\n"

#: What is shown of a set, in this order.
SHOWN = ("strict", "relaxed", "value", "interval")
_DRAWS = 200


@dataclass(frozen=True)
class Set:
    """A set measured: how much it holds, F1 by measure (percent), and the error of its interval.

    ``lost`` is what is missed, read in excess, and found with other days, in percent.
    """

    name: str
    kind: str
    documents: int
    expressions: int
    f1: dict[str, float]
    lost: tuple[float, float, float]
    error: float


def measured(documents: Path, gold: Path, *, own: bool = False) -> Set:
    """One set. ``own`` says that its gold keeps to the conventions of the table."""
    texts, expected = read_lines(documents), read_lines(gold)
    if any("dates" in line for line in expected):
        kind, rows, found = "passages", _rows_of(expected), _days(texts)
    else:
        kind = "own" if own else _kind(expected)
        rows, found = expected, predict(texts, table=kind != "TIMEX3")[0]
        if kind == "from-to":
            found = [row for row in found if row["type"] in ("DATE", "TIME") and _is_placed(row)]
    shown = ("interval",) if kind == "passages" else SHOWN
    total = scores(rows, found)
    return Set(
        documents.name.removesuffix(".docs.jsonl"),
        kind,
        len(texts),
        len(rows),
        {measure: total[measure].f1 for measure in shown},
        (
            100 - total["relaxed"].recall,
            100 - total["relaxed"].precision,
            total["relaxed"].recall - total["interval"].recall,
        ),
        _error(rows, found),
    )


def _kind(gold: Sequence[Json]) -> str:
    return "TIMEX3" if any(not _is_placed(row) for row in gold) else "from-to"


def _is_placed(row: Json) -> bool:
    return not str(row["value"]).endswith("_REF")


def _rows_of(gold: Sequence[Json]) -> list[Json]:
    """Dates of passages as lines of TIMEX3 whose value is their days."""
    return [
        {
            "doc_id": line["id"],
            "start": date["start_char"],
            "end": date["end_char"],
            "type": "DATE",
            "value": f"{date['start']}/{date['end']}",
        }
        for line in gold
        for date in line["dates"]
    ]


def _days(texts: Sequence[Json]) -> list[Json]:
    """Every row that has days, in the same form."""
    found = []
    for text in texts:
        published = str(text.get("published_at") or text.get("dct") or "")[:10]
        asked = {"doc_id": text["id"], "text": text["text"], "dct": published}
        found += [
            {
                "doc_id": text["id"],
                "start": row["char_start"],
                "end": row["char_end"],
                "type": "DATE",
                "value": f"{row['date_start']}/{row['date_end']}",
            }
            for row in read_dates(parse(article(asked)))
            if row["date_start"] is not None
        ]
    return found


def _error(gold: Sequence[Json], found: Sequence[Json]) -> float:
    """The standard error of the interval F1 over documents drawn again."""
    names = sorted({row["doc_id"] for row in gold})
    counts = []
    for name in names:
        of_gold = [row for row in gold if row["doc_id"] == name]
        of_found = [row for row in found if row["doc_id"] == name]
        hits = scores(of_gold, of_found)["interval"].recall * len(of_gold) / 100
        counts.append((hits, len(of_gold), len(of_found)))
    chance = random.Random(1)
    drawn = []
    for _ in range(_DRAWS):
        hits, golds, founds = map(sum, zip(*chance.choices(counts, k=len(counts)), strict=True))
        drawn.append(Score(100 * hits / founds if founds else 0.0, 100 * hits / golds).f1)
    return statistics.stdev(drawn)


def table(sets: Sequence[Set]) -> Iterator[str]:
    """The sets as a table, the mean of those that are not ours, and how far they lie apart."""
    heads = (*SHOWN, "±", "missed", "in excess", "other days")
    yield f"| set | gold | documents | expressions | {' | '.join(heads)} |"
    yield "| --- | --- | --- | --- |" + " --- |" * len(heads)
    for one in sets:
        cells = [shown(one.f1.get(measure)) for measure in SHOWN]
        head = f"| {one.name} | {one.kind} | {one.documents} | {one.expressions} |"
        lost = [shown(value) for value in one.lost]
        yield f"{head} {' | '.join(cells)} | {one.error:.1f} | {' | '.join(lost)} |"
    foreign = [one for one in sets if one.kind != "own"]
    if len(foreign) > 1:
        columns = [[o.f1[measure] for o in foreign if measure in o.f1] for measure in SHOWN]
        means = [shown(statistics.mean(c) if c else None) for c in columns]
        apart = [shown(max(c) - min(c) if c else None) for c in columns]
        yield f"| **mean of the foreign sets** | | | | {' | '.join(means)} | | | | |"
        yield f"| **best less worst** | | | | {' | '.join(apart)} | | | | |"


def page(text: str, lines: Sequence[str]) -> str:
    """The page with its table made anew."""
    return renewed(text, BEGIN, END, "".join(f"{line}\n" for line in lines))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dates_sets", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    sets = [measured(OWN / "dates.docs.jsonl", OWN / "dates.gold.jsonl", own=True)]
    sets += [measured(*pair) for pair in pairs(options.folders)]
    lines = list(table(sets))
    print("\n".join(lines))
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
