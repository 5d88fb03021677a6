"""The data dictionary of a folder: what its tables and columns hold, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from warehouse.dictionary import cell, meaning
from warehouse.exporting.described import Described, Field
from warehouse.exporting.facts import Facts
from warehouse.exporting.files import Form
from warehouse.exporting.made import ExportedTable
from warehouse.exporting.values import notes


def page(
    tables: Mapping[str, Described], made: Sequence[ExportedTable], form: Form, facts: Facts
) -> str:
    """The page, in Markdown."""
    lines = [
        "# Data dictionary\n",
        (
            f"Snapshot {facts.snapshot}, committed {facts.committed}"
            f"{f' by run {facts.run}' if facts.run else ''}; written by {facts.exported_by}.\n"
        ),
        *(f"- {note}" for note in notes(form)),
        "\n| file | rows | what it holds |\n| --- | ---: | --- |",
    ]
    for one in made:
        about = tables[one.table].description.partition(". ")[0].rstrip(".")
        lines.append(f"| [{one.file.file}](#{one.table}) | {one.rows:,} | {cell(about)} |")
    for one in made:
        lines += _table(tables[one.table])
    return "\n".join(lines) + "\n"


def _table(table: Described) -> Iterator[str]:
    yield f"\n## {table.name}\n"
    yield f"{table.description}\n"
    if table.key:
        yield f"Key: {', '.join(table.key)}.\n"
    yield "| column | type | null | meaning |\n| --- | --- | --- | --- |"
    for field in table.fields:
        null = "" if field.required else "null"
        yield f"| {field.name} | {field.sql} | {null} | {cell(_meaning(field))} |"


def _meaning(field: Field) -> str:
    return meaning(field.declared) if field.declared else field.meaning
