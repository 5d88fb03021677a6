"""Which day an article is of, where what its page says of it is in doubt.

A day that systems write where they know none is not a day of publication
(``seeds/reference/placeholder_dates.csv``). The day in an address was written once, when the
article was: it decides between times of a page that disagree, and stands in for one that is not
there. An address with a month and no day only confirms.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from transforms.article.times import Stamp, find_time
from transforms.reference import reference

#: /2024/07/13/, /2024/jul/13/, /2024-07-13: steps of a path of their own.
_STEPS = re.compile(
    r"/(?P<year>\d{4})(?P<sep>[/-])(?P<month>\d{1,2}|[a-z]{3})(?P=sep)(?P<day>\d{1,2})(?=/|$)",
    re.IGNORECASE,
)
#: ferry-strike-2024-07-13: a day in the words of an address, which may be what it is about.
_WORDS = re.compile(
    r"[/_-](?P<year>\d{4})[/_-](?P<month>\d{1,2}|[a-z]{3})[/_-](?P<day>\d{1,2})(?=[/_-]|$)",
    re.IGNORECASE,
)
_MONTH = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>0[1-9]|1[0-2])(?=/|$)")
#: Days by which a time may differ from the address, which is told in another zone.
_ZONES = dt.timedelta(days=1)


@dataclass(frozen=True)
class AddressDay:
    """The days that an address may mean: one, or a month's. ``sure`` says that it is a step of the
    path, and not in its words."""

    first: dt.date
    last: dt.date
    sure: bool

    @property
    def stamp(self) -> Stamp | None:
        """The day as a time of publication, or None if it is a month."""
        midnight = dt.datetime.combine(self.first, dt.time())
        return Stamp(midnight, has_time=False) if self.first == self.last else None

    def agrees(self, stamp: Stamp) -> bool:
        day = stamp.local.date()
        return self.first - _ZONES <= day <= self.last + _ZONES


def day_of_address(url: str | None) -> AddressDay | None:
    """The day or month in the path of an address, or None."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return None
    for pattern in (_STEPS, _WORDS):
        match = pattern.search(path)
        if match is not None and (day := _day(match)) is not None:
            return AddressDay(day, day, pattern is _STEPS)
    match = _MONTH.search(path)
    if match is None:
        return None
    first = dt.date(int(match["year"]), int(match["month"]), 1)
    days = calendar.monthrange(first.year, first.month)[1]
    return AddressDay(first, first.replace(day=days), False)


def _day(match: re.Match[str]) -> dt.date | None:
    year, month, day = match["year"], match["month"], match["day"]
    stamp = find_time(f"{day} {month} {year}") or find_time(f"{year}-{month}-{day}")
    return stamp.local.date() if stamp is not None else None


@cache
def _placeholders() -> frozenset[str]:
    return frozenset(row["day"] for row in reference("placeholder_dates"))


def is_placeholder(stamp: Stamp) -> bool:
    """Whether it is of a day that systems write where they know none."""
    return stamp.local.date().isoformat() in _placeholders()


def settled(stamp: Stamp | None, address: AddressDay | None) -> Stamp | None:
    """The time, or the address's day if there is none; None for a placeholder."""
    given = plausible([stamp] if stamp else [], address)
    if given:
        return given[0]
    return address.stamp if address is not None and address.sure else None


def plausible(stamps: Sequence[Stamp], address: AddressDay | None = None) -> list[Stamp]:
    """The times that are no placeholders, or that the address confirms."""
    return [
        stamp
        for stamp in stamps
        if not is_placeholder(stamp) or (address is not None and address.agrees(stamp))
    ]


def weighed(
    stated: Sequence[Stamp], shown: Sequence[Stamp], address: AddressDay | None
) -> list[Stamp]:
    """The times of a page in the order in which they count beside its address, the surest first.

    ``stated`` are its data's, ``shown`` those that stand on it, among which may be others'. Those
    that agree with the address go before others. Where none does, a day that is a step of the
    address outweighs one that the page says only once.
    """
    stated, shown = plausible(stated, address), plausible(shown, address)
    given = [*stated, *shown]
    if not given or address is None or address.agrees(given[0]):
        return given
    asked = given if address.stamp is not None else stated  # a month is many stories'
    same = [stamp for stamp in asked if address.first <= stamp.local.date() <= address.last]
    near = [stamp for stamp in stated if address.agrees(stamp) and stamp not in same]
    if same or near:
        first = [*same, *near]
        return [*first, *(stamp for stamp in given if stamp not in first)]
    said = Counter(stamp.local.date() for stamp in given)
    if address.sure and address.stamp is not None and said[given[0].local.date()] == 1:
        return [address.stamp, *given]
    return given
