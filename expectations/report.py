"""The quality report, in every form that it is read in: a page, data, Markdown, JUnit XML."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.summary import Asked, summarise
from warehouse.tables import Row

if TYPE_CHECKING:
    from expectations.totals import Limits
    from expectations.trends import Trend
    from expectations.whole.model import WholeFinding

PAGE = "index.html"
DATA = "report.json"
MARKDOWN = "summary.md"
JUNIT = "junit.xml"
DATA_DOCS = "data_docs"


def write_report(
    quality: Iterable[Row],
    quarantine: Iterable[Row],
    folder: str | os.PathLike[str],
    *,
    warnings: Iterable[Row] = (),
    runs: Iterable[Row] = (),
    sources: Iterable[Row] = (),
    tables: Mapping[str, int] | None = None,
    texts: Mapping[str, str] | None = None,
    urls: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    trends: Iterable[Trend] = (),
    whole: Iterable[WholeFinding] = (),
    asked: Asked = "run",
    baseline: str | None = None,
    data_docs: bool = True,
) -> Path:
    """Writes the report of the latest run among the quality rows; returns its page.

    ``folder`` is made if it is missing and holds then ``index.html`` (needs no other file and
    no network), ``report.json`` (the same for programs, by ``report.schema.json`` beside
    :mod:`expectations.published`), ``summary.md`` (for a pull request), ``junit.xml`` (for what
    reads test results) and, unless ``data_docs`` is off, ``data_docs/index.html``: the suites'
    results as Great Expectations shows them, made readable without a network. The folder's size
    does not grow with the number of runs.

    ``warnings`` are the run's rows of ``warnings``, of which the first of each check are shown.
    ``runs`` are rows of ``runs`` (for the sums and the history), ``sources`` of the view
    ``source_health``, ``tables`` how many rows each table of the lake holds, ``texts`` articles'
    texts by article_id, to show what a failing row was read from, ``urls`` their addresses.
    ``trends`` are shown as charts, ``whole`` are findings on the lake as a whole,
    ``baseline`` says in words what they were compared with. ``asked`` says
    whether the rows are those that a run made or all of a lake: there a row that fails is bad
    data, where a run keeps it back. Raises ``OSError`` where the folder cannot be written.
    """
    from expectations.html import page
    from expectations.junit import junit
    from expectations.markdown import markdown
    from expectations.published import data

    summary = summarise(
        quality,
        quarantine,
        warnings=warnings,
        runs=runs,
        sources=sources,
        tables=tables,
        texts=texts,
        urls=urls,
        limits=limits,
        trends=trends,
        whole=whole,
        asked=asked,
        baseline=baseline,
    )
    to = Path(folder)
    to.mkdir(parents=True, exist_ok=True)
    if data_docs:
        from expectations.data_docs import write_data_docs

        write_data_docs(summary, to / DATA_DOCS)
    _write(to / DATA, data(summary))
    _write(to / MARKDOWN, markdown(summary))
    _write(to / JUNIT, junit(summary))
    _write(to / PAGE, page(summary, DATA, f"{DATA_DOCS}/index.html" if data_docs else None))
    return to / PAGE


def _write(path: Path, text: str) -> None:
    """Whole or not at all: a reader never sees half a page."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", errors="replace")
    part.replace(path)
