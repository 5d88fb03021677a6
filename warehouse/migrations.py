"""What a declaration cannot say of itself when the tables change, version by version.

A lake of an older version is compared with the declarations (:mod:`warehouse.migrate`). New
tables, new columns that may be null, columns that may be null from now on, wider numbers and
another order follow from that. What does not is said here, by the number of the version that it
leads to:

- ``Rename("figures", "rule", "read_by")``: a column has another name.
- ``RenameTable("dates", "times")``: a table has.
- ``Fill("figures", "confidence", "CASE qualifier WHEN 'exact' THEN 1 ELSE 0.5 END")``: the value
  of a column in the rows that are there, in SQL over the columns of its table (by the names they
  have in the end, those that are dropped included). A new column that may not be null needs one.
- ``Drop("figures", "subject")``, ``Drop("figures")``: a column or a table is no more.

Steps are never changed once a release had them. Each version comes with a test in
``tests/warehouse/test_migrate.py`` that migrates a lake of the shape before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rename:
    """A column has another name."""

    table: str
    old: str
    new: str


@dataclass(frozen=True)
class RenameTable:
    """A table has another name."""

    old: str
    new: str


@dataclass(frozen=True)
class Fill:
    """What a column holds in the rows that are there: an SQL expression over their columns."""

    table: str
    column: str
    sql: str


@dataclass(frozen=True)
class Drop:
    """A column, or without one the table, is no more."""

    table: str
    column: str | None = None


Step = Rename | RenameTable | Fill | Drop

#: The steps to each version from the one before it, in order.
MIGRATIONS: Mapping[int, tuple[Step, ...]] = {
    # until they are rebuilt, articles are of the story of the text that they have
    8: (Fill("articles", "story_id", "coalesce(duplicate_of, article_id)"),),
}
