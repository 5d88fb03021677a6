"""What the lake as a whole may come to before somebody is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from expectations.whole.model import Severity


@dataclass(frozen=True)
class WholeLimits:
    """Shares are of 1. How the defaults were chosen is in docs/quality-whole.md.

    ``articles``: how many articles a source must have, in both states, to be compared.
    ``deviations``: by how many standard deviations something must have moved to be no chance.
    Beyond chance, it must matter: ``null_rise`` and ``without_rise`` are the least rises of a
    share, ``share_change`` the least change of a kind's share (or ``share_factor`` times or a
    part of it, if that is two hundredths at least), ``mean_change`` that of a mean in proportion,
    ``value_factor`` how many times the typical value of a category. ``lost`` is the share of a
    source's articles that may be gone. ``silent`` is the part of the usual number of articles below
    which a source counts as silent, ``busy`` how many times the usual is too many. ``clock`` is the
    evidence (a natural logarithm) that a clock is off, ``lag_hours`` by how much the delay until
    fetching may move. The others are shares that no state may exceed. ``severity`` names
    expectations whose failure counts otherwise.
    """

    articles: int = 30
    deviations: float = 5.0
    null_rise: float = 0.1
    share_change: float = 0.1
    share_factor: float = 3.0
    without_rise: float = 0.15
    mean_change: float = 0.3
    value_factor: float = 2.0
    lost: float = 0.01
    silent: float = 0.25
    busy: float = 1.6
    clock: float = 10.0
    lag_hours: float = 18.0
    without_entity: float = 0.2
    without_figure: float = 0.6
    after_publication: float = 0.03
    dates_ahead: float = 0.3
    persons_as_places: float = 0.02
    denominators: float = 0.25
    paragraph: float = 0.1
    severity: Mapping[str, Severity | str] = field(default_factory=dict)
