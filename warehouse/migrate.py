"""Bringing a lake that an older version wrote forward to the declarations of this one.

The catalog is backed up, then everything happens in one transaction under the write lock: a
migration that is killed has not happened, and the same call does it. Two kinds of change are made
to a table. Columns that may be null are added, which touches no file; for everything else the
table is written anew as it is declared. DuckLake has more kinds of ALTER, but several of them in
one transaction can leave a catalog that nobody can read (duckdb/ducklake#1332).

Earlier snapshots keep the tables that they had.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import ducklake
from warehouse.address import Address
from warehouse.catalog import LAKE, Backup, Catalog, Holder, quoted, require
from warehouse.columns import Table
from warehouse.creation import set_row_groups
from warehouse.errors import LakeError, VersionError
from warehouse.extensions import connection as connect_duckdb
from warehouse.layout import Layout, storage_statements
from warehouse.migrations import MIGRATIONS, Step
from warehouse.opening import catalog_at
from warehouse.reference import PREFIX
from warehouse.shape import Add, Change, Create, Remove, Rewrite, Stored, plan
from warehouse.tables import TABLES
from warehouse.tidy import tidy
from warehouse.transaction import Message, commit, registered
from warehouse.version import (
    DIGESTS,
    LAKE_INFO,
    SCHEMA_VERSION,
    facts,
    mismatch,
    read_facts,
    schema_digest,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

log = logging.getLogger(__name__)

_numbers = itertools.count()


@dataclass(frozen=True)
class Target:
    """The version to reach: its tables, the digests of it and its forerunners, and the steps."""

    version: int
    tables: Sequence[Table]
    digests: Mapping[int, str]
    steps: Mapping[int, tuple[Step, ...]]


CURRENT = Target(SCHEMA_VERSION, TABLES, DIGESTS, MIGRATIONS)


@dataclass(frozen=True)
class Migrated:
    """What was done: from which version to which, the changes, the catalog's copy of before.

    ``snapshot`` and ``backup`` are None if the lake was of this version already.
    """

    found: int
    reached: int
    changes: tuple[str, ...] = ()
    snapshot: int | None = None
    backup: Path | None = None


def migrate(
    path: str | Path | Address,
    *,
    on_wait: Callable[[Holder | None], None] | None = None,
    target: Target | None = None,
) -> Migrated:
    """Bring the lake in a folder to the declarations of this version; waits for its writer.

    Raises ``NoLakeError``, ``VersionError`` for a lake that is newer or not known, ``LakeError``
    if it cannot be done; the lake is then as it was.
    """
    target = target or CURRENT
    catalog = catalog_at(path)
    require(catalog)
    lock = catalog.lock()
    died = lock.acquire("migrate", on_wait=on_wait)
    clean = False
    try:
        with closing(_connected(catalog)) as connection:
            catalog.attach(connection)
            found = _version(connection, catalog.layout, target)
            if died is not None:
                log.info("tidying up after %s, which did not end well", died)
                tidy(connection, catalog, died)
            done = _bring_forward(connection, catalog, found, target)
        clean = True
    finally:
        lock.release(clean=clean)
    return done


def _connected(catalog: Catalog) -> DuckDBPyConnection:
    return connect_duckdb(catalog.layout.spill(next(_numbers)), catalog.extension)


def _version(connection: DuckDBPyConnection, layout: Layout, target: Target) -> int:
    told = read_facts(connection)
    number = told.get("schema_version")
    if number is None or int(number) > target.version:
        raise VersionError(mismatch(told, layout, target.version))
    if target.digests.get(int(number)) == told.get("schema_digest"):
        return int(number)
    if int(number) == target.version:
        raise VersionError(mismatch(told, layout, target.version))
    raise VersionError(
        f"the lake in {layout.where} says that it has version {number} of the tables, written by "
        f"{told.get('created_by')}, but declares them as no release did (digest "
        f"{told.get('schema_digest')}): build a new lake from the same sources"
    )


def _bring_forward(
    connection: DuckDBPyConnection, catalog: Catalog, found: int, target: Target
) -> Migrated:
    if found == target.version:
        _set_row_groups(connection, target.tables)
        return Migrated(found, found)
    versions = range(found + 1, target.version + 1)
    steps = [step for version in versions for step in target.steps.get(version, ())]
    changes = plan(stored(connection), steps, target.tables)
    copy = catalog.back_up()
    catalog.prune()
    told = {**facts(), "schema_version": str(target.version)}
    told["schema_digest"] = schema_digest(target.tables)

    def work() -> None:
        for change in changes:
            log.info("%s", change)
            _make(connection, change)
        rows = LAKE_INFO.arrow({"name": n, "value": v} for n, v in told.items())
        connection.execute(f"DELETE FROM {LAKE}.{LAKE_INFO.name}")
        with registered(connection, "facts", rows):
            connection.execute(f"INSERT INTO {LAKE}.{LAKE_INFO.name} SELECT * FROM facts")

    message = f"migrate from version {found} of the tables to {target.version}"
    snapshot = commit(catalog, connection, work, Message(message))
    _set_row_groups(connection, target.tables)
    _verify(catalog, target, copy)
    return Migrated(found, target.version, tuple(map(str, changes)), snapshot, copy.path)


def stored(connection: DuckDBPyConnection) -> dict[str, Stored]:
    """The tables of the attached lake as they are stored, but for those that have no declaration.

    Those are ``lake_info``, by which a lake is recognised, and the reference tables.
    """
    columns: dict[str, dict[str, tuple[str, bool]]] = {}
    for table, name, kind, nullable in connection.execute(
        "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() "
        f"WHERE database_name = '{LAKE}' ORDER BY table_name, column_index"
    ).fetchall():
        if table != LAKE_INFO.name and not table.startswith(PREFIX):
            columns.setdefault(table, {})[name] = (kind, nullable)
    orders = ducklake.orders(connection)
    return {name: Stored(some, orders.get(name, ())) for name, some in columns.items()}


def _make(connection: DuckDBPyConnection, change: Change) -> None:
    """Make one change inside the transaction that is open."""
    if isinstance(change, Remove):
        connection.execute(f"DROP TABLE {LAKE}.{change.name}")
    elif isinstance(change, Create):
        _create(connection, change.table)
    elif isinstance(change, Add):
        name = f"{LAKE}.{change.table.name}"
        for column in change.columns:
            connection.execute(f'ALTER TABLE {name} ADD COLUMN "{column.name}" {column.kind.sql}')
            connection.execute(
                f'COMMENT ON COLUMN {name}."{column.name}" IS {quoted(column.description)}'
            )
    else:
        _rewrite(connection, change)


def _create(connection: DuckDBPyConnection, table: Table) -> None:
    for statement in (*table.ddl(LAKE), *storage_statements(table, LAKE)):
        connection.execute(statement)


def _rewrite(connection: DuckDBPyConnection, change: Rewrite) -> None:
    # the rows are held aside, spilling to disk: the old table goes before its successor,
    # which may have the same name, is there
    select = change.select.format(source=f"{LAKE}.{change.source}")
    connection.execute(f"CREATE TEMPORARY TABLE aside AS {select}")
    connection.execute(f"DROP TABLE {LAKE}.{change.source}")
    _create(connection, change.table)
    names = ", ".join(f'"{name}"' for name in change.table.column_names)
    connection.execute(
        f"INSERT INTO {LAKE}.{change.table.name} ({names}) SELECT {names} FROM temp.aside"
    )
    connection.execute("DROP TABLE temp.aside")


def _set_row_groups(connection: DuckDBPyConnection, tables: Sequence[Table]) -> None:
    """Where a table was made anew, or a migration was killed before it came to this."""
    rows = connection.execute(
        f"SELECT scope_entry FROM {LAKE}.options() WHERE option_name = 'parquet_row_group_size'"
    ).fetchall()
    known = {str(entry).rpartition(".")[2] for (entry,) in rows}
    set_row_groups(connection, [table for table in tables if table.name not in known])


def _verify(catalog: Catalog, target: Target, copy: Backup) -> None:
    """Read every table with new eyes; raises ``LakeError`` if one is not as it should be."""
    import duckdb

    try:
        with closing(_connected(catalog)) as connection:
            catalog.attach(connection)
            rest = plan(stored(connection), (), target.tables)
            for table in target.tables:
                connection.execute(f"SELECT * FROM {LAKE}.{table.name} LIMIT 1").fetchall()
    except (duckdb.Error, LakeError) as error:
        raise _not_whole(catalog, str(error), copy) from error
    if rest:
        raise _not_whole(catalog, "; ".join(map(str, rest)), copy)


def _not_whole(catalog: Catalog, why: str, copy: Backup) -> LakeError:
    return LakeError(
        f"the lake in {catalog.layout.where} is not as it should be after the migration ({why}). "
        f"To restore it: {catalog.way_back(copy)}"
    )
