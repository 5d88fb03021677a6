"""Asking every expectation of what a lake holds, some articles at a time."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from expectations.whole.model import WholeFinding
    from flows.settings import Settings
    from warehouse.tables import Row

log = logging.getLogger(__name__)

#: What may come of an expectation, the worst last.
OUTCOMES = ("passed", "warned", "failed", "broke")
#: The expectation that all files are there: without them no rows can be asked.
FILES = "files_readable"


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
    the state that it was compared with, in words; ``no_rows`` why the rows were not asked.
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
    no_rows: str | None = None

    def outcome(self) -> str:
        """The worst of all: what could not be judged changes nothing."""
        outcomes = {verdict.outcome for verdict in self.verdicts.values()}
        outcomes.update(one.outcome for one in self.whole if one.outcome in OUTCOMES)
        return max(outcomes, key=OUTCOMES.index, default="passed")

    def told(self) -> str:
        """In one sentence."""
        if self.no_rows is not None:
            return f"{self.told_of_whole()} The rows were not asked one by one: {self.no_rows}."
        verdicts = self.verdicts.values()
        if not self.articles and not verdicts:
            return "The lake holds no articles: there is nothing to check."
        told = _counted([v.outcome for v in verdicts])
        many = "1 article" if self.articles == 1 else f"{self.articles:,} articles"
        return f"{many}, {len(verdicts)} checks: {told}. {self.told_of_whole()}"

    def told_of_whole(self) -> str:
        """What came of the lake as a whole, in one sentence."""
        judged = [one.outcome for one in self.whole if one.outcome in OUTCOMES]
        against = f", against {self.baseline}" if self.baseline else ""
        told = f"As a whole{against}, {len(judged)} checks: {_counted(judged)}"
        left = len(self.whole) - len(judged)
        return f"{told}, {left} not judged." if left else f"{told}."


def _counted(outcomes: Sequence[str]) -> str:
    """``2 failed, 0 broke, 1 with warnings``."""
    failed, broke = outcomes.count("failed"), outcomes.count("broke")
    told = f"{failed} failed, {broke} broke" if failed or broke else "all passed"
    warned = outcomes.count("warned")
    return f"{told}, {warned} with warnings" if warned else told


def check_lake(settings: Settings, *, baseline: str | None = None, rows: bool = True) -> Findings:
    """Check the lake as a whole, and all articles with their rows, ``batch_size`` at a time.

    ``baseline`` names the state that it is compared with (:func:`flows.whole.check_whole`).
    Without ``rows`` these are left out, and so they are where the files that hold them are
    damaged. Writes nothing. Raises ``NoLakeError``, ``VersionError``, and ``SqlError`` for a
    baseline that there is not.
    """
    from flows.whole import check_whole

    findings = Findings()
    findings.whole, findings.baseline = check_whole(settings, baseline)
    if any(one.name == FILES and one.bad for one in findings.whole):
        findings.no_rows = "not all files can be read"
    elif not rows:
        findings.no_rows = "they were left out"
    else:
        try:
            _check_rows(settings, findings)
        except Exception:
            if findings.outcome() != "broke":
                raise
            log.exception("the rows could not be asked one by one")
            findings.no_rows = "the tables are not as they are declared"
    return findings


def _check_rows(settings: Settings, findings: Findings) -> None:
    """Ask each row's expectations, in one state of the lake."""
    import warehouse
    from expectations.check import check_batch
    from expectations.totals import Totals
    from warehouse.transaction import one_state
    from warehouse.views.source_health import SOURCE_HEALTH

    now, totals = dt.datetime.now(dt.UTC).replace(tzinfo=None), Totals()
    with warehouse.connect(settings.lake) as connection, one_state(connection):
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
