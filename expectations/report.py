"""The quality report: one page that needs nothing else, its data for programs, and Data Docs."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.summary import summarise
from warehouse.tables import Row

if TYPE_CHECKING:
    from expectations.totals import Limits

PAGE = "index.html"
DATA = "report.json"
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
    limits: Limits | None = None,
    data_docs: bool = True,
) -> Path:
    """Writes the report of the latest run among the quality rows; returns its page.

    ``folder`` is made if it is missing and holds then ``index.html`` (needs no other file and
    no network), ``report.json`` (the same for programs) and, unless ``data_docs`` is off,
    ``data_docs/index.html``: the suites' results as Great Expectations shows them, made
    readable without a network. The folder's size does not grow with the number of runs.

    ``warnings`` are the run's rows of ``warnings``, of which the first of each check are shown.
    ``runs`` are rows of ``runs`` (for the sums and the history), ``sources`` of the view
    ``source_health``, ``tables`` how many rows each
    table of the lake holds, ``texts`` articles' texts by article_id, to show what a failing
    row was read from. Raises ``OSError`` where the folder cannot be written.
    """
    from expectations.html import page

    summary = summarise(
        quality,
        quarantine,
        warnings=warnings,
        runs=runs,
        sources=sources,
        tables=tables,
        texts=texts,
        limits=limits,
    )
    to = Path(folder)
    to.mkdir(parents=True, exist_ok=True)
    if data_docs:
        from expectations.data_docs import write_data_docs

        write_data_docs(summary, to / DATA_DOCS)
    data = json.dumps(summary.as_dict(), ensure_ascii=False, indent=1, default=_plain)
    _write(to / DATA, data + "\n")
    _write(to / PAGE, page(summary, DATA, f"{DATA_DOCS}/index.html" if data_docs else None))
    return to / PAGE


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _write(path: Path, text: str) -> None:
    """Whole or not at all: a reader never sees half a page."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", errors="replace")
    part.replace(path)
