"""Copies of a catalog in PostgreSQL: one consistent state of its tables in one file.

A copy is a zip file with a CSV file for each table, as PostgreSQL's COPY writes them, and appears
under its name when it is whole.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse import ducklake
from warehouse.catalog import Backup
from warehouse.errors import LakeError

if TYPE_CHECKING:
    import psycopg

_BACKUP = re.compile(r"catalog-(\d{8}T\d{6})Z(?:-(\d+))?\.zip")
_PART = ".part"
_BYTES = 1 << 20


@dataclass(frozen=True)
class Copies:
    """The copies in one folder."""

    folder: Path

    def found(self) -> list[Backup]:
        """Those that are whole, the newest first."""
        found = []
        for path in self.folder.glob("catalog-*.zip"):
            if match := _BACKUP.fullmatch(path.name):
                made_at = dt.datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=dt.UTC)
                found.append((made_at, int(match[2] or 0), Backup(made_at, path)))
        return [backup for *_, backup in sorted(found, reverse=True)]

    def make(self, connection: psycopg.Connection[Any], schema: str, now: dt.datetime) -> Backup:
        """Copy DuckLake's tables of a schema. Raises ``LakeError`` if there is no room for it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            tidy(self)
            path = self._free_name(now)
            part = path.with_name(path.name + _PART)
            _write(connection, schema, part)
            part.replace(path)
        except OSError as error:
            raise LakeError(
                f"no backup of the catalog can be made in {self.folder}: {error.strerror}"
            ) from error
        return Backup(now, path)

    def _free_name(self, now: dt.datetime) -> Path:
        stem = f"catalog-{now:%Y%m%dT%H%M%S}Z"
        path, number = self.folder / f"{stem}.zip", 1
        while path.exists():
            path, number = self.folder / f"{stem}-{number}.zip", number + 1
        return path


def tidy(copies: Copies) -> None:
    """Remove what a copying that was killed left."""
    for rest in copies.folder.glob(f"*{_PART}"):
        rest.unlink(missing_ok=True)


def _write(connection: psycopg.Connection[Any], schema: str, path: Path) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file,
        connection.transaction(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s "
            "AND starts_with(tablename, 'ducklake_') ORDER BY 1",
            [schema],
        )
        for (name,) in cursor.fetchall():
            told = f'COPY {schema}."{name}" TO STDOUT (FORMAT csv, HEADER)'
            with (
                file.open(f"{name}.csv", "w", force_zip64=True) as member,
                cursor.copy(told) as copy,
            ):
                for block in copy:
                    member.write(block)
    with path.open("rb+") as written:
        os.fsync(written.fileno())


def paths(path: Path) -> Iterator[str]:
    """The paths of the files that a copy of a catalog knows. Raises ``LakeError`` for a file that
    is no copy."""
    for table in ducklake.FILE_TABLES:
        for row in _rows(path, table):
            yield row["path"]


def told(path: Path) -> dict[str, str]:
    """What the catalog said of itself. Raises ``LakeError`` for a file that is no copy."""
    return {row["key"]: row["value"] for row in _rows(path, "ducklake_metadata")}


def _rows(path: Path, table: str) -> Iterator[dict[str, str]]:
    try:
        with zipfile.ZipFile(path) as file, file.open(f"{table}.csv") as member:
            yield from csv.DictReader(io.TextIOWrapper(member, "utf-8", newline=""))
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise LakeError(f"{path} is no copy of a catalog: {error}") from error


def restore(connection: psycopg.Connection[Any], schema: str, path: Path) -> None:
    """Put a copy in the place of what the schema's tables hold, in the transaction that is open.

    Raises ``LakeError`` for a file that is no copy of a catalog of this format.
    """
    try:
        with zipfile.ZipFile(path) as file, connection.cursor() as cursor:
            names = {name.removesuffix(".csv") for name in file.namelist()}
            cursor.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = %s "
                "AND starts_with(tablename, 'ducklake_')",
                [schema],
            )
            there = {name for (name,) in cursor.fetchall()}
            if not names or not names <= there:
                odd = ", ".join(sorted(names - there)) or "nothing"
                raise LakeError(f"{path} does not fit the catalog: it has {odd}")
            for name in sorted(there):
                cursor.execute(f'DELETE FROM {schema}."{name}"')  # readers see the old ones on
            for name in sorted(names):
                with file.open(f"{name}.csv") as member:
                    columns = next(csv.reader([member.readline().decode()]))
                    listed = ", ".join(f'"{column}"' for column in columns)
                    told = f'COPY {schema}."{name}" ({listed}) FROM STDIN (FORMAT csv)'
                    with cursor.copy(told) as copy:
                        while block := member.read(_BYTES):
                            copy.write(block)
    except (OSError, zipfile.BadZipFile) as error:
        raise LakeError(f"{path} is no copy of a catalog: {error}") from error
