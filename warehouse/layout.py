"""Where a lake's parts lie in its folder, and how the Parquet of each table is cut.

The choice of partitions and row groups is explained, with its figures, in
``docs/architecture-storage.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warehouse.columns import Table

#: Rows in a row group of the Parquet files; tables with long texts have smaller ones.
ROW_GROUP = 8192
LONG_ROW_GROUP = 2048
LONG_TABLES = ("articles", "raw_articles")

#: Tables with this column are partitioned by its year and sorted by their ``order``.
PARTITION_COLUMN = "published_date"


@dataclass(frozen=True)
class Layout:
    """The folder of a lake. All paths follow from where it lies now."""

    folder: Path

    @classmethod
    def at(cls, path: str | Path) -> Layout:
        return cls(Path(path).expanduser().resolve())

    @property
    def catalog(self) -> Path:
        return self.folder / "catalog.sqlite"

    @property
    def data(self) -> Path:
        """The Parquet files, one folder a table."""
        return self.folder / "data"

    @property
    def lock(self) -> Path:
        return self.folder / "lake.lock"

    @property
    def spill(self) -> Path:
        """Where the writer's DuckDB may spill; emptied when a writer died."""
        return self.folder / "spill"

    @property
    def creating(self) -> Path:
        """Where the catalog of a new lake stands until it is whole."""
        return self.folder / "creating"


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
