"""A copy of tables as plain files or in one database file, all from one snapshot: for those who
work without the lake.

What is written appears as a whole or not at all. Equal tables give files with equal bytes, but for
a DuckDB file, which DuckDB writes otherwise each time: rows are in the table's declared order, and
what is equal in that in the order of the key.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import exports
from warehouse.address import Address
from warehouse.catalog import quoted
from warehouse.errors import SqlError
from warehouse.exporting.database import write_database
from warehouse.exporting.described import described
from warehouse.exporting.facts import facts_of
from warehouse.exporting.files import Form
from warehouse.exporting.folder import MANIFEST, write_folder
from warehouse.exporting.made import ExportedTable
from warehouse.exporting.target import (
    check_file,
    check_folder,
    part_of,
    publish_file,
    publish_folder,
)
from warehouse.history import At, Snapshot, resolve, snapshots
from warehouse.opening import catalog_at
from warehouse.reader import connect, lake_address, pin
from warehouse.reference import PREFIX
from warehouse.tables import BANDS, FINGERPRINTS, RAW_ARTICLES, TABLES
from warehouse.version import read_facts
from warehouse.views import REFERENCE_VIEWS, VIEWS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: A file a table in a folder, and all tables in one file.
FOLDERS = ("parquet", "csv", "jsonl")
FILES = ("duckdb", "sqlite")
FORMATS = (*FOLDERS, *FILES)

#: What only the lake works with, and goes out only when it is asked for.
_INNER = (RAW_ARTICLES, FINGERPRINTS, BANDS)
_VIEWS = frozenset(view.name for view in (*VIEWS, *REFERENCE_VIEWS))


@dataclass(frozen=True)
class Exported:
    """An export that is complete; ``path`` is its folder or its file."""

    path: Path
    snapshot: Snapshot
    tables: tuple[ExportedTable, ...]


def export(
    path: str | Path | Address | None,
    target: str | Path,
    *,
    names: Sequence[str] = (),
    form: str = "parquet",
    at: At | None = None,
    views: bool = False,
    raw_csv: bool = False,
) -> Exported:
    """Write tables of the lake in ``path`` as files ``TABLE.parquet`` (``form``) into the folder
    ``target``, or all into the one file ``target`` if ``form`` is one of ``FILES``.

    ``names`` are tables, views or ``ref_*`` tables; by default every declared table but
    raw_articles, fingerprints and bands, and every ``ref_*``. ``views`` adds the rows of every
    view. A DuckDB file of the tables by default has all views as views. ``at`` is as in
    :func:`warehouse.connect`. The lake may be written meanwhile. A folder must not exist, or be
    empty; a file must not exist.

    In CSV a null is empty, an empty text is ``""``, a list is JSON, and a text that a spreadsheet
    would execute has an apostrophe before it, unless ``raw_csv``; in CSV and JSON lines bytes are
    base64; in JSON lines a time is ISO 8601 and a float that is no number is null.

    Raises ``TargetError`` for what cannot be the target, ``SqlError`` for a table or an ``at`` that
    there is not, and ``LakeError`` if it cannot be written; nothing is left then.
    """
    place = Path(target).expanduser().resolve()
    catalog = catalog_at(lake_address(path))
    (check_file if form in FILES else check_folder)(place, catalog.layout.folder)
    with connect(path) as connection:
        snapshot = _snapshot(connection, at)
        pin(connection, catalog, snapshot.number)
        wanted = _wanted(connection, names, views, snapshot)
        standing = _VIEWS if form == "duckdb" and not names else frozenset()
        tables = [described(connection, name) for name in wanted if name not in standing]
        facts = facts_of(snapshot, int(read_facts(connection)["schema_version"]))
        with part_of(place) as part:
            spill = part / ".spill"
            connection.execute(f"SET temp_directory = {quoted(str(spill))}")
            if form in FILES:
                file = part / place.name
                made = write_database(connection, tables, standing, file, form, facts)
            else:
                made = write_folder(connection, tables, part, Form(form, raw_csv), facts)
            shutil.rmtree(spill, ignore_errors=True)
            if form in FILES:
                publish_file(part / place.name, place)
            else:
                publish_folder(part, place, last=MANIFEST)
    exports.note(catalog.layout, place, snapshot.number)
    return Exported(place, snapshot, made)


# what is exported


def _snapshot(connection: DuckDBPyConnection, at: At | None) -> Snapshot:
    known = snapshots(connection)
    number = known[0].number if at is None else resolve(connection, at)
    return next(snapshot for snapshot in known if snapshot.number == number)


def _wanted(
    connection: DuckDBPyConnection, names: Sequence[str], views: bool, snapshot: Snapshot
) -> tuple[str, ...]:
    """The names asked for, checked, or those exported by default, in a fixed order."""
    found = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
    references = sorted(name for name in found if name.startswith(PREFIX))
    known = (*(t.name for t in TABLES), *(v.name for v in VIEWS), *references)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SqlError(
            f"there is no table or view {', '.join(unknown)}; there are {', '.join(known)}"
        )
    absent = [name for name in names if name not in found]
    if absent:
        raise SqlError(f"snapshot {snapshot.number} has no {', '.join(absent)}: take a later one")
    wanted = set(names) or {t.name for t in TABLES if t not in _INNER} | set(references)
    if views:
        wanted |= {view.name for view in VIEWS}
    chosen = tuple(name for name in known if name in wanted and name in found)
    if not chosen:
        raise SqlError(f"snapshot {snapshot.number} has no tables yet: take a later one")
    return chosen


__all__ = ["FILES", "FOLDERS", "FORMATS", "MANIFEST", "Exported", "ExportedTable", "export"]
