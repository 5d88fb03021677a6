"""A row of a table as the JSON object that is stored of it."""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import json
import math
from collections.abc import Mapping


def as_json(row: Mapping[str, object]) -> bytes | None:
    """The object with its keys in order of their names; None where a string is not Unicode.

    The same cells give the same bytes, in whatever order their columns stand.
    """
    try:
        return _ENCODER.encode(row).encode()
    except UnicodeEncodeError:
        return None


def plain(value: object) -> object:
    """A value of a table as JSON has it: times as ISO 8601, no NaN, bytes as text if they can."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): v for k, v in ((k, plain(v)) for k, v in value.items()) if v is not None}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return base64.b64encode(value).decode()
    if isinstance(value, decimal.Decimal):
        return _number(value)
    return str(value)


def _number(value: decimal.Decimal) -> object:
    if not value.is_finite():
        return None
    return int(value) if value == value.to_integral_value() and abs(value) < 10**38 else str(value)


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)
