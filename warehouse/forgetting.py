"""Leaving no byte of an article in the files of a lake.

Its rows leave the newest state in a transaction (:func:`remove`). What is left of it then lies in
the files of earlier states, in what the catalog notes of files (the least and greatest value of
every column, payloads included) and in copies of the catalog. :func:`purge` removes that, in steps
that can all be done again: killed at any moment, the next call goes on.

An earlier state that showed the article cannot be kept: its files are one with those of the other
articles. Such snapshots expire; those before the article came and those since its removal stay.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import ducklake
from warehouse.catalog import LAKE, Catalog, quoted
from warehouse.compaction import compact
from warehouse.errors import LakeError
from warehouse.files import Files, full
from warehouse.publishing import Publication, write
from warehouse.tables import (
    ARTICLE_TABLES,
    BANDS,
    CORRECTIONS,
    QUALITY,
    QUARANTINE,
    RAW_ARTICLES,
    STORY_TABLES,
    TABLES_BY_NAME,
    TOMBSTONES,
    VISITS,
    WARNINGS,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: The tables that hold words of articles, with the column that tells whose they are.
HOLDING = {
    **{
        table.name: "article_id"
        for table in (*ARTICLE_TABLES, *STORY_TABLES, QUARANTINE, WARNINGS, CORRECTIONS)
    },
    RAW_ARTICLES.name: "raw_id",
    VISITS.name: "raw_id",
}
#: What stands in place of a detail that quoted a row.
FORGOTTEN = "forgotten"


@dataclass(frozen=True)
class Purged:
    """What a purge did: the snapshots that expired, how many files were removed."""

    snapshots: tuple[int, ...]
    files: int


@dataclass(frozen=True)
class Barred:
    """The ids of articles, and of raw inputs, that were forgotten and stay out."""

    articles: frozenset[str]
    raws: frozenset[str]


def barred(connection: DuckDBPyConnection) -> Barred:
    """What the table of tombstones says."""
    rows = connection.execute(f"SELECT article_id, raw_id FROM {LAKE}.{TOMBSTONES.name}").fetchall()
    return Barred(frozenset(a for a, _ in rows), frozenset(r for _, r in rows))


def showing(
    connection: DuckDBPyConnection,
    there: Files,
    article_ids: Collection[str],
    raw_ids: Collection[str],
) -> list[int]:
    """The numbers of the snapshots whose files hold rows of theirs."""
    return ducklake.showing(connection, _holding(connection, there, article_ids, raw_ids))


def remove(
    connection: DuckDBPyConnection, publication: Publication, article_ids: Collection[str]
) -> None:
    """Do what the publication says, inside the transaction that is open, and take out what the
    results of checks quote of those articles' rows."""
    ids = row_ids(connection, article_ids)
    write(connection, publication)
    name = f"{LAKE}.{QUALITY.name}"
    details = connection.execute(
        f"SELECT DISTINCT detail FROM {name} WHERE detail IS NOT NULL"
    ).fetchall()
    quoting = [detail for (detail,) in details if any(row_id in detail for row_id in ids)]
    if not quoting:
        return
    held = f"detail IN ({_listed(quoting)})"
    connection.execute(
        f"CREATE TEMPORARY TABLE told AS SELECT * REPLACE ({quoted(FORGOTTEN)} AS detail) "
        f"FROM {name} WHERE {held}"
    )
    connection.execute(f"DELETE FROM {name} WHERE {held}")
    connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM temp.told")
    connection.execute("DROP TABLE temp.told")


def purge(
    connection: DuckDBPyConnection,
    catalog: Catalog,
    article_ids: Collection[str],
    raw_ids: Collection[str],
) -> Purged:
    """Remove what earlier states, notes and copies hold of articles that no table has any more.

    The caller holds the write lock. Raises ``LakeError`` if the newest state has one of them, or
    when it cannot go on; what was done until then is kept.
    """
    holding = _holding(connection, catalog.files, article_ids, raw_ids)
    for table in sorted(set(ducklake.live(connection, holding).values())):
        compact(catalog, connection, table)  # rows that are only marked as deleted
    if still := ducklake.live(connection, holding):
        raise LakeError(
            f"the newest state still has what is to be forgotten, in {', '.join(sorted(still))}"
        )
    numbers = ducklake.showing(connection, holding)
    ducklake.expire(connection, numbers)
    catalog.files.remove(holding.values())
    gone = [path for path in ducklake.needless(connection) if Path(path).name in holding]
    ducklake.forget_files(connection, gone)
    ducklake.narrow_statistics(connection)
    catalog.prune(0)
    catalog.rewrite()
    catalog.back_up()
    return Purged(tuple(numbers), len(holding))


def row_ids(connection: DuckDBPyConnection, article_ids: Collection[str]) -> set[str]:
    """The articles' ids and those of their rows."""
    ids = set(article_ids)
    for name, column in HOLDING.items():
        if column == "article_id" and article_ids and name != BANDS.name:  # a band is no row's id
            declared = TABLES_BY_NAME[name]
            key = "row_id" if "row_id" in declared.column_names else declared.key[-1]
            found = connection.execute(
                f'SELECT DISTINCT "{key}" FROM {LAKE}.{name} '
                f"WHERE article_id IN ({_listed(article_ids)})"
            )
            ids.update(row_id for (row_id,) in found.fetchall())
    return ids


def _holding(
    connection: DuckDBPyConnection,
    there: Files,
    article_ids: Collection[str],
    raw_ids: Collection[str],
) -> dict[str, str]:
    """The files that hold a row of theirs, by name: of any state, and such as nobody knows; each
    with its path seen from the place of the data."""
    found: dict[str, str] = {}
    for name, column in HOLDING.items():
        wanted = raw_ids if column == "raw_id" else article_ids
        if not wanted:
            continue
        paths = {
            full(there, file.path): file
            for file in there.parquet(f"main/{name}")
            if not file.name.endswith("-delete.parquet")  # numbers of rows only
        }
        if not paths:
            continue
        files = ", ".join(map(quoted, paths))
        rows = connection.execute(
            f"SELECT DISTINCT filename FROM read_parquet([{files}], union_by_name => true, "
            f'filename => true, hive_partitioning => false) WHERE "{column}" IN ({_listed(wanted)})'
        ).fetchall()
        found.update((paths[path].name, paths[path].path) for (path,) in rows)
    return found


def _listed(values: Collection[str]) -> str:
    return ", ".join(map(quoted, sorted(values)))
