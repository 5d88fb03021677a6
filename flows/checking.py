"""Asking every expectation of what a lake holds, some articles at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from expectations.whole.model import WholeFinding
    from flows.settings import Settings
    from warehouse.tables import Row

#: What may come of an expectation, the worst last.
OUTCOMES = ("passed", "warned", "failed", "broke")
_ORPHANS = 1000


@dataclass
class Verdict:
    """What came of one expectation over all that was checked."""

    table: str
    expectation: str
    column: str | None
    kind: str
    outcome: str = "passed"
    checked: int = 0
    failed: int = 0
    observed: str | None = None
    detail: str | None = None

    def add(self, row: Row) -> None:
        worse = OUTCOMES.index(row["outcome"]) > OUTCOMES.index(self.outcome)
        self.outcome = row["outcome"] if worse else self.outcome
        self.checked += row["checked"]
        self.failed += row["failed"]
        # An aggregate looks at all counts so far, so what it saw last is what counts.
        if row["kind"] == "aggregate":
            self.outcome = row["outcome"]
            self.observed, self.detail = row["observed"], row["detail"]
        elif worse:
            self.observed, self.detail = row["observed"], row["detail"]


@dataclass
class Findings:
    """The verdicts in the order of the tables, and the rows that a report is made of.

    ``whole`` is what came of the expectations of the lake as a whole, the worst first; ``baseline``
    the state that it was compared with, in words.
    """

    articles: int = 0
    verdicts: dict[tuple[str, str, str | None], Verdict] = field(default_factory=dict)
    quality: list[Row] = field(default_factory=list)
    quarantine: list[Row] = field(default_factory=list)
    warnings: list[Row] = field(default_factory=list)
    corrections: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    whole: list[WholeFinding] = field(default_factory=list)
    baseline: str | None = None

    def outcome(self) -> str:
        """The worst of all: what could not be judged changes nothing."""
        outcomes = {verdict.outcome for verdict in self.verdicts.values()}
        outcomes.update(one.outcome for one in self.whole if one.outcome in OUTCOMES)
        return max(outcomes, key=OUTCOMES.index, default="passed")

    def told(self) -> str:
        """In one sentence."""
        verdicts = self.verdicts.values()
        if not self.articles and not verdicts:
            return "The lake holds no articles: there is nothing to check."
        counts = {outcome: sum(v.outcome == outcome for v in verdicts) for outcome in OUTCOMES}
        bad = counts["failed"] or counts["broke"]
        told = f"{counts['failed']} failed, {counts['broke']} broke" if bad else "all passed"
        if counts["warned"]:
            told += f", {counts['warned']} with warnings"
        many = "1 article" if self.articles == 1 else f"{self.articles:,} articles"
        return f"{many}, {len(verdicts)} checks: {told}."


def check_lake(settings: Settings) -> Findings:
    """Check all articles with their rows, ``batch_size`` at a time, and rows without an article.

    Reads one state of the lake; writes nothing. Raises ``NoLakeError`` and ``VersionError``.
    """
    import warehouse
    from expectations.check import check_batch
    from expectations.totals import Totals
    from expectations.whole.model import worst_first
    from expectations.whole.sound import judge_sound
    from warehouse.measures.sound import sound
    from warehouse.measures.state import state
    from warehouse.views.source_health import SOURCE_HEALTH

    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    findings, totals = Findings(), Totals()
    with warehouse.connect(settings.lake) as connection:
        connection.execute("BEGIN TRANSACTION READ ONLY")
        corrections = connection.execute("FROM lake.corrections ORDER BY ALL").to_arrow_table()
        findings.corrections = corrections.to_pylist()
        findings.sources = connection.execute(SOURCE_HEALTH.sql).to_arrow_table().to_pylist()
        for number, batch in enumerate(_batches(connection, settings.batch_size), 1):
            checked = check_batch(
                batch.frames,
                totals,
                run_id="check",
                batch_no=number,
                checked_at=now,
                limits=settings.shares(),
                fetched=batch.fetched,
                earlier=batch.earlier,
            )
            totals = checked.totals
            findings.articles += len(batch.frames["articles"])
            findings.quality += checked.quality
            findings.quarantine += checked.quarantine
            findings.warnings += checked.warnings
            for row in checked.quality:
                key = (row["table_name"], row["expectation"], row["column_name"])
                if key not in findings.verdicts:
                    findings.verdicts[key] = Verdict(*key, row["kind"])
                findings.verdicts[key].add(row)
    with state(settings.lake) as lake:
        findings.whole = sorted(judge_sound(sound(lake)), key=worst_first)
    return findings


@dataclass(frozen=True)
class _Batch:
    frames: dict[str, pd.DataFrame]
    fetched: dict[str, dt.datetime]
    earlier: list[Row]


def _batches(connection: Any, size: int) -> Iterator[_Batch]:
    """The articles in the order of the table with all their rows; last, rows without an article."""
    from warehouse.tables import ARTICLE_TABLES, ARTICLES

    known = "SELECT article_id FROM lake.articles"
    order = connection.execute(
        f"{known} GROUP BY article_id ORDER BY min(published_date) NULLS FIRST, article_id"
    )
    ids = [row[0] for row in order.fetchall()]
    among = "IN (SELECT unnest(?::VARCHAR[]))"
    for start in range(0, len(ids), size):
        some = ids[start : start + size]
        frames = {
            table.name: _frame(connection, table.name, f"article_id {among}", [some])
            for table in ARTICLE_TABLES
        }
        raws = sorted(set(frames["articles"]["raw_id"]))
        fetched = connection.execute(
            "SELECT raw_id, min(fetched_at) FROM lake.raw_articles "
            f"WHERE raw_id {among} GROUP BY raw_id",
            [raws],
        ).fetchall()
        quarantine = connection.execute(
            f"SELECT * FROM lake.quarantine WHERE article_id {among}", [some]
        ).to_arrow_table()
        yield _Batch(frames, dict(fetched), quarantine.to_pylist())
    orphans = {
        table.name: _frame(connection, table.name, f"article_id NOT IN ({known})", [])
        for table in ARTICLE_TABLES
        if table is not ARTICLES
    }
    if any(len(frame) for frame in orphans.values()):
        none = _frame(connection, ARTICLES.name, "false", [])
        yield _Batch({ARTICLES.name: none, **orphans}, {}, [])


def _frame(connection: Any, name: str, where: str, parameters: list[Any]) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    from warehouse.tables import TABLES_BY_NAME

    table = TABLES_BY_NAME[name]
    columns = ", ".join(f'"{column}"' for column in table.column_names)
    order = ", ".join(f'"{column}"' for column in table.key)
    answer = connection.execute(
        f"SELECT {columns} FROM lake.{name} WHERE {where} ORDER BY {order}", parameters
    ).to_arrow_table()
    schema = pa.schema([pa.field(c.name, c.kind.arrow) for c in table.columns])
    frame: pd.DataFrame = answer.cast(schema).to_pandas(types_mapper=pd.ArrowDtype)
    return frame
