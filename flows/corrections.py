"""What does ``corrections.csv`` say? Read with errors that name the line and what to do.

One line a correction, with the columns of :data:`HEADER`. A value that is empty is null.
"""

from __future__ import annotations

import csv
import datetime as dt
import difflib
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from flows.errors import CorrectionsError
from transforms.corrections import Correction, Corrections, correctable
from transforms.zones import is_zone
from warehouse.tables import ARTICLE_TABLES, Column, Table

HEADER = ("table", "id", "column", "value", "why", "by", "on")

_TABLES = {table.name: table for table in ARTICLE_TABLES}
#: How many wrong lines are told of.
_TOLD = 20


def named_corrections(path: Path | None) -> Corrections | None:
    """Those of the file that the settings name, if they name one. Raises ``CorrectionsError``."""
    return None if path is None else read_corrections(path.expanduser())


def read_corrections(path: Path) -> Corrections:
    """The corrections of a file. Raises ``CorrectionsError`` that names every wrong line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return Corrections(_read(path, file))
    except OSError as error:
        raise CorrectionsError(
            f"the corrections in {path} cannot be read: {error.strerror}"
        ) from None
    except UnicodeDecodeError:
        raise CorrectionsError(f"{path} is not UTF-8: save it as CSV in UTF-8") from None


def _read(path: Path, file: TextIO) -> list[Correction]:
    lines = _lines(path, file)
    number, header = next(lines, (1, []))
    if sorted(header) != sorted(HEADER):
        raise CorrectionsError(
            f"{path}, line {number}: the first line must name the columns {','.join(HEADER)}; "
            f"it is {','.join(header)!r}"
        )
    found: dict[tuple[str, str, str], tuple[int, Correction]] = {}
    trouble: list[str] = []
    for number, cells in lines:
        try:
            if len(cells) != len(header):
                raise ValueError(
                    f"{len(cells)} values for {len(header)} columns; a value with a comma in it "
                    "needs quotes"
                )
            one = _correction(dict(zip(header, cells, strict=True)))
            if one.key in found:
                raise ValueError(f"line {found[one.key][0]} corrects the same value; keep one")
            found[one.key] = (number, one)
        except ValueError as error:
            trouble.append(f"{path}, line {number}: {error}")
    if len(trouble) > _TOLD:
        trouble[_TOLD:] = [f"and {len(trouble) - _TOLD} lines more"]
    if trouble:
        raise CorrectionsError("\n".join(trouble))
    return [one for _, one in found.values()]


def _lines(path: Path, file: TextIO) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that has any, with its number; white space around them is none."""
    reader = csv.reader(file, strict=True)
    start = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield start, stripped
            start = reader.line_num + 1
    except csv.Error as error:
        raise CorrectionsError(f"{path}, line {start}: {error}") from None


def _correction(cells: Mapping[str, str]) -> Correction:
    table = _TABLES.get(cells["table"])
    if table is None:
        raise ValueError(
            f"no rows of a table {cells['table']!r} are read from articles"
            + _nearest(cells["table"], list(_TABLES))
            + f"; the tables are {', '.join(_TABLES)}"
        )
    if not _is_key(table, cells["id"]):
        key = "/".join(table.key)
        raise ValueError(
            f"{cells['id']!r} is not the key of a row of {table.name}: give its {key}, such as "
            + "/".join(["0123456789abcdef"] * len(table.key))
        )
    column = cells["column"]
    free = correctable(table)
    if column not in table.column_names:
        raise ValueError(f"{table.name} has no column {column!r}{_nearest(column, free)}")
    if column not in free:
        raise ValueError(
            f"{table.name}.{column} says which row it is or where it stands, and cannot be "
            f"corrected; what can is {', '.join(free)}"
        )
    try:
        value = value_of(table[column], cells["value"] or None)
    except ValueError as error:
        raise ValueError(f"value of {table.name}.{column}: {error}") from None
    for name in ("why", "by"):
        if not cells[name]:
            raise ValueError(f"{name!r} is empty: say {_SAYS[name]}")
    return Correction(
        table.name, cells["id"], column, value, cells["why"], cells["by"], _day(cells["on"])
    )


_SAYS = {"why": "why it was corrected", "by": "who corrected it"}


def _is_key(table: Table, written: str) -> bool:
    parts = written.split("/")
    return len(parts) == len(table.key) and all(
        re.fullmatch(table[name].pattern or ".+", part)
        for name, part in zip(table.key, parts, strict=True)
    )


def _day(written: str) -> dt.date:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise ValueError(
            f"'on' is {written!r}: give the day of the correction, such as 2025-04-28"
        ) from None


def _nearest(word: str, words: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, words, n=1)
    return f" (did you mean {near[0]}?)" if near else ""


def value_of(column: Column, text: str | None) -> Any:
    """The value that a text (None for null) stands for in a column.

    Dates and times are ISO 8601, a time with an offset is turned to UTC; lists are JSON. Raises
    ``ValueError``, saying what the column takes, for one that it may not hold.
    """
    if text is None:
        if not column.nullable:
            raise ValueError(f"{column.name} may not be null; give a value")
        return None
    try:
        value = _READ[column.kind.python](text)
    except (ValueError, KeyError):
        wanted = _WANTED.get(column.kind.python, "")
        raise ValueError(f"{text!r} is not {wanted}") from None
    if column.allowed and value not in column.allowed:
        raise ValueError(f"{text!r} is not one of {', '.join(column.allowed)}")
    if column.pattern is not None and re.fullmatch(column.pattern, value) is None:
        raise ValueError(f"{text!r} does not match {column.pattern}: {column.description}")
    if column.name == "published_zone" and not is_zone(value):
        raise ValueError(f"{text!r} is not a time zone; give an IANA name such as Asia/Seoul")
    return value


def text_of(value: Any) -> str | None:
    """A value as :func:`value_of` reads it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, list | tuple):
        return json.dumps(list(value), ensure_ascii=False)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _time(text: str) -> dt.datetime:
    value = dt.datetime.fromisoformat(text)
    return value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value


def _strings(text: str) -> list[str]:
    value = json.loads(text)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(text)
    return value


_READ: Mapping[type, Any] = {
    str: str,
    int: int,
    float: _float,
    bool: {"true": True, "false": False}.__getitem__,
    dt.date: dt.date.fromisoformat,
    dt.datetime: _time,
    list: _strings,
}
_WANTED = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    dt.date: "a date such as 2025-04-28",
    dt.datetime: "a time in UTC such as 2025-04-28 10:00, or one with its offset",
    list: 'a JSON list of texts such as ["Ann Lee", "Bo Holm"]',
}
