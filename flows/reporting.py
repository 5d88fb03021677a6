"""What a report shows beside the results of the checks: asked of a lake once, for every report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flows.trends import Ask, trends_of
from warehouse.tables import RUNS, Row
from warehouse.views.runs import SOURCE_HEALTH

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
