"""What grows with a lake? Commits, plans, the catalog and upkeep by files; questions by rows.

    python -m benchmarks.growth files EXPORT DIR [--lake LAKE] [--steps 1000 10000 100000]
    python -m benchmarks.growth rows EXPORT DIR [--lake LAKE] [--steps 100000 300000 1000000]

EXPORT is a folder that ``dateline export EXPORT --lake ...`` wrote of a lake of real articles: its
rows are put in again and again under other ids and days. DIR is a folder for the lakes that are
made; ``--lake`` is an address in place of a folder in it (``postgres://...``).

``files`` publishes batches of 20 articles, spread over ten years as an archive's are, until there
are so many files, and prints at each step the CPU and wall time of a commit, of planning a
question (``EXPLAIN``), of answering it, the bytes of the catalog; then of ``maintain``, on a copy
of the lake, and of the same questions after it. ``rows`` puts in rows for so many articles in few
large files, and prints the time of each question of the cookbook's kind at each step, and how it
grew: 1 is in proportion to the rows, 0 is not at all.
"""

from __future__ import annotations

import argparse
import math
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

import warehouse
from warehouse.lake import Lake, Publication
from warehouse.tables import ARTICLE_TABLES, STORY_TABLES, TABLES_BY_NAME

if TYPE_CHECKING:
    from warehouse.reader import Connection

#: Articles in a batch, and the years that they are spread over.
BATCH, YEARS = 20, 10
#: Of how many commits the last are measured.
LAST = 15
TABLES = tuple(table.name for table in (*ARTICLE_TABLES, *STORY_TABLES))
#: Columns whose values are ids that are made anew: the same value, the same id.
IDS = frozenset(
    (
        "article_id", "mention_id", "figure_id", "date_id", "claim_id", "event_id", "story_id",
        "family_id", "duplicate_of", "of_figure_id", "restates", "conversion_of", "continues",
        "within", "as_of_date_id",
    )
)  # fmt: skip
ONE_MONTH = "published_date BETWEEN DATE '2021-05-01' AND DATE '2021-05-31'"
QUESTIONS = {
    "a month by category": "SELECT category, count(*), sum(value) FROM figures "
    f"WHERE {ONE_MONTH} AND restates IS NULL GROUP BY ALL ORDER BY ALL",
    "one article's figures": "SELECT * FROM figures WHERE article_id = (SELECT min(article_id) "
    f"FROM articles WHERE {ONE_MONTH}) AND {ONE_MONTH}",
    "who is named, ten years": "SELECT name, sum(mention_count) AS n FROM entities "
    "WHERE entity_type = 'PERSON' GROUP BY name ORDER BY n DESC, name LIMIT 20",
    "figures of a place by year": "SELECT year(published_date), category, count(*) FROM figures "
    "WHERE place_country = 'UKR' GROUP BY ALL ORDER BY ALL",
    "claims with their figures, a month": "SELECT c.speaker_name, count(*) FROM claims c "
    f"JOIN figures f USING (claim_id) WHERE c.{ONE_MONTH} AND f.{ONE_MONTH} "
    "GROUP BY ALL ORDER BY 2 DESC, 1 LIMIT 20",
    "events by country, ten years": "SELECT event_type, place_country, count(*) FROM events "
    "GROUP BY ALL ORDER BY 3 DESC, 1, 2 LIMIT 20",
    "sentences of a month": f"SELECT sum(length(sentence)) FROM figures WHERE {ONE_MONTH}",
}


def main(arguments: list[str]) -> None:
    """The command."""
    command = argparse.ArgumentParser(prog="benchmarks.growth", description=__doc__)
    command.add_argument("what", choices=("files", "rows"))
    command.add_argument("export", type=Path)
    command.add_argument("folder", type=Path)
    command.add_argument("--lake", help="an address in place of a folder")
    command.add_argument("--steps", type=int, nargs="+")
    given = command.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    lake = given.lake or str(given.folder / "lake")
    if given.what == "files":
        by_files(given.export, lake, given.folder, given.steps or [1_000, 10_000, 100_000])
    else:
        by_rows(given.export, lake, given.steps or [100_000, 300_000, 1_000_000])


# by files


def by_files(export: Path, lake: str, folder: Path, steps: list[int]) -> None:
    """Publish batches until there are so many files, and measure at each step."""
    held = {name: pq.read_table(export / f"{name}.parquet") for name in TABLES if _is(export, name)}
    ids = held["articles"]["article_id"].to_pylist()
    batches = 0
    taken: list[tuple[float, float]] = []
    _say("files | commit, CPU-ms | ms | catalog, MB | plan, CPU-ms | answer, CPU-ms")
    with Lake.open(lake, create=True) as opened:
        for step in steps:
            while sum(size.files for size in opened.sizes()) < step:
                rows = _batch(held, ids, batches)
                taken.append(_timed(partial(_publish, opened, rows)))
                batches += 1
            files = sum(size.files for size in opened.sizes())
            cpu, wall = (
                1000 * statistics.median(part) for part in zip(*taken[-LAST:], strict=True)
            )
            plan, answer = _questions(lake)
            _say(
                f"{files:,} | {cpu:.0f} | {wall:.0f} | {_catalog(lake):.1f} | "
                f"{_listed(plan)} | {_listed(answer)}"
            )
            if "://" not in lake:
                _maintained(Path(lake), folder / f"maintained-{step}")
        if "://" in lake:
            _say(f"maintain: {_told(_timed(opened.maintain))}; {_after(lake)}")


def _batch(held: dict[str, pa.Table], ids: list[str], number: int) -> dict[str, pa.Table]:
    """The rows of 20 articles under ids and days of this batch."""
    import duckdb

    some = {ids[(number * BATCH + i) % len(ids)] for i in range(BATCH)}
    connection = duckdb.connect()
    connection.register("chosen", pa.table({"article_id": sorted(some)}))
    rows = {}
    for name, table in held.items():
        connection.register("held", table)
        columns = _columns(name, f"'{number}'", f"hash(article_id) % {365 * YEARS}")
        rows[name] = connection.execute(
            f"SELECT {columns} FROM held WHERE article_id IN (FROM chosen)"
        ).to_arrow_table()
    connection.close()
    return rows


def _publish(lake: Lake, rows: dict[str, pa.Table]) -> None:
    lake.publish(Publication({}, rows), "20260101T000000Z-growth")


def _maintained(lake: Path, copy: Path) -> None:
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(lake, copy, ignore=shutil.ignore_patterns("*-wal", "*-shm", "lake.lock"))
    # what the log holds is in the copy only if it is taken with it
    for name in ("catalog.sqlite-wal",):
        if (lake / name).exists():
            shutil.copy(lake / name, copy / name)
    with Lake.open(copy) as opened:
        taken = _timed(opened.maintain)
        files = sum(size.files for size in opened.sizes())
    _say(f"  maintain: {_told(taken)}, {files:,} files left; {_after(str(copy))}")
    shutil.rmtree(copy)


def _after(lake: str) -> str:
    plan, answer = _questions(lake)
    return f"then plan {_listed(plan)}, answer {_listed(answer)} CPU-ms"


def _catalog(lake: str) -> float:
    if "://" not in lake:
        return sum(path.stat().st_size for path in Path(lake).glob("catalog.sqlite*")) / 1e6
    from warehouse.opening import catalog_at

    return catalog_at(lake).back_up().path.stat().st_size / 1e6


# by rows


def by_rows(export: Path, lake: str, steps: list[int]) -> None:
    """Put in rows for so many articles, and ask at each step."""
    count = pq.read_metadata(export / "articles.parquet").num_rows
    copies = 0
    before: dict[str, tuple[int, float]] = {}
    with Lake.open(lake, create=True) as opened:
        for step in steps:
            while copies * count < step:
                more = min(20, math.ceil(step / count) - copies)
                opened.query("BEGIN")
                for name in TABLES:
                    if _is(export, name):
                        columns = _columns(
                            name, "k", f"(hash(article_id) + k * 7919) % {365 * YEARS}"
                        )
                        opened.query(
                            f"INSERT INTO lake.{name} BY NAME SELECT {columns} FROM "
                            f"read_parquet('{export / name}.parquet'), "
                            f"range({copies}, {copies + more}) AS r(k)"
                        )
                opened.query("COMMIT")
                copies += more
                _say(f"  {copies * count:,} articles")
            rows = sum(opened.counts().values())
            size = sum(one.bytes for one in opened.sizes()) / 1e9
            _say(f"{copies * count:,} articles, {rows:,} rows, {size:.1f} GB")
            for question, sql in QUESTIONS.items():
                with warehouse.connect(lake) as asked:
                    asked.execute(sql).fetchall()
                    cpu, wall = _timed(partial(_ask, asked, sql))
                grew = ""
                if question in before:
                    then, took = before[question]
                    slope = math.log(cpu / took) / math.log(copies * count / then)
                    grew = f", slope {slope:.2f}"
                before[question] = (copies * count, cpu)
                _say(f"  {question}: {1000 * cpu:.0f} CPU-ms, {1000 * wall:.0f} ms{grew}")


# both


def _columns(name: str, salt: str, day: str) -> str:
    """The columns of a table, with other ids, and days within the ten years."""
    told = []
    for column in TABLES_BY_NAME[name].columns:
        value = f'"{column.name}"'
        if column.name in IDS and column.kind.sql == "VARCHAR":
            value = f"substr(md5({value} || {salt}), 1, 16) AS {value}"
        elif column.name == "published_date":
            value = f"DATE '2015-01-01' + CAST({day} AS INTEGER) AS {value}"
        told.append(value)
    return ", ".join(told)


def _is(export: Path, name: str) -> bool:
    return (export / f"{name}.parquet").is_file()


def _questions(lake: str) -> tuple[list[float], list[float]]:
    """CPU-milliseconds of planning and of answering each question, once warm."""
    plan, answer = [], []
    with warehouse.connect(lake) as asked:
        for sql in QUESTIONS.values():
            asked.execute(sql).fetchall()
            plan.append(_timed(partial(_ask, asked, f"EXPLAIN {sql}"))[0])
            answer.append(_timed(partial(_ask, asked, sql))[0])
    return [1000 * one for one in plan], [1000 * one for one in answer]


def _ask(connection: Connection, sql: str) -> None:
    connection.execute(sql).fetchall()


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds of this process, and seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def _told(taken: tuple[float, float]) -> str:
    return f"{taken[0]:.1f} CPU-s, {taken[1]:.1f} s"


def _listed(values: list[float]) -> str:
    return f"{min(values):.0f} to {max(values):.0f}"


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
