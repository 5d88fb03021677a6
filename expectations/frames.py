"""Frames to rows of the declared types, and back: where types are checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from expectations.model import Result
from expectations.structure import COLUMNS, TYPE, types
from warehouse.tables import TABLES_BY_NAME, Column, Row, Table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Typed:
    """A frame whose columns have the declared types, and its rows as dicts.

    ``originals`` are, by position, rows as they came where a value did not have its type; in
    ``frame`` and ``rows`` such a value is null. ``results`` tell of these.
    """

    table: Table
    frame: pd.DataFrame
    rows: list[Row]
    results: list[Result]
    originals: Mapping[int, Row] = field(default_factory=dict)

    def original(self, position: int) -> Row:
        return self.originals.get(position, self.rows[position])


def to_frames(rows: Mapping[str, Iterable[Row]]) -> dict[str, pd.DataFrame]:
    """Rows as frames of the declared types, for :func:`expectations.check.check_batch`.

    Where a value does not have its declared type the table's frame keeps Python objects, and
    the check quarantines that row alone. Raises ``KeyError`` for a table that is not declared.
    """
    import pandas as pd

    frames = {}
    for name, some in rows.items():
        table = TABLES_BY_NAME[name]
        made = list(some)
        if all(_all_fit([row.get(c.name) for row in made], c.kind.python) for c in table.columns):
            try:
                frames[name] = table.frame(made)
                continue
            except _ARROW_ERRORS:
                pass
        columns = {c: [row.get(c) for row in made] for c in table.column_names}
        frames[name] = pd.DataFrame(
            {c: pd.Series(values, dtype=object) for c, values in columns.items()}
        )
    return frames


_ARROW_ERRORS = (pa.ArrowException, TypeError, ValueError, OverflowError)


def _all_fit(values: list[Any], declared: type) -> bool:
    """Whether all values of a column are of the declared type; most columns have one type only."""
    kinds = set(map(type, values)) - {type(None), declared}
    if declared is not dt.datetime and not kinds:
        return True
    return all(_fits(value, declared) for value in values)


def _fits(value: Any, declared: type) -> bool:
    """Whether a value is of the declared Python type: Arrow would make 1 of 1.5 in silence."""
    if value is None:
        return True
    kind = type(value)
    if kind is declared:
        return kind is not dt.datetime or value.tzinfo is None
    if declared is float:
        return isinstance(value, int | float) and kind is not bool
    if declared is int:
        return isinstance(value, int) and kind is not bool
    if declared is dt.date:
        return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    if declared is dt.datetime:
        return isinstance(value, dt.datetime) and value.tzinfo is None
    if declared is list:
        return isinstance(value, list | tuple)
    return isinstance(value, declared)


def typed(table: Table, frame: pd.DataFrame) -> Typed:
    """The frame in the declared types and order of columns, values that do not fit set to null.

    A frame that lacks a declared column, or has another one, is a fault of the program: the
    expectation ``columns`` is then told as broke.
    """
    import pandas as pd

    expectations = types(table)
    trouble = _columns_trouble(table, frame)
    results = [
        Result(
            next(one for one in expectations if one.name == COLUMNS),
            "broke" if trouble else "passed",
            len(frame),
            detail=trouble,
        )
    ]
    arrays: dict[str, pa.Array] = {}
    misfits: dict[int, Row] = {}
    failing_of: dict[str, dict[int, str]] = {}
    for column in table.columns:
        if column.name not in frame.columns:
            arrays[column.name] = pa.nulls(len(frame), column.kind.arrow)
            continue
        array, failing = _cast(frame[column.name], column)
        arrays[column.name] = array
        failing_of[column.name] = {
            at: f"{type(value).__name__} {_short(value)}" for at, value in failing.items()
        }
        for at, value in failing.items():
            misfits.setdefault(at, {})[column.name] = value
    for expectation in expectations:
        if expectation.name == TYPE and expectation.column in failing_of:
            failing_here = failing_of[expectation.column]
            outcome = "failed" if failing_here else "passed"
            results.append(Result(expectation, outcome, len(frame), failing_here))  # type: ignore[arg-type]
    cast = pa.table(arrays, schema=pa.schema([(c.name, c.kind.arrow) for c in table.columns]))
    rows: list[Row] = cast.to_pylist()
    originals = {at: {**rows[at], **wrong} for at, wrong in misfits.items()}
    result: pd.DataFrame = cast.to_pandas(types_mapper=pd.ArrowDtype)
    return Typed(table, result, rows, results, originals)


def _columns_trouble(table: Table, frame: pd.DataFrame) -> str | None:
    missing = [name for name in table.column_names if name not in frame.columns]
    unknown = [str(name) for name in frame.columns if name not in table.column_names]
    told = []
    if missing:
        told.append(f"the frame of {table.name} lacks {', '.join(missing)}")
    if unknown:
        told.append(f"the frame of {table.name} has {', '.join(unknown)}, not declared")
    return "; ".join(told) or None


def _cast(series: pd.Series[Any], column: Column) -> tuple[pa.Array, dict[int, Any]]:
    """The values in the declared type, and those that do not fit by their position."""
    import pandas as pd

    declared = column.kind.arrow
    if isinstance(series.dtype, pd.ArrowDtype) and series.dtype.pyarrow_dtype == declared:
        array = pa.array(series.array)
        return (array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array), {}
    values: list[Any] = [None if _is_null(value) else value for value in series.tolist()]
    if isinstance(series.dtype, pd.ArrowDtype):  # a column read elsewhere: lists come as arrays
        values = [list(value) if hasattr(value, "tolist") else value for value in values]
    failing = {}
    for at, value in enumerate(values):
        if not (_fits(value, column.kind.python) and _converts(value, declared)):
            failing[at] = value
            values[at] = None
    return pa.array(values, type=declared), failing


def _converts(value: Any, declared: pa.DataType) -> bool:
    try:
        pa.scalar(value, type=declared)
    except _ARROW_ERRORS:
        return False
    return True


def _is_null(value: Any) -> bool:
    import pandas as pd

    return value is None or value is pd.NA or value is pd.NaT


def _short(value: Any) -> str:
    told = repr(value)
    return told if len(told) <= 200 else told[:199] + "…"
