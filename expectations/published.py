"""``report.json``: what is published of a summary, and the schema that it keeps.

``python -m expectations.published`` writes the schema, ``report.schema.json`` beside this module,
from the declarations here and in the modules of what is reported; a test fails while it differs.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypedDict

from expectations.summary import Asked, Example, Finding, Sum, Summary, Verdict
from expectations.trends import Trend
from expectations.whole.model import WholeFinding
from warehouse.tables import RUNS, Column, Row

SCHEMA = Path(__file__).parent / "report.schema.json"
#: Raised when something goes away or means another thing. What is added raises nothing.
FORMAT: Literal[2] = 2
_ID = "https://json-schema.org/draft/2020-12/schema"
_TYPES = {int: "integer", float: "number", bool: "boolean"}
_FORMATS = {dt.datetime: "date-time", dt.date: "date"}


class SourceHealth(TypedDict):
    """How a source fares: a row of the view ``source_health``. Times are UTC."""

    source: str
    path: str
    state: Literal["ok", "failing", "silent"]
    last_read: dt.datetime
    last_success: dt.datetime | None
    last_new: dt.datetime | None
    failures: int
    trouble: str | None
    not_fetched: int


@dataclass(frozen=True)
class Report:
    """The report of a run, or of what a lake holds.

    ``format`` is raised when something goes away or means another thing; more may be added.
    ``asked`` says what was asked: the rows that a run made, or those of a lake. ``verdict``:
    broke, a check could not be asked; failed, the data is bad; quarantined, rows were kept back and
    the rest passed; passed. ``expectations`` counts ``findings`` by outcome. ``run`` and
    ``history`` are rows of the table ``runs``. ``whole`` are the findings on the lake as a whole,
    ``baseline`` is what they were compared with. ``examples`` are rows in quarantine, or of a lake
    those that fail, ``warnings`` rows that are doubted.
    """

    format: Literal[2]
    asked: Asked
    run_id: str
    verdict: Verdict
    expectations: dict[str, int]
    sums: list[Sum]
    tables: dict[str, int]
    quarantined: dict[str, int]
    findings: list[Finding]
    whole: list[WholeFinding]
    baseline: str | None
    examples: list[Example]
    warnings: list[Example]
    run: Row | None
    history: list[Row]
    sources: list[SourceHealth]
    trends: list[Trend]


def report(summary: Summary) -> Report:
    """What is published of a summary."""
    sources: list[Any] = list(summary.sources)
    return Report(
        format=FORMAT,
        asked=summary.asked,
        run_id=summary.run_id,
        verdict=summary.verdict,
        expectations=summary.outcomes,
        sums=summary.sums,
        tables=dict(summary.tables),
        quarantined=dict(summary.quarantined),
        findings=summary.findings,
        whole=list(summary.whole),
        baseline=summary.baseline,
        examples=summary.examples,
        warnings=summary.warnings,
        run=summary.run,
        history=list(summary.history),
        sources=sources,
        trends=list(summary.trends),
    )


def data(summary: Summary) -> str:
    """The text of ``report.json``. Times are ISO 8601 in UTC, ending in Z."""
    found = dataclasses.asdict(report(summary))
    return json.dumps(found, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat() + "Z"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``report.json``."""
    from pydantic import TypeAdapter

    found = TypeAdapter(Report).json_schema(mode="serialization")
    found["properties"]["run"] = {"anyOf": [{"$ref": "#/$defs/Run"}, {"type": "null"}]}
    found["properties"]["history"]["items"] = {"$ref": "#/$defs/Run"}
    found["$defs"]["Run"] = _run()
    for name, one in {"Report": found, **found["$defs"]}.items():
        one["title"] = name
        one["description"] = " ".join(one.get("description", "").split())
        # What is left out of a dataclass has its default, and is in the report all the same.
        one["required"] = list(one["properties"])
        for declared in one["properties"].values():
            declared.pop("title", None)
            declared.pop("default", None)
    return {"$schema": _ID, **found}


def _run() -> dict[str, Any]:
    return {
        "type": "object",
        "description": RUNS.description,
        "properties": {column.name: _column(column) for column in RUNS.columns},
    }


def _column(column: Column) -> dict[str, Any]:
    kind = _TYPES.get(column.kind.python, "string")
    found: dict[str, Any] = {
        "type": [kind, "null"] if column.nullable else kind,
        "description": column.description,
    }
    if column.kind.python in _FORMATS:
        found["format"] = _FORMATS[column.kind.python]
    if column.allowed:
        found["enum"] = list(column.allowed)
    return found


def text() -> str:
    """The schema's file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(text(), encoding="utf-8")
