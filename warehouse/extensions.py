"""The DuckDB extensions, loaded by path from the installed wheels: nothing is downloaded.

Every DuckDB connection of the project is made by :func:`connection`. What a wheel holds was checked
when it was installed, by the hash in the lock file, as DuckDB's own library was. DuckDB would check
the signatures (DuckLake's and that of the catalog's database) again at every connection: 70 MB, a
quarter of a question's CPU time. Nothing but these two is loaded without a signature.
"""

from __future__ import annotations

import contextlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.errors import VersionError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: The package that carries DuckLake's binary.
DUCKLAKE = "duckdb_extension_ducklake"

#: Settings of every connection that only hold from its start.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # a query must not pick up a Python variable that happens to be called like a table
    "python_enable_replacements": False,
}


def connection(temporary: Path, database: str | None = None) -> DuckDBPyConnection:
    """An in-memory DuckDB with DuckLake loaded; ``temporary`` is where it may spill.

    ``database`` is the package of the extension for the database that keeps the catalog.
    """
    import duckdb

    config = {**CONFIG, "allow_unsigned_extensions": True, "temp_directory": str(temporary)}
    connected = duckdb.connect(":memory:", config=config)
    for package in filter(None, (database, DUCKLAKE)):
        connected.load_extension(binary(package))
    connected.execute("SET allow_unsigned_extensions = false")
    # DuckDB takes standard output for a terminal where Python's program was given by -c, and draws
    # a bar into it when a question takes two seconds
    with contextlib.suppress(duckdb.InvalidInputException):  # a notebook that can have no bar
        connected.execute("SET enable_progress_bar = false")
    return connected


def load(connection: DuckDBPyConnection, package: str) -> None:
    """Load a further extension into a connection that is open; its signature is checked."""
    connection.load_extension(binary(package))


@cache
def binary(package: str) -> str:
    """The path of the extension that an installed wheel carries for the installed DuckDB.

    Raises ``VersionError`` saying what to install.
    """
    import duckdb

    wanted = f"v{duckdb.__version__}"
    name = package.replace("_", "-")
    try:
        folder = Path(str(files(package))) / "extensions"
    except ModuleNotFoundError as error:
        raise VersionError(
            f"the DuckDB extension {name} is not installed: install {name}=={duckdb.__version__}"
        ) from error
    found = sorted(folder.glob("*/*.duckdb_extension"))
    for path in found:
        if path.parent.name == wanted:
            return str(path)
    carried = ", ".join(path.parent.name for path in found) or "none"
    raise VersionError(
        f"{name} carries an extension for DuckDB {carried}, but DuckDB {wanted} is installed: "
        f"install {name}=={duckdb.__version__}"
    )
