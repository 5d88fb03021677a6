"""How good figures are, on what: our own gold and annotated sets side by side.

    python -m benchmarks.figures_measured write SETS   writes docs/figures-measured.md

SETS is a folder of annotated sets that the reader was developed on (figures and leads); those that
are not there have no column. What lies between the best and the worst set is a figure of its own:
the greater it is, the less a set says of other news.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import events, figures, figures_table, sets
from benchmarks.events_score import judge, measures
from benchmarks.figures_score import counted_scores, quantity_scores
from benchmarks.pages import renewed

Measured = Mapping[str, float]

PAGE = Path(__file__).parent.parent / "docs" / "figures-measured.md"
_BEGIN = "<!-- measured: python -m benchmarks.figures_measured write SETS -->\n"
_END = "<!-- /measured -->"
#: Sets of quantities, sets of counted nouns, and openings of articles with every column.
QUANTITIES = ("news-dev", "age", "currency", "dimension", "temperature")
COUNTED = ("counted-gum_news", "counted-ewt")
OPENINGS = ("leads-dev", "war-dev")
#: What the measures are called on the page, in its order.
NAMES = {
    "value F1": "value",
    "value+unit": "value and unit",
    "value+change": "value and change",
    "concept any": "what it speaks of, a word of it",
    "concept all": "what it speaks of, all of it",
    "value recall": "value found, of counts",
    "value+head": "and its noun",
    "category": "category",
    "attributed_to": "source",
    "place": "place",
    "as_of": "days",
    "modality": "modality",
    "nationality": "side",
    "row_core": "value and all six of these",
}


def measured(folder: Path) -> dict[str, tuple[int, Measured]]:
    """By set how many figures its gold has, and its measures in per cent."""
    found: dict[str, tuple[int, Measured]] = {
        "own: figures": _own(figures_table.DOCUMENTS, figures_table.GOLD),
        "own: events": _own(events.DOCUMENTS, events.GOLD),
    }
    for name in QUANTITIES:
        if (path := folder / "figures" / f"{name}.json").is_file():
            gold = figures.load(path)
            scores = quantity_scores(figures.predict(gold)["results"])
            f1 = {key: score[2] for key, score in scores.items()}
            found[name] = sum(len(item["quantities"]) for item in gold), _renamed(f1)
    for name in COUNTED:
        if (path := folder / "figures" / f"{name}.jsonl").is_file():
            gold = figures.load(path)
            read = figures.read_texts([item["text"] for item in gold])[0]
            scores = counted_scores(gold, [rows for _, rows in read])
            asked = int(next(iter(scores.values()))[3].rpartition(" ")[2])
            found[name] = asked, {key: score[1] for key, score in scores.items()}
    for name in OPENINGS:
        if (folder / "leads" / f"{name}.gold.jsonl").is_file():
            wanted = sets.figures(sets.lines(folder / "leads" / f"{name}.gold.jsonl"))
            found[name] = _openings(wanted, sets.documents(folder / "leads", name))
    return found


def _renamed(scores: Measured) -> Measured:
    return {"value F1" if key == "value" else key: value for key, value in scores.items()}


def _own(documents: Path, gold: Path) -> tuple[int, Measured]:
    texts = {doc["doc_id"]: doc for doc in sets.lines(documents)}
    return _openings(sets.lines(gold), texts)


def _openings(gold: Sequence[sets.Json], texts: Mapping[str, Any]) -> tuple[int, Measured]:
    read = {doc_id: sets.rows(doc)["figures"] for doc_id, doc in texts.items()}
    passages = judge(gold, read)
    return sum(len(one.verdicts) for one in passages), measures(passages)


def table(found: Mapping[str, tuple[int, Measured]]) -> Iterator[str]:
    """The page's lines: a set a row, a measure a column, and the distance between the sets."""
    yield "| set | figures | " + " | ".join(NAMES.values()) + " |"
    yield "| --- |" + " --- |" * (len(NAMES) + 1)
    for name, (size, told) in found.items():
        cells = (f"{told[key]:.1f}" if key in told else "" for key in NAMES)
        yield f"| {name} | {size:,} | " + " | ".join(cells) + " |"
    yield "| **distance** | | " + " | ".join(map(distance, _by_measure(found))) + " |"


def _by_measure(found: Mapping[str, tuple[int, Measured]]) -> Iterator[list[float]]:
    for key in NAMES:
        yield [told[key] for _, told in found.values() if key in told]


def distance(values: Sequence[float]) -> str:
    """What lies between the best and the worst of some sets; nothing of one alone."""
    return f"{max(values) - min(values):.1f}" if len(values) > 1 else ""


def page(text: str, lines: Sequence[str]) -> str:
    """The page with what was measured anew."""
    return renewed(text, _BEGIN, _END, "".join(f"{line}\n" for line in lines))


def main(arguments: Sequence[str]) -> int:
    match list(arguments):
        case ["write", folder]:
            text = page(PAGE.read_text(encoding="utf-8"), list(table(measured(Path(folder)))))
            PAGE.write_text(text, encoding="utf-8")
        case _:
            print(__doc__)
            return 64
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
