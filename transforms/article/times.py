"""Publication times as pages write them, read without a clock.

A time is looked for first and cut out, then a date in what is left: so that every order of the
parts reads alike (``28 April 2025 10:00 KST``, ``Mon Apr 28 10:00:00 UTC 2025``). What a string
does not say is never filled in from today.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from transforms.calendar_names import (
    english_months,
    english_weekdays,
    foreign_months,
    hour_words,
)
from transforms.closed import ORDINAL_ENDINGS
from transforms.countries import writes_month_first
from transforms.words import words
from transforms.zones import read_zone, tzinfo, unclear_zones, zone_pattern

#: Years that a publication may carry; outside of them a number is no year.
FIRST_YEAR, LAST_YEAR = 1600, 2200

#: Fewer seconds since 1970 (March 1973) are some other number.
_FIRST_EPOCH = 1e8

#: How much of a string is looked at, in characters.
_LONGEST = 400


@dataclass(frozen=True)
class Stamp:
    """A time as written: ``local`` has no zone of its own.

    ``zone`` (IANA name or UTC offset) is None where none was written. ``has_time`` is false for a
    bare date, whose time is midnight. ``is_utc`` says that the notation itself counts in UTC
    without naming a zone (seconds since 1970).
    """

    local: dt.datetime
    zone: str | None = None
    has_time: bool = True
    is_utc: bool = False

    def settle(self, default_zone: str) -> tuple[dt.datetime, str, dt.date]:
        """The instant (UTC, without zone), the zone it is told in, and the date there."""
        zone = self.zone or default_zone
        if self.is_utc:
            at = self.local
            day = at.replace(tzinfo=dt.UTC).astimezone(tzinfo(zone)).date()
            return at, zone, day
        aware = self.local.replace(tzinfo=tzinfo(zone))
        return aware.astimezone(dt.UTC).replace(tzinfo=None), zone, self.local.date()


@cache
def _months() -> dict[str, int]:
    return {
        _fold(name): month
        for names in (foreign_months(), english_months())
        for name, month in names.items()
    }


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


@cache
def _clock() -> re.Pattern[str]:
    """A time of day, with its zone if one follows."""
    hours, elsewhere = "|".join(sorted(hour_words())), "|".join(sorted(words("article.hour")))
    return re.compile(
        rf"""(?:(?<=\d)[Tt]|(?<![\d:.,/-]))
        (?: (?P<hour>[01]?\d|2[0-4])(?: : | h (?=\d\d\b) )(?P<minute>[0-5]\d)
            (?: :(?P<second>[0-5]\d|60) (?:[.,](?P<fraction>\d{{1,9}}))? )?
            \s*(?P<half>[ap]\.?\s?m\b\.?)?
          | (?P<hour2>1[0-2]|0?[1-9])(?:\.(?P<minute2>[0-5]\d))?\s*(?P<half2>[ap]\.?\s?m\b\.?)
          | (?P<hour4>[01]?\d|2[0-3])\.(?P<minute4>[0-5]\d)
            (?=\s*(?:{hours}|{elsewhere}|h|[A-Z]{{1,4}}T)\b)
          | (?P<hour3>[01]\d|2[0-3])(?P<minute3>[0-5]\d)\s*
            (?:(?:{hours})\b|(?=(?:GMT|UTC|IST)\b))
        )
        (?:\s*(?:[(,]\s*)?(?P<zone>{zone_pattern()})\)?)?
        """,
        re.VERBOSE | re.IGNORECASE,
    )


_LETTER = r"[^\W\d_]"
_ORDINAL = "|".join(sorted(ORDINAL_ENDINGS))
_DATES = tuple(
    re.compile(pattern, re.VERBOSE | re.IGNORECASE)
    for pattern in (
        (
            r"(?<![\d.,/-])(?P<year>\d{4})(?P<sep>[-/.])\s?(?P<month>\d{1,2})(?P=sep)\s?"
            r"(?P<day>\d{1,2})\.?(?!\d)"
        ),
        r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]",
        (
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:{_ORDINAL}|º|ª)?[\s./-]*(?:(?:of|de|d’|del)\s+)?"
            rf"(?P<name>{_LETTER}{{3,}})\.?,?[\s./-]+(?:(?:de|del)\s+)?(?P<year>\d{{4}})(?!\d)"
        ),
        (
            rf"(?P<name>{_LETTER}{{3,}})\.?[\s-]+(?P<day>\d{{1,2}})(?:{_ORDINAL})?\b\s*,?[\s-]+"
            rf"(?P<year>\d{{4}})(?!\d)"
        ),
        rf"(?<!\d)(?P<day>\d{{1,2}})-(?P<name>{_LETTER}{{3,}})-(?P<year>\d{{2}})(?!\d)",
        (
            r"(?<![\d.,/-])(?P<first>\d{1,2})(?P<sep>[-/.])\s?(?P<second>\d{1,2})(?P=sep)\s?"
            r"(?P<year>\d{4}|\d{2})(?![\d/-])"
        ),
    )
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[Tt]?(\d\d)(\d\d)(\d\d)?)?([Zz]|[+-]\d\d:?\d\d)?")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")

#: Words of grammar and short forms that say nothing more about a time beside them.
_BESIDE = frozenset("on at the by of and in from a um le el den de vom am pm h t z".split())  # noqa: SIM905


@cache
def _beside() -> frozenset[str]:
    """Words beside a time that say nothing more about it."""
    return _BESIDE.union(words("article.beside_time"), hour_words(), english_weekdays())


_WORD = re.compile(r"\w+")


def read_time(text: str, country: str | None = None) -> Stamp | None:
    """The one time that the whole string states, or None.

    ``country`` (ISO 3166-1 alpha-3) decides the order of 03/04/2025 and what BST or IST mean.
    """
    text = _settled(text)
    digits = _from_digits(text)
    if digits is not None:
        return digits
    found = _scan(text, country)
    if found is None:
        return None
    stamp, rest = found
    left = {word for word in _WORD.findall(_fold(rest)) if not _says_nothing(word)}
    return stamp if not left else None


def _says_nothing(word: str) -> bool:
    return word in _beside() or word.upper() in {"GMT", "UTC", *unclear_zones()}


def leading_time(text: str, country: str | None = None) -> Stamp | None:
    """The time that a string begins with, whatever follows it, or None."""
    text = _settled(text)
    dated = _find_date(text, country)
    return find_time(text, country) if dated is not None and dated[1] == 0 else None


def find_time(text: str, country: str | None = None) -> Stamp | None:
    """The first full date that stands anywhere in a short string, with its time, or None."""
    found = _scan(_settled(text), country)
    return found[0] if found else None


#: A zone in words or by its name behind the offset that says the same.
_SAID_AGAIN = re.compile(r"([+−-]\d\d:?\d\d)\s?(?:\([^()\d]+\)|\[[\w/]+\])$")


def _settled(text: str) -> str:
    return _SAID_AGAIN.sub(r"\1", " ".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split()))


def from_epoch(number: float) -> Stamp | None:
    """A count of seconds or milliseconds since 1970, or None for a number that cannot be one."""
    seconds = number / 1000 if abs(number) >= 1e11 else number
    if seconds < _FIRST_EPOCH:
        return None
    try:
        local = dt.datetime(1970, 1, 1) + dt.timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        return None
    return Stamp(local, is_utc=True) if FIRST_YEAR <= local.year <= LAST_YEAR else None


def _from_digits(text: str) -> Stamp | None:
    if _EPOCH.fullmatch(text):
        return from_epoch(float(text))
    match = _COMPACT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    date = _date(int(year), int(month), int(day))
    if date is None or int(hour or 0) > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
        return None
    time = dt.time(int(hour or 0), int(minute or 0), int(second or 0))
    named = read_zone(zone) if zone else None
    return Stamp(dt.datetime.combine(date, time), named, hour is not None)


def _scan(text: str, country: str | None) -> tuple[Stamp, str] | None:
    """The first time in the text and what is left of the text without it."""
    for clock in _clock().finditer(text):
        zone = read_zone(clock["zone"], country) if clock["zone"] else None
        end_of_clock = clock.end() if zone or not clock["zone"] else clock.start("zone")
        rest = f"{text[: clock.start()]} {text[end_of_clock:]}"
        dated = _find_date(rest, country)
        if dated is None:
            continue
        date, start, end = dated
        time, days = _time(clock)
        left = rest[:start] + " " + rest[end:]
        if zone is None:
            zone, left = _zone_in(left, country)
        try:
            local = dt.datetime.combine(date + dt.timedelta(days), time)
        except OverflowError:
            return None
        return Stamp(local, zone), left
    dated = _find_date(text, country)
    if dated is None:
        return None
    date, start, end = dated
    return Stamp(dt.datetime.combine(date, dt.time()), has_time=False), text[:start] + " " + text[
        end:
    ]


@cache
def _loose_zone() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{zone_pattern()})(?!\w)")


def _zone_in(text: str, country: str | None) -> tuple[str | None, str]:
    """A zone that stands apart from its time (``10:00, 28 April 2025 KST``)."""
    for match in _loose_zone().finditer(text):
        zone = read_zone(match[0], country)
        if zone is not None:
            return zone, text[: match.start()] + " " + text[match.end() :]
    return None, text


def _time(clock: re.Match[str]) -> tuple[dt.time, int]:
    """The time of day, and 1 where it is midnight at the day's end."""
    hour = int(clock["hour"] or clock["hour2"] or clock["hour3"] or clock["hour4"])
    minutes = (clock[name] for name in ("minute", "minute2", "minute3", "minute4"))
    minute = int(next((m for m in minutes if m), 0))
    half = (clock["half"] or clock["half2"] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    second = min(int(clock["second"] or 0), 59)
    micro = int((clock["fraction"] or "0")[:6].ljust(6, "0"))
    if hour == 24:
        return dt.time(), 1
    return dt.time(hour, minute, second, micro), 0


def _find_date(text: str, country: str | None) -> tuple[dt.date, int, int] | None:
    best: tuple[dt.date, int, int] | None = None
    for pattern in _DATES:
        for match in pattern.finditer(text):
            date = _read_date(match.groupdict(), country)
            if date is not None:
                if best is None or match.start() < best[1]:
                    best = (date, match.start(), match.end())
                break
    return best


def _read_date(parts: dict[str, str | None], country: str | None) -> dt.date | None:
    year = int(parts["year"] or 0)
    if len(parts["year"] or "") == 2:
        year += 1900 if year >= 70 else 2000
    name = parts.get("name")
    if name is not None:
        month = _months().get(_fold(name))
        return _date(year, month, int(parts["day"] or 0)) if month else None
    if parts.get("first") is None:
        return _date(year, int(parts["month"] or 0), int(parts["day"] or 0))
    first, second = int(parts["first"] or 0), int(parts["second"] or 0)
    if writes_month_first(country):
        return _date(year, first, second) or _date(year, second, first)
    return _date(year, second, first) or _date(year, first, second)


def _date(year: int, month: int, day: int) -> dt.date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
