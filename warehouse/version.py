"""Which declarations a lake was written by, and whether they are those that are installed.

A lake says so itself, in its table ``lake_info``. ``SCHEMA_VERSION`` is raised by one, and
``DIGESTS`` gains a line, whenever the stored shape of a table changes; a test fails until both
are done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from warehouse.catalog import LAKE
from warehouse.columns import STRING, Column, Table
from warehouse.errors import VersionError
from warehouse.layout import Layout
from warehouse.release import VERSION
from warehouse.tables import TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SCHEMA_VERSION = 9
#: The digest of the declarations of each version.
DIGESTS = {
    1: "5acae7f5406216c7",
    2: "38da81aca6464838",
    3: "ae1cf1ae2878af70",
    4: "5dcab1ebb0890a91",
    5: "8c0ccd6d93682fdb",
    6: "d2f9082fce025fdf",
    7: "ffe2015ceec54863",
    8: "22c271cfde701e19",
    9: "c562170e56922a4b",
}

LAKE_INFO = Table(
    "lake_info",
    "What the lake says of itself: one row a fact.",
    (
        Column("name", STRING, "schema_version, schema_digest, created_by or created_with"),
        Column("value", STRING, "the fact"),
    ),
    key=("name",),
    order=("name",),
)


def schema_digest(tables: Iterable[Table] = TABLES) -> str:
    """16 hexadecimal digits over what is stored: tables, columns, types, nullability, order.

    Descriptions and checks are left out: they can change without touching a stored row.
    """
    shape = [
        [t.name, [[c.name, c.kind.sql, c.nullable] for c in t.columns], list(t.order)]
        for t in tables
    ]
    return hashlib.sha256(json.dumps(shape).encode()).hexdigest()[:16]


def facts() -> dict[str, str]:
    """What a lake that is created now says of itself."""
    import duckdb

    return {
        "created_by": writer(),
        "created_with": f"DuckDB {duckdb.__version__}",
        "schema_digest": schema_digest(),
        "schema_version": str(SCHEMA_VERSION),
    }


def writer() -> str:
    """Name and version of what writes lakes: this project."""
    return f"dateline {VERSION}"


def read_facts(connection: DuckDBPyConnection) -> dict[str, str]:
    """What the attached lake says of itself; empty if it says nothing."""
    import duckdb

    try:
        rows = connection.execute(f"SELECT name, value FROM {LAKE}.{LAKE_INFO.name}").fetchall()
    except duckdb.CatalogException:
        return {}
    return dict(rows)


def check_version(connection: DuckDBPyConnection, layout: Layout) -> None:
    """Raise ``VersionError`` unless the lake was written by the declarations installed here."""
    found = read_facts(connection)
    if found.get("schema_digest") == schema_digest():
        return
    raise VersionError(mismatch(found, layout))


def mismatch(found: Mapping[str, str], layout: Layout, here: int = SCHEMA_VERSION) -> str:
    """Why a lake that says this of itself cannot be used here, and what to do."""
    where = f"the lake in {layout.where}"
    number = found.get("schema_version")
    if number is None:
        return (
            f"{where} was not written by dateline, or not by a finished `dateline run`: "
            "name another lake with --lake or DATELINE_LAKE"
        )
    tables = f"version {number} of the tables, written by {found.get('created_by')}"
    if int(number) > here:
        return (
            f"{where} has {tables}; this is {writer()} with version {here}: "
            "install the newer dateline"
        )
    if int(number) < here:
        return (
            f"{where} has {tables}; this is {writer()} with version {here}: "
            "run `dateline migrate` to bring it forward"
        )
    return (
        f"{where} has {tables}, which declared them differently than this {writer()} "
        f"(digest {found.get('schema_digest')}, here {schema_digest()}): use the dateline that "
        "wrote it, or build a new lake from the same sources"
    )
