"""Where does it live? The declared tables, the lake and its views.

What is imported here is what programs can count on (docs/python.md).
"""

from warehouse.errors import AddressError, LakeError, NoLakeError, SqlError, VersionError
from warehouse.reader import Reader, connect, query
from warehouse.release import VERSION

__version__ = VERSION

__all__ = [
    "AddressError",
    "LakeError",
    "NoLakeError",
    "Reader",
    "SqlError",
    "VersionError",
    "__version__",
    "connect",
    "query",
]
