"""Where a lake lies, as a person writes it: the one place that knows which addresses there are.

A lake's address is a folder. Other kinds are known by their scheme and refused until there are
lakes of that kind.
"""

from __future__ import annotations

import re
from pathlib import Path

from warehouse.errors import AddressError

#: A scheme of two letters or more (one is a drive) and a slash: pathlib makes one of two slashes.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://?")
_PASSWORD = re.compile(r"^([^/@:]*):[^/]*@")

_DATABASE = "a catalog in {} is not supported yet"
_STORE = "a lake in an object store is not supported yet"
#: Why there can be no lake at an address of a scheme that is known.
_WHY = {
    "postgres": _DATABASE.format("PostgreSQL"),
    "postgresql": _DATABASE.format("PostgreSQL"),
    "mysql": _DATABASE.format("MySQL"),
    **dict.fromkeys(("s3", "gs", "gcs", "r2", "az", "azure", "abfss"), _STORE),
    **dict.fromkeys(("http", "https"), "a lake is not read over the web"),
    "file": "a folder is written without file://",
}


def is_folder(address: str | Path) -> bool:
    """Whether an address is a path, and not one with a scheme such as ``postgres://``."""
    return _SCHEME.match(str(address)) is None


def folder(address: str | Path) -> Path:
    """The folder that an address means; raises ``AddressError`` for one that is not supported."""
    schemed = _SCHEME.match(str(address))
    if schemed is None:
        return Path(address)
    scheme = f"{schemed[1]}://"
    rest = _PASSWORD.sub(r"\1:***@", str(address)[schemed.end() :])
    why = _WHY.get(schemed[1].lower(), f"{scheme} is not supported")
    raise AddressError(
        f"there can be no lake in {scheme}{rest}: {why}; name a folder, such as /data/lake"
    )
