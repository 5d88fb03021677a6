"""Are the files of a state there, and whole? Asked of each file's footer, not of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.catalog import LAKE, quoted
from warehouse.columns import Row
from warehouse.measures.state import State
from warehouse.tables import TABLES


def files(state: State) -> Iterator[Row]:
    """Each table: ``files``, how many it is made of, and ``bad``: those that are missing or
    unreadable, each with its trouble.

    Raises ``duckdb.Error`` if the catalog cannot be asked.
    """
    for table in TABLES:
        listed = state.connection.execute(
            "SELECT data_file, data_file_size_bytes, delete_file, delete_file_size_bytes "
            f"FROM ducklake_list_files('{LAKE}', {quoted(table.name)}) ORDER BY data_file"
        ).fetchall()
        found = [(path, size) for path, size, _, _ in listed]
        found += [(path, size) for _, _, path, size in listed if path is not None]
        bad = [
            (Path(path).name, trouble)
            for path, size in found
            if (trouble := _trouble(Path(path), size)) is not None
        ]
        yield {"name": "files_readable", "table": table.name, "files": len(found), "bad": bad}


def _trouble(path: Path, size: int) -> str | None:
    try:
        there = path.stat().st_size
        if there != size:
            return f"it has {there:,} bytes, the catalog says {size:,}"
        pq.read_metadata(path)
    except FileNotFoundError:
        return "there is no such file"
    except (OSError, pa.ArrowException) as error:
        return str(error).splitlines()[0]
    return None
