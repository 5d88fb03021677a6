"""What an export says of its files, held by others' validators."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from csvw import CSVW, TableGroup
from frictionless import Package, Resource

from tests.warehouse.stories import batch_of, raw_rows
from warehouse.export import FOLDERS, MANIFEST, export
from warehouse.lake import Lake, Publication
from warehouse.tables import ARTICLES, FIGURES, TABLES, TABLES_BY_NAME
from warehouse.views import VIEWS

#: All with rows, among them every type; a view, a reference table, a table that refers to itself.
NAMES = ["raw_articles", "articles", "entities", "mentions", "figures", "dates", "figure_details"]
NAMES += ["ref_units"]


@pytest.fixture(scope="module")
def told(empty_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(empty_lake, tmp_path_factory.mktemp("told") / "lake"))
    batch = batch_of(range(8))
    articles, figures = batch["articles"].to_pylist(), batch["figures"].to_pylist()
    articles[0].update(
        title="=1+1",
        authors=["A, B", '"C"'],
        published_at=dt.datetime(2025, 1, 8, 9, 30, 0, 120_000),
        text="",
    )
    articles[1].update(duplicate_of=articles[0]["article_id"])
    for figure, value in zip(figures, (float("nan"), float("inf"), -1e22, 0.1), strict=False):
        figure.update(value_low=value, cumulative=value > 0)
    made = {**batch, "articles": ARTICLES.arrow(articles), "figures": FIGURES.arrow(figures)}
    with Lake.open(folder) as lake:
        lake.publish_reference([("units", ("unit", "name"), [("m", "metre"), ("g", None)])])
        lake.add_raws(raw_rows(range(8)), "run-1")
        lake.publish(Publication(insert=made), "run-1")
    return folder


@pytest.fixture(scope="module")
def folders(told: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An export of each form, and one of raw CSV."""
    out = tmp_path_factory.mktemp("out")
    made = {form: export(told, out / form, names=NAMES, form=form).path for form in FOLDERS}
    made["raw"] = export(told, out / "raw", names=NAMES, form="csv", raw_csv=True).path
    return made


def package_of(folder: Path) -> dict[str, Any]:
    told_of: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return told_of


@pytest.mark.parametrize("form", [*FOLDERS, "raw"])
def test_the_package_is_one_by_the_standard(folders: dict[str, Path], form: str) -> None:
    described = package_of(folders[form])
    assert not list(Package.metadata_validate(described))
    assert [resource["name"] for resource in described["resources"]] == [
        *(t.name for t in TABLES if t.name in NAMES),
        "figure_details",
        "ref_units",
    ]
    for resource in described["resources"]:
        data = (folders[form] / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


@pytest.mark.parametrize("form", ["csv", "raw"])
def test_every_row_is_as_frictionless_is_told(folders: dict[str, Path], form: str) -> None:
    """Types, constraints, keys, references, bytes and hashes, of each row."""
    found = Package(str(folders[form] / "datapackage.json")).validate()
    assert found.valid, found.flatten(["title", "rowNumber", "fieldName", "note"])
    assert found.stats["tasks"] == len(NAMES)


@pytest.mark.parametrize(
    ("table", "column", "value", "error"),
    [
        ("figures", "value", "many", "type-error"),
        ("figures", "qualifier", "perhaps", "constraint-error"),
        ("figures", "article_id", "0" * 16, "foreign-key"),
        ("articles", "published_at", "yesterday", "type-error"),
        ("articles", "authors", "A, B", "type-error"),
        ("articles", "article_id", "ABC", "constraint-error"),
    ],
)
def test_a_cell_that_is_otherwise_is_found(
    folders: dict[str, Path], tmp_path: Path, table: str, column: str, value: str, error: str
) -> None:
    folder = Path(shutil.copytree(folders["csv"], tmp_path / "copy"))
    _change(folder / f"{table}.csv", column, value)
    package = Package(str(folder / "datapackage.json"))
    for resource in package.resources:
        resource.hash = resource.bytes = None
    errors = {code for (code,) in package.validate().flatten(["type"])}
    assert error in errors


def _change(file: Path, column: str, value: str) -> None:
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0][column] = value
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def test_frictionless_reads_the_values_that_were_stored(folders: dict[str, Path]) -> None:
    resource = Package(str(folders["raw"] / "datapackage.json")).get_resource("articles")
    assert isinstance(resource, Resource)
    [first] = [row for row in resource.read_rows() if row["title"] == "=1+1"]  # type: ignore[attr-defined]
    assert first["authors"] == ["A, B", '"C"']
    assert first["published_at"] == dt.datetime(2025, 1, 8, 9, 30, 0, 120_000)
    assert isinstance(first["published_date"], dt.date)
    assert first["text"] == ""  # which may not be null
    assert first["duplicate_of"] is None


def test_parquet_has_the_types_that_are_told(folders: dict[str, Path]) -> None:
    kinds = {
        "string": pa.types.is_string,
        "integer": pa.types.is_integer,
        "number": pa.types.is_floating,
        "boolean": pa.types.is_boolean,
        "date": pa.types.is_date,
        "datetime": pa.types.is_timestamp,
        "array": pa.types.is_list,
        "any": pa.types.is_binary,
    }
    for resource in package_of(folders["parquet"])["resources"]:
        schema = pq.read_schema(folders["parquet"] / resource["path"])
        for field, found in zip(resource["schema"]["fields"], schema, strict=True):
            assert field["name"] == found.name
            assert kinds[field["type"]](found.type), field


@pytest.mark.parametrize("form", ["csv", "raw"])
def test_every_table_is_valid_csv_on_the_web(folders: dict[str, Path], form: str) -> None:
    for name in NAMES:
        assert CSVW(str(folders[form] / f"{name}.csv-metadata.json"), validate=True).is_valid
    assert not list(_faults(folders[form]))
    group = TableGroup.from_file(folders[form] / "csv-metadata.json")
    assert sum(len(table.tableSchema.foreignKeys) for table in group.tables) > 5


def _faults(folder: Path) -> Iterator[str]:
    """What csvw objects to in the tables together; that a reference is null is none."""
    group = TableGroup.from_file(folder / "csv-metadata.json")
    for table in group.tables:
        try:
            list(table.iterdicts(strict=True))
        except ValueError as error:
            yield f"{table.url}: {error}"
        if not table.check_primary_key():
            yield f"{table.url}: two rows of one key"
    try:
        if not group.check_referential_integrity():
            yield "a reference to nothing"
    except ValueError as error:
        yield str(error)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("column", "value"), [("value", "many"), ("figure_id", "ABC"), ("article_id", "0" * 16)]
)
def test_csv_on_the_web_finds_a_wrong_cell(
    folders: dict[str, Path], tmp_path: Path, column: str, value: str
) -> None:
    folder = Path(shutil.copytree(folders["csv"], tmp_path / "copy"))
    _change(folder / "figures.csv", column, value)
    assert list(_faults(folder))


def test_the_dictionary_has_every_table_and_column(told: Path, tmp_path: Path) -> None:
    folder = export(told, tmp_path / "out", form="jsonl", views=True).path
    page = (folder / "dictionary.md").read_text("utf-8")
    sections = {part.split("\n")[0]: part for part in page.split("\n## ")[1:]}
    assert {f"{name}.jsonl" for name in sections} == {f.name for f in folder.glob("*.jsonl")}
    for name, part in sections.items():
        rows = part.split("| --- | --- | --- | --- |\n")[1]
        columns = re.findall(r"^\| (\w+) \| \S+ \| (?:null)? ?\| (.*) \|$", rows, re.MULTILINE)
        if name in TABLES_BY_NAME:
            assert [c for c, _ in columns] == list(TABLES_BY_NAME[name].column_names)
            assert all(meaning for _, meaning in columns)
    for view in VIEWS:
        assert view.description in sections[view.name]
    assert "## ref_units" in page


def test_what_describes_is_equal_to_the_byte_and_in_the_manifest(
    told: Path, folders: dict[str, Path], tmp_path: Path
) -> None:
    again = export(told, tmp_path / "again", names=NAMES, form="csv").path
    files = {file.name: file.read_bytes() for file in folders["csv"].iterdir()}
    assert {file.name: file.read_bytes() for file in again.iterdir()} == files
    manifest = json.loads(files[MANIFEST])
    listed = [*manifest["tables"], *manifest["metadata"]]
    assert {one["file"] for one in listed} == files.keys() - {MANIFEST}
    for one in listed:
        assert one["sha256"] == hashlib.sha256(files[one["file"]]).hexdigest()
    assert manifest["csv_text"] == "safe"
