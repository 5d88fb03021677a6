"""What a report shows beside the results of the checks: asked of a lake once, for every report."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.trends import Ask, trends_of
from warehouse.tables import ARTICLE_TABLES, RUNS, Row
from warehouse.views.source_health import SOURCE_HEALTH

if TYPE_CHECKING:
    from flows.checking import Findings
    from flows.settings import Settings

log = logging.getLogger(__name__)

_RECENT_RUNS = f"FROM lake.{RUNS.name} ORDER BY run_id DESC LIMIT 50"

#: What is shown of the articles that rows were read from.
SHOWN = ("article_id", "text", "url")


def matter(ask: Ask, articles: Iterable[Row]) -> dict[str, Any]:
    """What :func:`expectations.report.write_report` takes of a lake, by the names of its arguments.

    ``articles`` are those whose rows are shown, with the columns ``SHOWN``.
    """
    runs, articles = ask(_RECENT_RUNS, ()), list(articles)
    return {
        "runs": runs,
        "sources": ask(SOURCE_HEALTH.sql, ()),
        "texts": {row["article_id"]: row["text"] for row in articles},
        "urls": {row["article_id"]: row["url"] for row in articles if row["url"]},
        "trends": trends_of(ask, runs),
    }


def report_lake(settings: Settings, findings: Findings, folder: Path) -> Path:
    """Writes the report of what a lake holds, once it was checked; gives its page.

    Of a lake whose rows could not be asked, what cannot be read is left out.
    """
    from expectations.report import write_report
    from warehouse.measures.state import state

    ids = sorted({row["article_id"] for row in findings.quarantine if row["article_id"]})
    with state(settings.lake) as now:

        def ask(sql: str, values: Sequence[Any]) -> list[Row]:
            try:
                answer = now.connection.execute(sql, list(values)).to_arrow_table()
            except Exception as error:
                if findings.no_rows is None:
                    raise
                log.debug("the report does without an answer: %s", error)
                return []
            rows: list[Row] = answer.to_pylist()
            return rows

        columns = ", ".join(SHOWN)
        among = "article_id IN (SELECT unnest(?::VARCHAR[]))"
        articles = ask(f"SELECT {columns} FROM lake.articles WHERE {among}", [ids])
        tables = {
            table.name: answer[0]["rows"]
            for table in ARTICLE_TABLES
            if (answer := ask(f"SELECT count(*) AS rows FROM lake.{table.name}", ()))
        }
        shown = matter(ask, articles)
    return write_report(
        findings.quality,
        findings.quarantine,
        folder,
        warnings=findings.warnings,
        tables=tables,
        limits=settings.shares(),
        whole=findings.whole,
        baseline=findings.baseline,
        asked="lake",
        **shown,
    )
