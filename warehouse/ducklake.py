"""What DuckLake's own tables say of a lake's files and options, whichever database holds them.

The one module that reads or writes these tables. All functions take a connection to which the lake
is attached.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from warehouse.catalog import LAKE, quoted
from warehouse.errors import LakeError, VersionError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: The formats of DuckLake that the installed extension writes.
FORMATS = ("1.0",)

#: Where DuckLake shows its own tables.
META = f"__ducklake_metadata_{LAKE}"
_SCHEDULED = f"{META}.ducklake_files_scheduled_for_deletion"
#: Its tables of files, each with a column ``path``.
FILE_TABLES = ("ducklake_data_file", "ducklake_delete_file")


@dataclass(frozen=True)
class File:
    """A file of a table's newest state."""

    path: str
    bytes: int
    deleted_share: float = 0.0

    @property
    def partition(self) -> str:
        """The folder, which files are only merged within."""
        return str(PurePath(self.path).parent)


@dataclass(frozen=True)
class Size:
    """The files of a table that its newest state is made of: data, deletes, bytes of both."""

    table: str
    files: int
    delete_files: int
    bytes: int


@dataclass
class TableAt:
    """A table in a snapshot: its columns, how many rows it has, and the files it is made of.

    A file is known by its name, that of the file with its deletes, and the snapshot if that decides
    which of its rows are shown: what two snapshots have in common holds the same rows for both.
    """

    columns: tuple[str, ...]
    files: set[tuple[str, str | None, int | None]] = field(default_factory=set)
    rows: int = 0


def check_format(found: Mapping[str, str], where: str) -> None:
    """Raise ``VersionError`` unless a catalog that says this of itself (``ducklake_metadata``) is
    of a format that can be read; ``where`` names the lake."""
    import duckdb

    if found.get("version") not in FORMATS:
        raise VersionError(
            f"the lake in {where} has DuckLake format {found.get('version')}, written by "
            f"{found.get('created_by')}; the installed DuckDB {duckdb.__version__} reads "
            f"{', '.join(FORMATS)}: install the version of dateline that wrote it"
        )


def files(connection: DuckDBPyConnection, table: str) -> list[File]:
    """The files of a table's newest state, in the order of their paths."""
    rows = connection.execute(
        "SELECT f.data_file, f.data_file_size_bytes, coalesce(d.delete_count, 0) / m.record_count "
        f"FROM ducklake_list_files('{LAKE}', {quoted(table)}) AS f "
        f"JOIN {META}.ducklake_data_file AS m ON parse_filename(m.path) "
        "= parse_filename(f.data_file) "
        f"LEFT JOIN {META}.ducklake_delete_file AS d "
        "ON parse_filename(d.path) = parse_filename(f.delete_file) ORDER BY f.data_file"
    ).fetchall()
    return [File(path, size, float(share)) for path, size, share in rows]


def sizes(connection: DuckDBPyConnection) -> tuple[Size, ...]:
    """The files of each table's newest state, in the order of the tables' names."""
    rows = connection.execute(
        "SELECT t.table_name, count(f.path), count(d.path), "
        "CAST(coalesce(sum(f.file_size_bytes), 0) + coalesce(sum(d.file_size_bytes), 0) AS BIGINT) "
        f"FROM {META}.ducklake_table AS t "
        f"LEFT JOIN {META}.ducklake_data_file AS f "
        "ON f.table_id = t.table_id AND f.end_snapshot IS NULL "
        f"LEFT JOIN {META}.ducklake_delete_file AS d "
        "ON d.data_file_id = f.data_file_id AND d.end_snapshot IS NULL "
        "WHERE t.end_snapshot IS NULL GROUP BY t.table_name ORDER BY t.table_name"
    ).fetchall()
    return tuple(Size(*row) for row in rows)


def known_files(connection: DuckDBPyConnection) -> set[str]:
    """The names of all files that the catalog knows: of any snapshot, or to be removed."""
    asked = " UNION ALL ".join(
        f"SELECT path FROM {table}" for table in (*(f"{META}.{t}" for t in FILE_TABLES), _SCHEDULED)
    )
    return names(path for (path,) in connection.execute(asked).fetchall())


def comments(connection: DuckDBPyConnection, prefix: str) -> dict[str, str | None]:
    """The comments of the tables whose names begin so, by name. DuckDB's own list of tables reads
    all of every table's metadata for it."""
    rows = connection.execute(
        f"SELECT t.table_name, g.value FROM {META}.ducklake_table AS t "
        f"LEFT JOIN {META}.ducklake_tag AS g ON g.object_id = t.table_id "
        "AND g.key = 'comment' AND g.end_snapshot IS NULL "
        f"WHERE t.end_snapshot IS NULL AND starts_with(t.table_name, {quoted(prefix)})"
    ).fetchall()
    return dict(rows)


def changed_since(connection: DuckDBPyConnection, snapshot: int) -> set[str]:
    """The names of the tables that a later snapshot than that made, changed or dropped."""
    rows = connection.execute(
        f"SELECT changes FROM {LAKE}.snapshots() WHERE snapshot_id > {int(snapshot)}"
    ).fetchall()
    told = {one for (changes,) in rows for some in changes.values() for one in some}
    if not told:
        return set()
    known = connection.execute(
        f"SELECT DISTINCT table_id, table_name FROM {META}.ducklake_table"
    ).fetchall()
    by_number = {str(number): name for number, name in known}
    return {by_number.get(one, one.rpartition(".")[2]) for one in told}


def needed(connection: DuckDBPyConnection) -> dict[str, int]:
    """The files that the snapshots are made of, and their bytes, by their paths seen from the place
    of the data. Raises ``LakeError`` for one that lies elsewhere."""
    found: dict[str, int] = {}
    for kind in FILE_TABLES:
        rows = connection.execute(
            "SELECT DISTINCT s.path || t.path || f.path, f.file_size_bytes, "
            "f.path_is_relative AND t.path_is_relative AND s.path_is_relative "
            f"FROM {META}.{kind} AS f JOIN {META}.ducklake_table AS t USING (table_id) "
            f"JOIN {META}.ducklake_schema AS s USING (schema_id)"
        ).fetchall()
        for path, size, relative in rows:
            if not relative:
                raise LakeError(f"{path} does not lie with the lake's own files: it cannot be told")
            found[path] = size
    return found


def tables_at(connection: DuckDBPyConnection, snapshot: int) -> dict[str, TableAt]:
    """What each table is made of in a snapshot, by its name."""
    n = int(snapshot)

    def then(of: str) -> str:
        return (
            f"{of}.begin_snapshot <= {n} AND ({of}.end_snapshot IS NULL OR {of}.end_snapshot > {n})"
        )

    columns = connection.execute(
        "SELECT t.table_name, list(c.column_name ORDER BY c.column_order) "
        f"FROM {META}.ducklake_table AS t JOIN {META}.ducklake_column AS c "
        f"ON c.table_id = t.table_id AND c.parent_column IS NULL AND {then('c')} "
        f"WHERE {then('t')} GROUP BY ALL"
    ).fetchall()
    found = {name: TableAt(tuple(some)) for name, some in columns}
    files = connection.execute(
        "SELECT t.table_name, f.path, d.path, f.partial_max, "
        "f.record_count - coalesce(d.delete_count, 0) "
        f"FROM {META}.ducklake_table AS t "
        f"JOIN {META}.ducklake_data_file AS f ON f.table_id = t.table_id AND {then('f')} "
        f"LEFT JOIN {META}.ducklake_delete_file AS d "
        f"ON d.data_file_id = f.data_file_id AND {then('d')} WHERE {then('t')}"
    ).fetchall()
    for table, path, delete, partial, rows in files:
        [name] = names([path])
        # of a file that holds rows of several snapshots, each shows others
        found[table].files.add((name, delete, n if partial is not None else None))
        found[table].rows += rows
    return found


def paths_at(connection: DuckDBPyConnection, table: str, snapshot: int) -> dict[str, str]:
    """Where the files of a table in a snapshot lie, by their names."""
    rows = connection.execute(
        "SELECT parse_filename(data_file), data_file FROM ducklake_list_files("
        f"'{LAKE}', {quoted(table)}, snapshot_version => {int(snapshot)})"
    ).fetchall()
    return dict(rows)


def names(paths: Iterable[str]) -> set[str]:
    """The names of files without their folders; they are unique within a lake."""
    return {PurePath(path).name for path in paths}


def expire(connection: DuckDBPyConnection, snapshots: Sequence[int]) -> None:
    """Forget snapshots, so that only files which others need are needed."""
    if snapshots:
        listed = ", ".join(map(str, snapshots))
        connection.execute(f"CALL ducklake_expire_snapshots('{LAKE}', versions => [{listed}])")


def needless(connection: DuckDBPyConnection, before: dt.datetime | None = None) -> list[str]:
    """The files that no snapshot needs, or has needed since ``before``, by the catalog's word for
    them: paths seen from the lake's folder of data."""
    since = "" if before is None else f"WHERE CAST(schedule_start AS TIMESTAMPTZ) < {_at(before)}"
    rows = connection.execute(f"SELECT path FROM {_SCHEDULED} {since} ORDER BY path").fetchall()
    return [path for (path,) in rows]


def forget_files(connection: DuckDBPyConnection, paths: Collection[str]) -> None:
    """Strike those that :func:`needless` named and that are removed.

    ``ducklake_cleanup_old_files`` would remove and strike files of days before, but it may take
    all of a day for older than any time of it (``docs/architecture-storage.md``).
    """
    if not paths:
        return
    listed = ", ".join(map(quoted, paths))
    connection.execute(f"DELETE FROM {_SCHEDULED} WHERE path IN ({listed})")


def live(connection: DuckDBPyConnection, files: Collection[str]) -> dict[str, str]:
    """Those of the files, by name, that the newest state is made of, with their tables."""
    rows = connection.execute(
        f"SELECT f.path, t.table_name FROM {META}.ducklake_data_file AS f "
        f"JOIN {META}.ducklake_table AS t ON t.table_id = f.table_id AND t.end_snapshot IS NULL "
        "WHERE f.end_snapshot IS NULL"
    ).fetchall()
    return {name: table for path, table in rows if (name := PurePath(path).name) in files}


def showing(connection: DuckDBPyConnection, files: Collection[str]) -> list[int]:
    """The numbers of the snapshots that are made of one of the files, by name."""
    rows = connection.execute(
        f"SELECT path, begin_snapshot, end_snapshot FROM {META}.ducklake_data_file"
    ).fetchall()
    spans = [(begin, end) for path, begin, end in rows if PurePath(path).name in files]
    known = connection.execute(f"SELECT snapshot_id FROM {META}.ducklake_snapshot ORDER BY 1")
    return [
        number
        for (number,) in known.fetchall()
        if any(begin <= number and (end is None or number < end) for begin, end in spans)
    ]


def narrow_statistics(connection: DuckDBPyConnection) -> None:
    """Let what is noted of a table's texts be no more than what its files have.

    DuckLake notes the least and the greatest value of every column, and widens them only.
    """
    connection.execute(
        f"UPDATE {META}.ducklake_table_column_stats AS t SET min_value = s.low, max_value = s.high "
        "FROM (SELECT a.table_id, a.column_id, min(f.min_value) AS low, max(f.max_value) AS high "
        f"FROM {META}.ducklake_table_column_stats AS a "
        f"JOIN {META}.ducklake_column AS c ON c.table_id = a.table_id "
        "AND c.column_id = a.column_id AND lower(c.column_type) IN ('varchar', 'blob') "
        f"LEFT JOIN {META}.ducklake_file_column_stats AS f "
        "ON f.table_id = a.table_id AND f.column_id = a.column_id "
        "GROUP BY a.table_id, a.column_id) AS s "
        "WHERE t.table_id = s.table_id AND t.column_id = s.column_id"
    )


def orders(connection: DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    """The columns that each table is sorted by, of those that are."""
    rows = connection.execute(
        "SELECT t.table_name, list(trim(e.expression, '\"') ORDER BY e.sort_key_index) "
        f"FROM {META}.ducklake_sort_info AS i "
        f"JOIN {META}.ducklake_sort_expression AS e USING (sort_id, table_id) "
        f"JOIN {META}.ducklake_table AS t ON t.table_id = i.table_id "
        "AND t.end_snapshot IS NULL WHERE i.end_snapshot IS NULL GROUP BY t.table_name"
    ).fetchall()
    return {table: tuple(columns) for table, columns in rows}


def _at(moment: dt.datetime) -> str:
    return f"TIMESTAMPTZ '{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S.%f}+00'"
