"""Which catalog does an address mean? The one place where a database is chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from warehouse import address
from warehouse.address import Address
from warehouse.catalog import Catalog
from warehouse.layout import Layout
from warehouse.sqlite import SqliteCatalog

#: What keeps the catalog of a lake in a folder.
IN_A_FOLDER: Callable[[Layout], Catalog] = SqliteCatalog


def catalog_at(given: str | Path | Address) -> Catalog:
    """The catalog of the lake at an address, whether it is there or not.

    Raises ``AddressError`` for an address that there can be no lake at.
    """
    found = address.read(given)
    home = found.home.expanduser().resolve()
    if found.database is not None:
        from warehouse.postgres import PostgresCatalog  # a lake in a folder needs none of it

        return PostgresCatalog(found, Layout(home, str(found)))
    return IN_A_FOLDER(Layout(home))
