"""What the text around an expression says: day or month first, whose holiday."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from transforms.countries import writes_month_first
from transforms.dates.periods import Period
from transforms.reference import reference

_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/])")
_WORDS = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+\.?)*")


_LISTING = re.compile(r",?\s*(?:\b(?:and|or)\b)?\s*")


def is_listing(gap: str) -> bool:
    """Whether nothing but "and", "or" or a comma parts two times."""
    return _LISTING.fullmatch(gap) is not None


def is_day_first(text: str, country: str | None, published: dt.date | None) -> bool:
    """Whether 03/04 is 3 April here.

    The text's own dates decide where one of them can be read in one order only, or names the
    publication date; else the publisher's country; else the day comes first.
    """
    day = month = 0
    for first, _, second, year in _NUMERIC.findall(text) if "/" in text or "-" in text else ():
        a, b = int(first), int(second)
        if a > 12 >= b:
            day += 1
        elif b > 12 >= a:
            month += 1
        elif published and a != b and int(year) % 100 == published.year % 100:
            day += Period.of_day(published.year, b, a) == Period.holding("day", published)
            month += Period.of_day(published.year, a, b) == Period.holding("day", published)
    if day != month:
        return day > month
    return not writes_month_first(country)


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for record in reference("countries"):
        names = (record["name"], *record["aliases"].split("|"), *record["demonyms"].split("|"))
        for name in names:
            if name:
                found.setdefault(name.lower(), record["alpha3"])
    return found


def country_beside(text: str, start: int, end: int) -> str | None:
    """The country named beside a named day: Russia's Victory Day, Independence Day in India."""
    return country_before(text, start) or _country_after(text, end)


def _country_after(text: str, end: int) -> str | None:
    words = _WORDS.findall(text[end : end + 40].split(".")[0])
    if words[:1] not in (["in"], ["of"]):
        return None
    words = words[2:] if words[1:2] == ["the"] else words[1:]
    known = _countries()
    for size in (3, 2, 1):
        name = " ".join(words[:size]).lower()
        if len(words) >= size and name in known:
            return known[name]
    return None


def country_before(text: str, start: int) -> str | None:
    """The country named just before a named day."""
    before = re.sub(r"['’]s?\s*$", "", text[max(0, start - 40) : start].rstrip())
    words = _WORDS.findall(before)
    known = _countries()
    for size in (3, 2, 1):
        name = " ".join(words[-size:]).lower()
        if len(words) >= size and name in known:
            return known[name]
    return None
