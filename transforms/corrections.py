"""What people correct in rows: data that is applied when the rows are made.

A correction names a row by its table and key and gives the right value of one column. It is
applied to the rows of an article as the readers give them, so that a corrected row is checked like
any other; those of the article itself come before its text is read
(:mod:`transforms.article.corrected`). What the readers made of a value that is corrected stays as
read. A row that was changed says so in its ``rule`` (``corrected_place``), where it has one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.events.agreement import renewed
from warehouse.tables import ARTICLE_TABLES, ARTICLES, Row, Table

Rows = Mapping[str, list[Row]]

#: What is put before a column's name in the ``rule`` of a row in which it was corrected.
MARK = "corrected_"

#: What says which row it is, where its evidence stands and what made it; and what is counted.
_FIXED = frozenset(
    {
        "article_id", "entity_id", "external_id", "url", "source", "source_uri", "text", "text_id",
        "raw_id", "sentence_no", "char_start", "char_end", "surface", "sentence", "first_char",
        "mention_count", "sentence_count", "duplicate_of", "revision", "extractor", "rule",
        "story_id", "similarity",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Correction:
    """The right ``value`` of a column in one row, in its declared type; None for null.

    ``row_id`` is the row's key, of more than one column joined by a slash. ``why``, ``by`` and
    ``on`` say for what reason it was corrected, by whom and when.
    """

    table: str
    row_id: str
    column: str
    value: Any
    why: str
    by: str
    on: dt.date

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.table, self.row_id, self.column)


@dataclass(frozen=True, slots=True)
class Met:
    """A correction that met its row, and the value that the readers had given."""

    correction: Correction
    read: Any

    @property
    def obsolete(self) -> bool:
        """Whether the readers give the right value themselves."""
        return bool(self.correction.value == self.read)


class Corrections:
    """Corrections by the row that they are of; no two of one column of a row."""

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        self._by_row: dict[str, dict[str, list[Correction]]] = {}
        for one in corrections:
            self._by_row.setdefault(one.table, {}).setdefault(one.row_id, []).append(one)

    def __iter__(self) -> Iterator[Correction]:
        for rows in self._by_row.values():
            for some in rows.values():
                yield from some

    def __bool__(self) -> bool:
        return bool(self._by_row)

    def of(self, table: str, row_id: str) -> Sequence[Correction]:
        """The corrections of one row."""
        return self._by_row.get(table, {}).get(row_id, ())

    def touch(self, table: str) -> bool:
        """Whether there are any of a table."""
        return table in self._by_row


NONE = Corrections()


def correctable(table: Table) -> tuple[str, ...]:
    """The columns of a table that a correction may be of.

    ``published_date`` is the article's, and repeated elsewhere.
    """
    fixed = {*_FIXED, *table.key, *table.volatile}
    if table is not ARTICLES:
        fixed.add("published_date")
    return tuple(name for name in table.column_names if name not in fixed)


def row_id(table: Table, row: Row) -> str:
    """The key of a row as one string."""
    return "/".join(str(row[name]) for name in table.key)


def corrected_rows(rows: Rows, corrections: Corrections) -> tuple[dict[str, list[Row]], list[Met]]:
    """The rows of an article as they are corrected, but for ``articles``, and what was met."""
    if not corrections:
        return dict(rows), []
    met: list[Met] = []
    made = dict(rows)
    for table in ARTICLE_TABLES:
        if table is not ARTICLES and table.name in rows and corrections.touch(table.name):
            made[table.name] = [
                _corrected(table, row, corrections, met) for row in rows[table.name]
            ]
    if {"figures", "events"} & {one.correction.table for one in met if not one.obsolete}:
        made["figures"] = renewed(made["figures"], made["events"])
    return made, met


def _corrected(table: Table, row: Row, corrections: Corrections, met: list[Met]) -> Row:
    found = [Met(one, row[one.column]) for one in corrections.of(table.name, row_id(table, row))]
    met += found
    changed = [one.correction for one in found if not one.obsolete]
    if not changed:
        return row
    corrected = {**row, **{one.column: one.value for one in changed}}
    if "rule" in row:
        marks = sorted(MARK + one.column for one in changed)
        corrected["rule"] = "+".join((*filter(None, [row["rule"]]), *marks))
    return corrected


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that was met, with the words of its row and where they begin in the text; of an
    article there are none."""

    met: Met
    start: int = 0
    surface: str | None = None


def corrected_of(met: Iterable[Met], rows: Rows) -> Iterator[Corrected]:
    """The corrections that the rows of an article met, in their places."""
    of_row: dict[tuple[str, str], list[Met]] = {}
    for one in met:
        of_row.setdefault((one.correction.table, one.correction.row_id), []).append(one)
    tables = {table for table, _ in of_row}
    for table in ARTICLE_TABLES:
        for row in rows.get(table.name, ()) if table.name in tables else ():
            start, surface = row.get("char_start"), row.get("surface")
            if start is None:  # an entity stands where it is first named
                start, surface = row["first_char"], row["name"]
            for one in of_row.get((table.name, row_id(table, row)), ()):
                yield Corrected(one, start, surface)


def corrected_as_json(one: Corrected) -> dict[str, Any]:
    """The same as an object of JSON; values as they are."""
    correction = one.met.correction
    return {
        "table_name": correction.table,
        "row_id": correction.row_id,
        "surface": one.surface,
        "column_name": correction.column,
        "value": correction.value,
        "value_read": one.met.read,
        "obsolete": one.met.obsolete,
        "why": correction.why,
        "corrected_by": correction.by,
        "corrected_on": correction.on.isoformat(),
    }
