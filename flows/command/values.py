"""How a value is written: in JSON, in CSV, in a terminal."""

from __future__ import annotations

import base64
import datetime as dt
import json
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

#: Control characters, which could steer a terminal, but for the line feed and the tab; and those
#: that turn the direction of writing.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_NOT_EXECUTED = (int, float, Decimal, dt.date, dt.time)


def to_json(values: Mapping[str, Any]) -> str:
    """One line of JSON: dates and times as ISO 8601, bytes as base64, exact numbers.

    A float that is no number is null, since JSON has none.
    """
    return json.dumps({k: to_plain(v) for k, v in values.items()}, ensure_ascii=False)


def to_csv(value: Any) -> str:
    """A cell of CSV: null is empty, times are written with a space, lists and maps as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, float):
        return repr(value)
    plain = to_plain(value)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def to_safe_csv(value: Any) -> str:
    """:func:`to_csv`, with an apostrophe before what a spreadsheet would execute: no number, day
    or time is that."""
    from warehouse.spreadsheets import safe

    text = to_csv(value)
    return text if isinstance(value, _NOT_EXECUTED) else safe(text)


def to_cell(value: Any, longest: int) -> str:
    """What a terminal shows: one line, cut at ``longest`` characters, control characters shown."""
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        text = str(int(value))
    else:
        text = "null" if value is None else to_csv(value)
    text = CONTROL.sub("�", text.replace("\r\n", "\n")).replace("\n", "⏎").replace("\t", " ")
    return text if len(text) <= longest else text[: longest - 1] + "…"


def to_plain(value: Any) -> Any:
    """The value in JSON's types."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.date | dt.time):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Mapping):
        return {str(key): to_plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(inner) for inner in value]
    return str(value)


def _number(value: Decimal) -> int | float | str:
    """A number equal to the decimal, or its text where none is."""
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else str(value)
