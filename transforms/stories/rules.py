"""What decides whether two articles carry one story: ``[stories]`` in dateline.toml."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """How alike two texts have to be, and how near in time their publications.

    ``similarity`` is the least resemblance (:mod:`transforms.stories.sketch`): 0.34 is that of two
    texts of which somebody changed every sixth word. ``window_days`` is how many days may lie
    between the publications of near-duplicates; of one that is undated nobody can say.
    """

    similarity: float = 0.34
    window_days: int = 3

    @property
    def window(self) -> dt.timedelta:
        return dt.timedelta(days=self.window_days)


DEFAULT = Rules()
