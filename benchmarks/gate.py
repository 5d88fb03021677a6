"""Floors that only rise: how well the project's own gold is read, and how fast.

    python -m benchmarks.gate           measure, floor and now; 1 if one is under its floor
    python -m benchmarks.gate --raise   raise the floors to what is measured now

The floors lie in ``benchmarks/floors.json``, in per cent by reader and measure. A measure without
a floor is shown and holds nothing up; ``--raise`` gives it one, a little (``SLACK``) under what was
measured, and lowers none. A floor whose measure is gone fails: a gate is not passed by removing
what it measures.

Speed is the CPU time of spaCy's stock pipeline against that of all rows, over the sample articles:
both warm, by turns on one core in the same run, the medians of ``_PASSES``. A busy machine slows
both alike but not to the last per cent, so the floor lies at ``SPEED_SHARE`` of what was measured:
it holds against losing a quicker way of the parse, not against noise.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

FLOORS = Path(__file__).parent / "floors.json"
#: Points under the measure at which a new floor is set: one figure in a few hundred.
SLACK = 0.3
#: The share of a measured speed at which its floor is set.
SPEED_SHARE = 0.7
_PASSES = 5

Measures = dict[str, float]


def _figures() -> Measures:
    from benchmarks.figures_table import measures

    return measures()


def _dates() -> Measures:
    from benchmarks.dates import predict, read_lines
    from benchmarks.dates_score import scores

    gold = FLOORS.parent / "gold"
    rows, _ = predict(read_lines(gold / "dates.docs.jsonl"), table=True)
    found = scores(read_lines(gold / "dates.gold.jsonl"), rows)
    return {measure: score.f1 for measure, score in found.items()}


def _entities() -> Measures:
    from benchmarks.entities_gold import measures

    return measures()


def _events() -> Measures:
    from benchmarks.events import gated

    return gated()


def _stories() -> Measures:
    from benchmarks.stories import gated

    return gated()


def _speed() -> Measures:
    from benchmarks.speed import costs, ratio
    from flows.readers import SourceSpec, read
    from transforms.article import read_article
    from transforms.model import Article, RawArticle

    samples = FLOORS.parents[1] / "seeds" / "articles"
    records = (one for one in read([SourceSpec(path=str(samples))]) if isinstance(one, RawArticle))
    texts = [
        {"id": str(number), "text": found.text, "published_at": "2024-06-12"}
        for number, found in enumerate(map(read_article, records))
        if isinstance(found, Article) and found.language == "en"
    ]
    with TemporaryDirectory(prefix="dateline-gate-") as folder:
        sample = Path(folder) / "sample.jsonl"
        lines = [json.dumps(text) for text in texts * 2]  # the first half warms up
        sample.write_text("\n".join(lines), encoding="utf-8")
        found = costs(sample, len(texts), _PASSES, ways=("spaCy", "rows"))
    return {"rows to spaCy": 100 * ratio(found)}


#: The readers that the gate holds, each with what measures it in per cent by name.
READERS: Mapping[str, Callable[[], Measures]] = {
    "figures": _figures,
    "dates": _dates,
    "entities": _entities,
    "events": _events,
    "stories": _stories,
    "speed": _speed,
}


@dataclass(frozen=True)
class Line:
    """One measure beside its floor; either may be missing."""

    name: str
    floor: float | None
    now: float | None

    @property
    def fails(self) -> bool:
        return self.floor is not None and (self.now is None or self.now < self.floor)


def compare(floors: Mapping[str, float], now: Mapping[str, float]) -> list[Line]:
    """Every measure and every floor, in the order of the measures; lost floors at the end."""
    names = [*now, *(name for name in floors if name not in now)]
    return [Line(name, floors.get(name), now.get(name)) for name in names]


def raised(floors: Mapping[str, float], now: Mapping[str, float]) -> dict[str, float]:
    """The floors after raising them to what is measured now.

    Raises ``ValueError`` when a measure lies under its floor: a floor is never lowered.
    """
    low = [line for line in compare(floors, now) if line.fails]
    if low:
        names = ", ".join(line.name for line in low)
        raise ValueError(f"floors only rise, and these measures are under theirs: {names}")
    return {
        name: max(floors.get(name, 0.0), math.floor(10 * _under(name, value)) / 10)
        for name, value in now.items()
    }


def _under(name: str, value: float) -> float:
    return value * SPEED_SHARE if name.startswith("speed.") else value - SLACK


def measured(readers: Mapping[str, Callable[[], Measures]] = READERS) -> Measures:
    """What every reader measures now, as ``reader.measure``."""
    return {
        f"{reader}.{measure}": value
        for reader, measures in readers.items()
        for measure, value in measures().items()
    }


def report(lines: Sequence[Line]) -> Iterator[str]:
    width = max((len(line.name) for line in lines), default=7)
    yield f"{'measure':{width}}  {'floor':>6}  {'now':>6}"
    for line in lines:
        floor = "-" if line.floor is None else f"{line.floor:.1f}"
        now = "gone" if line.now is None else f"{line.now:.2f}"
        yield f"{line.name:{width}}  {floor:>6}  {now:>6}{'  UNDER ITS FLOOR' * line.fails}"


def main(arguments: Sequence[str] | None = None, path: Path = FLOORS) -> int:
    options = list(sys.argv[1:] if arguments is None else arguments)
    if options not in ([], ["--raise"]):
        print(__doc__)
        return 64
    floors = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    now = measured()
    lines = compare(floors, now)
    print("\n".join(report(lines)))
    if options:
        try:
            higher = raised(floors, now)
        except ValueError as error:
            print(error)
            return 1
        path.write_text(json.dumps(higher, indent=2) + "\n", encoding="utf-8")
        return 0
    return 1 if any(line.fails for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
