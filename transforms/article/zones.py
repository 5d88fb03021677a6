"""Time zones as pages name them: offsets, IANA names, abbreviations."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from transforms.reference import reference

#: A pattern for whatever may be a zone; :func:`read_zone` decides whether it is one.
ZONE = (
    r"(?:(?:GMT|UTC)\s?[+−-]\s?\d{1,2}(?::?\d\d)?(?!\d)|[+−-]\d\d(?::?\d\d)?(?::?\d\d)?(?!\d)"
    r"|[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_-]+)+|[A-Za-z]{1,5}(?![A-Za-z]))"
)
_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+−-])\s?(\d{1,2})(?::?(\d\d))?(?::?\d\d)?", re.IGNORECASE)


@cache
def tzinfo(zone: str) -> dt.tzinfo:
    """The zone of an IANA name, ``UTC`` or an offset such as ``+09:00``.

    Raises ``ValueError`` for another string.
    """
    if zone == "UTC":
        return dt.UTC
    match = _OFFSET.fullmatch(zone)
    if match is not None:
        return dt.timezone(_delta(match))
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{zone!r} is no IANA time zone and no UTC offset") from error


def is_zone(zone: str) -> bool:
    try:
        tzinfo(zone)
    except ValueError:
        return False
    return True


@cache
def _abbreviations() -> dict[str, list[tuple[str, frozenset[str]]]]:
    table: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for record in reference("zones"):
        countries = frozenset(record["countries"].split())
        table.setdefault(record["abbreviation"], []).append((record["zone"], countries))
    return table


def read_zone(written: str, country: str | None = None) -> str | None:
    """The IANA name or UTC offset that is meant, or None if it is no zone.

    An abbreviation of several zones is that of ``country``, else the one listed first.
    """
    written = written.strip()
    if written.upper() in ("Z", "UTC", "GMT"):
        return "UTC"
    match = _OFFSET.fullmatch(written)
    if match is not None:
        delta = _delta(match)
        return _offset_name(delta) if abs(delta) < dt.timedelta(hours=24) else None
    if "/" in written:
        return written if is_zone(written) else None
    known = _abbreviations().get(written)
    if known is None:
        return None
    return next((zone for zone, countries in known if country in countries), known[0][0])


def _delta(match: re.Match[str]) -> dt.timedelta:
    sign = 1 if match[1] == "+" else -1
    return sign * dt.timedelta(hours=int(match[2]), minutes=int(match[3] or 0))


def _offset_name(delta: dt.timedelta) -> str:
    minutes = int(delta.total_seconds() // 60)
    if minutes == 0:
        return "UTC"
    sign = "+" if minutes > 0 else "-"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
