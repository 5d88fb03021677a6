"""What small counts can say: intervals and chances."""

from __future__ import annotations

import math

#: Two-sided 99.9 %.
WIDE = 3.29


def at_least(part: float, whole: float, z: float = WIDE) -> float:
    """The lower end of Wilson's interval of a share; 0 where there is nothing."""
    if whole <= 0:
        return 0.0
    p, zz = part / whole, z * z
    middle = p + zz / (2 * whole)
    spread = z * math.sqrt(max(p * (1 - p), 0.0) / whole + zz / (4 * whole * whole))
    return max(0.0, (middle - spread) / (1 + zz / whole))


def chance_of(deviations: float) -> float:
    """How probable it is to lie so many standard deviations to one side, by chance."""
    return 0.5 * math.erfc(deviations / math.sqrt(2))


def so_few(seen: float, expected: float) -> float:
    """The chance of as few or fewer where so many are expected (Poisson)."""
    if expected <= 0:
        return 1.0
    term = total = math.exp(-expected)
    for n in range(1, int(seen) + 1):
        term *= expected / n
        total += term
    return min(total, 1.0)


def unevenness(counts: list[int]) -> float:
    """How many times as uneven as chance would have them counts of days are: variance to mean."""
    if len(counts) < 2 or not sum(counts):
        return 1.0
    mean = sum(counts) / len(counts)
    variance = sum((n - mean) ** 2 for n in counts) / (len(counts) - 1)
    return max(1.0, variance / mean)
