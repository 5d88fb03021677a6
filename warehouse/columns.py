"""What a column and a table are, and everything that is derived from a declaration.

The declarations themselves are in :mod:`warehouse.tables`. Nothing here opens a database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """One column type, in each of the dialects that need it."""

    sql: str
    arrow: pa.DataType
    python: type


STRING = Kind("VARCHAR", pa.string(), str)
INTEGER = Kind("BIGINT", pa.int64(), int)
FLOAT = Kind("DOUBLE", pa.float64(), float)
BOOLEAN = Kind("BOOLEAN", pa.bool_(), bool)
DATE = Kind("DATE", pa.date32(), dt.date)
TIMESTAMP = Kind("TIMESTAMP", pa.timestamp("us"), dt.datetime)
STRINGS = Kind("VARCHAR[]", pa.list_(pa.string()), list)
BYTES = Kind("BLOB", pa.binary(), bytes)


@dataclass(frozen=True)
class Column:
    """A column: its name, type and meaning.

    ``unit`` names what a number counts (characters, degrees, UTC ...); ``allowed`` closes the
    set of values; ``pattern`` is a regular expression that a whole string value must match;
    ``references`` is the ``table.column`` that a value must be found in.
    """

    name: str
    kind: Kind
    description: str
    nullable: bool = False
    unit: str | None = None
    allowed: tuple[str, ...] = ()
    pattern: str | None = None
    references: str | None = None


@dataclass(frozen=True)
class Table:
    """A table, declared once.

    ``key`` is unique. ``order`` is what the files are sorted by. ``volatile`` columns differ
    between two runs over the same input and stay out of digests.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[str, ...] = ()
    volatile: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = self.column_names
        if len(set(names)) != len(names):
            raise ValueError(f"table {self.name}: a column is declared twice")
        for name in (*self.key, *self.order, *self.volatile):
            if name not in names:
                raise ValueError(f"table {self.name}: no column {name}")

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name}")

    @property
    def arrow_schema(self) -> pa.Schema:
        """The Arrow schema; descriptions travel as field metadata."""
        return pa.schema(
            [
                pa.field(c.name, c.kind.arrow, c.nullable, metadata={"description": c.description})
                for c in self.columns
            ]
        )

    @property
    def pandas_dtypes(self) -> dict[str, pd.ArrowDtype]:
        """Arrow-backed pandas types, the one kind that keeps dates, lists and nulls as they are."""
        import pandas as pd

        return {c.name: pd.ArrowDtype(c.kind.arrow) for c in self.columns}

    def ddl(self, schema: str | None = None) -> list[str]:
        """The statements that create the table with its comments, in order."""
        name = f"{schema}.{self.name}" if schema else self.name
        columns = ",\n".join(
            f'  "{c.name}" {c.kind.sql}{"" if c.nullable else " NOT NULL"}' for c in self.columns
        )
        statements = [f"CREATE TABLE {name} (\n{columns}\n)"]
        statements.append(f"COMMENT ON TABLE {name} IS {_quoted(self.description)}")
        statements += [
            f'COMMENT ON COLUMN {name}."{c.name}" IS {_quoted(c.description)}' for c in self.columns
        ]
        return statements

    def row(self, **values: Any) -> Row:
        """A row in the declared column order; what is not given is null.

        Raises ``ValueError`` for a column that is not declared. Nulls in columns that may not
        be null are left for the checks, which can say which row it was.
        """
        row: Row = dict.fromkeys(self.column_names)
        row.update(values)
        if len(row) > len(self.column_names):
            unknown = values.keys() - set(self.column_names)
            raise ValueError(f"table {self.name} has no column {', '.join(sorted(unknown))}")
        return row

    def arrow(self, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
        """The rows as an Arrow table of the declared types (columns in declared order).

        Nullability is left to the checks. Raises ``pa.ArrowInvalid`` or ``pa.ArrowTypeError``
        for a value that does not have the declared type.
        """
        loose = pa.schema([pa.field(c.name, c.kind.arrow) for c in self.columns])
        listed = list(rows)
        whole = [c.name for c in self.columns if pa.types.is_integer(c.kind.arrow)]
        for row in listed:
            for name in whole:
                if isinstance(row.get(name), float):  # Arrow would cut it off without a word
                    raise pa.ArrowTypeError(f"{self.name}.{name}: {row[name]!r} is not an integer")
        return pa.Table.from_pylist(listed, schema=loose)

    def frame(self, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """The rows as a pandas frame with the declared Arrow-backed types."""
        import pandas as pd

        frame: pd.DataFrame = self.arrow(rows).to_pandas(types_mapper=pd.ArrowDtype)
        return frame


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def by_name(tables: Sequence[Table]) -> dict[str, Table]:
    return {table.name: table for table in tables}
