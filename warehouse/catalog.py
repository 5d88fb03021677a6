"""The one door to the catalog: today an SQLite file in WAL mode beside the data.

With WAL, readers never wait for the writer nor the writer for them. The path of the data is
given at each attach, from where the catalog lies now, so that a lake opens from any working
directory and after being moved.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.errors import LakeError, NoLakeError, VersionError, disk_full
from warehouse.layout import Layout

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: The name a lake is attached under.
LAKE = "lake"
#: The formats of DuckLake that the installed extension writes.
FORMATS = ("1.0",)


def attach(
    connection: DuckDBPyConnection,
    layout: Layout,
    *,
    read_only: bool = False,
    snapshot: int | None = None,
    create: bool = False,
    data: Path | None = None,
) -> None:
    """Attach the lake as ``lake``; ``create`` makes an empty catalog if there is none.

    ``data`` is the folder of the Parquet files, where it is not the one beside the catalog.

    Raises ``NoLakeError`` if there is none, ``VersionError`` if it is of another format and
    ``LakeError`` if it cannot be opened.
    """
    import duckdb

    if not create:
        check_format(connection, layout)
    options = [
        f"DATA_PATH {quoted(f'{data or layout.data}/')}",
        "OVERRIDE_DATA_PATH true",
        "META_JOURNAL_MODE 'WAL'",
    ]
    if read_only:
        options.append("READ_ONLY")
    if snapshot is not None:
        options.append(f"SNAPSHOT_VERSION {int(snapshot)}")
    catalog = quoted(f"ducklake:sqlite:{layout.catalog}")
    try:
        connection.execute(f"ATTACH {catalog} AS {LAKE} ({', '.join(options)})")
    except duckdb.Error as error:
        full = disk_full(error, layout.folder)
        what = f"the lake in {layout.folder} cannot be opened: {error}"
        raise full or LakeError(what) from error


def require(layout: Layout) -> None:
    """Raise ``NoLakeError`` unless there is a lake."""
    if not layout.catalog.is_file():
        raise NoLakeError(
            f"there is no lake in {layout.folder}: make one with `dateline run --lake "
            f"{layout.folder}`, or name another with --lake or DATELINE_LAKE"
        )


def check_format(connection: DuckDBPyConnection, layout: Layout) -> None:
    """Raise unless there is a lake of a format that can be read."""
    import duckdb

    require(layout)
    try:
        # through DuckDB's own SQLite: a second SQLite library in this process would, when it
        # closes the file, drop the locks that the first one holds on it
        # no parameter, since binding one makes DuckDB import pandas, half of a command's start
        rows = connection.execute(
            "SELECT key, value "
            f"FROM sqlite_scan({quoted(str(layout.catalog))}, 'ducklake_metadata')"
        ).fetchall()
    except duckdb.Error as error:
        if full := disk_full(error, layout.folder):
            raise full from error
        raise LakeError(
            f"{layout.catalog} cannot be read as the catalog of a lake: {error}\n"
            "If it is damaged, restore it from a backup. Reading a lake takes permission to write "
            "in its folder (the catalog keeps its locks there); without it, work on a copy."
        ) from error
    found = dict(rows)
    if found.get("version") not in FORMATS:
        raise VersionError(
            f"the lake in {layout.folder} has DuckLake format {found.get('version')}, written by "
            f"{found.get('created_by')}; the installed DuckDB {duckdb.__version__} reads "
            f"{', '.join(FORMATS)}: install the version of dateline that wrote it"
        )


def settle(layout: Layout) -> None:
    """Bring a new catalog, which nobody has open, into one file that can be renamed.

    Where its data lie is noted as seen from its own folder, for clients other than this one.
    """
    with closing(sqlite3.connect(layout.catalog)) as database:
        database.execute("UPDATE ducklake_metadata SET value = 'data/' WHERE key = 'data_path'")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def is_busy(error: Exception) -> bool:
    """Whether the catalog refused only because another connection was writing."""
    text = str(error).lower()
    return "database is locked" in text or "database table is locked" in text


def quoted(text: str) -> str:
    """The text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
