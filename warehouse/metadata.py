"""DuckLake's own tables as a whole: out of one lake's catalog and into another's, of any kind.

Databases keep the same things in other types (where one knows no times they are text, and a boolean
is a number), so all values travel as text, which each of them casts to its own. Paths of files are
seen from the place of the data and are the same wherever that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from warehouse.catalog import quoted
from warehouse.ducklake import META
from warehouse.transaction import registered

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

#: The tables of format 1.0, but for what is about a place and not about the lake: which files wait
#: there to be removed.
TABLES = tuple(
    f"ducklake_{name}"
    for name in (
        "column", "column_mapping", "column_tag", "data_file", "delete_file",
        "file_column_stats", "file_partition_value", "file_variant_stats", "inlined_data_tables",
        "macro", "macro_impl", "macro_parameters", "metadata", "name_mapping", "partition_column",
        "partition_info", "schema", "schema_versions", "snapshot", "snapshot_changes",
        "sort_expression", "sort_info", "table", "table_column_stats", "table_stats", "tag", "view",
    )
)  # fmt: skip
OF_THE_PLACE = "ducklake_files_scheduled_for_deletion"
#: What of ``ducklake_metadata`` a catalog says of itself and its place: it keeps its own.
_OWN = ("version", "created_by", "data_path", "encrypted")
_BATCH = 50_000


def rows(connection: DuckDBPyConnection) -> Iterator[tuple[str, pa.RecordBatchReader]]:
    """The tables of the attached lake, one after the other, every value as text; take each to its
    end before the next. Ask for them in a transaction, to have all of one state."""
    for table in TABLES:
        name = f"{META}.{table}"
        columns = connection.execute(f"DESCRIBE SELECT * FROM {name}").fetchall()
        texts = ", ".join(_as_text(column, kind) for column, kind, *_ in columns)
        where = f" WHERE key NOT IN ({_listed()})" if table == "ducklake_metadata" else ""
        yield (
            table,
            connection.execute(f"SELECT {texts} FROM {name}{where}").to_arrow_reader(_BATCH),
        )


def fill(connection: DuckDBPyConnection, table: str, batch: pa.RecordBatch) -> None:
    """Put rows of :func:`rows` into a table of the attached lake's catalog."""
    import pyarrow as pa

    names = ", ".join(f'"{name}"' for name in batch.schema.names)
    with registered(connection, "moved", pa.Table.from_batches([batch])):
        connection.execute(f"INSERT INTO {META}.{table} ({names}) SELECT {names} FROM moved")


def empty(connection: DuckDBPyConnection) -> None:
    """Take out all that the catalog of an empty lake says, but of itself and its place."""
    for table in TABLES:
        where = f" WHERE key NOT IN ({_listed()})" if table == "ducklake_metadata" else ""
        connection.execute(f"DELETE FROM {META}.{table}{where}")


def _as_text(column: str, kind: str) -> str:
    value = f'"{column}"'
    if kind == "BOOLEAN":
        value = f"CAST({value} AS INTEGER)"
    return f'CAST({value} AS VARCHAR) AS "{column}"'


def _listed() -> str:
    return ", ".join(map(quoted, _OWN))
