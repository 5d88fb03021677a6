"""Mutated inputs: that none crashes, hangs beyond its limit or is unaccounted for.

    python -m benchmarks.hostile [N] [--seed S] [--seconds S] [--workers W] [--kinds pages,texts]

Samples of ``seeds/articles`` are spliced, cut, doubled, bent bit by bit and have their tokens
swapped, N in all (by default 2,000) and in turn of each of the kinds (:mod:`benchmarks.mutation`);
each is read as a run reads it, and its rows are made. Prints what came of them by kind and reason,
what crashed or took too long (with the number that makes it again: ``--only KIND:NUMBER``), and
the peak of memory. The exit code is 1 if anything crashed or hung.
"""

from __future__ import annotations

import argparse
from collections import Counter
from functools import partial

from benchmarks.mutation import KINDS, tried
from flows import worker
from flows.pool import Failure, Pool
from transforms.limits import Limits
from transforms.parse import DEFAULT_MODEL


def main() -> int:
    """Run the benchmark; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", nargs="?", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=Limits().seconds)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--only", help="one input: KIND:NUMBER")
    given = parser.parse_args()
    kinds = given.kinds.split(",")
    items = [(kinds[n % len(kinds)], given.seed, n) for n in range(given.n)]
    limits = Limits(seconds=given.seconds)
    if given.only:
        kind, number = given.only.split(":")
        print(tried((kind, given.seed, int(number)), limits))
        return 0
    counts: Counter[tuple[str, str]] = Counter()
    slowest, peak, bad = (0.0, ""), 0.0, 0
    with Pool(given.workers, patience=limits.seconds) as pool:
        pool.warm(worker.load, DEFAULT_MODEL)
        results = pool.map(partial(tried, limits=limits), items, lambda _: 5000)
    for (kind, _, number), result in zip(items, results, strict=True):
        if isinstance(result, Failure):
            what = "hung" if result.slow else "crashed"
            print(f"{what}: {kind}:{number}: {result.detail}")
            counts[kind, what] += 1
            bad += 1
            continue
        counts[kind, result.what] += 1
        slowest = max(slowest, (result.seconds, f"{kind}:{number}"))
        peak = max(peak, result.peak)
    for (kind, what), count in sorted(counts.items()):
        print(f"{kind:10} {what:20} {count:7,}")
    print(
        f"{counts.total():,} of {len(items):,} inputs accounted for, {bad} crashed or hung; "
        f"slowest {slowest[0]:.1f} s ({slowest[1]}), peak {peak:,.0f} MB a worker"
    )
    return 1 if bad or counts.total() != len(items) else 0


if __name__ == "__main__":
    raise SystemExit(main())
