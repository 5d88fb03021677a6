"""Expectations that follow from the declarations: nothing here names a table or a column."""

from __future__ import annotations

from collections.abc import Sequence

from expectations.gx import IN_SET, NOT_NULL
from expectations.model import Expectation, Pointer, Structural
from warehouse.tables import TABLES_BY_NAME, Column, Table

#: Not asked by Great Expectations, which does not know Arrow types on pandas 3.
COLUMNS = "columns"
TYPE = "type"


def types(table: Table) -> list[Expectation]:
    """The frame has the declared columns, and each of its values the declared type."""
    return [
        Expectation(table.name, COLUMNS, None, "the declared columns and no others", "aggregate"),
        *(
            Expectation(table.name, TYPE, column.name, f"a {column.kind.sql}")
            for column in table.columns
        ),
    ]


def structure(table: Table) -> list[Structural]:
    """What a declaration promises of each value and of the key."""
    expectations = [one for column in table.columns for one in _of_column(table, column)]
    expectations.append(_key(table))
    return expectations


def references(table: Table) -> list[Pointer]:
    """The declared references of a table to others.

    A reference to the table itself is left out: its target may have been published long ago.
    """
    pointers = []
    for column in table.columns:
        if column.references is None:
            continue
        parent, key = column.references.split(".")
        if parent not in TABLES_BY_NAME or key not in TABLES_BY_NAME[parent].column_names:
            raise ValueError(
                f"{table.name}.{column.name} references {column.references}, which is not declared"
            )
        if parent == table.name:
            continue
        pointers.append(pointer(table, (column.name,), parent, (key,)))
    return pointers


def pointer(
    table: Table,
    columns: Sequence[str],
    parent: str,
    parent_key: Sequence[str],
    besides: Sequence[str] = (),
) -> Pointer:
    """The expectation that a row of ``parent`` stands where ``columns`` point."""
    return Pointer(
        table.name,
        "reference",
        columns[-1],
        f"the {parent_key[-1]} of a row of {parent}"
        + "".join(f', or "{word}"' for word in besides),
        columns=tuple(columns),
        parent=parent,
        parent_key=tuple(parent_key),
        besides=tuple(besides),
    )


def _of_column(table: Table, column: Column) -> list[Structural]:
    name = column.name
    expectations = []
    if not column.nullable:
        expectations.append(
            Structural(
                table.name,
                "not_null",
                name,
                "a value",
                gx_type=NOT_NULL,
                arguments={"column": name},
            )
        )
    if column.allowed:
        expectations.append(
            Structural(
                table.name,
                "allowed",
                name,
                "one of " + ", ".join(column.allowed),
                gx_type=IN_SET,
                arguments={"column": name, "value_set": list(column.allowed)},
            )
        )
    if column.pattern:
        expectations.append(
            Structural(
                table.name,
                "pattern",
                name,
                f"a value of the form {column.pattern}",
                gx_type="ExpectColumnValuesToMatchRegex",
                arguments={"column": name, "regex": rf"^(?:{column.pattern})\z"},
            )
        )
    return expectations


def _key(table: Table) -> Structural:
    """Each key stands once; of rows that share one none can be told to be the right one."""
    if len(table.key) == 1:
        return Structural(
            table.name,
            "unique",
            table.key[0],
            "a key that no other row has",
            gx_type="ExpectColumnValuesToBeUnique",
            arguments={"column": table.key[0]},
        )
    return Structural(
        table.name,
        "unique",
        None,
        f"a key ({', '.join(table.key)}) that no other row has",
        gx_type="ExpectCompoundColumnsToBeUnique",
        arguments={"column_list": list(table.key), "ignore_row_if": "never"},
    )
