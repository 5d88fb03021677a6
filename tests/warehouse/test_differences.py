"""What came, went and changed between two states, against all rows of both read and compared."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import warehouse
from tests.warehouse.stories import TEXT, batch_of, key, raw_rows
from warehouse.columns import Row, Table
from warehouse.comparing import TableChange
from warehouse.differences import Differences, Only, differences, of_run
from warehouse.errors import SqlError
from warehouse.extensions import connection
from warehouse.lake import Lake, Publication
from warehouse.opening import catalog_at
from warehouse.tables import BANDS, RAW_ARTICLES, REJECTS, TABLES, TABLES_BY_NAME

REPLACED = ("articles", "entities", "mentions", "dates", "figures")


def replace(lake: Lake, numbers: range, *, run: str, value: float) -> None:
    ids = [key("article", number) for number in numbers]
    batch = batch_of(numbers, run=run, value=value)
    batch.pop("inputs")
    lake.publish(Publication(dict.fromkeys(REPLACED, ids), batch), run)


@pytest.fixture(scope="module")
def written(empty_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs, a revision of some, a removal, and all files written anew; tests only read it."""
    lake_folder = Path(shutil.copytree(empty_lake, tmp_path_factory.mktemp("written") / "lake"))
    with Lake.open(lake_folder) as lake:
        lake.add_raws(raw_rows(range(6)), "run-1")
        lake.publish(Publication({}, batch_of(range(6))), "run-1")
        lake.publish(Publication({}, batch_of(range(6, 9), run="run-2")), "run-2")
        replace(lake, range(2, 4), run="run-3", value=7)
        gone = {name: [key("article", 0)] for name in REPLACED}
        rejects = [
            REJECTS.row(source="wire", source_uri=uri, reason="empty", detail="no text", run_id="r")
            for uri in ("a", "b")
        ]
        bands = [
            BANDS.row(band=n, article_id=key("article", 1), published_date=dt.date(2025, 1, 2))
            for n in range(3)
        ]
        lake.publish(
            Publication(gone, {"rejects": REJECTS.arrow(rejects), "bands": BANDS.arrow(bands)}),
            "run-4",
        )
        lake.maintain()
    return lake_folder


class States:
    """All rows of every table in every state, each read once."""

    def __init__(self, lake: Path) -> None:
        self._connection = warehouse.connect(lake)
        self._read: dict[tuple[str, int], dict[tuple[Any, ...], Row]] = {}

    def __call__(self, table: Table, at: int) -> dict[tuple[Any, ...], Row]:
        if (table.name, at) not in self._read:
            asked = self._connection.execute(f"FROM lake.{table.name} AT (VERSION => {at})")
            rows: list[Row] = asked.to_arrow_table().to_pylist()
            found = {tuple(row[name] for name in table.key): row for row in rows}
            self._read[table.name, at] = found
        return self._read[table.name, at]

    def close(self) -> None:
        self._connection.close()


def expected(state: States, table: Table, a: int, b: int) -> tuple[int, int, int, dict[str, int]]:
    """Came, went, changed and changes by column, by reading all rows."""
    before, after = state(table, a), state(table, b)
    columns: dict[str, int] = {}
    changed = 0
    for one in before.keys() & after.keys():
        differ = [
            name
            for name in table.column_names
            if name not in table.volatile and before[one][name] != after[one][name]
        ]
        changed += bool(differ)
        for name in differ:
            columns[name] = columns.get(name, 0) + 1
    return len(after.keys() - before.keys()), len(before.keys() - after.keys()), changed, columns


def alter(lake: Path, *statements: str) -> None:
    """Change the tables of a lake, as a migration does, in one snapshot."""
    catalog = catalog_at(lake)
    with connection(lake / "spill-test", catalog.extension) as connected:
        catalog.attach(connected)
        connected.execute("BEGIN")
        for statement in statements:
            connected.execute(statement)
        connected.execute("COMMIT")


def by_name(found: Differences) -> dict[str, TableChange]:
    return {one.table: one for one in found.tables}


def snapshots(lake: Path) -> list[int]:
    rows = warehouse.query("SELECT snapshot_id FROM lake.snapshots() ORDER BY 1", path=lake)
    numbers: list[int] = rows.column(0).to_pylist()
    return numbers[1:]


def test_it_says_what_reading_all_rows_says(written: Path) -> None:
    every, state = snapshots(written), States(written)
    pairs = [(every[0], every[-1]), (every[-1], every[0]), (every[2], every[4])]
    seen: set[str] = set()
    for a, b in pairs:
        found = by_name(differences(written, a, b))
        for table in TABLES:
            one = found[table.name]
            told = {column.column: column.rows for column in one.columns}
            assert (one.added, one.removed, one.changed, told) == expected(state, table, a, b)
            assert one.rows_before == len(state(table, a))
            assert one.rows_after == len(state(table, b))
            seen |= {table.name} if one.differs else set()
    state.close()
    assert seen >= {*REPLACED, "inputs", "raw_articles", "rejects", "bands"}


def test_files_that_were_only_written_anew_are_no_difference(written: Path) -> None:
    every = snapshots(written)
    found = differences(written, "run-4", every[-1])
    assert every[-1] > found.before.number
    assert not found.differs


def test_a_change_is_shown_by_column_and_key(written: Path) -> None:
    found = by_name(differences(written, "run-2", "run-3"))
    figures = found["figures"]
    assert (figures.added, figures.removed, figures.changed) == (0, 0, 2)
    assert [column.column for column in figures.columns] == ["value", "value_low", "value_high"]
    ids = sorted(key("figure", number) for number in (2, 3))
    assert [(s.key, s.old, s.new) for s in figures.columns[0].samples] == [
        ({"figure_id": one}, 1200.0, 7.0) for one in ids
    ]
    # only the run is another
    assert not found["articles"].differs


def test_samples_are_the_first_by_key_and_as_many_as_wanted(written: Path) -> None:
    found = by_name(differences(written, "run-1", "run-2", samples=2))["figures"]
    ids = sorted(key("figure", number) for number in range(6, 9))
    assert [row["figure_id"] for row in found.came] == ids[:2]
    assert set(found.came[0]) == set(TABLES_BY_NAME["figures"].column_names)
    nothing = by_name(differences(written, "run-1", "run-3", samples=0))["figures"]
    assert (nothing.added, nothing.changed) == (3, 2)
    assert nothing.came == []
    assert all(column.samples == [] for column in nothing.columns)


def test_payloads_are_told_by_size_and_digest(written: Path) -> None:
    came = by_name(differences(written, 1, "run-1"))[RAW_ARTICLES.name].came
    assert "run_id" not in came[0]
    size = len(TEXT.encode())
    assert re.fullmatch(rf"{size} bytes, MD5 [0-9a-f]{{32}}", came[0]["payload"])


def test_only_what_is_asked_for_is_compared(written: Path) -> None:
    found = differences(written, "run-1", "run-4", only=Only(table="figures"))
    assert [one.table for one in found.tables] == ["figures"]
    one = by_name(differences(written, "run-1", "run-4", only=Only(article=key("article", 2))))
    assert (one["figures"].rows_before, one["figures"].changed) == (1, 1)
    assert "rejects" not in one
    assert "runs" not in one
    wire = by_name(differences(written, "run-1", "run-4", only=Only(source="wire")))
    assert wire["figures"].added == 3
    assert wire["rejects"].added == 2
    other = differences(written, "run-1", "run-4", only=Only(source="' OR true --"))
    assert not other.differs
    with pytest.raises(SqlError, match="there is no table nothing"):
        differences(written, "run-1", only=Only(table="nothing"))


def test_a_run_is_compared_with_what_was_before_it(written: Path) -> None:
    found = of_run(written, "run-3")
    assert (found.before.run, found.after.run) == ("run-2", "run-3")
    assert by_name(found)["figures"].changed == 2
    assert of_run(written, "last").after.run == "run-4"
    first = of_run(written, "run-1")
    assert first.before.message == "create the lake"
    with pytest.raises(SqlError, match="is not"):
        of_run(written, "nobody")
    with pytest.raises(SqlError, match="is not the name of a run"):
        of_run(written, "3")


def test_a_state_that_there_is_not_is_told(written: Path) -> None:
    for wrong in (99, "yesterday"):
        with pytest.raises(SqlError, match="snapshot"):
            differences(written, wrong)


def test_tables_and_columns_that_one_state_does_not_have(lake_folder: Path) -> None:
    with Lake.open(lake_folder) as lake:
        lake.publish(Publication({}, batch_of(range(3))), "run-1")
    alter(
        lake_folder,
        "ALTER TABLE lake.figures ADD COLUMN certainty VARCHAR",
        "CREATE TABLE lake.ref_odd AS SELECT 'a' AS word, NULL::VARCHAR AS uses",
        "DROP TABLE lake.warnings",
    )
    before = snapshots(lake_folder)[-1]
    alter(
        lake_folder,
        "UPDATE lake.figures SET certainty = 'high' WHERE value > 0",
        "INSERT INTO lake.ref_odd VALUES ('b', NULL), ('b', NULL)",
    )
    last = snapshots(lake_folder)[-1]
    new = by_name(differences(lake_folder, "run-1", before))
    assert new["figures"].new_columns == ("certainty",)
    assert new["figures"].changed == 0
    odd = new["ref_odd"]
    assert (odd.only_in, odd.rows_before, odd.added, odd.came) == ("after", 0, 1, [])
    gone = new["warnings"]
    assert (gone.only_in, gone.removed, gone.differs) == ("before", 0, True)
    filled = by_name(differences(lake_folder, "run-1", last))
    assert [(c.column, c.rows) for c in filled["figures"].columns] == [("certainty", 3)]
    assert filled["figures"].columns[0].samples[0].new == "high"
    back = by_name(differences(lake_folder, last, "run-1"))["figures"]
    assert (back.gone_columns, back.changed) == (("certainty",), 3)
    odd = by_name(differences(lake_folder, before, last))["ref_odd"]
    assert (odd.added, odd.removed) == (2, 0)
    assert odd.came == [{"word": "b", "uses": None}] * 2
