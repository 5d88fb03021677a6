"""Which condition does the value of a filter mean? From what a person writes to SQL.

A value is never put into SQL as it is: numbers and days are read and written anew, texts become
literals of SQL.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Collection

from warehouse.errors import SqlError

#: What may be written, for the help of a command.
WAYS = """\
text     equal, whatever the case; * stands for any characters: "*kursk*"
number   12, or from one to another: 10..20, 10.., ..20
day      2024-05-01, 2024-05, 2024, or from one to another: 2024-05..2024-07
yes/no   yes or no
any      null where there is none, * where there is one
as such  \\null, \\* and \\\\ mean the word, the star and the backslash
list     one of its elements is so; null: it is empty
"""

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_SIMPLE = re.compile(r"[a-z_][a-z0-9_]*")
#: Characters that do not stand in a text of SQL as they are: controls and those that turn it.
_UNSEEN = re.compile("([\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])")
_ESCAPED = re.compile(r"\\([*\\])|(\*)")
_YES, _NO = ("yes", "true", "y"), ("no", "false", "n")


def name(column: str, reserved: Collection[str] = ()) -> str:
    """The column as SQL writes it, in quotes only where it must be."""
    if _SIMPLE.fullmatch(column) and column not in reserved:
        return column
    return '"' + column.replace('"', '""') + '"'


def literal(text: str) -> str:
    """The text as SQL, of characters that can be seen. Raises ``SqlError`` if it is not Unicode."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise SqlError(f"{text!r} is not text in UTF-8") from None
    if "\x00" in text:
        raise SqlError("a value cannot hold the character of number 0")
    parts = [
        f"chr({ord(part)})" if _UNSEEN.fullmatch(part) else "'" + part.replace("'", "''") + "'"
        for part in _UNSEEN.split(text)
        if part
    ]
    return " || ".join(parts) or "''"


def condition(column: str, kind: str, value: str) -> str:
    """The condition that a column (as SQL writes it) of a type of DuckDB's meets by a value.

    Raises ``SqlError`` with what may be written for a column of that type.
    """
    listed = kind.endswith("[]")
    if value.lower() == "null":
        return f"coalesce(len({column}), 0) = 0" if listed else f"{column} IS NULL"
    if value == "*":
        return f"len({column}) > 0" if listed else f"{column} IS NOT NULL"
    if listed:
        inner = condition("x", kind.removesuffix("[]"), value)
        return f"len(list_filter({column}, lambda x: {inner})) > 0"
    kind = kind.partition("(")[0]
    if kind in _NUMBERS:
        return _ranged(column, value, _number)
    if kind == "DATE":
        return _ranged(column, value, lambda text, last: f"DATE '{_day(text, last)}'")
    if kind.startswith("TIMESTAMP"):
        return _timed(column, value)
    if kind == "BOOLEAN":
        return _boolean(column, value)
    return _text(column if kind == "VARCHAR" else f"CAST({column} AS VARCHAR)", value)


def since(column: str, kind: str, value: str) -> str:
    """The condition that a column of days or times is of this day, month or year, or later."""
    first = _day(value, False)
    return f"{column} >= {'DATE' if kind == 'DATE' else 'TIMESTAMP'} '{first}'"


def until(column: str, kind: str, value: str) -> str:
    """The condition that a column of days or times is of this day, month or year, or earlier."""
    last = _day(value, True)
    return f"{column} <= DATE '{last}'" if kind == "DATE" else f"{column} < {_after(last)}"


#: DuckDB's types of numbers.
_NUMBERS = frozenset(
    (
        *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL"),
        *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
    )
)


def _text(column: str, value: str) -> str:
    parts = ["null"] if value.lower() == "\\null" else _between_stars(value)
    if len(parts) == 1:
        return f"lower({column}) = lower({literal(parts[0])})"
    escaped = [re.sub(r"([%_\\])", r"\\\1", part) for part in parts]
    by = "" if escaped == parts else " ESCAPE '\\'"
    return f"{column} ILIKE {_in_brackets(literal('%'.join(escaped)))}{by}"


def _in_brackets(text: str) -> str:
    return f"({text})" if " || " in text else text


def _between_stars(value: str) -> list[str]:
    """The characters between the stars of a value, those behind a backslash as they are."""
    parts, at = [""], 0
    for found in _ESCAPED.finditer(value):
        parts[-1] += value[at : found.start()] + (found[1] or "")
        if found[2]:
            parts.append("")
        at = found.end()
    parts[-1] += value[at:]
    return parts


def _ranged(column: str, value: str, read: Callable[[str, bool], str]) -> str:
    """A value, or from one to another; ``read`` gives the first or the last of what is written."""
    low, dots, high = value.partition("..")
    if not dots:
        first, last = read(value, False), read(value, True)
        return f"{column} = {first}" if first == last else f"{column} BETWEEN {first} AND {last}"
    if low and high:
        return f"{column} BETWEEN {read(low, False)} AND {read(high, True)}"
    if not low and not high:
        raise SqlError(f"{value!r} is from nowhere to nowhere: * means any value")
    return f"{column} >= {read(low, False)}" if low else f"{column} <= {read(high, True)}"


def _number(text: str, last: bool) -> str:
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        raise SqlError(f"{text!r} is not a number such as 12 or 0.5, nor 10..20, 10.. or ..20")
    return text.removeprefix("+")


def _day(text: str, last: bool) -> dt.date:
    """The first or the last day of a day, a month or a year."""
    found = _DAY.fullmatch(text.strip())
    try:
        if found:
            year, month, day = (int(part) if part else None for part in found.groups())
            assert year is not None
            if month is None:
                month = 12 if last else 1
            if day is None:
                day = calendar.monthrange(year, month)[1] if last else 1
            return dt.date(year, month, day)
    except ValueError:  # the calendar has no such month or day
        pass
    raise SqlError(f"{text!r} is not a day such as 2024-05-01, a month (2024-05) or a year (2024)")


def _timed(column: str, value: str) -> str:
    """Times: a day, month or year means all of it, a time just that."""
    low, dots, high = value.partition("..")
    if not dots:
        high = low
    if not low and not high:
        raise SqlError(f"{value!r} is from nowhere to nowhere: * means any value")
    parts = []
    if low:
        parts.append(f"{column} >= {_moment(low) or _midnight(_day(low, False))}")
    if high:
        moment = _moment(high)
        parts.append(
            f"{column} <= {moment}" if moment else f"{column} < {_after(_day(high, True))}"
        )
    return " AND ".join(parts)


def _moment(text: str) -> str | None:
    """A time of a day, as UTC; None for a day, a month or a year."""
    if _DAY.fullmatch(text.strip()):
        return None
    try:
        time = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise SqlError(
            f"{text!r} is not a time such as 2024-05-01T10:00, nor a day, a month or a year"
        ) from None
    if time.tzinfo is not None:
        time = time.astimezone(dt.UTC).replace(tzinfo=None)
    return f"TIMESTAMP '{time.isoformat(sep=' ')}'"


def _midnight(day: dt.date) -> str:
    return f"TIMESTAMP '{day}'"


def _after(day: dt.date) -> str:
    if day == dt.date.max:
        return "TIMESTAMP 'infinity'"
    return _midnight(day + dt.timedelta(days=1))


def _boolean(column: str, value: str) -> str:
    if value.lower() in _YES:
        return column
    if value.lower() in _NO:
        return f"NOT {column}"
    raise SqlError(f"{value!r} is neither yes nor no")
