"""Which catalog does an address mean? The one place where a database is chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from warehouse import address
from warehouse.catalog import Catalog
from warehouse.layout import Layout
from warehouse.sqlite import SqliteCatalog

#: What keeps the catalog of a lake in a folder.
IN_A_FOLDER: Callable[[Layout], Catalog] = SqliteCatalog


def catalog_at(given: str | Path) -> Catalog:
    """The catalog of the lake at an address, whether it is there or not.

    Raises ``AddressError`` for an address that there can be no lake at.
    """
    return IN_A_FOLDER(Layout(address.folder(given).expanduser().resolve()))
