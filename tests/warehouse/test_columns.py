"""Everything derived from a declaration says the same as the declaration."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.columns import (
    BOOLEAN,
    BYTES,
    DATE,
    FLOAT,
    INTEGER,
    STRING,
    STRINGS,
    TIMESTAMP,
    Column,
    Kind,
    Table,
)
from warehouse.tables import ARTICLE_TABLES, TABLES, TABLES_BY_NAME

VALUES: dict[Kind, st.SearchStrategy[object]] = {
    STRING: st.text(st.characters(exclude_categories=["Cs"])),
    INTEGER: st.integers(-(2**63), 2**63 - 1),
    FLOAT: st.floats(allow_nan=False),
    BOOLEAN: st.booleans(),
    DATE: st.dates(),
    TIMESTAMP: st.datetimes(),
    STRINGS: st.lists(st.text(st.characters(exclude_categories=["Cs"]))),
    BYTES: st.binary(),
}
EVERY = Table(
    "every",
    "One column of each kind.",
    tuple(Column(f"c{i}", kind, "a column", nullable=True) for i, kind in enumerate(VALUES)),
    key=("c0",),
)
ROWS = st.lists(
    st.fixed_dictionaries({f"c{i}": st.none() | v for i, v in enumerate(VALUES.values())})
)


@given(ROWS)
def test_rows_survive_arrow_and_pandas(rows: list[dict[str, object]]) -> None:
    assert EVERY.arrow(rows).to_pylist() == rows
    frame = EVERY.frame(rows)
    assert dict(frame.dtypes) == EVERY.pandas_dtypes
    assert pa.Table.from_pandas(frame, preserve_index=False).to_pylist() == rows


def test_rows_take_the_declared_columns_only() -> None:
    table = TABLES_BY_NAME["rejects"]
    assert tuple(table.row(reason="empty")) == table.column_names
    with pytest.raises(ValueError, match="rejects has no column why"):
        table.row(why="empty")


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)):
        EVERY.arrow([{"c1": "not a number"}])


def test_a_fraction_is_no_integer_and_is_not_cut_off() -> None:
    with pytest.raises(pa.ArrowTypeError, match=r"figures\.char_start: 1\.5 is not an integer"):
        TABLES_BY_NAME["figures"].arrow([{"char_start": 1.5}])


def test_arrow_schema_carries_the_declaration() -> None:
    for table in TABLES:
        for column, field in zip(table.columns, table.arrow_schema, strict=True):
            assert (field.name, field.type, field.nullable) == (
                column.name,
                column.kind.arrow,
                column.nullable,
            )
            assert field.metadata[b"description"].decode() == column.description


def test_a_table_that_contradicts_itself_is_refused() -> None:
    column = Column("a", STRING, "a column")
    with pytest.raises(ValueError, match="declared twice"):
        Table("t", "A table.", (column, column), key=("a",))
    with pytest.raises(ValueError, match="no column b"):
        Table("t", "A table.", (column,), key=("b",))


def test_references_point_to_columns_that_are_declared() -> None:
    for table in TABLES:
        for column in table.columns:
            if column.references:
                name, _, other = column.references.partition(".")
                assert TABLES_BY_NAME[name][other].kind == column.kind


def test_descriptions_are_there_and_fit_a_line() -> None:
    for table in TABLES:
        assert table.description.endswith(".")
        for column in table.columns:
            assert column.description
            assert len(column.description) < 100


def test_tables_below_articles_can_be_asked_by_date_and_article() -> None:
    for table in ARTICLE_TABLES:
        assert {"article_id", "published_date"} <= set(table.column_names)
        assert table["published_date"].kind.python is dt.date
