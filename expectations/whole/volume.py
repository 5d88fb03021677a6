"""How much each source gives, by day: gone, silent, too much."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from statistics import median

from expectations.whole.intervals import chance_of, so_few, unevenness
from expectations.whole.limits import WholeLimits
from expectations.whole.making import Maker, percent
from expectations.whole.model import WholeFinding
from warehouse.tables import Row

#: Days before the newest that say what a source usually gives.
USUAL = 28
#: A source with articles on fewer of them gives none every day.
_DAYS = 7
#: Fewer articles a day than this say too little of a single day.
_A_DAY = 10.0
#: Days of one kind that a median needs.
_KIND = 4
_AROUND = 28
_ONE = dt.timedelta(days=1)

Days = Mapping[dt.date, int]


def small_sources(before: Sequence[Row], limits: WholeLimits) -> Collection[str]:
    """The sources that a baseline has too few articles of."""
    return {row["source"] for row in before if row["articles"] < limits.articles}


def _newest(volumes: Sequence[Row]) -> dt.date | None:
    return max((row["last"] for row in volumes if row["last"] is not None), default=None)


def _counts(days: Days, last: dt.date, many: int) -> list[int]:
    """The articles of each of so many days up to the last."""
    return [days.get(last - n * _ONE, 0) for n in range(many)]


def _usual(row: Row, last: dt.date) -> tuple[float, float] | None:
    """Articles a day up to the last day and how uneven they are; None for a source without."""
    since = max(last - (USUAL - 1) * _ONE, row["first"])
    counts = _counts(row["days"], last, (last - since).days + 1)
    if sum(n > 0 for n in counts) < _DAYS:
        return None
    return sum(counts) / len(counts), unevenness(counts)


# of any state


def judge_days(volumes: Sequence[Row], limits: WholeLimits) -> Iterator[WholeFinding]:
    """Freshness of each source, and its days one by one."""
    newest = _newest(volumes)
    if newest is None:
        return
    yield from _judge_fresh(volumes, newest, Maker("fresh", limits))
    yield from _judge_each_day(volumes, Maker("volume_by_day", limits))


def _judge_fresh(volumes: Sequence[Row], newest: dt.date, maker: Maker) -> Iterator[WholeFinding]:
    judged, found = 0, False
    for row in volumes:
        usual = _usual(row, row["last"]) if row["last"] else None
        if usual is None:
            continue
        judged += 1
        a_day, uneven = usual
        days = (newest - row["last"]).days
        if _too_few(0, a_day * days, uneven, maker.limits):
            found = True
            yield maker.bad(
                "articles",
                "published_date",
                f"nothing for {days} days, since {row['last']}; {a_day:.3g} a day before",
                change=a_day * days / 10,
                source=row["source"],
            )
    if judged and not found:
        yield maker.passed("articles", "published_date", f"{judged:,} sources go on")
    elif not judged:
        why = f"no source with articles on {_DAYS} of {USUAL} days"
        yield maker.not_judged("articles", "published_date", why)


def _too_few(seen: float, expected: float, uneven: float, limits: WholeLimits) -> bool:
    """Whether so few are no chance, where days are so uneven, and few enough to matter."""
    if seen > limits.silent * expected:
        return False
    return so_few(seen / uneven, expected / uneven) < chance_of(limits.deviations)


def _judge_each_day(volumes: Sequence[Row], maker: Maker) -> Iterator[WholeFinding]:
    judged, found = 0, False
    for row in volumes:
        days: Days = {day: n for day, n in row["days"].items() if day is not None}
        if len(days) < _DAYS:
            continue
        first, last = min(days), max(days)
        for at in range(1, (last - first).days):
            day = first + at * _ONE
            others = _of_its_kind(days, day, first, last)
            if len(others) < _KIND or (usual := median(others)) < _A_DAY:
                continue
            judged += 1
            n = days.get(day, 0)
            off = median(abs(other - usual) for other in others)
            spread = max(math.sqrt(usual), 1.48 * off)
            far = abs(n - usual) / spread
            few = n < maker.limits.silent * usual
            many = n > maker.limits.busy * usual and far >= maker.limits.deviations
            if few or many:
                found = True
                yield maker.bad(
                    "articles",
                    "published_date",
                    f"{n:,} articles on {day}, where {usual:.0f} are usual",
                    change=max(far / maker.limits.deviations, 1.0),
                    source=row["source"],
                    value=day.isoformat(),
                )
    if judged and not found:
        yield maker.passed("articles", "published_date", f"{judged:,} days as usual")
    elif not judged:
        why = f"no source with {_A_DAY:.0f} articles a day"
        yield maker.not_judged("articles", "published_date", why)


def _of_its_kind(days: Days, day: dt.date, first: dt.date, last: dt.date) -> list[int]:
    """The counts of the other weekdays, or weekends, around a day."""
    weekend = day.weekday() >= 5
    near = [day + n * _ONE for n in range(-_AROUND, _AROUND + 1) if n]
    return [
        days.get(one, 0) for one in near if first < one < last and (one.weekday() >= 5) is weekend
    ]


# against a baseline


def compare_volumes(
    now: Sequence[Row], before: Sequence[Row], forgotten: int, limits: WholeLimits
) -> Iterator[WholeFinding]:
    """What each source has and gave, against a baseline; ``forgotten`` since are no loss."""
    here = {row["source"]: row for row in now}
    yield from _judge_kept(here, before, forgotten, Maker("articles_kept", limits))
    yield from _judge_since(here, before, _newest(now), limits)


def _judge_kept(
    here: Mapping[str, Row], before: Sequence[Row], forgotten: int, maker: Maker
) -> Iterator[WholeFinding]:
    found = False
    for row in before:
        was, source = row["articles"], row["source"]
        n = here[source]["articles"] if source in here else 0
        gone = was - n - forgotten
        if gone > maker.limits.lost * was:
            found = True
            yield maker.bad(
                "articles",
                None,
                f"{n:,} articles, {percent((was - n) / was)} are gone",
                change=gone / was / maker.limits.lost if maker.limits.lost else 100.0,
                source=source,
                before=f"{was:,}",
            )
    if not found:
        yield maker.passed("articles", None, f"all of {len(before):,} sources")


def _judge_since(
    here: Mapping[str, Row], before: Sequence[Row], newest: dt.date | None, limits: WholeLimits
) -> Iterator[WholeFinding]:
    """The days since the newest of the baseline, at the volume of the weeks before."""
    silent, busy = Maker("silent", limits), Maker("busy", limits)
    then = _newest(before)
    judged, quiet, loud = 0, False, False
    days = (newest - then).days if newest and then else 0
    for row in before:
        now = here.get(row["source"])
        usual = _usual(row, then) if then and row["first"] else None
        if now is None or usual is None:
            continue
        if (grown := _grown(row, now, limits)) is not None:
            loud = True
            day, was, n = grown
            told = f"{n:,} articles on {day}, a day that was full"
            yield busy.bad(
                "articles",
                "published_date",
                told,
                change=n / was,
                source=row["source"],
                value=day.isoformat(),
                before=f"{was:,}",
            )
        if days < 1 or newest is None:
            continue
        judged += 1
        a_day, uneven = usual
        seen, expected = sum(_counts(now["days"], newest, days)), a_day * days
        told = f"{seen:,} articles in the {days} days up to {newest}"
        was_told = f"{a_day:.3g} a day"
        spread = math.sqrt(expected * uneven)
        if _too_few(seen, expected, uneven, limits):
            quiet = True
            yield silent.bad(
                "articles",
                "published_date",
                told,
                change=1 + (expected - seen) / max(spread, 1.0),
                source=row["source"],
                before=was_told,
            )
        elif seen > limits.busy * expected and seen - expected > limits.deviations * spread:
            loud = True
            yield busy.bad(
                "articles",
                "published_date",
                told,
                change=seen / expected,
                source=row["source"],
                before=was_told,
            )
    if not judged:
        yield silent.not_judged("articles", "published_date", "no day of publication since")
    elif not quiet:
        yield silent.passed("articles", "published_date", f"{judged:,} sources go on")
    if not loud:
        yield busy.passed("articles", "published_date", "no day has far more")


def _grown(row: Row, now: Row, limits: WholeLimits) -> tuple[dt.date, int, int] | None:
    """The day that was full and has grown the most, with its articles then and now.

    The last three days of the baseline still came in.
    """
    full = [
        (now["days"].get(day, 0) / was, day, was, now["days"].get(day, 0))
        for day, was in row["days"].items()
        if day is not None and was >= _A_DAY and day < row["last"] - 2 * _ONE
    ]
    times, day, was, n = max(full, default=(0.0, None, 0, 0), key=lambda one: (one[0], one[1]))
    return (day, was, n) if day is not None and times > limits.busy else None
