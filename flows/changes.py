"""What a rebuilt batch changes in the lake: rows and values, counted by table and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flows.plan import Key
from warehouse.columns import Table
from warehouse.lake import Lake, Publication
from warehouse.tables import ARTICLE_TABLES, ARTICLES, REBUILD_CHANGES, REJECTS, RUNS, TABLES, Row

#: Table, column (None for whole rows), added, removed or changed.
Change = tuple[str, str | None, str]

#: Columns that change with every extractor and say nothing of what was read.
_OF_THE_EXTRACTOR = {ARTICLES.name: frozenset({"extractor"})}


@dataclass
class Changes:
    """How many rows changed how, with an article of each kind, and the articles that changed."""

    counts: Counter[Change] = field(default_factory=Counter)
    examples: dict[Change, str | None] = field(default_factory=dict)
    articles: set[str] = field(default_factory=set)

    def rows(self, run_id: str, batch: int) -> list[Row]:
        """The rows of ``changes``, in the order of the tables and their columns."""
        return [
            REBUILD_CHANGES.row(
                run_id=run_id,
                batch_no=batch,
                table_name=table,
                column_name=column,
                change=change,
                rows=count,
                example=self.examples[table, column, change],
            )
            for (table, column, change), count in self.counts.items()
        ]

    def _note(self, change: Change, row: Row) -> None:
        article_id = row.get("article_id")
        self.counts[change] += 1
        self.examples.setdefault(change, article_id)
        if article_id is not None:
            self.articles.add(article_id)

    def compare(self, table: Table, before: Iterable[Row], after: Iterable[Row]) -> None:
        """Count what differs between the rows of a table before and after."""
        old, new = _by_key(table, before), _by_key(table, after)
        silent = {*table.key, *table.volatile, *_OF_THE_EXTRACTOR.get(table.name, ())}
        for key, row in new.items():
            if key not in old:
                self._note((table.name, None, "added"), row)
        for key, row in old.items():
            if key not in new:
                self._note((table.name, None, "removed"), row)
        both = [(old[key], row) for key, row in new.items() if key in old]
        for column in table.column_names:
            if column not in silent:
                for was, now in both:
                    if was[column] != now[column]:
                        self._note((table.name, column, "changed"), now)


def changes(lake: Lake, publication: Publication) -> Changes:
    """What the publication of a batch will change, told by the lake as it stands."""
    found = Changes()
    for table in ARTICLE_TABLES:
        before = lake.fetch(table.name, "article_id", publication.replace.get(table.name, ()))
        found.compare(table, before, publication.insert[table.name].to_pylist())
    again = set(publication.forget.get(REJECTS.name, ()))
    raw_ids = {raw_id for _, _, raw_id in again if raw_id is not None}
    rejects = lake.fetch(REJECTS.name, "raw_id", raw_ids)
    before = [row for row in rejects if (row["source"], row["source_uri"], row["raw_id"]) in again]
    found.compare(REJECTS, before, publication.insert[REJECTS.name].to_pylist())
    return found


def outcomes(
    again: Mapping[Key, str | None],
    now: Mapping[Key, str],
    duplicates: Iterable[str],
    changed: Iterable[str],
) -> Counter[str]:
    """What the inputs of a rebuilt batch count as.

    ``again`` gives the article that each was, ``now`` what it is (neither has rejects). An input
    that was none and is an article is new; one whose article's rows changed is revised.
    """
    twice, differs = set(duplicates), set(changed)
    counts: Counter[str] = Counter()
    for key, before in again.items():
        article_id = now.get(key)
        if article_id is None:
            counts["rejects"] += 1
        elif before is None:
            counts["new"] += 1
        elif article_id in twice:
            counts["duplicates"] += 1
        else:
            counts["revised" if article_id in differs else "unchanged"] += 1
    return counts


def since_last_rebuild(lake: Lake, run_id: str) -> list[Row]:
    """What this rebuild changed, with those before it that did not come to their end.

    Rows of table_name, column_name, change, rows, example and runs, in the order of the tables.
    """
    found: list[Row] = lake.query(
        "SELECT table_name, column_name, change, sum(rows)::BIGINT AS rows, min(example) AS "
        f"example, count(DISTINCT run_id) AS runs FROM lake.{REBUILD_CHANGES.name} "
        "WHERE run_id <= ? AND run_id > coalesce("
        f"(SELECT max(run_id) FROM lake.{RUNS.name} WHERE command = 'rebuild' "
        "AND status = 'done' AND run_id < ?), '') GROUP BY ALL",
        [run_id, run_id],
    ).to_pylist()
    order = {
        (table.name, column): (place, at)
        for place, table in enumerate(TABLES)
        for at, column in enumerate((None, *table.column_names))
    }
    kinds = ("added", "removed", "changed")
    found.sort(
        key=lambda row: (*order[row["table_name"], row["column_name"]], kinds.index(row["change"]))
    )
    return found


def _by_key(table: Table, rows: Iterable[Row]) -> dict[tuple[object, ...], Row]:
    return {tuple(row[name] for name in table.key): row for row in rows}
