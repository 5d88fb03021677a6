"""How far places lie apart."""

from __future__ import annotations

import math
from collections.abc import Iterable

from warehouse.tables import Row

#: Labels of what lies somewhere.
PLACES = ("GPE", "LOC", "FAC")
_EARTH_KM = 6371.0


def distance_km(one: Row, other: Row) -> float:
    """The way over the sphere between two rows with ``latitude`` and ``longitude`` in degrees."""
    north, south = math.radians(one["latitude"]), math.radians(other["latitude"])
    turn = math.radians(one["longitude"] - other["longitude"])
    cosine = math.sin(north) * math.sin(south) + math.cos(north) * math.cos(south) * math.cos(turn)
    return _EARTH_KM * math.acos(min(1.0, max(-1.0, cosine)))


def far_from_all(one: Row, others: Iterable[Row], km: float) -> bool:
    """Whether a row lies more than so many kilometres from each of the others."""
    return all(distance_km(one, other) > km for other in others)
