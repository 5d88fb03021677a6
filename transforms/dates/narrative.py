"""Whether a text tells of times far from its publication, by the times that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from transforms.dates import meanings as m
from transforms.model import Parsed

#: How many years before publication most of a story's years lie at least.
FAR = 3


#: How many years a history states at least.
_HISTORY = 20
#: How many stated years a story has for each time told from its publication, if not mixed.
_PURE = 8


def is_narrative(found: list[m.Meaning], parsed: Parsed) -> bool:
    """Whether a text tells of times far from its publication.

    Its stated years decide: a story states many, and most of them lie years away; a report
    speaks of today, yesterday and weekdays more often than of such years.
    """
    published = parsed.article.published_date
    years = [year for meaning in found for year in stated_years(meaning)]
    near = sum(map(_speaks_of_now, found))
    if published is None:
        return len(years) >= 6 and 4 * near < len(years)
    if len(years) < 4:
        return False
    distance = median(published.year - year for year in years)
    if distance >= FAR:
        return 2 * near < len(years)
    return distance >= 1 and _PURE * near < len(years)


def is_report(found: list[m.Meaning]) -> bool:
    """Whether a text that tells a story speaks of its day of publication rather often."""
    years = sum(1 for meaning in found for _ in stated_years(meaning))
    return _PURE * sum(map(_speaks_of_now, found)) >= years


def is_short(found: list[m.Meaning]) -> bool:
    """Whether a text states too few years for a history."""
    return sum(1 for meaning in found for _ in stated_years(meaning)) < _HISTORY


def _speaks_of_now(meaning: m.Meaning) -> bool:
    """Whether a time is told from the day of writing: yesterday, last May, Friday, a decade ago."""
    match meaning:
        case m.Relative(to=to) | m.Offset(to=to) | m.Chosen(to=to):
            return to == "publication"
        case m.Partial(unit):
            return unit == "weekday"
        case m.Section(inner) | m.Modified(inner):
            return _speaks_of_now(inner)
        case m.Timed(day) if day is not None:
            return _speaks_of_now(day)
    return False


def stated_years(meaning: m.Meaning) -> Iterator[int]:
    if isinstance(meaning, m.Point):
        yield meaning.period.year
    elif isinstance(meaning, m.Range):
        yield from stated_years(meaning.low)
        yield from stated_years(meaning.high)
    elif isinstance(meaning, (m.Section, m.Modified)):
        yield from stated_years(meaning.inner)
    elif isinstance(meaning, m.Inside):
        yield from stated_years(meaning.outer)
    elif isinstance(meaning, m.Timed) and meaning.day is not None:
        yield from stated_years(meaning.day)
