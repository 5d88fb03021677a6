"""How well quantities are read, and how fast.

``python -m benchmarks.figures score GOLD... [-v]`` prints every measure, sentences a second on one
core and the share of the parse's CPU time (``-v``: also what was read wrong); without GOLD it
scores the project's own, column by column, with the confusion of category.
``python -m benchmarks.figures predict GOLD OUT`` writes predictions for a file of the NewsQuant or
R-Quant shape in the format its scorer reads; ``python -m benchmarks.figures fuzz [N]`` reads N
mutated sentences and checks that spans stay true; ``python -m benchmarks.figures docs`` writes the
scores of our own gold into docs/figures.md.

GOLD is a list of ``{text, quantities: [{change, value, normalized_unit, referred_concepts}]}``
(NewsQuant; R-Quant without change and concepts), or JSON lines ``{text, items: [{number, num_start,
num_end, counted_lemma, head_upos}]}`` (numbers with their counted nouns, from dependency trees),
or NAME.gold.jsonl beside NAME.docs.jsonl, with the table's own columns (see figures_table).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import figures_table
from benchmarks.figures_adapter import newsquant_tags
from benchmarks.figures_score import counted_scores, quantity_scores
from benchmarks.pages import renewed

Json = dict[str, Any]

_OWN = (figures_table.DOCUMENTS, figures_table.GOLD)
_PAGE = Path(__file__).parent.parent / "docs" / "figures.md"
_BEGIN = "<!-- measured: python -m benchmarks.figures docs -->"
_END = "<!-- /measured -->"


def read_texts(texts: Sequence[str]) -> tuple[list[tuple[Any, list[Json]]], float, float]:
    """Each text parsed and its figures; CPU seconds of the parse and of the figures."""
    from transforms.figures import read_figures
    from transforms.model import Article
    from transforms.parse import load_model, parse

    load_model()
    _warm_up()
    read: list[tuple[Any, list[Json]]] = []
    parsing = reading = 0.0
    for number, text in enumerate(texts):
        article = Article(f"{number:016x}", "benchmark", "0" * 64, text, "0" * 16)
        begun = time.process_time()
        parsed = parse(article)
        between = time.process_time()
        dates = _dates(parsed)
        after_dates = time.process_time()
        rows = read_figures(parsed, dates, [], [])
        reading += time.process_time() - after_dates
        parsing += between - begun
        read.append((parsed, rows))
    return read, parsing, reading


def _warm_up() -> None:
    """Loads the reference tables, so that they are not counted as reading."""
    from transforms.figures import read_figures
    from transforms.model import Article
    from transforms.parse import parse

    parsed = parse(
        Article("0" * 16, "warm-up", "0" * 64, "About 12 of 40 tanks cost $3m.", "0" * 16)
    )
    read_figures(parsed, [], [], [])


def _dates(parsed: Any) -> list[Json]:
    """The date rows, without offsets from a day (two weeks ago), which these sets count."""
    try:
        from transforms.dates import read_dates
    except ImportError:
        return []
    return [row for row in read_dates(parsed) if not _is_offset(row)]


def _is_offset(row: Json) -> bool:
    words = row["surface"].lower().split()
    return bool(words) and (
        words[-1] in ("ago", "later", "earlier", "before", "after", "hence")
        or (
            any(
                w.startswith(("year", "month", "week", "day", "hour", "minute", "decade"))
                for w in words[1:]
            )
            and any(c.isdigit() or c.isalpha() for c in words[0])
            and not any(len(w) == 4 and w.isdigit() for w in words)
        )
    )


def load(path: Path) -> list[Json]:
    """The sentences of a gold file, whichever of the two shapes it has."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    items: list[Json] = json.loads(text)
    return items


def predict(gold: Sequence[Json]) -> Json:
    """Predictions in the scorer's format, with the seconds they took."""
    begun = time.perf_counter()
    read, parsing, reading = read_texts([item["text"] for item in gold])
    newsquant = any("change" in q for item in gold for q in item["quantities"])
    results = [
        {
            "text": item["text"],
            "gt": item["quantities"],
            "tags": newsquant_tags(parsed, rows, newsquant),
        }
        for item, (parsed, rows) in zip(gold, read, strict=True)
    ]
    return {
        "system": "dateline",
        "seconds": time.perf_counter() - begun,
        "cpu_parse": parsing,
        "cpu_figures": reading,
        "sentences": len(gold),
        "errors": 0,
        "results": results,
    }


def score(path: Path, verbose: bool = False) -> None:
    """Prints the measures of one gold file, by its shape."""
    gold = load(path)
    if gold and "char_start" in gold[0]:
        score_table(path, verbose)
        return
    if gold and "items" in gold[0]:
        read, parsing, reading = read_texts([item["text"] for item in gold])
        scores = counted_scores(gold, [rows for _, rows in read], verbose)
        sentences = len(gold)
    else:
        predictions = predict(gold)
        parsing, reading = predictions["cpu_parse"], predictions["cpu_figures"]
        sentences = predictions["sentences"]
        scores = quantity_scores(predictions["results"], verbose)
    speed = sentences / max(parsing + reading, 1e-9)
    print(
        f"{path.name}: {sentences} sentences, {speed:.0f} a second with the parse; "
        f"figures take {100 * reading / max(parsing, 1e-9):.1f}% of its CPU"
    )
    for name, (precision, recall, f1, counts) in scores.items():
        print(f"  {name:<14} P {precision:5.1f}  R {recall:5.1f}  F1 {f1:5.1f}   {counts}")


def score_table(path: Path, verbose: bool = False) -> None:
    """Prints the share right of each column, of a gold with the table's own columns."""
    documents = figures_table.lines(path.with_name(path.name.replace(".gold.", ".docs.")))
    figures_table.read(documents[:1])  # models and tables are loaded before the clock starts
    rows, parsing, reading = figures_table.read(documents)
    result = figures_table.compare(load(path), rows)
    print(
        f"{path.name}: {len(documents)} texts; figures take "
        f"{100 * reading / max(parsing, 1e-9):.1f}% of the parse's CPU"
    )
    print("\n".join(figures_table.report(result)))
    if verbose:
        print("\n".join(result.wrong))


def main(arguments: Sequence[str]) -> int:
    commands: dict[str, Callable[[Sequence[str]], int]] = {
        "score": _score,
        "predict": _predict,
        "fuzz": _fuzz,
        "docs": _docs,
    }
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 64
    return commands[arguments[0]](arguments[1:])


def _score(arguments: Sequence[str]) -> int:
    verbose = "-v" in arguments
    for path in [Path(a) for a in arguments if a != "-v"] or [figures_table.GOLD]:
        score(path, verbose)
    return 0


def _predict(arguments: Sequence[str]) -> int:
    if len(arguments) != 2:
        print(__doc__)
        return 64
    predictions = predict(load(Path(arguments[0])))
    Path(arguments[1]).write_text(json.dumps(predictions, ensure_ascii=False), encoding="utf-8")
    return 0


def _docs(_: Sequence[str]) -> int:
    """Writes what is measured on the project's own gold into docs/figures.md."""
    documents, gold = (figures_table.lines(path) for path in _OWN)
    rows = figures_table.read(documents)[0]
    result = figures_table.compare(gold, rows)
    page = _PAGE.read_text(encoding="utf-8")
    measured = "\n".join(figures_table.page(len(documents), result))
    _PAGE.write_text(renewed(page, _BEGIN, _END, f"\n{measured}\n"), encoding="utf-8")
    return 0


def _fuzz(arguments: Sequence[str]) -> int:
    from benchmarks.figures_fuzz import fuzz

    count = int(arguments[0]) if arguments else 100_000
    return fuzz(count)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
