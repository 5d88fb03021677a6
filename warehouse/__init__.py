"""Where does it live? The declared tables, the lake and its views."""

from warehouse.errors import LakeError, NoLakeError, SqlError, VersionError
from warehouse.reader import Reader, connect, query

__all__ = ["LakeError", "NoLakeError", "Reader", "SqlError", "VersionError", "connect", "query"]
