"""Whether the parse is that of spaCy's own pipeline, and how much quicker.

    python -m benchmarks.parse equal CORPUS.jsonl[.gz]... [--articles 2000]
    python -m benchmarks.parse time CORPUS.jsonl[.gz] [--articles 450] [--warm 300] [--passes 5]

``equal`` parses every text both ways, with spaCy's components as spaCy loads them (and the limits
of lines) and with the quicker steps, and counts the tokens on which they differ in anything: where
tokens and sentences begin, tags, parts, features, lemmas, arcs, entities. It ends with 1 if one
does, unless spaCy's own components do so too once NumPy multiplies their matrices, as Dateline
loads them: two scores that a rounding tells apart. ``time`` prints the CPU seconds of each step and
of the component that it stands for, after other texts have been parsed, the median of several
passes one after another.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.pipeline import documents
from transforms.parse import PIECE, load_model, parse_text
from transforms.parse.columns import columns
from transforms.parse.steps import Step, steps

if TYPE_CHECKING:
    from spacy.language import Language

ATTRIBUTES = (
    "ORTH", "SPACY", "NORM", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START",
    "ENT_IOB", "ENT_TYPE", "ENT_ID", "ENT_KB_ID",
)  # fmt: skip


@cache
def plain() -> Language:
    """spaCy's pipeline with its own matrix products, and the limits of lines."""
    import spacy

    ours = load_model()
    assert ours.path is not None
    nlp = spacy.load(ours.path)
    nlp.add_pipe("dateline_lines", before="parser")
    return nlp


@cache
def ours() -> Sequence[Step]:
    """The quicker steps of the pipeline as Dateline loads it."""
    return steps(load_model())


def differences(
    text: str, nlp: Language | None = None, quick: Sequence[Step] | None = None
) -> list[str]:
    """What the parse of a text has other than spaCy's pipeline (or another, and its steps), as
    ``attribute token``."""
    one = (nlp or plain())(text)
    if nlp is None or quick is None:
        other = parse_text(text)
    else:
        other = nlp.make_doc(text)
        for step in quick:
            other = step(other)
    if [token.text for token in one] != [token.text for token in other]:
        return ["tokens"]
    differ = columns(one, ATTRIBUTES) != columns(other, ATTRIBUTES)
    return [
        f"{ATTRIBUTES[place]} {one[token].text!r}"
        for token, place in zip(*map(list, differ.nonzero()), strict=True)
    ]


def equal(texts: Iterable[str]) -> bool:
    """Print how many texts and tokens were compared and on how many the parses differ; whether
    they do on none but by NumPy's rounding."""
    count = tokens = 0
    rounded: Counter[str] = Counter()
    differing: Counter[str] = Counter()
    for count, text in enumerate(texts, 1):
        tokens += len(load_model().make_doc(text))
        found = differences(text)
        own = differences(text, load_model(), ours()) if found else []
        rounded.update(found)
        differing.update(own)
        if found:
            print(f"text {count}: {', '.join(found[:10])}; but for rounding {own[:10]}", flush=True)
        if count % 500 == 0:
            print(f"{count} texts", file=sys.stderr, flush=True)
    print(
        f"{count} texts, {tokens:,} tokens, {sum(rounded.values())} differences, "
        f"{sum(differing.values())} but for the rounding of matrix products"
    )
    return not differing


def timed(texts: Sequence[str], warm: int, passes: int) -> None:
    """Print the CPU seconds of each step and component over all texts but the first ``warm``."""
    nlp, stock = load_model(), plain()
    names = [name for name, _ in nlp.pipeline]
    ways: dict[str, list[tuple[str, Any]]] = {
        "ours": [("tokenizer", nlp.make_doc), *zip(names, steps(nlp), strict=True)],
        "spaCy": [("tokenizer", stock.make_doc), *stock.pipeline],
    }
    found: dict[str, list[Counter[str]]] = {way: [] for way in ways}
    for pipeline in ways.values():
        _pass(pipeline, texts[:warm])
    for _ in range(passes):
        for way, pipeline in ways.items():
            found[way].append(_pass(pipeline, texts[warm:]))
    print(f"{len(texts) - warm} texts, median of {passes} passes, CPU seconds")
    print(f"{'':16} {'ours':>7} {'spaCy':>7} {'times':>6}")
    for name in found["ours"][0]:
        ours, theirs = (median(cost[name] for cost in found[way]) for way in ways)
        print(f"{name:16} {ours:7.3f} {theirs:7.3f} {theirs / ours:6.2f}")


def _pass(pipeline: Sequence[tuple[str, Any]], texts: Iterable[str]) -> Counter[str]:
    cost: Counter[str] = Counter()
    for text in texts:
        done: Any = text
        for name, step in pipeline:
            start = time.process_time()
            done = step(done)
            cost[name] += time.process_time() - start  # type: ignore[assignment]  # of seconds
    cost["all"] = sum(cost.values())
    return cost


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("equal", "time"))
    parser.add_argument("corpora", type=Path, nargs="+", help="JSONL files, as dateline reads them")
    parser.add_argument("--source", help="only the articles of this source")
    parser.add_argument("--articles", type=int, help="of each corpus")
    parser.add_argument("--warm", type=int, default=300)
    parser.add_argument("--passes", type=int, default=5)
    options = parser.parse_args()
    texts = (
        document["text"][:PIECE]
        for corpus in options.corpora
        for document in islice(documents(corpus, options.source), options.articles)
    )
    if options.what == "equal":
        sys.exit(not equal(texts))
    timed(list(texts), options.warm, options.passes)


if __name__ == "__main__":
    main()
