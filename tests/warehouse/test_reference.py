"""The reference tables in the lake are those of the seeds, written only when they changed."""

from __future__ import annotations

import pytest

import warehouse
from transforms.reference import reference
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


def test_a_table_that_became_part_of_another_stands_under_its_old_name(lake: Lake) -> None:
    before = ("zones", ["abbreviation", "zone"], [["KST", "Asia/Seoul"]])
    lake.publish_reference([before, ("time_zones", ["zone", "offset"], [["KST", "+9"]])], "old")
    rows = reference("zones")
    lake.publish_reference([("zones", list(rows[0]), [list(row.values()) for row in rows])], "new")
    with warehouse.connect(lake.path) as connection:
        found = dict(connection.execute("FROM ref_time_zones").fetchall())
        for view in REFERENCE_VIEWS:
            columns = connection.execute(f"DESCRIBE {view.name}").fetchall()
            assert [column[0] for column in columns] == list(view.columns)
    assert found["CST"] == "-06:00"
    assert found["ET"] is None
    assert "NPT" not in found
    with warehouse.connect(lake.path, at="old") as connection:
        assert connection.execute("FROM ref_time_zones").fetchall() == [("KST", "+9")]


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
