"""What an exported table, view or reference table holds: columns with type and meaning."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.columns import Column
from warehouse.reference import PREFIX
from warehouse.tables import TABLES_BY_NAME
from warehouse.views import REFERENCE_VIEWS, VIEWS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_VIEWS_BY_NAME = {view.name: view for view in (*VIEWS, *REFERENCE_VIEWS)}
#: What the rows of a view are sorted by first, where it has these columns.
_VIEW_ORDER = ("published_date", "article_id", "char_start")


@dataclass(frozen=True)
class Field:
    """A column that goes out: ``sql`` is DuckDB's type of it. ``declared`` is None for a view's
    and a reference table's."""

    name: str
    sql: str
    meaning: str
    declared: Column | None = None

    @property
    def required(self) -> bool:
        """Whether it is declared never to be null."""
        return self.declared is not None and not self.declared.nullable


@dataclass(frozen=True)
class Described:
    """A table, view or reference table as a snapshot has it.

    No two rows agree in ``order``, unless they agree in all columns. ``key`` is empty where none is
    declared. ``even`` is whether rows lie spread over the first column of ``order``.
    """

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]
    even: bool

    @property
    def key_is_whole(self) -> bool:
        """Whether there is a key, and none of its columns can be null."""
        required = {field.name for field in self.fields if field.required}
        return bool(self.key) and required.issuperset(self.key)

    @property
    def types(self) -> dict[str, str]:
        return {field.name: field.sql for field in self.fields}


def described(connection: DuckDBPyConnection, name: str) -> Described:
    """A table or view of a lake that is attached, by its name."""
    rows = connection.execute(f'DESCRIBE "{name}"').fetchall()
    types = {column: kind for column, kind, *_ in rows}
    table, view = TABLES_BY_NAME.get(name), _VIEWS_BY_NAME.get(name)
    if table is not None:
        columns = {column.name: column for column in table.columns}
        fields = tuple(
            Field(c, kind, columns[c].description, columns[c]) for c, kind in types.items()
        )
        order = tuple(c for c in dict.fromkeys((*table.order, *table.key)) if c in types)
        key = table.key if set(table.key) <= types.keys() else ()
        return Described(name, table.description, fields, key, order, even=True)
    first = tuple(column for column in _VIEW_ORDER if column in types)
    order = tuple(dict.fromkeys((*first, *types)))
    if view is not None:
        fields = tuple(Field(c, kind, view.columns.get(c, "")) for c, kind in types.items())
        about = f"{view.question} {view.description}".lstrip()
        return Described(name, about, fields, (), order, even=bool(first))
    fields = tuple(Field(c, kind, "") for c, kind in types.items())
    about = f"Words and names that texts are read by: {name.removeprefix(PREFIX)}.csv."
    return Described(name, about, fields, (), order, even=bool(first))


def references(table: Described, among: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Columns of the table with the table, one of ``among``, and the column that they refer to."""
    for field in table.fields:
        if field.declared is not None and field.declared.references:
            other, _, its = field.declared.references.partition(".")
            if other in among:
                yield field.name, other, its
