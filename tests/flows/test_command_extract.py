"""extract: the rows of files, on standard output or in a folder."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from flows.command.cli import cli
from warehouse.tables import TABLES_BY_NAME

STORY = (
    "Published on: 2025/04/28 10:00\n"
    "Latvia has sent around 300 soldiers to Estonia since Saturday, the government in Riga said.\n"
    "It was the third such move in a year, and cost more than $5 million.\n"
)
TABLES = ["articles", "entities", "mentions", "dates", "claims", "events", "figures", "rejects"]


def extract(*args: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["extract", *map(str, args)], input=stdin)


def by_table(result: Result) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for line in result.stdout.splitlines():
        row = json.loads(line)
        rows.setdefault(row.pop("table"), []).append(row)
    return rows


@pytest.fixture
def story(empty_folder: Path) -> Path:
    path = empty_folder / "news" / "latvia.txt"
    path.parent.mkdir()
    path.write_text(STORY, encoding="utf-8")
    return path


def test_every_row_is_a_line_with_its_table(story: Path) -> None:
    result = extract(story)
    assert result.exit_code == 0, result.stderr
    rows = by_table(result)
    assert list(rows) == TABLES[:-1]
    for table, some in rows.items():
        for row in some:
            assert list(row) == list(TABLES_BY_NAME[table].column_names)
    (article,) = rows["articles"]
    assert (article["source"], article["source_uri"]) == ("news", "latvia.txt")
    assert article["published_at"] == "2025-04-28T10:00:00"
    assert article["published_date"] == "2025-04-28"
    assert article["duplicate_of"] is None
    assert article["revision"] == 0
    assert "Published on" not in article["text"]
    for table in ("mentions", "dates", "figures"):
        for row in rows[table]:
            assert article["text"][row["char_start"] : row["char_end"]] == row["surface"]
    assert "around 300" in {row["surface"] for row in rows["figures"]}
    assert "1 input: 1 article, " in result.stderr


def test_a_folder_gets_one_file_a_table(story: Path) -> None:
    result = extract(story, "--out", "rows/new")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    written = {path.stem: path.read_text().splitlines() for path in Path("rows/new").iterdir()}
    assert sorted(written) == sorted(TABLES)
    rows = by_table(extract(story))
    for table, lines in written.items():
        assert [json.loads(line) for line in lines] == rows.get(table, [])


def test_parquet_holds_the_same_rows_in_the_declared_types(story: Path) -> None:
    result = extract(story, "--out", "rows", "--format", "parquet")
    assert result.exit_code == 0, result.stderr
    count = Counter({name: len(rows) for name, rows in by_table(extract(story)).items()})
    for name in TABLES:
        table = pq.read_table(Path("rows") / f"{name}.parquet")
        assert table.schema.types == TABLES_BY_NAME[name].arrow_schema.types
        assert table.num_rows == count[name]


def test_the_same_place_gives_the_same_rows_alone_and_in_its_folder(story: Path) -> None:
    assert extract(story).stdout == extract(story.parent).stdout


def test_what_is_no_article_is_a_reject_and_costs_no_other(story: Path) -> None:
    (story.parent / "empty.txt").write_text("")
    (story.parent / "cut.jsonl.gz").write_bytes(gzip.compress(b'{"id": 1, "text": "A."}\n')[:-9])
    result = extract(story.parent)
    assert result.exit_code == 0
    rows = by_table(result)
    assert len(rows["articles"]) == 1
    reasons = {row["source_uri"]: row["reason"] for row in rows["rejects"]}
    assert reasons["empty.txt"] == "empty"
    assert reasons["cut.jsonl.gz"] == "truncated"
    assert "Rejected (empty)" in result.stderr


def test_with_nothing_but_rejects_the_data_is_bad(story: Path) -> None:
    story.write_text("")
    assert extract(story).exit_code == 1


def test_lines_that_are_bad_cost_no_other(story: Path) -> None:
    lines = [json.dumps({"id": n, "text": f"Rain fell on Riga for {n} days."}) for n in range(10)]
    lines[2], lines[5], lines[7] = "{", "[1, 2]", '{"id": 7}'
    path = story.with_name("rain.jsonl")
    path.write_text("\n".join(lines))
    rows = by_table(extract(path))
    assert len(rows["articles"]) == 7
    assert [row["source_uri"] for row in rows["rejects"]] == [
        "rain.jsonl#L3",
        "rain.jsonl#L6",
        "rain.jsonl#L8",
    ]
    assert all("rain.jsonl" in row["detail"] for row in rows["rejects"])


@pytest.mark.parametrize(
    ("data", "articles"),
    [
        (STORY.encode(), 1),
        (b'{"id": 1, "text": "Rain fell on Riga."}\n{"id": 2, "text": "Snow fell."}\n', 2),
        (b'[{"id": 1, "text": "Rain fell on Riga."}, {"id": 2, "text": "Snow fell."}]', 2),
        (b'{"id": 1,\n "text": "Rain fell on Riga."}', 1),
        (gzip.compress(STORY.encode()), 1),
    ],
)
def test_standard_input_is_read_for_what_it_is(story: Path, data: bytes, articles: int) -> None:
    result = extract("-", stdin=data)
    assert result.exit_code == 0, result.stderr
    assert len(by_table(result)["articles"]) == articles


def test_parquet_needs_a_folder(story: Path) -> None:
    assert extract(story, "--format", "parquet").exit_code == 64


def test_a_folder_that_is_a_file_is_64(story: Path) -> None:
    assert extract(story, "--out", story).exit_code == 64


def test_when_it_breaks_nothing_half_is_left(story: Path) -> None:
    extract(story, "--out", "rows")
    before = {path.name: path.read_bytes() for path in Path("rows").iterdir()}
    result = extract(story, "--out", "rows", "--model", "no_such_model")
    assert result.exit_code == 64
    assert "DATELINE_MODEL" in result.stderr
    assert {path.name: path.read_bytes() for path in Path("rows").iterdir()} == before
