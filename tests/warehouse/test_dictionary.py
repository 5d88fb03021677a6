"""The data dictionary says what is declared."""

from __future__ import annotations

from warehouse.dictionary import PAGE, dictionary
from warehouse.tables import TABLES
from warehouse.version import DIGESTS, LAKE_INFO, SCHEMA_VERSION, schema_digest
from warehouse.views import REFERENCE_VIEWS, VIEWS


def test_the_page_is_the_declarations() -> None:
    assert PAGE.read_text(encoding="utf-8") == dictionary(), (
        "the declarations changed: run `python -m warehouse.dictionary` and look at the difference"
    )


def test_every_table_column_and_view_is_in_it() -> None:
    page = dictionary()
    for table in (*TABLES, LAKE_INFO):
        section = page.partition(f"\n## {table.name}\n")[2].partition("\n## ")[0]
        for column in table.columns:
            assert f"\n| {column.name} | {column.kind.sql} |" in section
            for value in column.allowed:
                assert f"`{value}`" in section
    for view in (*VIEWS, *REFERENCE_VIEWS):
        assert f"\n## {view.name}\n" in page


def test_the_version_was_raised_with_the_shape_of_the_tables() -> None:
    assert max(DIGESTS) == SCHEMA_VERSION
    assert DIGESTS[SCHEMA_VERSION] == schema_digest(), (
        "the stored shape of the tables changed. Before the first release, or if no lake was "
        f"written since the last one: set DIGESTS[{SCHEMA_VERSION}] in warehouse/version.py to "
        f"{schema_digest()!r}. Else raise SCHEMA_VERSION, add a line to DIGESTS and a migration"
    )
