"""What came of an export, and how its failure is told."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import LakeError
from warehouse.exporting.target import settled


@dataclass(frozen=True)
class ExportedFile:
    """A file of an export; ``sha256`` is of its bytes."""

    file: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class ExportedTable:
    """A table of an export, and the file that holds it: alone, or among others."""

    table: str
    rows: int
    file: ExportedFile


def exported_file(path: Path) -> ExportedFile:
    """A file that is written and will stay."""
    digest = settled(path)
    return ExportedFile(path.name, path.stat().st_size, digest)


@contextlib.contextmanager
def told(what: str) -> Iterator[None]:
    """Lets a failure be told as that of ``what``: raises ``LakeError``."""
    import duckdb

    try:
        yield
    except (duckdb.Error, sqlite3.Error, OSError) as error:
        raise LakeError(
            f"{what} could not be exported, and nothing of the export was kept: {error}"
        ) from error
