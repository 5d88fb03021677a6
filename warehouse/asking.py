"""Asking a view by name: its filters, and the question in SQL that they make.

Everything is derived from the views (:mod:`warehouse.views`): each column of a view is a filter.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from warehouse import filters
from warehouse.errors import SqlError
from warehouse.views import VIEWS, View

#: What a column says of itself that holds countries by their codes.
_CODED = "alpha-3"
#: Columns that say where a thing is; the wider ones hold what it lies in.
_PLACE = "place"
_WIDER = ("region", "country")
#: Of the columns that begin with ``place_``, those that are not a name of where it is.
_NO_NAMES = ("_id", "_type", "_kind")


@dataclass(frozen=True)
class Asked:
    """What is asked of a view: values by column, and how the rows are wanted.

    ``columns`` and ``order`` name columns of the view, in ``order`` with ``-`` before one that
    descends; without them all columns, and the view's own order.
    """

    wanted: Mapping[str, Sequence[str]] = field(default_factory=dict)
    since: str | None = None
    until: str | None = None
    columns: Sequence[str] = ()
    order: Sequence[str] = ()
    limit: int | None = None


def views() -> dict[str, View]:
    """The views that may be asked, by name."""
    return {view.name: view for view in VIEWS}


def view_named(name: str) -> View:
    """The view of a name; raises ``SqlError`` naming those that are like it."""
    known = views()
    if name in known:
        return known[name]
    alike = difflib.get_close_matches(name, known, 3, 0.5) or [
        one for one in known if name.lower() in one
    ]
    nearest = f"did you mean {' or '.join(alike)}? " if alike else ""
    raise SqlError(f"there is no view {name}: {nearest}`dateline ask` lists them")


def lying_in(view: View) -> tuple[str, ...]:
    """The columns that are asked too when a place is: its other names and what it lies in."""
    if _PLACE not in view.columns:
        return ()
    return tuple(
        name
        for name in view.columns
        if (name in _WIDER or name.startswith(f"{_PLACE}_")) and not name.endswith(_NO_NAMES)
    )


def question(
    view: View,
    kinds: Mapping[str, str],
    asked: Asked,
    *,
    reserved: Collection[str] = (),
    code_of: Callable[[str], str | None] = lambda name: None,
) -> str:
    """The question in SQL.

    ``kinds`` has DuckDB's type of each column of the view, ``reserved`` the words that cannot be
    a column's name without quotes, ``code_of`` the code of a country that is asked for by name.
    Raises ``SqlError`` that names the column, for a value or a column that cannot be asked for.
    """
    conditions = []
    for column, values in asked.wanted.items():
        every = [_condition(view, kinds, column, value, reserved, code_of) for value in values]
        conditions.append(_any(every))
    for bound, value in ((filters.since, asked.since), (filters.until, asked.until)):
        if value is not None:
            day = _known(view, view.day)
            try:
                conditions.append(bound(filters.name(day, reserved), kinds[day], value))
            except SqlError as error:
                raise SqlError(f"--{bound.__name__}: {error}") from error
    columns = [filters.name(_known(view, one), reserved) for one in asked.columns] or ["*"]
    lines = [f"SELECT {', '.join(columns)}", f"FROM {view.name}"]
    if conditions:
        lines.append("WHERE " + "\n  AND ".join(conditions))
    if order := _order(view, asked.order, reserved):
        lines.append(f"ORDER BY {order}")
    if asked.limit is not None:
        lines.append(f"LIMIT {asked.limit}")
    return "\n".join(lines)


def _condition(
    view: View,
    kinds: Mapping[str, str],
    column: str,
    value: str,
    reserved: Collection[str],
    code_of: Callable[[str], str | None],
) -> str:
    """What a value of a filter means; of a place, also of what it lies in."""
    _known(view, column)
    also = lying_in(view) if column == _PLACE and value.lower() not in ("null", "*") else ()
    every = []
    for one in (column, *also):
        said = value
        if _CODED in view.columns[one]:
            said = code_of(value) or value
            if one != column and said == value:
                continue  # no country has that name
        try:
            every.append(filters.condition(filters.name(one, reserved), kinds[one], said))
        except SqlError as error:
            raise SqlError(f"--{column}: {error}") from error
    return _any(every)


def _any(conditions: Sequence[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"({' OR '.join(conditions)})"


def _known(view: View, column: str) -> str:
    if column in view.columns:
        return column
    alike = difflib.get_close_matches(column, view.columns, 3, 0.5)
    nearest = f"did you mean {' or '.join(alike)}? " if alike else ""
    raise SqlError(
        f"{view.name} has no column {column!r}: {nearest}"
        f"`dateline ask {view.name} --help` says which it has"
    )


def _order(view: View, columns: Sequence[str], reserved: Collection[str]) -> str:
    if not columns:
        return view.order
    return ", ".join(
        filters.name(_known(view, one.removeprefix("-")), reserved)
        + (" DESC NULLS LAST" if one.startswith("-") else " NULLS LAST")
        for one in columns
    )
