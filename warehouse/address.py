"""Where a lake lies, as a person writes it: the one place that knows which addresses there are."""

from __future__ import annotations

import re
from pathlib import Path

from warehouse.errors import AddressError

#: A scheme of two letters or more (one is a drive) and a slash: pathlib makes one of two slashes.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://?")
_PASSWORD = re.compile(r"^([^/@:]*):[^/]*@")


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
    raise AddressError(
        f"there can be no lake in {scheme}{rest}, since {scheme} is not supported: name a folder, "
        "such as /data/lake"
    )
