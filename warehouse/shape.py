"""How a lake's tables are stored, and what has to change for them to be as declared.

Only plain data here: :func:`plan` compares and decides, :mod:`warehouse.migrate` does it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from warehouse.columns import Column, Table
from warehouse.errors import LakeError
from warehouse.migrations import Fill, Rename, RenameTable, Step

#: Changes of type that lose nothing.
WIDER = {("BIGINT", "DOUBLE"), ("DATE", "TIMESTAMP")}


@dataclass(frozen=True)
class Stored:
    """A table as a lake has it: (SQL type, whether it may be null) by column, and its order."""

    columns: Mapping[str, tuple[str, bool]]
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Create:
    """A table that the lake does not have."""

    table: Table

    def __str__(self) -> str:
        return f"{self.table.name}: new table"


@dataclass(frozen=True)
class Add:
    """Columns that a table does not have and that may be null."""

    table: Table
    columns: tuple[Column, ...]

    def __str__(self) -> str:
        names = ", ".join(column.name for column in self.columns)
        return f"{self.table.name}: new, null in the rows that are there: {names}"


@dataclass(frozen=True)
class Rewrite:
    """A table that is written anew: from which one, and each column's value.

    ``names`` gives the columns of ``source`` the names that the ``values`` speak of.
    """

    table: Table
    source: str
    names: Mapping[str, str]
    values: Mapping[str, str]
    why: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.table.name}: written anew: {'; '.join(self.why)}"

    @property
    def select(self) -> str:
        """The rows of the new table, from ``{source}``."""
        named = ", ".join(f'"{old}" AS "{new}"' for new, old in self.names.items())
        values = ", ".join(
            f'CAST(({value}) AS {self.table[name].kind.sql}) AS "{name}"'
            for name, value in self.values.items()
        )
        return f"SELECT {values} FROM (SELECT {named} FROM {{source}})"


@dataclass(frozen=True)
class Remove:
    """A table that is no more."""

    name: str

    def __str__(self) -> str:
        return f"{self.name}: dropped"


Change = Create | Add | Rewrite | Remove


@dataclass
class _Origin:
    """A table on its way: where it comes from and what the steps say of its columns."""

    source: str
    columns: dict[str, str]  # the column of the source, by its name now
    fills: dict[str, str] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)
    gone: bool = False


def plan(
    stored: Mapping[str, Stored], steps: Iterable[Step], declared: Sequence[Table]
) -> list[Change]:
    """What makes the stored tables those that are declared, in the order it is done.

    Raises ``LakeError`` for a difference that neither follows from the declarations nor is said
    by a step: a fault of this program, not of the lake.
    """
    origins = {name: _Origin(name, {c: c for c in table.columns}) for name, table in stored.items()}
    for step in steps:
        _take(step, origins)
    changes: list[Change] = []
    for table in declared:
        origin = origins.pop(table.name, None)
        if origin is None:
            changes.append(Create(table))
        else:
            changes += _compare(table, origin, stored[origin.source])
    for name, origin in origins.items():
        if not origin.gone:
            raise _not_said(f"what becomes of the table {name}")
        changes.append(Remove(origin.source))
    # a table may take the name of one that goes
    return sorted(changes, key=lambda change: not isinstance(change, Remove))


def _take(step: Step, origins: dict[str, _Origin]) -> None:
    if isinstance(step, RenameTable):
        if step.old in origins:
            origins[step.new] = origins.pop(step.old)
            origins[step.new].told.append(f"was called {step.old}")
        return
    origin = origins.get(step.table)
    if origin is None:
        return  # a table that a later version brought, and that is made as it is declared now
    if isinstance(step, Rename):
        for known in (origin.columns, origin.fills):
            if step.old in known:
                known[step.new] = known.pop(step.old)
        if step.new in origin.columns:
            origin.told.append(f"{step.old} is now {step.new}")
    elif isinstance(step, Fill):
        origin.fills[step.column] = step.sql
        origin.told.append(f"{step.column} filled")
    elif step.column is None:
        origin.gone = True
    else:
        origin.dropped.add(step.column)
        origin.fills.pop(step.column, None)
        origin.told.append(f"{step.column} dropped")


def _compare(table: Table, origin: _Origin, stored: Stored) -> list[Change]:
    why, added, values = list(origin.told), [], {}
    for column in table.columns:
        source = origin.columns.get(column.name)
        if column.name in origin.fills:
            values[column.name] = origin.fills[column.name]
        elif source is not None:
            why += _differences(table, column, *stored.columns[source])
            values[column.name] = f'"{column.name}"'
        elif column.nullable:
            added.append(column)
            values[column.name] = "NULL"
        else:
            raise _not_said(f"what {table.name}.{column.name} is in the rows that are there")
    for name in origin.columns:
        if name not in table.column_names and name not in origin.dropped:
            raise _not_said(f"what becomes of the column {table.name}.{name}")
    renamed = {old: new for new, old in origin.columns.items()}
    if tuple(renamed.get(name, name) for name in stored.order) != table.order:
        why.append(f"sorted by {', '.join(table.order)}" if table.order else "no longer sorted")
    if why:
        if added:
            why.append(f"new and null: {', '.join(column.name for column in added)}")
        return [Rewrite(table, origin.source, origin.columns, values, tuple(why))]
    return [Add(table, tuple(added))] if added else []


def _differences(table: Table, column: Column, kind: str, nullable: bool) -> list[str]:
    found = []
    if kind != column.kind.sql:
        if (kind, column.kind.sql) not in WIDER:
            raise _not_said(f"how {table.name}.{column.name} becomes {column.kind.sql} from {kind}")
        found.append(f"{column.name} is now {column.kind.sql}")
    if nullable and not column.nullable:
        raise _not_said(f"what {table.name}.{column.name} is where it is null")
    if column.nullable and not nullable:
        found.append(f"{column.name} may be null")
    return found


def _not_said(what: str) -> LakeError:
    return LakeError(
        f"this dateline does not say {what}: nothing was changed. A step for it is missing in "
        "warehouse/migrations.py; please report it"
    )
