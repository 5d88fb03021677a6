"""Bringing back the catalog of a lake in PostgreSQL: ``python -m warehouse.postgres_restore COPY
ADDRESS``, with the copy in the lake's ``backups``.

Readers see the old state until the new one is whole. Where the catalog is lost altogether it is
made anew.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from warehouse.catalog import Backup
from warehouse.errors import LakeError
from warehouse.opening import catalog_at
from warehouse.postgres import PostgresCatalog
from warehouse.reader import lake_address


def main(copy: str, address: str) -> None:
    """Restore, under the lake's write lock. Raises ``LakeError``."""
    catalog = catalog_at(lake_address(address))
    if not isinstance(catalog, PostgresCatalog):
        raise LakeError(f"{address} is no lake in PostgreSQL")
    lock = catalog.lock()
    lock.acquire("restore")
    try:
        catalog.restore(Backup(dt.datetime.now(dt.UTC), Path(copy)))
    finally:
        lock.release(clean=False)  # files may lie about that the older state does not know


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except LakeError as error:
        sys.exit(f"Error: {error}")
