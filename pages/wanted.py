"""What is wanted of a site: how large it may be, and of which part of the lake it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How many articles and names have a page, how many rows the table of a page shows, and how
    many pages a question has at most."""

    articles: int = 10_000
    entities: int = 5_000
    rows: int = 500
    pages: int = 10


@dataclass(frozen=True)
class Choice:
    """What of the lake the site is of: all of it, or what meets these filters.

    ``place`` and ``category`` are values as ``dateline ask`` takes them; ``since`` and ``until``
    are days of publication.
    """

    place: str | None = None
    category: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True)
class State:
    """The snapshot shown: its number and when it was committed (UTC)."""

    snapshot: int
    committed_at: dt.datetime
