"""What an analyst would glue together, as a way to be timed: spaCy's pipeline for names,
quantulum3 for quantities and dateparser for dates, over the same texts.

    PATH/bin/python -m benchmarks.glue SAMPLE.jsonl WARM MODEL

It runs in a virtual environment of its own, with spacy, quantulum3 and dateparser; ``MODEL`` is
the folder of a spaCy pipeline. See ``benchmarks.pipeline --glue``.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.passes import serve


def main() -> None:
    import spacy

    # not in the environment of this project
    search_dates = import_module("dateparser.search").search_dates
    parser = import_module("quantulum3.parser")

    sample, warm, model = sys.argv[1:]
    nlp = spacy.load(model)

    def names(texts: Sequence[str]) -> None:
        for doc in nlp.pipe(texts):
            [(entity.text, entity.label_) for entity in doc.ents]

    def quantities(texts: Sequence[str]) -> None:
        for text in texts:
            parser.parse(text)

    def dates(texts: Sequence[str]) -> None:
        for text in texts:
            search_dates(text, languages=["en"])

    def work(records: Sequence[dict[str, Any]]) -> Mapping[str, float]:
        texts = [record["text"] for record in records]
        cost: Counter[str] = Counter()
        for part in (names, quantities, dates):
            start = time.process_time()
            part(texts)
            cost[part.__name__] += time.process_time() - start  # type: ignore[assignment]
        return cost

    serve(work, Path(sample), int(warm))


if __name__ == "__main__":
    main()
