"""What a view for analysts is, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """A view. ``columns`` names every column in order with its meaning."""

    name: str
    description: str
    columns: Mapping[str, str]
    sql: str
