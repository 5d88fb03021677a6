"""What a view for analysts is, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """A view. ``columns`` names every column in order with its meaning.

    ``question`` is what a person asks it; empty for one that only keeps an old name alive. ``day``
    is the column of calendar days by which rows are asked for since or until a day; empty if there
    is none. ``order`` is how its rows are best read (SQL behind ORDER BY), the most telling first.
    """

    name: str
    description: str
    columns: Mapping[str, str]
    sql: str
    question: str = ""
    day: str = ""
    order: str = ""
