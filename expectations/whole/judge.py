"""All expectations of the lake as a whole, asked of what was measured of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from expectations.whole.compare import judge_ratios
from expectations.whole.limits import WholeLimits
from expectations.whole.making import OFF, Maker
from expectations.whole.model import WholeFinding, worst_first
from expectations.whole.standing import judge_files, judge_shares, judge_sound, judge_texts
from expectations.whole.times import compare_clocks, compare_lags, judge_clocks
from expectations.whole.volume import compare_volumes, judge_days, small_sources
from warehouse.tables import Row

#: What ``warehouse.measures`` gives of a state: rows by group.
Measured = Mapping[str, Sequence[Row]]


def judge(now: Measured, before: Measured | None, limits: WholeLimits) -> list[WholeFinding]:
    """What came of every expectation, the worst first.

    ``before`` is measured of the baseline; without it, what is asked against one is not asked.
    Nothing in it that could not be measured counts against the lake of now.
    """
    good = {group: [row for row in rows if "broke" not in row] for group, rows in now.items()}
    found = [*_broken(now, limits), *_standing(good, limits)]
    if before is not None:
        then = {group: [r for r in rows if "broke" not in r] for group, rows in before.items()}
        found += [*_unknown(before, limits), *_against(good, then, limits)]
    off = {name for name, severity in limits.severity.items() if severity == OFF}
    return sorted((one for one in found if one.name not in off), key=worst_first)


def _broken(now: Measured, limits: WholeLimits) -> Iterator[WholeFinding]:
    """What could not be measured: not judged where files are missing, else broken."""
    missing = any(row.get("bad") for row in now["files"])
    for rows in now.values():
        for row in rows:
            if "broke" not in row:
                continue
            maker = Maker(row["name"], limits)
            if missing and row["unreadable"]:
                why = "not all files can be read"
                yield maker.not_judged(row["table"], row.get("column"), why)
            else:
                yield maker.broke(row["table"], row.get("column"), row["broke"])


def _unknown(before: Measured, limits: WholeLimits) -> Iterator[WholeFinding]:
    """What the baseline cannot say: it may be older than a table or a column."""
    for rows in before.values():
        for row in rows:
            if "broke" in row:
                why = f"the baseline cannot say: {row['broke']}"
                yield Maker(row["name"], limits).not_judged(row["table"], row.get("column"), why)


def _standing(now: Measured, limits: WholeLimits) -> Iterator[WholeFinding]:
    yield from judge_files(now["files"], limits)
    yield from judge_sound(now["sound"], limits)
    yield from judge_shares(now["ratios"], limits)
    yield from judge_texts(now["texts"], limits)
    yield from judge_days(now["volumes"], limits)
    yield from judge_clocks(now["weekdays"], limits)


def _against(now: Measured, before: Measured, limits: WholeLimits) -> Iterator[WholeFinding]:
    small = small_sources(before["volumes"], limits)
    yield from judge_ratios(now["ratios"], before["ratios"], small, limits)
    forgotten = sum(row["n"] for row in now["forgotten"]) - sum(
        row["n"] for row in before["forgotten"]
    )
    if now["volumes"]:
        yield from compare_volumes(now["volumes"], before["volumes"], forgotten, limits)
    yield from compare_clocks(now["weekdays"], before["weekdays"], limits)
    yield from compare_lags(now["lags"], before["lags"], limits)
