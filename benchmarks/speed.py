"""CPU time, warm and on one core: spaCy's stock pipeline, the parse, and all rows.

    python -m benchmarks.speed WAY SAMPLE.jsonl WARM    (a process for ``benchmarks.passes``)

``spaCy`` is the pipeline as it is loaded, over batches of its own size, with as many threads as it
takes; ``parse`` and ``rows`` are ours, held to one thread.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.passes import Work, by_turns, serve

#: Functions that the rows of an article pass through, as the stages are called.
STAGES = {
    "read_article": "article reading",
    "parse": "parse",
    "read_entities": "entities",
    "read_figures": "figures",
    "read_dates": "dates",
}
OTHER = "other"

#: CPU seconds by stage, ``all`` of them first.
Cost = dict[str, float]


def costs(
    sample: Path,
    warm: int,
    passes: int,
    glue: Path | None = None,
    ways: Sequence[str] = ("spaCy", "parse", "rows"),
) -> dict[str, Cost]:
    """Medians by way over the records of a JSONL file but the first ``warm``; ``glue`` is the
    interpreter of an environment with the libraries of :mod:`benchmarks.glue`."""
    ours = {"OPENBLAS_NUM_THREADS": "1"}
    commands = {
        way: [sys.executable, "-m", "benchmarks.speed", way, str(sample), str(warm)] for way in ways
    }
    if glue is not None:
        commands["glue"] = [str(glue), "-m", "benchmarks.glue", str(sample), str(warm), _model()]
    return by_turns(commands, {"parse": ours, "rows": ours}, passes)


def ratio(found: Mapping[str, Cost]) -> float:
    """How many times as quick as spaCy's stock pipeline the rows are made."""
    return found["spaCy"]["all"] / found["rows"]["all"]


def _model() -> str:
    from transforms.parse import load_model

    return str(load_model().path)


def _spacy() -> Work:
    import spacy

    nlp = spacy.load(_model())

    def work(records: Sequence[dict[str, Any]]) -> Mapping[str, float]:
        for _ in nlp.pipe(record["text"] for record in records):
            pass
        return {}

    return work


def _parse() -> Work:
    from transforms.parse import parse_text

    def work(records: Sequence[dict[str, Any]]) -> Mapping[str, float]:
        for record in records:
            parse_text(record["text"])
        return {}

    return work


def _rows() -> Work:
    from transforms import extract
    from transforms.article import read_article
    from transforms.model import Article, RawArticle, Source

    cost: Counter[str] = Counter()

    def timed(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            start = time.process_time()
            result = function(*arguments)
            cost[stage] += time.process_time() - start  # type: ignore[assignment]  # of seconds
            return result

        return call

    for name, stage in STAGES.items():
        if name in vars(extract):
            vars(extract)[name] = timed(stage, vars(extract)[name])
    read = timed(STAGES["read_article"], read_article)
    source, moment = Source("sample"), dt.datetime(2000, 1, 1)

    def work(records: Sequence[dict[str, Any]]) -> Mapping[str, float]:
        cost.clear()
        start = time.process_time()
        for number, record in enumerate(records):
            payload = json.dumps(record, ensure_ascii=False).encode()
            found = read(
                RawArticle(f"sample#{number}", "application/x-ndjson", moment, payload, source)
            )
            if isinstance(found, Article):
                extract.read_rows(found)
        stages = {stage: cost[stage] for stage in STAGES.values()}
        return {**stages, OTHER: time.process_time() - start - sum(stages.values())}

    return work


WAYS: Mapping[str, Callable[[], Work]] = {"spaCy": _spacy, "parse": _parse, "rows": _rows}


def main() -> None:
    way, sample, warm = sys.argv[1:]
    serve(WAYS[way](), Path(sample), int(warm))


if __name__ == "__main__":
    main()
