"""Shares and means of two states compared, as rows of articles allow it.

The rows of one article are alike: a table with 9,000 rows of 300 articles says about as much as
300 things that were drawn by chance. So a share is estimated as the ratio of two sums over
articles, and its variance as that of a ratio of clusters (W. G. Cochran, Sampling Techniques, 1977,
chapter 6): with ``r = sum(y) / sum(x)``, ``var(r) = sum((y - r x)^2) / sum(x)^2 * n / (n - 1)``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from warehouse.tables import Row


@dataclass(frozen=True)
class Sums:
    """Over articles: how many, and the sums of x, y, their squares and their product."""

    articles: int = 0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    @classmethod
    def of(cls, row: Row) -> Sums:
        return cls(*(row[name] or 0 for name in ("articles", "x", "y", "xx", "yy", "xy")))

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.articles + other.articles,
            self.x + other.x,
            self.y + other.y,
            self.xx + other.xx,
            self.yy + other.yy,
            self.xy + other.xy,
        )

    @property
    def ratio(self) -> float:
        """The share or mean; 0 where there is nothing."""
        return self.y / self.x if self.x else 0.0

    @property
    def variance(self) -> float:
        """Of the ratio. Never below that of one row more and one fewer, so that a share of
        0 or 1 is not taken for certain."""
        if self.articles < 2 or not self.x:
            return math.inf
        r, n = self.ratio, self.articles
        spread = max(self.yy - 2 * r * self.xy + r * r * self.xx, 0.0)
        return (spread * n / (n - 1) + self.xx / n) / (self.x * self.x)


def deviations(before: Sums, now: Sums) -> float:
    """By how many standard deviations the ratio moved; positive where it rose."""
    spread = math.sqrt(before.variance + now.variance)
    return (now.ratio - before.ratio) / spread if spread else 0.0
