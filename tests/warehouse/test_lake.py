"""A lake is made, opened, moved, written and asked."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

import warehouse
from tests.warehouse.stories import TEXT, batch_of, key, raw_id, raw_rows
from warehouse import LakeError, NoLakeError, VersionError
from warehouse.lake import Lake, Publication
from warehouse.layout import LONG_ROW_GROUP, ROW_GROUP
from warehouse.tables import ARTICLE_TABLES, TABLES, TABLES_BY_NAME
from warehouse.version import LAKE_INFO, SCHEMA_VERSION


def test_a_new_lake_has_every_declared_table_as_declared(lake: Lake) -> None:
    columns = lake.query(
        "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE database_name = 'lake' ORDER BY table_name, column_index"
    ).to_pylist()
    stored: dict[str, list[tuple[object, ...]]] = {}
    for row in columns:
        name, *rest = row.values()
        stored.setdefault(name, []).append(tuple(rest))
    declared = {
        table.name: [(c.name, c.kind.sql, c.nullable, c.description) for c in table.columns]
        for table in (*TABLES, LAKE_INFO)
    }
    assert stored == declared
    comments = lake.query(
        "SELECT table_name, comment FROM duckdb_tables() WHERE database_name = 'lake'"
    ).to_pylist()
    assert {r["table_name"]: r["comment"] for r in comments} == {
        table.name: table.description for table in (*TABLES, LAKE_INFO)
    }


def test_what_must_hold_for_every_writer_is_stored_in_the_lake(lake: Lake) -> None:
    rows = lake.query("SELECT option_name, value, scope_entry FROM lake.options()").to_pylist()
    options = {(r["option_name"], r["scope_entry"]): r["value"] for r in rows}
    assert options["data_inlining_row_limit", None] == "0"
    assert options["parquet_compression", None] == "zstd"
    assert options["parquet_row_group_size", None] == str(ROW_GROUP)
    assert options["parquet_row_group_size", "main.articles"] == str(LONG_ROW_GROUP)
    lake.close()
    with sqlite3.connect(lake.catalog.place) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()


def test_there_is_no_lake(tmp_path: Path) -> None:
    with pytest.raises(NoLakeError, match="dateline run"):
        Lake.open(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    with pytest.raises(NoLakeError, match="DATELINE_LAKE"):
        warehouse.connect(tmp_path / "nowhere")


def test_a_file_is_no_lake(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LakeError, match="file"):
        Lake.open(tmp_path / "file", create=True)


def test_making_a_lake_that_is_there_changes_nothing(lake_folder: Path) -> None:
    with Lake.open(lake_folder) as lake:
        before = lake.snapshot
    with Lake.open(lake_folder, create=True) as lake:
        assert lake.snapshot == before


def test_a_lake_opens_from_anywhere_and_after_being_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Lake.open("one", create=True) as lake:
        lake.publish(Publication(insert=batch_of(range(3))), "run-1")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    with Lake.open("../one") as lake:
        lake.publish(Publication(insert=batch_of(range(3, 6))), "run-1")
        digests = lake.digests()
    shutil.move(tmp_path / "one", tmp_path / "below" / "two")
    monkeypatch.chdir("/")
    with Lake.open(tmp_path / "below" / "two") as lake:
        assert lake.digests() == digests
        lake.publish(Publication(insert=batch_of(range(6, 7))), "run-1")
        assert lake.counts()["articles"] == 7
    monkeypatch.setenv("DATELINE_LAKE", str(tmp_path / "below" / "two"))
    with warehouse.connect() as connection:
        assert connection.execute("SELECT count(*) FROM figures").fetchone() == (7,)
    assert not (tmp_path / "one").exists()


@pytest.mark.parametrize("name", ["it's a lake é", 'la"ke [1]*?', "a;b #%20"])
def test_a_lake_may_have_any_name(name: str, empty_lake: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(empty_lake, tmp_path / name)
    with Lake.open(folder) as lake:
        lake.publish(Publication(insert=batch_of(range(3))), "run-1")
        assert len(lake.fetch("articles", "article_id", [key("article", 1)])) == 1
    assert warehouse.query("SELECT value FROM figures", path=folder).num_rows == 3


def test_a_closed_lake_is_its_catalog_data_and_lock(lake: Lake) -> None:
    lake.publish(Publication(insert=batch_of(range(3))), "run-1")
    lake.close()
    assert sorted(path.name for path in lake.path.iterdir()) == [
        "catalog.sqlite",
        "data",
        "lake.lock",
    ]
    assert (lake.path / "lake.lock").read_bytes() == b""


def test_a_batch_is_one_snapshot_that_names_its_run(lake: Lake) -> None:
    before = lake.snapshot
    number = lake.publish(Publication(insert=batch_of(range(5)), batch=7), "run-9")
    assert number == before + 1 == lake.snapshot
    snapshot = lake.history(1)[0]
    assert (snapshot.number, snapshot.run, snapshot.batch) == (number, "run-9", 7)
    assert snapshot.message == "run run-9: batch 7"
    counts = lake.counts()
    assert {table.name: counts[table.name] for table in ARTICLE_TABLES} == {
        "articles": 5,
        "entities": 10,
        "mentions": 10,
        "dates": 5,
        "claims": 0,
        "events": 0,
        "figures": 5,
    }


def test_raws_have_a_snapshot_of_their_own(lake: Lake) -> None:
    before = lake.snapshot
    assert lake.add_raws(raw_rows(range(4)), "run-1") == before + 1
    assert lake.history(1)[0].run == "run-1"
    assert lake.counts()["raw_articles"] == 4


def test_nothing_to_write_makes_no_snapshot(lake: Lake) -> None:
    before = lake.snapshot
    nothing = {name: data.slice(0, 0) for name, data in batch_of(range(1)).items()}
    assert lake.publish(Publication({"figures": []}, nothing), "run-1") == before
    assert lake.add_raws([], "run-1") == before
    assert lake.snapshot == before


def test_replacing_takes_out_the_rows_of_those_articles_only(lake: Lake) -> None:
    lake.publish(Publication(insert=batch_of(range(6))), "run-1")
    again = batch_of(range(2, 4), run="run-2", value=1500)
    gone = [key("article", n) for n in (2, 3)]
    lake.publish(Publication(dict.fromkeys(again, gone), again), "run-2")
    rows = lake.fetch("figures", "article_id", [key("article", n) for n in range(6)], ["value"])
    assert sorted(row["value"] for row in rows) == [1200] * 4 + [1500] * 2
    assert lake.counts()["articles"] == 6
    lake.publish(Publication({"figures": gone}), "run-3")
    assert lake.counts()["figures"] == 4


def test_a_publication_that_fails_leaves_nothing(lake: Lake) -> None:
    lake.publish(Publication(insert=batch_of(range(2))), "run-1")
    digests, snapshot = lake.digests(), lake.snapshot
    broken = batch_of(range(2, 4))
    figures = broken["figures"]
    place = figures.schema.get_field_index("category")
    broken["figures"] = figures.set_column(
        place, "category", TABLES_BY_NAME["figures"].arrow([{}, {}])["category"]
    )
    with pytest.raises(LakeError, match=r"nothing of 'run run-2' was written: .*category"):
        lake.publish(Publication({"articles": [key("article", 0)]}, broken), "run-2")
    assert (lake.digests(), lake.snapshot) == (digests, snapshot)
    # what the failed batch wrote before is removed by the next writer
    lake.publish(Publication(insert=batch_of(range(2, 4))), "run-3")
    with lake.lock("look"):
        known = lake.query(
            "SELECT count(*) AS n FROM __ducklake_metadata_lake.ducklake_data_file"
        ).to_pylist()[0]["n"]
    assert len(list(lake.catalog.layout.data.rglob("*.parquet"))) == known


def test_what_is_not_declared_is_refused(lake: Lake) -> None:
    with pytest.raises(ValueError, match="no table is called 'figurs'"):
        lake.publish(Publication(insert={"figurs": batch_of(range(1))["figures"]}), "run-1")
    with pytest.raises(ValueError, match="lack or add columns: value"):
        lake.publish(
            Publication(insert={"figures": batch_of(range(1))["figures"].drop(["value"])}), "run-1"
        )
    with pytest.raises(ValueError, match="runs has no article_id"):
        lake.publish(Publication(replace={"runs": ["x"]}), "run-1")


def test_columns_may_come_in_any_order(lake: Lake) -> None:
    data = batch_of(range(2))
    turned = {name: table.select(table.column_names[::-1]) for name, table in data.items()}
    lake.publish(Publication(insert=turned), "run-1")
    assert lake.fetch("figures", "figure_id", [key("figure", 1)]) == [
        row for row in data["figures"].to_pylist() if row["figure_id"] == key("figure", 1)
    ]


def test_files_are_cut_by_year_and_sorted(lake: Lake) -> None:
    import pyarrow.parquet as pq

    data = batch_of(range(364, 367))
    shuffled = {name: table.take([2, 0, 1]) for name, table in data.items() if len(table) == 3}
    lake.publish(Publication(insert=shuffled), "run-1")
    files = sorted((lake.catalog.layout.data / "main" / "figures").rglob("*.parquet"))
    days = [
        [row["published_date"].isoformat() for row in pq.ParquetFile(f).read().to_pylist()]
        for f in files
    ]
    assert days == [["2025-12-31"], ["2026-01-01", "2026-01-02"]]


def test_inputs_are_known_by_source_place_and_content(lake: Lake) -> None:
    lake.publish(Publication(insert=batch_of(range(5))), "run-1")
    unreadable = TABLES_BY_NAME["inputs"].row(source="wire", source_uri="bad.gz", run_id="run-1")
    lake.publish(
        Publication(insert={"inputs": TABLES_BY_NAME["inputs"].arrow([unreadable])}), "run-1"
    )
    known = [("wire", f"{n:05d}.txt", raw_id(n)) for n in range(5)]
    others: list[tuple[str, str, str | None]] = [
        ("wire", "00000.txt", raw_id(1)),
        ("wire", "00000.txt", None),
        ("feed", "00000.txt", raw_id(0)),
        ("wire", "00009.txt", raw_id(0)),
        ("wire", "bad.gz", raw_id(0)),
    ]
    assert lake.known_inputs([*others, *known, ("wire", "bad.gz", None)]) == {
        *known,
        ("wire", "bad.gz", None),
    }
    assert lake.known_inputs([]) == set()
    lake.add_raws(raw_rows(range(2)), "run-1")
    assert lake.stored_raws(known) == set(known[:2])
    stored = lake.payloads(known)
    assert [row["source_uri"] for row in stored] == ["00000.txt", "00001.txt"]
    assert stored == raw_rows(range(2))


def test_rows_are_fetched_by_key(lake: Lake) -> None:
    lake.publish(Publication(insert=batch_of(range(5))), "run-1")
    wanted = [key("article", n) for n in (3, 1, 99)]
    rows = lake.fetch("inputs", "article_id", wanted, ["source_uri", "article_id"])
    assert rows == [{"source_uri": f"{n:05d}.txt", "article_id": key("article", n)} for n in (1, 3)]
    assert lake.fetch("inputs", "article_id", []) == []
    [article] = lake.fetch("articles", "article_id", wanted[:1], ["text", "title"])
    assert article == {"text": TEXT, "title": "Headline 3"}
    assert lake.fetch("articles", "article_id", ["f" * 16], ["text"]) == []
    with pytest.raises(KeyError, match="no column artikel"):
        lake.fetch("inputs", "artikel", ["x"])


def test_texts_of_other_files_stay_unread(lake: Lake) -> None:
    lake.publish(Publication(insert=batch_of(range(5))), "run-1")
    lake.publish(Publication(insert=batch_of(range(5, 10))), "run-2")
    _, second = sorted((lake.catalog.layout.data / "main" / "articles").rglob("*.parquet"))
    data = bytearray(second.read_bytes())
    start = data.index(b"Headline 5")  # in the middle of the file: the key column still reads
    data[start - 200 : start + 200] = bytes(400)
    second.write_bytes(data)
    rows = lake.fetch("articles", "article_id", [key("article", n) for n in range(5)], ["text"])
    assert [row["text"] for row in rows] == [TEXT] * 5


def test_digests_see_every_row_and_no_order(lake: Lake) -> None:
    def digests_of(*parts: range) -> dict[str, str]:
        """The digests of a lake that was told these parts, one run after the other."""
        everything = {name: [key("article", n) for n in range(6)] for name in batch_of(range(1))}
        lake.publish(Publication(everything), "clear")
        for number, numbers in enumerate(parts):
            run = f"{len(parts)}-{number}"
            lake.publish(Publication(insert=batch_of(numbers, run=run)), run)
        return lake.digests()

    one = digests_of(range(6))
    assert one == digests_of(range(3, 6), range(3))
    fewer, twice = digests_of(range(5)), digests_of(range(6), range(1))
    for name in ("articles", "mentions", "entities", "figures", "dates", "inputs"):
        assert len({one[name], fewer[name], twice[name]}) == 3
    assert {"runs", "quality"}.isdisjoint(one)


def test_a_lake_of_other_declarations_is_refused_saying_what_to_do(lake: Lake) -> None:
    def say(**facts: str) -> None:
        lake.query("BEGIN")
        for name, value in facts.items():
            lake.query("UPDATE lake.lake_info SET value = ? WHERE name = ?", [value, name])
        lake.query("COMMIT")

    say(schema_digest="0" * 16, created_by="dateline 9.9.9", schema_version="99")
    with pytest.raises(VersionError, match=r"dateline 9\.9\.9.*install the newer dateline"):
        Lake.open(lake.path)
    say(schema_version="0")
    with pytest.raises(VersionError, match="dateline migrate"):
        Lake.open(lake.path)
    say(schema_version=str(SCHEMA_VERSION))
    with pytest.raises(VersionError, match="use the dateline that wrote it"):
        warehouse.connect(lake.path)
    with pytest.raises(VersionError), lake.lock("a run"):
        pass  # pragma: no cover


def test_a_lake_of_another_format_is_refused(lake: Lake) -> None:
    lake.close()
    with sqlite3.connect(lake.catalog.place) as database:
        database.execute("UPDATE ducklake_metadata SET value = '2.0' WHERE key = 'version'")
    database.close()
    with pytest.raises(VersionError, match=r"DuckLake format 2\.0.*install the version"):
        Lake.open(lake.path)


def test_a_file_that_is_no_catalog_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_text("no database")
    with pytest.raises(LakeError, match="restore it from a backup"):
        Lake.open(tmp_path)


def test_a_lost_file_is_said(lake: Lake) -> None:
    lake.publish(Publication(insert=batch_of(range(2))), "run-1")
    for path in (lake.catalog.layout.data / "main" / "figures").rglob("*.parquet"):
        path.unlink()
    with pytest.raises(LakeError, match=r"cannot answer: [\s\S]*figures"):
        lake.fetch("figures", "article_id", [key("article", 1)])


def test_data_without_a_catalog_are_not_built_over(lake: Lake) -> None:
    lake.publish(Publication(insert=batch_of(range(2))), "run-1")
    lake.close()
    Path(lake.catalog.place).unlink()
    with pytest.raises(LakeError, match="restore the catalog"):
        Lake.open(lake.path, create=True)


def test_a_table_can_be_renewed_as_a_whole(lake: Lake) -> None:
    batch = batch_of(range(3))
    lake.publish(Publication(insert=batch), "run-1")
    new = batch_of(range(5, 7))["figures"]
    lake.publish(Publication(insert={"figures": new}, renew=("figures",)), "run-2")
    assert lake.counts()["figures"] == new.num_rows
    assert lake.counts()["dates"] == batch["dates"].num_rows
    assert not Publication(renew=("figures",)).empty
    lake.publish(Publication(renew=("figures",)), "run-3")
    assert lake.counts()["figures"] == 0
    with pytest.raises(ValueError, match="no table is called 'figure'"):
        lake.publish(Publication(renew=("figure",)), "run-4")
