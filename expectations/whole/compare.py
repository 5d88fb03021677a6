"""Shares and means against those of a baseline, source by source."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from expectations.whole.limits import WholeLimits
from expectations.whole.making import Maker, share
from expectations.whole.model import WholeFinding
from expectations.whole.ratio import Sums, deviations
from warehouse.tables import Row

#: The expectation that each measure is judged by.
_JUDGED_BY = {
    "nulls": "nulls",
    "kinds": "kinds",
    "rows_an_article": "rows_an_article",
    "mean_sentences": "rows_an_article",
    "without_rows": "without_rows",
    "mean_value": "mean_value",
    "duplicates": "duplicates",
}
#: A kind that was as rare and still is has not changed, however many times it became.
_RARE = 0.02
#: Sources that are each too small to be compared, taken together.
OTHERS = "the small sources"

#: Measure, table, column, source, value; what there is none of is empty.
_Key = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class _Moved:
    """A ratio that moved by more than chance and by more than it may."""

    source: str
    value: str
    before: Sums
    now: Sums
    since: bool
    change: float


def judge_ratios(
    now: Sequence[Row], before: Sequence[Row], small: Collection[str], limits: WholeLimits
) -> Iterator[WholeFinding]:
    """All articles, and those written since the baseline, against all of the baseline.

    ``small`` are the sources that the baseline has too few articles of to compare them one by one.
    """
    then, whole = _sums(before, small), _sums(now, small)
    since = _sums([row for row in now if row["new"]], small)
    keys = sorted(whole | {key: Sums() for key in then if key[0] == "kinds"})
    for (name, table, column), group in groupby(keys, key=lambda key: key[:3]):
        if name not in _JUDGED_BY:
            continue
        maker = Maker(_JUDGED_BY[name], limits)
        found, judged = [], 0
        for key in group:
            was = then.get(key) or _none_of(then, key)
            if was.articles < limits.articles:
                continue
            judged += 1
            moves = [
                move
                for sums in (whole, since)
                if (at := sums.get(key) or _none_of(sums, key)).articles >= limits.articles
                if (move := _moved(key, was, at, sums is since, limits)) is not None
            ]
            if moves:
                found.append(max(moves, key=lambda move: move.change))
        for move in found:
            yield _told(maker, name, table, column or None, move)
        if not judged:
            why = f"fewer than {limits.articles} articles of each source"
            yield maker.not_judged(table, column or None, why)
        elif not found:
            yield maker.passed(table, column or None, f"{judged:,} compared")


def _sums(rows: Sequence[Row], small: Collection[str]) -> dict[_Key, Sums]:
    """The sums by key; small sources once more, together."""
    found: dict[_Key, Sums] = {}
    for row in rows:
        for source in (row["source"], OTHERS) if row["source"] in small else (row["source"],):
            key = (row["name"], row["table"], row["column"] or "", source, row["value"] or "")
            found[key] = found.get(key, Sums()) + Sums.of(row)
    return found


def _none_of(known: Mapping[_Key, Sums], key: _Key) -> Sums:
    """The share of 0 of a kind that there is nothing of."""
    if key[0] != "kinds":
        return Sums()
    others = (sums for other, sums in known.items() if other[:4] == key[:4])
    one = next(others, Sums())
    return Sums(one.articles, one.x, 0.0, one.xx, 0.0, 0.0)


def _moved(key: _Key, was: Sums, now: Sums, since: bool, limits: WholeLimits) -> _Moved | None:
    if abs(deviations(was, now)) < limits.deviations:
        return None
    change = _change(key[0], was.ratio, now.ratio, limits)
    return _Moved(key[3], key[4], was, now, since, change) if change >= 1 else None


def _change(name: str, was: float, now: float, limits: WholeLimits) -> float:
    """How many times what it may be; from 1 on it is too much."""
    if name == "nulls":
        return (now - was) / limits.null_rise
    if name == "without_rows":
        return (now - was) / limits.without_rise
    if name == "mean_value":
        return abs(now - was) / math.log10(limits.value_factor)
    if name in ("rows_an_article", "mean_sentences"):
        return abs(now - was) / max(was, 0.1) / limits.mean_change
    change = abs(now - was) / limits.share_change
    if abs(now - was) >= _RARE:
        low, high = sorted((max(was, _RARE / 10), max(now, _RARE / 10)))
        change = max(change, math.log(high / low) / math.log(limits.share_factor))
    return change


def _told(maker: Maker, name: str, table: str, column: str | None, move: _Moved) -> WholeFinding:
    sure = abs(deviations(move.before, move.now))
    scope = "articles written since" if move.since else "all articles"
    return maker.bad(
        table,
        column,
        _shown(name, move.now),
        change=move.change,
        source=move.source,
        value=move.value or None,
        before=_shown(name, move.before),
        detail=f"{scope}; {sure:.0f} standard deviations",
        rose=move.now.ratio > move.before.ratio,
    )


def _shown(name: str, sums: Sums) -> str:
    if name in ("rows_an_article", "mean_sentences"):
        return f"{sums.ratio:.3g} on average"
    if name == "mean_value":
        return f"{10**sums.ratio - 1:,.3g} typically (of {sums.x:,.0f})"
    told = share(sums.y, sums.x)
    return {"nulls": f"{told} null", "without_rows": f"{told} without"}.get(name, told)
