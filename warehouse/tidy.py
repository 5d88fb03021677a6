"""Removing what a writer that died left behind. Only under the write lock.

DuckLake has a function for files that no snapshot knows, but it compares whole paths as text and
so takes a live file for a stray one when the lake's path is spelt in another way. Here names are
compared, which are unique, and nothing is touched that is older than the dead writer's lock.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterable
from typing import TYPE_CHECKING

from warehouse import ducklake
from warehouse.catalog import Catalog, Holder
from warehouse.files import File
from warehouse.layout import Layout

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Seconds that the clock of a file system may lag behind.
SLACK = 5


def tidy(connection: DuckDBPyConnection, catalog: Catalog, died: Holder) -> list[File]:
    """Remove the dead writer's stray files; gives the Parquet files that were removed."""
    catalog.tidy()
    _remove_spill_of_the_dead(catalog.layout)
    earliest = dt.datetime.fromisoformat(died.since).timestamp() - SLACK
    # listed before the catalog is asked: what is written later is nobody's to judge
    listed = catalog.files.parquet()
    stray = [file for file in strays(connection, listed) if file.written >= earliest]
    catalog.files.remove(file.path for file in stray)
    return stray


def strays(connection: DuckDBPyConnection, listed: Iterable[File]) -> list[File]:
    """Those of the files that DuckLake named and that no snapshot knows."""
    known = ducklake.known_files(connection)
    return [file for file in listed if file.name.startswith("ducklake-") and file.name not in known]


def _remove_spill_of_the_dead(layout: Layout) -> None:
    for process, folder in layout.spills:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except PermissionError:
            continue  # of a living process of somebody else
