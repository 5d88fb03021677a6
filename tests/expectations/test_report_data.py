"""``report.json`` keeps the schema that is published of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from expectations.check import Checked
from expectations.published import SCHEMA, text
from expectations.report import write_report
from tests.expectations.test_report import RUN, Story, run_row
from tests.expectations.wholes import some_trends, wholes


def strict(schema: Any) -> Any:
    """The schema with nothing beside what it declares."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: strict(value) for key, value in schema.items()}
    return {**found, "additionalProperties": False} if "properties" in found else found


def validator() -> Any:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        strict(schema), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def test_the_schema_is_that_of_the_declarations() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == text(), "run python -m expectations.published"


def test_every_part_of_a_report_is_declared(
    story: Callable[..., Story], check: Callable[..., Checked], tmp_path: Path
) -> None:
    rows = story()
    rows["figures"][1]["value"] = 1.0
    rows["figures"][0]["as_of_end"] = rows["figures"][0]["published_date"].replace(year=2027)
    checked = check(rows, run_id=RUN)
    health = {
        "source": "wire",
        "path": "wire/",
        "state": "silent",
        "last_read": checked.quality[0]["checked_at"],
        "last_success": None,
        "last_new": None,
        "failures": 3,
        "trouble": "no answer",
        "not_fetched": 0,
    }
    write_report(
        checked.quality,
        checked.quarantine,
        tmp_path,
        warnings=checked.warnings,
        runs=[run_row(), run_row("20260308T120000Z-aaaa", message="stopped")],
        sources=[health],
        tables={"figures": 2},
        trends=some_trends(),
        whole=wholes(),
        baseline="run a (snapshot 3)",
        data_docs=False,
    )
    data = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    validator().validate(data)
    for name in ("findings", "whole", "examples", "history", "sources", "trends", "sums", "tables"):
        assert data[name], name
    assert data["format"] == 2
    assert data["baseline"] == "run a (snapshot 3)"
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Compared with run a (snapshot 3)." in page


def test_a_report_of_nothing_keeps_it(tmp_path: Path) -> None:
    write_report([], [], tmp_path, asked="lake", data_docs=False)
    validator().validate(json.loads((tmp_path / "report.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("key", ["verdict", "findings", "trends"])
def test_what_is_missing_is_told(key: str, tmp_path: Path) -> None:
    write_report([], [], tmp_path, data_docs=False)
    data = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    del data[key]
    with pytest.raises(jsonschema.ValidationError, match=key):
        validator().validate(data)
