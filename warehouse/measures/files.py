"""Are the files of a state there, and whole? Asked of each file's footer, not of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePosixPath

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.catalog import LAKE, quoted
from warehouse.columns import Row
from warehouse.files import Files, inside
from warehouse.measures.state import State
from warehouse.tables import TABLES

#: Files that are looked into at once: a store answers late.
_AT_ONCE = 8


def files(state: State) -> Iterator[Row]:
    """Each table: ``files``, how many it is made of, and ``bad``: those that are missing or
    unreadable, each with its trouble.

    Raises ``duckdb.Error`` if the catalog cannot be asked, ``LakeError`` if a store cannot be.
    """
    there = {file.path: file.bytes for file in state.files.parquet()}
    for table in TABLES:
        listed = state.connection.execute(
            "SELECT data_file, data_file_size_bytes, delete_file, delete_file_size_bytes "
            f"FROM ducklake_list_files('{LAKE}', {quoted(table.name)}) ORDER BY data_file"
        ).fetchall()
        found = [(path, size) for path, size, _, _ in listed]
        found += [(path, size) for _, _, path, size in listed if path is not None]
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            told = list(threads.map(lambda one: _trouble(state.files, there, *one), found))
        bad = [
            (PurePosixPath(path).name, trouble)
            for (path, _), trouble in zip(found, told, strict=True)
            if trouble is not None
        ]
        yield {"name": "files_readable", "table": table.name, "files": len(found), "bad": bad}


def _trouble(files: Files, there: Mapping[str, int], path: str, size: int) -> str | None:
    seen = inside(files, path)
    if seen is None or seen not in there:
        return "there is no such file"
    if there[seen] != size:
        return f"it has {there[seen]:,} bytes, the catalog says {size:,}"
    try:
        with files.read(seen) as stream:
            pq.read_metadata(stream)
    except (OSError, pa.ArrowException) as error:
        return str(error).splitlines()[0]
    return None
