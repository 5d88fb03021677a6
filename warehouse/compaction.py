"""Making few files of many: the rows of small files are taken out and put in again, as one.

DuckLake's own ``ducklake_merge_adjacent_files`` takes the small files out of the history that
open transactions read, and a reader that holds one open may then silently miss rows
(``docs/architecture-storage.md``). Deleting and inserting the same rows is
a change like any other: who reads an earlier snapshot goes on reading the earlier files. The price
is the room these take until their snapshots expire.

So that rows are not written again and again, a file is only taken with smaller ones that together
have a fair share of its size; sizes then grow in steps, and a partition keeps a few files. A file
of which rows are marked as deleted, as publishing once did, is always written anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from warehouse.catalog import LAKE, Catalog, quoted
from warehouse.ducklake import File, files
from warehouse.transaction import Message, commit

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Bytes that are put into one file; larger files are left as they are.
TARGET = 32 * 1024 * 1024
#: A file is taken with smaller ones if it is at most this many times as large as they together.
STEP = 4


def groups(some: Sequence[File]) -> Iterator[list[File]]:
    """The files that are written anew together, each group at most ``TARGET`` bytes and a step."""
    partitions: dict[str, list[File]] = {}
    for file in sorted(some, key=lambda f: (f.bytes, f.path)):
        partitions.setdefault(file.partition, []).append(file)
    for _, within in sorted(partitions.items()):
        group: list[File] = []
        total = 0
        for file in within:
            worn = file.deleted_share > 0
            if group and total + file.bytes > TARGET:
                yield from _worth_it(group)
                group, total = [], 0
            if file.bytes >= TARGET / 2 and not worn:
                continue
            if group and file.bytes > STEP * total and not worn:
                break
            group.append(file)
            total += file.bytes
        yield from _worth_it(group)


def _worth_it(group: list[File]) -> Iterator[list[File]]:
    if len(group) > 1 or any(file.deleted_share > 0 for file in group):
        yield group


def compact(catalog: Catalog, connection: DuckDBPyConnection, table: str) -> None:
    """Write a table's small and worn files anew, one transaction a group.

    Raises ``LakeError`` for a group that cannot be; the groups before it are done.
    """
    name = f'{LAKE}."{table}"'
    for group in groups(files(connection, table)):
        listed = ", ".join(quoted(file.path) for file in group)

        def work(where: str = f"filename IN ({listed})") -> None:
            connection.execute(
                f"CREATE TEMPORARY TABLE aside AS SELECT * FROM {name} WHERE {where}"
            )
            connection.execute(f"DELETE FROM {name} WHERE {where}")
            connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM temp.aside")
            connection.execute("DROP TABLE temp.aside")

        told = f"maintain: {table}, {len(group)} files into one"
        commit(catalog, connection, work, Message(told))
