"""How the lake should be cut: files and bytes under different partitions, and keys asked of it.

``python -m benchmarks.storage [BATCHES]`` writes synthetic lakes in a temporary folder and prints
the tables of docs/architecture-storage.md. Bytes are those the process asked the system for
(``rchar`` of /proc/self/io), so the benchmark runs on Linux.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa

import warehouse
from warehouse.columns import Row
from warehouse.lake import Lake, Publication
from warehouse.layout import PARTITION_COLUMN, ROW_GROUP
from warehouse.tables import ARTICLE_TABLES, INPUTS, TABLES_BY_NAME

ARTICLES, MONTHS = 500, 60
#: Rows of each table in an article, as in news of some 350 words.
PER_ARTICLE = {"articles": 1, "entities": 12, "mentions": 25, "dates": 8, "figures": 10}
WORDS = ("river", "north", "flood", "minister", "money", "election", "strike", "region", "storm")
MONTH = "published_date BETWEEN DATE '2022-05-01' AND DATE '2022-05-31'"
QUESTIONS = {
    "figures by category": f"SELECT category, sum(value) FROM figures WHERE {MONTH} GROUP BY ALL",
    "evidence sentences": f"SELECT sentence FROM figures WHERE {MONTH}",
    "texts": f"SELECT sum(length(text)) FROM articles WHERE {MONTH}",
}


@dataclass(frozen=True)
class Cut:
    """A way to cut the tables: partition (None is none) and rows in a row group."""

    name: str
    partition: str | None
    row_groups: dict[str, int] | int


YEAR, MONTHLY = f"year({PARTITION_COLUMN})", f"year({PARTITION_COLUMN}), month({PARTITION_COLUMN})"
CHOSEN = {table.name: ROW_GROUP for table in ARTICLE_TABLES} | {"articles": 2048}
CUTS = (
    Cut("none, 122,880 rows a group", None, 122_880),
    Cut("none, 2,048 rows a group", None, 2048),
    Cut("year, 122,880 rows a group", YEAR, 122_880),
    Cut("year, 8,192 and 2,048 (chosen)", YEAR, CHOSEN),
    Cut("year, 2,048 rows a group", YEAR, 2048),
    Cut("month, 122,880 rows a group", MONTHLY, 122_880),
)


@cache
def synthetic_batch(number: int) -> dict[str, pa.Table]:
    """500 articles spread evenly over 60 months, with their rows."""
    chance = random.Random(number)
    rows: dict[str, list[Row]] = {name: [] for name in PER_ARTICLE}
    for _ in range(ARTICLES):
        day = dt.date(2020, 1, 1) + dt.timedelta(days=chance.randrange(MONTHS * 365 // 12))
        article_id = _id(chance)
        text = " ".join(chance.choice(WORDS) + str(chance.randrange(50)) for _ in range(350))
        for name, count in PER_ARTICLE.items():
            table = TABLES_BY_NAME[name]
            for i in range(count):
                row = {c.name: _value(chance, text, c.kind.python, i) for c in table.columns}
                row |= {"article_id": article_id, "published_date": day}
                if name == "articles":
                    row["text"] = text
                elif name == "figures":
                    row["sentence"] = text[i * 100 : i * 100 + 160]
                rows[name].append(row)
    return {name: TABLES_BY_NAME[name].arrow(some) for name, some in rows.items()}


def _id(chance: random.Random) -> str:
    return f"{chance.getrandbits(64):016x}"


def _value(chance: random.Random, text: str, kind: type, i: int) -> object:
    start = chance.randrange(len(text) - 200)
    values: dict[type, Callable[[], object]] = {
        str: lambda: _id(chance) if chance.random() < 0.1 else text[start : start + 20],
        int: lambda: i,
        float: chance.random,
        bool: lambda: True,
        list: lambda: ["A"],
        dt.date: lambda: dt.date(2022, 1, 1),
        dt.datetime: lambda: dt.datetime(2026, 1, 1),
    }
    return values[kind]()


def measure_cut(cut: Cut, folder: Path, batches: int) -> None:
    """Write the batches under the cut; print files, bytes and what the questions read."""
    with Lake.open(folder, create=True) as lake:
        for table in ARTICLE_TABLES:
            rows = cut.row_groups if isinstance(cut.row_groups, int) else cut.row_groups[table.name]
            name = f"lake.{table.name}"
            how = (
                f"SET PARTITIONED BY ({cut.partition})" if cut.partition else "RESET PARTITIONED BY"
            )
            lake.query(f"ALTER TABLE {name} {how}")
            lake.query(
                f"CALL lake.set_option('parquet_row_group_size', {rows}, "
                f"table_name => '{table.name}')"
            )
        seconds = []
        for number in range(batches):
            data = synthetic_batch(number)
            start = time.process_time()
            lake.publish(Publication(insert=data), "benchmark")
            seconds.append(time.process_time() - start)
        _report(cut.name, "as written", folder, batches, statistics.median(seconds))
        lake.query("CALL ducklake_merge_adjacent_files('lake')")
        lake.query("CALL ducklake_expire_snapshots('lake', older_than => now())")
        lake.query("CALL ducklake_cleanup_old_files('lake', cleanup_all => true)")
        _report(cut.name, "merged", folder, batches, None)


def _report(name: str, state: str, folder: Path, batches: int, publish: float | None) -> None:
    files = [
        path
        for table in ARTICLE_TABLES
        for path in (folder / "data" / "main" / table.name).rglob("*.parquet")
    ]
    size = sum(path.stat().st_size for path in files)
    read = " | ".join(_read(folder, sql) for sql in QUESTIONS.values())
    took = f"{publish:.2f}" if publish is not None else ""
    print(
        f"| {name} | {state} | {len(files) / batches:.1f} | {size / len(files) / 1e3:.0f} "
        f"| {size / 1e6:.1f} | {took} | {read} |",
        flush=True,
    )


def _read(folder: Path, sql: str) -> str:
    """Files and megabytes that a question reads when nothing is cached."""
    with warehouse.connect(folder) as connection:
        connection.execute("SET enable_external_file_cache = false")
        plan = connection.execute(f"EXPLAIN ANALYZE {sql}").fetchall()[0][1]
        before = _bytes_read()
        connection.execute(sql).fetchall()
        read = _bytes_read() - before
    files = sum(int(number) for number in re.findall(r"Total Files Read:\s*(\d+)", plan))
    return f"{files}, {read / 1e6:.2f} MB"


def _bytes_read() -> int:
    return int(re.findall(r"rchar: (\d+)", Path("/proc/self/io").read_text())[0])


def measure_keys(folder: Path, batches: int = 200) -> None:
    """Ask a ledger of ``batches`` files of 500 rows for 500 keys, in several ways."""

    def key(number: int) -> tuple[str, str, str]:
        raw_id = hashlib.sha256(str(number).encode()).hexdigest()
        return ("wire", f"{number // 5000:03d}/{number:07d}.txt", raw_id)

    with Lake.open(folder, create=True) as lake:
        for batch in range(batches):
            rows = []
            for number in range(batch * ARTICLES, batch * ARTICLES + ARTICLES):
                source, uri, raw_id = key(number)
                rows.append(
                    INPUTS.row(
                        source=source,
                        source_uri=uri,
                        raw_id=raw_id,
                        article_id=raw_id[:16],
                        text_id=raw_id[16:32],
                        run_id="benchmark",
                    )
                )
            lake.publish(Publication(insert={"inputs": INPUTS.arrow(rows)}), "benchmark")
        count = batches * ARTICLES
        chance = random.Random(1)
        near = [key(n) for n in range(count // 2, count // 2 + ARTICLES)]
        far = [key(n) for n in chance.sample(range(2 * count), ARTICLES)]
        ids = [raw_id[:16] for _, _, raw_id in far]
        asked: dict[str, Callable[[], int]] = {
            "known_inputs, 500 neighbours, all known": lambda: len(lake.known_inputs(near)),
            "known_inputs, 500 from everywhere, half known": lambda: len(lake.known_inputs(far)),
            "fetch, by 500 article_ids": lambda: len(
                lake.fetch("inputs", "article_id", ids, ["article_id", "raw_id"])
            ),
            "the whole column, for comparison": lambda: (
                lake.query("SELECT source, source_uri, raw_id FROM lake.inputs").num_rows
            ),
        }
        print(
            f"\n| {count:,} rows in {batches} files | rows | first, CPU-ms | median of 5, CPU-ms |"
        )
        print("| --- | --- | --- | --- |")
        for name, ask in asked.items():
            times = []
            for _ in range(6):
                start = time.process_time()
                found = ask()
                times.append((time.process_time() - start) * 1e3)
            print(f"| {name} | {found:,} | {times[0]:.0f} | {statistics.median(times[1:]):.0f} |")


def main() -> None:
    batches = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    print(f"{batches} batches of {ARTICLES} articles over {MONTHS} months\n")
    columns = ("cut", "state", "files a batch", "KB a file", "MB", "publish, CPU-s", *QUESTIONS)
    print(f"| {' | '.join(columns)} |")
    print("| --- " * len(columns) + "|")
    with tempfile.TemporaryDirectory() as temporary:
        for number, cut in enumerate(CUTS):
            measure_cut(cut, Path(temporary) / str(number), batches)
        measure_keys(Path(temporary) / "keys")


if __name__ == "__main__":
    main()
