"""How is a state of a lake opened to make a site of it?"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pages.selection import Chosen, select
from pages.site import Asker, Site
from pages.wanted import Choice, Limits, State
from warehouse.address import Address
from warehouse.columns import Row
from warehouse.history import At, resolve, snapshots
from warehouse.opening import catalog_at
from warehouse.reader import connect, lake_address, pin
from warehouse.release import VERSION

if TYPE_CHECKING:
    from warehouse.reader import Connection


@dataclass(frozen=True)
class Wish:
    """How a site is wanted. ``code_of`` gives a country's code by its name."""

    title: str = "Dateline"
    choice: Choice = field(default_factory=Choice)
    limits: Limits = field(default_factory=Limits)
    code_of: Callable[[str], str | None] = lambda name: None


@dataclass(frozen=True)
class Opened:
    """A site to make pages for, its choice of pages, and the connection it asks."""

    site: Site
    chosen: Chosen
    connection: Connection


@contextlib.contextmanager
def opened(lake: str | Path | Address | None, at: At | None, wish: Wish) -> Iterator[Opened]:
    """The site of one state of the lake: the newest, or that which ``at`` means.

    Raises what :func:`warehouse.connect` raises, and ``SqlError`` for a choice that cannot be
    asked.
    """
    catalog = catalog_at(lake_address(lake))
    with connect(lake) as connection:
        known = snapshots(connection)
        number = known[0].number if at is None else resolve(connection, at)
        committed = next(one.committed_at for one in known if one.number == number)
        pin(connection, catalog, number)
        site = Site(
            asking(connection),
            State(number, committed),
            wish.title,
            wish.limits,
            wish.choice,
            version=VERSION,
            code_of=wish.code_of,
        )
        yield Opened(site, select(site), connection)


def asking(connection: Connection) -> Asker:
    """Asks a connection; rows as dicts."""

    def ask(sql: str, values: Sequence[Any] = ()) -> list[Row]:
        asked = connection.execute(sql, list(values)) if values else connection.execute(sql)
        names = [column[0] for column in asked.description or ()]
        return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]

    return ask
