"""The database of a private Prefect server, ready made.

A new database takes Prefect's migrations 6 CPU-seconds, a third of a small run. What they leave is
the same each time, so the installation has it as SQL, made there by the migrations themselves
(``python -m flows.prefect_database``, which ``make`` calls when it installs). The server still
looks for migrations when it starts. Where there is no such SQL, or it is another release's, Prefect
makes its database itself.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

NAME = "prefect.db"
#: Made when Dateline is installed, of the release of Prefect that is installed with it.
SCHEMA = Path(sys.prefix) / "share" / "dateline" / "prefect.sql"
#: Set by someone whose database lies elsewhere.
_ELSEWHERE = ("PREFECT_API_DATABASE_CONNECTION_URL", "PREFECT_SERVER_DATABASE_CONNECTION_URL")


def provide(home: Path) -> None:
    """Put a new server's database into its folder, unless one is there or lies elsewhere.

    Raises ``OSError`` or ``sqlite3.Error`` where it cannot be written; nothing is there then.
    """
    path = home / NAME
    if path.exists() or any(os.environ.get(name) for name in _ELSEWHERE):
        return
    if not SCHEMA.exists():
        return
    head, schema = SCHEMA.read_text(encoding="utf-8").split("\n", 1)
    if head != _head():
        return
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as database:
            database.executescript(schema)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(path)


def migrated(home: Path) -> str:
    """The SQL of a database that Prefect's migrations make in the folder, which holds none."""
    environ = {**os.environ, "PREFECT_HOME": str(home)}
    subprocess.run([sys.executable, "-c", _MIGRATE], env=environ, check=True)
    with closing(sqlite3.connect(home / NAME)) as database:
        return "\n".join((_head(), *database.iterdump(), ""))


def shape(sql: str) -> list[list[str]]:
    """The statements and their lines sorted: the migrations make the constraints of a table, and
    its indexes, in any order."""
    statements = sql.split(";\n")
    return sorted(sorted(line.strip(" \t,") for line in one.splitlines()) for one in statements)


_MIGRATE = """
import asyncio
from prefect.server.database import provide_database_interface
asyncio.run(provide_database_interface().create_db())
"""


def _head() -> str:
    return f"-- A new database of Prefect {version('prefect')}, as its migrations leave it."


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="dateline-prefect-"))
    try:
        made = migrated(home)
    finally:
        shutil.rmtree(home)
    SCHEMA.parent.mkdir(parents=True, exist_ok=True)
    part = SCHEMA.with_suffix(".part")
    part.write_text(made, encoding="utf-8")
    part.replace(SCHEMA)


if __name__ == "__main__":
    main()
