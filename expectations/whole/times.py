"""Whether the clocks of sources are right, and go as before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from expectations.whole.clock import Turn, looks_turned, turn
from expectations.whole.limits import WholeLimits
from expectations.whole.making import Maker
from expectations.whole.model import WholeFinding
from warehouse.tables import Row

#: To be judged without a baseline: a week is uneven in itself.
_ARTICLES, _DAYS = 100, 7
#: Sources that are fetched later than this after publication are archives.
_LIVE_HOURS = 72.0


def judge_clocks(weekdays: Sequence[Row], limits: WholeLimits) -> Iterator[WholeFinding]:
    """Clocks that look wrong by themselves."""
    maker = Maker("clock_alone", limits)
    judged, found = 0, False
    for source in sorted({row["source"] for row in weekdays}):
        rows = [row for row in weekdays if row["source"] == source]
        days = max(row["days"] for row in rows)
        back, articles = _added(rows)
        if articles < _ARTICLES or days < _DAYS:
            continue
        judged += 1
        if looks_turned(back):
            found = True
            told = f"weekdays named 0 to 6 days before publication: {_told(back)}"
            yield maker.bad("dates", "surface", told, change=1.0, source=source)
    if not judged:
        yield maker.not_judged("dates", "surface", f"fewer than {_ARTICLES} articles of a source")
    elif not found:
        yield maker.passed("dates", "surface", f"{judged:,} sources")


def compare_clocks(
    now: Sequence[Row], before: Sequence[Row], limits: WholeLimits
) -> Iterator[WholeFinding]:
    """Clocks against the baseline: of all articles, and of those written since."""
    maker = Maker("clock", limits)
    judged, found = 0, False
    for source in sorted({row["source"] for row in before}):
        was, many = _added([row for row in before if row["source"] == source])
        if many < limits.articles:
            continue
        turned: list[tuple[Turn, list[int], str]] = []
        rows = [row for row in now if row["source"] == source]
        since = [row for row in rows if row["new"]]
        for some, scope in ((rows, "all articles"), (since, "articles written since")):
            back, articles = _added(some)
            if articles >= limits.articles:
                turned.append((turn(was, back, articles), back, scope))
        judged += bool(turned)
        worst = max(turned, key=lambda one: one[0].evidence, default=None)
        if worst is not None and worst[0].evidence >= limits.clock:
            found = True
            best, back, scope = worst
            told = f"weekdays named 0 to 6 days before publication: {_told(back)}"
            way = "later" if best.days > 0 else "earlier"
            yield maker.bad(
                "dates",
                "surface",
                told,
                change=best.evidence / limits.clock,
                source=source,
                before=_told(was),
                detail=f"publication looks {_days(best.days)} {way} than it was ({scope}; "
                f"evidence {best.evidence:.0f})",
            )
    if not judged:
        why = f"fewer than {limits.articles} articles of a source name a weekday"
        yield maker.not_judged("dates", "surface", why)
    elif not found:
        yield maker.passed("dates", "surface", f"{judged:,} sources")


def _added(rows: Sequence[Row]) -> tuple[list[int], int]:
    back = [sum(row["back"][n] for row in rows) for n in range(7)]
    return back, sum(row["articles"] for row in rows)


def _told(back: Sequence[int]) -> str:
    return ", ".join(f"{n:,}" for n in back)


def _days(days: int) -> str:
    return "a day" if abs(days) == 1 else f"{abs(days)} days"


def compare_lags(
    now: Sequence[Row], before: Sequence[Row], limits: WholeLimits
) -> Iterator[WholeFinding]:
    """How long after publication articles are fetched, of sources that are fetched as they come."""
    maker = Maker("lag", limits)
    judged, found = 0, False
    for source in sorted({row["source"] for row in before}):
        was = max((r for r in before if r["source"] == source), key=lambda r: int(r["articles"]))
        rows = [row for row in now if row["source"] == source and row["new"]]
        if was["articles"] < limits.articles or not 0 <= was["middle"] <= _LIVE_HOURS:
            continue
        for row in rows:
            if row["articles"] < limits.articles:
                continue
            judged += 1
            moved = row["middle"] - was["middle"]
            if abs(moved) >= limits.lag_hours:
                found = True
                yield maker.bad(
                    "articles",
                    "published_at",
                    f"fetched {row['middle']:.1f} hours after publication (median)",
                    change=abs(moved) / limits.lag_hours,
                    source=source,
                    before=f"{was['middle']:.1f} hours",
                )
    if not judged:
        why = f"no source with {limits.articles} articles fetched within {_LIVE_HOURS:.0f} hours"
        yield maker.not_judged("articles", "published_at", why)
    elif not found:
        yield maker.passed("articles", "published_at", f"{judged:,} sources")
