"""Is a source's clock right? Judged by the days of the week that its texts name.

News names mostly the day itself and the day before. How often a name lies 0, 1 ... 6 days before
publication is a source's habit, which neither subjects nor volume change; a clock that is a day off
turns the whole habit by a day. So the habit of now is compared with that of the baseline turned by
0 to 6 days: the logarithm of how much more probable it is turned by some days than as it was says
how sure that is. Names of one article go together, so it counts as many names as articles.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WEEK = 7


@dataclass(frozen=True)
class Turn:
    """By how many days a habit is turned (positive: publication looks later than it was), and how
    sure that is: the logarithm of how much more probable than no turn."""

    days: int
    evidence: float


def turn(before: Sequence[int], now: Sequence[int], articles: int) -> Turn:
    """The best turn of the names of ``now``, which ``articles`` articles give, against before."""
    total, names = sum(before), sum(now)
    if not total or not names:
        return Turn(0, 0.0)
    habit = [(n + 0.5) / (total + WEEK / 2) for n in before]
    weight = min(1.0, articles / names)

    def likelihood(days: int) -> float:
        return weight * sum(n * math.log(habit[(at - days) % WEEK]) for at, n in enumerate(now))

    best = max((0, 1, -1, 2, -2, 3, -3), key=likelihood)
    return Turn(best, likelihood(best) - likelihood(0))


def looks_turned(back: Sequence[int]) -> bool:
    """Without a baseline: neither the day itself nor the day before is named most, or the day
    after is named more often than the day before."""
    most = max(range(WEEK), key=lambda at: back[at])
    return most not in (0, 1) or back[WEEK - 1] > back[1]
