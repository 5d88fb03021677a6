"""Where does it live? The declared tables, the lake and its views."""

from warehouse.errors import AddressError, LakeError, NoLakeError, SqlError, VersionError
from warehouse.reader import Reader, connect, query

__all__ = [
    "AddressError",
    "LakeError",
    "NoLakeError",
    "Reader",
    "SqlError",
    "VersionError",
    "connect",
    "query",
]
