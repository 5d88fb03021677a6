"""Which year a story means by "in May": the years that let it be told with the fewest jumps.

A report of its day counts from its publication. A story counts from itself: between the dates it
states in full, its months and days follow each other, mostly forwards. So the years of all its
partial dates are chosen together, as the cheapest path through the document (a beam search): a
step costs the months it leaps, more if it leaps back, less where a paragraph ends; a stated time
may be an aside, which the story does not follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.dates import meanings as m
from transforms.dates.periods import SIZE, Period

#: How much dearer a month is backwards than forwards.
BACK = 1.5
#: What a leap costs after the end of a paragraph, of what it costs within one.
NEW_PARAGRAPH = 0.5

#: What a month costs beyond the first year of a leap forwards: stories do skip years.
FAR_ON = 0.25
#: What it costs to hold a stated time for an aside, after which the story stands where it stood.
ASIDE = 15.0
#: How many ways to tell the story are kept in mind.
BEAM = 12

Stretch = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Told:
    """One time of a story: its meaning and the paragraph it stands in."""

    meaning: m.Meaning
    paragraph: int


@dataclass(frozen=True, slots=True)
class _Path:
    """One way to tell the story so far: its cost, where it stands, and the years chosen."""

    cost: float
    at: Stretch
    paragraph: int
    years: _Chosen | None = None


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The year chosen at one place, and what was chosen before it."""

    place: int
    year: int
    before: _Chosen | None


def story_years(times: Sequence[Told]) -> dict[int, int]:
    """The year of every partial date, by its place among the times."""
    fixed = {i: stretch for i, t in enumerate(times) if (stretch := _fixed(t.meaning))}
    if not fixed:
        return {}
    places = sorted(fixed)
    first = fixed[places[0]]
    paths = [_Path(0.0, first, 0)]
    for i, told in enumerate(times):
        partial = _partial(told.meaning)
        if i in fixed:
            followed = _cheapest(paths, fixed[i], told.paragraph)
            aside = [_Path(p.cost + ASIDE, p.at, p.paragraph, p.years) for p in paths]
            paths = _best([followed, *aside])
        elif partial is not None:
            around = [fixed[p] for p in _neighbours(places, i)]
            around += [path.at for path in paths]
            steps = []
            for year in sorted({y for low, high in around for y in _years(low, high)}):
                step = _cheapest(paths, _of_year(partial, year), told.paragraph)
                years = _Chosen(i, year, step.years)
                steps.append(_Path(step.cost, step.at, step.paragraph, years))
            paths = _best(steps)
    chosen: dict[int, int] = {}
    last = paths[0].years
    while last is not None:
        chosen[last.place] = last.year
        last = last.before
    return chosen


def _cheapest(paths: list[_Path], to: Stretch, paragraph: int) -> _Path:
    """The cheapest way to tell the story on to a time."""
    cost, at = min(
        (
            path.cost
            + (1.0 if path.paragraph == paragraph else NEW_PARAGRAPH) * _leap(path.at, to),
            place,
        )
        for place, path in enumerate(paths)
    )
    return _Path(cost, to, paragraph, paths[at].years)


def _best(paths: list[_Path]) -> list[_Path]:
    """The cheapest path to each place, the cheapest of them first."""
    cheapest: dict[Stretch, _Path] = {}
    for path in paths:
        known = cheapest.get(path.at)
        if known is None or path.cost < known.cost:
            cheapest[path.at] = path
    return sorted(cheapest.values(), key=lambda path: (path.cost, path.at))[:BEAM]


def _leap(source: Stretch, target: Stretch) -> float:
    """Months from one time to another; none where they overlap."""
    if target[0] > source[1]:
        months = target[0] - source[1]
        return months if months <= 12 else 12 + FAR_ON * (months - 12)
    return BACK * (source[0] - target[1]) if target[1] < source[0] else 0.0


def _neighbours(places: list[int], at: int) -> list[int]:
    """The nearest fixed times before and after a place, two each way."""
    before = [p for p in places if p < at][-2:]
    return before + [p for p in places if p > at][:2]


def _years(low: float, high: float) -> range:
    first, last = int(low // 12), int(high // 12)
    return range(first - 1, min(last, first + 3) + 2)


def _of_year(partial: m.Partial, year: int) -> Stretch:
    if partial.unit == "day":
        at = year * 12 + partial.number - 1 + partial.day / 32
        return at, at
    return _stretch(Period.of_year(partial.unit, year, partial.number))


def _stretch(period: Period) -> Stretch:
    if period.unit in ("day", "week"):
        day = period.first
        at = (day.year * 12 + day.month - 1 + day.day / 32) if day else 0.0
        return at, at
    if period.unit == "season":
        return period.index * 3.0 + 2, period.index * 3.0 + 5
    size = {"month": 1, "quarter": 3, "half": 6, "year": 12}[period.unit]
    return float(period.index * size), float(period.index * size + size)


def _fixed(meaning: m.Meaning) -> Stretch | None:
    """The months that a time stated in full lies in."""
    match meaning:
        case m.Point(period) if SIZE[period.unit] <= SIZE["year"]:
            return _stretch(period)
        case m.Inside(m.Partial() as inner, m.Point(outer)) if outer.unit == "year":
            return _of_year(inner, outer.index) if inner.unit in _UNITS else None
        case m.Section(inner) | m.Modified(inner):
            return _fixed(inner)
        case m.Timed(day) if day is not None:
            return _fixed(day)
        case m.Range(low, high):
            first, last = _fixed(low), _fixed(high)
            return (first[0], last[1]) if first and last and first[0] <= last[1] else first or last
    return None


_UNITS = ("day", "month", "quarter", "season", "half")


def _partial(meaning: m.Meaning) -> m.Partial | None:
    match meaning:
        case m.Partial(unit):
            return meaning if unit in _UNITS else None
        case m.Section(inner) | m.Modified(inner):
            return _partial(inner)
        case m.Timed(day) if day is not None:
            return _partial(day)
        case m.Range(low, _):
            return _partial(low)
    return None
