"""Where a lake's files lie, and how the Parquet of each table is cut.

The choice of partitions and row groups is explained, with its figures, in
``docs/architecture-storage.md``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from warehouse.columns import Table

#: Rows in a row group of the Parquet files; tables with long texts have smaller ones.
ROW_GROUP = 8192
LONG_ROW_GROUP = 2048
LONG_TABLES = ("articles", "raw_articles")

#: Tables with this column are partitioned by its year and sorted by their ``order``.
PARTITION_COLUMN = "published_date"

#: What the name of a folder begins with that DuckDB spills to.
SPILL = "spill-"


@dataclass(frozen=True)
class Layout:
    """The folder of a lake, of one in a database its home on this machine. All paths follow from
    where it lies now. ``address`` is the lake's, if that is not the folder."""

    folder: Path
    address: str | None = None

    @property
    def where(self) -> str:
        """Where the lake is, as messages say it."""
        return self.address or str(self.folder)

    @property
    def exports(self) -> Path:
        """A line for each export that was made."""
        return self.folder / "exports.jsonl"

    @property
    def data(self) -> Path:
        """The Parquet files, one folder a table."""
        return self.folder / "data"

    def spill(self, number: int) -> Path:
        """Where a writer's DuckDB may spill; it removes the folder, unless it dies."""
        return self.folder / f"{SPILL}{os.getpid()}-{number}"

    @property
    def spills(self) -> list[tuple[int, Path]]:
        """The folders that writers spill to now, or died with, each with its process."""
        found = [(path.name.removeprefix(SPILL), path) for path in self.folder.glob(f"{SPILL}*-*")]
        return sorted(
            (int(name.partition("-")[0]), path)
            for name, path in found
            if name.partition("-")[0].isdecimal()
        )


def storage_statements(table: Table, schema: str) -> list[str]:
    """The statements that partition and sort a table."""
    name = f"{schema}.{table.name}"
    statements = []
    if PARTITION_COLUMN in table.column_names:
        statements.append(f"ALTER TABLE {name} SET PARTITIONED BY (year({PARTITION_COLUMN}))")
    if table.order:
        columns = ", ".join(f'"{column}" ASC NULLS LAST' for column in table.order)
        statements.append(f"ALTER TABLE {name} SET SORTED BY ({columns})")
    return statements


def row_group(table: Table) -> int:
    return LONG_ROW_GROUP if table.name in LONG_TABLES else ROW_GROUP
