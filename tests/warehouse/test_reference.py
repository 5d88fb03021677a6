"""The reference tables in the lake are those of the seeds, written only when they changed."""

from __future__ import annotations

from pathlib import Path

import pytest

import warehouse
from transforms.reference import reference
from warehouse.export import export
from warehouse.lake import Lake
from warehouse.views import REFERENCE_VIEWS

UNITS = ("units", ["code", "name"], [["km", "kilometre"], ["t", "tonne"]])
DAYS = ("days", ["name", "month"], [["Armistice Day", "11"], ["Sports Day", ""]])


def test_reference_tables_are_published_dropped_and_changed(lake: Lake) -> None:
    before = lake.snapshot
    assert lake.publish_reference([UNITS, DAYS], "run-1") == ["ref_units", "ref_days"]
    assert lake.snapshot == before + 1
    assert lake.history(1)[0].run == "run-1"
    assert lake.publish_reference([DAYS, UNITS], "run-2") == []
    assert lake.snapshot == before + 1
    name, columns, rows = UNITS
    more = (name, columns, [*rows, ["kg", "kilogram"]])
    assert lake.publish_reference([more, DAYS]) == ["ref_units"]
    other = (name, ["code", "name", "dimension"], [["km", "kilometre", "length"]])
    assert lake.publish_reference([other]) == ["ref_units", "ref_days"]
    assert lake.query("SELECT * FROM lake.ref_units").to_pylist() == [
        {"code": "km", "name": "kilometre", "dimension": "length"}
    ]
    with warehouse.connect(lake.path, at="run-1") as connection:
        assert connection.execute("FROM ref_days ORDER BY name").fetchall() == [
            ("Armistice Day", "11"),
            ("Sports Day", None),
        ]


@pytest.fixture
def grown(lake: Lake) -> Lake:
    """A lake whose reference tables were published under old names, then as the seeds have them."""
    zones = ("zones", ["abbreviation", "zone"], [["KST", "Asia/Seoul"]])
    time_zones = ("time_zones", ["zone", "offset"], [["KST", "+9"]])
    words = ("category_words", ["word", "kind", "category"], [["slay", "verb", "killed"]])
    lake.publish_reference([zones, time_zones, words], "old")
    names = ("zones", "event_words", "counted_words")
    rows = {name: reference(name) for name in names}
    lake.publish_reference(
        [(name, list(of[0]), [list(row.values()) for row in of]) for name, of in rows.items()],
        "new",
    )
    return lake


def test_a_table_that_became_part_of_another_stands_under_its_old_name(grown: Lake) -> None:
    with warehouse.connect(grown.path) as connection:
        found = dict(connection.execute("FROM ref_time_zones").fetchall())
        for view in REFERENCE_VIEWS:
            columns = connection.execute(f"DESCRIBE {view.name}").fetchall()
            assert [column[0] for column in columns] == list(view.columns)
    assert found["CST"] == "-06:00"
    assert found["ET"] is None
    assert "NPT" not in found
    with warehouse.connect(grown.path, at="old") as connection:
        assert connection.execute("FROM ref_time_zones").fetchall() == [("KST", "+9")]


def test_the_words_of_categories_are_those_of_events_and_of_what_is_counted(grown: Lake) -> None:
    with warehouse.connect(grown.path) as connection:
        found = connection.execute("FROM ref_category_words").fetchall()
    assert len(found) == len(set(found))
    assert {
        ("kill", "verb", "killed"),
        ("dead", "complement", "killed"),
        ("airstrike", "noun", "attacks"),
        ("soldier", "noun", "troops"),
    } <= set(found)
    assert all(category for _, _, category in found)
    with warehouse.connect(grown.path, at="old") as connection:
        assert connection.execute("FROM ref_category_words").fetchall() == [
            ("slay", "verb", "killed")
        ]


def test_an_export_has_the_tables_under_their_old_names_too(grown: Lake, tmp_path: Path) -> None:
    done = export(grown.path, tmp_path / "out")
    names = [table.table for table in done.tables if table.table.startswith("ref_")]
    assert names == [
        "ref_category_words",
        "ref_counted_words",
        "ref_event_words",
        "ref_time_zones",
        "ref_zones",
    ]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (("Units", ["a"], []), "lower-case"),
        (("units; x", ["a"], []), "lower-case"),
        (("units", [], []), "no columns"),
        (("units", ["a", "A"], []), "named twice"),
        (("units", ["a", "b"], [["1", "2"], ["3"]]), "row 2: 1 values, 2 columns"),
    ],
)
def test_a_table_that_cannot_be_one_is_refused(
    table: tuple[str, list[str], list[list[str]]], message: str, lake: Lake
) -> None:
    with pytest.raises(ValueError, match=message):
        lake.publish_reference([table])
