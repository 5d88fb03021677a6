"""Schedules: minute, hour, day of month, month and day of week, as cron has them.

Five fields of numbers, names, ranges, lists and steps, all of which Prefect's scheduler knows too.
It also knows seconds, words such as @daily and times drawn at random, which are refused here: a
sixth field would be run by the second, and a random time is another one after each start.
"""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
#: The longest that each month may be, which the 29th of February is in.
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
#: Name, least and greatest number, and words for the numbers from the least on.
_FIELDS: tuple[tuple[str, int, int, tuple[str, ...]], ...] = (
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day of month", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("day of week", 0, 7, _DAYS),
)
_PART = re.compile(r"(?:(?P<all>\*)|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>\d{1,2}))?")
_FORM = (
    "give minute, hour, day of month, month and day of week, such as "
    '"0 6 * * 1-5" or "*/15 * * * *"'
)


def checked(schedule: str) -> str:
    """The schedule, its fields parted by single spaces.

    Raises ``ValueError``, which says what to do, for anything but five fields that come true on
    some day.
    """
    fields = schedule.split()
    if schedule.lstrip().startswith("@"):
        raise ValueError(f"{schedule!r} is not a schedule of five fields: {_FORM}")
    if len(fields) != len(_FIELDS):
        more = ", without seconds or a year" if len(fields) > len(_FIELDS) else ""
        many = "1 field" if len(fields) == 1 else f"{len(fields)} fields"
        raise ValueError(f"{schedule!r} is not a schedule, it has {many}: {_FORM}{more}")
    meant = [_meant(schedule, n, field) for n, field in enumerate(fields)]
    days, months = meant[2], meant[3]
    if fields[4] == "*" and min(days) > max(_LONGEST[month - 1] for month in months):
        raise ValueError(f"{schedule!r} never comes: no such month has a day {min(days)}")
    return " ".join(fields)


def _meant(schedule: str, position: int, field: str) -> set[int]:
    """The numbers that a field stands for."""
    name, least, greatest, words = _FIELDS[position]
    found: set[int] = set()
    for part in field.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"{schedule!r} is not a schedule, its {name} is {part!r}: {_FORM}")
        first, last = least, greatest
        if not match["all"]:
            first = _number(match["first"], least, words)
            last = _number(match["last"], least, words) if match["last"] else first
            if match["step"] and not match["last"]:
                last = greatest
        step = int(match["step"]) if match["step"] else 1
        if not (least <= first <= last <= greatest and step):
            raise ValueError(
                f"{schedule!r} is not a schedule, its {name} is {part!r} and not "
                f"from {least} to {greatest}: {_FORM}"
            )
        found.update(range(first, last + 1, step))
    return found


def _number(text: str, least: int, words: tuple[str, ...]) -> int:
    """What a number or a word stands for; less than any number if it is neither."""
    if text.isdecimal() and text.isascii():
        return int(text)
    return words.index(text.lower()) + least if text.lower() in words else -1
