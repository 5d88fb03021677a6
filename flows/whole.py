"""The lake as a whole: measured, compared with an earlier state, judged."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from expectations.whole.model import WholeFinding
    from flows.settings import Settings
    from warehouse.history import Snapshot
    from warehouse.measures.state import State

#: Of how many findings of an expectation, the worst, rows are looked up to show them.
_SHOWN = 2


def check_whole(
    settings: Settings, baseline: str | None = None
) -> tuple[list[WholeFinding], str | None]:
    """What came of every expectation of the lake as a whole, the worst first, and the state that
    it was compared with, in words.

    ``baseline`` is a run, a snapshot, a time or ``last-good``; without it the lake is only held to
    what is expected of any. Reads one state of each; writes nothing. Raises ``SqlError`` for a
    baseline that there is not, and as :func:`warehouse.connect`.
    """
    from expectations.whole.judge import judge
    from warehouse.measures import measure
    from warehouse.measures.state import snapshot_of, state

    limits = settings.quality.limits()
    then = None if baseline is None else snapshot_of(settings.lake, baseline)
    before, since = None, None
    if then is not None:
        with state(settings.lake, then.number) as earlier:
            before = measure(earlier, baseline=True)
            since = earlier.newest()
    with state(settings.lake, since=since) as now:
        found = judge(measure(now), before, limits)
        seen: Counter[str] = Counter()
        for at, one in enumerate(found):
            seen[one.name] += one.bad
            if one.bad and seen[one.name] <= _SHOWN:
                found[at] = _with_examples(now, one)
    return found, None if then is None else told(then)


def told(snapshot: Snapshot) -> str:
    """``run 2025... (snapshot 12, 2025-04-28 10:00:00 UTC)``."""
    run = f"run {snapshot.run} " if snapshot.run else ""
    return f"{run}(snapshot {snapshot.number}, {snapshot.committed_at:%Y-%m-%d %H:%M:%S} UTC)"


def _with_examples(now: State, finding: WholeFinding) -> WholeFinding:
    """The finding with rows that show it, if there are any."""
    from expectations.whole.compare import OTHERS
    from expectations.whole.making import example
    from warehouse.measures.examples import Wanted, examples, shown_of

    if finding.examples or finding.outcome not in ("failed", "warned"):
        return finding
    wanted = Wanted(
        finding.name,
        finding.table,
        finding.column,
        None if finding.source == OTHERS else finding.source,
        finding.value,
        finding.rose,
    )
    shown = tuple(example(shown_of(wanted), row) for row in examples(now, wanted))
    return dataclasses.replace(finding, examples=shown)
