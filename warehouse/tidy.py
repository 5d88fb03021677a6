"""Removing what a writer that died left behind. Only under the write lock.

DuckLake has a function for files that no snapshot knows, but it compares whole paths as text and
so takes a live file for a stray one when the lake's path is spelt in another way. Here names are
compared, which are unique, and nothing is touched that is older than the dead writer's lock.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import ducklake
from warehouse.catalog import Catalog, Holder
from warehouse.layout import Layout

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Seconds that the clock of a file system may lag behind.
SLACK = 5


def tidy(connection: DuckDBPyConnection, catalog: Catalog, died: Holder) -> list[Path]:
    """Remove the dead writer's stray files; gives the Parquet files that were removed."""
    catalog.tidy()
    _remove_spill_of_the_dead(catalog.layout)
    stray = stray_files(connection, catalog.layout, dt.datetime.fromisoformat(died.since))
    for path in stray:
        path.unlink(missing_ok=True)
    return stray


def stray_files(connection: DuckDBPyConnection, layout: Layout, since: dt.datetime) -> list[Path]:
    """The Parquet files written since then that no snapshot knows."""
    known = ducklake.known_files(connection)
    earliest = since.timestamp() - SLACK
    return sorted(
        path
        for path in layout.data.rglob("ducklake-*.parquet")
        if path.name not in known and path.stat().st_mtime >= earliest
    )


def _remove_spill_of_the_dead(layout: Layout) -> None:
    for process, folder in layout.spills:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except PermissionError:
            continue  # of a living process of somebody else
