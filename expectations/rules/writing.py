"""How a rule is written down: a function over a row and its batch, with a description."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from expectations.model import Found, Holds, Kind, Rule
from warehouse.tables import Table

Register = Callable[[Holds], Holds]


def rule(
    rules: list[Rule],
    tables: Table | Sequence[Table],
    column: str,
    description: str,
    *,
    reads: Sequence[str] = (),
    found: Found | None = None,
    kind: Kind = "row",
) -> Register:
    """Adds the decorated function to ``rules``, once for each table, under its own name.

    ``column`` is the one a failure is told of; ``reads`` are the others that it looks at. A rule of
    the kind ``warning`` says what is seldom so in a row that was read rightly.
    Raises ``ValueError`` for a column that is not declared.
    """
    tables = [tables] if isinstance(tables, Table) else tables
    columns = (column, *(name for name in reads if name != column))
    for table in tables:
        unknown = set(columns) - set(table.column_names)
        if unknown:
            raise ValueError(f"a rule reads {table.name}.{min(unknown)}, which is not declared")

    def register(holds: Holds) -> Holds:
        name = holds.__name__
        rules.extend(
            Rule(table.name, name, column, description, kind, columns, holds, found)
            for table in tables
        )
        return holds

    return register
