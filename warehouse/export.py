"""A copy of tables as plain files, all from one snapshot: for those who work without the lake.

A table is sorted and written in stretches, in memory that does not grow with it. The files appear
together or not at all. Equal tables give files with equal bytes: rows are in the table's declared
order and what is equal in that in the order of the key.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import logging
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import exports
from warehouse.catalog import quoted
from warehouse.chunks import ALL, chunks
from warehouse.errors import LakeError, SqlError, TargetError
from warehouse.history import At, Snapshot, resolve, snapshots
from warehouse.opening import catalog_at
from warehouse.reader import connect, lake_path, pin
from warehouse.reference import PREFIX
from warehouse.tables import BANDS, FINGERPRINTS, RAW_ARTICLES, TABLES, TABLES_BY_NAME
from warehouse.version import read_facts, writer
from warehouse.views import VIEWS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

log = logging.getLogger(__name__)

FORMATS = ("parquet", "csv", "jsonl")
#: The file that says what the others are; the last one to appear.
MANIFEST = "export.json"

#: What only the lake works with, and goes out only when it is asked for.
_INNER = (RAW_ARTICLES, FINGERPRINTS, BANDS)
#: What the rows of a view are sorted by first, where it has these columns.
_VIEW_ORDER = ("published_date", "article_id", "char_start")
#: Inside a folder that exists; beside one that does not, the name is made of the folder's.
_PART = ".export.part"


@dataclass(frozen=True)
class ExportedTable:
    """A file of an export; ``sha256`` is of its bytes."""

    table: str
    file: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Exported:
    """An export that is complete."""

    folder: Path
    snapshot: Snapshot
    tables: tuple[ExportedTable, ...]


def export(
    path: str | Path | None,
    target: str | Path,
    *,
    names: Sequence[str] = (),
    form: str = "parquet",
    at: At | None = None,
) -> Exported:
    """Write tables of the lake in ``path`` as files ``TABLE.parquet`` (``form``) into ``target``.

    ``names`` are tables, views or ``ref_*`` tables; by default every declared table but
    raw_articles, fingerprints and bands, and every ``ref_*``. ``at`` is as in
    :func:`warehouse.connect`. The lake may be written meanwhile. ``target`` must not exist, or be
    empty.

    In CSV a null is empty, an empty text is ``""`` and a list is JSON; in CSV and JSON lines bytes
    are base64; in JSON lines a time is ISO 8601 and a float that is no number is null.

    Raises ``TargetError`` for a folder that cannot be the target, ``SqlError`` for a table or an
    ``at`` that there is not, and ``LakeError`` if it cannot be written; nothing is left then.
    """
    folder = Path(target).expanduser().resolve()
    catalog = catalog_at(lake_path(path))
    _check_target(folder, catalog.layout.folder)
    with connect(path) as connection:
        snapshot = _snapshot(connection, at)
        pin(connection, catalog, snapshot.number)
        chosen = _chosen(connection, names, snapshot)
        with _part_of(folder) as part:
            spill = part / ".spill"
            connection.execute(f"SET temp_directory = {quoted(str(spill))}")
            tables = tuple(_write(connection, name, part, form) for name in chosen)
            shutil.rmtree(spill, ignore_errors=True)
            facts = read_facts(connection)
            _write_manifest(part / MANIFEST, snapshot, facts["schema_version"], form, tables)
            _publish(part, folder)
    exports.note(catalog.layout, folder, snapshot.number)
    return Exported(folder, snapshot, tables)


# what is exported


def _snapshot(connection: DuckDBPyConnection, at: At | None) -> Snapshot:
    known = snapshots(connection)
    number = known[0].number if at is None else resolve(connection, at)
    return next(snapshot for snapshot in known if snapshot.number == number)


def _chosen(
    connection: DuckDBPyConnection, names: Sequence[str], snapshot: Snapshot
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
    chosen = tuple(name for name in known if name in wanted and name in found)
    if not chosen:
        raise SqlError(f"snapshot {snapshot.number} has no tables yet: take a later one")
    return chosen


# one table


def _write(connection: DuckDBPyConnection, name: str, part: Path, form: str) -> ExportedTable:
    import duckdb

    file = part / f"{name}.{form}"
    log.debug("exporting %s", name)
    try:
        described = connection.execute(f'DESCRIBE "{name}"').fetchall()
        types = {column: kind for column, kind, *_ in described}
        order = _order(name, list(types))
        split = name in TABLES_BY_NAME or order[0] in _VIEW_ORDER
        stretches = chunks(connection, name, types, order) if split else [ALL]
        values = ", ".join(_value(column, kind, form) for column, kind in types.items())
        by = ", ".join(f't."{column}" ASC NULLS LAST' for column in order)
        questions = [
            f'SELECT {values} FROM "{name}" AS t WHERE {s} ORDER BY {by}' for s in stretches
        ]
        write = _write_parquet if form == "parquet" else _write_text
        rows = write(connection, questions, file)
        digest = _digest(file)
    except (duckdb.Error, OSError) as error:
        raise LakeError(
            f"{name} could not be exported, and nothing of the export was kept: {error}"
        ) from error
    return ExportedTable(name, file.name, rows, file.stat().st_size, digest)


def _write_parquet(connection: DuckDBPyConnection, questions: list[str], file: Path) -> int:
    import pyarrow.parquet as pq

    rows = 0
    with contextlib.ExitStack() as stack:
        writer: pq.ParquetWriter | None = None
        for question in questions:
            data = connection.execute(question).to_arrow_table()
            if writer is None:
                made = pq.ParquetWriter(file, data.schema, compression="zstd")
                writer = stack.enter_context(made)
            writer.write_table(data)
            rows += data.num_rows
    return rows


def _write_text(connection: DuckDBPyConnection, questions: list[str], file: Path) -> int:
    rows = 0
    stretch = file.with_name(f".stretch{file.suffix}")
    with file.open("wb") as whole:
        for number, question in enumerate(questions):
            form = f"csv, HEADER {number == 0}" if file.suffix == ".csv" else "json"
            copied = connection.execute(
                f"COPY ({question}) TO {quoted(str(stretch))} (FORMAT {form})"
            ).fetchone()
            assert copied is not None
            rows += int(copied[0])
            with stretch.open("rb") as piece:
                shutil.copyfileobj(piece, whole)
            stretch.unlink()
    return rows


def _order(name: str, columns: list[str]) -> list[str]:
    """Columns that no two rows agree in, unless they agree in all."""
    table = TABLES_BY_NAME.get(name)
    if table is None:
        first = [column for column in _VIEW_ORDER if column in columns]
        return list(dict.fromkeys([*first, *columns]))
    return [c for c in dict.fromkeys((*table.order, *table.key)) if c in columns]


def _value(column: str, kind: str, form: str) -> str:
    value = f't."{column}"'
    if form == "parquet":
        return value
    if kind == "BLOB":
        return f'to_base64({value}) AS "{column}"'
    if form == "csv" and kind.endswith("[]"):
        return f'to_json({value}) AS "{column}"'
    if form == "jsonl" and kind == "DOUBLE":
        return f'CASE WHEN isfinite({value}) THEN {value} END AS "{column}"'
    if form == "jsonl" and kind == "TIMESTAMP":
        return f"""replace(CAST({value} AS VARCHAR), ' ', 'T') AS "{column}\""""
    return value


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        os.fsync(stream.fileno())
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_manifest(
    file: Path,
    snapshot: Snapshot,
    schema_version: str,
    form: str,
    tables: Sequence[ExportedTable],
) -> None:
    told = {
        "snapshot": snapshot.number,
        "committed_at": f"{snapshot.committed_at.isoformat()}Z",
        "run": snapshot.run,
        "schema_version": int(schema_version),
        "exported_by": writer(),
        "format": form,
        "tables": [vars(table) for table in tables],
    }
    try:
        with file.open("w", encoding="utf-8") as stream:
            stream.write(json.dumps(told, indent=2) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise LakeError(f"nothing was exported: {error}") from error


# the folder


def _check_target(folder: Path, lake: Path) -> None:
    if folder.is_relative_to(lake):
        raise TargetError(f"{folder} lies in the lake's own folder: name another one")
    if folder.is_dir():
        if any(entry.name != _PART for entry in folder.iterdir()):
            raise TargetError(
                f"{folder} is not empty: name a folder that does not exist, or empty this one"
            )
    elif folder.exists():
        raise TargetError(f"{folder} is a file: name a folder")


@contextlib.contextmanager
def _part_of(folder: Path) -> Iterator[Path]:
    """An empty folder beside the target, or in it if it exists (it may be a mount), that is gone
    afterwards. A lock on it tells what a killed export left from what another is writing."""
    part = folder / _PART if folder.is_dir() else folder.with_name(f".{folder.name}{_PART}")
    try:
        part.mkdir(parents=True, exist_ok=True)
        lock = os.open(part, os.O_RDONLY)
    except OSError as error:
        raise TargetError(f"{folder} cannot be written: {error.strerror}: {part}") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TargetError(
                f"another export is writing {folder}: wait for it, or name another folder"
            ) from None
        try:
            _empty(part)
            yield part
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    finally:
        os.close(lock)


def _empty(part: Path) -> None:
    for entry in part.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _publish(part: Path, folder: Path) -> None:
    try:
        if part.parent != folder:
            part.rename(folder)
            return
        for file in sorted(part.iterdir(), key=lambda file: file.name == MANIFEST):
            file.rename(folder / file.name)
        part.rmdir()
    except OSError as error:
        raise LakeError(
            f"the export is complete but cannot be put in its place: {error}"
        ) from error


__all__ = ["FORMATS", "MANIFEST", "Exported", "ExportedTable", "export"]
