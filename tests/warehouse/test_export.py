"""Exported files: the rows of one snapshot, to the byte the same each time, all or none."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import warehouse
from tests.warehouse.stories import batch_of, key, raw_rows
from warehouse.chunks import chunks
from warehouse.errors import LakeError, SqlError, TargetError
from warehouse.export import FOLDERS, MANIFEST, export
from warehouse.lake import Lake, Publication
from warehouse.tables import ARTICLES, DATES, FIGURES, TABLES, TABLES_BY_NAME
from warehouse.views import VIEWS

Python = Callable[..., subprocess.Popen[str]]

#: Not exported unless they are named.
INNER = ("raw_articles", "fingerprints", "bands")
AWKWARD = 'One, "two";\r\nthree\rfour\n\u2028 ünï 🙂 \\n \t end'


@pytest.fixture(scope="module")
def told(empty_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with 40 articles of run-1, of which run-2 replaced one by one that is hard to write;
    a reference table and raw articles besides."""
    folder = Path(shutil.copytree(empty_lake, tmp_path_factory.mktemp("told") / "lake"))
    with Lake.open(folder) as lake:
        lake.publish_reference([("units", ("unit", "name"), [("m", "metre"), ("g", None)])])
        lake.add_raws(raw_rows(range(40)), "run-1")
        lake.publish(Publication(insert=batch_of(range(40))), "run-1")
        [article] = batch_of(range(7, 8), run="run-2")["articles"].to_pylist()
        article.update(
            text=AWKWARD,
            title="",
            authors=["Flavia, of the Post", 'the "Count"', ""],
            published_at=dt.datetime(2025, 1, 8, 9, 30, 0, 120_000),
            duplicate_of=None,
        )
        [figure] = batch_of(range(7, 8))["figures"].to_pylist()
        figure.update(value=float("nan"), value_low=0.1, value_high=1e22)
        insert = {"articles": ARTICLES.arrow([article]), "figures": FIGURES.arrow([figure])}
        gone = [key("article", 7)]
        lake.publish(Publication(dict.fromkeys(insert, gone), insert), "run-2")
    return folder


def rows_of(lake: Path, name: str, at: Any = None) -> list[dict[str, Any]]:
    order = ", ".join((*TABLES_BY_NAME[name].order, *TABLES_BY_NAME[name].key))
    found = warehouse.query(f"FROM {name} ORDER BY {order}", path=lake, at=at)
    rows: list[dict[str, Any]] = found.to_pylist()
    return rows


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def csv_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def alike(left: object, right: object) -> bool:
    return repr(left) == repr(right)  # as NaN is not equal to itself


def test_parquet_holds_the_declared_rows_in_their_order(told: Path, tmp_path: Path) -> None:
    done = export(told, tmp_path / "out")
    assert [t.table for t in done.tables] == [
        *(t.name for t in TABLES if t.name not in INNER),
        "ref_units",
    ]
    for table in TABLES:
        if table.name not in INNER:
            found = pq.read_table(tmp_path / "out" / f"{table.name}.parquet")
            assert found.schema.names == list(table.column_names)
            assert [f.type for f in found.schema] == [f.type for f in table.arrow_schema]
            assert alike(found.to_pylist(), rows_of(told, table.name))
    units = pq.read_table(tmp_path / "out" / "ref_units.parquet").to_pylist()
    assert units == [{"unit": "g", "name": None}, {"unit": "m", "name": "metre"}]


def test_the_manifest_tells_of_every_file(told: Path, tmp_path: Path) -> None:
    done = export(told, tmp_path / "out", form="csv")
    told_of = json.loads((tmp_path / "out" / MANIFEST).read_text())
    files = contents(tmp_path / "out")
    with Lake.open(told) as lake:
        newest, counts = lake.history(1)[0], lake.counts()
        version = lake.facts["schema_version"]
    assert (told_of["snapshot"], told_of["run"]) == (newest.number, "run-2")
    assert told_of["committed_at"] == f"{newest.committed_at.isoformat()}Z"
    assert told_of["schema_version"] == int(version)
    listed = {t["file"] for t in (*told_of["tables"], *told_of["metadata"])}
    assert listed == files.keys() - {MANIFEST}
    for table in told_of["tables"]:
        data = files[table["file"]]
        assert (table["bytes"], table["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert table["rows"] == counts.get(table["table"], 2)
    assert done.path == tmp_path / "out"


def test_csv_keeps_text_nulls_lists_and_bytes(told: Path, tmp_path: Path) -> None:
    names = ["articles", "figures", "raw_articles"]
    export(told, tmp_path / "out", names=names, form="csv")
    data = (tmp_path / "out" / "articles.csv").read_bytes().decode()
    [head, *lines] = csv_of(tmp_path / "out" / "articles.csv")
    assert head == list(ARTICLES.column_names)
    stored = rows_of(told, "articles")
    assert [line[head.index("text")] for line in lines] == [row["text"] for row in stored]
    seventh = dict(zip(head, lines[7], strict=True))
    assert json.loads(seventh["authors"]) == stored[7]["authors"]
    assert seventh["published_at"] == "2025-01-08 09:30:00.12"
    assert seventh["published_date"] == "2025-01-08"
    assert ',"",' in data  # the empty title, not to be taken for a null
    assert seventh["duplicate_of"] == ""
    [head, *lines] = csv_of(tmp_path / "out" / "figures.csv")
    ends = [(line[head.index("value_low")], line[head.index("value_high")]) for line in lines]
    assert [float(end) for end in ends[7]] == [0.1, 1e22]
    [head, line, *_] = csv_of(tmp_path / "out" / "raw_articles.csv")
    payload = base64.b64decode(line[head.index("payload")])
    assert payload == rows_of(told, "raw_articles")[0]["payload"]


def test_json_lines_are_json_with_iso_times(told: Path, tmp_path: Path) -> None:
    export(told, tmp_path / "out", names=["figures", "articles", "raw_articles"], form="jsonl")

    def lines(name: str) -> list[dict[str, Any]]:
        text = (tmp_path / "out" / f"{name}.jsonl").read_text(encoding="utf-8")
        return [json.loads(line, parse_constant=pytest.fail) for line in text.split("\n")[:-1]]

    for made, stored in zip(lines("articles"), rows_of(told, "articles"), strict=True):
        assert made.keys() == stored.keys()
        for name in ("published_at", "ingested_at"):
            assert dt.datetime.fromisoformat(made.pop(name)) == stored.pop(name)
        assert dt.date.fromisoformat(made.pop("published_date")) == stored.pop("published_date")
        assert made == stored
    assert (
        "T" in (tmp_path / "out" / "articles.jsonl").read_text().split('"published_at":"')[1][:11]
    )
    figures = lines("figures")
    assert [figures[7][c] for c in ("value", "value_low", "value_high")] == [None, 0.1, 1e22]
    assert base64.b64decode(lines("raw_articles")[0]["payload"]).startswith(b"Aid for")


def test_two_exports_of_equal_lakes_are_equal_to_the_byte(empty_lake: Path, tmp_path: Path) -> None:
    batches = [batch_of(range(n, n + 10)) for n in (0, 10)]
    for name, order in (("a", batches), ("b", batches[::-1])):
        folder = Path(shutil.copytree(empty_lake, tmp_path / f"lake-{name}"))
        with Lake.open(folder) as lake:
            for batch in order:
                lake.publish(Publication(insert=batch), "run-1")
    names = ["articles", "entity_comentions"]
    for form in FOLDERS:
        made = [
            contents(export(tmp_path / f"lake-{name}", target, names=names, form=form).path)
            for name, target in (
                ("a", tmp_path / f"a.{form}"),
                ("b", tmp_path / f"b.{form}"),
                ("b", tmp_path / f"again.{form}"),
            )
        ]
        assert made[1] == made[2]
        for files in made:
            for of_two_snapshots in (MANIFEST, "dictionary.md", "datapackage.json"):
                del files[of_two_snapshots]
        assert made[0] == made[1]
        assert set(made[0]) >= {f"{name}.{form}" for name in names}


def test_stretches_do_not_show(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["articles", "figure_details"]
    for kind in ("whole", "cut"):
        for form in ("parquet", "csv"):
            export(told, tmp_path / kind / form, names=names, form=form)
        monkeypatch.setattr("warehouse.chunks.chunks.__defaults__", (8000, "true"))
    assert contents(tmp_path / "whole" / "csv") == contents(tmp_path / "cut" / "csv")
    for name in names:
        whole, cut = (tmp_path / kind / "parquet" / f"{name}.parquet" for kind in ("whole", "cut"))
        assert alike(pq.read_table(whole).to_pylist(), pq.read_table(cut).to_pylist())
        assert pq.ParquetFile(whole).num_row_groups == 1 < pq.ParquetFile(cut).num_row_groups


@pytest.mark.parametrize("limit", [1, 1000, 10**9])
def test_stretches_hold_each_row_once_in_order(lake: Lake, limit: int) -> None:
    days = [None, dt.date(2025, 1, 2), dt.date(2025, 1, 1), dt.date(2024, 12, 31)]
    [pattern] = batch_of(range(1))["dates"].to_pylist()
    rows = [
        {
            **pattern,
            "published_date": days[0 if n % 3 == 0 else n % 4],
            "article_id": key("article", n // 5),
            "char_start": n % 5,
            "surface": "long " * (n % 7) ** 2,
        }
        for n in range(24)
    ]
    lake.publish(Publication(insert={"dates": DATES.arrow(rows)}), "run")
    with warehouse.connect(lake.path) as connection:
        types = {c.name: c.kind.sql for c in DATES.columns}
        conditions = chunks(connection, "dates", types, DATES.order, limit)
        by = ", ".join(f"{column} ASC NULLS LAST" for column in DATES.order)
        seen = "SELECT article_id, char_start FROM dates WHERE {} ORDER BY " + by
        found = [connection.execute(seen.format(c)).fetchall() for c in conditions]
        assert [row for rows in found for row in rows] == connection.execute(
            seen.format("true")
        ).fetchall()
        assert all(found)
        assert len(found) == {1: 24, 10**9: 2}.get(limit, len(found))


def test_every_view_can_be_exported(told: Path, tmp_path: Path) -> None:
    done = export(told, tmp_path / "out", names=[view.name for view in VIEWS], form="csv")
    assert [table.table for table in done.tables] == [view.name for view in VIEWS]
    for view, table in zip(VIEWS, done.tables, strict=True):
        head, *lines = csv_of(tmp_path / "out" / table.file.file)
        assert head == list(view.columns)
        assert table.rows == len(lines)


def test_the_lake_is_exported_as_it_was(told: Path, tmp_path: Path) -> None:
    done = export(told, tmp_path / "out", names=["articles"], at="run-1")
    found = pq.read_table(tmp_path / "out" / "articles.parquet").to_pylist()
    assert found == rows_of(told, "articles", "run-1")
    assert found != rows_of(told, "articles")
    assert done.snapshot.run == "run-1"


WRITER = """
import itertools, sys
from tests.warehouse.stories import batch_of
from warehouse.lake import Lake, Publication
with Lake.open(sys.argv[1]) as lake:
    for number in itertools.count():
        lake.publish(Publication(insert=batch_of(range(number * 9, number * 9 + 9))), "run")
        print("written", flush=True)
"""

#: Stops before its last file.
EXPORTER = """
import sys
from warehouse.export import export
from warehouse.exporting import made
def wait(*_):
    print("nearly", flush=True)
    sys.stdin.readline()
made.settled = wait
export(sys.argv[1], sys.argv[2], form=sys.argv[3])
"""

#: Finds the disk full after so many bytes.
CRAMPED = """
import resource, sys
from warehouse.chunks import chunks
from warehouse.errors import LakeError
from warehouse.export import export
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    export(sys.argv[1], sys.argv[2], names=["dates", "article_rows"], form="jsonl")
except LakeError as error:
    print(error)
"""


def test_all_files_are_of_one_snapshot(lake_folder: Path, tmp_path: Path, python: Python) -> None:
    writer = python(WRITER, lake_folder)
    assert writer.stdout is not None
    for number in range(2):
        assert writer.stdout.readline() == "written\n"
        rows = {t.table: t.rows for t in export(lake_folder, tmp_path / str(number)).tables}
        assert rows["articles"] >= 9 * (number + 1)
        assert writer.poll() is None
        assert {rows["articles"]} == {rows["figures"], rows["dates"], rows["inputs"]}
        assert rows["mentions"] == rows["entities"] == 2 * rows["articles"]


def test_what_a_killed_export_left_is_replaced(told: Path, tmp_path: Path, python: Python) -> None:
    (tmp_path / "empty").mkdir()
    for target in (tmp_path / "new" / "out", tmp_path / "empty"):
        other = python(EXPORTER, told, target, "parquet")
        assert other.stdout is not None
        assert other.stdout.readline() == "nearly\n"
        with pytest.raises(TargetError, match="another export is writing"):
            export(told, target)
        assert not target.exists() or [f.name for f in target.iterdir()] == [".export.part"]
        other.kill()
        other.wait()
        done = export(told, target, names=["dates"])
        assert [t.rows for t in done.tables] == [40]
        assert contents(target).keys() >= {"dates.parquet", MANIFEST}
        assert not list(target.glob(".*"))
    assert {path.name for path in (tmp_path / "new").iterdir()} == {"out"}


def test_a_full_disk_is_said_and_nothing_is_left(
    told: Path, tmp_path: Path, python: Python
) -> None:
    (tmp_path / "empty").mkdir()
    for target in (tmp_path / "out", tmp_path / "empty"):
        said, errors = python(CRAMPED, told, target).communicate()
        assert said.startswith("article_rows could not be exported, and nothing"), errors
        assert "File too large" in said
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]
    assert not list((tmp_path / "empty").iterdir())


def test_an_interrupted_export_leaves_nothing(
    told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("warehouse.exporting.made.settled", interrupt)
    with pytest.raises(KeyboardInterrupt):
        export(told, tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_only_an_empty_or_a_new_folder_is_written(told: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").touch()
    (tmp_path / "file").touch()
    for target, message in (
        (tmp_path / "full", "is not empty"),
        (tmp_path / "file", "is a file"),
        (tmp_path / "file" / "below", "cannot be written"),
        (told / "data" / "out", "the lake's own folder"),
    ):
        with pytest.raises(TargetError, match=message):
            export(told, target)
    assert {path.name for path in tmp_path.rglob("*")} == {"full", "mine.txt", "file"}


def test_what_there_is_not_is_named(told: Path, tmp_path: Path) -> None:
    with pytest.raises(SqlError, match="no table or view figure, facts; there are raw_articles, "):
        export(told, tmp_path / "out", names=["figure", "dates", "facts"])
    with pytest.raises(SqlError, match="snapshot 0 has no dates"):
        export(told, tmp_path / "out", names=["dates"], at=0)
    with pytest.raises(SqlError, match="snapshot 0 has no tables yet"):
        export(told, tmp_path / "out", at=0)
    with pytest.raises(LakeError, match="there is no lake"):
        export(tmp_path / "nowhere", tmp_path / "out")
    assert not list(tmp_path.iterdir())
