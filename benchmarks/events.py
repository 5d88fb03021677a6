"""How well it is read what happened to what a figure counts: where, when, to whom, by whose word.

    python -m benchmarks.events score               every measure, of both halves and of all
    python -m benchmarks.events score -v [COLUMN]   also what was read wrongly, in the half dev
    python -m benchmarks.events docs                writes the measures into docs/figures.md

The gold is ``benchmarks/gold/events.*``: passages ``{doc_id, published, text}`` and their figures,
labelled from the text alone. Its first half (dev) may be looked at to see what goes wrong. The
other (judge) tells whether that helped where nobody looked: what is wrong there is counted and
never listed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.events_score import COLUMNS, Passage, differences, judge, measures
from benchmarks.figures_table import lines, read
from benchmarks.pages import renewed

DOCUMENTS = Path(__file__).parent / "gold" / "events.docs.jsonl"
GOLD = Path(__file__).parent / "gold" / "events.gold.jsonl"
#: The last passage of the half dev; those behind it are the half judge.
DEV_ENDS = "e060"
#: What the gate holds, of all passages.
GATED = ("row_core", "place", "as_of", "category")

_PAGE = Path(__file__).parent.parent / "docs" / "figures.md"
_BEGIN = "<!-- measured: python -m benchmarks.events docs -->"
_END = "<!-- /measured: events -->"


def passages() -> list[Passage]:
    """Every passage of the gold as it is read now."""
    return judge(lines(GOLD), read(lines(DOCUMENTS))[0])


def halves(every: Sequence[Passage]) -> dict[str, list[Passage]]:
    """The passages by half (dev, judge), and all of them."""
    return {
        "dev": [passage for passage in every if passage.doc_id <= DEV_ENDS],
        "judge": [passage for passage in every if passage.doc_id > DEV_ENDS],
        "all": list(every),
    }


def gated() -> dict[str, float]:
    """The measures that the gate holds, in per cent."""
    found = measures(passages())
    return {name: found[name] for name in GATED}


def report(every: Sequence[Passage]) -> Iterator[str]:
    """The measures of each half and of all, as lines for a person."""
    parts = halves(every)
    sizes = {name: sum(len(one.verdicts) for one in part) for name, part in parts.items()}
    yield f"{'':20}" + "".join(f"{name:>8}" for name in parts)
    yield f"{'passages':20}" + "".join(f"{len(part):8}" for part in parts.values())
    yield f"{'figures':20}" + "".join(f"{size:8}" for size in sizes.values())
    found = [measures(part) for part in parts.values()]
    for name in found[0]:
        yield f"{name:20}" + "".join(f"{one[name]:8.1f}" for one in found)


def page(every: Sequence[Passage]) -> Iterator[str]:
    """The measures as the page shows them."""
    found = [measures(part) for part in halves(every).values()]
    yield "| measure | dev | judge | all |\n| --- | --- | --- | --- |"
    for name in found[0]:
        yield f"| {name} | " + " | ".join(f"{one[name]:.1f}%" for one in found) + " |"


def main(arguments: Sequence[str]) -> int:
    match list(arguments):
        case ["score"]:
            print("\n".join(report(passages())))
        case ["score", "-v", *columns] if len(columns) < 2 and set(columns) <= set(COLUMNS):
            every = passages()
            print("\n".join((*report(every), *differences(halves(every)["dev"], *columns))))
        case ["docs"]:
            text = _PAGE.read_text(encoding="utf-8")
            measured = "\n".join(page(passages()))
            made = renewed(text, _BEGIN, _END, f"\n{measured}\n")
            _PAGE.write_text(made, encoding="utf-8")
        case _:
            print(__doc__)
            return 64
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
