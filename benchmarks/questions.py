"""How long does an analyst wait for an answer, in a small lake and in a large one?

    python -m benchmarks.questions LAKE [--articles 20000 200000] [--keep DIR]

Makes lakes out of copies of LAKE's rows: copy ``n`` has ids of its own for articles and their rows
and for every entity that is known in one article only (people and bodies of the local news differ
from day to day); places, countries and what else has a link are the same in all. Days are moved
so that the copies lie side by side over time. Each copy is one snapshot, as a batch of a run is;
then the lake is tidied as ``dateline maintain`` does. Texts are copied, raw inputs are not.

Prints for each view, and each question of docs/cookbook.md, the seconds of the first answer and
the median of three more, and how they grow. A view is asked for its first 20 rows in its order, as
``dateline ask`` does: over the whole lake, and with the filter that a person would give it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import warehouse
from warehouse.lake import Lake, Publication
from warehouse.reader import Reader
from warehouse.tables import ARTICLE_TABLES, REPEATS, TABLES_BY_NAME, Table
from warehouse.views import VIEWS

ROWS = 20
AGAIN = 3
COOKBOOK = Path(__file__).parent.parent / "docs" / "cookbook.md"
#: What a person asks of a view.
FILTERS = {
    "figure_details": "category = 'killed' AND place_country = 'UKR'",
    "count_claims": "category = 'killed' AND place_country = 'UKR'",
    "latest_counts": "category = 'killed' AND place_country = 'UKR'",
    "count_timeline": "category = 'killed' AND place_country = 'UKR'",
    "conflicting_counts": "category = 'killed'",
    "events_per_day": "place_country = 'UKR'",
    "claims_by_source": "speaker_country = 'UKR'",
    "quotes": "speaker = 'Joe Biden'",
    "transfers": "receiver_country = 'UKR'",
    "scheduled": "day BETWEEN DATE '2024-08-01' AND DATE '2024-08-31'",
    "date_details": "date_start BETWEEN DATE '2024-08-01' AND DATE '2024-08-31'",
    "event_dates": "event_type = 'attack'",
    "entity_daily": "name = 'Ukraine'",
    "entity_pairs": "name_a = 'Ukraine'",
    "entity_comentions": "name_a = 'Ukraine'",
    "article_rows": "row_id = (SELECT min(figure_id) FROM figures)",
}
_COPIED = (*ARTICLE_TABLES, REPEATS)
_ENTITY = "entity_id"
#: The form of ids of articles and their rows.
_ROW_ID = TABLES_BY_NAME["articles"].columns[0].pattern


def main(arguments: list[str]) -> None:
    """The command."""
    command = argparse.ArgumentParser(prog="benchmarks.questions", description=__doc__)
    command.add_argument("lake", type=Path)
    command.add_argument("--articles", type=int, nargs="+", default=[20_000, 200_000])
    command.add_argument("--keep", type=Path, help="a folder that the lakes stay in")
    given = command.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="dateline-questions-") as scratch:
        folder = given.keep or Path(scratch)
        taken = {
            size: _asked(_made(given.lake, folder / str(size), size)) for size in given.articles
        }
    _report(taken)


def _made(source: Path, target: Path, articles: int) -> Path:
    """A lake of at least so many articles, made of copies; one that is there is taken."""
    if target.exists():
        return target
    with warehouse.connect(source) as connection, Lake.open(target, create=True) as lake:
        row = connection.execute("SELECT count(*) FROM lake.articles").fetchone()
        assert row is not None
        copies = -(-articles // int(row[0]))
        days = connection.execute(
            "SELECT date_diff('day', min(published_date), max(published_date)) FROM lake.articles "
            "WHERE published_date > DATE '2000-01-01'"
        ).fetchone()
        assert days is not None
        for number in range(copies):
            insert = {
                table.name: connection.execute(_copy(table, number, number * 3)).to_arrow_table()
                for table in _COPIED
            }
            lake.publish(Publication(insert=insert, batch=number + 1), "copies")
            sys.stderr.write(f"\r{target}: {number + 1} of {copies} copies")
        sys.stderr.write("\n")
        lake.maintain()
    return target


def _copy(table: Table, number: int, days: int) -> str:
    """The question for the table's rows as copy ``number`` has them."""
    local = "SELECT DISTINCT entity_id FROM lake.entities WHERE link_status <> 'linked'"
    columns = []
    for column in table.columns:
        name = f't."{column.name}"'
        if column.name.endswith(_ENTITY):
            value = f"CASE WHEN {name} IN ({local}) THEN {_own(name, number)} ELSE {name} END"
        elif column.pattern == _ROW_ID:
            value = _own(name, number)
        elif column.kind.sql == "DATE":
            value = f"CAST({name} + INTERVAL {days} DAY AS DATE)"
        elif column.kind.sql == "TIMESTAMP":
            value = f"{name} + INTERVAL {days} DAY"
        else:
            value = name
        columns.append(f'{value} AS "{column.name}"')
    return f"SELECT {', '.join(columns)} FROM lake.{table.name} AS t"


def _own(name: str, number: int) -> str:
    return f"left(md5({name} || '{number}'), 16)" if number else name


def _questions() -> Iterator[tuple[str, str]]:
    """By name: the views with their orders, without and with a filter, then the cookbook's."""
    for view in VIEWS:
        order = f" ORDER BY {view.order}" if view.order else ""
        yield view.name, f"SELECT * FROM {view.name}{order} LIMIT {ROWS}"
        if view.name in FILTERS:
            where = f"WHERE {FILTERS[view.name]}{order}"
            yield f"{view.name}, asked", f"SELECT * FROM {view.name} {where} LIMIT {ROWS}"
    if COOKBOOK.is_file():
        parts = COOKBOOK.read_text(encoding="utf-8").split("```sql\n")[1:]
        for number, part in enumerate(parts, 1):
            yield f"cookbook {number}", part.split("```")[0]


def _asked(lake: Path) -> dict[str, tuple[float, float]]:
    """Seconds of the first answer, and of one more, by question."""
    taken = {}
    with Reader.open(lake) as reader:
        for name, question in _questions():
            seconds = []
            for _ in range(1 + AGAIN):
                begun = time.perf_counter()
                reader.ask(question)
                seconds.append(time.perf_counter() - begun)
            taken[name] = (seconds[0], statistics.median(seconds[1:]))
            sys.stderr.write(f"{name}: {taken[name][0]:.2f} {taken[name][1]:.2f}\n")
    return taken


def _report(taken: dict[int, dict[str, tuple[float, float]]]) -> None:
    sizes = list(taken)
    heads = "".join(f"{size:>12,} first  again" for size in sizes)
    sys.stdout.write(f"{'question':<24}{heads}  growth\n")
    for name in taken[sizes[0]]:
        told = "".join(f"{taken[s][name][0]:>18.2f} {taken[s][name][1]:>6.2f}" for s in sizes)
        growth = taken[sizes[-1]][name][1] / max(taken[sizes[0]][name][1], 1e-3)
        sys.stdout.write(f"{name:<24}{told}  {growth:>6.1f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
