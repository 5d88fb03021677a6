"""A small lake whose rows no expectation objects to, and the command asked of it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from flows.command.cli import cli
from warehouse.lake import Lake, Publication
from warehouse.tables import TABLES_BY_NAME, Row

TEXT = "Some 300 troops left on Monday.\nThe mayor of Riga [sic] said so."
DAY = dt.date(2025, 4, 28)
FIRST, SECOND = "20250428T100000Z-aaaa", "20250429T100000Z-bbbb"
ARTICLE = "a" * 16


def rows() -> dict[str, list[Row]]:
    """A lake's worth of rows that no expectation objects to."""
    span = {"article_id": ARTICLE, "published_date": DAY, "sentence_no": 0}
    at = dt.datetime(2025, 4, 28, 10, 0)
    made: dict[str, list[dict[str, Any]]] = {
        "raw_articles": [
            {
                "raw_id": "c" * 64,
                "source_uri": "riga.txt",
                "source": "news",
                "media_type": "text/plain",
                "fetched_at": at,
                "payload": TEXT.encode(),
                "run_id": FIRST,
            }
        ],
        "articles": [
            {
                "article_id": ARTICLE,
                "source": "news",
                "source_uri": "riga.txt",
                "authors": [],
                "published_at": dt.datetime(2025, 4, 28, 7, 0),
                "published_zone": "Europe/Riga",
                "published_date": DAY,
                "language": "en",
                "text": TEXT,
                "sentence_count": 2,
                "text_id": "b" * 16,
                "story_id": ARTICLE,
                "revision": 0,
                "raw_id": "c" * 64,
                "run_id": FIRST,
                "ingested_at": at,
                "extractor": "dateline-0.1.0+en_core_web_md-3.8.0",
            }
        ],
        "inputs": [
            {
                "source": "news",
                "source_uri": "riga.txt",
                "raw_id": "c" * 64,
                "article_id": ARTICLE,
                "text_id": "b" * 16,
                "run_id": FIRST,
            }
        ],
        "fingerprints": [
            {"article_id": ARTICLE, "published_date": DAY, "family_id": ARTICLE, "signature": b""}
        ],
        "entities": [
            {
                "entity_id": "e" * 16,
                "article_id": ARTICLE,
                "published_date": DAY,
                "name": "Riga",
                "entity_type": "GPE",
                "link_status": "local",
                "mention_count": 1,
                "first_char": 45,
            }
        ],
        "mentions": [
            {
                **span,
                "mention_id": "d" * 16,
                "entity_id": "e" * 16,
                "sentence_no": 1,
                "char_start": 45,
                "char_end": 49,
                "surface": "Riga",
                "entity_type": "GPE",
            }
        ],
        "figures": [
            {
                **span,
                "figure_id": "f" * 16,
                "char_start": 0,
                "char_end": 8,
                "surface": "Some 300",
                "value": 300.0,
                "value_low": 300.0,
                "value_high": 300.0,
                "qualifier": "about",
                "change": "none",
                "unit_type": "count",
                "unit": "1",
                "counted": "troops",
                "counted_head": "troop",
                "category": "troops",
                "modality": "actual",
                "rule": "count",
                "sentence": TEXT[:31],
            }
        ],
        "quarantine": [
            {
                "table_name": "figures",
                "row_id": "9" * 16,
                "article_id": ARTICLE,
                "expectation": "surface_in_text",
                "column_name": "surface",
                "detail": "expected the words of the text, found other ones",
                "row": json.dumps({"surface": "400 tanks", "sentence": "No tanks here."}),
                "run_id": FIRST,
            }
        ],
        "quality": [
            {
                "run_id": FIRST,
                "batch_no": 1,
                "table_name": "figures",
                "expectation": "surface_in_text",
                "column_name": "surface",
                "kind": "row",
                "outcome": "failed",
                "checked": 2,
                "failed": 1,
                "checked_at": at,
            }
        ],
        "rejects": [
            {
                "source": "news",
                "source_uri": "empty.txt",
                "reason": "empty",
                "detail": "empty.txt: the file is empty",
                "run_id": FIRST,
            }
        ],
        "runs": [
            _run(FIRST, at, new=1, rejects=1, rows_made=5, published=4, quarantined=1),
            _run(SECOND, at + dt.timedelta(days=1), unchanged=2),
        ],
    }
    return {name: [TABLES_BY_NAME[name].row(**row) for row in some] for name, some in made.items()}


def _run(run_id: str, at: dt.datetime, **counts: int) -> dict[str, Any]:
    parts = {k: counts.get(k, 0) for k in ("new", "revised", "unchanged", "duplicates", "rejects")}
    return {
        "run_id": run_id,
        "command": "run",
        "status": "done",
        "started_at": at,
        "ended_at": at + dt.timedelta(seconds=2),
        "inputs": sum(parts.values()),
        **parts,
        "rows_made": counts.get("rows_made", 0),
        "rows_published": counts.get("published", 0),
        "rows_quarantined": counts.get("quarantined", 0),
        "batches": 1,
        "versions": json.dumps({"dateline": "0.1.0"}),
        "parameters": json.dumps({"batch_size": 500}),
    }


def build(path: Path, made: dict[str, list[Row]]) -> Path:
    with Lake.open(path, create=True) as lake:
        lake.add_raws(made["raw_articles"], FIRST)
        insert = {
            name: TABLES_BY_NAME[name].arrow(some)
            for name, some in made.items()
            if name != "raw_articles"
        }
        lake.publish(Publication({}, insert), FIRST)
    return path


def ask(lake: str | Path, *args: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, [*args, "--lake", str(lake)], input=stdin)
