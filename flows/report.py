"""What a run reports: both sums, what went wrong, and the exit code that it means."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows.answer import Answer
from flows.source_reads import SourceReads
from transforms.model import Reject
from warehouse.tables import RUNS, Row

INPUT_PARTS = ("new", "revised", "unchanged", "duplicates", "rejects", "forgotten")
EXIT_CODES = {"done": 0, "failed": 1, "broke": 2, "interrupted": 130}

#: How many rejects and quarantined rows a report names.
NAMED = 20


@dataclass(frozen=True)
class Kept:
    """A row that was kept back: of which input, and why."""

    place: str
    table: str
    row_id: str
    expectation: str
    detail: str


@dataclass
class RunReport:
    """A run, as far as it has come. Times are UTC.

    ``counts`` counts the inputs that the run has accounted for, by what they are. ``inputs`` is
    counted apart, as they are read, so that the sum means something; so is ``rows_made``.
    ``tables`` counts the rows of the lake, ``answer`` is what it answers.
    ``unwell`` are the rows of the view ``source_health`` of sources that have been failing or
    silent for a day.
    ``changes`` says what a rebuild changed (:func:`flows.changes.since_last_rebuild`),
    ``corrections`` what came of each correction, ``out_of_date`` how many of the lake's inputs were
    built by another recipe than today's or without the corrections in force.
    """

    run_id: str
    command: str
    lake: str
    started_at: dt.datetime
    parameters: str
    versions: str
    status: str = "done"
    message: str | None = None
    ended_at: dt.datetime | None = None
    inputs: int = 0
    sources: SourceReads = field(default_factory=SourceReads)
    unwell: list[Row] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    rows_made: int = 0
    rows_published: int = 0
    rows_quarantined: int = 0
    rows_doubted: int = 0
    published: Counter[str] = field(default_factory=Counter)
    batches: int = 0
    first_snapshot: int | None = None
    last_snapshot: int | None = None
    rejects: list[Reject] = field(default_factory=list)
    quarantined: list[Kept] = field(default_factory=list)
    quality: Counter[str] = field(default_factory=Counter)
    not_passed: list[Row] = field(default_factory=list)
    tables: Mapping[str, int] = field(default_factory=dict)
    changes: list[Row] = field(default_factory=list)
    corrections: list[Row] = field(default_factory=list)
    out_of_date: int = 0
    answer: Answer | None = None
    page: Path | None = None
    site: Path | None = None
    log: Path | None = None

    @property
    def sums_hold(self) -> bool:
        """Inputs and rows made are the sums of their parts."""
        return (
            self.inputs == sum(self.counts[part] for part in INPUT_PARTS)
            and self.rows_made == self.rows_published + self.rows_quarantined
        )

    @property
    def nothing_new(self) -> bool:
        return self.inputs == self.counts["unchanged"]

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.status]

    @property
    def seconds(self) -> float:
        ended = self.ended_at or self.started_at
        return (ended - self.started_at).total_seconds()

    def saw(self, snapshot: int) -> None:
        """Note a snapshot that the run made."""
        if self.first_snapshot is None:
            self.first_snapshot = snapshot
        self.last_snapshot = snapshot

    def row(self) -> Row:
        """The row of ``runs``."""
        return RUNS.row(
            run_id=self.run_id,
            command=self.command,
            status=self.status,
            started_at=self.started_at,
            ended_at=self.ended_at,
            inputs=self.inputs,
            **dict(input_parts(self.counts)),
            rows_made=self.rows_made,
            rows_published=self.rows_published,
            rows_quarantined=self.rows_quarantined,
            batches=self.batches,
            first_snapshot=self.first_snapshot,
            last_snapshot=self.last_snapshot,
            versions=self.versions,
            parameters=self.parameters,
            message=self.message,
        )


def input_parts(counts: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The parts of the inputs, of a report's counts or a row of ``runs``; what is forgotten is one
    only where there is any."""
    rare = {"forgotten"} if not counts.get("forgotten") else set()
    return [(part, counts.get(part) or 0) for part in INPUT_PARTS if part not in rare]


def inputs_sum(row: Row) -> str:
    """The first sum of a run, told from its row of ``runs``, and whether it holds."""
    parts = input_parts(row)
    holds = row["inputs"] == sum(count for _, count in parts)
    listed = " + ".join(f"{count} {part}" for part, count in parts)
    return f"{row['inputs']} inputs {'=' if holds else '≠'} {listed}"


def rows_sum(row: Row) -> str:
    """The second sum of a run, told likewise."""
    holds = row["rows_made"] == row["rows_published"] + row["rows_quarantined"]
    return (
        f"{row['rows_made']} made {'=' if holds else '≠'} "
        f"{row['rows_published']} published + {row['rows_quarantined']} quarantined"
    )
