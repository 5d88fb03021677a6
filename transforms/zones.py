"""Time zones as pages and texts name them: offsets, IANA names, abbreviations."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from transforms.reference import Record, reference

_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+−-])\s?(\d{1,2})(?::?(\d\d))?(?::?\d\d)?", re.IGNORECASE)


@cache
def zone_pattern() -> str:
    """A pattern for whatever may be a zone; :func:`read_zone` decides whether it is one."""
    full = sorted((name for name in _in_full() if " " in name), key=lambda name: (-len(name), name))
    return (
        r"(?:(?:GMT|UTC)\s?[+−-]\s?\d{1,2}(?::?\d\d)?(?!\d)|[+−-]\d\d(?::?\d\d)?(?::?\d\d)?(?!\d)"
        rf"|(?:{'|'.join(map(re.escape, full))})\b"
        r"|[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_-]+)+|[A-Za-z]{1,5}(?![A-Za-z]))"
    )


@cache
def _in_full() -> Mapping[str, str]:
    """Names that are known whatever their case, in lower case, and how the table writes them."""
    names = {row["abbreviation"] for row in reference("zones")}
    return MappingProxyType({name.lower(): name for name in names if len(name) > 5})


@cache
def unclear_zones() -> frozenset[str]:
    """Abbreviations that name no zone if the country is not known."""
    return frozenset(row["abbreviation"] for row in reference("zones") if row["unclear"])


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
        raise ValueError(f"{zone!r} is neither an IANA time zone nor a UTC offset") from error


def is_zone(zone: str) -> bool:
    try:
        tzinfo(zone)
    except ValueError:
        return False
    return True


@cache
def _meant(country: str | None) -> Mapping[str, Record]:
    """By name, the zone that it means to the press of a country: the country's own, else the usual
    one where others' are not far from it."""
    rows = reference("zones")
    usual = [row for row in rows if row["usual"] and not row["unclear"]]
    meant = {row["abbreviation"]: row for row in usual}
    own = [row for row in rows if country in row["countries"].split()]
    meant.update({row["abbreviation"]: row for row in reversed(own)})
    return MappingProxyType(meant)


@cache
def offsets_in_text(country: str | None) -> Mapping[str, str]:
    """By abbreviation, the offset from UTC of the zones that running text is read to name.

    ``country`` (ISO 3166-1 alpha-3) is the publisher's. The offset is empty where it changes over
    the year (ET).
    """
    meant = _meant(country)
    return MappingProxyType({a: row["offset"] for a, row in meant.items() if row["in_text"]})


def read_zone(written: str, country: str | None = None) -> str | None:
    """The IANA name or UTC offset that is meant, or None if it is no zone.

    A name of several zones is that of ``country`` (ISO 3166-1 alpha-3), else the usual, if there is
    one: IST is none without its country.
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
    known = _meant(country).get(_in_full().get(written.lower(), written))
    return known["zone"] if known is not None else None


def _delta(match: re.Match[str]) -> dt.timedelta:
    sign = 1 if match[1] == "+" else -1
    return sign * dt.timedelta(hours=int(match[2]), minutes=int(match[3] or 0))


def _offset_name(delta: dt.timedelta) -> str:
    minutes = int(delta.total_seconds() // 60)
    if minutes == 0:
        return "UTC"
    sign = "+" if minutes > 0 else "-"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
