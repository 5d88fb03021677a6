"""Lakes of every kind for tests: a catalog in SQLite or PostgreSQL, data in a folder or a store.

Beside :mod:`tests.servers`; its fixtures are in ``tests/conftest.py``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.servers import PASSWORD, Cluster, ObjectStore
from warehouse import address
from warehouse.address import Address

KINDS = ("sqlite+folder", "postgres+folder", "postgres+s3")


def fresh(
    kind: str, folder: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Address:
    """The address of a lake that is not there yet, in the environment too, with all it takes."""
    if kind == "sqlite+folder":
        found = address.read(folder / "lake")
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        monkeypatch.setenv("PGPASSWORD", PASSWORD)
        data = str(folder / "shared")
        if kind == "postgres+s3":
            store: ObjectStore = request.getfixturevalue("store")
            for name, value in store.environment.items():
                monkeypatch.setenv(name, value)
            data = store.new_prefix()
        found = address.read(cluster.address(cluster.new_database()), data, folder / "home")
        monkeypatch.setenv("DATELINE_DATA", data)
        monkeypatch.setenv("DATELINE_HOME", str(folder / "home"))
    monkeypatch.setenv("DATELINE_LAKE", str(found))
    return found
