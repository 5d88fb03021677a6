"""The data dictionary, docs/tables.md, derived from the declarations.

``python -m warehouse.dictionary`` writes it anew; a test fails while it differs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from warehouse.columns import Column, Table
from warehouse.layout import PARTITION_COLUMN
from warehouse.tables import TABLES
from warehouse.version import LAKE_INFO
from warehouse.views import REFERENCE_VIEWS, VIEWS, View

PAGE = Path(__file__).parents[1] / "docs" / "tables.md"

_HEAD = """\
# The tables

<!-- Derived from the declarations: run `python -m warehouse.dictionary` to write it anew. -->

What `dateline sql`, `warehouse.connect()` and the files of `dateline extract` hold. Names and
types are a contract: columns may be added, none changes its meaning.

- Offsets count characters (Python string indices, SQL `substring(text, char_start + 1,
  char_end - char_start)`) of `articles.text`, end exclusive.
- Times are UTC; dates are calendar dates; intervals include both ends.
- Ids are digests of what a thing is: the same input gives the same ids on any day.
- A table below `articles` repeats `published_date`, so that the commonest question needs no join
  and skips the files of other years.
- *null* marks a column that may be null. Keys are unique, though the lake does not enforce it:
  the checks do.
- The catalog and its files are read through `dateline sql`, `warehouse.connect()` or an export;
  the Parquet files by themselves also hold rows that were replaced since.

In SQL the tables and views stand under their plain names (`FROM figures`). `--at` (a snapshot's
number, a time, a date or a run id) shows them as they were.
"""

_REFERENCE = """\
## ref_*

Each small table of `seeds/reference`, as `ref_` and its name: nationalities, units, named days,
words of events, reporting verbs and the like, which the extractor reads. All columns are text; an
empty value is null. They are written when their content has changed. `ref_rules` says how often
each name in a column `rule` was right where that is known: see [trust.md](trust.md).
"""

_VIEWS = """\
# The views

Views are made in each connection from the installed version's definitions
(`warehouse/views/`), also over an old snapshot. They are not stored in the lake. In the SQL
below, `lake` is the lake's catalog.
"""


def dictionary() -> str:
    """The page, in Markdown."""
    parts = [_HEAD, _contents()]
    parts += ["\n".join(_table(table)) for table in TABLES]
    parts += ["\n".join(_table(LAKE_INFO)), _REFERENCE, _VIEWS]
    parts += ["\n".join(_view(view)) for view in (*VIEWS, *REFERENCE_VIEWS)]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _contents() -> str:
    lines = ["| table or view | what it holds |", "| --- | --- |"]
    items: tuple[Table | View, ...] = (*TABLES, *VIEWS, *REFERENCE_VIEWS)
    for item in items:
        first = item.description.partition(". ")[0].rstrip(".")
        lines.append(f"| [{item.name}](#{item.name}) | {cell(first)} |")
    return "\n".join(lines)


def _table(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield f"{table.description}\n"
    yield f"Key: {_names(table.key)}. {_storage(table)}"
    if table.volatile:
        yield f"Differ between two runs over the same input: {_names(table.volatile)}."
    yield "\n| column | type | null | meaning |\n| --- | --- | --- | --- |"
    for column in table.columns:
        null = "null" if column.nullable else ""
        yield f"| {column.name} | {column.kind.sql} | {null} | {cell(meaning(column))} |"


def _storage(table: Table) -> str:
    cut = (
        f"One file a year of {PARTITION_COLUMN} and batch, sorted"
        if (PARTITION_COLUMN in table.column_names)
        else "Files sorted"
    )
    return f"{cut} by {_names(table.order)}."


def meaning(column: Column) -> str:
    """What a column holds: its description, unit, values, pattern and reference."""
    parts = [column.description]
    if column.unit:
        parts.append(f"in {column.unit}" if column.kind.sql != "TIMESTAMP" else column.unit)
    if column.allowed:
        parts.append("one of " + ", ".join(f"`{value}`" for value in column.allowed))
    if column.pattern:
        parts.append(f"matches `{column.pattern}`")
    if column.references:
        parts.append(f"found in `{column.references}`")
    return "; ".join(parts)


def _view(view: View) -> Iterator[str]:
    yield f"## {view.name}\n"
    yield f"{view.question} {view.description}\n".lstrip()
    yield "| column | meaning |\n| --- | --- |"
    for name, meaning in view.columns.items():
        yield f"| {name} | {cell(meaning)} |"
    yield f"\n<details><summary>SQL</summary>\n\n```sql\n{view.sql.strip()}\n```\n\n</details>"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(names)


def cell(text: str) -> str:
    """The text in a table of Markdown."""
    return text.replace("|", "\\|")


def main() -> None:
    PAGE.write_text(dictionary(), encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE}\n")


if __name__ == "__main__":
    main()
