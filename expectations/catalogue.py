"""Every expectation there is, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Iterator

from expectations.model import Expectation
from expectations.quarantine import FOLLOWED, follow_expectation
from expectations.rules import pointers_of, rules_of
from expectations.structure import structure, types
from expectations.totals import Limits, Totals, aggregates
from warehouse.tables import ARTICLE_TABLES

#: What a failure of each kind does, for a person.
CONSEQUENCE = {
    "row": "the failing rows go to quarantine, the others pass",
    "warning": "the rows that it doubts are published, and named in the table warnings",
    "aggregate": "the batch is not published and the run fails",
}


def catalogue(limits: Limits | None = None) -> list[Expectation]:
    """All expectations of the article tables, table by table; ``limits`` word the aggregates."""
    return list(_all(limits or Limits()))


def _all(limits: Limits) -> Iterator[Expectation]:
    whole = [one.expectation for one in aggregates(Totals(), Totals(), limits)]
    for table in ARTICLE_TABLES:
        yield from types(table)
        yield from structure(table)
        yield from pointers_of(table.name)
        yield from rules_of(table.name)
        yield from (follow_expectation(one) for one in FOLLOWED if one.table == table.name)
        yield from (one for one in whole if one.table == table.name)


def descriptions(limits: Limits | None = None) -> dict[tuple[str, str, str | None], str]:
    """What is expected, by (table, expectation, column)."""
    return {(e.table, e.name, e.column): e.description for e in catalogue(limits)}
