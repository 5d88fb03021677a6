"""How the sources of a run fared: what each gave, and which could not be read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from flows.readers.item import Seen, SourceState, Unchanged, Visit
from transforms.model import RawArticle, Reject
from warehouse.tables import SOURCE_READS, Row


@dataclass
class SourceReads:
    """The sources whose reading is over, what those under way have given so far, and the
    addresses that gave nothing this time and are asked again in the next run."""

    read: list[SourceState] = field(default_factory=list)
    failed: list[SourceState] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    waiting: list[Visit] = field(default_factory=list)
    _counts: dict[str, Counter[str]] = field(default_factory=dict)
    _rows: list[Row] = field(default_factory=list)

    def take(self, seen: Iterable[Seen], fresh: Collection[int], now: dt.datetime) -> None:
        """What a batch of the readers held; ``fresh`` are the identities (``id``) of its new
        inputs, ``now`` is in UTC."""
        for one in seen:
            if isinstance(one, SourceState):
                self._end(one, now)
            elif isinstance(one, Visit):
                if one.trouble:
                    self._counts.setdefault(one.source, Counter())["not_fetched"] += 1
                    self.waiting.append(one)
            elif isinstance(one, RawArticle | Reject | Unchanged):
                source = one.source.name if isinstance(one, RawArticle) else one.source
                counts = self._counts.setdefault(source, Counter())
                counts["inputs"] += 1
                counts["rejects"] += isinstance(one, Reject)
                counts["new"] += id(one) in fresh

    def _end(self, state: SourceState, now: dt.datetime) -> None:
        counts = self._counts.pop(state.source, Counter())
        (self.failed if state.trouble else self.read).append(state)
        self.hints += state.hints
        self._rows.append(
            {
                "source": state.source,
                "path": state.path,
                "read_at": now,
                "inputs": counts["inputs"],
                "new_inputs": counts["new"],
                "rejects": counts["rejects"],
                "not_fetched": counts["not_fetched"],
                "trouble": state.trouble,
            }
        )

    def rows(self, run_id: str) -> list[Row]:
        """The rows of ``source_reads``, one a source and path: of one read twice the last."""
        by_key = {(row["source"], row["path"]): row for row in self._rows}
        return [SOURCE_READS.row(run_id=run_id, **row) for row in by_key.values()]
